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

from samgraf.models import Evidence
from samgraf.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

COLUMNS = ("at", "first_line", "last_line", "start", "end", "sha256")
_AT = re.compile(r"^(\d+)(?:-(\d+))?(?: (.+))?$")


class PassageError(ValueError):
    """An ``at`` that names no passage of the text."""


def digest(text: str) -> str:
    """Give the SHA-256 of a passage's UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def read_text(path: str) -> str:
    """Read a document's text with its line ends as they are."""
    with open(path, encoding="utf-8", newline="") as stream:
        return stream.read()


def find_passage(document: str, text: str, at: str) -> Evidence:
    """Find the passage that ``at`` names in ``text``. Raises PassageError telling what was not found."""
    match = _AT.match(at)
    if not match:
        msg = f"{at!r} is no place; write a line ('106'), lines ('106-108') or lines and words ('106-108 first words … last words')"
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
    return Evidence(
        document,
        text.count("\n", 0, begin) + 1,
        text.count("\n", 0, end) + 1,
        begin,
        end,
        digest(text[begin:end]),
    )


def _line_starts(text: str) -> list[int]:
    starts = [0] + [m.end() for m in re.finditer("\n", text)]
    return starts[:-1] if starts[-1] == len(text) and len(starts) > 1 else starts


def _between(text: str, begin: int, end: int, words: str) -> tuple[int, int]:
    opening, _, closing = words.partition("…")
    opening, closing = opening.strip(), closing.strip()
    start = text.find(opening, begin, end)
    if start < 0:
        msg = f"{opening!r} is not in these lines"
        raise PassageError(msg)
    stop = start + len(opening)
    if closing:
        found = text.find(closing, stop, end)
        if found < 0:
            msg = f"{closing!r} does not come after {opening!r} in these lines"
            raise PassageError(msg)
        stop = found + len(closing)
    return start, stop


def read_evidence(document: str, path: str, shown: str) -> tuple[dict[str, Evidence], list[Problem]]:
    """Read a document's evidence file. Gives the passages by ``at``, and what is wrong with the file."""
    found: dict[str, Evidence] = {}
    problems: list[Problem] = []
    try:
        with open(path, encoding="utf-8", newline="") as stream:
            rows = list(csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    except FileNotFoundError:
        return found, problems
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        return found, [
            Problem(shown, 0, "evidence-file", f"cannot be read: {error}; make it again with: samgraf spans")
        ]
    for number, row in enumerate(rows[1:], 2):
        try:
            at, *numbers, sha256 = row
            first, last, start, end = map(int, numbers)
            if not (0 < first <= last and 0 <= start < end and re.fullmatch("[0-9a-f]{64}", sha256)):
                raise ValueError  # noqa: TRY301  (numbers that are none and numbers that cannot be are told alike)
        except ValueError:
            message = f"is not a row of {', '.join(COLUMNS)}; make the file again with: samgraf spans"
            problems.append(Problem(shown, number, "bad-span", message))
            continue
        found[at] = Evidence(document, first, last, start, end, sha256)
    return found, problems


def evidence_table(passages: Iterable[tuple[str, Evidence]]) -> str:
    """Give the text of an evidence file: one row for each ``at``, in the order of the document."""
    out = io.StringIO()
    out.write("\t".join(COLUMNS) + "\n")
    for at, e in sorted(passages, key=lambda p: (p[1].start, p[1].end, p[0])):
        out.write("\t".join((at, str(e.first_line), str(e.last_line), str(e.start), str(e.end), e.sha256)) + "\n")
    return out.getvalue()
