"""The pages that tell of the graph as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samgraf.language.showing import show_number
from samgraf.server.pages.base import Cell, href, render

if TYPE_CHECKING:
    from collections.abc import Mapping


def contents(
    language: str,
    about: Mapping[str, list[str]],
    kinds: list[tuple[str, list[tuple[str, str]]]],
    downloads: list[tuple[str, int, str]],
    told: Mapping[str, Any],
) -> bytes:
    """Give the first page of a site of files: what it is, what there is by kind, and what can be downloaded.

    ``told`` is what the first page of a server tells; the downloads have their checksums.
    """
    settings = {key: words[0] for key, words in about.items()}
    return render("contents.html", language=language, about=settings, kinds=kinds, downloads=downloads, told=told)


def about(language: str, told: Mapping[str, Any]) -> bytes:
    """Give the page about the data set: whose it is, its licence, its days, how to cite it, what it is built on."""
    rows = [
        [Cell(one["label"], href(one["iri"], language)), Cell(one["day"]), Cell(show_number(one["claims"], language))]
        for one in told["documents"]
    ]
    return render("about.html", language=language, told={**told, "table": rows})
