"""Triples as a map: those that are named stand in a circle, the best linked first, a line for each relation. No script draws it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from markupsafe import Markup

from samgraf.server.pages.base import href, render, short

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MOST = 40
_RADIUS, _EDGE = 170, 250
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def picture(triples: Iterable[ox.Triple], labels: Mapping[str, str], language: str) -> Markup | None:
    """Give the map as SVG; None where nothing is linked, or too much to be read."""
    ends = [
        (t.subject.value, t.object.value, t.predicate.value)
        for t in triples
        if isinstance(t.subject, ox.NamedNode) and isinstance(t.object, ox.NamedNode) and t.predicate.value != _TYPE
    ]
    times: dict[str, int] = {}
    for a, b, _ in ends:
        times[a], times[b] = times.get(a, 0) + 1, times.get(b, 0) + 1
    if not 1 < len(times) <= MOST:
        return None
    order = _around([(a, b) for a, b, _ in ends], times)
    at = {iri: 2 * math.pi * n / len(order) - math.pi / 2 for n, iri in enumerate(order)}
    place = {iri: (round(_RADIUS * math.cos(t), 1), round(_RADIUS * math.sin(t), 1)) for iri, t in at.items()}

    def named(iri: str) -> str:
        return labels.get(iri, short(iri))

    nodes = [
        {
            "x": place[iri][0],
            "y": place[iri][1],
            "lx": round((_RADIUS + 10) * math.cos(at[iri]), 1),
            "ly": round((_RADIUS + 10) * math.sin(at[iri]) + 4, 1),
            "anchor": "middle" if abs(math.cos(at[iri])) < 0.1 else "start" if math.cos(at[iri]) > 0 else "end",
            "label": named(iri),
            "href": href(iri, language),
        }
        for iri in order
    ]
    edges: list[dict[str, Any]] = [
        {
            "x1": place[a][0],
            "y1": place[a][1],
            "x2": place[b][0],
            "y2": place[b][1],
            "text": f"{named(a)} {named(p)} {named(b)}",
        }
        for a, b, p in ends
    ]
    box = f"{-_RADIUS - _EDGE} {-_RADIUS - 40} {2 * (_RADIUS + _EDGE)} {2 * (_RADIUS + 40)}"
    drawn = render("map.svg", language=language, nodes=nodes, edges=edges, box=box)
    return Markup(drawn.decode())  # noqa: S704  (made by a template that escapes)


def _around(ends: list[tuple[str, str]], times: Mapping[str, int]) -> list[str]:
    """Put those that are linked beside each other: from the best linked on, each followed by its neighbours."""
    beside: dict[str, set[str]] = {}
    for a, b in ends:
        beside.setdefault(a, set()).add(b)
        beside.setdefault(b, set()).add(a)
    found: dict[str, None] = {}
    for start in sorted(times, key=lambda iri: (-times[iri], iri)):
        waiting = [start]
        while waiting:
            iri = waiting.pop()
            if iri not in found:
                found[iri] = None
                waiting += sorted(beside[iri] - found.keys(), key=lambda one: (times[one], one))
    return list(found)
