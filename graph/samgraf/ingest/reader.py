"""Reading files through the child process: one at a time, each with a limit of its own, the next one whatever befell the last."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from samgraf.ingest.reading import Reading, UnreadableError, from_data
from samgraf.sandbox.limits import end_group

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS = 300.0


class Read(NamedTuple):
    """A file as read, and its kind."""

    kind: str
    reading: Reading


class Reader:
    """Reads files in a process of its own, which is started when it is needed and ended by ``close``."""

    def __init__(self, seconds: float = SECONDS, progress: Callable[[int, int], None] | None = None) -> None:
        self.seconds = seconds
        self.progress = progress
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(self, *exc: object) -> None:
        """End the process."""
        self.close()

    def read(self, path: str) -> Read:
        """Read one file. Raises UnreadableError with a sentence that says what it is and what to do."""
        reply = self._answered(path)
        return Read(str(reply["kind"]), from_data(reply["reading"]))

    def picture(self, path: str, page: int) -> str:
        """Give a page (from 1) of a PDF as PNG in base 64. Raises UnreadableError."""
        return str(self._answered([path, page])["picture"])

    def _answered(self, request: object) -> dict[str, Any]:
        process = self._running()
        expired = threading.Event()

        def stop() -> None:
            expired.set()
            end_group(process)

        clock = threading.Timer(self.seconds, stop)
        clock.daemon = True
        clock.start()
        try:
            reply = self._exchange(process, request)
        finally:
            clock.cancel()
        if reply is None:
            self.close()
            if expired.is_set():
                msg = f"took more than {self.seconds:g} seconds to read and was stopped; split it"
                raise UnreadableError("too-slow", msg)
            raise UnreadableError("too-large", "ended its reader, perhaps by needing too much memory; split it")
        if "code" in reply:
            raise UnreadableError(str(reply["code"]), str(reply["message"]))
        return reply

    def _exchange(self, process: subprocess.Popen[bytes], request: object) -> dict[str, Any] | None:
        if process.stdin is None or process.stdout is None:
            return None
        try:
            process.stdin.write(json.dumps(request).encode() + b"\n")
            process.stdin.flush()
            while True:
                line = process.stdout.readline()
                if not line.endswith(b"\n"):
                    return None
                reply: dict[str, Any] = json.loads(line)
                if "page" not in reply:
                    return reply
                if self.progress:
                    self.progress(reply["page"], reply["pages"])
        except (OSError, ValueError):
            return None

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "samgraf.ingest.child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        return self._process

    def close(self) -> None:
        """End the process and whatever it started."""
        process, self._process = self._process, None
        if process is not None:
            end_group(process)
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream:
                    with contextlib.suppress(OSError):
                        stream.close()
