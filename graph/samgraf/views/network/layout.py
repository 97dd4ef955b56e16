"""A place for every node: seeded, so that the same network always lies the same way.

The giant component is laid out alone and the rest is packed in rows below it; laid out together, isolated nodes would
push it into a corner. Above `DIRECT` nodes a spring layout is too slow (it is quadratic), so communities are laid out
first, and then each community inside its own circle.
"""

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

from samgraf.views.network.measures import Neighbours, communities, components

Place = tuple[float, float]

SPACING = 90.0
"""Mean distance between neighbouring nodes, in the page's units (pixels at scale 1)."""

DIRECT = 1200
"""Up to this many nodes the spring layout runs on the component as a whole."""

WIDE = 1.6
"""Width to height of a component: screens are wider than high."""

SMALL = 2
"""A component of two is a line; nothing is to be computed."""


def layout(around: Neighbours, seed: int = 0) -> dict[str, Place]:
    """Give each node its x and y, whole numbers in pixels at scale 1; y grows downwards.

    The same network and seed give the same places. Takes about 0.1 s for 300 nodes, 3 s for 10,000.
    """
    found = components(around)
    if not found:
        return {}
    giant = _arranged(found[0], around, seed)
    width = max((x for x, _ in giant.values()), default=0.0) - min((x for x, _ in giant.values()), default=0.0)
    bottom = max((y for _, y in giant.values()), default=0.0)
    places = dict(giant)
    places.update(_packed(found[1:], around, seed, max(width, SPACING * 8), bottom + SPACING * 2))
    return {node: (float(round(x)), float(round(y))) for node, (x, y) in sorted(places.items())}


def _arranged(members: Sequence[str], around: Mapping[str, set[str]], seed: int) -> dict[str, Place]:
    """Lay out one component around (0, 0), its extent growing with the square root of its size."""
    if len(members) <= SMALL:
        return {node: (SPACING * number, 0.0) for number, node in enumerate(members)}
    inside = set(members)
    if len(members) <= DIRECT:
        return _scaled(_spring(members, around, inside, seed), SPACING * math.sqrt(len(members)) * 0.62)
    groups = communities({node: around[node] & inside for node in members}, seed)
    if len(groups) < SMALL or len(groups[0]) > len(members) * 0.6 or len(groups) > DIRECT:
        groups = _sliced(members, around)
    return _nested(groups, around, seed)


def _nested(groups: Sequence[Sequence[str]], around: Mapping[str, set[str]], seed: int) -> dict[str, Place]:
    """Lay out the groups as nodes of a graph, push them apart by their sizes, then each group inside."""
    home = {node: number for number, group in enumerate(groups) for node in group}
    names = [str(number) for number in range(len(groups))]
    between: dict[str, set[str]] = {name: set() for name in names}
    for node, number in home.items():
        between[str(number)] |= {str(home[other]) for other in around[node] if other in home and home[other] != number}
    total = sum(len(group) for group in groups)
    rough = _scaled(_spring(names, between, set(names), seed), SPACING * math.sqrt(total) * 0.62)
    radius = [SPACING * math.sqrt(len(group)) * 0.55 for group in groups]
    centres = _apart([rough[name] for name in names], radius)
    places: dict[str, Place] = {}
    for number, group in enumerate(groups):
        x, y = centres[number]
        own = _scaled(_spring(group, around, set(group), seed), radius[number])
        places.update({node: (x + dx, y + dy) for node, (dx, dy) in own.items()})
    return places


def _spring(members: Sequence[str], around: Mapping[str, set[str]], inside: set[str], seed: int) -> dict[str, Place]:
    """Run rustworkx' Fruchterman-Reingold layout on the members."""
    if len(members) == 1:
        return {members[0]: (0.0, 0.0)}
    import rustworkx as rx

    graph: rx.PyGraph[str, None] = rx.PyGraph(multigraph=False)
    number = dict(zip(members, graph.add_nodes_from(list(members)), strict=True))
    ties = ((node, other) for node in members for other in sorted(around[node] & inside) if node < other)
    graph.add_edges_from_no_data([(number[node], number[other]) for node, other in ties])
    found = rx.spring_layout(graph, seed=seed, num_iter=90 if len(members) <= DIRECT // 2 else 60)
    return {node: (float(found[place][0]), float(found[place][1])) for node, place in number.items()}


def _scaled(places: Mapping[str, Place], radius: float) -> dict[str, Place]:
    """Centre the places on (0, 0) and stretch them so that 95 % of them lie within the radius."""
    if len(places) == 1:
        return dict.fromkeys(places, (0.0, 0.0))
    middle_x = sum(x for x, _ in places.values()) / len(places)
    middle_y = sum(y for _, y in places.values()) / len(places)
    far = sorted(_far(one, middle_x, middle_y) for one in places.values())
    reach = far[int(0.95 * (len(far) - 1))] or far[-1] or 1.0
    rank = {
        node: place
        for place, node in enumerate(sorted(places, key=lambda one: (_far(places[one], middle_x, middle_y), one)))
    }
    scaled: dict[str, Place] = {}
    for node, (x, y) in places.items():
        dx, dy = (x - middle_x) / reach, (y - middle_y) / reach
        distance = math.hypot(dx, dy)
        # Half the way to an even spread: a spring layout crowds the middle, and outliers would shrink the rest.
        even = math.sqrt((rank[node] + 0.5) / len(places))
        pull = (0.4 * min(distance, 1.15) + 0.6 * even) / distance if distance else 0.0
        scaled[node] = (dx * pull * radius * WIDE, dy * pull * radius)
    return scaled


def _far(place: Place, x: float, y: float) -> float:
    """Give the distance of a place from a point."""
    return math.hypot(place[0] - x, place[1] - y)


def _apart(centres: Sequence[Place], radius: Sequence[float]) -> list[Place]:
    """Move circles until none of them overlap much, a few passes at most."""
    spots = [list(one) for one in centres]
    order = range(len(spots))
    for _ in range(30):
        moved = False
        for one in order:
            for other in range(one + 1, len(spots)):
                dx, dy = spots[other][0] - spots[one][0], spots[other][1] - spots[one][1]
                distance = math.hypot(dx, dy) or 1.0
                lack = (radius[one] + radius[other]) * 1.2 - distance
                if lack > 1:
                    step_x, step_y = dx / distance * lack / 2, dy / distance * lack / 2
                    spots[one][0] -= step_x
                    spots[one][1] -= step_y
                    spots[other][0] += step_x
                    spots[other][1] += step_y
                    moved = True
        if not moved:
            break
    return [(x, y) for x, y in spots]


def _sliced(members: Sequence[str], around: Mapping[str, set[str]]) -> list[list[str]]:
    """Cut a component without communities into runs of a breadth-first walk, of equal size."""
    inside, seen, walk = set(members), set[str](), list[str]()
    for start in sorted(members, key=lambda node: (-len(around[node]), node)):
        if start in seen:
            continue
        seen.add(start)
        head = len(walk)
        walk.append(start)
        while head < len(walk):
            fresh = sorted(other for other in around[walk[head]] & inside if other not in seen)
            seen.update(fresh)
            walk.extend(fresh)
            head += 1
    size = max(40, int(math.sqrt(len(walk)) * 2))
    cuts = [*range(0, len(walk), size), len(walk)]
    return [sorted(walk[one:other]) for one, other in pairwise(cuts)]


def _packed(
    parts: Sequence[Sequence[str]], around: Mapping[str, set[str]], seed: int, width: float, top: float
) -> dict[str, Place]:
    """Set components side by side in rows of the given width, from `top` downwards."""
    places: dict[str, Place] = {}
    left = -width / 2
    x, y, height = left, top, 0.0
    for part in parts:
        own = _arranged(part, around, seed)
        low_x, low_y = min(a for a, _ in own.values()), min(b for _, b in own.values())
        wide, tall = max(a for a, _ in own.values()) - low_x, max(b for _, b in own.values()) - low_y
        if x + wide > left + width and x > left:
            x, y, height = left, y + height + SPACING, 0.0
        places.update({node: (x + a - low_x, y + b - low_y) for node, (a, b) in own.items()})
        x, height = x + wide + SPACING, max(height, tall)
    return places
