"""Word files (.docx), walked in the order of the body: paragraphs, lists with their numbers, tables, content controls.

The XML is read directly: python-docx leaves out inserted text, content controls and list numbers (measured).
Tracked changes are taken as accepted; comments are left out, and both are said.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from lxml import etree

from samgraf.ingest.readers.numbering import Numbering
from samgraf.ingest.reading import HEADING, ITEM, PLAIN, Line, Reading, UnreadableError, clean, row_line

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_LEFT_OUT = frozenset(
    f"{W}{name}" for name in "del moveFrom instrText delText fldChar pPr rPr tblPr trPr tcPr sectPr sdtPr".split()
) | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
_HEADING = re.compile(r"(?:heading|overskrift|title|titel|toc ?heading)", re.IGNORECASE)
_CONTENTS = re.compile(r"^toc ?\d", re.IGNORECASE)


def parse(data: bytes) -> Any:
    """Read XML without entities, network or external parts. Raises UnreadableError when it is no XML."""
    if b"<!DOCTYPE" in data[:2000] or b"<!ENTITY" in data:
        raise UnreadableError("xml-entities", "declares XML entities, which no document needs; save it again")
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except etree.XMLSyntaxError as error:
        raise UnreadableError("damaged", f"is damaged ({error.msg}); save it again") from error


def read(data: bytes) -> Reading:
    """Read a Word file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        try:
            document = parse(archive.read("word/document.xml"))
            numbering = Numbering(parse(archive.read("word/numbering.xml")) if "word/numbering.xml" in names else None)
            styles = _styles(parse(archive.read("word/styles.xml"))) if "word/styles.xml" in names else {}
            heads = [parse(archive.read(name)) for name in sorted(names) if re.fullmatch(r"word/header\d*\.xml", name)]
            footnotes = parse(archive.read("word/footnotes.xml")) if "word/footnotes.xml" in names else None
        except (zipfile.BadZipFile, RuntimeError, KeyError) as error:
            raise UnreadableError("damaged", f"is damaged ({error}); save it again") from error
    body = _Body(numbering, styles)
    seen = set()
    for head in heads:
        for paragraph in head.iter(f"{W}p"):
            text = clean(_text(paragraph))
            if text and text not in seen:
                seen.add(text)
                body.lines.append(Line(text))
    body.walk(document.find(f"{W}body"))
    for note in footnotes.iter(f"{W}footnote") if footnotes is not None else ():
        text = clean(_text(note))
        if text:
            body.lines.append(Line(text))
    notes = []
    if document.find(f".//{W}ins") is not None or document.find(f".//{W}del") is not None:
        notes.append("has tracked changes; it was read as if they were accepted")
    if "word/comments.xml" in names:
        notes.append("has comments; they were left out")
    if not any(line.text for line in body.lines):
        raise UnreadableError("empty", "has no text; if it holds pictures of pages, save it as PDF")
    return Reading(tuple(body.lines), f"lxml {etree.__version__}", 0, tuple(notes))


def _styles(root: Any) -> dict[str, tuple[str, Any]]:
    """Give each paragraph style's name and its numbering, by id."""
    found = {}
    for style in root.iter(f"{W}style"):
        name = style.find(f"{W}name")
        found[style.get(f"{W}styleId", "")] = (
            name.get(f"{W}val", "") if name is not None else "",
            style.find(f"{W}pPr/{W}numPr"),
        )
    return found


class _Body:
    def __init__(self, numbering: Numbering, styles: dict[str, tuple[str, Any]]) -> None:
        self.numbering = numbering
        self.styles = styles
        self.lines: list[Line] = []
        self.tables = 0

    def walk(self, element: Any) -> None:
        """Take in what an element of the body holds, in order."""
        for child in element if element is not None else ():
            if child.tag == f"{W}p":
                self.paragraph(child)
            elif child.tag == f"{W}tbl":
                self.table(child)
            elif child.tag not in _LEFT_OUT:
                self.walk(child)

    def paragraph(self, paragraph: Any) -> None:
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        name, style_numbers = self.styles.get(style.get(f"{W}val", "") if style is not None else "", ("", None))
        if _CONTENTS.match(name):
            return
        numbers = paragraph.find(f"{W}pPr/{W}numPr")
        mark = self.numbering.mark(numbers if numbers is not None else style_numbers)
        kind = HEADING if _HEADING.match(name) else ITEM if mark else PLAIN
        for part in _text(paragraph).split("\n"):
            text = clean(part)
            if "\t" in part.strip() and kind == PLAIN:
                cells = [clean(cell) for cell in part.split("\t") if cell.strip()]
                if len(cells) > 1 and not cells[0].endswith(":"):
                    self.lines.append(row_line(cells, table=-1))
                    continue
            self.lines.append(Line(mark + text if text else "", kind=kind if text else PLAIN))
            mark = "" if text else mark

    def table(self, table: Any) -> None:
        self.tables += 1
        number = self.tables
        above: dict[int, str] = {}
        for row in table.iter(f"{W}tr"):
            cells: list[str] = []
            for cell in row.iter(f"{W}tc"):
                if next(cell.iterancestors(f"{W}tr")) is not row:  # a table inside this one has rows of its own
                    continue
                span = cell.find(f"{W}tcPr/{W}gridSpan")
                merge = cell.find(f"{W}tcPr/{W}vMerge")
                inner = _Body(self.numbering, self.styles)
                inner.walk(cell)
                text = "\n".join(line.text for line in inner.lines)
                if merge is not None and merge.get(f"{W}val") != "restart":
                    text = above.get(len(cells), "")
                above[len(cells)] = text
                cells += [text] + [""] * (int(span.get(f"{W}val", "1")) - 1 if span is not None else 0)
            if len(cells) == 1:
                self.lines += [Line(clean(part)) for part in cells[0].split("\n")]
            elif any(cells):
                self.lines.append(row_line(cells, table=number, joint="; "))


def _text(element: Any) -> str:
    parts: list[str] = []
    _collect(element, parts)
    return "".join(parts)


def _collect(element: Any, parts: list[str]) -> None:
    for child in element:
        if child.tag in _LEFT_OUT:
            continue
        if child.tag == f"{W}t":
            parts.append(child.text or "")
        elif child.tag == f"{W}tab":
            parts.append("\t")
        elif child.tag in (f"{W}br", f"{W}cr"):
            parts.append("\n")
        elif child.tag == f"{W}noBreakHyphen":
            parts.append("-")
        elif child.tag == f"{W}sdt":
            _collect(child, parts)
        else:
            _collect(child, parts)
            if child.tag == f"{W}p":
                parts.append("\n")
