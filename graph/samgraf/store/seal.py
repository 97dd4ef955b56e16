"""The seal of a snapshot: which files it has, how large they are, when they were written, and the digests of what is in them.

It is written last. A file that is as large and as old as the seal says is taken for what it was; one of another age is read.
"""

from __future__ import annotations

import os
from binascii import crc32

from samgraf import disk
from samgraf.errors import UnreachableError

NAME = "seal"
_UNSEALED = (NAME, "lock", "LOCK", "LOG")  # the store's own lock and log tell nothing


def seal(folder: str) -> None:
    """Bring all files of a folder to the disk and write the seal."""
    lines = []
    for name in _names(folder):
        path = os.path.join(folder, name)
        digest = disk.sha256_of(path, sync=True)
        lines.append(_line(os.stat(path), digest, name))
    text = "".join(lines)
    disk.write_whole(os.path.join(folder, NAME), f"{_checksum(text)}\n{text}".encode("utf-8", "surrogateescape"))


def whole(folder: str, *, read: bool = False) -> bool:
    """Tell whether a folder is as it was sealed. Where only times differ (a copy), the digests decide, and it is sealed anew.

    With ``read`` the digests decide in any case.
    """
    aged = False
    try:
        own, _, text = disk.read_text(os.path.join(folder, NAME)).partition("\n")
        if own != _checksum(text):
            return False
        for line in text.splitlines(keepends=True):
            digest, size, _, _, name = line.rstrip("\n").split("\t")
            path = os.path.join(folder, name)
            found = os.stat(path)
            if str(found.st_size) != size:
                return False
            other = _line(found, digest, name) != line
            if (read or other) and disk.sha256_of(path) != digest:
                return False
            aged |= other
        if aged:
            _again(folder)
    except (OSError, ValueError, UnreachableError):
        return False
    return True


def _checksum(text: str) -> str:
    """Give the checksum of the seal itself, which stands in its first line."""
    return f"{crc32(text.encode('utf-8', 'surrogateescape')):08x}"


def _again(folder: str) -> None:
    try:
        seal(folder)
    except OSError:  # a cache that can only be read: the digests are looked at each time
        return


def _names(folder: str) -> list[str]:
    found = []
    for place, _, names in os.walk(folder):
        found += [os.path.relpath(os.path.join(place, n), folder) for n in names]
    return sorted(n for n in found if os.path.basename(n) not in _UNSEALED and not os.path.basename(n).startswith("."))


def _line(stat: os.stat_result, digest: str, name: str) -> str:
    return f"{digest}\t{stat.st_size}\t{stat.st_mtime_ns}\t{stat.st_ctime_ns}\t{name}\n"
