"""The review's server: this machine only, one token once, answers to its own page alone; one person at one workspace.

The address that is printed holds a token that opens the page once and is worth nothing afterwards; what opened it is kept
in a cookie that no other site can send. Every POST must come from the page itself.
"""

from __future__ import annotations

import base64
import hmac
import json
import os
import secrets
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit

from samgraf import disk
from samgraf.errors import SamgrafError, UsageError
from samgraf.ingest.reader import Reader
from samgraf.ingest.reading import UnreadableError
from samgraf.language.messages import messages
from samgraf.review.reviewing import Reviewing
from samgraf.review.showing import document_data, kinds, original, relations
from samgraf.workspace.anchors import anchor

if TYPE_CHECKING:
    from collections.abc import Callable

_LARGEST = 4 << 20
_COOKIE = "samgraf-review"
_PAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "review", "page")
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_FILES = {"/review.js": "text/javascript", "/review.css": "text/css"}


class ReviewServer(ThreadingHTTPServer):
    """A review that is listening; ``url`` opens it once."""

    daemon_threads = True

    def __init__(self, workspace: str | None, first: str | None, language: str, port: int = 0) -> None:
        self.reviewing = Reviewing(workspace)
        waiting = [p.document for p in self.reviewing.progress() if p.open]
        self.first = first or next(iter(waiting or self.reviewing.documents()), None)
        if first:
            self.reviewing.state(first)
        self.reviewing.settle_all()
        self.language = language
        self.token: str | None = secrets.token_urlsafe(24)
        self.key = secrets.token_urlsafe(24)
        self.lock = threading.Lock()
        self.reader = Reader(seconds=60)
        super().__init__(("127.0.0.1", port), _Handler)

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def url(self) -> str:
        """The address that opens the page, once."""
        return f"{self.origin}/?token={self.token}"

    def server_close(self) -> None:
        """Stop listening and end the reader."""
        super().server_close()
        self.reader.close()


class _Handler(BaseHTTPRequestHandler):
    server: ReviewServer
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_GET(self) -> None:
        """Answer with the page, its parts or data."""
        self._answer(self._get)

    def do_POST(self) -> None:
        """Take decisions from the page."""
        self._answer(self._post)

    def _answer(self, does: Callable[[str], tuple[str, bytes]]) -> None:
        if self.headers.get("Host") != f"127.0.0.1:{self.server.server_address[1]}":
            self._send(HTTPStatus.MISDIRECTED_REQUEST, "text/plain", b"this is not the address of the review")
            return
        path = unquote(urlsplit(self.path).path)
        if not self._allowed(path):
            self._send(
                HTTPStatus.FORBIDDEN, "text/plain", b"the address opens the review once; start samgraf review again"
            )
            return
        try:
            with self.server.lock:
                kind, body = does(path)
            self._send(HTTPStatus.OK, kind, body)
        except SamgrafError as error:
            self._error(HTTPStatus.BAD_REQUEST, str(error))
        except (KeyError, ValueError, TypeError) as error:
            self._error(HTTPStatus.BAD_REQUEST, f"the request cannot be read: {error}")
        except Exception as error:  # noqa: BLE001  (one request's bug must not end the review)
            self._error(HTTPStatus.INTERNAL_SERVER_ERROR, f"a bug: {type(error).__name__}: {error}")

    def _allowed(self, path: str) -> bool:
        """Let in who has the cookie, or brings the token for the first time; a POST only from the page itself."""
        cookies = dict(part.strip().partition("=")[::2] for part in (self.headers.get("Cookie") or "").split(";"))
        has_key = hmac.compare_digest(cookies.get(_COOKIE, "").encode(), self.server.key.encode())
        if self.command == "POST":
            return has_key and self.headers.get("Origin") == self.server.origin
        given = parse_qs(urlsplit(self.path).query).get("token", [""])[0]
        if path == "/" and self.server.token and hmac.compare_digest(given.encode(), self.server.token.encode()):
            self.server.token = None
            self.fresh = True
            return True
        return has_key

    fresh = False

    def _get(self, path: str) -> tuple[str, bytes]:
        reviewing, language = self.server.reviewing, self.server.language
        if path == "/":
            return "text/html", _page(language)
        if path in _FILES:
            return _FILES[path], disk.read_bytes(os.path.join(_PAGE, path[1:]))
        if path == "/documents":
            listed = [{"id": p.document, "title": p.title, "open": p.open} for p in reviewing.progress() if p.drafted]
            return _json({"documents": listed, "first": self.server.first})
        if path == "/terms":
            return _json({"relations": relations(reviewing.known, language), "kinds": kinds(reviewing.known, language)})
        what, _, rest = path[1:].partition("/")
        if what == "data":
            return _json(document_data(reviewing, rest, language))
        if what == "page":
            document, _, number = rest.rpartition("/")
            return "image/png", self._picture(document, int(number))
        msg = f"there is nothing at {path}"
        raise UsageError(msg)

    def _picture(self, document: str, page: int) -> bytes:
        found = (
            original(self.server.reviewing.folder, document) if document in self.server.reviewing.documents() else None
        )
        if found is None:
            msg = "there is no page to show"
            raise UsageError(msg)
        try:
            return base64.b64decode(self.server.reader.picture(found, page))
        except UnreadableError as error:
            raise UsageError(str(error)) from error

    def _post(self, path: str) -> tuple[str, bytes]:
        what, _, document = path[1:].partition("/")
        given = self._body()
        reviewing = self.server.reviewing
        if what == "decide":
            reviewing.decide(document, given["decisions"])
        elif what == "own":
            reviewing.decide(document, [self._own(document, given)])
        else:
            msg = f"there is nothing at {path}"
            raise UsageError(msg)
        return _json(document_data(reviewing, document, self.server.language))

    def _own(self, document: str, given: dict[str, Any]) -> dict[str, Any]:
        """Make the decision for a claim that a person put together from a selection."""
        reviewing = self.server.reviewing
        text = reviewing.state(document).record.text
        start, end = int(given["start"]), int(given["end"])
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        at = anchor(text, start, end)
        if at is None:
            msg = "select a few words of the text"
            raise UsageError(msg)
        names: dict[str, Any] = {}
        fields: dict[str, Any] = {"predicate": given["predicate"]}
        for side in ("subject", "object"):
            label = str(given.get(side) or "").strip()
            if label:
                key, names_data = reviewing.new_name(label, str(given[f"{side}Kind"]))
                fields[side] = key
                names[key] = names_data
        value = str(given.get("value") or "").strip()
        if value:
            is_text = reviewing.known.vocabulary.predicate(str(given["predicate"])).kind == "text"
            fields["value"] = {self.server.language: value} if is_text else value
        return {"verdict": "accept", "fields": fields, "names": names, "at": at}

    def _body(self) -> dict[str, Any]:
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit()) or int(length) > _LARGEST:
            self.close_connection = True
            msg = "a POST brings its length, and not too much"
            raise UsageError(msg)
        if not (self.headers.get("Content-Type") or "").startswith("application/json"):
            msg = "a POST brings JSON"
            raise UsageError(msg)
        given = json.loads(self.rfile.read(int(length)))
        if not isinstance(given, dict):
            msg = "a POST brings an object"
            raise UsageError(msg)
        return given

    def _error(self, code: HTTPStatus, message: str) -> None:
        self._send(code, *_json({"error": message}))

    def _send(self, code: HTTPStatus, kind: str, body: bytes) -> None:
        self.send_response(code)
        charset = "" if kind.startswith("image/") else "; charset=utf-8"
        headers = {"Content-Type": kind + charset, "Content-Length": str(len(body)), **_HEADERS}
        if self.fresh:
            headers["Set-Cookie"] = f"{_COOKIE}={self.server.key}; HttpOnly; SameSite=Strict; Path=/"
            self.fresh = False
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: the page tells its user what was saved."""


def _json(content: object) -> tuple[str, bytes]:
    return "application/json", json.dumps(content, ensure_ascii=False).encode()


def _page(language: str) -> bytes:
    page = disk.read_text(os.path.join(_PAGE, "review.html"))
    texts: dict[str, object] = dict(messages(language).table("review"))
    texts = {name: text for name, text in texts.items() if isinstance(text, str) or name == "sheet"}
    words = json.dumps(texts, ensure_ascii=False).replace("<", "\\u003c")
    return page.replace("{{lang}}", language).replace("{{words}}", words).encode()
