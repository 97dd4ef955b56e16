"""The parent's side of the sandbox: start the process, speak with it, and kill it when it takes too long.

>>> runner = Runner("samgraf.rdf.foreign:empty", "")
>>> runner.call({"sparql": "ASK {}", "rows": "json", "graph": None})[0]["kind"]
'boolean'
>>> runner.close()
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from typing import Any

from samgraf import resources
from samgraf.errors import LimitError
from samgraf.sandbox.limits import BARRIERS, cpu_seconds, give_way

MEMORY = 2 << 30
_START = "import sys; sys.path.insert(0, sys.argv[1]); from samgraf.sandbox.worker import main; main(sys.argv[2:])"
_PACKAGE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
Head = dict[str, Any]


class Runner:
    """A process that runs ``setup(argument)`` and then answers requests, one at a time. Started when it is first needed.

    ``setup`` is written ``module:function``; the function gives the handler. A process that is gone is started anew, and
    each is sent the request ``first`` before any other.
    """

    def __init__(
        self,
        setup: str,
        argument: str,
        *,
        seconds: float | None = None,
        memory: int = MEMORY,
        barriers: tuple[str, ...] = BARRIERS,
        first: tuple[Head, bytes] | None = None,
    ) -> None:
        self.seconds = resources.timeout() if seconds is None else seconds
        self._first = first
        told = {"setup": setup, "argument": argument, "memory": memory, "barriers": barriers}
        self._command = [sys.executable, "-P", "-c", _START, _PACKAGE, json.dumps(told)]
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._stopped = threading.Event()

    def call(self, request: Head, body: bytes = b"", *, seconds: float | None = None) -> tuple[Head, bytes]:
        """Send a request and give the answer. Raises LimitError when it takes too much time or memory, or is stopped.

        A process that somebody else killed is tried once more: what runs here only reads.
        """
        allowed = seconds or self.seconds
        with self._lock:
            self._stopped.clear()
            code: int | None = None
            for _ in range(2):
                reply = self._exchange(request, body, allowed)
                if isinstance(reply, tuple):
                    return reply
                code = reply
                if self._stopped.is_set() or code not in (-getattr(signal, "SIGKILL", 9), 0, 1):
                    break
            raise _limit(code, allowed, stopped=self._stopped.is_set())

    def stop(self) -> None:
        """End the request that is under way, from another thread: its `call` raises LimitError."""
        self._stopped.set()
        process = self._process
        if process is not None:
            process.kill()

    def worked(self) -> float:
        """Give how long the process has had a processor; where the system does not tell, what the clock says."""
        process = self._process
        seconds = cpu_seconds(process.pid) if process is not None else None
        return time.monotonic() if seconds is None else seconds

    def lower(self) -> None:
        """Let the process give way to every other; it stays so until it ends."""
        process = self._process
        if process is not None:
            give_way(process.pid)

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream:
                    with contextlib.suppress(OSError):
                        stream.close()

    def __del__(self) -> None:
        with contextlib.suppress(Exception):
            self.close()

    def _running(self) -> tuple[subprocess.Popen[bytes], list[tuple[Head, bytes]]]:
        """Give the process, and what it must be sent before anything else."""
        before = []
        if self._process is None or self._process.poll() is not None:
            self.close()
            quiet = None if os.environ.get("SAMGRAF_DEBUG") else subprocess.DEVNULL
            self._process = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=quiet, cwd=_PACKAGE
            )
            before = [self._first] if self._first else []
        return self._process, before

    def _exchange(self, request: Head, body: bytes, seconds: float) -> tuple[Head, bytes] | int | None:
        """Send a request and read the answer, or give the exit code of the process that is gone; None for one out of time."""
        process, before = self._running()
        expired = threading.Event()

        def expire() -> None:
            expired.set()
            process.kill()

        clock = threading.Timer(seconds, expire)
        clock.daemon = True
        clock.start()
        try:
            reply = None
            for head, data in (*before, (request, body)):
                reply = _converse(process, {**head, "length": len(data), "seconds": seconds}, data)
                if reply is None:
                    break
        except BaseException:  # Ctrl-C in a notebook: what was asked for must not go on
            process.kill()
            raise
        finally:
            clock.cancel()
        if reply is not None:
            return reply
        process.kill()
        code = process.wait()
        self.close()
        return None if expired.is_set() else code


def _converse(process: subprocess.Popen[bytes], request: Head, body: bytes) -> tuple[Head, bytes] | None:
    if process.stdin is None or process.stdout is None:
        return None
    try:
        process.stdin.write(json.dumps(request).encode() + b"\n" + body)
        process.stdin.flush()
        line = process.stdout.readline()
        if not line.endswith(b"\n"):
            return None
        head = json.loads(line)
        answer = process.stdout.read(head["length"])
    except (OSError, ValueError):
        return None
    return (head, answer) if len(answer) == head["length"] else None


def _limit(code: int | None, seconds: float, *, stopped: bool) -> LimitError:
    if stopped:
        return LimitError("the query was stopped")
    if code is None or code == -getattr(signal, "SIGALRM", 14):
        return LimitError(f"the query was stopped after {seconds:g} seconds", "query-time", seconds=f"{seconds:g}")
    if code == -signal.SIGSEGV:
        return LimitError("the query ended its process: it is nested too deeply", "query-depth")
    return LimitError("the query ended its process: it needed too much memory", "query-memory")
