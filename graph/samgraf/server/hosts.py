"""Whether a request is meant for this server and who may read the answer: Host, Origin, and what the browser says of a page.

Sources: RFC 9110, 7.2 (Host); Fetch Metadata Request Headers (W3C); the Fetch standard's CORS protocol.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from samgraf.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

LOOPBACK = ("localhost", "127.0.0.1", "::1")
_PORTS = {"https": 443, "http": 80}


class Public(NamedTuple):
    """Where a server is reached through a proxy: ``url`` ends in a slash, ``prefix`` is its path without one."""

    url: str
    origin: str
    host: str
    port: int
    prefix: str

    def within(self, path: str) -> str:
        """Give a path of this server for one that may begin as the proxy's do."""
        if self.prefix and (path == self.prefix or path.startswith(self.prefix + "/")):
            return path.removeprefix(self.prefix) or "/"
        return path


def public(url: str | None) -> Public | None:
    """Read the address of the proxy in front, ``https://example.org/graph``. Raises UsageError for what is no such address."""
    if url is None:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        parts, port = urlsplit(""), 0
    plain = parts.path.isascii() and not any(c in parts.path for c in "\"'<>\\ %") and "//" not in parts.path
    if not parts.hostname or not port or parts.query or parts.fragment or parts.username is not None or not plain:
        msg = f"{url!r} is no address for a server; write https://example.org or https://example.org/graph"
        raise UsageError(msg)
    origin = f"{parts.scheme}://{parts.netloc.lower()}"
    prefix = parts.path.rstrip("/")
    return Public(f"{origin}{prefix}/", origin, parts.hostname.lower(), port, prefix)


def allowed_host(header: str | None, bound: str, port: int, public: Public | None = None) -> bool:
    """Tell whether a request's Host names this server, so that a page elsewhere cannot reach it by DNS rebinding.

    A loopback server answers to its loopback names alone; one that was bound to another address on purpose answers to
    that name and to bare IP addresses, which cannot be rebound. Behind a proxy it answers to the proxy's name too.
    """
    if header is None:
        return False
    name, given = _host_and_port(header.strip().lower())
    if public is not None and name == public.host:
        return (given or _PORTS[public.url.partition(":")[0]]) == public.port
    if given is not None and given != port:
        return False
    local = bound in LOOPBACK
    return name in LOOPBACK or name == bound.lower() or (not local and _is_address(name))


def allowed_origin(
    method: str, headers: Mapping[str, str], origins: tuple[str, ...], public: Public | None = None
) -> bool:
    """Tell whether the page that makes a browser send this may: one of this server, one that is named, or none at all.

    Following a link is allowed from everywhere: the page with the link cannot read what opens.
    """
    origin = headers.get("origin")
    if origin is not None and ("*" in origins or origin.lower() in origins):
        return True
    site = headers.get("sec-fetch-site")
    if site in ("cross-site", "same-site"):
        opens = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest", "document") == "document"
        return opens and method in ("GET", "HEAD")
    if site is None and origin is not None:
        if public is not None and origin.lower() == public.origin:
            return True
        return origin.lower().partition("://")[2] == headers.get("host", "").lower()
    return True


def cors(headers: Mapping[str, str], origins: tuple[str, ...]) -> dict[str, str]:
    """Give the headers that let a page of another origin read the answer, when that origin is named."""
    origin = headers.get("origin")
    if origin is None or not ("*" in origins or origin.lower() in origins):
        return {}
    allowed = {
        "Access-Control-Allow-Origin": "*" if "*" in origins else origin,
        "Vary": "Accept, Origin",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Access-Control-Expose-Headers": "ETag, Retry-After",
    }
    if headers.get("access-control-request-method"):
        allowed |= {"Access-Control-Allow-Methods": "GET, HEAD, POST", "Access-Control-Max-Age": "600"}
        allowed |= {"Access-Control-Allow-Headers": "Content-Type, Accept"}
    return allowed


def _host_and_port(header: str) -> tuple[str, int | None]:
    if header.startswith("["):
        name, _, rest = header[1:].partition("]")
        port = rest.removeprefix(":")
    else:
        name, _, port = header.partition(":")
    return name.rstrip("."), (int(port) if port.isascii() and port.isdigit() else -1) if port else None


def _is_address(name: str) -> bool:
    from ipaddress import ip_address

    try:
        ip_address(name)
    except ValueError:
        return False
    return True
