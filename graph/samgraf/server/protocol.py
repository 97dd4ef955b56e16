"""HTTP/1.1 on the wire, by h11 and uvicorn, with what a server needs that strangers reach: deadlines, caps, strict framing.

Sources: RFC 9112, 5.2 (folded lines), 6 (message body length), 9.3 (persistence); RFC 9110, 7.2 (Host).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    import asyncio

    from uvicorn.protocols.http.h11_impl import RequestResponseCycle

MOST_CONNECTIONS = 256
REQUEST_SECONDS = 30.0
_BUSY = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_HEAD_END, _LINE_END = re.compile(rb"\n\r?\n"), re.compile(rb"\r?\n")
_ONCE = (b"content-length", b"transfer-encoding", b"host", b"content-type", b"origin")


class Protocol(H11Protocol):
    """One connection. A request must be there whole, its body included, so many seconds after the server began to wait for it."""

    seconds = REQUEST_SECONDS
    most = MOST_CONNECTIONS

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._clock: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin; one connection too many is told so and closed."""
        super().connection_made(transport)
        if len(self.connections) > self.most:
            transport.write(_BUSY)
            transport.close()
        else:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        self._rest()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what has come."""
        if self.transport.is_closing():
            return
        if self._clock is None and not self._answering():
            self._wait()
        super().data_received(data)
        if self._answering():
            self._rest()

    def handle_events(self) -> None:
        """Answer what is there whole; h11 takes equal lengths for one, so the head is looked at as it came."""
        if self.transport.is_closing():
            return
        if self.conn.their_state is h11.IDLE:
            unread, _ = self.conn.trailing_data
            head = _HEAD_END.split(unread, 1)
            unclear = _unclear(head[0]) if len(head) > 1 else None
            if unclear:
                self.send_400_response(unclear)
                return
        super().handle_events()

    def on_response_complete(self) -> None:
        """Go on to the next request."""
        super().on_response_complete()
        if self._answering():
            self._rest()

    def eof_received(self) -> None:
        """Hear that the client sends no more: a body that breaks off is no request, and who is gone wants no answer."""
        cycle: RequestResponseCycle | None = self.cycle  # uvicorn leaves it None before the first request
        if cycle is not None and cycle.more_body and not cycle.response_started:
            cycle.response_started = True
            cycle.disconnected = True
            self.send_400_response("the body is shorter than its Content-Length")

    def _answering(self) -> bool:
        """Tell whether a whole request is here and not answered yet."""
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is not None and not cycle.response_complete and not cycle.more_body

    def _wait(self) -> None:
        self._clock = self.loop.call_later(self.seconds, self._late)

    def _rest(self) -> None:
        clock, self._clock = self._clock, None
        if clock is not None:
            clock.cancel()

    def _late(self) -> None:
        self._clock = None
        if not self.transport.is_closing():
            self.transport.close()


def _unclear(head: bytes) -> str | None:
    """Tell why two readers could take a request for different ones, if they could: a server before this one, and this one."""
    first, *lines = _LINE_END.split(head)
    names = [line.partition(b":")[0].lower() for line in lines]
    for name in names:
        if names.count(name) > 1 and (name in _ONCE or name.startswith(b"sec-fetch-")):
            return f"there is more than one {name.decode()}"
    for name, line in zip(names, lines, strict=True):
        if line[:1] in (b" ", b"\t"):
            return "a header goes over two lines"
        if name == b"content-length" and b"," in line:
            return "there is more than one length"
        if name == b"transfer-encoding" and b"content-length" in names:
            return "give Content-Length or Transfer-Encoding, not both"
        if name == b"transfer-encoding" and first.endswith(b"HTTP/1.0"):
            return "HTTP/1.0 has no Transfer-Encoding"
    return None
