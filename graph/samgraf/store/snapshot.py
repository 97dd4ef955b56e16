"""The snapshot: the graph built from a workspace, kept in the cache under the hash of all that it was built from.

    CACHE/<workspace>/stat            which files the workspace had, their sizes and times, and the key they hash to
    CACHE/<workspace>/<key>/store/    the Oxigraph store
    CACHE/<workspace>/<key>/index.sqlite   names and words, for looking up
    CACHE/<workspace>/<key>/shards    what it is made of, document by document; `samgraf.store.shards`
    CACHE/<workspace>/<key>/claims.json    what each claim can be found by, from which the next index is made
    CACHE/<workspace>/<key>/seal      what the files were when the build ended; `samgraf.store.seal`
    CACHE/<workspace>/<key>/lock      held by who builds, and shared by who reads: nobody sweeps what is held
    CACHE/<workspace>/.build-*/       a build under way (or one that was killed)

A snapshot is built in a folder of its own and moved into place in one step, so it is there whole or not at all, whoever
else is building and whenever a build is killed. One that is not as it was sealed is set aside and built anew. Nothing is
imported here that a command which finds its snapshot fresh does not need.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from samgraf import disk, resources
from samgraf.errors import StoreError, UnreachableError
from samgraf.store import left, locks, seal
from samgraf.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

    from samgraf.store.locks import Lock

FORMAT = "28"
_RACY_NS = 2_000_000_000
_KEPT = 3
_KEY = 24
_NEW, _BUILD = ".new-", ".build-"
_LOCK = "lock"
_GOING = ".going-"


def current(workspace: str | None, *, build: Callable[[str | None, str], None]) -> str:
    """Give the folder of the snapshot for the workspace as it is now; ``build(workspace, folder)`` makes it if need be.

    Documents with problems are not in it, and the user hears which. Raises DataError when the workspace is not valid (with
    ``SAMGRAF_STRICT``, or ``--strict``: when any document is not), UnreachableError when the cache cannot be written.
    """
    home = _home(workspace)
    folder = os.path.join(home, _key(home, workspace))
    if os.path.isdir(folder) and not seal.whole(folder):
        _discard(folder)
    if not os.path.isdir(folder):
        _make(home, folder, workspace, build)
    left.tell(folder)
    return folder


def newest(workspace: str | None) -> tuple[str, bool]:
    """Give the folder of the snapshot for the workspace as it is now, and whether it is there; nothing is built."""
    home = _home(workspace)
    folder = os.path.join(home, _key(home, workspace))
    return folder, os.path.isdir(folder) and seal.whole(folder)


def _key(home: str, workspace: str | None) -> str:
    files = resources.inputs(workspace)
    state = _state(files)
    key = _trusted_key(home, state)
    if key is None:
        key = _hash(files, workspace)
        _remember(home, state, key)
    return key


def _home(workspace: str | None) -> str:
    """Give the cache folder of a workspace: the end of its path for people, a checksum of all of it for certainty."""
    from binascii import crc32

    folder = resources.workspace_folder(workspace)
    name = "".join(c if c.isalnum() else "-" for c in os.path.basename(folder)) or "workspace"
    return os.path.join(resources.cache_folder(), f"{name[:40]}-{crc32(folder.encode('utf-8', 'surrogateescape')):08x}")


def _state(files: list[str]) -> str:
    lines = [f"{__version__} {FORMAT} {resources.own_only()}"]
    for path in files:
        try:
            s = os.stat(path)
        except OSError:  # a link to nowhere, or a file that is going: whoever reads it will say so
            lines.append(f"{path}\t0\t0\t-")
            continue
        lines.append(f"{path}\t{s.st_mtime_ns}\t{s.st_ctime_ns}\t{s.st_size}\t{s.st_ino}")
    return "\n".join(lines)


def _trusted_key(home: str, state: str) -> str | None:
    """Give the key remembered for exactly this state, unless a file changed so lately that its time proves nothing."""
    path = os.path.join(home, "stat")
    try:
        key, _, remembered = disk.read_bytes(path).decode("utf-8", "surrogateescape").partition("\n")
        written = os.stat(path).st_mtime_ns
    except OSError:
        return None
    if remembered != state or len(key) != _KEY or not key.isalnum():
        return None
    newest = max((int(moment) for line in state.split("\n")[1:] for moment in line.split("\t")[1:3]), default=0)
    return key if newest + _RACY_NS < written else None


def _hash(files: list[str], workspace: str | None) -> str:
    import hashlib

    digest = hashlib.sha256(f"{__version__} {FORMAT} {resources.own_only()}\n".encode())
    roots = (*resources.chain(workspace), resources.root())
    for path in files:
        base = next((r for r in roots if path.startswith(r + os.sep)), "")
        try:
            content = disk.read_bytes(path)
        except OSError as error:  # the build will say so at its place
            content = f"unreadable: {error.strerror}".encode()
        digest.update(f"{os.path.relpath(path, base)}\0{len(content)}\0".encode("utf-8", "surrogateescape"))
        digest.update(content)
    return digest.hexdigest()[:_KEY]


def _remember(home: str, state: str, key: str) -> None:
    """Keep the key for this state. The cache is a convenience: where it cannot be written, nothing is lost."""
    text = f"{key}\n{state}".encode("utf-8", "surrogateescape")
    try:
        disk.write_whole(os.path.join(home, "stat"), text)
    except UnreachableError:
        return


def lease(folder: str) -> Lock:
    """Hold a snapshot, so that nobody sweeps it away as long as the lock is held. Raises StoreError when it is gone."""
    path = os.path.join(folder, _LOCK)
    try:
        if not os.path.exists(path) and os.path.isdir(folder):  # somebody has removed the file alone
            locks.alone(path)
        lock = locks.shared(path)
        os.stat(path)  # it may have been swept while we waited
    except OSError as error:
        msg = f"the snapshot {folder} is gone; call again, and it is built anew"
        raise StoreError(msg) from error
    return lock


def distrust(folder: str) -> None:
    """Look closely at a snapshot whose store has failed, and set it aside when it is not as it was sealed."""
    if not seal.whole(folder, read=True):
        _discard(folder)


def clear(folder: str) -> None:
    """Take away what stands in the folder of a build under way, so that it begins anew."""
    import shutil

    for entry in os.scandir(folder):
        if entry.name == _LOCK:
            continue
        if entry.is_dir():
            shutil.rmtree(entry.path)
        else:
            os.remove(entry.path)


def _make(home: str, folder: str, workspace: str | None, build: Callable[[str | None, str], None]) -> None:
    import shutil
    import tempfile

    try:
        os.makedirs(home, exist_ok=True)
        _sweep(home)
        new = tempfile.mkdtemp(prefix=f"{_NEW}{disk.writer()}-", dir=home)
    except OSError as error:
        msg = f"cannot write the cache {home}: {error.strerror}; set SAMGRAF_CACHE to a folder that can be written"
        raise UnreachableError(msg) from error
    lock = None
    beside = os.path.join(home, os.path.basename(new).replace(_NEW, _BUILD, 1))
    try:
        lock = locks.alone(os.path.join(new, _LOCK))
        os.rename(new, beside)  # it is seen as a build only once its lock is held
        build(workspace, beside)
        seal.seal(beside)
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
            lock.close()
        shutil.rmtree(beside, ignore_errors=True)


def _abandoned(folder: str) -> bool:
    """Tell whether nobody is building in this folder any more."""
    name = os.path.basename(folder)
    if name.startswith(_NEW):
        return not disk.is_writing(name.removeprefix(_NEW).rpartition("-")[0])
    lock = locks.alone(os.path.join(folder, _LOCK))
    if lock is not None:
        lock.close()
    return lock is not None


def _sweep(home: str) -> None:
    """Remove builds that were killed, what is on its way out, and all but the newest snapshots, unless somebody reads them."""
    import contextlib
    import shutil

    snapshots = []
    with contextlib.suppress(OSError):
        for entry in os.scandir(home):
            if entry.name.startswith(_GOING) or (entry.name.startswith((_BUILD, _NEW)) and _abandoned(entry.path)):
                shutil.rmtree(entry.path, ignore_errors=True)
            elif entry.is_dir() and not entry.name.startswith("."):
                snapshots.append((entry.stat().st_mtime, entry.path))
        for _, path in sorted(snapshots, reverse=True)[_KEPT:]:
            lock = locks.alone(os.path.join(path, _LOCK))
            if lock is not None:
                _discard(path)
                lock.close()


def _discard(folder: str) -> None:
    """Take a snapshot out of its place in one step, then remove it. Who reads it in this moment keeps the open files."""
    import shutil
    import tempfile

    home = os.path.dirname(folder)
    try:
        aside = tempfile.mkdtemp(prefix=_GOING, dir=home)
        os.rename(folder, os.path.join(aside, "snapshot"))
    except OSError as error:
        if os.path.isdir(folder):
            msg = f"the snapshot {folder} is damaged and cannot be removed: {error.strerror}; remove it, or set SAMGRAF_CACHE"
            raise StoreError(msg) from error
        return
    shutil.rmtree(aside, ignore_errors=True)
