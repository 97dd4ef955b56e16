"""PDF: pypdfium2 for the text in its order and for rasters, pdfplumber for tables with lines, tesseract where there is no text.

A page without a text layer, or whose text layer is an older reading of a scan, has no rules drawn and no fonts to trust;
only the first is read by tesseract.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from samgraf.ingest.layout import TALL, Piece, lines_of
from samgraf.ingest.readers import scan
from samgraf.ingest.reading import Box, Line, Reading, UnreadableError, clean, row_line

MOST_PAGES = 2000
_FEWEST_LETTERS = 12
_RULES = 4
Progress = Callable[[int, int], None]


def read(data: bytes, progress: Progress | None = None) -> Reading:
    """Read a PDF. Raises UnreadableError when it is locked, damaged, too long, or a scan that nothing here can read."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableError("password", "is locked with a password; open it and save it without one") from error
        raise UnreadableError("damaged", "is damaged and cannot be opened as PDF; save it again") from error
    pages = len(document)
    if pages > MOST_PAGES:
        raise UnreadableError("too-long", f"has {pages} pages; the limit is {MOST_PAGES}: split it")
    lines: list[Line] = []
    scanned: list[int] = []
    tables = 0
    for index in range(pages):
        page = document[index]
        found, tables = _page(page, data, index, tables, scanned)
        lines += found
        page.close()
        if progress:
            progress(index + 1, pages)
    document.close()
    reader = f"pypdfium2 {pypdfium2.PYPDFIUM_INFO}"
    notes = []
    if scanned:
        notes.append(f"{_pages(scanned)} read by tesseract: look at the letters")
        reader += f", tesseract {scan.version()}"
    if not any(line.text for line in lines):
        raise UnreadableError("empty", "has no text on any page; scan it again, or take it out")
    return Reading(tuple(lines), reader, pages, tuple(notes))


def render(data: bytes, page: int, scale: float = 1.5) -> bytes:
    """Give one page (from 1) as PNG."""
    document = pypdfium2.PdfDocument(data)
    try:
        out = io.BytesIO()
        document[page - 1].render(scale=scale).to_pil().save(out, format="PNG")
        return out.getvalue()
    finally:
        document.close()


def _pages(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:5])) + (" …" if len(numbers) > 5 else "")
    return (
        f"page {shown} has no text layer and was" if len(numbers) == 1 else f"pages {shown} have no text layer and were"
    )


def _page(page: Any, data: bytes, index: int, tables: int, scanned: list[int]) -> tuple[list[Line], int]:
    height = page.get_height()
    text = page.get_textpage()
    try:
        pieces = _pieces(text, height)
    finally:
        text.close()
    tall = TALL
    if sum(len(p.text) for p in pieces) < _FEWEST_LETTERS and _has_image(page):
        scanned.append(index + 1)
        image = page.render(scale=scan.DPI / 72, grayscale=True).to_pil()
        pieces = scan.pieces(image, 72 / scan.DPI, f"page {index + 1}")
        tall = scan.TALL
    ruled = _ruled_tables(data, index) if pieces and _rules(page) >= _RULES else []
    lines: list[Line] = []
    waiting: list[Piece] = []
    placed: set[int] = set()
    for piece in pieces:
        place = next((n for n, (box, _) in enumerate(ruled) if _inside(piece.box, box)), None)
        if place is None:
            waiting.append(piece)
        elif place not in placed:
            placed.add(place)
            lines, tables = _flushed(lines, waiting, index + 1, tables, tall)
            waiting = []
            tables += 1
            box, rows = ruled[place]
            lines += [row_line(cells, page=index + 1, box=row_box or box, table=tables) for cells, row_box in rows]
    return _flushed(lines, waiting, index + 1, tables, tall)


def _flushed(lines: list[Line], waiting: list[Piece], page: int, tables: int, tall: float) -> tuple[list[Line], int]:
    found = lines_of(waiting, page, tables, tall)
    return lines + found, max([tables, *(line.table for line in found)])


def _pieces(text: Any, page_height: float) -> list[Piece]:
    """Give the text's pieces: characters that follow each other on one line without a wide gap."""
    count = text.count_chars()
    characters = text.get_text_range(0, count) if count else ""
    if len(characters) != count:  # signs beyond the basic plane: ask for each
        characters = "".join(_character(text, i) for i in range(count))
    found: list[Piece] = []
    parts: list[str] = []
    boxes: list[Box] = []

    def close() -> None:
        shown = clean("".join(parts))
        if shown and boxes:
            top = min(b[1] for b in boxes)
            found.append(Piece(shown, (boxes[0][0], top, max(b[2] for b in boxes), max(b[3] for b in boxes))))
        parts.clear()
        boxes.clear()

    for i, drawn in enumerate(characters):
        if drawn in "\r\n":
            close()
            continue
        character = "-" if drawn in "\x02\ufffe" else drawn  # pdfium's signs for a hyphen at a line's end
        left, bottom, right, top = text.get_charbox(i, loose=True)
        box = (left, page_height - top, right, page_height - bottom)
        if character.isspace():
            parts.append(" ")
            continue
        if boxes:
            size = max(box[3] - box[1], 1.0)
            if (
                box[0] - boxes[-1][2] > 1.1 * size
                or box[0] < boxes[-1][0] - size
                or abs(box[1] - boxes[-1][1]) > 0.7 * size
            ):
                close()
        parts.append(character)
        boxes.append(box)
    close()
    return found


def _character(text: Any, index: int) -> str:
    point = pdfium.FPDFText_GetUnicode(text, index)
    return chr(point) if 0 < point < 0x110000 and not 0xD800 <= point <= 0xDFFF else " "


def _has_image(page: Any) -> bool:
    return any(o.type == pdfium.FPDF_PAGEOBJ_IMAGE for o in page.get_objects(max_depth=3))


def _rules(page: Any) -> int:
    count = 0
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3):
        count += item.type == pdfium.FPDF_PAGEOBJ_PATH
        if count >= _RULES:
            break
    return count


def _inside(box: Box, outer: Box) -> bool:
    x, y = (box[0] + min(box[2], box[0] + 20)) / 2, (box[1] + box[3]) / 2
    return outer[0] - 1 <= x <= outer[2] + 1 and outer[1] - 1 <= y <= outer[3] + 1


def _ruled_tables(data: bytes, index: int) -> list[tuple[Box, list[tuple[list[str], Box | None]]]]:
    """Give the page's tables with lines: their box, and each row's cells (a merged cell stands in each row) and box."""
    import pdfplumber

    found: list[tuple[Box, list[tuple[list[str], Box | None]]]] = []
    with pdfplumber.open(io.BytesIO(data), pages=[index + 1]) as document:
        for table in document.pages[0].find_tables():
            rows = table.extract()
            if not rows or max(len(row) for row in rows) < 2 or len(rows) < 2:
                continue
            above: list[str] = []
            filled: list[tuple[list[str], Box | None]] = []
            for cells, row in zip(rows, table.rows, strict=False):
                whole = [
                    (above[i] if cell is None and i < len(above) and _spans(table, row, i) else cell or "")
                    for i, cell in enumerate(cells)
                ]
                above = whole
                if any(clean(c) for c in whole):
                    filled.append((whole, row.bbox))
            found.append((table.bbox, filled))
    return found


def _spans(table: Any, row: Any, column: int) -> bool:
    """Tell whether a missing cell is covered by one from above, not by its neighbour to the left."""
    top = row.bbox[1]
    edges = [c[0] for r in table.rows for i, c in enumerate(r.cells) if c is not None and i == column]
    if not edges:
        return False
    x = min(edges) + 2
    return any(c[0] <= x <= c[2] and c[1] < top - 1 and c[3] > top + 1 for c in table.cells)
