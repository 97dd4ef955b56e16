"""The real documents: every passage is verified, and no sentence of theirs is in this repository."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import Run

from samgraf.workspace import load
from samgraf.workspace.entries import Bilingual
from samgraf.workspace.evidence import verify
from samgraf.workspace.spans import find_passage, read_text

FOLDER = Path(os.environ["SAMGRAF_DOCUMENTS"])
SEPARATOR = "\n§\n"
RUN = 10  # words in a row that are a copied sentence, not a name or a turn of phrase
ANCHOR = 12  # words that an 'at' may hold; they are to find a passage, not to quote it


def test_every_claim_is_verified(run: Run) -> None:
    done = run("check", "--no-shapes", "--documents", str(FOLDER))
    assert done.code == 0, done.stdout
    found = re.search(r"(\d+) of (\d+) claims verified \((.*?) %\)", done.stderr)
    assert found
    assert found[1] == found[2]
    assert found[3] == "100.0"
    assert int(found[2]) > 1000


def test_the_offsets_kept_are_those_that_would_be_found_today() -> None:
    for document in load(None).documents:
        if document.head.background:
            continue
        text = read_text(str(FOLDER / f"{document.head.id}.txt"))
        for claim in document.claims:
            assert list(claim.evidence) == [find_passage(document.head.id, text, at) for at in claim.entry.at], (
                claim.line
            )


def test_one_changed_letter_anywhere_is_noticed(tmp_path: Path) -> None:
    """A letter in the middle of some claim's passage, in each document in turn."""
    workspace = load(None)
    for document in [d for d in workspace.documents if d.claims and not d.head.background]:
        for path in FOLDER.glob("*.txt"):
            (tmp_path / path.name).write_bytes(path.read_bytes())
        evidence = document.claims[len(document.claims) // 2].evidence[0]
        text = read_text(str(FOLDER / f"{document.head.id}.txt"))
        middle = (evidence.start + evidence.end) // 2
        changed = text[:middle] + ("x" if text[middle] != "x" else "y") + text[middle + 1 :]
        (tmp_path / f"{document.head.id}.txt").write_bytes(changed.encode())
        problems = verify(workspace, str(tmp_path)).problems
        assert problems
        assert {p.path for p in problems} == {document.path}


def skeletons(text: str) -> list[str]:
    """The words of a text without the letters that the recognition of letters gets wrong, so that a repaired copy is one too."""
    words = (re.sub(r"[^bcfhjklmnpqrstvwx0-9]", "", word) for word in re.findall(r"\w+", text.lower()))
    return [word for word in words if word]


def runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1))


@pytest.fixture(scope="module")
def known() -> set[tuple[str, ...]]:
    return {run for path in FOLDER.glob("*.txt") for run in runs(skeletons(path.read_text(encoding="utf-8")))}


def test_the_net_catches_a_repaired_copy(known: set[tuple[str, ...]]) -> None:
    line = next(FOLDER.glob("status*.txt")).read_text(encoding="utf-8").split("\n")[2:6]
    copied = " ".join(line).replace("radet", "rådet").replace("ar ", "år ")
    assert any(run in known for run in runs(skeletons(copied)))
    own = "Denne sætning har vi selv skrevet, og den er så lang, at den sagtens kunne have stået i et af dokumenterne."
    assert not any(run in known for run in runs(skeletons(own)))


def texts_of_the_data() -> Iterator[tuple[str, str]]:
    """Everything in the data that is in our own words: values, measures, notes. Names, titles and headings are theirs."""
    workspace = load(None)
    for entity in workspace.entities.values():
        yield f"{entity.path}:{entity.line}", "\n".join((entity.note or {}).values())
    for document in workspace.documents:
        yield document.path, "\n".join((document.head.note or {}).values())
    for claim in workspace.claims:
        for value in (claim.entry.value, claim.entry.measure, claim.entry.population):
            text = f"{value.da}\n{value.en or ''}" if isinstance(value, Bilingual) else str(value or "")
            yield f"{claim.path}:{claim.line}", text
        yield f"{claim.path}:{claim.line}", "\n".join((claim.entry.note or {}).values())


def names_and_titles() -> list[str]:
    """Names, titles and headings may come over; the longest first."""
    workspace = load(None)
    names = {c.section for c in workspace.claims}
    for entity in workspace.entities.values():
        names |= {entity.label.da, entity.label.en or "", *entity.aliases}
    return sorted((n for n in names if len(n.split()) > 2), key=lambda n: (-len(n), n))


def test_no_sentence_is_copied_into_the_data(known: set[tuple[str, ...]]) -> None:
    copied = {
        where: " ".join(run) for where, text in texts_of_the_data() for run in runs(skeletons(text)) if run in known
    }
    assert copied == {}


def test_anchors_are_short() -> None:
    long = {f"{c.path}:{c.line}": at for c in load(None).claims for at in c.entry.at if len(at.split()) > ANCHOR}
    assert long == {}


def test_no_sentence_is_copied_into_code_tests_or_pages(known: set[tuple[str, ...]], root: Path) -> None:
    copied = {}
    names = names_and_titles()
    for folder in ("graph", "ontology", "queries", "tests", "docs", "benchmarks", "."):
        paths = (root / folder).glob("*") if folder == "." else (root / folder).rglob("*")
        for path in paths:
            if path.is_file() and path.suffix in {
                ".py",
                ".md",
                ".rq",
                ".ttl",
                ".yaml",
                ".jsonl",
                ".json",
                ".txt",
                ".toml",
                ".js",
                ".css",
                ".html",
                ".j2",
                ".csv",
            }:
                text = path.read_text(encoding="utf-8", errors="replace")
                for name in names:
                    text = text.replace(name, SEPARATOR)
                for part in text.split(SEPARATOR):
                    copied |= {str(path): " ".join(run) for run in runs(skeletons(part)) if run in known}
    assert copied == {}
