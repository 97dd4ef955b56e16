"""What the system can hold back from a process: the network, memory, time. Each has a fallback where a system has less.

network    seccomp (Linux) → a network namespace of its own (Linux) → no more descriptors (POSIX) → nothing (Windows)
memory     RLIMIT_DATA, where there is one
time       the alarm clock, where there is one; the parent kills in any case
parent     a thread that looks whether the parent is still there
"""

from __future__ import annotations

import contextlib
import os
import platform
import signal
import sys
import threading
from typing import TYPE_CHECKING

from samgraf import disk

if TYPE_CHECKING:
    import subprocess

BARRIERS = ("seccomp", "namespace", "descriptors")
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_LOOK_SECONDS = 0.5
_LAST = 19
# the calls that are refused: socket, connect, sendto, sendmsg, bind, listen, socketpair, execve, execveat, ptrace, io_uring_setup
_CALLS = {
    "x86_64": (0xC000003E, (41, 42, 44, 46, 49, 50, 53, 59, 322, 101, 425)),
    "aarch64": (0xC00000B7, (198, 203, 206, 211, 200, 201, 199, 221, 281, 117, 425)),
}


def close_network(barriers: tuple[str, ...] = BARRIERS) -> str | None:
    """Cut this process off from the network at once, for good. Gives what did it; None when the system has neither way."""
    if "seccomp" in barriers and _seccomp():
        return "seccomp"
    if "namespace" in barriers and _namespace():
        return "namespace"
    return None


def close_descriptors(barriers: tuple[str, ...] = BARRIERS) -> str | None:
    """Let this process open nothing more, neither file nor socket: for when `close_network` could do nothing."""
    if "descriptors" not in barriers:
        return None
    try:
        import resource
    except ImportError:
        return None
    free = os.dup(0)
    os.close(free)
    resource.setrlimit(resource.RLIMIT_NOFILE, (free, free))
    return "descriptors"


def limit_memory(size: int) -> None:
    """Bound what this process can take, so that a query's cross product ends it and not the machine."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    limit = size if hard == resource.RLIM_INFINITY else min(size, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))


def cpu_seconds(process: int) -> float | None:
    """Give how long a process has had a processor, where the system tells (Linux, proc(5)); None elsewhere, or when it is gone."""
    try:
        text = disk.read_bytes(f"/proc/{process}/stat")
        user, system = text.rpartition(b")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, AttributeError):
        return None


def give_way(process: int = 0) -> None:
    """Let a process, or this one, wait behind every other, where the system knows priorities; it stays so until it ends."""
    if hasattr(os, "setpriority"):
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, process, _LAST)


def end_group(process: subprocess.Popen[bytes]) -> None:
    """Kill a process that leads a session of its own with all that it started; itself alone where there are no groups."""
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def alarm(seconds: int) -> None:
    """Set the clock that ends this process by itself (the system's default, without a handler); 0 stops it."""
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


def follow_parent() -> None:
    """End this process when its parent is gone."""
    if not hasattr(os, "getppid") or sys.platform == "win32":
        return
    parent = os.getppid()

    def look() -> None:
        while os.getppid() == parent:
            pause.wait(_LOOK_SECONDS)
        os.kill(os.getpid(), signal.SIGKILL)

    pause = threading.Event()
    threading.Thread(target=look, daemon=True).start()


def _seccomp() -> bool:
    """Refuse the calls above with EPERM, by a filter that nothing can take off again (seccomp(2))."""
    known = _CALLS.get(platform.machine()) if sys.platform == "linux" else None
    if known is None:
        return False
    import ctypes
    import struct

    architecture, calls = known
    load, equal, at_least, give = 0x20, 0x15, 0x35, 0x06
    refuse, allow = 0x00050001, 0x7FFF0000  # SECCOMP_RET_ERRNO | EPERM, SECCOMP_RET_ALLOW
    count = len(calls)  # a jump counts the steps that it leaves out; the last step refuses
    program = [
        (load, 0, 0, 4),
        (equal, 0, count + 3, architecture),
        (load, 0, 0, 0),
        (at_least, count + 1, 0, 0x40000000),  # the calls of x32, which have numbers of their own
        *((equal, count - place, 0, call) for place, call in enumerate(calls)),
        (give, 0, 0, allow),
        (give, 0, 0, refuse),
    ]
    text = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in program))
    filters = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(program), ctypes.addressof(text)))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return False
    return bool(libc.prctl(_SECCOMP, _FILTER, ctypes.byref(filters), 0, 0) == 0)


def _namespace() -> bool:
    """Move to a network of its own, without interfaces (unshare(2)); many systems allow it to nobody but root."""
    if sys.platform != "linux":
        return False
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    return bool(libc.unshare(_NEW_USER | _NEW_NETWORK) == 0 or libc.unshare(_NEW_NETWORK) == 0)
