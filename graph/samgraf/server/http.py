"""The HTTP server: the standard library's, one thread a request, bound to this machine unless told otherwise.

Paths: ``/`` the explorer; ``/sparql`` the SPARQL 1.1 Protocol; ``/id/NAME`` an entity; ``/queries`` and
``/queries/NAME``; ``/ask?q=…``. Requests whose Host is not this server's are refused, so that a page elsewhere cannot
reach it (DNS rebinding).
"""

from __future__ import annotations

import contextlib
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

from samgraf import __version__
from samgraf.errors import SamgrafError, UnknownNameError, UnreachableError, UsageError
from samgraf.server import guard
from samgraf.server.negotiation import TYPES
from samgraf.server.site import Response, Site

if TYPE_CHECKING:
    from collections.abc import Callable

_LARGEST_BODY, _MOST_DISCARDED = 1 << 20, 16 << 20
_DIGITS = 10
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Vary": "Accept",
}
_POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"


_STATUS: tuple[tuple[type[SamgrafError], HTTPStatus], ...] = (
    (UnknownNameError, HTTPStatus.NOT_FOUND),
    (guard.RefusedError, HTTPStatus.FORBIDDEN),
    (UsageError, HTTPStatus.BAD_REQUEST),
    (SamgrafError, HTTPStatus.SERVICE_UNAVAILABLE),
)


class Server(ThreadingHTTPServer):
    """A server that is listening. ``url`` is where; `serve_forever` answers, `server_close` ends it and its workers."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], site: Site, log: Callable[[str], None] | None) -> None:
        self.site = site
        self.log = log
        super().__init__(address, _Handler)

    @property
    def url(self) -> str:
        """The address to open in a browser."""
        host, port = str(self.server_address[0]), self.server_address[1]
        return f"http://{f'[{host}]' if ':' in host else host}:{port}/"

    def server_close(self) -> None:
        """Stop listening and end the worker processes."""
        super().server_close()
        self.site.close()


def make_server(
    *,
    host: str = "127.0.0.1",
    port: int = 7878,
    workspace: str | None = None,
    store: str | None = None,
    seconds: float = 20.0,
    workers: int = 2,
    log: Callable[[str], None] | None = None,
) -> Server:
    """Make a server that listens on ``host`` and ``port`` (0: any free one); no query runs longer than ``seconds``.

    Raises UnreachableError when the address is taken or not this machine's, DataError when the workspace is not valid.
    """
    site = Site(workspace, store, seconds=seconds, workers=workers)
    try:
        return Server((host, port), site, log)
    except OSError as error:
        site.close()
        msg = f"cannot listen on {host}:{port}: {error.strerror or error}"
        raise UnreachableError(msg) from error


def serve(
    *,
    host: str = "127.0.0.1",
    port: int = 7878,
    workspace: str | None = None,
    store: str | None = None,
    seconds: float = 20.0,
    ready: Callable[[str], None] | None = None,
    log: Callable[[str], None] | None = None,
) -> None:
    """Serve until interrupted. ``ready`` is called with the address when requests are answered; see `make_server`."""
    server = make_server(host=host, port=port, workspace=workspace, store=store, seconds=seconds, log=log)
    try:
        if ready:
            ready(server.url)
        with contextlib.suppress(KeyboardInterrupt):
            server.serve_forever()
    finally:
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    """Reads a request, lets the site answer it, and writes the response with the headers that keep browsers safe."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version = f"samgraf/{__version__}"
    sys_version = ""
    timeout = 30

    def do_GET(self) -> None:
        """Answer a GET request."""
        self._answer()

    do_HEAD = do_POST = do_GET  # noqa: N815

    def do_OPTIONS(self) -> None:
        """Tell which methods there are. No other origin is let in."""
        self._send(Response(HTTPStatus.NO_CONTENT, "text", b"", {"Allow": "GET, HEAD, POST, OPTIONS"}))

    def _answer(self) -> None:
        host, port = str(self.server.server_address[0]), self.server.server_address[1]
        body = self._body()
        if body is None:
            return
        if not guard.allowed_host(self.headers.get("Host"), host, port):
            self._refuse(HTTPStatus.MISDIRECTED_REQUEST, "the Host of this request is not this server")
            return
        try:
            response = self._route(body)
        except SamgrafError as error:
            status = next(status for kind, status in _STATUS if isinstance(error, kind))
            response = Response(status, "text", str(error).encode())
        except Exception as error:  # noqa: BLE001  (one request's bug must not end the server)
            if self.server.log:
                self.server.log(f"a bug: {type(error).__name__}: {error}")
            response = Response(HTTPStatus.INTERNAL_SERVER_ERROR, "text", b"samgraf has a bug here; its log tells more")
        self._send(response)

    def _body(self) -> bytes | None:
        """Read what a POST brings; None when it is refused, and the refusal is sent."""
        if self.command != "POST":
            return b""
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit()):
            self._refuse(HTTPStatus.LENGTH_REQUIRED, "a POST needs a Content-Length")
            return None
        size = int(length) if len(length) < _DIGITS else _MOST_DISCARDED
        if size > _LARGEST_BODY:
            for _ in range(min(size, _MOST_DISCARDED) >> 16):  # or the client would never hear why
                self.rfile.read(1 << 16)
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"the limit is {_LARGEST_BODY} bytes")
            return None
        return self.rfile.read(size)

    def _route(self, body: bytes) -> Response:
        site, accept = self.server.site, self.headers.get("Accept")
        try:
            url = urlsplit(self.path)
            fields = parse_qs(url.query, keep_blank_values=True, max_num_fields=100, errors="replace")
        except ValueError as error:
            msg = f"the address cannot be read: {error}"
            raise UsageError(msg) from error
        path = unquote(url.path)
        if path == "/sparql":
            return site.sparql(self.command, fields, body, self.headers.get("Content-Type", ""), accept)
        if self.command == "POST":
            return Response(HTTPStatus.METHOD_NOT_ALLOWED, "text", b"only /sparql takes POST", {"Allow": "GET, HEAD"})
        pages: dict[str, Callable[[], Response]] = {
            "/": site.explorer,
            "/queries": lambda: site.queries(fields, accept),
            "/ask": lambda: site.ask(fields),
            "/style.css": site.style,
        }
        if path in pages:
            return pages[path]()
        if path.startswith("/id/"):
            return site.entity(path.removeprefix("/id/"), fields, accept)
        if path.startswith("/queries/"):
            return site.query(path.removeprefix("/queries/"), fields, accept)
        there = b"there are /, /sparql, /id/NAME, /queries, /queries/NAME and /ask?q="
        return Response(HTTPStatus.NOT_FOUND, "text", there)

    def _refuse(self, status: HTTPStatus, message: str) -> None:
        self.close_connection = True
        self._send(Response(status, "text", message.encode()))

    def _send(self, response: Response) -> None:
        self.send_response(response.status)
        headers = {
            "Content-Type": TYPES.get(response.form, response.form),
            "Content-Length": str(len(response.body)),
            "Content-Security-Policy": _POLICY,
            **_HEADERS,
            **(response.headers or {}),
        }
        if self.close_connection:
            headers["Connection"] = "close"
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(response.body)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002
        """Answer a request that cannot be read; plain text, with the same headers."""
        self.close_connection = True
        self._send(Response(code, "text", (message or HTTPStatus(code).phrase).encode("utf-8", "replace")))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Pass a line of the log on, without control characters."""
        if self.server.log:
            line = f"{self.address_string()} {format % args}"
            self.server.log("".join(c if c.isprintable() else "?" for c in line))
