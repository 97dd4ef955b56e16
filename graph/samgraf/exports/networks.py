"""The claims as a network: GraphML and GEXF through networkx, for Gephi, Cytoscape, yEd, igraph.

A node is an entity, an edge a claim between two entities, keyed by the claim's id. All attributes are scalars.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import networkx as nx

from samgraf import records
from samgraf.exports.tables import spans
from samgraf.library.claimlines import predicate_labels

if TYPE_CHECKING:
    from samgraf.store.base import GraphStore

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_STAMP = re.compile(rb'\s*lastmodifieddate="[^"]*"')


def graphml(store: GraphStore) -> bytes:
    """Give the network as GraphML."""
    out = io.BytesIO()
    nx.write_graphml(to_networkx(store), out, encoding="utf-8", prettyprint=True, named_key_ids=True)
    return out.getvalue().rstrip() + b"\n"


def gexf(store: GraphStore) -> bytes:
    """Give the network as GEXF 1.2, without the date that networkx puts into it."""
    graph = to_networkx(store)
    for _, _, key, data in graph.edges(keys=True, data=True):
        data["id"] = key
    out = io.BytesIO()
    nx.write_gexf(graph, out, encoding="utf-8", prettyprint=True, version="1.2draft")
    return _STAMP.sub(b"", out.getvalue()).rstrip() + b"\n"


def to_networkx(store: GraphStore) -> nx.MultiDiGraph[str]:
    """Give the claims as a directed multigraph: nodes by entity id, edges keyed by claim id, in a stable order.

    Nodes have ``label``, ``label_en``, ``type``, ``types``, ``aliases``, ``abbreviations``, ``iri``; edges
    ``predicate``, ``label``, ``label_en``, ``role``, ``from``, ``until``, ``from_earliest``, ``until_latest``,
    ``modality``, ``document``, ``lines``, ``chars``, ``section``, ``derived``, ``via``, ``superseded``. What is not
    known is an empty text.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for e in records.entities(store):
        graph.add_node(
            e["id"],
            label=_text(e["label"]["da"]),
            label_en=_text(e["label"]["en"]),
            type=e["type"],
            types=" ".join(e["types"]),
            aliases=_text("; ".join(e["aliases"])),
            abbreviations=_text("; ".join(e["abbreviations"])),
            iri=e["iri"],
        )
    labels = predicate_labels(store)
    for claim in records.claims(store):
        if claim["object"] is not None and claim["subject"] in graph and claim["object"] in graph:
            graph.add_edge(claim["subject"], claim["object"], key=claim["id"], **_attributes({**claim}, labels))
    return graph


def _attributes(claim: dict[str, Any], labels: dict[str, records.Texts]) -> dict[str, str | bool]:
    label = labels.get(claim["predicate"], {})
    return {
        "predicate": claim["predicate"],
        "label": label.get("da", claim["predicate"]),
        "label_en": label.get("en", claim["predicate"]),
        "role": claim["role"] or "",
        "from": claim["from"] or "",
        "until": claim["until"] or "",
        "from_earliest": claim["fromEarliest"] or "",
        "until_latest": claim["untilLatest"] or "",
        "modality": claim["modality"],
        "document": claim["document"],
        "lines": spans(claim, "lines"),
        "chars": spans(claim, "chars"),
        "section": _text(claim["section"]),
        "derived": bool(claim["derived"]),
        "via": " ".join(claim["via"]),
        "superseded": claim["supersededBy"] is not None,
    }


def _text(text: str) -> str:
    """Give the text without the characters that XML 1.0 cannot hold."""
    return _FORBIDDEN.sub(" ", text)
