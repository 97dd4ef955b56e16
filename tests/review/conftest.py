"""A workspace with one drafted document."""

from __future__ import annotations

from pathlib import Path

import pytest

from samgraf.ingest.adding import Adder
from samgraf.review.reviewing import Reviewing
from samgraf.workspace.init import start_workspace

MINUTES = """Referat fra møde i Havneudvalget
Dato: 3. maj 2022
Sted: Havby Rådhus
Deltagere:
Anna Bech, socialchef, Havby Kommune
Bo Dam, Bakkeby Kommune
Afbud: Carl Eg, Lemvig Kommune

1. Budget
Udvalget godkendte budgettet.
2. Bro over åen
Sagen blev udsat.
"""


def begin(place: Path) -> Path:
    """Make a workspace in this folder and add ``referat.txt`` to it, which stands beside it; give the workspace."""
    folder = place / "ejet"
    start_workspace(str(folder))
    (place / "referat.txt").write_text(MINUTES, encoding="utf-8")
    (added,) = Adder(str(folder)).add([str(place / "referat.txt")])
    assert added.outcome == "read"
    return folder


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return begin(tmp_path)


@pytest.fixture
def reviewing(own: Path) -> Reviewing:
    return Reviewing(str(own))
