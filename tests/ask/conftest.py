"""The built-in graph in this process, and a workspace of three ports to ask questions of."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Reply = dict[str, Any]

PORTS = Path(__file__).parent / "workspace"


@pytest.fixture(autouse=True)
def _one_cache(shared_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Questions asked in this process and those of the command read the same snapshot."""
    monkeypatch.setenv("SAMGRAF_CACHE", str(shared_cache))


@pytest.fixture
def ask() -> Callable[..., Reply]:
    """Ask a question of the built-in graph, or of a workspace."""
    from samgraf.ask import answer

    return answer


@pytest.fixture
def ports(tmp_path: Path) -> Path:
    """A copy of the ports' workspace, to be changed as the test likes."""
    folder = tmp_path / "havne"
    shutil.copytree(PORTS, folder)
    return folder
