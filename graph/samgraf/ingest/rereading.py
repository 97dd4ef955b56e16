"""A document that is read again, from a changed or better original: its anchors carried over, what cannot be carried listed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from samgraf import disk
from samgraf.ingest.carrying import Carrier
from samgraf.workspace.anchors import replace_anchors
from samgraf.workspace.spans import evidence_table, find_passage

if TYPE_CHECKING:
    from samgraf.ingest.record import Record
    from samgraf.workspace import Workspace
    from samgraf.workspace.entries import Evidence


def reread(folder: str, workspace: Workspace, old: Record, new: Record) -> tuple[dict[str, str], int, tuple[str, ...]]:
    """Give the files that change with a text (claims and evidence), how many passages were carried, and those that were not.

    A passage is carried when the new text has it, but for a letter or a few; what is not carried keeps its anchor, and
    the check tells of it. Nothing is written here.
    """
    document = next((d for d in workspace.documents if d.head.id == new.id), None)
    if document is None:
        return {}, 0, ()
    carrier = Carrier(old.text, new.text)
    passages: dict[str, Evidence] = {}
    moved: dict[str, str] = {}
    lost: list[str] = []
    known = {at: e for claim in document.claims for at, e in zip(claim.entry.at, claim.evidence, strict=False)}
    for at, place in known.items():
        carried = carrier.carry(place.start, place.end)
        if carried is None:
            lost.append(f"{at}: {' '.join(old.text[place.start : place.end].split())[:80]}")
            passages[at] = place
            continue
        moved[at] = carried.at
        passages[carried.at] = find_passage(new.id, new.text, carried.at)
    path = os.path.join(folder, document.path)
    content = disk.read_text(path).replace("\r\n", "\n")
    files = {
        document.path: replace_anchors(content, moved),
        f"data/evidence/{new.id}.tsv": evidence_table(passages.items()),
    }
    return files, len(moved), tuple(lost)
