"""The editor of the SPARQL page: Ace, as the package ships it that the extra ``samgraf[editor]`` brings. None of it lies here."""

from __future__ import annotations

import os
import re
from importlib.util import find_spec

from samgraf.disk import read_bytes

STYLE = "css/ace.css"
SCRIPTS = ("ace.js", "mode-sparql.js", "ext-language_tools.js")
_PACKAGE = "django_ace"  # only its files are read; neither it nor Django is ever imported
_PICTURE = re.compile(r"css/main-\d+\.(?:png|svg)")
_MEDIA = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
}


def folder() -> str | None:
    """Give the folder of the editor's files; None where the extra is not installed."""
    found = find_spec(_PACKAGE)
    places = found.submodule_search_locations if found else None
    place = os.path.join(places[0], "static", _PACKAGE, "ace") if places else ""
    return place if all(os.path.isfile(os.path.join(place, name)) for name in (STYLE, *SCRIPTS)) else None


def file(name: str) -> tuple[str, bytes] | None:
    """Give the media type and the bytes of one of the editor's files; None for what the page has no need of."""
    place = folder()
    path = os.path.join(place or "", *name.split("/"))
    if place is None or not (name in (STYLE, *SCRIPTS) or _PICTURE.fullmatch(name)) or not os.path.isfile(path):
        return None
    return _MEDIA[os.path.splitext(name)[1]], read_bytes(path)
