"""The graph in other programs' formats: the same graph gives the same bytes."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING

from samgraf.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from samgraf.rdf.port import GraphStore

__all__ = ["FORMATS", "export", "format_of", "write"]

FORMATS = {
    "ttl": "samgraf.publish.exports.rdf:turtle",
    "trig": "samgraf.publish.exports.rdf:trig",
    "nq": "samgraf.publish.exports.rdf:nquads",
    "jsonld": "samgraf.publish.exports.jsonld:jsonld",
    "graphml": "samgraf.publish.exports.networks:graphml",
    "gexf": "samgraf.publish.exports.networks:gexf",
    "csv": "samgraf.publish.exports.tables:csv_bytes",
    "csv-da": "samgraf.publish.exports.tables:csv_local",
    "csvw": "samgraf.publish.exports.tables:csvw",
    "xlsx": "samgraf.publish.exports.workbook:xlsx",
    "parquet": "samgraf.publish.exports.parquet:parquet",
    "nodes": "samgraf.publish.exports.pair:nodes",
    "edges": "samgraf.publish.exports.pair:edges",
    "dcat": "samgraf.publish.linked:dcat",
}
"""The formats, each with the function that makes it; imported only when it is asked for."""
_PAIR = ("nodes", "edges")
_OF_WORKSPACE = ("dcat",)  # what is told by the workspace's settings too


def export(store: GraphStore, form: str, workspace: str | None = None) -> bytes:
    """Give the whole graph in a format of FORMATS, or with ``dcat`` the description of it. Raises UsageError for another."""
    if form not in FORMATS:
        msg = f"{form!r} is no format; there are {', '.join(FORMATS)}"
        raise UsageError(msg)
    module, _, name = FORMATS[form].partition(":")
    make: Callable[..., bytes] = getattr(import_module(module), name)
    return make(store, workspace) if form in _OF_WORKSPACE else make(store)


def format_of(path: str) -> str:
    """Tell the format of a file from its ending; nodes.csv and edges.csv are a pair. Raises UsageError for what is none of ours."""
    name, ending = os.path.splitext(os.path.basename(path).lower())
    if ending == ".csv" and name in _PAIR:
        return name
    ending = ending.removeprefix(".")
    form = {"turtle": "ttl", "nquads": "nq", "json": "jsonld"}.get(ending, ending)
    if form not in FORMATS:
        msg = f"{path} ends in no known format; there are {', '.join(FORMATS)}"
        raise UsageError(msg)
    return form


def write(store: GraphStore, path: str) -> int:
    """Write the graph to a file in the format of its ending, whole or not at all. Gives the number of bytes."""
    from samgraf.disk import write_whole

    data = export(store, format_of(path))
    write_whole(path, data)
    return len(data)
