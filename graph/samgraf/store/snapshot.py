"""The snapshot: the graph built from a workspace, kept in the cache under the hash of all that it was built from.

    CACHE/<workspace>/stat            which files the workspace had, their sizes and times, and the key they hash to
    CACHE/<workspace>/<key>/store/    the Oxigraph store
    CACHE/<workspace>/<key>/index.sqlite   names and words, for looking up
    CACHE/<workspace>/.build-*/       a build under way (or one that was killed)

A snapshot is built in a folder of its own and moved into place in one step, so it is there whole or not at all, whoever
else is building and whenever a build is killed. Nothing is imported here that a command which finds its snapshot fresh does
not need.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from samgraf import __version__, resources
from samgraf.errors import UnreachableError

if TYPE_CHECKING:
    from collections.abc import Callable

FORMAT = "13"
_RACY_NS = 2_000_000_000
_KEPT = 3
_NEW_SECONDS = 60


def current(workspace: str | None, *, build: Callable[[str | None, str], None]) -> str:
    """Give the folder of the snapshot for the workspace as it is now; ``build(workspace, folder)`` makes it if need be.

    Raises DataError when the workspace is not valid, UnreachableError when the cache cannot be written.
    """
    home = _home(workspace)
    files = resources.inputs(workspace)
    state = _state(files)
    key = _trusted_key(home, state)
    if key is None:
        key = _hash(files, workspace)
        _remember(home, state, key)
    folder = os.path.join(home, key)
    if not os.path.isdir(folder):
        _make(home, folder, workspace, build)
    return folder


def _home(workspace: str | None) -> str:
    """Give the cache folder of a workspace: the end of its path for people, a checksum of all of it for certainty."""
    from binascii import crc32

    folder = resources.workspace_folder(workspace)
    name = "".join(c if c.isalnum() else "-" for c in os.path.basename(folder)) or "workspace"
    return os.path.join(resources.cache_folder(), f"{name[:40]}-{crc32(folder.encode('utf-8', 'surrogateescape')):08x}")


def _state(files: list[str]) -> str:
    lines = [f"{__version__} {FORMAT}"]
    for path in files:
        s = os.stat(path)
        lines.append(f"{path}\t{s.st_mtime_ns}\t{s.st_ctime_ns}\t{s.st_size}\t{s.st_ino}")
    return "\n".join(lines)


def _trusted_key(home: str, state: str) -> str | None:
    """Give the key remembered for exactly this state, unless a file changed so lately that its time proves nothing."""
    path = os.path.join(home, "stat")
    try:
        with open(path, encoding="utf-8", errors="surrogateescape") as stream:
            key, _, remembered = stream.read().partition("\n")
        written = os.stat(path).st_mtime_ns
    except OSError:
        return None
    if remembered != state:
        return None
    newest = max((int(moment) for line in state.split("\n")[1:] for moment in line.split("\t")[1:3]), default=0)
    return key if newest + _RACY_NS < written else None


def _hash(files: list[str], workspace: str | None) -> str:
    import hashlib

    digest = hashlib.sha256(f"{__version__} {FORMAT}\n".encode())
    roots = (resources.workspace_folder(workspace), resources.root())
    for path in files:
        base = next((r for r in roots if path.startswith(r + os.sep)), "")
        with open(path, "rb") as stream:
            content = stream.read()
        digest.update(f"{os.path.relpath(path, base)}\0{len(content)}\0".encode("utf-8", "surrogateescape"))
        digest.update(content)
    return digest.hexdigest()[:24]


def _remember(home: str, state: str, key: str) -> None:
    """Keep the key for this state. The cache is a convenience: where it cannot be written, nothing is lost."""
    text = f"{key}\n{state}".encode("utf-8", "surrogateescape")
    try:
        resources.write_whole(os.path.join(home, "stat"), text)
    except UnreachableError:
        return


def _make(home: str, folder: str, workspace: str | None, build: Callable[[str | None, str], None]) -> None:
    import shutil
    import tempfile

    try:
        os.makedirs(home, exist_ok=True)
        _sweep(home)
        new = tempfile.mkdtemp(prefix=".new-", dir=home)
    except OSError as error:
        msg = f"cannot write the cache {home}: {error.strerror}; set SAMGRAF_CACHE to a folder that can be written"
        raise UnreachableError(msg) from error
    lock = _lock(os.path.join(new, "lock"))
    beside = os.path.join(home, os.path.basename(new).replace(".new-", ".build-", 1))
    os.rename(new, beside)  # it is seen as a build only once its lock is held
    try:
        build(workspace, beside)
        try:
            os.rename(beside, folder)
        except OSError:
            if not os.path.isdir(folder):
                raise
    except OSError as error:
        msg = f"cannot build the snapshot in {home}: {error}"
        raise UnreachableError(msg) from error
    finally:
        if lock is not None:
            os.close(lock)
        shutil.rmtree(beside, ignore_errors=True)


def _lock(path: str) -> int | None:
    """Take a lock that lives as long as this process; None where the system has none."""
    if sys.platform == "win32":
        return None
    import fcntl

    handle = os.open(path, os.O_CREAT | os.O_RDWR)
    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return handle


def _abandoned(folder: str) -> bool:
    """Tell whether nobody is building in this folder any more."""
    if sys.platform == "win32":
        return False
    import fcntl

    if os.path.basename(folder).startswith(".new-"):
        import time

        return time.time() - os.stat(folder).st_mtime > _NEW_SECONDS
    try:
        handle = os.open(os.path.join(folder, "lock"), os.O_RDWR)
    except OSError:
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(handle)
    return True


def _sweep(home: str) -> None:
    """Remove builds that were killed, and all but the newest snapshots."""
    import contextlib
    import shutil

    snapshots = []
    with contextlib.suppress(OSError):
        for entry in os.scandir(home):
            if entry.name.startswith((".build-", ".new-")) and _abandoned(entry.path):
                shutil.rmtree(entry.path, ignore_errors=True)
            elif entry.is_dir() and not entry.name.startswith("."):
                snapshots.append((entry.stat().st_mtime, entry.path))
        for _, path in sorted(snapshots, reverse=True)[_KEPT:]:
            shutil.rmtree(path, ignore_errors=True)
