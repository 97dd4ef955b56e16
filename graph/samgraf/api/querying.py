"""Queries: the named ones, those in files, and SPARQL as text; run, and shown as rows, as a table or in a standard format."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from samgraf.api.opened import Json, Opened, Row, Value
from samgraf.namespaces import XSD

if TYPE_CHECKING:
    from collections.abc import Mapping

    from samgraf.library import NamedQuery
    from samgraf.library.running import Answer
    from samgraf.rdf.port import GraphStore, Term


def queries(workspace: str | None = None) -> list[NamedQuery]:
    """Give the named queries of a workspace, in order of name; the store is not opened."""
    from samgraf import library

    return library.queries(workspace)


def named(name: str, workspace: str | None = None) -> NamedQuery:
    """Give the query of this name. Raises UnknownNameError, with names that come near."""
    from samgraf.library import find

    return find(name, workspace)


def written(text: str, name: str = "the query") -> NamedQuery:
    """Give a query that is written out; its header, which it need not have, may declare parameters.

    Raises DataError with all that is wrong in the header.
    """
    from samgraf.errors import DataError
    from samgraf.library import read_query

    found, problems = read_query(name, "" if name == "the query" else name, text, complete=False)
    if problems:
        raise DataError(problems)
    return found


class Results(NamedTuple):
    """What a query gave."""

    answer: Answer
    reader: GraphStore

    @property
    def empty(self) -> bool:
        """Whether there is nothing in it; an ASK that is answered 'no' is an answer."""
        return self.answer.empty

    def rows(self) -> list[Row]:
        """Give the rows as dictionaries; of an ASK ``answer``, of triples ``subject``, ``predicate``, ``object``."""
        answer = self.answer
        if answer.rows is not None:
            return [dict(zip(answer.rows.columns, map(_value, row), strict=True)) for row in answer.rows.rows]
        if answer.triples is not None:
            return [
                {"subject": _value(t.subject), "predicate": t.predicate.value, "object": _value(t.object)}
                for t in answer.triples
            ]
        return [{"answer": answer.truth}]

    def table(self) -> tuple[list[str], list[list[str]]]:
        """Give columns and rows for people: names in place of IRIs, and where each row stands."""
        from samgraf.library.tabular import table

        return table(self.answer, self.reader)

    def written(self, form: str, *, inert: bool = False) -> bytes:
        """Give the results as json, csv, tsv, xml, or a graph as turtle, jsonld (W3C SPARQL 1.1 Query Results).

        With ``inert``, a CSV has an apostrophe before whatever a spreadsheet would run. Raises UsageError for another format.
        """
        from samgraf.library.running import serialise
        from samgraf.library.tabular import inert_csv

        data = serialise(self.answer, form)
        return inert_csv(data) if inert and form == "csv" else data


class Querying(Opened):
    """The methods that run queries."""

    def query(self, query: str, /, **parameters: str | float) -> list[Row]:
        """Run a named query with its parameters, or SPARQL text, and give the rows as dictionaries.

        Entities are given by name, id or IRI. IRIs and texts come back as ``str``, numbers and truth values as such,
        and what is unbound as None. An ASK gives one row, ``{"answer": True}``; the triples of a CONSTRUCT come as
        ``subject``, ``predicate``, ``object``. Raises UnknownNameError for an unknown query or entity, UsageError for
        a wrong parameter, QueryError for SPARQL that cannot be read.

        >>> import samgraf
        >>> rows = samgraf.open().query("initiatives-of-actor", actor="Viborg", lang="en")
        >>> "claim" in rows[0]
        True
        >>> samgraf.open().query("SELECT (COUNT(*) AS ?n) WHERE { ?m a sam:Municipality ; sam:kommunekode '0791' }")
        [{'n': 1}]
        """
        found = written(query) if any(c in query for c in " \n{") else named(query, self.workspace)
        return self.results(found, {name: str(value) for name, value in parameters.items()}).rows()

    def results(self, query: NamedQuery, values: Mapping[str, str]) -> Results:
        """Run a query with its parameters as text: entities by name, id or IRI. Raises as `query` does."""
        from samgraf.library.running import run

        return Results(run(self.reader, self.sparql(query, values), ours=query.ours), self.reader)

    def sparql(self, query: NamedQuery, values: Mapping[str, str]) -> str:
        """Give the SPARQL of a query with its parameters put in, for whoever runs it elsewhere."""
        from samgraf.library import bind
        from samgraf.library.resolving import resolver

        return bind(query, values, resolver(self.reader))

    def received(self, results: bytes) -> Results:
        """Give results that were computed elsewhere, of their JSON (W3C SPARQL 1.1 Query Results JSON Format)."""
        from samgraf.library.running import parsed

        return Results(parsed(results), self.reader)

    def queries(self) -> list[Json]:
        """Give the named queries: what they answer, their parameters and columns.

        >>> import samgraf
        >>> "initiatives-of-actor" in [query["name"] for query in samgraf.open().queries()]
        True
        """
        return [query.as_data() for query in queries(self.workspace)]


def _value(term: Term | None) -> Value:
    """Give a term as Python has it: numbers and truth values as such, all else as text."""
    import pyoxigraph as ox

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
