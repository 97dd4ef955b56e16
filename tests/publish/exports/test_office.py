"""What LibreOffice makes of the spreadsheets: the same rows and heads, days that are days, letters as they are.

It needs Debian's libreoffice-calc-nogui. SAMGRAF_REQUIRE_OFFICE makes its absence a failure.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
from datetime import date, datetime
from typing import TYPE_CHECKING

import openpyxl
import pytest
from tests.queries.golden import small_graph

from samgraf.publish.exports import export

if TYPE_CHECKING:
    from pathlib import Path

    from samgraf.store.embedded import EmbeddedStore

SOFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(
    SOFFICE is None and not os.environ.get("SAMGRAF_REQUIRE_OFFICE"), reason="needs libreoffice-calc-nogui"
)
EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
"""Commas, UTF-8, cells as they are shown, a file for each sheet (LibreOffice's filter options)."""
SEMICOLONS = "Text - txt - csv (StarCalc):59,34,76,1"


@pytest.fixture(scope="module")
def graph() -> EmbeddedStore:
    return small_graph()


def office(folder: Path, source: Path, form: str, *options: str) -> None:
    """Let LibreOffice open a file and save it as another, by a profile of its own."""
    assert SOFFICE, "libreoffice-calc-nogui is not installed"
    profile = f"-env:UserInstallation=file://{folder}/profile"
    words = [SOFFICE, profile, "--headless", *options, "--convert-to", form, "--outdir", str(folder), str(source)]
    subprocess.run(words, check=True, capture_output=True, timeout=120, env={**os.environ, "HOME": str(folder)})


@needs_office
def test_the_workbook_opens_with_all_that_the_tables_have(graph: EmbeddedStore, tmp_path: Path) -> None:
    path = tmp_path / "graph.xlsx"
    path.write_bytes(export(graph, "xlsx"))
    office(tmp_path, path, EVERY_SHEET)
    shown = {
        name: list(csv.DictReader((tmp_path / f"graph-{name}.csv").read_text(encoding="utf-8").splitlines()))
        for name in ("claims", "entities", "documents")
    }
    told = list(csv.DictReader(io.StringIO(export(graph, "csv").decode("utf-8-sig"))))
    assert list(shown["claims"][0]) == list(told[0])
    for name in ("id", "sentence_da", "sentence_en", "first_day", "last_day", "modality", "lines"):
        assert [row[name] for row in shown["claims"]] == [row[name] for row in told], name
    days = [row["first_day"] for row in shown["claims"] if row["first_day"]]
    assert days
    assert all(date.fromisoformat(day) for day in days)
    assert shown["entities"]
    assert shown["documents"]


@needs_office
def test_a_double_click_on_the_danish_csv_fills_columns(graph: EmbeddedStore, tmp_path: Path) -> None:
    path = tmp_path / "graf.csv"
    path.write_bytes(export(graph, "csv-da"))
    office(tmp_path, path, "xlsx", f"--infilter={SEMICOLONS}")
    sheet = openpyxl.load_workbook(tmp_path / "graf.xlsx").active
    assert sheet is not None
    heads, *rows = sheet.iter_rows(values_only=True)
    told = list(csv.DictReader(io.StringIO(export(graph, "csv-da").decode("utf-8-sig")), delimiter=";"))
    assert list(heads) == list(told[0])
    assert [row[heads.index("sætning (dansk)")] for row in rows] == [row["sætning (dansk)"] for row in told]
    for name in ("linjer", "tegn"):  # what a spreadsheet could take for a day stays what it is
        assert [str(row[heads.index(name)] or "") for row in rows] == [row[name] for row in told], name
    days = [row[heads.index("første dag")] for row in rows]
    assert all(day is None or isinstance(day, datetime) for day in days)
    assert any(days)
