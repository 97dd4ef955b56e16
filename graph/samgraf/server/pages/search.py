"""The page of a search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from samgraf.server.pages.base import render
from samgraf.server.pages.claims import cited

if TYPE_CHECKING:
    from collections.abc import Mapping


def search(language: str, told: Mapping[str, Any]) -> bytes:
    """Give the page of what `samgraf.server.reader` found: an answer, names, claims, ready-made questions."""
    kept = {"q": told["asked"], "type": told["kind"]}
    kept = {name: text for name, text in kept.items() if text}
    return render(
        "search.html",
        language=language,
        question=told["asked"],
        kept=urlencode(kept) + "&" if kept else "",
        told=told,
        address=lambda **more: "/search?" + urlencode({**kept, **more, "lang": language}),
        cited=lambda claim: cited(claim["evidence"], told["labels"], language),
    )
