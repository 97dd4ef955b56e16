"""A workspace as it was at a commit: its files of then, in a folder that is gone afterwards."""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

from samgraf import resources
from samgraf.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

_SECONDS = 60


def _git(folder: str, *arguments: str) -> bytes | None:
    """Run git in a folder; None where it, the repository or the commit is not there."""
    command = ["git", "-C", folder, *arguments]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


@contextmanager
def at_commit(workspace: str | None, name: str) -> Iterator[str]:
    """Give a folder with the workspace's settings, data, ontology, queries and layers as they were at a commit, tag or branch.

    Raises UsageError where the workspace is not in a git repository, or the repository has no such commit.
    """
    folder = resources.workspace_folder(workspace)
    commit = None if name.startswith("-") else _git(folder, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    packed = _git(folder, "archive", "--format=tar", commit.decode().strip()) if commit else None
    if packed is None:
        msg = f"{name!r} is no day, no workspace's folder and no commit of the repository that {folder} is in"
        raise UsageError(msg)
    kept = (resources.SETTINGS, "data", "ontology", "queries", "layers")
    with tempfile.TemporaryDirectory(prefix="samgraf-") as then, tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        members = [member for member in archive.getmembers() if member.name.split("/")[0] in kept]
        archive.extractall(then, members, filter="data")
        if not any(os.path.exists(os.path.join(then, part)) for part in kept[:2]):
            msg = f"at {name!r} there was no workspace in {folder}"
            raise UsageError(msg)
        yield then
