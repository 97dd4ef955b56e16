"""The graph over HTTP, for this machine: SPARQL, entity pages, named queries, questions, the explorer.

It reads and never writes; it sends nothing out; and no query holds it longer than the time it is given.
"""

from __future__ import annotations

from samgraf.server.http import Server, make_server, serve

__all__ = ["Server", "make_server", "serve"]
