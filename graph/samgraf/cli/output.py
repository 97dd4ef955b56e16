"""Printing: data to stdout, the rest to stderr, in UTF-8 whatever the locale; tables that fit the terminal."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from samgraf.errors import UnreachableError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import BinaryIO

_NARROW = 80


def emit(text: str) -> None:
    """Write data to stdout, with a line end."""
    _write(sys.stdout, text)


def emit_bytes(data: bytes) -> None:
    """Write data that is encoded already to stdout."""
    _put(sys.stdout.buffer, data)


def note(text: str) -> None:
    """Write what is not data (progress, hints, errors) to stderr, with a line end, without signs that drive a terminal."""
    try:
        _write(sys.stderr, "\n".join(printable(line) for line in text.split("\n")))
    except UnreachableError:  # nobody is there to be told
        return


def _write(stream: object, text: str) -> None:
    buffer = getattr(stream, "buffer", None)
    if not text.endswith("\n"):
        text += "\n"
    if buffer is None:  # a stream that a test put in place
        stream.write(text)  # type: ignore[attr-defined]
        return
    _put(buffer, text.encode("utf-8", "surrogateescape"))


def _put(buffer: BinaryIO, data: bytes) -> None:
    try:
        buffer.write(data)
        buffer.flush()
    except BrokenPipeError:  # whoever reads has read enough
        raise
    except OSError as error:
        msg = f"cannot write the output: {error.strerror}"
        raise UnreachableError(msg) from error


def printable(text: str) -> str:
    """Give the text without control characters, so that no label can drive the terminal."""
    return "".join(c if c >= " " and not "\x7f" <= c <= "\x9f" else " " for c in text)


def _columns() -> int:
    """Give the width that the surroundings name, where they name one."""
    named = os.environ.get("COLUMNS", "")
    return int(named) if named.isascii() and named.isdigit() and len(named) < 5 else _NARROW


def print_table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, title: str | None = None) -> None:
    """Print a table that wraps within the terminal's width (80 columns where it is not known); in colour on a terminal only."""
    import io

    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    terminal = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    width = os.get_terminal_size().columns if sys.stdout.isatty() else _columns()
    out = io.StringIO()
    console = Console(
        file=out, width=max(width, 40), force_terminal=terminal, color_system="standard" if terminal else None
    )
    table = Table(box=SIMPLE_HEAD, title=title, title_justify="left", pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    console.print(table)
    lines = (line.rstrip() for line in out.getvalue().splitlines())
    emit("\n".join(lines).strip("\n"))


def colour(text: str, style: str) -> str:
    """Give the text in a style (``bold``, ``dim``, ``cyan``) on a terminal, and plain elsewhere."""
    codes = {"bold": "1", "dim": "2", "cyan": "36", "green": "32", "red": "31", "yellow": "33"}
    if sys.stdout.isatty() and "NO_COLOR" not in os.environ:
        return f"\x1b[{codes[style]}m{text}\x1b[0m"
    return text
