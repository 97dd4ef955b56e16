"""The sandboxes that take clients' queries. Half of them are for heavy queries, the rest nobody can take for long.

Each query begins as a light one. When it has had a processor for a moment it is heavy: it goes on, at the lowest priority, if
a place for heavy ones is free, and waits for such a place otherwise. A text that was heavy once begins as heavy the next time,
until it shows itself to be light: a machine with much else to do makes no query heavy.
"""

from __future__ import annotations

import queue
import threading
import time
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, NamedTuple

from samgraf.errors import LimitError, SamgrafError, UpdateRefusedError, UsageError
from samgraf.rdf.foreign import LARGEST, Foreign
from samgraf.rdf.guard import RefusedError
from samgraf.store.remote import RemoteStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from samgraf.rdf.port import Result

LIGHT_SECONDS = 0.3
_SHORTEST = 0.05
_MOST_WAITING = 32
_MOST_KNOWN = 1000


class BusyError(LimitError):
    """There is no place for this query now."""


class Reply(NamedTuple):
    """What came of a query: an HTTP status, the format's name, and the body or, for an error, the message and the error itself."""

    status: int
    form: str
    body: bytes
    error: SamgrafError | None = None


class Ticket:
    """What stands for a client that waits: whatever works for it is stopped when it leaves."""

    def __init__(self) -> None:
        self.cancelled = False
        self._work: Foreign | None = None
        self._lock = threading.Lock()

    @contextmanager
    def working(self, one: Foreign) -> Iterator[None]:
        """Say who works for it. Raises LimitError when the client has left already."""
        with self._lock:
            if self.cancelled:
                msg = "the client has left"
                raise LimitError(msg)
            self._work = one
        try:
            yield
        finally:
            with self._lock:
                self._work = None

    def cancel(self) -> None:
        """Say that the client has left."""
        with self._lock:
            self.cancelled = True
            if self._work is not None:
                self._work.runner.stop()


TICKET: ContextVar[Ticket | None] = ContextVar("TICKET", default=None)


class Workers:
    """A pool that evaluates queries on one store: a snapshot's ``folder`` or the endpoint at ``url``."""

    def __init__(self, folder: str | None, url: str | None = None, *, seconds: float = 20.0, size: int = 4) -> None:
        self.seconds = seconds
        self.endpoint = RemoteStore(url, seconds) if url else None
        self._all = [Foreign(folder, seconds=seconds) for _ in range(size)] if folder else []
        self._free: queue.SimpleQueue[Foreign] = queue.SimpleQueue()
        for one in self._all:
            self._give(one, used=True)
        self._heavy = threading.BoundedSemaphore(max(size // 2, 1))
        self._known: dict[int, None] = {}
        self._waiting = 0

    def evaluate(self, request: dict[str, Any]) -> Reply:
        """Evaluate a query. After ``seconds`` it is stopped, and the reply is 503."""
        try:
            result = _ask(self.endpoint, request) if self.endpoint else self._sandbox(request)
        except (RefusedError, UpdateRefusedError) as error:
            return Reply(403, "text", str(error).encode(), error)
        except UsageError as error:
            return Reply(400, "text", str(error).encode(), error)
        except LimitError as error:
            return Reply(503, "text", str(error).encode(), error)
        except SamgrafError as error:
            return Reply(502 if self.endpoint else 500, "text", str(error).encode(), error)
        if result.form is None:
            return Reply(406, "text", b"none of the formats asked for fits this query")
        if len(result.body) > LARGEST:
            return Reply(413, "text", b"the answer is too large; use LIMIT and OFFSET")
        return Reply(200, result.form, result.body)

    def _sandbox(self, request: dict[str, Any]) -> Result:
        deadline = time.monotonic() + self.seconds
        known = hash(request["sparql"])
        if known not in self._known:
            found = self._light(request, known)
            if found is not None:
                return found
        self._waiting += 1
        try:
            if self._waiting > _MOST_WAITING or not self._heavy.acquire(timeout=max(deadline - time.monotonic(), 0.1)):
                msg = "the server is busy with heavy queries; try again"
                raise BusyError(msg, "server-busy")
        finally:
            self._waiting -= 1
        try:
            one = self._take()
            try:
                one.runner.lower()
                begin = one.runner.worked()
                result = _evaluate(one, request)
                if one.runner.worked() - begin < LIGHT_SECONDS:
                    self._known.pop(known, None)
                return result
            finally:
                self._give(one, used=True)
        finally:
            self._heavy.release()

    def _light(self, request: dict[str, Any], known: int) -> Result | None:
        """Begin a query as a light one. Gives None when it turns out to be heavy and there is no place for it now."""
        one = self._take()
        state = _State()
        begin = one.runner.worked()

        def judge() -> None:
            with state.lock:
                if state.done:
                    return
                left = LIGHT_SECONDS - (one.runner.worked() - begin)
                if left > 0:
                    state.clock = _clock(max(left, _SHORTEST), judge)
                    return
                self._known[known] = None
                while len(self._known) > _MOST_KNOWN:
                    del self._known[next(iter(self._known))]
                state.heavy = self._heavy.acquire(blocking=False)
                state.moved = not state.heavy
                one.runner.lower() if state.heavy else one.runner.stop()

        state.clock = _clock(LIGHT_SECONDS, judge)
        try:
            return _evaluate(one, request)
        except LimitError:
            if not state.moved:
                raise
            return None
        finally:
            with state.lock:
                state.done = True
                state.clock.cancel()
            self._give(one, used=state.heavy or state.moved)
            if state.heavy:
                self._heavy.release()

    def _take(self) -> Foreign:
        try:
            return self._free.get(timeout=self.seconds)
        except queue.Empty:
            msg = "all workers are busy; try again"
            raise BusyError(msg, "server-busy") from None

    def _give(self, one: Foreign, *, used: bool) -> None:
        """Give a worker back. One whose priority was lowered cannot raise it again: it begins anew, and nobody waits for that."""
        if used:
            one.close()
            threading.Thread(target=self._warm, args=(one,), daemon=True).start()
        else:
            self._free.put(one)

    def _warm(self, one: Foreign) -> None:
        with suppress(SamgrafError, OSError):
            one.evaluate("ASK {}")
        self._free.put(one)

    def close(self) -> None:
        """End all processes."""
        for one in self._all:
            one.runner.stop()
            one.close()


class _State:
    clock: threading.Timer

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.done = self.heavy = self.moved = False


def _clock(seconds: float, work: Callable[[], None]) -> threading.Timer:
    clock = threading.Timer(seconds, work)
    clock.daemon = True
    clock.start()
    return clock


def _evaluate(one: Foreign, request: dict[str, Any]) -> Result:
    ticket = TICKET.get() or Ticket()
    with ticket.working(one):
        return one.evaluate(
            request["sparql"],
            rows=request["rows"],
            graph=request["graph"],
            default=request.get("default", ()),
            named=request.get("named", ()),
        )


def _ask(endpoint: RemoteStore, request: dict[str, Any]) -> Result:
    if request.get("default") or request.get("named"):
        msg = "default-graph-uri and named-graph-uri are not passed on to the endpoint behind this server; use FROM"
        raise UsageError(msg)
    return endpoint.foreign(request["sparql"], rows=request["rows"], graph=request["graph"])
