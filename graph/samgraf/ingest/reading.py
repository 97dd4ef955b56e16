"""What a reader gives: the lines of a document in reading order, where each stands, and the cells of its tables.

Everything here is plain data that passes through JSON unchanged, since readers work in a process of their own.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

CELL = " | "
"""What stands between the cells of a table row in the text of record."""

Box = tuple[float, float, float, float]
_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_SPACED = re.compile(r"[^\W_](?:\s+[^\W_])+\s*[:.]?")
_FEWEST_LETTERS, _LONGEST_SPACED = 4, 40
_BLANKS = re.compile("[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
HEADING, ITEM, ROW, PLAIN = "heading", "item", "row", ""


class Line(NamedTuple):
    """One line. ``page`` counts from 1 (0: the file has no pages), ``box`` is left, top, right, bottom in points.

    ``kind`` is ``heading``, ``item`` (of a list), ``row`` (of a table) or empty; ``cells`` are a row's texts.
    """

    text: str
    page: int = 0
    box: Box | None = None
    kind: str = PLAIN
    cells: tuple[str, ...] = ()
    table: int = 0


class Reading(NamedTuple):
    """A document as read: its lines, the reader's name and version, its pages, what a person should be told of it."""

    lines: tuple[Line, ...]
    reader: str
    pages: int = 0
    notes: tuple[str, ...] = ()
    title: str = ""
    url: str = ""


class UnreadableError(Exception):
    """A file that is not read. ``code`` names the case; the message says what it is and what to do."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


def clean(text: str) -> str:
    """Bring a line's text to NFC with single blanks, without control, zero-width and direction signs.

    >>> clean("Ma\\u030ade\\u00a0\\u200bi  dag ")
    'Måde i dag'

    A heading whose letters are spaced out is closed up, word by word where wider gaps tell the words.

    >>> clean("M ø d e   i   r å d e t"), clean("R E F E R A T :")
    ('Møde i rådet', 'REFERAT:')
    """
    kept = _CONTROL.sub("", unicodedata.normalize("NFC", text)).strip()
    return _BLANKS.sub(" ", _closed_up(kept) if _SPACED.fullmatch(kept) else kept)


def _closed_up(text: str) -> str:
    words = re.split(r"\s{2,}", text)
    letters = {sign for sign in text if sign.isalpha()}
    one_word = len(text) <= _LONGEST_SPACED and (text.isupper() or text[1:].islower())
    if len(letters) < _FEWEST_LETTERS or (len(words) == 1 and not one_word):
        return text  # a row of marks; or several words whose ends nobody can see
    return " ".join("".join(word.split()) for word in words)


def row_line(cells: list[str], *, page: int = 0, box: Box | None = None, table: int = 0, joint: str = " ") -> Line:
    """Give a table's row as one line: its cells with ' | ' between, the lines of a cell with ``joint`` between."""
    texts = tuple(clean(joint.join(p for p in cell.split("\n") if p.strip())).replace("|", "/") for cell in cells)
    return Line(CELL.join(texts).strip(), page, box, ROW, texts, table)


def as_data(reading: Reading) -> dict[str, object]:
    """Give a reading as data for JSON."""
    return {**reading._asdict(), "lines": [list(line) for line in reading.lines]}


def from_data(data: dict[str, object]) -> Reading:
    """Read back what `as_data` gave."""
    lines = data["lines"]
    if not isinstance(lines, list):
        msg = "a reading has lines"
        raise TypeError(msg)
    found = tuple(
        Line(text, page, tuple(box) if box else None, kind, tuple(cells), table)
        for text, page, box, kind, cells, table in lines
    )
    notes = data["notes"]
    return Reading(
        found,
        str(data["reader"]),
        int(str(data["pages"])),
        tuple(notes) if isinstance(notes, (list, tuple)) else (),
        str(data["title"]),
        str(data["url"]),
    )
