"""From pieces of text with boxes to lines in reading order: columns stay columns, the rows of tables without lines are found.

A page's pieces come in the order in which the file draws them, which is the order of reading within a block. Pieces
below each other on one left edge make a block; blocks beside each other make a row; rows whose blocks share left edges
make a table. Two columns of prose are two blocks that are drawn one after the other, and no table.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from samgraf.ingest.reading import CELL, HEADING, ITEM, PLAIN, ROW, Box, Line, clean, row_line

_BULLETS = ("•", "·", "●", "▪", "-", "–", "o", "☐", "☒", "☑", "✓", "✔")
TALL = 1.18
_LONGEST_CELL = 14


class Piece(NamedTuple):
    """Text of one line within one column. The box counts from the top left of the page."""

    text: str
    box: Box


class Block(NamedTuple):
    """Pieces below each other with one left edge."""

    pieces: list[Piece]

    @property
    def left(self) -> float:
        """The left edge."""
        return min(p.box[0] for p in self.pieces)

    @property
    def right(self) -> float:
        """The right edge."""
        return max(p.box[2] for p in self.pieces)

    @property
    def top(self) -> float:
        """The top of the first piece."""
        return self.pieces[0].box[1]

    @property
    def bottom(self) -> float:
        """The bottom of the last piece."""
        return self.pieces[-1].box[3]

    @property
    def text(self) -> str:
        """The pieces' texts, a line each."""
        return "\n".join(p.text for p in self.pieces)


def around(boxes: list[Box]) -> Box:
    """Give the box around boxes."""
    return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))


def lines_of(pieces: list[Piece], page: int, table: int, tall: float = TALL) -> list[Line]:
    """Give a page's lines. ``table`` is the number of tables met before it, ``tall`` how much taller headings are."""
    pieces = [p for p in pieces if clean(p.text)]
    if not pieces:
        return []
    heights = sorted(p.box[3] - p.box[1] for p in pieces)
    height = heights[len(heights) // 2] or 1.0
    rows = _rows(_blocks(pieces, height), height)
    lines: list[Line] = []
    for run, is_table in _runs(rows, height):
        if is_table:
            table += 1
            lines += _table(run, page, table, height)
        else:
            for row in run:
                lines += _row(row, page, height * tall)
    return lines


def _blocks(pieces: list[Piece], height: float) -> list[Block]:
    blocks: list[Block] = []
    for piece in pieces:
        last = blocks[-1] if blocks else None
        if last is not None and _continues(last, piece, height):
            last.pieces.append(piece)
        else:
            blocks.append(Block([piece]))
    return blocks


def _continues(block: Block, piece: Piece, height: float) -> bool:
    last = block.pieces[-1]
    gap = piece.box[1] - last.box[3]
    indented = abs(piece.box[0] - last.box[0]) < 1.6 * height
    return -0.3 * height < gap < 0.95 * height and indented


def _rows(blocks: list[Block], height: float) -> list[list[Block]]:
    """Put blocks that are drawn one after the other and stand beside each other into one row."""
    rows: list[list[Block]] = []
    for block in blocks:
        row = rows[-1] if rows else []
        if row and block.left > row[-1].right - 0.2 * height and abs(block.top - row[0].top) < 0.8 * height:
            row.append(block)
        elif row and len(row) > 1 and _belongs(row, block, height):  # a row drawn line by line
            column = min(row, key=lambda b: abs(b.left - block.left))
            column.pieces.extend(block.pieces)
        else:
            rows.append([block])
    return rows


def _belongs(row: list[Block], block: Block, height: float) -> bool:
    column = min(row, key=lambda b: abs(b.left - block.left))
    gap = block.top - max(column.bottom, min(b.bottom for b in row))
    return column is not row[0] and abs(column.left - block.left) < 0.5 * height and -0.5 * height < gap < 0.35 * height


def _runs(rows: list[list[Block]], height: float) -> list[tuple[list[list[Block]], bool]]:
    """Part the rows into runs that are tables (two rows or more that share columns) and runs that are not."""
    found: list[tuple[list[list[Block]], bool]] = []
    run: list[list[Block]] = []
    for row in rows:
        fits = len(row) > 1 and all(len(b.pieces) <= _LONGEST_CELL for b in row)
        if fits and (not run or _shares(run, row, height)):
            run.append(row)
            continue
        if run and len(row) == 1 and _is_cell(run, row[0], height):
            run.append(row)
            continue
        found += _closed(run)
        run = [row] if fits else []
        if not fits:
            found.append(([row], False))
    return found + _closed(run)


def _closed(run: list[list[Block]]) -> list[tuple[list[list[Block]], bool]]:
    while run and len(run[-1]) == 1 and len(run) > 1:
        return [*_closed(run[:-1]), ([run[-1]], False)]
    return [(run, sum(len(row) > 1 for row in run) > 1)] if run else []


def _edges(run: list[list[Block]]) -> list[float]:
    return [b.left for row in run[-4:] for b in row]


def _shares(run: list[list[Block]], row: list[Block], height: float) -> bool:
    edges = _edges(run)
    shared = sum(any(abs(b.left - e) < height for e in edges) for b in row)
    gap = row[0].top - max(b.bottom for b in run[-1])
    return shared >= 2 and gap < 4 * height


def _is_cell(run: list[list[Block]], block: Block, height: float) -> bool:
    """Tell whether a lone block is a row whose other cells are empty: on one of the columns' edges, not the first, and near."""
    first = min(b.left for row in run for b in row)
    gap = block.top - max(b.bottom for b in run[-1])
    on_edge = any(abs(block.left - e) < 0.5 * height for e in _edges(run))
    return on_edge and block.left > first + height and -0.5 * height < gap < 2 * height


def _table(run: list[list[Block]], page: int, table: int, height: float) -> list[Line]:
    columns: list[float] = []
    for left in sorted(b.left for row in run for b in row):
        if not columns or left - columns[-1] > 1.5 * height:
            columns.append(left)
    lines = []
    for row in run:
        cells = [""] * len(columns)
        for block in row:
            place = min(range(len(columns)), key=lambda i: abs(columns[i] - block.left))
            cells[place] = f"{cells[place]} {block.text}".strip()
        box = around([p.box for b in row for p in b.pieces])
        if len(columns) == 2 and cells[0].endswith(":"):
            lines += _labelled(row, cells, page, box)
        else:
            lines.append(row_line(cells, page=page, box=box, table=table))
    return lines


def _labelled(row: list[Block], cells: list[str], page: int, box: Box) -> list[Line]:
    """Give a label with its value as one line where the value is running text, and with a line each where it is a list."""
    value = row[-1]
    wrapped = all(_runs_on(p, after, value.right) for p, after in pairwise(value.pieces))
    if len(value.pieces) < 3 or wrapped:
        return [Line(clean(" ".join(cells).replace("\n", " ")), page, box)]
    first, *others = value.pieces
    return [
        Line(clean(f"{cells[0]} {first.text}"), page, first.box),
        *(Line(clean(p.text), page, p.box, ITEM) for p in others),
    ]


def _runs_on(piece: Piece, after: Piece, right: float) -> bool:
    """Tell whether a line ended only because the next one's first word would not have fitted."""
    width = (after.box[2] - after.box[0]) / max(len(after.text), 1)
    return piece.box[2] + (len(after.text.split(" ", 1)[0]) + 2) * width >= right


def _row(row: list[Block], page: int, tall: float) -> list[Line]:
    """Give a lone row's lines: label and value as one line, anything else block by block."""
    boxes = [p.box for b in row for p in b.pieces]
    if len(row) > 1 and all(len(b.pieces) == 1 for b in row):
        texts = [clean(b.text) for b in row]
        if texts[0].rstrip(".)").replace(".", "").isdigit() or texts[0] in _BULLETS or texts[0].endswith(":"):
            return [Line(" ".join(texts), page, around(boxes), _kind(texts[0], boxes[-1], tall))]
        return [Line(CELL.join(texts), page, around(boxes), ROW, tuple(texts), -1)]
    return [Line(clean(p.text), page, p.box, _kind(clean(p.text), p.box, tall)) for block in row for p in block.pieces]


def _kind(text: str, box: Box, tall: float) -> str:
    if box[3] - box[1] > tall and len(text) < 120:
        return HEADING
    return ITEM if text.split(" ", 1)[0] in _BULLETS else PLAIN
