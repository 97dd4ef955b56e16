"""Any SPARQL 1.1 endpoint, read over HTTP as the SPARQL 1.1 Protocol has it (W3C 2013, 2.1.2 query via POST of a form).

A form is what every engine takes; a query as the whole body makes some of them wait for ever.

An endpoint is a stranger: it may answer with anything, at any speed, for ever. Whatever is not a whole answer to the
query that was sent, within the time and the size allowed, is a StoreError; nothing is 'nothing found' because of a fault.
"""

from __future__ import annotations

import http.client
import socket
import threading
import urllib.error
import urllib.parse
import urllib.request
from typing import TYPE_CHECKING, Any, NoReturn

import pyoxigraph as ox

from samgraf import resources
from samgraf.errors import LimitError, QueryError, StoreError
from samgraf.namespaces import PREFIXES
from samgraf.rdf.lexing import form_of, names_graphs
from samgraf.rdf.port import GRAPH_FORMATS, ROW_FORMATS, Result, Rows, rows_of
from samgraf.store.credentials import PASSWORD, USER, authorization
from samgraf.store.dataset import AS_IT_IS, dataset_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from samgraf.store.dataset import Known, Parameters

_ACCEPT_ROWS = "application/sparql-results+json"
_ACCEPT_TRIPLES = "application/n-triples"
_BAD_REQUEST = 400
_UNAUTHORIZED = 401
_REDIRECTS = range(300, 400)
_TRUTH, _ONE = "__ASK_RETVAL", ox.Literal(1)  # Virtuoso's answer to an ASK that begins with a PREFIX
_LARGEST = 256 << 20
_SHOWN = 200


class RemoteStore:
    """Read a graph from a SPARQL endpoint. Before the first query it is asked what its default graph holds.

    An endpoint without claims is refused for queries of ours: 'the documents do not say' is for documents that were read.

    ``timeout`` is the seconds that a query may take, from the first byte sent to the last one read.
    """

    def __init__(self, url: str, timeout: float | None = None, *, largest: int = _LARGEST) -> None:
        if not url.startswith(("http://", "https://")):
            msg = f"{url!r} is no address of a SPARQL endpoint; it begins with http:// or https://"
            raise StoreError(msg)
        self._allowed = authorization(url)
        self.url = url
        self.timeout = resources.timeout() if timeout is None else timeout
        self.largest = largest
        self.folder: str | None = None
        self._known: Known | None = None

    def select(self, sparql: str) -> Rows:
        """Run a SELECT query of ours."""
        wanted = _columns(sparql)
        found = self._rows(self._ours(sparql, _ACCEPT_ROWS))
        if not found.rows and not found.columns:
            return Rows(wanted, [])
        if sorted(found.columns) != sorted(wanted):
            self._refuse(f"answered with the columns {', '.join(found.columns)}, not with {', '.join(wanted)}")
        return found

    def ask(self, sparql: str) -> bool:
        """Run an ASK query of ours."""
        return self._truth(self._ours(sparql, _ACCEPT_ROWS))

    def triples(self, sparql: str) -> Sequence[ox.Triple]:
        """Run a CONSTRUCT or DESCRIBE query of ours."""
        return self._triples(self._ours(sparql, _ACCEPT_TRIPLES))

    def foreign(self, sparql: str, *, rows: str | None = "json", graph: str | None = "ntriples") -> Result:
        """Run a query of any form that is not ours, and give the answer in one of the formats."""
        from samgraf.rdf import guard

        guard.check(sparql)
        kind = form_of(sparql)
        known = None if names_graphs(sparql) else self._probed()
        dataset = known.parameters if known else AS_IT_IS
        if kind == "graph":
            triples = self._triples(self._post(sparql, _ACCEPT_TRIPLES, dataset))
            return Result(kind, graph, (ox.serialize(triples, format=GRAPH_FORMATS[graph]) or b"") if graph else b"")
        data = self._post(sparql, _ACCEPT_ROWS, dataset)
        if kind == "boolean":
            self._truth(data)
        else:
            self._rows(data)
        found = ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)
        return Result(kind, rows, (found.serialize(format=ROW_FORMATS[rows]) or b"") if rows else b"")

    def _probed(self) -> Known | None:
        """Give what is known of the endpoint, None where it holds no claim; asked until there are some."""
        if self._known is None:
            self._known = dataset_of(
                lambda sparql, dataset: self._truth(self._sent(sparql, _ACCEPT_ROWS, dataset)), self._graphs, self.url
            )
        return self._known

    def _graphs(self) -> list[str]:
        found = self._rows(self._sent("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }", _ACCEPT_ROWS, AS_IT_IS))
        return [row[0].value for row in found.rows if isinstance(row[0], ox.NamedNode)]

    def _ours(self, sparql: str, accept: str) -> bytes:
        known = self._probed()
        if known is None:
            self._refuse("holds no claims: load the graph into it first (samgraf push)")
        if not known.sound:
            self._refuse(
                "takes an error in a filter for 'no', against SPARQL 1.1 (17.4.1.3, COALESCE; Virtuoso 7 does), and would"
                " leave answers out: use another engine, or the embedded store"
            )
        return self._sent(sparql, accept, known.parameters)

    def _sent(self, sparql: str, accept: str, dataset: Parameters) -> bytes:
        try:
            return self._post(sparql, accept, dataset)
        except QueryError as error:  # our queries can be read: it is the endpoint that cannot
            raise StoreError(str(error)) from error

    def _post(self, sparql: str, accept: str, dataset: Parameters) -> bytes:
        head = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
        request = urllib.request.Request(  # noqa: S310  (the scheme is checked above)
            self.url,
            data=urllib.parse.urlencode([("query", head + sparql), *dataset]).encode(),
            headers={"Content-Type": "application/x-www-form-urlencoded", "Accept": accept, **self._allowed},
        )
        watch = _Watch(self.timeout)
        try:
            with watch, watch.opener().open(request, timeout=self.timeout) as reply:
                return self._body(reply, accept, watch)
        except urllib.error.HTTPError as error:
            self._status(error)
        except (OSError, ValueError, http.client.HTTPException) as error:
            if (
                watch.expired
                or isinstance(error, TimeoutError)
                or isinstance(getattr(error, "reason", 0), TimeoutError)
            ):
                msg = f"{self.url} did not answer within {self.timeout:g} seconds"
                raise LimitError(msg) from error
            if isinstance(error, http.client.IncompleteRead):
                self._refuse("broke off its answer")
            msg = f"{self.url} cannot be reached: {_clean(str(getattr(error, 'reason', error)))}"
            raise StoreError(msg) from error

    def _body(self, reply: http.client.HTTPResponse, accept: str, watch: _Watch) -> bytes:
        """Read the whole answer. ``reply.length`` is what is still to come, None where that is not said."""
        if reply.headers.get("X-SQL-State"):
            self._refuse("ran out of time and gave only part of the rows")
        if accept == _ACCEPT_TRIPLES and reply.length is None and not reply.chunked:
            self._refuse("does not say where its answer ends, so that nobody can tell whether it is whole")
        data = bytearray()
        while piece := reply.read1(1 << 16):
            data += piece
            if len(data) > self.largest:
                msg = f"{self.url} answered with more than {self.largest >> 20} MB"
                raise LimitError(msg)
        if watch.expired:
            raise TimeoutError
        if reply.length:
            self._refuse("broke off its answer")
        self._limited(reply, data)
        return bytes(data)

    def _limited(self, reply: http.client.HTTPResponse, data: bytearray) -> None:
        """Refuse rows that an endpoint has cut at a limit of its own, and says so (Virtuoso)."""
        most = reply.headers.get("X-SPARQL-MaxRows", "")
        if most.isascii() and most.isdigit() and data.count(b'"type"') >= int(most):
            found = ox.parse_query_results(bytes(data), format=ox.QueryResultsFormat.JSON)
            if isinstance(found, ox.QuerySolutions) and sum(1 for _ in found) >= int(most):
                self._refuse(f"gives at most {most} rows, and this answer has as many: it may be only a part")

    def _status(self, error: urllib.error.HTTPError) -> NoReturn:
        try:
            detail = _clean(error.read(500).decode("utf-8", "replace"))
        except (OSError, ValueError, http.client.HTTPException):
            detail = ""
        if error.code == _BAD_REQUEST:
            msg = f"{self.url} cannot read the query: {detail}"
            raise QueryError(msg) from error
        if error.code in _REDIRECTS:
            where = _clean(error.headers.get("Location", ""))
            self._refuse(
                f"has moved to {where}; name that address" if where else f"answered {error.code} without an address"
            )
        if error.code == _UNAUTHORIZED:
            detail = f"set {USER} and {PASSWORD}, or use netrc"
        self._refuse(f"answered {error.code} {_clean(str(error.reason))}: {detail}")

    def _refuse(self, what: str) -> NoReturn:
        msg = f"{self.url} {what}"
        raise StoreError(msg)

    def _results(self, data: bytes) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        try:
            return ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)
        except (SyntaxError, ValueError):
            self._refuse(f"did not answer with SPARQL results: {_clean(data[:500].decode('utf-8', 'replace'))}")

    def _rows(self, data: bytes) -> Rows:
        found = self._results(data)
        if not isinstance(found, ox.QuerySolutions):
            self._refuse("answered a SELECT with a truth value")
        return rows_of(found, f"{self.url} broke off its answer")

    def _truth(self, data: bytes) -> bool:
        found = self._results(data)
        if isinstance(found, ox.QuerySolutions) and [v.value for v in found.variables] == [_TRUTH]:
            return any(row[0] == _ONE for row in found)
        if not isinstance(found, ox.QueryBoolean):
            self._refuse("answered an ASK with rows")
        return bool(found)

    def _triples(self, data: bytes) -> list[ox.Triple]:
        try:
            return [quad.triple for quad in ox.parse(data, format=ox.RdfFormat.N_TRIPLES)]
        except (SyntaxError, ValueError):
            self._refuse(f"did not answer with N-Triples: {_clean(data[:500].decode('utf-8', 'replace'))}")


def _columns(sparql: str) -> list[str]:
    """Give the columns of a SELECT of ours."""
    found = ox.Store().query(sparql, prefixes=PREFIXES)
    return [v.value for v in found.variables] if isinstance(found, ox.QuerySolutions) else []


def _clean(text: str) -> str:
    """Give what a stranger says on one short line, without the signs that drive a terminal."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


class _Watch:
    """The deadline of one exchange: when it comes, the connections are shut, whatever they wait for."""

    def __init__(self, seconds: float) -> None:
        self.expired = False
        self._sockets: list[socket.socket] = []
        self._clock = threading.Timer(seconds, self._shut)
        self._clock.daemon = True

    def __enter__(self) -> None:
        self._clock.start()

    def __exit__(self, *_: object) -> None:
        self._clock.cancel()

    def _shut(self) -> None:
        self.expired = True
        for one in self._sockets:
            try:
                socket.socket.shutdown(one, socket.SHUT_RDWR)
            except OSError:
                continue

    def opener(self) -> urllib.request.OpenerDirector:
        """Give urllib's way to HTTP and HTTPS, by the environment's proxies; it follows no redirect and knows no other scheme."""
        opener = urllib.request.OpenerDirector()
        for handler in (
            urllib.request.ProxyHandler(),
            self._handler(urllib.request.HTTPHandler, "http_open", http.client.HTTPConnection),
            self._handler(urllib.request.HTTPSHandler, "https_open", http.client.HTTPSConnection),
            urllib.request.HTTPDefaultErrorHandler(),
            urllib.request.HTTPErrorProcessor(),
        ):
            opener.add_handler(handler)
        return opener

    def _handler(self, base: Any, method: str, connection: Any) -> urllib.request.BaseHandler:
        sockets = self._sockets

        def connect(self: Any) -> None:
            connection.connect(self)
            sockets.append(self.sock)

        watched = type("_Connection", (connection,), {"connect": connect})

        def opened(self: Any, request: urllib.request.Request) -> object:
            return self.do_open(watched, request)

        handler: urllib.request.BaseHandler = type("_Handler", (base,), {method: opened})()
        return handler
