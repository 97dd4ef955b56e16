"""Locks on files, which end with the process that holds them; on a system without them nothing is locked.

There a folder cannot be renamed while a file in it is open (Windows), so what is in use stays all the same.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

_OPENING = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0)


class Lock:
    """A lock that is held until it is closed, or forgotten."""

    def __init__(self, handle: int | None) -> None:
        self._handle = handle

    def close(self) -> None:
        """Let go."""
        handle, self._handle = self._handle, None
        if handle is not None:
            os.close(handle)

    def __del__(self) -> None:
        self.close()


def shared(path: str) -> Lock:
    """Take a lock that many may hold, and wait for one who holds it alone. Raises OSError when the file is not there."""
    return _taken(os.open(path, os.O_RDONLY | _OPENING), "LOCK_SH") or Lock(None)


def alone(path: str) -> Lock | None:
    """Take a lock that nobody else may hold, making the file if need be; None when somebody holds it."""
    return _taken(os.open(path, os.O_CREAT | os.O_RDWR | _OPENING, 0o644), "LOCK_EX", "LOCK_NB")


def waiting(path: str) -> Lock:
    """Take a lock that nobody else may hold, making the file if need be, and wait for who holds it. Raises OSError."""
    return _taken(os.open(path, os.O_CREAT | os.O_RDWR | _OPENING, 0o644), "LOCK_EX") or Lock(None)


def _taken(handle: int, *how: str) -> Lock | None:
    """Lock an open file; None when somebody holds it."""
    try:
        if fcntl is not None:
            fcntl.flock(handle, sum(getattr(fcntl, name) for name in how))
            return Lock(handle)
    except BlockingIOError:
        os.close(handle)
        return None
    except OSError:  # a file system without locks
        pass
    os.close(handle)
    return Lock(None)
