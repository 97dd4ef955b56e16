"""The graph from Python, in a few lines.

    >>> import samgraf
    >>> graph = samgraf.open()
    >>> graph.find("Viborg")["label"]["da"]
    'Viborg Kommune'

The same graph is given as plain dictionaries (`entities`, `claims`, `query`), as a pyoxigraph store, as an rdflib
Dataset and as a networkx graph. It is read-only: what is to change is changed in the workspace's files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from samgraf import records
from samgraf.errors import UnknownNameError, UsageError
from samgraf.namespaces import XSD

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

    from samgraf.records import ClaimRecord, EntityRecord
    from samgraf.store.base import GraphStore, Term

__all__ = ["Graph", "open"]

Value = str | int | float | bool | None
Row = dict[str, Value]


def open(workspace: str | None = None, store: str | None = None) -> Graph:  # noqa: A001  (the name users expect)
    """Open the graph of a workspace's folder, of the built-in one when none is named, or of a SPARQL endpoint.

    The snapshot is built first when it is missing or stale. Raises DataError when the workspace is not valid,
    UsageError when the folder is no workspace, StoreError when the endpoint does not answer.

    >>> open()
    <samgraf.Graph of the built-in workspace>
    """
    from samgraf.store.opening import open_store

    return Graph(open_store(workspace, store), workspace=workspace, url=store)


class Graph:
    """A graph of entities and claims, each claim with the passages that state it. Made by `open`."""

    def __init__(self, reader: GraphStore, *, workspace: str | None = None, url: str | None = None) -> None:
        self.reader = reader
        self.workspace = workspace
        self.url = url

    def __repr__(self) -> str:
        """Tell where the graph comes from."""
        return f"<samgraf.Graph of {self.url or self.workspace or 'the built-in workspace'}>"

    @property
    def store(self) -> ox.Store:
        """The pyoxigraph store, opened read-only; the claims of each document are in a graph of their own.

        Raises UsageError for a graph that lives at an endpoint.

        >>> type(open().store).__name__
        'Store'
        """
        from samgraf.store.embedded import EmbeddedStore

        if isinstance(self.reader, EmbeddedStore):
            return self.reader.store
        msg = f"the graph at {self.url} has no embedded store; use query()"
        raise UsageError(msg)

    def dataset(self) -> rdflib.Dataset:
        """Give an rdflib Dataset on the same store, by oxrdflib; its default graph is the union of all. Read-only.

        >>> from rdflib import RDF, URIRef
        >>> dataset = open().dataset()
        >>> (URIRef("https://w3id.org/samgraf/id/viborg"), RDF.type, None) in dataset
        True
        """
        import rdflib
        from oxrdflib import OxigraphStore

        from samgraf.namespaces import PREFIXES

        dataset = rdflib.Dataset(store=OxigraphStore(store=self.store), default_union=True)
        for prefix, iri in PREFIXES.items():
            dataset.bind(prefix, iri, replace=True)
        return dataset

    def network(self) -> nx.MultiDiGraph[str]:
        """Give the claims between entities as a networkx graph: nodes by entity id, edges keyed by claim id.

        >>> network = open().network()
        >>> network.nodes["viborg"]["label_en"]
        'Viborg Municipality'
        """
        from samgraf.exports.networks import to_networkx

        return to_networkx(self.reader)

    def entities(self) -> list[EntityRecord]:
        """Give all entities, sorted by id.

        >>> [e["label"]["da"] for e in open().entities() if e["id"] == "region-midtjylland"]
        ['Region Midtjylland']
        """
        return records.entities(self.reader)

    def claims(self, *, derived: bool = True) -> list[ClaimRecord]:
        """Give all claims in the order of the documents, the derived ones last; ``derived=False`` leaves those out.

        >>> claims = open().claims(derived=False)
        >>> all(claim["evidence"][0]["document"] for claim in claims if claim["evidence"])
        True
        """
        return [claim for claim in records.claims(self.reader) if derived or not claim["derived"]]

    def query(self, query: str, /, **parameters: str | float) -> list[Row]:
        """Run a named query with its parameters, or SPARQL text, and give the rows as dictionaries.

        Entities are given by name, id or IRI. IRIs and texts come back as ``str``, numbers and truth values as such,
        and what is unbound as None. An ASK gives one row, ``{"answer": True}``; the triples of a CONSTRUCT come as
        ``subject``, ``predicate``, ``object``. Raises UnknownNameError for an unknown query or entity, UsageError for
        a wrong parameter, QueryError for SPARQL that cannot be read.

        >>> rows = open().query("initiatives-of-actor", actor="Viborg", lang="en")
        >>> sorted(rows[0])[:4]
        ['claim', 'claims', 'from', 'how']
        >>> open().query("SELECT (COUNT(*) AS ?n) WHERE { ?m a sam:Municipality ; sam:kommunekode '0791' }")
        [{'n': 1}]
        """
        from samgraf.library import bind, find, read_query
        from samgraf.library.resolving import resolver
        from samgraf.library.running import run

        if any(c in query for c in " \n{"):
            named, _ = read_query("the query", "", query, complete=False)
        else:
            named = find(query, self.workspace)
        values = {name: str(value) for name, value in parameters.items()}
        answer = run(self.reader, bind(named, values, resolver(self.reader)))
        if answer.rows is not None:
            return [dict(zip(answer.rows.columns, map(_value, row), strict=True)) for row in answer.rows.rows]
        if answer.triples is not None:
            return [
                {"subject": _value(t.subject), "predicate": t.predicate.value, "object": _value(t.object)}
                for t in answer.triples
            ]
        return [{"answer": answer.truth}]

    def find(self, name: str) -> EntityRecord:
        """Give the entity that bears this name, in Danish or English, or has this id or IRI.

        Raises UnknownNameError with suggestions when there is none, UsageError when several bear it.

        >>> open().find("Viborg Municipality")["id"]
        'viborg'
        """
        from samgraf.library.resolving import resolver

        iri = resolver(self.reader)(name)
        for entity in self.entities():
            if entity["iri"] == iri:
                return entity
        raise UnknownNameError(name)


def _value(term: Term | None) -> Value:
    """Give a term as Python has it: numbers and truth values as such, all else as text."""
    if term is None or isinstance(term, ox.Triple):
        return None if term is None else str(term)
    if isinstance(term, ox.Literal):
        kind = term.datatype.value.removeprefix(XSD)
        if kind == "integer":
            return int(term.value)
        if kind in ("decimal", "double", "float"):
            return float(term.value)
        if kind == "boolean":
            return term.value in ("true", "1")
    return term.value
