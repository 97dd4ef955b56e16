"""A few worker processes that take queries in turn, each killed and replaced when its query takes too long."""

from __future__ import annotations

import contextlib
import json
import queue
import subprocess
import sys
import threading
from typing import Any, NamedTuple


class Reply(NamedTuple):
    """What came of a query: an HTTP status, the format's name, and the body or, for an error, the message."""

    status: int
    form: str
    body: bytes


class Workers:
    """A pool of processes that evaluate queries on one store. ``place`` is a snapshot's folder or an endpoint's URL."""

    def __init__(self, kind: str, place: str, *, seconds: float = 20.0, size: int = 2) -> None:
        self.arguments = [sys.executable, "-m", "samgraf.server.worker", kind, place]
        self.seconds = seconds
        self._free: queue.Queue[_Worker] = queue.Queue()
        self._all = [_Worker(self.arguments) for _ in range(size)]
        for worker in self._all:
            self._free.put(worker)

    def evaluate(self, request: dict[str, Any]) -> Reply:
        """Evaluate a query. After ``seconds`` its process is killed, and the reply is 503."""
        try:
            worker = self._free.get(timeout=self.seconds)
        except queue.Empty:
            return Reply(503, "text", b"all workers are busy; try again")
        try:
            return worker.evaluate({**request, "seconds": self.seconds}, self.seconds)
        finally:
            self._free.put(worker)

    def close(self) -> None:
        """End all processes."""
        for worker in self._all:
            worker.end()


class _Worker:
    """One process, started when it is first needed and again after it was killed."""

    def __init__(self, arguments: list[str]) -> None:
        self.arguments = arguments
        self.process: subprocess.Popen[bytes] | None = None

    def evaluate(self, request: dict[str, Any], seconds: float) -> Reply:
        process = self._running()
        expired = threading.Event()

        def stop() -> None:
            expired.set()
            process.kill()

        clock = threading.Timer(seconds, stop)
        clock.daemon = True
        clock.start()
        try:
            reply = _exchange(process, request)
        finally:
            clock.cancel()
        if reply is None:
            self.end()
            if expired.is_set():
                return Reply(503, "text", f"the query was stopped after {seconds:g} seconds".encode())
            return Reply(500, "text", b"the query ended its process; it may have needed too much memory")
        return reply

    def _running(self) -> subprocess.Popen[bytes]:
        if self.process is None or self.process.poll() is not None:
            self.process = subprocess.Popen(self.arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        return self.process

    def end(self) -> None:
        process, self.process = self.process, None
        if process is not None:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream:
                    with contextlib.suppress(OSError):
                        stream.close()


def _exchange(process: subprocess.Popen[bytes], request: dict[str, Any]) -> Reply | None:
    """Send a request and read the reply; None when the process is gone."""
    if process.stdin is None or process.stdout is None:
        return None
    try:
        process.stdin.write(json.dumps(request).encode() + b"\n")
        process.stdin.flush()
        line = process.stdout.readline()
        if not line.endswith(b"\n"):
            return None
        head = json.loads(line)
        body = process.stdout.read(head["length"])
    except (OSError, ValueError):
        return None
    return Reply(head["status"], head["form"], body) if len(body) == head["length"] else None
