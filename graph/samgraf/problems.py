"""Problems found in a workspace: ``path:line: code: message``, all of them, in a stable order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One thing that is wrong. ``path`` is relative to the workspace, ``line`` counts from 1 (0: the whole file)."""

    path: str
    line: int
    code: str
    message: str
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        """Give ``path:line: code: message``, the form that editors and terminals can follow."""
        return _printable(f"{self.path}:{self.line}: {self.code}: {self.message}")


def _printable(text: str) -> str:
    """Give the text with the signs that would drive a terminal, break the line or cannot be encoded written as escapes."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
