"""The review in a spreadsheet: one claim a row, to be judged in Excel or LibreOffice and read back.

The first column is the claim's key, the sheet's name the document. A changed value or date is a mend.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from samgraf import disk
from samgraf.errors import DataError, UsageError
from samgraf.language.messages import language_of, languages, messages
from samgraf.problems import Problem
from samgraf.review.state import passage
from samgraf.review.wording import words_of
from samgraf.review.yamlform import VERDICTS

if TYPE_CHECKING:
    from samgraf.ingest.knowing import Known
    from samgraf.review.state import State

_TEXTS = "review.sheet"
_MENDED = ("value", "from", "until")
_WIDE = {"passage": 60, "subject": 32, "object": 32, "value": 40, "reason": 30}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_SHEET = 31


def write_sheet(path: str, state: State, known: Known, language: str | None) -> int:
    """Write every drafted claim with its passage and the verdict so far. Gives the number of claims."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    language = language_of(language)
    heads = messages(language).table(_TEXTS)
    book = Workbook()
    sheet: Any = book.active
    sheet.title = state.draft.id[:_SHEET]
    sheet.append(list(heads.values()))
    shown = messages(language).table("review.verdicts")
    count = 0
    for row in state.rows:
        for one in row.claims:
            count += 1
            place = passage(state, one.claim.at)
            cells = {
                **words_of(one.claim, state, known, language),
                "key": one.claim.key,
                "table": row.heading,
                "passage": " ".join(state.record.text[place.start : place.end].split()) if place else one.claim.at,
                "confidence": one.claim.confidence,
                "verdict": shown.get(one.verdict, ""),
            }
            sheet.append([_safe(cells.get(name, "")) for name in heads])
    for number, name in enumerate(heads, 1):
        sheet.cell(1, number).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = _WIDE.get(name, 16)
    for line in sheet.iter_rows(min_row=2):
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "B2"
    out = io.BytesIO()
    book.save(out)
    disk.write_whole(path, out.getvalue())
    return count


def _safe(value: object) -> object:
    """Keep a text from being taken for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def read_sheet(path: str, state: State) -> list[dict[str, Any]]:
    """Read back a sheet: a decision for each row with a verdict, with what was mended in it.

    Raises UsageError when it is no sheet of this review, DataError with every row that cannot be read.
    """
    rows = _rows(path)
    columns = _columns(rows[0]) if rows else {}
    if "key" not in columns or "verdict" not in columns:
        msg = f"{path} is no sheet of a review: it lacks the columns of keys and verdicts"
        raise UsageError(msg)
    claims = {one.claim.key: one for row in state.rows for one in row.claims}
    taken: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for number, row in enumerate(rows[1:], 2):
        cells = {name: _cell(row, place) for name, place in columns.items()}
        verdict = VERDICTS.get(cells["verdict"].lower())
        one = claims.get(cells["key"])
        if one is None and cells["key"]:
            problems.append(Problem(path, number, "unknown-claim", f"{cells['key']!r} is no claim of {state.draft.id}"))
        elif cells["verdict"] and verdict is None:
            problems.append(Problem(path, number, "bad-verdict", f"{cells['verdict']!r} is neither yes nor no"))
        elif one is not None and verdict is not None:
            mended = _mended(cells, one.claim.fields)
            if verdict != one.verdict or mended:
                decision: dict[str, Any] = {"claim": cells["key"], "verdict": verdict}
                decision |= {"fields": mended} if mended else {}
                taken.append(decision | ({"reason": cells["reason"]} if cells.get("reason") else {}))
    if problems:
        raise DataError(problems)
    return taken


def _cell(row: tuple[Any, ...], place: int) -> str:
    return str(row[place]).strip() if place < len(row) and row[place] is not None else ""


def _mended(cells: dict[str, str], fields: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in _MENDED:
        before = fields.get(name)
        now = cells.get(name, "").removeprefix("'")
        if isinstance(before, dict):
            language = next(iter(before))
            if now and now != before[language]:
                found[name] = {**before, language: now}
        elif before is not None and now and now != str(before):
            found[name] = now
    return found


def _columns(head: tuple[Any, ...]) -> dict[str, int]:
    """Give where each column stands, by its heading in any language."""
    named = {text: name for code in languages() for name, text in messages(code).table(_TEXTS).items()}
    return {named[str(text)]: place for place, text in enumerate(head) if str(text) in named}


def _rows(path: str) -> list[tuple[Any, ...]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
        rows = list(book.active.iter_rows(values_only=True)) if book.active else []
        book.close()
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, InvalidFileException) as error:
        msg = f"{path} cannot be read as a spreadsheet (.xlsx): {error}"
        raise UsageError(msg) from error
    return rows
