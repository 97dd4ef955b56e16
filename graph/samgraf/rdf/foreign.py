"""Queries that are not ours: users', a workspace's rules and named queries, HTTP clients'. They run in the sandbox alone.

    with_folder     the handler on a snapshot's store      empty     on an empty store, or on N-Quads that are sent first

A request holds ``sparql``, the formats asked for (``rows``: json, csv, tsv, xml; ``graph``: turtle, ntriples, jsonld,
rdfxml), and the graphs of the SPARQL protocol (``default``, ``named``). The answer holds ``kind`` (rows, boolean, graph) and
``form``, or an ``error``.
"""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from samgraf.errors import LimitError, QueryError, SamgrafError, StoreError, UpdateRefusedError
from samgraf.namespaces import PREFIXES
from samgraf.rdf import guard
from samgraf.rdf.lexing import names_graphs
from samgraf.rdf.port import GRAPH_FORMATS, ROW_FORMATS, Result, query_error
from samgraf.sandbox.runner import MEMORY, Runner

if TYPE_CHECKING:
    from collections.abc import Sequence

    from samgraf.sandbox.worker import Handler

LARGEST = 256 << 20
_MEMORY_PER_BYTE = 8


class Foreign:
    """A store that answers queries which are not ours: a snapshot's ``folder``, or ``quads`` (N-Quads; none: empty)."""

    def __init__(self, folder: str | None = None, quads: bytes = b"", *, seconds: float | None = None) -> None:
        if folder:
            self.runner = Runner("samgraf.rdf.foreign:with_folder", folder, seconds=seconds)
        else:
            memory = MEMORY + _MEMORY_PER_BYTE * len(quads)
            first = ({"load": True}, quads) if quads else None
            self.runner = Runner("samgraf.rdf.foreign:empty", "", seconds=seconds, memory=memory, first=first)

    @classmethod
    def on(cls, store: ox.Store, *, seconds: float | None = None) -> Foreign:
        """Give one on a copy of a store in memory, as it is now."""
        return cls(quads=store.dump(format=ox.RdfFormat.N_QUADS) or b"", seconds=seconds)

    def evaluate(
        self,
        sparql: str,
        *,
        rows: str | None = "json",
        graph: str | None = "ntriples",
        default: Sequence[str] = (),
        named: Sequence[str] = (),
    ) -> Result:
        """Evaluate a query of any form.

        Raises RefusedError, QueryError, UpdateRefusedError; LimitError when it takes too much; StoreError when the store fails.
        """
        guard.check(sparql)
        request = {"sparql": sparql, "rows": rows, "graph": graph, "default": [*default], "named": [*named]}
        head, body = self.runner.call(request)
        if "error" in head:
            raise _raised(head)
        return Result(head["kind"], head["form"], body)

    def close(self) -> None:
        """End the process."""
        self.runner.close()


_CLASSES: dict[str, type[SamgrafError]] = {"query": QueryError, "update": UpdateRefusedError, "limit": LimitError}


def _raised(head: dict[str, Any]) -> SamgrafError:
    """Give the error that a process told of, with its code and its parts."""
    found = _CLASSES.get(head["class"], StoreError)(head["error"])
    found.code, found.parts = head.get("code", ""), head.get("parts", {})
    if isinstance(found, QueryError):
        found.line, found.column = head["line"], head["column"]
    return found


def with_folder(folder: str) -> Handler:
    """Give the handler for queries on the store of a snapshot."""
    return _handler(ox.Store.read_only(os.path.join(folder, "store")))


def empty(_: str) -> Handler:
    """Give the handler for queries on a store in memory."""
    return _handler(ox.Store())


def _handler(store: ox.Store) -> Handler:
    def handle(request: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
        if "load" in request:
            store.bulk_extend(ox.parse(body, format=ox.RdfFormat.N_QUADS))
            return {}, b""
        try:
            return _evaluate(store, request)
        except (UpdateRefusedError, QueryError, LimitError) as error:
            kind = next(name for name, one in _CLASSES.items() if isinstance(error, one))
            told = {"class": kind, "error": str(error), "code": error.code, "parts": error.parts}
            place = (error.line, error.column) if isinstance(error, QueryError) else (None, None)
            return {**told, "line": place[0], "column": place[1]}, b""
        except MemoryError:
            return {"class": "limit", "error": "the query needed too much memory", "code": "query-memory"}, b""
        except (OSError, RuntimeError, SyntaxError, ValueError) as error:
            return {"class": "store", "error": f"the store failed: {error}"}, b""

    return handle


def _evaluate(store: ox.Store, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    sparql = request["sparql"]
    try:
        graphs: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [
            ox.NamedNode(i) for i in request.get("default", ())
        ]
        named: list[ox.NamedNode | ox.BlankNode] = [ox.NamedNode(iri) for iri in request.get("named", ())]
        result = store.query(
            sparql,
            prefixes=PREFIXES,
            use_default_graph_as_union=not (graphs or named or names_graphs(sparql)),
            default_graph=graphs or None,
            named_graphs=named or None,
        )
    except (SyntaxError, ValueError) as error:
        raise query_error(error, sparql) from error
    out = _Bounded()
    if isinstance(result, ox.QueryTriples):
        form = request["graph"]
        if form:
            ox.serialize(result, out, format=GRAPH_FORMATS[form])
        return {"kind": "graph", "form": form}, out.getvalue()
    form = request["rows"]
    if form:
        result.serialize(out, format=ROW_FORMATS[form])
    return {"kind": "boolean" if isinstance(result, ox.QueryBoolean) else "rows", "form": form}, out.getvalue()


class _Bounded(io.BytesIO):
    """What an answer is written to: it takes so much and no more."""

    def write(self, data: Any, /) -> int:
        """Take the bytes. Raises LimitError when there are too many."""
        if self.tell() + len(data) > LARGEST:
            msg = f"the answer has more than {LARGEST >> 20} MB; use LIMIT and OFFSET"
            raise LimitError(msg, "answer-too-large", megabytes=LARGEST >> 20)
        return super().write(data)
