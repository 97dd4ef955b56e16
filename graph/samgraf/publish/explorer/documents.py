"""The documents in the page's data, and the years that its time line spans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samgraf.model.text import FIRST, WRITTEN
from samgraf.publish.explorer.tables import both, day_number, shown_date

if TYPE_CHECKING:
    from collections.abc import Iterable

    from samgraf.model import Document, Entity, Text


def when(document: Document | None) -> str:
    """Give what sorts a document in time."""
    return document.date.earliest if document and document.date else ""


def document_row(name: str, document: Document | None) -> dict[str, Any]:
    """Write a document; one that is not described is named by its id."""
    label: Text | dict[str, str] = document.label if document and document.label else {FIRST: name}
    row: dict[str, Any] = {"id": name, **dict(zip(WRITTEN, both(label), strict=True))}
    if document and document.date:
        row["date"] = [document.date.edtf, shown_date(document.date.edtf)]
    if document and document.source and document.source.startswith(("http://", "https://")):
        row["url"] = document.source
    if document and document.layer not in ("", name):  # of a layer below that is not called as the document is
        row["layer"] = document.layer
    return row


def years(entities: Iterable[Entity], documents: Iterable[Document]) -> list[int]:
    """Give the first and last day (days since 1970) that the time line spans: the lives of dated things, but no outliers."""
    days = sorted(
        day_number(day)
        for e in entities
        for m in (e.life.start, e.life.until)
        if m
        for day in (m.earliest, m.latest)
        if day
    )
    days = days or sorted(day_number(d.date.earliest) for d in documents if d.date and d.date.earliest)
    if not days:
        return [day_number("2020-01-01"), day_number("2025-12-31")]
    return [days[len(days) // 10], days[-1 - len(days) // 100]]
