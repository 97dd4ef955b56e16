"""The HTTP server: uvicorn with our protocol and application, bound to this machine unless told otherwise.

SIGTERM and SIGHUP let those who wait have their answers and then end it; SIGINT (Ctrl-C) ends it at once.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import socket
import threading
from typing import TYPE_CHECKING

import uvicorn
from brotli_asgi import BrotliMiddleware

from samgraf.errors import UnreachableError, UsageError
from samgraf.server import hosts
from samgraf.server.app import App
from samgraf.server.current import Current
from samgraf.server.protocol import Protocol
from samgraf.server.site import Site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

_BACKLOG = 128
_IDLE_SECONDS = 10
_LARGEST_HEAD = 1 << 16
_SMALL, _PACKED = 1024, r"\.xlsx$"  # what is not worth packing


class Server:
    """A server that is listening. ``url`` is where; `serve_forever` answers until `shutdown`; `server_close` ends it."""

    def __init__(self, listener: socket.socket, host: str, current: Current, app: App, seconds: float) -> None:
        self._listener, self._host, self._current, self._app = listener, host, current, app
        self.server_address: tuple[str, int] = listener.getsockname()[:2]
        config = uvicorn.Config(
            BrotliMiddleware(app, minimum_size=_SMALL, excluded_handlers=[_PACKED]),
            http=Protocol,
            ws="none",
            loop="asyncio",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            backlog=_BACKLOG,
            timeout_keep_alive=_IDLE_SECONDS,
            timeout_graceful_shutdown=int(seconds) + 2,
            h11_max_incomplete_event_size=_LARGEST_HEAD,
        )
        told = logging.getLogger("uvicorn.error")
        told.setLevel(logging.ERROR)  # what strangers send is not this user's concern
        told.addFilter(lambda record: "graceful shutdown" not in record.msg)  # nor that Ctrl-C does not wait
        self._uvicorn = _Uvicorn(config, current.stop)
        self._ended = threading.Event()
        self._ended.set()

    @property
    def url(self) -> str:
        """The address to open in a browser."""
        host, port = self.server_address
        return f"http://{f'[{host}]' if ':' in host else host}:{port}/"

    def serve_forever(self) -> None:
        """Answer requests until a signal or `shutdown`."""
        self._ended.clear()
        try:
            asyncio.run(self._uvicorn.serve(sockets=[self._listener]))
        finally:
            self._ended.set()

    def shutdown(self) -> None:
        """Let `serve_forever` end, from another thread, and wait until it has."""
        self._uvicorn.should_exit = True
        self._ended.wait(self._uvicorn.config.timeout_graceful_shutdown)

    def server_close(self) -> None:
        """Stop listening and end the worker processes."""
        self._listener.close()
        self._current.close()
        self._app.close()


def make_server(
    *,
    host: str = "127.0.0.1",
    port: int = 7878,
    workspace: str | None = None,
    store: str | None = None,
    seconds: float = 20.0,
    workers: int = 4,
    origins: tuple[str, ...] = (),
    public_url: str | None = None,
    log: Callable[[str], None] | None = None,
) -> Server:
    """Make a server that listens on ``host`` and ``port`` (0: any free one); no query runs longer than ``seconds``.

    ``origins`` are those of pages elsewhere that may read it (``*``: all), ``public_url`` is where a proxy in front is reached.
    Raises UnreachableError when the address is taken or not this machine's, DataError when the workspace is not valid,
    UsageError when ``public_url`` is no web address.
    """
    public = hosts.public(public_url)
    listener = _listen(host, port)
    try:
        current = Current(
            lambda: Site(workspace, store, seconds=seconds, workers=workers, prefix=public.prefix if public else ""),
            workspace,
            follow=not store,
            log=log,
        )
    except BaseException:
        listener.close()
        raise
    told = tuple(origin.lower().rstrip("/") for origin in origins)
    app = App(current, host, listener.getsockname()[1], told, log, public)
    return Server(listener, host, current, app, seconds)


def serve(
    *,
    host: str = "127.0.0.1",
    port: int = 7878,
    workspace: str | None = None,
    store: str | None = None,
    seconds: float = 20.0,
    origins: tuple[str, ...] = (),
    public_url: str | None = None,
    ready: Callable[[str], None] | None = None,
    log: Callable[[str], None] | None = None,
) -> None:
    """Serve until interrupted. ``ready`` is called with the address when requests are answered; see `make_server`."""
    server = make_server(
        host=host,
        port=port,
        workspace=workspace,
        store=store,
        seconds=seconds,
        origins=origins,
        public_url=public_url,
        log=log,
    )
    try:
        if ready:
            ready(server.url)
        server.serve_forever()
    finally:
        server.server_close()


def _listen(host: str, port: int) -> socket.socket:
    if not host.strip():
        msg = "name the address to listen on: 127.0.0.1 for this machine alone, 0.0.0.0 for everybody"
        raise UsageError(msg)
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        return socket.create_server(address[:2], family=family, backlog=_BACKLOG)
    except (OSError, UnicodeError) as error:
        msg = f"cannot listen on {host}:{port}: {getattr(error, 'strerror', None) or error}"
        raise UnreachableError(msg) from error


class _Uvicorn(uvicorn.Server):
    """Uvicorn's server with signals as above; it does not raise them again when all is done."""

    def __init__(self, config: uvicorn.Config, stop: Callable[[], None]) -> None:
        super().__init__(config)
        self._stop = stop

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Hear the signals while requests are answered."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        names = [n for n in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, n)]
        before = {getattr(signal, n): signal.signal(getattr(signal, n), self.handle_exit) for n in names}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to end; Ctrl-C, or a second signal, does not wait for queries."""
        del frame
        if sig == signal.SIGINT or self.should_exit:
            self.force_exit = True
            self.config.timeout_graceful_shutdown = 0
            threading.Thread(target=self._stop, daemon=True).start()
        self.should_exit = True
