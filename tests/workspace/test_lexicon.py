"""The lexicon is data: a slip in it is named by line, with everything else that is wrong, and nothing is built on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from samgraf.workspace import load
from samgraf.workspace.lexicon import Entry

WRONG = {
    "relations:\n  chiars: [formand]\n": (2, "there is no predicate 'chiars'"),
    "kinds:\n  Alliances: [alliance]\n": (2, "there is no class 'Alliances'"),
    "asks:\n  whence: [hvorfra]\n": (2, "there is no kind of question 'whence'"),
    "words: [a]\n": (1, "'words' is no section"),
    "synonyms: a\n": (1, "synonyms is to be a list"),
    "relations: [a]\n": (1, "relations is to be a mapping"),
    "synonyms:\n  - [a, [b]]\n": (1, "an entry is a list of words"),
    "relations:\n  memberOf: medlem\n": (2, "an entry is a list of words"),
    "relations:\n  partOf: [del -> whole]\n": (2, "after '->' comes one of subject, object, role"),
    "- a\n": (1, "is to be a mapping"),
}


def workspace(folder: Path, lexicon: str) -> str:
    """Make a workspace that holds a lexicon and nothing else."""
    (folder / "data").mkdir()
    (folder / "ontology").mkdir()
    (folder / "ontology" / "lexicon.yaml").write_text(lexicon, encoding="utf-8")
    return str(folder)


@pytest.mark.parametrize("text", WRONG)
def test_a_slip_is_named_by_line(tmp_path: Path, text: str) -> None:
    line, message = WRONG[text]
    problem = load(workspace(tmp_path, text)).problems[0]
    assert (problem.path, problem.line, problem.code) == ("ontology/lexicon.yaml", line, "lexicon")
    assert message in problem.message


def test_a_workspace_adds_words_to_the_built_in_ones(tmp_path: Path) -> None:
    loaded = load(workspace(tmp_path, "relations:\n  chairs: [ordstyrer, leder mødet -> subject]\n"))
    assert not loaded.problems
    assert Entry("ordstyrer", "relations", "chairs") in loaded.lexicon
    assert Entry("leder mødet", "relations", "chairs", "subject") in loaded.lexicon
    assert any(e.text == "formand" for e in loaded.lexicon)
