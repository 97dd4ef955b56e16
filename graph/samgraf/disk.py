"""The one door for files: they are listed, read and written here and nowhere else.

Nothing is waited for, nothing is lost when a call is killed, and nothing that is no plain file is replaced. It runs before
anything else in every command, so it imports next to nothing.
"""

from __future__ import annotations

import os
from errno import EFBIG, EINVAL
from stat import S_IMODE, S_ISREG
from typing import TYPE_CHECKING

from samgraf.errors import UnreachableError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

MOST_BYTES = 200_000_000
_NO_WAIT = (
    getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
)
_PIECE = 1 << 20
_UNFINISHED = ".samgraf-unfinished"


def files(folder: str, *endings: str, closed: list[str] | None = None) -> list[str]:
    """List the files below ``folder`` with one of these endings, sorted by path, hidden ones left out; none without a folder.

    Raises UnreachableError when a folder cannot be listed: it must not count as empty. With ``closed`` it is put there instead.
    """

    def refuse(error: OSError) -> None:
        if closed is not None:
            closed.append(str(error.filename))
        elif not isinstance(error, FileNotFoundError):
            msg = f"the folder {error.filename} cannot be listed: {error.strerror}"
            raise UnreachableError(msg) from error

    found = []
    for place, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        found += [os.path.join(place, n) for n in names if n.endswith(endings) and not n.startswith(".")]
    return sorted(found)


def read_bytes(path: str, limit: int = MOST_BYTES) -> bytes:
    """Read a plain file, never waiting for a pipe or a device. Raises OSError, its ``strerror`` fit to be shown.

    What is no plain file or holds more than ``limit`` bytes is refused before it is read.
    """
    handle = os.open(path, os.O_RDONLY | _NO_WAIT)
    with os.fdopen(handle, "rb") as stream:
        found = _plain(handle, path)
        data = stream.read(limit + 1) if found.st_size <= limit else b""
        if found.st_size > limit or len(data) > limit:
            raise OSError(EFBIG, f"it is larger than {limit // 1_000_000} MB", path)
        return data


def _plain(handle: int, path: str) -> os.stat_result:
    """Give what the system knows of an open file; raises OSError for what is no plain one."""
    found = os.fstat(handle)
    if not S_ISREG(found.st_mode):
        raise OSError(EINVAL, "it is no plain file", path)
    return found


def read_text(path: str) -> str:
    """Read a plain UTF-8 file, with or without a byte-order mark, its line ends as they are. Raises OSError as above."""
    try:
        return read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise OSError(EINVAL, f"it is not UTF-8 text: {error}", path) from error


def sha256_of(path: str, *, sync: bool = False) -> str:
    """Give the SHA-256 of a plain file of any size, in hexadecimal; with ``sync`` it is brought to the disk. Raises OSError."""
    import hashlib

    handle = os.open(path, (os.O_RDWR if sync else os.O_RDONLY) | _NO_WAIT)
    digest = hashlib.sha256()
    with os.fdopen(handle, "r+b" if sync else "rb", buffering=0) as stream:
        _plain(handle, path)
        while piece := stream.read(_PIECE):
            digest.update(piece)
        if sync:
            os.fsync(handle)
    return digest.hexdigest()


def append_lines(path: str, lines: Iterable[str]) -> None:
    """Add lines to a file and bring them to the disk; a line that a kill cut short stays alone. Raises UnreachableError."""
    data = "".join(f"{line}\n" for line in lines).encode()
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | _NO_WAIT, 0o666)
        with os.fdopen(handle, "r+b", buffering=0) as stream:
            _plain(handle, path)
            if stream.seek(0, os.SEEK_END):
                stream.seek(-1, os.SEEK_END)
                data = data if stream.read(1) == b"\n" else b"\n" + data
            stream.write(data)
            os.fsync(handle)
    except OSError as error:
        msg = f"cannot write {path}: {error.strerror}"
        raise UnreachableError(msg) from error


def ending_of(path: str, allowed: Sequence[str], what: str) -> str:
    """Give the ending of a file's name, in small letters and without its dot. Raises UsageError when ``what`` is not written so."""
    ending = os.path.splitext(path)[1].removeprefix(".").lower()
    if ending not in allowed:
        msg = f"{path}: {what} is written as {', '.join('.' + one for one in allowed)}; end the file's name so"
        raise UsageError(msg)
    return ending


def write_whole(path: str, content: str | bytes) -> None:
    """Write a file whole or not at all. UTF-8, line ends as given; a file that is there keeps its mode.

    A link is followed. What is no plain file (a device, a pipe) is written to, and never replaced. Raises UnreachableError.
    """
    data = content.encode() if isinstance(content, str) else content
    try:
        target = os.path.realpath(path)
        folder = os.path.dirname(target)
        os.makedirs(folder, exist_ok=True)
        try:
            there = os.stat(path)
        except FileNotFoundError:
            there = None
        if there is None or S_ISREG(there.st_mode):
            _replace(folder, os.path.basename(target), data, there)
        else:
            with open(path, "wb") as stream:
                stream.write(data)
    except OSError as error:
        msg = f"cannot write {path}: {error.strerror}"
        raise UnreachableError(msg) from error


def _replace(folder: str, name: str, data: bytes, there: os.stat_result | None) -> None:
    """Put a plain file in its place: written without a name where the system can (Linux), so that a kill leaves nothing."""
    beside = os.path.join(folder, f".{name[:100]}.{writer()}.tmp")
    _tidy(folder, name)
    try:
        handle = _nameless(folder)
        named = handle is None
        if handle is None:
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        with os.fdopen(handle, "wb") as stream:
            if there is not None and hasattr(os, "fchmod"):
                os.fchmod(handle, S_IMODE(there.st_mode))
            stream.write(data)
            stream.flush()
            os.fsync(handle)
            if not named:
                _link(handle, folder, os.path.basename(beside))
        os.replace(beside, os.path.join(folder, name))
    finally:
        if os.path.lexists(beside):
            os.unlink(beside)


def _nameless(folder: str) -> int | None:
    """Open a file that has no name; None where the system or the file system cannot."""
    if not hasattr(os, "O_TMPFILE") or not os.path.isdir("/proc/self/fd"):
        return None
    try:
        return os.open(folder, os.O_TMPFILE | os.O_WRONLY, 0o666)
    except OSError:
        return None


def _link(handle: int, folder: str, name: str) -> None:
    place = os.open(folder, os.O_RDONLY)
    try:  # with a folder given, the link in /proc is followed to the file (linkat(2))
        os.link(f"/proc/self/fd/{handle}", name, dst_dir_fd=place, follow_symlinks=True)
    finally:
        os.close(place)


def _tidy(folder: str, name: str) -> None:
    """Remove what a killed writer of this file has left beside it."""
    start = f".{name[:100]}."
    for other in os.listdir(folder):
        mark = other.removeprefix(start).removesuffix(".tmp")
        if other == f"{start}{mark}.tmp" and mark.partition("-")[0].isdigit() and not is_writing(mark):
            os.unlink(os.path.join(folder, other))


def writer() -> str:
    """Give a mark of this process for the name of what it has not finished: its number, and when it began."""
    return f"{os.getpid()}-{_begun(os.getpid())}"


def is_writing(mark: str) -> bool:
    """Tell whether the process that bears a `writer`'s mark still runs."""
    owner, _, begun = mark.partition("-")
    return owner.isdigit() and _alive(int(owner)) and begun == _begun(int(owner))


def _begun(process: int) -> str:
    """Give when a process began, which tells it from a later one of the same number (proc(5), field 22); else nothing."""
    try:
        with open(f"/proc/{process}/stat", "rb") as stream:
            return stream.read().rpartition(b")")[2].split()[19].decode("ascii")
    except (OSError, IndexError):
        return ""


def _alive(process: int) -> bool:
    if os.name == "nt":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def unused(folder: str) -> bool:
    """Tell whether a folder is empty, or holds only what a killed `write_folder` has left. Raises OSError."""
    there = os.listdir(folder)
    return not there or _UNFINISHED in there


def write_folder(folder: str, contents: Mapping[str, str]) -> list[str]:
    """Write a new folder of files whole or not at all; give the paths written, in order. ``folder`` is `unused` or not there.

    It is made beside its place and moved there in one step; one that is there already is filled, and says until the end that
    it is unfinished. What a killed call has left is removed by the next one. Raises UnreachableError.
    """
    import shutil

    target = os.path.abspath(folder)
    filled = os.path.isdir(target)
    beside = (
        os.path.join(target, _UNFINISHED) if filled else f"{os.path.dirname(target)}/.{os.path.basename(target)}.new"
    )
    try:
        shutil.rmtree(beside, ignore_errors=True)
        for name, content in contents.items():
            write_whole(os.path.join(beside, *name.split("/")), content)
        if filled:
            for name in os.listdir(beside):
                place = os.path.join(target, name)
                shutil.rmtree(place, ignore_errors=True)
                os.rename(os.path.join(beside, name), place)
        else:
            os.rename(beside, target)
    except OSError as error:
        msg = f"cannot write {folder}: {error.strerror}"
        raise UnreachableError(msg) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return [os.path.join(folder, *name.split("/")) for name in contents]


def replace_folder(folder: str, contents: Mapping[str, bytes]) -> None:
    """Write a folder of files whole or not at all, in the place of the one that is there. Raises UnreachableError.

    It is made beside its place and moved there; the old one is moved away just before. What a killed call has left beside is
    removed by the next one.
    """
    import shutil

    target = os.path.abspath(folder)
    above, name = os.path.split(target)
    new, old = (os.path.join(above, f".{name}.{what}") for what in ("new", "old"))
    try:
        if os.path.isdir(old) and not os.path.lexists(target):
            os.rename(old, target)  # a call was killed between its two moves
        for left in (new, old):
            shutil.rmtree(left, ignore_errors=True)
        for path, content in contents.items():
            place = os.path.join(new, *path.split("/"))
            os.makedirs(os.path.dirname(place), exist_ok=True)
            with open(place, "xb") as stream:
                stream.write(content)
        if os.path.isdir(target):
            os.rename(target, old)
        os.rename(new, target)
    except OSError as error:
        msg = f"cannot write {folder}: {error.strerror}"
        raise UnreachableError(msg) from error
    finally:
        for left in (new, old) if os.path.isdir(target) else (new,):
            shutil.rmtree(left, ignore_errors=True)
