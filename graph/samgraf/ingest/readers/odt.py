"""OpenDocument texts (.odt): headings, paragraphs, lists and tables in their order (OASIS ODF 1.3, part 3)."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from lxml import etree

from samgraf.ingest.readers.word import parse
from samgraf.ingest.reading import HEADING, ITEM, PLAIN, Line, Reading, UnreadableError, clean, row_line

_O = "{urn:oasis:names:tc:opendocument:xmlns:"
TEXT, TABLE, OFFICE = f"{_O}text:1.0}}", f"{_O}table:1.0}}", f"{_O}office:1.0}}"
_LEFT_OUT = frozenset(
    {
        f"{TEXT}tracked-changes",
        f"{OFFICE}annotation",
        f"{TEXT}table-of-content",
        f"{OFFICE}forms",
        f"{TEXT}sequence-decls",
    }
)


def read(data: bytes) -> Reading:
    """Read an OpenDocument text."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        try:
            root = parse(archive.read("content.xml"))
            encrypted = b"encryption-data" in archive.read("META-INF/manifest.xml")
        except (KeyError, zipfile.BadZipFile, RuntimeError) as error:
            raise UnreadableError("damaged", f"is damaged ({error}); save it again") from error
    if encrypted:
        raise UnreadableError("password", "is locked with a password; open it and save it without one")
    lines: list[Line] = []
    _walk(root.find(f".//{OFFICE}text"), lines, PLAIN, [0])
    if not any(line.text for line in lines):
        raise UnreadableError("empty", "has no text; if it holds pictures of pages, save it as PDF")
    changed = root.find(f".//{TEXT}tracked-changes") is not None
    notes = ("has tracked changes; it was read as if they were accepted",) if changed else ()
    return Reading(tuple(lines), f"lxml {etree.__version__}", 0, notes)


def _walk(element: Any, lines: list[Line], kind: str, tables: list[int]) -> None:
    for child in element if element is not None else ():
        if child.tag in _LEFT_OUT:
            continue
        if child.tag in (f"{TEXT}p", f"{TEXT}h"):
            own = HEADING if child.tag == f"{TEXT}h" else kind
            for part in _text(child).split("\n"):
                text = clean(part)
                lines.append(Line(f"• {text}" if own == ITEM and text else text, kind=own if text else PLAIN))
        elif child.tag == f"{TABLE}table":
            tables[0] += 1
            _table(child, lines, tables[0])
        else:
            _walk(child, lines, ITEM if child.tag == f"{TEXT}list-item" else kind, tables)


def _table(table: Any, lines: list[Line], number: int) -> None:
    for row in table.iter(f"{TABLE}table-row"):
        cells = []
        for cell in row:
            if cell.tag in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
                inner: list[Line] = []
                _walk(cell, inner, PLAIN, [0])
                repeated = cell.get(f"{TABLE}number-columns-repeated", "1")
                cells += ["\n".join(line.text for line in inner)] * min(int(repeated), 20)
        if any(cells):
            lines.append(row_line(cells, table=number, joint="; "))


def _text(element: Any) -> str:
    parts = [element.text or ""]
    for child in element:
        if child.tag == f"{TEXT}s":
            parts.append(" ")
        elif child.tag == f"{TEXT}tab":
            parts.append("\t")
        elif child.tag == f"{TEXT}line-break":
            parts.append("\n")
        elif child.tag not in _LEFT_OUT and child.tag != f"{TEXT}note":
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)
