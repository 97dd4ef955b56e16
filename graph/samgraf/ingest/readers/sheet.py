"""Spreadsheets: each sheet a heading and a table, its rows as they stand; formulas are taken as the values they had."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

from samgraf.ingest.reading import HEADING, Line, Reading, UnreadableError, row_line

_MOST_ROWS, _MOST_COLUMNS = 20_000, 60


def read(data: bytes) -> Reading:
    """Read every sheet that holds anything. Raises UnreadableError for what is no spreadsheet, or has too many rows."""
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (KeyError, ValueError, TypeError, zipfile.BadZipFile) as error:
        raise UnreadableError("spreadsheet", "cannot be read as a spreadsheet; open it and save it as .xlsx") from error
    lines: list[Line] = []
    for number, sheet in enumerate(book.worksheets, 1):
        rows = []
        for row in sheet.iter_rows(values_only=True, max_col=_MOST_COLUMNS):
            cells = [_written(value) for value in row]
            if any(cell.strip() for cell in cells):
                rows.append(cells)
            if len(lines) + len(rows) > _MOST_ROWS:
                raise UnreadableError("too-large", f"has more than {_MOST_ROWS} rows; split it")
        width = max((n for row in rows for n, cell in enumerate(row, 1) if cell.strip()), default=0)
        if rows:
            lines.append(Line(sheet.title, kind=HEADING))
            lines += [row_line(row[:width], table=number) for row in rows]
    if not lines:
        raise UnreadableError("empty", "holds no rows; take it out or fill it")
    return Reading(tuple(lines), f"openpyxl {openpyxl.__version__}")


def _written(value: object) -> str:
    """Give a cell's value as a person reads it: a day as ISO 8601, a whole number without decimals."""
    if value is None:
        return ""
    if isinstance(value, datetime) and not (value.hour or value.minute):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
