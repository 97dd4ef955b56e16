"""A workspace that is wrong in every way we can think of: all that is wrong is told at once, and nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import Run

from samgraf.errors import DataError
from samgraf.rdf.validation import check
from samgraf.store.build import build_store
from samgraf.workspace import load

WRONG = Path(__file__).resolve().parent.parent / "wrong-workspace"
EXPECTED = (WRONG / "expected.txt").read_text(encoding="utf-8")


def tree(folder: Path) -> dict[str, tuple[int, int]]:
    return {str(p): (p.stat().st_size, p.stat().st_mtime_ns) for p in sorted(folder.rglob("*")) if p.is_file()}


def test_every_problem_is_told_in_order(run: Run) -> None:
    done = run("check", "--workspace", str(WRONG))
    assert done.stdout == EXPECTED
    assert done.code == 3
    assert f"{len(EXPECTED.splitlines())} problems" in done.stderr


def test_nothing_is_written(run: Run, tmp_path: Path) -> None:
    before = tree(WRONG)
    cache = tmp_path / "cache"
    for words in (["build"], ["spans", "--documents", str(tmp_path)], ["check"]):
        done = run(*words, "--workspace", str(WRONG), env={"SAMGRAF_CACHE": str(cache)})
        assert done.code == 3, done
        assert "Traceback" not in done.stderr
    assert tree(WRONG) == before
    left = (
        [p for p in cache.rglob("*") if p.name != "stat" and p.is_file() and p.parent.name != "languages"]
        if cache.exists()
        else []
    )
    assert left == []


def test_a_build_tells_the_same_problems(run: Run) -> None:
    done = run("build", "--workspace", str(WRONG))
    assert done.stdout == ""
    assert [line for line in done.stderr.splitlines() if not line.startswith("samgraf:")] == EXPECTED.splitlines()


def test_the_same_from_python() -> None:
    with pytest.raises(DataError) as caught:
        build_store(load(str(WRONG)))
    assert [str(p) for p in caught.value.problems] == EXPECTED.splitlines()
    assert [str(p) for p in check(str(WRONG)).problems] == EXPECTED.splitlines()


def test_paths_in_problems_lead_to_the_files() -> None:
    for line in EXPECTED.splitlines():
        path, number, *_ = line.split(":")
        lines = (WRONG / path).read_bytes().count(b"\n") + 1
        assert int(number) <= lines, line


def test_a_file_of_fifty_megabytes_is_told_in_a_second(workspace: Path, run: Run) -> None:
    (workspace / "data/entities/big.yaml").write_bytes(b"x: {type: Person, label: X}\n" * 1_900_000)
    done = run("check", "--workspace", str(workspace))
    assert done.code == 3
    assert (
        done.stdout
        == "data/entities/big.yaml:0: too-large: is larger than 20 MB; split it into files of one document each\n"
    )
