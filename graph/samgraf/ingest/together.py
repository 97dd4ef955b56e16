"""Several files written together: all of them or none, whatever happens in between.

What is to be written stands first in one journal file, then the files are written, then the journal goes. Whoever comes
next finishes a journal that was left. One process writes in a workspace at a time.
"""

from __future__ import annotations

import contextlib
import json
import os
from typing import TYPE_CHECKING

from samgraf import disk
from samgraf.errors import UnreachableError
from samgraf.store import locks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_JOURNAL = ".samgraf-pending.json"
_LOCK = ".samgraf-lock"


@contextlib.contextmanager
def writing(folder: str) -> Iterator[None]:
    """Hold the workspace for writing, and finish what a killed process left. Raises UnreachableError when it cannot be."""
    try:
        lock = locks.waiting(os.path.join(folder, _LOCK))
    except OSError as error:
        msg = f"cannot write in {folder}: {error.strerror}"
        raise UnreachableError(msg) from error
    try:
        finish(folder)
        yield
    finally:
        lock.close()


def write_together(folder: str, files: Mapping[str, str]) -> None:
    """Write files (paths below ``folder``, their whole text) so that a kill leaves all old or, after `finish`, all new."""
    if len(files) == 1:
        for name, content in files.items():
            disk.write_whole(os.path.join(folder, name), content)
        return
    journal = os.path.join(folder, _JOURNAL)
    disk.write_whole(journal, json.dumps(dict(files), ensure_ascii=False))
    finish(folder)


def finish(folder: str) -> None:
    """Write what a journal holds, if there is one, and take it away."""
    journal = os.path.join(folder, _JOURNAL)
    try:
        files: dict[str, str] = json.loads(disk.read_bytes(journal))
    except FileNotFoundError:
        return
    for name, content in files.items():
        disk.write_whole(os.path.join(folder, name), content)
    os.unlink(journal)
