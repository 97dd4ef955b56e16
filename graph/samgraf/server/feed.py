"""What is new, as an Atom feed (RFC 4287): an entry for each day on which documents spoke, of what `samgraf diff` tells of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samgraf.server import pages

if TYPE_CHECKING:
    from collections.abc import Mapping

    from samgraf.server.reader import Reader

_MOST_SENTENCES = 50


def atom(reader: Reader, language: str, url: str, path: str, page: str) -> bytes:
    """Give the feed at ``path`` of the site at ``url``, the newest day first; its days are the documents', not the clock's.

    ``page`` is where the page of a day is, below the site, with {} for the day.
    """
    about = reader.graph.metadata()
    days = [reader.news(day, language) for day in reader.recent()]
    return pages.feed(
        language=language,
        base=url.rstrip("/"),
        path=path,
        page=page,
        title=about.get(f"title-{language}", ["samgraf"])[0],
        author=about.get("publisher", ["samgraf"])[0],
        days=[_entry(told) for told in days],
    )


def _entry(told: Mapping[str, Any]) -> dict[str, Any]:
    """Give what a day brought: of each kind of change that there is, the first sentences and the number of all."""
    brought = told["diff"]
    kinds = [
        (k, [c["sentence"] for c in brought[k][:_MOST_SENTENCES]], len(brought[k])) for k in pages.KINDS if brought[k]
    ]
    return {"day": told["day"], "kinds": kinds}
