"""Sentences and places for the terminal: wrapped to its width, the same in every command."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from samgraf.ask.reply import Evidence

_NARROW, _WIDEST = 80, 110


def width() -> int:
    """Give the width for running text: the terminal's, 80 where there is none, and never too wide to read."""
    given = os.environ.get("COLUMNS", "")
    columns = int(given) if given.isdecimal() and given != "0" else _NARROW
    if sys.stdout.isatty():
        columns = os.get_terminal_size(sys.stdout.fileno()).columns or columns
    return max(40, min(columns, _WIDEST))


def wrapped(text: str, indent: str = "", hanging: str | None = None) -> str:
    """Wrap a paragraph; ``hanging`` is the indent of the lines after the first, when it is another."""
    from textwrap import fill

    from samgraf.cli.output import printable

    later = indent if hanging is None else hanging
    return fill(
        printable(text), width(), initial_indent=indent, subsequent_indent=later, break_on_hyphens=False, break_long_words=False
    )


def place(document: str, lines: Iterable[int], language: str) -> str:
    """Write where something stands: ``document-id linje 36–38``, ``document-id line 36``."""
    first, last = lines
    one, many = ("line", "lines") if language == "en" else ("linje", "linje")
    return f"{document} {one} {first}" if first == last else f"{document} {many} {first}–{last}"


def places(evidence: Iterable[Evidence | Mapping[str, object]], language: str, most: int | None = None) -> list[str]:
    """Write passages, one text a document with all its lines: ``document-id linje 3, 12–14``; ``most`` bounds the lines."""
    found: dict[str, list[str]] = {}
    for passage in evidence:
        document, lines = str(passage["document"]), passage["lines"]
        if isinstance(lines, list):
            first, last = lines
            shown = f"{first}" if first == last else f"{first}–{last}"
            if shown not in found.setdefault(document, []):
                found[document].append(shown)
    said = []
    for document, lines in found.items():
        more = f" +{len(lines) - most}" if most is not None and len(lines) > most else ""
        word = "linje" if language == "da" else "line" if len(lines) == 1 and "–" not in lines[0] else "lines"
        said.append(f"{document} {word} {', '.join(lines[:most])}{more}")
    return said
