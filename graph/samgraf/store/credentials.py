"""Who may read or write at an address: from the environment, else from netrc; never from the address, which is printed."""

from __future__ import annotations

import base64
import os
from urllib.parse import urlsplit

from samgraf.errors import UsageError

USER, PASSWORD = "SAMGRAF_STORE_USER", "SAMGRAF_STORE_PASSWORD"


def authorization(url: str, user: str | None = None, password: str | None = None) -> dict[str, str]:
    """Give the header of HTTP Basic authentication (RFC 7617) for an address, or none.

    What is given goes before SAMGRAF_STORE_USER and SAMGRAF_STORE_PASSWORD, and those before the netrc file. Raises UsageError,
    which does not repeat it, for an address with a name or password in it.
    """
    parts = urlsplit(url)
    if parts.username is not None or parts.password is not None:
        msg = f"no names or passwords in an address: set {USER} and {PASSWORD}, or use netrc"
        raise UsageError(msg)
    if not user:
        user, password = os.environ.get(USER), os.environ.get(PASSWORD, "")
    if not user:
        user, password = _netrc(parts.hostname or "")
    if not user:
        return {}
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:{password or ''}".encode()).decode()}


def _netrc(host: str) -> tuple[str, str]:
    place = os.environ.get("NETRC") or os.path.expanduser("~/.netrc")
    if not os.path.exists(place):
        return "", ""
    import netrc

    try:
        known = netrc.netrc(place).authenticators(host)
    except (OSError, netrc.NetrcParseError) as error:
        msg = f"{place} cannot be read: {error}"
        raise UsageError(msg) from error
    return (known[0], known[2] or "") if known else ("", "")
