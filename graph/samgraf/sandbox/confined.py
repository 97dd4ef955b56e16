"""A command that may take only so much memory: native code that gets no more ends its process, and then somebody must say so."""

from __future__ import annotations

import os
import select
import signal
import sys
from typing import TYPE_CHECKING

from samgraf.errors import OutOfMemoryError

if TYPE_CHECKING:
    from collections.abc import Callable

_ENDS = {getattr(signal, name) for name in ("SIGABRT", "SIGSEGV", "SIGBUS", "SIGKILL") if hasattr(signal, name)}
_LAST_WORDS = (b"memory allocation of ", b"terminate called ", b"Fatal Python error: ", b"libc++abi: ")
_PIECE, _PATIENCE = 65_536, 0.1


def guarded(work: Callable[[], int]) -> int:
    """Do the work in a fork of this process and give its exit code; raises nothing and says so when memory ends the fork.

    What the fork tells on stderr is passed on as it comes, but for the last words of native code.
    """
    out, inside = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(out)
        os.dup2(inside, 2)
        os.close(inside)
        told = sys.stderr  # it may have been made for a file, and is a pipe now
        sys.stderr = os.fdopen(2, "w", encoding=told.encoding, errors=told.errors, buffering=1, closefd=False)
        return work()
    os.close(inside)
    for name in ("SIGTERM", "SIGHUP"):
        signal.signal(getattr(signal, name), lambda number, _: os.kill(child, number))
    last, status = _listen(out, child)
    code = os.waitstatus_to_exitcode(status)
    if -code in _ENDS:
        os.write(2, f"samgraf: {OutOfMemoryError()}\n".encode())
        return OutOfMemoryError.exit_code
    _tell(last)
    if code < 0:
        signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    return code


def _listen(out: int, child: int) -> tuple[bytes, int]:
    """Pass on what comes until the child has ended; give what was held back, and the status of the child."""
    held = b""
    while True:
        there = select.select([out], [], [], _PATIENCE)[0]
        piece = os.read(out, _PIECE) if there else b""
        begin = min((at for words in _LAST_WORDS if (at := piece.find(words)) >= 0), default=len(piece))
        if held:
            begin = 0
        _tell(piece[:begin])
        held += piece[begin:]
        if not piece:  # all is told, or a process that the child started holds its stderr still
            found, status = os.waitpid(child, 0 if there else os.WNOHANG)
            if found:
                return held, status


def _tell(words: bytes) -> None:
    try:
        sys.stderr.flush()
        while words:
            words = words[os.write(2, words) :]
    except OSError:  # nobody is there to be told
        return
