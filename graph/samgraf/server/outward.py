"""What an answer bears on its way out: the headers of every answer, the name of its snapshot, and its addresses behind a proxy.

Sources: RFC 9110, 8.8.3 (ETag), 12.5.5 (Vary) and 13.1.2 (If-None-Match).
"""

from __future__ import annotations

import hashlib
import re
from http import HTTPStatus
from typing import TYPE_CHECKING

from samgraf.server import hosts
from samgraf.server.negotiation import TYPES
from samgraf.version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping

    from samgraf.server.site import Response

_HEADERS = {
    "Server": f"samgraf/{__version__}",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
_ADDRESS = re.compile(rb'(<[a-z][^<>]*?\s(?:href|action|formaction|src)=")/(?!/)')


def tag(snapshot: str | None, accept: str | None) -> str | None:
    """Give the ETag of what a snapshot answers to an Accept header; None where there is no snapshot.

    It is a weak one: the same answer may go out packed in one way or another. It is known before the query is run.
    """
    if snapshot is None:
        return None
    return f'W/"{snapshot}-{hashlib.sha256((accept or "").encode()).hexdigest()[:8]}"'


def known(name: str | None, asked: Mapping[str, str]) -> bool:
    """Tell whether the client has what bears this ETag (weak comparison)."""
    had = {one.strip().removeprefix("W/") for one in asked.get("if-none-match", "").split(",")}
    return name is not None and name.removeprefix("W/") in had


def bears(response: Response, name: str | None) -> Response:
    """Give an answer its ETag, when it is one that stays so long as the snapshot does."""
    if name is None or response.status not in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
        return response
    return response._replace(headers={"ETag": name, "Vary": "Accept", **(response.headers or {})})


def below(response: Response, prefix: str) -> Response:
    """Let the addresses in an answer begin with the path that the proxy in front has for this server."""
    if not prefix:
        return response
    headers = dict(response.headers or {})
    if headers.get("Location", "").startswith("/"):
        headers["Location"] = prefix + headers["Location"]
    html = TYPES.get(response.form, response.form).startswith("text/html")
    body = _ADDRESS.sub(lambda found: found[1] + prefix.encode() + b"/", response.body) if html else response.body
    return response._replace(body=body, headers=headers)


def headers_of(response: Response, asked: Mapping[str, str], origins: tuple[str, ...]) -> list[tuple[bytes, bytes]]:
    """Give all headers of an answer, as ASGI has them."""
    headers = {
        "Content-Type": TYPES.get(response.form, response.form),
        "Content-Length": str(len(response.body)),
        "Content-Security-Policy": _POLICY,
        **_HEADERS,
        **hosts.cors(asked, origins),
        **(response.headers or {}),
    }
    if response.status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = "1"
    if response.status in (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED):
        del headers["Content-Length"], headers["Content-Type"]
    if response.status == HTTPStatus.NOT_MODIFIED:  # the policy of the page that the client has stays its own
        del headers["Content-Security-Policy"]
    return [(name.lower().encode(), value.encode("latin-1", "replace")) for name, value in headers.items()]
