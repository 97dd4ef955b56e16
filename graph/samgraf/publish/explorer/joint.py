"""The network of actors: who is joined to whom by the things that they share, where each lies, and in which community."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from samgraf.views.network import layout

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from samgraf.model import Collaboration

CROWD = 60
"""In the layout a thing with more actors than this joins its first ones only: all pairs of a crowd bring nobody nearer."""


class Joint(NamedTuple):
    """The actors that share something, in the order of their ids, each with a place and the number of its community."""

    actors: tuple[str, ...]
    places: tuple[tuple[int, int], ...]
    communities: tuple[int, ...]


def joint(rows: Iterable[Collaboration], belonging: Iterable[tuple[str, str]] = ()) -> Joint:
    """Lay out the actors that collaborate. Things where everybody is in join nobody. The same rows give the same places."""
    shared = pairs(rows, belonging)
    around: dict[str, set[str]] = defaultdict(set)
    for a, b in shared:
        around[a].add(b)
        around[b].add(a)
    actors = sorted(around)
    places = layout({a: around[a] for a in actors}) if actors else {}
    home = {one: number for number, group in enumerate(_communities(actors, shared)) for one in group}
    spots = tuple((round(places[a][0]), round(places[a][1])) for a in actors)
    return Joint(tuple(actors), spots, tuple(home[a] for a in actors))


def _communities(actors: Sequence[str], shared: Mapping[tuple[str, str], set[str]]) -> list[list[str]]:
    """Part the actors into groups that share most among themselves (Louvain's method), the largest first."""
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(actors)
    graph.add_weighted_edges_from((a, b, len(things)) for (a, b), things in sorted(shared.items()))
    groups = [sorted(one) for one in nx.community.louvain_communities(graph, seed=0)]
    return sorted(groups, key=lambda one: (-len(one), one))


def pairs(rows: Iterable[Collaboration], belonging: Iterable[tuple[str, str]] = ()) -> dict[tuple[str, str], set[str]]:
    """Give the things that each two actors share, those aside that belong to one another."""
    apart = {(min(pair), max(pair)) for pair in belonging}
    inside: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.collaborates and not row.everybody:
            inside[row.root].add(row.actor)
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for root, actors in inside.items():
        for a, b in combinations(sorted(actors)[:CROWD], 2):
            if (a, b) not in apart:
                found[a, b].add(root)
    return dict(found)
