"""From HTTP requests to the site and back: an ASGI application (ASGI 3.0).

Paths: ``/`` what there is; ``/explorer.html``; ``/sparql`` the SPARQL 1.1 Protocol; ``/id/NAME`` an entity; ``/search?q=…``;
``/queries`` and ``/queries/NAME``; ``/ask?q=…``; ``/about``; and whatever else the graph has IRIs for
(`samgraf.publish.linked`). Whatever is refused is refused here, before the site sees it: another Host (DNS rebinding), a page
of another site, a body that is too long. An answer names its snapshot by its ETag.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qs

from samgraf.errors import LimitError, SamgrafError, UnknownNameError, UsageError
from samgraf.rdf.guard import RefusedError
from samgraf.server import hosts, openapi, outward
from samgraf.server.site import Response, problem
from samgraf.server.told import PAGES
from samgraf.server.workers import TICKET, BusyError, Ticket

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, MutableMapping

    from samgraf.server.current import Current
    from samgraf.server.site import Site

    Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
    Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

LARGEST_BODY = 1 << 20
_MOST_DISCARDED = 16 << 20
_MOST_REQUESTS, _THREADS = 128, 24
_METHODS = ("GET", "HEAD", "POST", "OPTIONS")
_WRITING = ("PUT", "PATCH", "DELETE")
_THERE = (
    "there are /, /explorer.html, /new.html, /feed.atom, /search?q=, /sparql, /id/NAME, /claim/, /graph/, /rule/, /ontology, "
    "/shapes, /queries, /queries/NAME, /download/, /about and /ask?q="
)
_STATUS: tuple[tuple[type[SamgrafError], HTTPStatus], ...] = (
    (UnknownNameError, HTTPStatus.NOT_FOUND),
    (RefusedError, HTTPStatus.FORBIDDEN),
    (UsageError, HTTPStatus.BAD_REQUEST),
    (BusyError, HTTPStatus.SERVICE_UNAVAILABLE),
    (LimitError, HTTPStatus.SERVICE_UNAVAILABLE),
    (SamgrafError, HTTPStatus.SERVICE_UNAVAILABLE),
)


class Request(NamedTuple):
    """What a client asks: ``path`` is decoded, ``query`` as it came, header names are in small letters."""

    method: str
    path: str
    query: bytes
    headers: dict[str, str]
    body: bytes


class Refusal(Exception):  # noqa: N818  (it is an answer, not an error)
    """A request that is answered before the site sees it; the connection may be closed after it."""

    def __init__(self, status: int, message: str, *, close: bool = False, **headers: str) -> None:
        super().__init__(message)
        self.response = Response(
            status, "text", message.encode(), {"Connection": "close"} | headers if close else headers
        )


class App:
    """The application. ``bound`` and ``port`` are where it listens, ``origins`` the pages elsewhere that may read it.

    ``public`` is where a proxy in front of it is reached: it names itself so, and it takes addresses with that path or without.
    """

    def __init__(
        self,
        current: Current,
        bound: str,
        port: int,
        origins: tuple[str, ...],
        log: Callable[[str], None] | None,
        public: hosts.Public | None = None,
    ) -> None:
        self.current = current
        self.bound, self.port, self.origins, self.log, self.public = bound, port, origins, log, public
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="samgraf")
        self._running = 0

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer one request."""
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        path = self.public.within(scope["path"]) if self.public else scope["path"]
        request = Request(scope["method"], path, scope["query_string"], headers, b"")
        try:
            self._admit(request)
            request = request._replace(body=await _body(receive))
            response = await self._respond(request, receive)
        except Refusal as refusal:
            response = _told(refusal.response, {}, headers.get("accept"))
        except asyncio.CancelledError:
            response = _text(HTTPStatus.SERVICE_UNAVAILABLE, "the server is ending")
        if response is not None:
            await self._send(send, request, response)

    def close(self) -> None:
        """End the threads."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _admit(self, request: Request) -> None:
        """Refuse what is not meant for this server."""
        if not hosts.allowed_host(request.headers.get("host"), self.bound, self.port, self.public):
            raise Refusal(HTTPStatus.MISDIRECTED_REQUEST, "the Host of this request is not this server", close=True)
        if request.method in _WRITING:
            allowed = ", ".join(_METHODS)
            raise Refusal(HTTPStatus.METHOD_NOT_ALLOWED, "this server only reads", close=True, Allow=allowed)
        if request.method not in _METHODS:
            raise Refusal(HTTPStatus.NOT_IMPLEMENTED, f"there are {', '.join(_METHODS)}", close=True)
        if not hosts.allowed_origin(request.method, request.headers, self.origins, self.public):
            raise Refusal(HTTPStatus.FORBIDDEN, "pages of other sites may not use this server; see --cors", close=True)
        if self._running >= _MOST_REQUESTS:
            raise Refusal(HTTPStatus.SERVICE_UNAVAILABLE, "too many requests at once; try again")

    async def _respond(self, request: Request, receive: Receive) -> Response | None:
        """Let a thread answer, and stop its query when the client leaves; None when there is nobody to answer."""
        loop = asyncio.get_running_loop()
        ticket = Ticket()
        context = copy_context()
        context.run(TICKET.set, ticket)
        self._running += 1
        work = loop.run_in_executor(self._threads, context.run, self._answer, request)
        gone = asyncio.ensure_future(_gone(receive))
        try:
            await asyncio.wait((work, gone), return_when=asyncio.FIRST_COMPLETED)
            if work.done():
                return work.result()
            ticket.cancel()
            await work
            return None
        finally:
            ticket.cancel()
            gone.cancel()
            self._running -= 1

    def _answer(self, request: Request) -> Response:
        """Answer in a thread: by one site from beginning to end."""
        fields: dict[str, list[str]] = {}
        accept = request.headers.get("accept")
        try:
            fields = _fields(request.query)
            with self.current.site() as site:
                name = outward.tag(site.snapshot, accept) if request.method in ("GET", "HEAD") else None
                if outward.known(name, request.headers):
                    return outward.bears(_text(HTTPStatus.NOT_MODIFIED, ""), name)
                response = outward.bears(_route(site, request, fields, self._address(request)), name)
            return outward.below(_told(response, fields, accept), self.public.prefix if self.public else "")
        except SamgrafError as error:
            status = next(status for kind, status in _STATUS if isinstance(error, kind))
            return outward.below(problem(status, error, fields, accept), self.public.prefix if self.public else "")
        except Exception as error:  # noqa: BLE001  (one request's bug must not end the server)
            if self.log:
                self.log(f"a bug: {type(error).__name__}: {error}")
            return _text(HTTPStatus.INTERNAL_SERVER_ERROR, "samgraf has a bug here; its log tells more")

    def _address(self, request: Request) -> str:
        """Give where this server is for who asks, ending in a slash."""
        return self.public.url if self.public else f"http://{request.headers.get('host', '')}/"

    async def _send(self, send: Send, request: Request, response: Response) -> None:
        told = outward.headers_of(response, request.headers, self.origins)
        await send({"type": "http.response.start", "status": int(response.status), "headers": told})
        await send({"type": "http.response.body", "body": b"" if request.method == "HEAD" else response.body})
        if self.log:
            target = request.path + (f"?{request.query.decode('latin-1')}" if request.query else "")
            self.log(
                "".join(c if c.isprintable() else "?" for c in f"{request.method} {target} {int(response.status)}")
            )


async def _body(receive: Receive) -> bytes:
    """Read what a request brings, whatever its method: the next request begins after it.

    Of a body that is too long so much is read and thrown away that the client hears why it is refused.
    """
    body = bytearray()
    size = 0
    while size <= _MOST_DISCARDED:
        message = await receive()
        if message["type"] != "http.request":
            raise Refusal(HTTPStatus.BAD_REQUEST, "the body breaks off", close=True)
        piece = message.get("body", b"")
        size += len(piece)
        if size <= LARGEST_BODY:
            body += piece
        if not message.get("more_body"):
            break
    if size > LARGEST_BODY:
        raise Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"the limit is {LARGEST_BODY} bytes", close=True)
    return bytes(body)


async def _gone(receive: Receive) -> None:
    """Wait until the client has left."""
    while (await receive())["type"] != "http.disconnect":
        continue


def _fields(query: bytes) -> dict[str, list[str]]:
    try:
        return parse_qs(query.decode("ascii"), keep_blank_values=True, max_num_fields=100, errors="replace")
    except ValueError as error:
        msg = f"the address cannot be read: {error}"
        raise UsageError(msg) from error


def _route(site: Site, request: Request, fields: dict[str, list[str]], address: str) -> Response:
    """Choose what answers; ``address`` is where the client finds this server."""
    path, accept = request.path, request.headers.get("accept")
    if request.method == "OPTIONS":
        return Response(HTTPStatus.NO_CONTENT, "text", b"", {"Allow": ", ".join(_METHODS)})
    if path == "/sparql" and not (request.method != "POST" and site.describes(fields, accept)):
        return site.sparql(request.method, fields, request.body, request.headers.get("content-type", ""), accept)
    if request.method == "POST":
        return Response(
            HTTPStatus.METHOD_NOT_ALLOWED, "text", b"only /sparql takes POST", {"Allow": "GET, HEAD, OPTIONS"}
        )
    pages: dict[str, Callable[[], Response]] = {
        "/explorer.html": site.explorer,
        "/queries": lambda: site.queries(fields, accept),
        "/ask": lambda: site.ask(fields, accept),
        "/feed.atom": lambda: site.feed(fields, address),
        "/style.css": site.style,
        "/openapi.json": lambda: _openapi(site, address),
        "/sparql.mjs": lambda: site.script("sparql"),
        "/editor.mjs": lambda: site.script("editor"),
        "/sparql.json": lambda: site.lexicon(fields),
    }
    pages |= {name: partial(site.page, name, fields) for name in PAGES}
    if path in pages:
        return pages[path]()
    if path.startswith("/id/"):
        return site.entity(path.removeprefix("/id/"), fields, accept)
    if path.startswith("/queries/"):
        return site.query(path.removeprefix("/queries/"), fields, accept)
    found = site.download(path.removeprefix("/download/")) if path.startswith("/download/") else None
    if path.startswith("/editor/"):
        found = site.editor(path.removeprefix("/editor/"))
    found = found or site.linked(path.removeprefix("/"), fields, accept, address)
    if found is not None:
        return found
    return problem(HTTPStatus.NOT_FOUND, _THERE, fields, accept)


def _openapi(site: Site, address: str) -> Response:
    """Answer with the description of the server for programs."""
    from samgraf import api

    files = {name: media for name, (_, media) in site.graph.downloads().items()}
    return Response(HTTPStatus.OK, "application/json", openapi.document(api.queries(site.workspace), files, address))


def _told(response: Response, fields: dict[str, list[str]], accept: str | None) -> Response:
    """Give what is wrong in the form that the client reads."""
    if response.status < HTTPStatus.BAD_REQUEST or response.form != "text":
        return response
    wrong = response.error or response.body.decode("utf-8", "replace")
    return problem(response.status, wrong, fields, accept)._replace(headers=response.headers)


def _text(status: int, message: str) -> Response:
    return Response(status, "text", message.encode("utf-8", "replace"))
