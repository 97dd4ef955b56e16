"""Things that are made from files and kept in the cache as JSON until one of the files changes."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from samgraf import disk, resources
from samgraf.errors import UnreachableError

if TYPE_CHECKING:
    from collections.abc import Callable

_FOLDER = "languages"


def kept(name: str, state: list[str], make: Callable[[], Any]) -> Any:
    """Give what ``make`` gives, from the cache's file NAME.json where that was made in the same state.

    ``state`` says all that the result depends on: its format, the files and when they were written. ``name`` is to differ between
    workspaces, so that two do not take turns. Raises what ``make`` raises; a cache that cannot be read or written is no fault.
    """
    path = os.path.join(resources.cache_folder(), _FOLDER, f"{name}.json")
    try:
        before, found = json.loads(disk.read_bytes(path))
        if before == state:
            return found
    except (OSError, ValueError, TypeError):
        pass  # not kept yet, or by another version
    found = make()
    try:
        disk.write_whole(path, json.dumps([state, found], ensure_ascii=False))
    except UnreachableError:
        return found  # the cache is a convenience
    return found


def written(path: str) -> str:
    """Say a file's path and when it was written, for a state."""
    try:
        told = os.stat(path)
    except OSError:  # a link to nowhere, or a file that is going: whoever reads it will say so
        return f"{path} -"
    return f"{path} {told.st_mtime_ns} {told.st_ctime_ns} {told.st_size}"
