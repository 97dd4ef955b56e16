"""A process that evaluates queries and can be killed: the one sure way to stop a query that runs too long.

The parent writes one JSON object a line to its input: ``sparql``, the formats asked for, graphs, seconds. It answers
with a line of JSON (``status``, ``type``, ``length``) and that many bytes. It ends when its input does; and should
the parent be gone in the middle of a query, the alarm clock ends it.
"""

from __future__ import annotations

import json
import signal
import sys
from typing import Any

import pyoxigraph as ox

from samgraf.errors import SamgrafError, UpdateRefusedError, UsageError
from samgraf.library.running import GRAPH_FORMATS, ROW_FORMATS, Answer, run, serialise
from samgraf.namespaces import PREFIXES
from samgraf.store.base import query_error
from samgraf.store.embedded import EmbeddedStore
from samgraf.store.lexing import names_graphs
from samgraf.store.remote import RemoteStore

MEMORY = 2 << 30
_LARGEST = 256 << 20
_GRACE = 2
Result = tuple[int, str, bytes]


def main(arguments: list[str]) -> None:
    """Serve queries from stdin until it ends. Arguments: ``folder DIR`` or ``url URL``."""
    _limit_memory()
    kind, place = arguments
    store = RemoteStore(place) if kind == "url" else EmbeddedStore.open(place)
    for line in sys.stdin.buffer:
        request = json.loads(line)
        _alarm(int(request["seconds"]) + _GRACE)
        status, form, body = evaluate(store, request)
        _alarm(0)
        head = json.dumps({"status": status, "form": form, "length": len(body)}).encode()
        sys.stdout.buffer.write(head + b"\n" + body)
        sys.stdout.buffer.flush()


def evaluate(store: EmbeddedStore | RemoteStore, request: dict[str, Any]) -> Result:
    """Evaluate one request. Gives the HTTP status, the format and the body; an error's body is its message."""
    try:
        if isinstance(store, EmbeddedStore):
            form, body = _embedded(store.store, request)
        else:
            form, body = _remote(store, request)
    except UpdateRefusedError as error:
        return 403, "text", str(error).encode()
    except UsageError as error:
        return 400, "text", str(error).encode()
    except (SamgrafError, OSError, RuntimeError, MemoryError) as error:
        return 500, "text", f"the store failed: {error}".encode()
    if form == "none":
        return 406, "text", body
    if len(body) > _LARGEST:
        return 413, "text", b"the answer is too large; use LIMIT and OFFSET"
    return 200, form, body


def _embedded(store: ox.Store, request: dict[str, Any]) -> tuple[str, bytes]:
    sparql = request["sparql"]
    try:
        graphs: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [
            ox.NamedNode(i) for i in request.get("default", [])
        ]
        named: list[ox.NamedNode | ox.BlankNode] = [ox.NamedNode(iri) for iri in request.get("named", [])]
        result = store.query(
            sparql,
            prefixes=PREFIXES,
            use_default_graph_as_union=not (graphs or named or names_graphs(sparql)),
            default_graph=graphs or None,
            named_graphs=named or None,
        )
    except (SyntaxError, ValueError) as error:
        raise query_error(error, sparql) from error
    if isinstance(result, ox.QueryTriples):
        form = request["graph"]
        body = result.serialize(format=GRAPH_FORMATS[form]) if form else b""
    else:
        form = request["rows"]
        body = result.serialize(format=ROW_FORMATS[form]) if form else b""
    return (form, body or b"") if form else ("none", b"none of the formats asked for fits this query")


def _remote(store: RemoteStore, request: dict[str, Any]) -> tuple[str, bytes]:
    if request.get("default") or request.get("named"):
        msg = "default-graph-uri and named-graph-uri are not passed on to the endpoint behind this server; use FROM"
        raise UsageError(msg)
    answer: Answer = run(store, request["sparql"])
    form = request["graph" if answer.triples is not None else "rows"]
    return (form, serialise(answer, form)) if form else ("none", b"none of the formats asked for fits this query")


def _alarm(seconds: int) -> None:
    """Set the clock that ends this process by itself (the system's default, without a handler); 0 stops it."""
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


def _limit_memory() -> None:
    """Bound what this process can take, so that a query's cross product ends it and not the machine."""
    try:
        import resource
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    limit = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))


if __name__ == "__main__":
    main(sys.argv[1:])
