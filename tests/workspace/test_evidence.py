"""Evidence: passages are compared with the documents, and whatever does not agree is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import Run

from samgraf.errors import UnreachableError
from samgraf.workspace import load
from samgraf.workspace.evidence import verify, write_spans

AGREEMENT = "aftale-soebyen-2022-24"


def test_all_claims_of_the_small_workspace_are_verified(workspace: Path) -> None:
    result = verify(load(str(workspace)), str(workspace / "texts"))
    assert (result.claims, result.verified, result.problems, result.share) == (26, 26, [], 1.0)


def test_writing_the_spans_again_changes_nothing(workspace: Path) -> None:
    before = {p.name: p.read_bytes() for p in (workspace / "data/evidence").iterdir()}
    assert write_spans(load(str(workspace)), str(workspace / "texts")) == (23, [])
    assert {p.name: p.read_bytes() for p in (workspace / "data/evidence").iterdir()} == before


def test_one_changed_letter_fails_the_claims_that_stand_on_it_and_no_others(workspace: Path) -> None:
    path = workspace / "texts" / f"{AGREEMENT}.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("37 unge", "38 unge"), encoding="utf-8")
    result = verify(load(str(workspace)), str(workspace / "texts"))
    assert (result.claims, result.verified) == (26, 25)
    assert [(p.code, p.line) for p in result.problems] == [("evidence", 17)]
    assert "has changed" in result.problems[0].message


def test_a_line_more_at_the_top_moves_every_passage_and_spans_repairs_it(workspace: Path, run: Run) -> None:
    path = workspace / "texts" / f"{AGREEMENT}.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("\n\n", "\n\n\n", 1), encoding="utf-8")
    texts = str(workspace / "texts")
    assert verify(load(str(workspace)), texts).verified < 26
    done = run("spans", "--workspace", str(workspace), "--documents", texts)
    assert done.code == 0, done
    done = run("check", "--workspace", str(workspace), "--documents", texts)
    assert done.code == 0, done
    assert "26 of 26 claims verified (100.0 %)" in done.stderr


def test_a_document_with_a_problem_keeps_its_old_evidence(workspace: Path) -> None:
    kept = workspace / "data/evidence" / f"{AGREEMENT}.tsv"
    before = kept.read_bytes()
    claims = workspace / "data/documents" / f"{AGREEMENT}.yaml"
    claims.write_text(claims.read_text(encoding="utf-8").replace('at: "15"', 'at: "15 findes ikke"'), encoding="utf-8")
    _, problems = write_spans(load(str(workspace)), str(workspace / "texts"))
    assert [p.code for p in problems] == ["no-passage"]
    assert "'findes ikke' is not in these lines" in problems[0].message
    assert kept.read_bytes() == before


def test_a_missing_document_is_told(workspace: Path) -> None:
    (workspace / "texts" / f"{AGREEMENT}.txt").unlink()
    result = verify(load(str(workspace)), str(workspace / "texts"))
    assert result.verified == 12
    assert {p.message for p in result.problems} == {
        f"{AGREEMENT}.txt is not in {workspace / 'texts'}: 14 claims are not verified"
    }
    assert [p.code for p in write_spans(load(str(workspace)), str(workspace / "texts"))[1]] == ["no-document"]


def test_a_document_that_is_no_text_is_unreachable(workspace: Path) -> None:
    (workspace / "texts" / f"{AGREEMENT}.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UnreachableError, match="cannot be read as UTF-8"):
        verify(load(str(workspace)), str(workspace / "texts"))


def test_a_passage_beyond_the_end_is_told(workspace: Path) -> None:
    path = workspace / "texts" / f"{AGREEMENT}.txt"
    path.write_text(path.read_text(encoding="utf-8")[:300], encoding="utf-8")
    messages = {p.message for p in verify(load(str(workspace)), str(workspace / "texts")).problems}
    assert any("beyond the document's end" in m for m in messages)


def test_the_wrong_lines_are_told_even_when_the_characters_are_right(workspace: Path) -> None:
    path = workspace / "data/evidence" / f"{AGREEMENT}.tsv"
    path.write_text(path.read_text(encoding="utf-8").replace("15\t15\t15\t", "15\t14\t14\t"), encoding="utf-8")
    assert [
        "is not in lines 14-14" in p.message for p in verify(load(str(workspace)), str(workspace / "texts")).problems
    ] == [True]


def test_the_curators_helper_shows_one_passage(workspace: Path, run: Run) -> None:
    done = run(
        "spans", AGREEMENT, "7 skal … hjælp", "--documents", str(workspace / "texts"), "--workspace", str(workspace)
    )
    assert (done.code, done.stdout) == (0, "skal give unge med angst hurtigere hjælp\n")
    assert "line" in done.stderr
    assert "232-272" in done.stderr
