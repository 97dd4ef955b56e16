"""Which format a client asks for: the Accept header (RFC 9110, 12.5.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

ROWS = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
GRAPHS = {
    "text/turtle": "turtle",
    "application/n-triples": "ntriples",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdfxml",
}
PAGES = {"text/html": "html", "application/xhtml+xml": "html", **GRAPHS, "application/json": "jsonld"}
PROBLEMS = {
    "text/plain": "text",
    "text/html": "html",
    "application/problem+json": "json",
    "application/json": "json",
    "application/sparql-results+json": "json",
    "application/ld+json": "json",
}
"""What says why there is no answer, by what the client would have liked to read."""
TYPES = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv; charset=utf-8; header=present",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "turtle": "text/turtle; charset=utf-8",
    "ntriples": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
    "html": "text/html; charset=utf-8",
    "text": "text/plain; charset=utf-8",
}


_TWINS = {"json": "jsonld", "xml": "rdfxml"}


def named(form: str | None) -> str | None:
    """Give the format that ``format=`` names, by our name or its media type. Raises UsageError for one that is not there."""
    if form is None:
        return None
    known = {**ROWS, **GRAPHS, "text/html": "html"}
    found = known.get(form, form)
    if found not in known.values():
        msg = f"{form!r} is no format here; there are {', '.join(dict.fromkeys(known.values()))}"
        raise UsageError(msg)
    return found


def as_rows(form: str) -> str | None:
    """Give the format for rows that a name stands for."""
    return form if form in ROWS.values() else None


def as_graph(form: str) -> str | None:
    """Give the format for triples that a name stands for: ``json`` and ``xml`` are both."""
    return _TWINS.get(form) or (form if form in GRAPHS.values() else None)


def choose(accept: str | None, offered: Mapping[str, str]) -> str | None:
    """Give the offered format that the client likes best: the first when it does not say, None when none fits."""
    if not accept or not accept.strip():
        return next(iter(offered.values()))
    asked = _asked(accept)
    best: tuple[float, int, str] | None = None
    for place, (media, form) in enumerate(offered.items()):
        quality = _quality(media, asked)
        if quality > 0 and (best is None or quality > best[0]):
            best = quality, place, form
    return best[2] if best else None


def _asked(accept: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for part in accept.split(",")[:50]:
        media, *parameters = (p.strip().lower() for p in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            if parameter.startswith("q="):
                try:
                    quality = min(max(float(parameter[2:]), 0.0), 1.0)
                except ValueError:
                    quality = 0.0
        found[media] = quality
    return found


def _quality(media: str, asked: dict[str, float]) -> float:
    """Give how much the client likes a media type: what is said of it exactly goes before ranges."""
    for name in (media, media.split("/", maxsplit=1)[0] + "/*", "*/*"):
        if name in asked:
            return asked[name]
    return 0.0
