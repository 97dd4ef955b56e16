"""The text of record: ``texts/ID.txt``, never edited by hand, and beside it ``texts/ID.json``, which tells where it comes from.

The JSON holds the original's name and SHA-256, the reader, for each line its page, box, kind and table, the cells of
rows, and the repairs of letters with what was read. Offsets count code points of the text, as evidence does.
"""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from samgraf import disk
from samgraf.ingest.reading import CELL, ROW, Box
from samgraf.workspace.spans import digest, read_text

if TYPE_CHECKING:
    from samgraf.ingest.reading import Reading
    from samgraf.ingest.repair import Repairer

FOLDER = "texts"
_CELL_END = re.compile(r" ?\| ?")


class Placed(NamedTuple):
    """A line of a text of record: its text, where it begins, and what the reader knew of it."""

    text: str
    start: int
    page: int
    box: Box | None
    kind: str
    table: int

    @property
    def end(self) -> int:
        """Where the line ends, its line end not counted."""
        return self.start + len(self.text)

    def cells(self) -> list[tuple[int, int]]:
        """Give the offsets of a row's cells, begin and end, in the text."""
        found, at = [], 0
        for mark in [*_CELL_END.finditer(self.text), None]:
            stop = mark.start() if mark else len(self.text)
            found.append((self.start + at, self.start + stop))
            at = mark.end() if mark else 0
        return found


class Record(NamedTuple):
    """A text of record with all that is known of it. ``about`` is the content of the JSON file."""

    id: str
    text: str
    lines: tuple[Placed, ...]
    about: dict[str, Any]


def make_record(document: str, name: str, data_sha256: str, kind: str, reading: Reading, repairer: Repairer) -> Record:
    """Make the text of record of what was read: its letters repaired where they were damaged."""
    read = "\n".join(line.text for line in reading.lines) + "\n"
    repaired = repairer.repair(read, _cell_marks(reading))
    about: dict[str, Any] = {
        "original": {"name": name, "sha256": data_sha256, "kind": kind},
        "sha256": digest(repaired.text),
        "reader": reading.reader,
        "pages": reading.pages,
        "title": reading.title,
        "url": reading.url,
        "notes": list(reading.notes),
        "lines": [
            [line.page, [round(x, 1) for x in line.box] if line.box else None, line.kind, line.table]
            for line in reading.lines
        ],
        "damaged": repaired.damaged,
        "repairs": [
            {
                "offset": r.offset,
                "read": r.read,
                "written": r.written,
                "margin": r.margin,
                "or": list(r.alternatives),
                **({"offered": True} if r.offered else {}),
            }
            for r in repaired.repairs
        ],
    }
    record = _put_together(document, repaired.text, about)
    about["cells"] = {
        str(number): [[a - line.start, b - line.start] for a, b in line.cells()]
        for number, line in enumerate(record.lines, 1)
        if line.kind == ROW
    }
    return record


def _cell_marks(reading: Reading) -> frozenset[int]:
    """Give where the bars between cells stand."""
    found, at = set(), 0
    for line in reading.lines:
        if line.kind == ROW:
            found |= {at + i for i, sign in enumerate(line.text) if sign == "|"}
        at += len(line.text) + 1
    return frozenset(found)


def _put_together(document: str, text: str, about: dict[str, Any]) -> Record:
    lines, at = [], 0
    shapes = about.get("lines") or []
    for number, line in enumerate(text.split("\n")):
        page, box, kind, table = shapes[number] if number < len(shapes) else (0, None, "", 0)
        lines.append(Placed(line, at, page, tuple(box) if box else None, kind, table))
        at += len(line) + 1
    if lines and not lines[-1].text:
        lines.pop()
    return Record(document, text, tuple(lines), about)


def files_of(record: Record) -> dict[str, str]:
    """Give the two files of a record by their paths in the workspace."""
    about = json.dumps(record.about, ensure_ascii=False, indent=None, separators=(",", ":"), sort_keys=True)
    return {f"{FOLDER}/{record.id}.txt": record.text, f"{FOLDER}/{record.id}.json": about + "\n"}


def earlier_path(document: str, sha256: str) -> str:
    """Give where an earlier text of record is kept, so that what was decided on it can be carried over."""
    return f"{FOLDER}/earlier/{document}-{sha256[:16]}.txt"


def read_record(folder: str, document: str) -> Record | None:
    """Read a document's text of record; None when the workspace has no text of it. A text without its JSON is plain lines."""
    path = os.path.join(folder, FOLDER, f"{document}.txt")
    if not os.path.isfile(path):
        return None
    text = read_text(path)
    try:
        about = json.loads(disk.read_bytes(path[: -len("txt")] + "json"))
    except (OSError, ValueError):
        about = {}
    return _put_together(document, text, about if isinstance(about, dict) else {})


def was_edited(record: Record) -> bool:
    """Tell whether a text of record was changed by hand after it was read."""
    return "sha256" in record.about and record.about["sha256"] != digest(record.text)


def records(folder: str) -> dict[str, dict[str, Any]]:
    """Give what the JSON files say, by document, the lines left out; for finding what was read before."""
    found = {}
    place = os.path.join(folder, FOLDER)
    for name in sorted(os.listdir(place)) if os.path.isdir(place) else ():
        if name.endswith(".json") and not name.startswith("."):
            try:
                about = json.loads(disk.read_bytes(os.path.join(place, name)))
            except (OSError, ValueError):
                continue
            if isinstance(about, dict) and "original" in about:
                found[name[: -len(".json")]] = {
                    k: v for k, v in about.items() if k not in ("lines", "cells", "repairs")
                }
    return found


def joined_cells(record: Record, line: Placed) -> list[str]:
    """Give the texts of a row's cells."""
    return [record.text[a:b] for a, b in line.cells()] if CELL.strip() in line.text else [line.text]
