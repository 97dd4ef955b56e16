"""What a query may not do here: change the graph, or make this machine ask another one.

A query is sent to the store only after this check. ``FROM <…>`` is harmless: the store reads graphs that it has, and
fetches none.
"""

from __future__ import annotations

import re

from samgraf.errors import UsageError

_SPACE = r"(?:[ \t\r\n]|\#[^\r\n]*(?:[\r\n]|$))*"
_SERVICE = re.compile(
    rf"(?:(?<![^\W\d])(?<![:?$@-])|(?<=true)|(?<=false))service{_SPACE}(?:silent{_SPACE})?(?:[<?$]|[^\W\d]?[\w.-]*:)",
    re.IGNORECASE,
)
_CODE_POINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
LONGEST = 200_000


class RefusedError(UsageError):
    """The query is understood and not run: it would reach out of this machine, or is too long."""


def check(sparql: str) -> None:
    """Refuse a query with SERVICE (SPARQL 1.1 Federated Query), written in any way. Raises RefusedError.

    It errs on the safe side: a text in quotes that reads like a SERVICE clause is refused too.
    """
    if len(sparql) > LONGEST:
        msg = f"the query has {len(sparql)} characters; the limit is {LONGEST}"
        raise RefusedError(msg)
    plain = _CODE_POINT.sub(_character, sparql)
    if _SERVICE.search(sparql) or _SERVICE.search(plain):
        msg = "SERVICE is refused: a query here asks no other endpoint"
        raise RefusedError(msg)


def _character(match: re.Match[str]) -> str:
    """Give the character of an escape (SPARQL 1.1, 19.2)."""
    point = int(match[1] or match[2], 16)
    return chr(point) if point < 0x110000 else ""


def allowed_host(header: str | None, bound: str, port: int) -> bool:
    """Tell whether a request's Host names this server, so that a page elsewhere cannot reach it by DNS rebinding.

    A loopback server answers to its loopback names alone; one that was bound to another address on purpose answers to
    that name and to bare IP addresses, which cannot be rebound.
    """
    if header is None:
        return False
    name, given = _host_and_port(header.strip().lower())
    if given is not None and given != port:
        return False
    local = bound in LOOPBACK
    return name in LOOPBACK or name == bound.lower() or (not local and _is_address(name))


LOOPBACK = ("localhost", "127.0.0.1", "::1")


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
