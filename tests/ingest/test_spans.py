"""An anchor never moves to another sentence silently: the words are followed, or the change is told."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from samgraf.workspace import load
from tests.conftest import Run


def spans(run: Run, own: Path, *words: str) -> str:
    done = run("spans", "--workspace", str(own), "--documents", str(own / "texts"), *words)
    return f"{done.code} {done.stdout} {done.stderr}"


def passage(own: Path, predicate: str) -> str:
    text = (own / "texts" / "aftale.txt").read_text(encoding="utf-8")
    (claim,) = [c for c in load(str(own)).claims if c.document == "aftale" and c.predicate == predicate]
    return text[claim.evidence[0].start : claim.evidence[0].end]


def change(own: Path, old: str, new: str) -> None:
    path = own / "texts" / "aftale.txt"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_a_line_put_in_is_followed(own: Path, run: Run) -> None:
    before = passage(own, "startDate")
    change(own, "Ungeindsatsen er", "Kaffe og kage serveres i kantinen.\nUngeindsatsen er")
    assert spans(run, own).startswith("0")
    assert passage(own, "startDate") == before
    assert 'at: "5 Den' in (own / "data" / "documents" / "aftale.yaml").read_text(encoding="utf-8")


def test_words_that_are_gone_are_told_and_the_evidence_is_kept(own: Path, run: Run) -> None:
    kept = (own / "data" / "evidence" / "aftale.tsv").read_bytes()
    change(own, "Den begynder den 1. marts 2025", "Den begynder den 9. marts 2025")
    said = spans(run, own)
    assert said.startswith("3")
    assert "changed-passage" in said
    assert "9. marts" in said
    assert (own / "data" / "evidence" / "aftale.tsv").read_bytes() == kept
    assert spans(run, own, "--accept-changed").startswith("0")
    assert "9. marts" in passage(own, "startDate")


def test_the_words_that_were_there_are_shown_beside_the_new_ones(own: Path, run: Run) -> None:
    assert spans(run, own).startswith("0")
    change(own, "Den begynder den 1. marts 2025", "Den begynder den 9. marts 2025")
    said = spans(run, own)
    assert "it read: Den begynder den 1. marts 2025; now it reads: Den begynder den 9. marts 2025" in said


def test_a_bare_line_whose_words_stand_in_two_places_is_told(own: Path, run: Run) -> None:
    document = own / "data" / "documents" / "aftale.yaml"
    content = document.read_text(encoding="utf-8")
    document.write_text(
        content.replace('"4 Den … 2025"', '"4"').replace('"4 er for unge med angst"', '"4"'), encoding="utf-8"
    )
    assert spans(run, own).startswith("0")
    line = "Den begynder den 1. marts 2025 og er for unge med angst."
    change(own, line, f"Kaffe og kage.\n{line}\n{line}")
    said = spans(run, own)
    assert said.startswith("3")
    assert "stand in lines 5, 6 now" in said


@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("n\n", 3)])
def test_at_a_terminal_it_is_asked_for_each(own: Path, answer: str, code: int) -> None:
    import pty

    kept = (own / "data" / "evidence" / "aftale.tsv").read_bytes()
    change(own, "Den begynder den 1. marts 2025", "Den begynder den 9. marts 2025")
    words = ["spans", "--workspace", str(own), "--documents", str(own / "texts")]
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "samgraf", *words], stdin=theirs, stdout=subprocess.PIPE, stderr=theirs
    ) as process:
        os.close(theirs)
        said = b""
        while b"[y/N]" not in said:
            said += os.read(ours, 4096)
        os.write(ours, answer.encode())
        assert process.wait(60) == code
    os.close(ours)
    assert "+ Den begynder den 9. marts 2025" in said.decode()
    assert ((own / "data" / "evidence" / "aftale.tsv").read_bytes() == kept) == (code == 3)
