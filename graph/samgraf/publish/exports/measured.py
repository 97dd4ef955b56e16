"""A measured network as a file: CSV and Parquet have its nodes with their measures, GEXF the ties too."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import networkx as nx

from samgraf.disk import ending_of, write_whole
from samgraf.language.showing import inert
from samgraf.namespaces import ENTITY
from samgraf.publish.exports.networks import written_gexf
from samgraf.publish.exports.parquet import packed

if TYPE_CHECKING:
    from collections.abc import Mapping

ENDINGS = ("csv", "parquet", "gexf")


def check_ending(path: str) -> str:
    """Give the format that a file's ending names. Raises UsageError when networks are not written so."""
    return ending_of(path, ENDINGS, "a measured network")


def write(told: Mapping[str, Any], path: str) -> None:
    """Write what ``graph.measures`` tells, whole or not at all. Raises UsageError for Parquet without pyarrow."""
    ending = check_ending(path)
    write_whole(
        path, gexf(told) if ending == "gexf" else packed(told["nodes"]) if ending == "parquet" else table(told["nodes"])
    )


def table(nodes: list[dict[str, Any]]) -> str:
    """Give nodes with their measures as CSV."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(nodes[0]) if nodes else ["iri"], lineterminator="\n")
    writer.writeheader()
    writer.writerows({k: inert(v) if isinstance(v, str) else v for k, v in node.items()} for node in nodes)
    return out.getvalue()


def gexf(told: Mapping[str, Any]) -> bytes:
    """Give the network as GEXF 1.2: measures on the nodes; on the ties their strength, and what they are made of."""
    graph: nx.Graph[str] = nx.Graph()
    for node in told["nodes"]:
        graph.add_node(node["iri"].removeprefix(ENTITY), **{k: v for k, v in node.items() if v is not None})
    for edge in told["edges"]:
        ends = (edge[end].removeprefix(ENTITY) for end in ("from", "to"))
        graph.add_edge(*ends, weight=edge["weight"], shared="; ".join(thing["label"] for thing in edge["shared"]))
    return written_gexf(graph)
