"""Passages carried from an old text to a new one, or told as lost; never to another sentence."""

from __future__ import annotations

import difflib
from typing import NamedTuple

from samgraf.workspace.anchors import anchor

_SAME = 0.85
_LARGE = 20_000_000_000


class Carried(NamedTuple):
    """An anchor in the new text: its ``at``, and where that stands."""

    at: str
    start: int
    end: int


class Carrier:
    """Carries passages from an old text to a new one, by what is alike line by line and then letter by letter."""

    def __init__(self, old: str, new: str) -> None:
        self.old = old
        self.new = new
        self._pieces = _pieces(old, new)

    def carry(self, start: int, end: int) -> Carried | None:
        """Give where the passage stands now; None when the new text does not have it, or has it no more than in part."""
        words = self.old[start:end]
        begin, stop = self._moved(start, at_start=True), self._moved(end, at_start=False)
        if begin is None or stop is None or not _is_same(words, self.new[begin:stop]):
            found = self.new.find(words)
            if found < 0 or self.new.find(words, found + 1) >= 0 or len(words) < 12:
                return None
            begin, stop = found, found + len(words)
        begin, stop = _trimmed(self.new, begin, stop)
        at = anchor(self.new, begin, stop)
        return Carried(at, begin, stop) if at else None

    def _moved(self, offset: int, *, at_start: bool) -> int | None:
        """Give the new offset of an edge: what was put in before a beginning or after an end stays outside."""
        for old_start, old_end, new_start, new_end in self._pieces:
            inside = old_start <= offset < old_end if at_start else old_start < offset <= old_end
            if inside:
                if old_end - old_start == new_end - new_start:
                    return new_start + offset - old_start
                return new_start if at_start else new_end
        return None


def _is_same(old: str, new: str) -> bool:
    """Tell whether a passage is the same but for a letter or, in a long one, a few; a figure that changed makes it another."""
    from rapidfuzz.distance import Levenshtein

    if [c for c in old if c.isdigit()] != [c for c in new if c.isdigit()]:
        return False
    return bool(new.strip()) and Levenshtein.distance(old, new) <= max(1, (1 - _SAME) * len(old))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _pieces(old: str, new: str) -> list[tuple[int, int, int, int]]:
    """Give the stretches of the old text with what they became: equal ones of one length, changed ones as they are.

    Letter by letter; two very long texts first line by line, which may lose a section whose lines have all changed.
    """
    if len(old) * len(new) <= _LARGE:
        return _by_letters(old, new, 0, 0)
    old_lines, new_lines = old.splitlines(keepends=True), new.splitlines(keepends=True)
    old_starts, new_starts = _starts(old_lines), _starts(new_lines)
    found: list[tuple[int, int, int, int]] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old_lines, new_lines, autojunk=False).get_opcodes():
        here = (old_starts[a], old_starts[b], new_starts[c], new_starts[d])
        if tag == "replace" and (here[1] - here[0]) * (here[3] - here[2]) <= _LARGE:
            found += _by_letters(old[here[0] : here[1]], new[here[2] : here[3]], here[0], here[2])
        else:
            found.append(here)
    return found


def _by_letters(old: str, new: str, at: int, to: int) -> list[tuple[int, int, int, int]]:
    from rapidfuzz.distance import Levenshtein

    ops = Levenshtein.opcodes(old, new)
    return [(at + op.src_start, at + op.src_end, to + op.dest_start, to + op.dest_end) for op in ops]


def _starts(lines: list[str]) -> list[int]:
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    return starts
