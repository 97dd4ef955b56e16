"""The first page: what there is, what is new, what can be tried."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samgraf.server.pages.base import render

if TYPE_CHECKING:
    from collections.abc import Mapping


def home(language: str, told: Mapping[str, Any]) -> bytes:
    """Give the first page of what `samgraf.server.reader` tells."""
    return render("home.html", language=language, told=told)
