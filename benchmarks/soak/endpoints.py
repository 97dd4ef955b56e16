"""100 endpoints that misbehave: each ends in time, with exit 4 and one clear sentence, or with the right answer."""

from __future__ import annotations

import json
import random
import socket
import threading
import time
from typing import TYPE_CHECKING

from benchmarks.soak.common import Report, call

if TYPE_CHECKING:
    from collections.abc import Callable

FULL = 100
BAR = "100 misbehaving endpoints: exit 4 and one clear sentence, in time; nothing is 'nothing found' because of a fault"
_SECONDS = 3
_ROWS = b"application/sparql-results+json"
_GOOD = json.dumps(
    {"head": {"vars": ["s"]}, "results": {"bindings": [{"s": {"type": "uri", "value": "http://x/y"}}]}}
).encode()
_OTHER = json.dumps({"head": {"vars": ["zz"]}, "results": {"bindings": []}}).encode()


_PLACES = [
    b"http://127.0.0.1:1/x",
    b"https://127.0.0.1:1/",
    b"ftp://127.0.0.1/x",
    b"file:///etc/passwd",
    b"/other",
    b"",
]
_PAGE = b"<html>\x1b]0;title\x07</html>"


def _head(status: str, *lines: bytes, length: int | None = None) -> bytes:
    told = [b"Content-Length: %d" % length] if length is not None else []
    return b"\r\n".join([b"HTTP/1.1 " + status.encode(), b"Content-Type: " + _ROWS, *lines, *told, b"", b""])


def _drip(connection: socket.socket, data: bytes, pause: float = 0.5) -> None:
    for byte in data:
        connection.sendall(bytes([byte]))
        time.sleep(pause)


def _flood(connection: socket.socket, head: bytes, piece: bytes) -> None:
    connection.sendall(head)
    for _ in range(100_000):
        connection.sendall(piece)


def _fault(chance: random.Random) -> tuple[str, Callable[[socket.socket], None]]:
    """Give one way to misbehave."""
    cut = chance.randrange(1, len(_GOOD))
    status = chance.choice(["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
    place = chance.choice(_PLACES)
    noise = chance.randbytes(chance.randrange(1, 400))
    code = chance.choice(["500 \x1b]0;title\x07", "401 No", "404 Not", "429 Slow", "502 Bad", "503 Busy"])
    return chance.choice(
        [
            ("drips its head", lambda c: _drip(c, _head("200 OK", length=len(_GOOD)) + _GOOD)),
            ("drips its body", lambda c: (c.sendall(_head("200 OK", length=len(_GOOD))), _drip(c, _GOOD))),  # type: ignore[func-returns-value]
            ("says nothing", lambda _: time.sleep(30)),
            ("closes at once", lambda c: c.close()),
            ("streams for ever", lambda c: _flood(c, _head("200 OK"), b" " * (1 << 20))),
            ("streams headers for ever", lambda c: _flood(c, b"HTTP/1.1 200 OK\r\n", b"X: " + b"y" * 1000 + b"\r\n")),
            ("cuts its body", lambda c: c.sendall(_head("200 OK", length=len(_GOOD)) + _GOOD[:cut])),
            ("cuts without a length", lambda c: c.sendall(_head("200 OK", b"Connection: close") + _GOOD[:cut])),
            (
                "cuts a chunk",
                lambda c: c.sendall(_head("200 OK", b"Transfer-Encoding: chunked") + b"40\r\n" + _GOOD[:30]),
            ),
            ("sends noise", lambda c: c.sendall(noise)),
            ("sends noise as rows", lambda c: c.sendall(_head("200 OK", length=len(noise)) + noise)),
            (
                "sends a page",
                lambda c: c.sendall(_head("200 OK", length=len(_PAGE)) + _PAGE),
            ),
            (f"redirects {status} {place!r}", lambda c: c.sendall(_head(status, b"Location: " + place, length=0))),
            (f"fails {code!r}", lambda c: c.sendall(_head(code, length=20) + b"\x1b[31mred\x07 and so on...."[:20])),
            (
                "limits its rows",
                lambda c: c.sendall(_head("200 OK", b"X-SPARQL-MaxRows: 1", length=len(_GOOD)) + _GOOD),
            ),
            (
                "runs out of time",
                lambda c: c.sendall(_head("200 OK", b"X-SQL-State: S1TAT", length=len(_GOOD)) + _GOOD),
            ),
            ("answers a truth", lambda c: c.sendall(_head("200 OK", length=27) + b'{"head":{},"boolean":true} ')),
            ("answers other columns", lambda c: c.sendall(_head("200 OK", length=len(_OTHER)) + _OTHER)),
        ]
    )


class _Endpoint:
    def __init__(self, act: Callable[[socket.socket], None]) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._act = act
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/sparql"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        try:
            connection.recv(1 << 20)
            self._act(connection)
        except (OSError, ValueError):
            pass
        finally:
            connection.close()

    def close(self) -> None:
        self._socket.close()


def run(count: int, seed: int) -> Report:
    report = Report("endpoints", BAR)
    chance = random.Random(seed)
    queries = ["SELECT ?s { ?s ?p ?o }", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", None]
    for _ in range(count):
        what, act = _fault(chance)
        endpoint = _Endpoint(act)
        query = chance.choice(queries)
        words = (
            ["query", "-", "--format", "json" if query and query.startswith("S") else "turtle"] if query else ["claims"]
        )
        done = call(*words, "--store", endpoint.url, "--timeout", str(_SECONDS), stdin=query or "", seconds=30)
        endpoint.close()
        clear = done.code == 4 and "\x1b" not in done.err and "\x07" not in done.err and len(done.err.splitlines()) == 1
        report.check(
            clear and done.seconds < _SECONDS + 10,
            f"{what}: {words}: exit {done.code} after {done.seconds:.0f} s: {done.err[:200]!r}",
        )
    return report
