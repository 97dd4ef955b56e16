"""The benchmark of growth measures builds of workspaces that are valid, by stages that are those of a build."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from benchmarks.growth import exponent, make, stages

if TYPE_CHECKING:
    from pathlib import Path


def test_a_workspace_of_any_size_is_built_stage_by_stage(tmp_path: Path) -> None:
    make(str(tmp_path), 400)
    run = stages(str(tmp_path))  # it ends the process when the workspace is not valid
    assert 300 < run["claims"] <= 500
    assert run["quads"] > 20 * run["claims"]
    assert {"read files", "check", "quads in memory", "store on disk", "names", "collaborations", "facts"} < set(
        run["spent"]
    )


def test_the_exponent_tells_each_against_each_from_linear() -> None:
    assert exponent([10, 100], [1.0, 10.0]) == pytest.approx(1)
    assert exponent([10, 40, 100], [1.0, 9.0, 100.0]) == pytest.approx(2)
