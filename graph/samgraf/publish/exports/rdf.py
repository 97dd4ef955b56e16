"""The graph as RDF: Turtle (the union of all graphs), TriG and N-Quads (graph by graph)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from samgraf.library.running import in_order
from samgraf.namespaces import PREFIXES
from samgraf.rdf.reading import once

if TYPE_CHECKING:
    from samgraf.rdf.port import GraphStore


def quads(store: GraphStore) -> list[ox.Quad]:
    """Give all quads in a stable order: by graph, subject, predicate, object."""
    return once(store, "quads", lambda: _quads(store))


def _quads(store: GraphStore) -> list[ox.Quad]:
    rows = store.select("SELECT ?g ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } }").rows
    found = [
        ox.Quad(s, p, o, g)
        for g, s, p, o in rows
        if isinstance(g, ox.NamedNode)
        and isinstance(s, (ox.NamedNode, ox.BlankNode))
        and isinstance(p, ox.NamedNode)
        and o is not None
    ]
    return sorted(found, key=str_quad)


def str_quad(quad: ox.Quad) -> tuple[str, str, str, str]:
    """Give what quads are sorted by."""
    return str(quad.graph_name), str(quad.subject), str(quad.predicate), str(quad.object)


def turtle(store: GraphStore) -> bytes:
    """Give the graph as Turtle; a triple that stands in several graphs comes once."""
    triples = sorted(
        {quad.triple for quad in quads(store)}, key=lambda t: (str(t.subject), str(t.predicate), str(t.object))
    )
    return in_order(ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b"")


def trig(store: GraphStore) -> bytes:
    """Give the graph as TriG, each document's claims in the document's graph."""
    return in_order(ox.serialize(quads(store), format=ox.RdfFormat.TRIG, prefixes=PREFIXES) or b"")


def nquads(store: GraphStore) -> bytes:
    """Give the graph as N-Quads, sorted by graph and line."""
    return ox.serialize(quads(store), format=ox.RdfFormat.N_QUADS) or b""
