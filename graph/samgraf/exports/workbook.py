"""The graph as an Excel workbook (Office Open XML): claims, entities and documents, a sheet each.

openpyxl stamps the file with the time at which it is saved, in its properties and in the zip; both are set to fixed
values here, so that the same graph gives the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from samgraf.exports.tables import Cell, Sheet, claims_sheet, documents_sheet, entities_sheet, safe

if TYPE_CHECKING:
    from samgraf.store.base import GraphStore

_EPOCH = (1980, 1, 1, 0, 0, 0)
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LONGEST = 32_767
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
    claims = claims_sheet(store)
    for sheet in (claims, entities_sheet(store), documents_sheet(store, claims)):
        _add(book, sheet)
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
        page.append([_cell(value) for value in row])


def _cell(value: Cell) -> Cell:
    """Give a cell that Excel can hold: safe, without control characters, not too long."""
    if not isinstance(value, str):
        return value
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
