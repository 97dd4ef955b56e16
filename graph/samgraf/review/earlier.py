"""Anchors of decisions that were taken on an earlier reading of a document, carried to the text that there is now."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from samgraf.ingest.carrying import Carrier
from samgraf.ingest.record import earlier_path
from samgraf.workspace.spans import PassageError, find_passage, read_text

if TYPE_CHECKING:
    from samgraf.ingest.record import Record


class Earlier:
    """Knows a document's earlier texts of record by their SHA-256."""

    def __init__(self, folder: str, record: Record) -> None:
        self.folder = folder
        self.record = record
        self.current = str(record.about.get("sha256", ""))
        self._carriers: dict[str, Carrier | None] = {}

    def now(self, at: str, text: str | None) -> str | None:
        """Give the anchor in the text that there is now; None when its passage is lost. ``text`` is the SHA-256 that it is of."""
        carrier = self._carrier(text) if text and text != self.current else None
        if carrier is None:
            return at
        try:
            place = find_passage(self.record.id, carrier.old, at)
        except PassageError:
            return None
        carried = carrier.carry(place.start, place.end)
        return carried.at if carried else None

    def _carrier(self, text: str) -> Carrier | None:
        if text not in self._carriers:
            path = os.path.join(self.folder, earlier_path(self.record.id, text))
            self._carriers[text] = Carrier(read_text(path), self.record.text) if os.path.isfile(path) else None
        return self._carriers[text]
