"""The graph in other programs' formats: the same graph gives the same bytes."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING

from samgraf.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from samgraf.store.base import GraphStore

__all__ = ["FORMATS", "export", "format_of", "write"]

FORMATS = {
    "ttl": "samgraf.exports.rdf:turtle",
    "trig": "samgraf.exports.rdf:trig",
    "nq": "samgraf.exports.rdf:nquads",
    "jsonld": "samgraf.exports.jsonld:jsonld",
    "graphml": "samgraf.exports.networks:graphml",
    "gexf": "samgraf.exports.networks:gexf",
    "csv": "samgraf.exports.tables:csv_bytes",
    "xlsx": "samgraf.exports.workbook:xlsx",
}
"""The formats, each with the function that makes it; imported only when it is asked for."""


def export(store: GraphStore, form: str) -> bytes:
    """Give the whole graph in a format of FORMATS. Raises UsageError for another."""
    if form not in FORMATS:
        msg = f"{form!r} is no format; there are {', '.join(FORMATS)}"
        raise UsageError(msg)
    module, _, name = FORMATS[form].partition(":")
    make: Callable[[GraphStore], bytes] = getattr(import_module(module), name)
    return make(store)


def format_of(path: str) -> str:
    """Tell the format of a file from its ending. Raises UsageError when it is none of ours."""
    ending = os.path.splitext(path)[1].removeprefix(".").lower()
    form = {"turtle": "ttl", "nquads": "nq", "json": "jsonld"}.get(ending, ending)
    if form not in FORMATS:
        msg = f"{path} ends in no known format; there are {', '.join(FORMATS)}"
        raise UsageError(msg)
    return form


def write(store: GraphStore, path: str) -> int:
    """Write the graph to a file in the format of its ending, whole or not at all. Gives the number of bytes."""
    from samgraf.resources import write_whole

    data = export(store, format_of(path))
    write_whole(path, data)
    return len(data)
