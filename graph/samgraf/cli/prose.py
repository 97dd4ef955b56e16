"""Sentences and places for the terminal: wrapped to its width, the same in every command."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

UNBROKEN = "\u00a0"  # a blank at which no line is broken
_NARROW, _WIDEST = 80, 110
_BREAK = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")  # where textwrap breaks a word
_SHORTEST, _LONGEST_WORD = 6, 24


def width(most: int = _WIDEST) -> int:
    """Give the width for running text: the terminal's, 80 where there is none, and never too wide to read."""
    given = os.environ.get("COLUMNS", "")
    columns = int(given) if given.isdecimal() and given != "0" else _NARROW
    if sys.stdout.isatty():
        columns = os.get_terminal_size(sys.stdout.fileno()).columns or columns
    return max(40, min(columns, most))


def wrapped(text: str, indent: str = "", hanging: str | None = None) -> str:
    """Wrap a paragraph; ``hanging`` is the indent of the lines after the first, when it is another."""
    from textwrap import fill

    from samgraf.cli.output import printable

    later = indent if hanging is None else hanging
    return fill(
        printable(text),
        width(),
        initial_indent=indent,
        subsequent_indent=later,
        break_on_hyphens=False,
        break_long_words=False,
    )


def places(evidence: Iterable[Mapping[str, Any]], language: str, most: int | None = None) -> list[str]:
    """Write passages as JSON has them, one text a document with all its lines; see `samgraf.language.phrases.places`."""
    from samgraf.language.phrases import places as written
    from samgraf.model import passage_of

    return written(map(passage_of, evidence), language, most)


def print_columns(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table that fits the terminal in as few lines as it can; the lines of a cell after the first are indented.

    A head or cell may hold ``UNBROKEN`` blanks, which are printed as blanks, and line ends, which are kept. Words are
    broken at hyphens, which is where document ids are best broken, and within only where a word is wider than its column.
    """
    from samgraf.cli.output import colour, emit

    widths = _widths(heads, rows)
    head = _row([_broken(cell, most) for cell, most in zip(heads, widths, strict=True)], widths)
    rule = " " + "─" * (sum(widths) + 2 * len(widths) - 2)
    emit("\n".join([*(colour(line, "bold") for line in head.split("\n")), colour(rule, "dim")]))
    for row in rows:
        emit(_row([_broken(cell, most) for cell, most in zip(row, widths, strict=True)], widths))


def _row(cells: Sequence[Sequence[str]], widths: Sequence[int]) -> str:
    lines = []
    for number in range(max(len(cell) for cell in cells)):
        parts = [
            (cell[number] if number < len(cell) else "").ljust(most) for cell, most in zip(cells, widths, strict=True)
        ]
        lines.append((" " + "  ".join(parts)).rstrip())
    return "\n".join(lines).replace(UNBROKEN, " ")


def _broken(cell: str, most: int) -> list[str]:
    from textwrap import wrap

    from samgraf.cli.output import printable

    lines = []
    for part in cell.split("\n"):
        indent = UNBROKEN * (len(part) - len(part.lstrip(UNBROKEN)))
        lines += wrap(printable(part), most, subsequent_indent=indent + " ", break_on_hyphens=True) or [""]
    return lines


def _widths(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """Share the terminal's width among the columns: each gets its longest word, and the tallest cells the rest."""
    count = len(heads)
    room = width(200) - 2 * count
    columns = [[heads[n], *(row[n] for row in rows)] for n in range(count)]
    natural = [max(len(line) for cell in column for line in cell.split("\n")) for column in columns]
    widths = [min(natural[n], max(_SHORTEST, *(_longest(cell) for cell in columns[n]))) for n in range(count)]
    while sum(widths) < room and any(w < m for w, m in zip(widths, natural, strict=True)):
        need = [[_lines(cell, widths[n]) for cell in columns[n]] for n in range(count)]
        tallest = [max(cells) for cells in zip(*need, strict=True)]
        # the column that makes most rows as tall as they are gets the next character
        weight = [sum(t * t for t, lines in zip(tallest, need[n], strict=True) if lines == t > 1) for n in range(count)]
        widths[
            max((n for n in range(count) if widths[n] < natural[n]), key=lambda n: (weight[n], natural[n] - widths[n]))
        ] += 1
    while sum(widths) > room and max(widths) > _SHORTEST:
        widths[widths.index(max(widths))] -= 1
    return widths


def _longest(cell: str) -> int:
    """Give the length of the longest part of a cell that is not to be broken: hyphens before figures are not broken at."""
    parts = (part for word in cell.replace("\n", " ").split(" ") for part in _BREAK.split(word))
    return min(_LONGEST_WORD, max((len(part) + 1 for part in parts), default=1))


def _lines(cell: str, most: int) -> int:
    """Estimate how many lines a cell takes in a column of this width."""
    return sum(-(-(len(line) + len(line) // 12) // most) or 1 for line in cell.split("\n"))


def quoted(name: str) -> str:
    """Write a name as it is typed in a shell: in quotation marks when it needs them."""
    plain = name.replace("-", "").replace("_", "").isalnum()
    return name if plain else '"' + "".join("\\" + c if c in '"\\$`' else c for c in name) + '"'
