"""A document with problems is left out and named; the others answer. And what of a workspace's layers is asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.conftest import Run

from samgraf.errors import DataError
from samgraf.workspace import load
from samgraf.workspace.leaving import leave_out

MINUTES = "data/documents/referat-styregruppen-2023-05-04.yaml"
AGREEMENT = "data/documents/aftale-soebyen-2022-24.yaml"


@pytest.fixture
def own(workspace: Path, tmp_path: Path) -> dict[str, str]:
    return {"SAMGRAF_WORKSPACE": str(workspace), "SAMGRAF_CACHE": str(tmp_path / "cache")}


def spoil(workspace: Path, path: str, old: str = "predicate: heldAt", new: str = "predicate: heldAtt") -> None:
    file = workspace / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_others_answer_and_the_one_is_named(workspace: Path, own: dict[str, str], run: Run) -> None:
    spoil(workspace, MINUTES)
    for words in (
        ["initiatives", "--involving", "Søbyen"],
        ["show", "Ungeklyngen"],
        ["query", "documents"],
        ["claims"],
    ):
        done = run(*words, "--format", "json" if words[0] != "claims" else "jsonl", env=own)
        assert done.code == 0, done
        assert (
            f"samgraf: left out of every answer: {MINUTES} (1 problem); samgraf check tells what is wrong"
            in done.stderr
        )
        assert "left out" not in done.stdout
    claims = [json.loads(line) for line in run("claims", "--format", "jsonl", env=own).stdout.splitlines()]
    assert {c["document"] for c in claims if not c["derived"]} == {"aftale-soebyen-2022-24"}
    done = run("check", "--no-shapes", env=own)
    assert done.code == 3
    assert "unknown-predicate" in done.stdout


def test_strict_stops_all(workspace: Path, own: dict[str, str], run: Run) -> None:
    spoil(workspace, MINUTES)
    assert run("show", "Ungeklyngen", env=own).code == 0
    for words in (
        ["show", "Ungeklyngen", "--strict"],
        ["build", "--strict"],
        ["initiatives", "--involving", "Søbyen", "--strict"],
    ):
        done = run(*words, env=own)
        assert (done.code, done.stdout) == (3, ""), done
        assert f"{MINUTES}:10: unknown-predicate" in done.stderr


def test_mended_it_is_back(workspace: Path, own: dict[str, str], run: Run) -> None:
    spoil(workspace, MINUTES)
    assert "left out" in run("show", "Styregruppen", env=own).stderr
    spoil(workspace, MINUTES, "predicate: heldAtt", "predicate: heldAt")
    done = run("show", "Styregruppen", env=own)
    assert done.code == 0
    assert "left out" not in done.stderr
    assert "Bodil Ørsted" in done.stdout


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"a: [", b"- a\n- b\n", b"document: {id: x}\n"])
def test_a_file_that_cannot_be_read_is_left_out_too(workspace: Path, content: bytes) -> None:
    (workspace / MINUTES).write_bytes(content)
    loaded = load(str(workspace))
    left = leave_out(loaded)
    assert {p.path for p in left} == {MINUTES}
    assert [d.path for d in loaded.documents] == [AGREEMENT]


def test_broken_evidence_leaves_out_its_document(workspace: Path) -> None:
    (workspace / "data/evidence/referat-styregruppen-2023-05-04.tsv").write_text("at\nx\n", encoding="utf-8")
    loaded = load(str(workspace))
    leave_out(loaded)
    assert [d.path for d in loaded.documents] == [AGREEMENT]


@pytest.mark.parametrize(("path", "old", "new"), [
    ("data/entities/actors.yaml", "type: Region", "type: Regionn"),
    ("data/entities/things.yaml", "in-progress: {", "in-progress: [{"),
    ("samgraf.yaml", "format: 2", "format: 7"),
])  # fmt: skip
def test_what_is_no_documents_own_stops_all(workspace: Path, path: str, old: str, new: str) -> None:
    spoil(workspace, path, old, new)
    spoil(workspace, MINUTES)
    with pytest.raises(DataError) as caught:
        leave_out(load(str(workspace)))
    assert {p.path for p in caught.value.problems} >= {path, MINUTES}


def test_nothing_left_is_no_answer(workspace: Path) -> None:
    spoil(workspace, MINUTES)
    spoil(workspace, AGREEMENT, "predicate: targets", "predicate: targetss")
    with pytest.raises(DataError) as caught:
        leave_out(load(str(workspace)))
    assert {p.path for p in caught.value.problems} == {MINUTES, AGREEMENT}


def test_who_rests_on_one_left_out_is_left_out_with_it(workspace: Path) -> None:
    """A claim that supersedes one of a document that is gone would point nowhere."""
    spoil(
        workspace,
        AGREEMENT,
        "predicate: partOf, object: faelles-front, at",
        "predicate: partOf, object: faelles-front, supersedes: first-date, at",
    )
    spoil(workspace, MINUTES)
    with pytest.raises(DataError) as caught:
        leave_out(load(str(workspace)))
    assert {p.code for p in caught.value.problems} == {"unknown-predicate", "unknown-claim"}


def test_own_restricts_to_the_workspaces_own_documents(workspace: Path, tmp_path: Path, run: Run) -> None:
    above = tmp_path / "above"
    (above / "data/documents").mkdir(parents=True)
    (above / "samgraf.yaml").write_text(f"format: 2\nname: above\nextends: {workspace}\n", encoding="utf-8")
    (above / "data/documents/notat.yaml").write_text(
        "document: {id: notat, label: Notat, background: true}\nsections:\n  - heading: A\n    claims:\n"
        "      - {subject: region-oe, predicate: participatesIn, object: faelles-front}\n",
        encoding="utf-8",
    )
    env = {"SAMGRAF_WORKSPACE": str(above), "SAMGRAF_CACHE": str(tmp_path / "cache")}

    def documents(*words: str) -> set[str]:
        done = run("claims", "--format", "jsonl", *words, env=env)
        return {json.loads(line)["document"] for line in done.stdout.splitlines() if not json.loads(line)["derived"]}

    assert documents() == {"aftale-soebyen-2022-24", "referat-styregruppen-2023-05-04", "notat"}
    assert documents("--own") == {"notat"}
    assert documents() == {"aftale-soebyen-2022-24", "referat-styregruppen-2023-05-04", "notat"}
