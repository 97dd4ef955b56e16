r"""From ``at`` to a passage: line numbers and a few words become character offsets and a digest.

Offsets count Unicode code points from 0 in the document read as UTF-8, as the Web Annotation Data Model counts them
(W3C 2017, 4.2.4 Text Position Selector). Lines end at ``\n`` alone and count from 1.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from typing import TYPE_CHECKING

from samgraf import disk
from samgraf.language.fold import code, pattern, stems_of
from samgraf.problems import Problem
from samgraf.workspace.entries import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable

COLUMNS = ("at", "first_line", "last_line", "start", "end", "sha256", "words")
_AT = re.compile(r"^(\d+)(?:-(\d+))?(?: (.+))?$")
_WORDS = re.compile(r"^[^\d\s-].*$")
_CODES = re.compile(r"([0-9a-f]{4}( [0-9a-f]{4})*)?")
_MOST_PLACES = 5


class PassageError(ValueError):
    """An ``at`` that names no passage of the text."""


def digest(text: str) -> str:
    """Give the SHA-256 of a passage's UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def read_text(path: str) -> str:
    """Read a document's text with its line ends as they are."""
    return disk.read_bytes(path).decode()


def find_passage(document: str, text: str, at: str) -> Evidence:
    """Find the passage that ``at`` names in ``text``. Raises PassageError telling what was not found."""
    match = _AT.match(at)
    if not match and _WORDS.match(at):
        begin, end = _anywhere(text, at)
        return _evidence(document, text, begin, end)
    if not match:
        msg = (
            f"{at!r} is no place; write a line ('106'), lines ('106-108'), lines and words "
            "('106-108 first words … last words') or words alone"
        )
        raise PassageError(msg)
    first, last = int(match[1]), int(match[2] or match[1])
    starts = _line_starts(text)
    if not 0 < first <= last <= len(starts):
        msg = f"lines {first}-{last} are not in the document, which has {len(starts)} lines"
        raise PassageError(msg)
    begin, end = starts[first - 1], starts[last] if last < len(starts) else len(text)
    if match[3]:
        begin, end = _between(text, begin, end, match[3])
    else:
        kept = text[begin:end]
        begin += len(kept) - len(kept.lstrip())
        end -= len(kept) - len(kept.rstrip())
    if begin >= end:
        msg = f"lines {first}-{last} are empty"
        raise PassageError(msg)
    return _evidence(document, text, begin, end)


def _evidence(document: str, text: str, begin: int, end: int) -> Evidence:
    first, last = (text.count("\n", 0, place) + 1 for place in (begin, end))
    stop = text.find("\n", end)
    lines = text[text.rfind("\n", 0, begin) + 1 : stop if stop >= 0 else len(text)]
    words = " ".join(sorted({code(s) for s in stems_of(lines)}))
    return Evidence(document, first, last, begin, end, digest(text[begin:end]), words)


def _anywhere(text: str, words: str) -> tuple[int, int]:
    """Find words that stand in one place of the document only. Raises PassageError where there is none, or several."""
    opening = words.partition("…")[0].strip()
    places = [m.start() for m in re.finditer(re.escape(opening), text)]
    places = places or [m.start() for m in re.finditer(pattern(opening), text)]
    if len(places) > 1:
        lines = [str(text.count("\n", 0, place) + 1) for place in places[:_MOST_PLACES]]
        more = "" if len(places) <= _MOST_PLACES else " and more"
        msg = f"{opening!r} stands in lines {', '.join(lines)}{more}; write the line before it: '{lines[0]} {words}'"
        raise PassageError(msg)
    return _between(text, 0, len(text), words, "the document")


def _line_starts(text: str) -> list[int]:
    starts = [0] + [m.end() for m in re.finditer("\n", text)]
    return starts[:-1] if starts[-1] == len(text) and len(starts) > 1 else starts


def _between(text: str, begin: int, end: int, words: str, where: str = "these lines") -> tuple[int, int]:
    opening, _, closing = words.partition("…")
    opening, closing = opening.strip(), closing.strip()
    found = _find(text, opening, begin, end)
    if found is None:
        msg = f"{opening!r} is not in {where}"
        raise PassageError(msg)
    start, stop = found
    if closing:
        found = _find(text, closing, stop, end)
        if found is None:
            msg = f"{closing!r} does not come after {opening!r} in {where}"
            raise PassageError(msg)
        stop = found[1]
    return start, stop


def _find(text: str, words: str, begin: int, end: int) -> tuple[int, int] | None:
    """Find words as they are written, else as they are read (`samgraf.language.fold.pattern`)."""
    at = text.find(words, begin, end)
    if at >= 0:
        return at, at + len(words)
    match = re.compile(pattern(words)).search(text, begin, end)
    return match.span() if match else None


def read_evidence(document: str, path: str, shown: str) -> tuple[dict[str, Evidence], list[Problem]]:
    """Read a document's evidence file. Gives the passages by ``at``, and what is wrong with the file."""
    found: dict[str, Evidence] = {}
    problems: list[Problem] = []
    try:
        text = io.StringIO(disk.read_bytes(path).decode(), newline="")
        rows = list(csv.reader(text, delimiter="\t", quoting=csv.QUOTE_NONE))
    except FileNotFoundError:
        return found, problems
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        return found, [
            Problem(shown, 0, "evidence-file", f"cannot be read: {error}; make it again with: samgraf spans")
        ]
    for number, row in enumerate(rows[1:], 2):
        try:
            at, *numbers, sha256, words = row if len(row) == len(COLUMNS) else (*row, "")
            first, last, start, end = map(int, numbers)
            if not (
                0 < first <= last
                and 0 <= start < end
                and re.fullmatch("[0-9a-f]{64}", sha256)
                and _CODES.fullmatch(words)
            ):
                raise ValueError  # noqa: TRY301  (numbers that are none and numbers that cannot be are told alike)
        except ValueError:
            message = f"is not a row of {', '.join(COLUMNS)}; make the file again with: samgraf spans"
            problems.append(Problem(shown, number, "bad-span", message))
            continue
        found[at] = Evidence(document, first, last, start, end, sha256, words)
    return found, problems


def evidence_table(passages: Iterable[tuple[str, Evidence]]) -> str:
    """Give the text of an evidence file: one row for each ``at``, in the order of the document."""
    out = io.StringIO()
    out.write("\t".join(COLUMNS) + "\n")
    for at, e in sorted(passages, key=lambda p: (p[1].start, p[1].end, p[0])):
        out.write("\t".join((at, *map(str, (e.first_line, e.last_line, e.start, e.end)), e.sha256, e.words)) + "\n")
    return out.getvalue()
