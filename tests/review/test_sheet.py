"""The review in a spreadsheet: out, judged, and back in."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from samgraf.review import decisions as log
from samgraf.workspace import load
from tests.conftest import Run

ID = "referat"


@pytest.mark.parametrize(("language", "yes", "no"), [("da", "ja", "nej"), ("en", "yes", "No")])
def test_a_sheet_is_judged_and_read_back(own: Path, tmp_path: Path, run: Run, language: str, yes: str, no: str) -> None:
    path = tmp_path / "gennemgang.xlsx"
    assert run("review", ID, "--export", str(path), "--lang", language, "--workspace", str(own)).code == 0
    book = openpyxl.load_workbook(path)
    sheet = book.active
    heads = [cell.value for cell in sheet[1]]
    verdict, value, reason = len(heads) - 2, heads.index("værdi" if language == "da" else "value"), len(heads) - 1
    for number, row in enumerate(sheet.iter_rows(min_row=2)):
        row[verdict].value = no if number == 0 else yes
        row[reason].value = "handler om noget andet" if number == 0 else None
        if row[value].value == "2022-05-03":
            row[value].value = "2022-05-04"
    book.save(path)
    done = run("review", ID, "--import", str(path), "--workspace", str(own))
    assert done.code == 0, done
    assert "1 rejected, 0 open" in done.stderr
    assert log.read_log(str(own), ID)[0]["reason"] == "handler om noget andet"
    claims = [c for d in load(str(own)).documents if d.head.id == ID for c in d.claims]
    assert "2022-05-04" in [str(c.entry.value) for c in claims]
    again = run("review", ID, "--import", str(path), "--workspace", str(own))
    assert again.code == 2, "nothing is left to decide"


def test_a_wrong_sheet_is_told_by_row(own: Path, tmp_path: Path, run: Run) -> None:
    path = tmp_path / "x.xlsx"
    run("review", ID, "--export", str(path), "--workspace", str(own))
    book = openpyxl.load_workbook(path)
    book.active.cell(2, len(list(book.active[1])) - 1).value = "måske"
    book.active.cell(3, 1).value = "abc"
    book.save(path)
    done = run("review", ID, "--import", str(path), "--workspace", str(own))
    assert done.code == 3
    assert "x.xlsx:2: bad-verdict" in done.stderr
    assert "x.xlsx:3: unknown-claim" in done.stderr
    (tmp_path / "no.xlsx").write_text("x", encoding="utf-8")
    assert run("review", ID, "--import", str(tmp_path / "no.xlsx"), "--workspace", str(own)).code == 2
