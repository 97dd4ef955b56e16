"""Networks for analysis, made from the table of collaborations, with the measures that analysts ask for.

``actors``: actors tied by the things that they share (strength: how many, things that everybody is in left out). ``things``: things
tied by the actors that are in both. ``both``: actors tied to the things that they are in. Two are tied only where both were in it
at the same time, as `samgraf.views.partners` has it.

Sources: Freeman 1977 (betweenness), Burt 1992 (constraint), Raghavan et al. 2007 (communities).
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING, Any

import networkx as nx

from samgraf.views.network.measures import communities

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from samgraf.model import Collaboration

KINDS = ACTORS, THINGS, BOTH = ("actors", "things", "both")
MEASURES = ("degree", "weight", "betweenness", "constraint", "community")
_DIGITS = 4
_TELLING = 3


def project(
    rows: Iterable[Collaboration],
    kind: str,
    day: str | None = None,
    belonging: Collection[tuple[str, str]] = (),
) -> nx.Graph[str]:
    """Give a network of one of KINDS; with ``day`` (ISO), of what held then, or may have.

    Pairs in ``belonging`` (who belongs to whom) are not tied: nobody collaborates with a part of itself.

    Nodes are ids of entities; edges have ``weight`` and ``shared``: the ids of the things, or actors, that make the tie, sorted.
    Claims that are only proposed or expected make no tie.
    """
    there = [
        row
        for row in rows
        if row.collaborates and not row.everybody and row.modality == "stated" and (day is None or row.may_hold(day))
    ]
    if kind == BOTH:
        ties = {(row.actor, row.root): {row.root} for row in there}
    elif kind == ACTORS:
        ties = _ties(there, lambda row: row.actor, lambda row: row.root)
    else:
        ties = _ties(there, lambda row: row.root, lambda row: row.actor)
    graph: nx.Graph[str] = nx.Graph()
    ends = {node for row in there for node in _nodes(row, kind)}
    graph.add_nodes_from(sorted(ends))
    for (one, other), shared in sorted(ties.items()):
        if (one, other) in belonging or (other, one) in belonging:
            continue
        graph.add_edge(one, other, weight=len(shared), shared=sorted(shared))
    return graph


def _nodes(row: Collaboration, kind: str) -> tuple[str, ...]:
    return (row.actor, row.root) if kind == BOTH else (row.actor,) if kind == ACTORS else (row.root,)


def _ties(
    rows: list[Collaboration], end: Callable[[Collaboration], str], by: Callable[[Collaboration], str]
) -> dict[tuple[str, str], set[str]]:
    """Tie the ends of the rows that have the same ``by`` and can have held at the same time."""
    met: dict[str, list[Collaboration]] = {}
    for row in rows:
        met.setdefault(by(row), []).append(row)
    found: dict[tuple[str, str], set[str]] = {}
    for shared, group in met.items():
        for one, other in combinations(group, 2):
            if end(one) != end(other) and one.overlaps(other):
                pair = min(end(one), end(other)), max(end(one), end(other))
                found.setdefault(pair, set()).add(shared)
    return found


def constraints(graph: nx.Graph[str]) -> dict[str, float]:
    """Give Burt's constraint of each node that has ties (R. S. Burt, Structural Holes, 1992, p. 54), by weight.

    What `networkx.constraint` gives, which works out each share of a node's ties anew for each pair of its neighbours: among
    things that many share that takes a hundred times as long.
    """
    shares: dict[str, dict[str, float]] = {}
    for node, ties in graph.adjacency():
        every = sum(tie["weight"] for tie in ties.values())
        shares[node] = {other: tie["weight"] / every for other, tie in ties.items()}
    found = {}
    for node, own in shares.items():
        invested = dict(own)
        for between, share in own.items():
            for other, further in shares[between].items():
                if other in invested:
                    invested[other] += share * further
        if own:
            found[node] = sum(share * share for share in invested.values())
    return found


def measured(graph: nx.Graph[str]) -> dict[str, dict[str, Any]]:
    """Give the MEASURES of each node, those with most ties first. Who has no tie has no constraint.

    ``degree`` is how many it is tied to, ``weight`` by how many things in all, ``betweenness`` the share of shortest ways between
    others that go through it, ``constraint`` how much its ties lead to the same few (low: it reaches over gaps), ``community`` the
    number of its group, the largest being 1.
    """
    between = nx.betweenness_centrality(graph)
    constraint = constraints(graph)
    groups = communities({node: set(graph.neighbors(node)) for node in graph})
    community = {node: number for number, group in enumerate(groups, 1) for node in group}
    rows: dict[str, dict[str, Any]] = {
        node: {
            "degree": int(graph.degree(node)),
            "weight": int(graph.degree(node, weight="weight")),
            "betweenness": round(between[node], _DIGITS),
            "constraint": round(constraint[node], _DIGITS) if node in constraint else None,
            "community": community[node],
        }
        for node in graph
    }
    return dict(sorted(rows.items(), key=lambda item: (-item[1]["weight"], -item[1]["degree"], item[0])))


def brokers(
    rows: list[Collaboration],
    fields: tuple[set[str], set[str]],
    day: str | None,
    belonging: Collection[tuple[str, str]],
) -> dict[str, dict[str, Any]]:
    """Give the actors who are in both of two fields (each the things under it), those who lead most over first.

    ``first`` and ``second`` are how many things of each they are in, ``between`` the share of shortest ways from those who are only
    in the first to those who are only in the second that go through them (betweenness of a subset: Brandes 2008, 3.3).
    """
    inside = [within(rows, field) for field in fields]
    graph = project([*inside[0], *inside[1]], ACTORS, day, belonging)
    things: list[dict[str, set[str]]] = [{}, {}]
    for found, some in zip(things, inside, strict=True):
        for actor, thing in project(some, BOTH, day).edges():
            one, other = (actor, thing) if actor in graph else (thing, actor)
            found.setdefault(one, set()).add(other)
    first, second = things
    ends = sorted(first.keys() - second.keys()), sorted(second.keys() - first.keys())
    pairs = len(ends[0]) * len(ends[1]) or 1
    between = nx.betweenness_centrality_subset(graph, *ends, normalized=False)  # networkx halves what it counts once
    told = {
        actor: {
            "first": len(first[actor]),
            "second": len(second[actor]),
            "between": round(2 * between[actor] / pairs, _DIGITS),
        }
        for actor in first.keys() & second.keys()
    }
    return dict(
        sorted(told.items(), key=lambda item: (-item[1]["between"], -item[1]["first"] - item[1]["second"], item[0]))
    )


def within(rows: Iterable[Collaboration], things: Collection[str]) -> list[Collaboration]:
    """Give what is said of some things, their parts included."""
    return [row for row in rows if row.root in things or row.thing in things]


def changes(rows: dict[str, dict[str, Any]], before: dict[str, dict[str, Any]]) -> None:
    """Add to the measures of each node how much more ties, strength and betweenness it has than before."""
    for node, row in rows.items():
        for name in MEASURES[:3]:
            row[f"{name}_change"] = round(row[name] - before.get(node, {}).get(name, 0), _DIGITS)


def grouped(graph: nx.Graph[str], rows: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Give the communities of two or more: number, members, and what most of the ties inside are made of."""
    members: dict[int, list[str]] = {}
    for node, row in rows.items():
        members.setdefault(row["community"], []).append(node)
    inside: dict[int, Counter[str]] = {}
    for one, other, data in graph.edges(data=True):
        if rows[one]["community"] == rows[other]["community"]:
            inside.setdefault(rows[one]["community"], Counter()).update(data["shared"])
    return [
        {
            "community": number,
            "members": names,
            "by": [name for name, _ in sorted(inside.get(number, Counter()).items(), key=lambda i: (-i[1], i[0]))][
                :_TELLING
            ],
        }
        for number, names in sorted(members.items())
        if len(names) > 1
    ]
