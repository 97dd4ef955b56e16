"""The graph as an Excel workbook (Office Open XML): claims, entities and documents, a table each, days as days, IRIs as links.

openpyxl stamps the file with the time at which it is saved, in its properties and in the zip; both are set to fixed
values here, so that the same graph gives the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

from samgraf.publish.exports.columns import COLUMNS, DAY, Cell, Words
from samgraf.publish.exports.tables import Sheet, claims_sheet, documents_sheet, entities_sheet, safe
from samgraf.rdf.reading import read_claims

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from samgraf.rdf.port import GraphStore

_EPOCH = (1980, 1, 1, 0, 0, 0)
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LONGEST = 32_767
_LONGEST_NAME = 31  # of a sheet
_LONGEST_LINK = 2_079
_FIRST_YEAR = 1900  # the first that Excel has
_DAYS = frozenset(column.name for column in COLUMNS if column.type == DAY)
_LINKS = frozenset({"iri", "homepage"})
_WIDTHS = {
    "id": 44,
    "subject_da": 34,
    "object_da": 44,
    "predicate_da": 22,
    "section": 40,
    "label_da": 50,
    "label_en": 50,
}


def xlsx(store: GraphStore) -> bytes:
    """Give the workbook. Risky cells are made safe; a text is cut at Excel's limit of 32,767 characters."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    words, claims = Words.of(store), read_claims(store)
    for sheet in (claims_sheet(words, claims), entities_sheet(words), documents_sheet(store, claims)):
        _add(book, sheet)
    out = io.BytesIO()
    book.save(out)
    return _without_clock(out.getvalue())


def table_xlsx(name: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Give a workbook of one table; the columns are to have names of their own."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    plain = re.sub(r"\W", "_", name)[:_LONGEST_NAME]
    _add(book, Sheet(plain, tuple(columns), [list(row) for row in rows]))
    out = io.BytesIO()
    book.save(out)
    return _without_clock(out.getvalue())


def _add(book: object, sheet: Sheet) -> None:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    assert isinstance(book, Workbook)  # noqa: S101  (for the type checker: openpyxl is imported only here)
    page = book.create_sheet(sheet.name)
    page.freeze_panes = "B2"
    for number, name in enumerate(sheet.columns, 1):
        page.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(name, 16)
    head = []
    for name in sheet.columns:
        cell = WriteOnlyCell(page, value=name)
        cell.font = Font(bold=True)
        head.append(cell)
    page.append(head)
    for row in sheet.rows:
        page.append([_given(page, name, value) for name, value in zip(sheet.columns, row, strict=True)])
    if sheet.rows:  # a table has a row at least
        _tabulate(page, sheet)


def _given(page: Any, name: str, value: Cell) -> Any:
    """Give a cell as the column has it: a day as a day, an address as a link."""
    from openpyxl.cell import WriteOnlyCell

    if name in _DAYS and isinstance(value, str) and value:
        day = date.fromisoformat(value)
        return day if day.year >= _FIRST_YEAR else value
    if (
        name in _LINKS
        and isinstance(value, str)
        and value.startswith(("https://", "http://"))
        and len(value) <= _LONGEST_LINK
    ):
        cell = WriteOnlyCell(page, value=_cell(value))
        cell.hyperlink = value
        return cell
    return _cell(value)


def _tabulate(page: Any, sheet: Sheet) -> None:
    """Make the sheet's cells a table, with a filter on each column."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.filters import AutoFilter
    from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo

    ref = f"A1:{get_column_letter(len(sheet.columns))}{len(sheet.rows) + 1}"
    columns = [TableColumn(id=number, name=name) for number, name in enumerate(sheet.columns, 1)]
    table = Table(displayName=sheet.name, ref=ref, autoFilter=AutoFilter(ref=ref), tableColumns=columns)
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    page.tables.add(table)  # add_table warns of what was done above


def _cell(value: Cell) -> Cell:
    """Give a cell that Excel can hold: safe, without control characters, not too long."""
    if not isinstance(value, str):
        return safe(value)
    return safe(_FORBIDDEN.sub(" ", str(safe(value)))[:_LONGEST])


def _without_clock(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _STAMP.sub(rb"\g<1>1980-01-01T00:00:00Z", content)
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, content)
    return out.getvalue()
