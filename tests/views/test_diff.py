"""What is new between two days, two folders and two commits."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from tests.conftest import SMALL

import samgraf
from samgraf.cli.commands.diff import command
from samgraf.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

AGREEMENT, MINUTES = "aftale-soebyen-2022-24", "referat-styregruppen-2023-05-04"
EDITS = [
    (AGREEMENT, "object: aaben-doer, modality: proposed,", "object: aaben-doer, modality: expected,"),
    (AGREEMENT, 'object: aaben-doer, at: "13-14', 'object: aaben-doer, until: "2023", at: "13-14'),
    (
        AGREEMENT,
        "      - {predicate: targets",
        '      - {subject: soebyen, predicate: participatesIn, object: faelles-front, at: "7"}\n      - {predicate: targets',
    ),
    (
        MINUTES,
        'heldOn, value: 2023-05-04, at: "3 den … 2023"}',
        'heldOn, value: 2023-05-04, id: day, at: "3 den … 2023"}',
    ),
    (
        MINUTES,
        'object: aakirke-by, at: "3 Akirke"}',
        'object: aakirke-by, at: "3 Akirke"}\n      - {subject: moede-2023-05-04, predicate: heldOn, value: 2023-05-03, supersedes: day, at: "3 den … 2023"}',
    ),
    (MINUTES, '      - {predicate: decidedBy, object: styregruppen, at: "11 Styregruppen … abent hus"}\n', ""),
]


def edited(folder: Path) -> None:
    """Change what the workspace says: one claim each changed, ended, added, superseded and removed."""
    for document, old, new in EDITS:
        path = folder / "data" / "documents" / f"{document}.yaml"
        text = path.read_text("utf-8")
        assert old in text, old
        path.write_text(text.replace(old, new), "utf-8")


@pytest.fixture
def then(tmp_path: Path, cache: Path) -> Path:
    """A workspace under git, as it was committed."""
    shutil.copytree(SMALL, tmp_path / "then")
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "first"]):
        identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", "-C", str(tmp_path / "then"), *identity, *words], check=True)
    return tmp_path / "then"


def said(told: dict[str, object]) -> dict[str, list[str]]:
    """Give what changed, in words, by kind, without the kinds that have nothing."""
    kinds = ("added", "changed", "ended", "superseded", "removed")
    return {kind: [c["sentence"] for c in told[kind]] for kind in kinds if told[kind]}  # type: ignore[attr-defined]


EXPECTED = {
    "added": ["Søbyen Kommune deltager i Fælles front", "Styregruppens møde 4. maj 2023"],
    "changed": ["Region Ø deltager i Åben dør"],
    "ended": ["Familiehuset deltager i Åben dør"],
    "superseded": ["Styregruppens møde 4. maj 2023"],
    "removed": ["Åbent hus"],
}


def matches(found: dict[str, list[str]]) -> bool:
    """Tell whether each sentence begins with what is expected of it."""
    return set(found) == set(EXPECTED) and all(
        len(found[kind]) == len(starts) and all(any(s.startswith(start[:25]) for s in found[kind]) for start in starts)
        for kind, starts in EXPECTED.items()
    )


def test_from_a_commit_to_the_folder_as_it_is(then: Path) -> None:
    edited(then)
    told = samgraf.open(str(then)).diff("HEAD")
    assert matches(said(told)), said(told)
    (changed,) = told["changed"]
    assert changed["changed"] == ["modality"]
    assert (changed["before"]["modality"], changed["modality"]) == ("proposed", "expected")
    assert changed["evidence"][0]["document"] == AGREEMENT
    assert [(row["label"], row["changed"], row["ended"]) for row in told["actors"]] == [
        ("Familiehuset", 0, 1),
        ("Region Ø", 1, 0),
        ("Styregruppen for Fælles front", 0, 0),
        ("Søbyen Kommune", 0, 0),
    ]


def test_between_two_folders_both_ways(then: Path, tmp_path: Path) -> None:
    shutil.copytree(then, tmp_path / "now")
    edited(tmp_path / "now")
    graph = samgraf.open(str(then))
    assert matches(said(graph.diff(str(then), str(tmp_path / "now"))))
    back = graph.diff(str(tmp_path / "now"), str(then))
    assert (back["summary"]["added"], back["summary"]["removed"]) == (1, 2)
    assert not any(graph.diff(str(then), str(then))["summary"].values())


def test_between_two_days(then: Path) -> None:
    """The minutes are not known before their day; what the agreement says until 2024 ends after it."""
    graph = samgraf.open(str(then))
    told = graph.diff("2022-12-31", "2023-12-31")
    assert {c["document"] for c in told["added"]} == {MINUTES}
    assert told["summary"]["removed"] == 0
    later = graph.diff("2023-12-31", "2025-06-01")
    assert later["summary"]["added"] == 0
    assert "Ungeklyngen deltager i Fælles front (1. januar 2022 – 2024)" in [c["sentence"] for c in later["ended"]]


def test_what_is_of_one_day_has_happened_and_does_not_end(then: Path) -> None:
    ended = samgraf.open(str(then)).diff("2023-05-04", "2025-06-01")["ended"]
    assert ended
    assert [c["sentence"] for c in ended if c["effective"]["from"] == c["effective"]["until"]] == []


def test_each_change_names_the_actors_that_it_concerns(then: Path) -> None:
    told = samgraf.open(str(then)).diff("2022-12-31", "2023-12-31")
    counted = {row["iri"]: row["added"] for row in told["actors"] if row["added"]}
    named = [iri for claim in told["added"] for iri in claim["actors"]]
    assert counted
    assert {iri: named.count(iri) for iri in named} == counted


def test_about_one_entity(then: Path) -> None:
    edited(then)
    told = samgraf.open(str(then)).diff("HEAD", about="Region Ø", lang="en")
    assert {kind for kind, number in told["summary"].items() if number} == {"changed"}


@pytest.mark.parametrize("name", ["no-such-commit", "--help", "1999-99-99"])
def test_what_names_no_state_is_refused(then: Path, name: str) -> None:
    with pytest.raises(UsageError, match="is no day, no workspace's folder and no commit"):
        samgraf.open(str(then)).diff(name)


def test_the_command(then: Path) -> None:
    edited(then)
    run = CliRunner().invoke
    shown = run(command, ["HEAD", "--workspace", str(then)], standalone_mode=False)
    assert shown.return_value == 0
    for text in (
        "HEAD → grafen, som den er",
        "Ændret (1)",
        "før: Region Ø deltager i Åben dør",
        AGREEMENT,
        "Familiehuset",
    ):
        assert text in shown.output
    raw = run(command, ["HEAD", "--workspace", str(then), "--format", "json"], standalone_mode=False)
    assert json.loads(raw.output)["summary"]["changed"] == 1
    same = run(command, [str(then), str(then), "--workspace", str(then)], standalone_mode=False)
    assert same.return_value == 1
