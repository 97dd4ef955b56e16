"""The claims as a network: GraphML and GEXF through networkx, for Gephi, Cytoscape, yEd, igraph.

A node is an entity, an edge a claim between two entities, keyed by the claim's id, with the columns of
`samgraf.publish.exports.columns`. All attributes are scalars; what is not known is an empty text.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import networkx as nx

from samgraf.language.messages import languages
from samgraf.model.text import FIRST
from samgraf.namespaces import ENTITY
from samgraf.publish.exports.columns import COLUMNS, Cell, Words
from samgraf.rdf.reading import read_claims, vocabulary
from samgraf.views.network.layout import layout

if TYPE_CHECKING:
    from collections.abc import Iterable

    from samgraf.model import Claim, Entity, Period, Text
    from samgraf.rdf.port import GraphStore

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_OURS = re.compile(rb'\s*lastmodifieddate="[^"]*"|(?<=<graph) name=""|(?<=") name=""(?=[^<]*>)')


def graphml(store: GraphStore) -> bytes:
    """Give the network as GraphML."""
    out = io.BytesIO()
    nx.write_graphml(to_networkx(store), out, encoding="utf-8", prettyprint=True, named_key_ids=True)
    return out.getvalue().rstrip() + b"\n"


def gexf(store: GraphStore) -> bytes:
    """Give the network as dynamic GEXF 1.2: nodes and edges begin and end with their periods, so that timelines open.

    Nodes have the colours of the explorer, by the look of their class, and places of their own (``viz`` of the format).
    Without the date and the empty name that networkx writes, neither of which the schema has or the same bytes allow.
    """
    graph = to_networkx(store)
    classes, colours = vocabulary(store).classes, _colours()
    places = layout({node: {*graph.predecessors(node), *graph.successors(node)} - {node} for node in graph})
    for node, data in graph.nodes(data=True):
        x, y = places[node]
        look = classes[data["type"]].look if data["type"] in classes else ""
        seen: dict[str, dict[str, float]] = {"position": {"x": x, "y": -y, "z": 0.0}}  # up, where the page goes down
        if look in colours:
            seen["color"] = dict(zip("rgb", colours[look], strict=True))
        data.update(_ends(data), viz=seen)
    for _, _, key, data in graph.edges(keys=True, data=True):
        data.update(_ends(data), id=key)
    return written_gexf(graph)


def written_gexf(graph: nx.Graph[str]) -> bytes:
    """Write a graph of networkx as GEXF 1.2, the same bytes each time."""
    out = io.BytesIO()
    nx.write_gexf(graph, out, encoding="utf-8", prettyprint=True, version="1.2draft")
    return _NOT_OURS.sub(b"", out.getvalue()).rstrip() + b"\n"


def _colours() -> dict[str, tuple[int, int, int]]:
    """Give the explorer's colour of each look, as red, green and blue."""
    from samgraf.publish.explorer.page import tokens

    found = re.findall(r"--family-(\w+): #(\w\w)(\w\w)(\w\w);", tokens()[0])
    return {f"look-{name}": (int(red, 16), int(green, 16), int(blue, 16)) for name, red, green, blue in found}


def to_networkx(store: GraphStore) -> nx.MultiDiGraph[str]:
    """Give the claims as a directed multigraph: nodes by entity id, edges keyed by claim id, in a stable order.

    Nodes have ``label``, ``label_en``, ``type``, ``types``, ``aliases``, ``abbreviations``, ``first_day``, ``last_day``,
    ``iri`` and the kinds of identifiers that there are; edges ``label``, ``label_en`` and every column of
    `samgraf.publish.exports.columns` that does not name their ends.
    """
    words = Words.of(store)
    kinds = [k for k in words.vocabulary.identifiers if any(k in e.identifiers for e in words.entities.values())]
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for entity in words.entities.values():
        graph.add_node(entity.id, **_node(entity, kinds))
    for claim in read_claims(store):
        if claim.object is not None and claim.subject in graph and claim.object in graph:
            graph.add_edge(claim.subject, claim.object, key=claim.id, **_edge(claim, words))
    return graph


def _node(entity: Entity, kinds: Iterable[str]) -> dict[str, str]:
    found = {
        "type": entity.type,
        "types": " ".join(entity.types),
        "aliases": "; ".join(entity.aliases),
        "abbreviations": "; ".join(entity.abbreviations),
        **_days(entity.life),
        "basis": entity.life.basis,
        **{kind: entity.identifiers.get(kind, "") for kind in kinds},
        "iri": ENTITY + entity.id,
    }
    return {name: _text(text) for name, text in {**_labels(entity.label), **found}.items()}


def _edge(claim: Claim, words: Words) -> dict[str, str | bool]:
    label = words.vocabulary.predicate(claim.predicate).label
    found: dict[str, Cell] = {column.name: column.get(claim, words) for column in COLUMNS if not column.ends}
    return {
        name: cell if isinstance(cell, bool) else _text("" if cell is None else str(cell))
        for name, cell in {**_labels(label), **found}.items()
    }


def _labels(label: Text) -> dict[str, str]:
    """Give a label as programs for networks look for it, and in the other languages beside it."""
    others = {f"label_{code}": label.within(code) for code in languages() if code != FIRST}
    return {"label": label.within(FIRST), **others}


def _days(period: Period) -> dict[str, str]:
    first = period.start.earliest if period.start else ""
    return {"first_day": first, "last_day": period.until.latest if period.until else ""}


def _ends(data: dict[str, str]) -> dict[str, str]:
    """Give when a node or an edge begins and ends, as GEXF has it; what is not known is left out."""
    return {end: data[day] for end, day in (("start", "first_day"), ("end", "last_day")) if data[day]}


def _text(text: str) -> str:
    """Give the text without the characters that XML 1.0 cannot hold."""
    return _FORBIDDEN.sub(" ", text)
