"""A server of the queries' small workspace, for what is asked of one over the network."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from samgraf.server import make_server
from tests.queries.golden import WORKSPACE

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a server with a cache of its own, as long as a module's tests run."""
    patch = pytest.MonkeyPatch()
    patch.setenv("SAMGRAF_CACHE", str(tmp_path_factory.mktemp("server-cache")))
    server = make_server(port=0, workspace=str(WORKSPACE), seconds=20)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()
    patch.undo()
