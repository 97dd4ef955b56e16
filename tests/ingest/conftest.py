"""What the tests of reading and drafting share: files made on the spot, a workspace, the kit."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ingest.making import Maker


@pytest.fixture(scope="session")
def maker() -> Maker:
    return Maker()


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A new workspace of one's own."""
    from samgraf.workspace.init import start_workspace

    folder = tmp_path / "ejet mappe"
    start_workspace(str(folder))
    return folder
