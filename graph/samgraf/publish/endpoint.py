"""What the SPARQL endpoint says of itself: SPARQL 1.1 Service Description (W3C Recommendation 2013)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pyoxigraph as ox

from samgraf.namespaces import BASE, DCAT, RDF
from samgraf.publish.description import address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from samgraf.rdf.port import GraphStore

SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "JSON-LD", "RDF_XML",
)  # fmt: skip
"""The formats of results, by the names that the W3C gives them (Unique URIs for File Formats, 2014)."""


def endpoint(store: GraphStore, workspace: str | None, at: str | None = None) -> Iterator[ox.Triple]:
    """Yield the description of the endpoint at ``at``: what it understands, how it answers, and the graphs that it holds.

    The default graph of a snapshot is the union of all its graphs; of an endpoint behind this one that is not known.
    """
    base = address(workspace)
    node, dataset = f"{base}service/sparql", f"{base}service/sparql#dataset"
    yield _triple(node, RDF + "type", SD + "Service")
    yield _triple(node, SD + "endpoint", f"{at or base}sparql")
    yield _triple(node, SD + "supportedLanguage", SD + "SPARQL11Query")
    yield _triple(node, SD + "defaultEntailmentRegime", "http://www.w3.org/ns/entailment/Simple")
    if getattr(store, "folder", None):
        yield _triple(node, SD + "feature", SD + "UnionDefaultGraph")
    for name in _RESULTS:
        yield _triple(node, SD + "resultFormat", _FORMATS + name)
    yield _triple(node, DCAT + "servesDataset", base + "dataset")
    yield _triple(node, SD + "defaultDataset", dataset)
    yield _triple(dataset, RDF + "type", SD + "Dataset")
    yield _triple(dataset, SD + "defaultGraph", f"{dataset}/default")
    yield _triple(f"{dataset}/default", RDF + "type", SD + "Graph")
    for (graph,) in store.select("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g").rows:
        if isinstance(graph, ox.NamedNode):
            part = f"{dataset}/{quote(graph.value.removeprefix(BASE), safe='/')}"
            yield _triple(dataset, SD + "namedGraph", part)
            yield _triple(part, RDF + "type", SD + "NamedGraph")
            yield _triple(part, SD + "name", graph.value)
            yield _triple(part, SD + "graph", graph.value)
            yield _triple(graph.value, RDF + "type", SD + "Graph")


def _triple(subject: str, predicate: str, value: str) -> ox.Triple:
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), ox.NamedNode(value))
