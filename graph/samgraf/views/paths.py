"""Ways between two entities: several different ones, those that say most first, each step with the claim that links it.

A way is the cheaper, the fewer steps it has and the fewer claims the entities that it passes through stand in: what is linked
to everything says nothing of how two are linked (the damping of hubs; the cost of an entity is the logarithm of its degree). Only
what is on the way is read: the degree of an entity when it is the next that a way could pass through, its claims when one does.
"""

from __future__ import annotations

import heapq
import math
from typing import TYPE_CHECKING, Any, NamedTuple

from samgraf.language.phrases import Phrases
from samgraf.library.claimlines import Lines
from samgraf.rdf.links import Links
from samgraf.rdf.reading import read_claims, read_entities, vocabulary
from samgraf.views.facts import Source, take_in

if TYPE_CHECKING:
    from collections.abc import Container

    from samgraf.model import Claim, Entity
    from samgraf.rdf.port import GraphStore
    from samgraf.vocabulary.terms import Vocabulary

MOST_STEPS = 6
_HUB = 3  # how many doublings of the degree cost as much as a step


_Waiting = tuple[float, int, "float | None", str, "list[Step]"]
"""A way that could go on: its cost or the least that it may be, a number, its cost without where it goes to when that has not
been weighed, to where, and by which steps."""


class Step(NamedTuple):
    """One step of a way: from an entity, by a claim, to the next."""

    start: str
    claim: Claim
    end: str


class Ways(NamedTuple):
    """The ways found from one entity to another, and what is needed to put them into words."""

    start: str
    end: str
    steps: list[list[Step]]
    entities: dict[str, Entity]
    vocabulary: Vocabulary

    def data(self, language: str) -> dict[str, Any]:
        """Give them as JSON has it: each step from what, by which relation and claim, to what, in words and with its source."""
        lines = Lines(self.entities, self.vocabulary, language)
        phrases = Phrases(self.entities, self.vocabulary, language)
        ends = {key: lines.entity(name) for key, name in (("from", self.start), ("to", self.end))}
        told = [{"steps": [_data(step, lines, phrases) for step in steps]} for steps in self.steps]
        return {**ends, "lang": language, "answered": bool(told), "paths": told}


def _data(step: Step, lines: Lines, phrases: Phrases) -> dict[str, Any]:
    label = phrases.relation(step.claim, step.start)
    relation = {"name": step.claim.predicate, "label": label, "inverse": step.claim.subject != step.start}
    return {
        "from": lines.entity(step.start),
        "relation": relation,
        "to": lines.entity(step.end),
        "text": f"{label}: {phrases.sentence(step.claim, step.start)}",
        "claim": lines.line(step.claim),
        "evidence": [passage.data() for passage in step.claim.sources()],
    }


def ways(store: GraphStore, start: str, end: str, most: int = 3, as_of: str | None = None) -> Ways:
    """Give up to ``most`` ways from one entity to another (by id), no two of them through the same entity.

    Only firm claims are gone by, and with ``as_of`` those that held that day or may have; statuses, roles, units and
    documents are not passed through. There are none when nothing links the two in six steps.
    """
    words = vocabulary(store)
    links = Links(store, [kind.iri for kind in words.classes.values() if kind.qualifier])
    closed: set[str] = set()
    found: list[list[Step]] = []
    gone: set[str] = set()
    while start != end and len(found) < most:
        way = _cheapest(links, (start, end), closed, gone, as_of)
        if not way:
            break
        found.append(way)
        between = {step.end for step in way[:-1]}
        closed |= between
        if not between:
            gone |= {claim.id for claim in links.about(start) if end in (claim.subject, claim.object)}
    steps = _in_full(store, found)
    entities = {entity.id: entity for entity in read_entities(store, [start, end])}
    take_in(Source(store), entities, [step.claim for way in steps for step in way])
    return Ways(start, end, steps, entities, words)


def _cheapest(
    links: Links, ends: tuple[str, str], closed: Container[str], gone: Container[str], as_of: str | None
) -> list[Step]:
    """Give the cheapest way that passes through nothing closed and goes by no claim that is gone; empty when there is none.

    What it could pass through waits at the least that it may cost, and is weighed when that is the least of all.
    """
    start, end = ends
    queue: list[_Waiting] = [(0.0, 0, None, start, [])]
    done: set[str] = set()
    count = 0
    while queue:
        first = heapq.heappop(queue)
        cost, _, before, here, steps = first
        if here in done or len(steps) > MOST_STEPS:
            continue
        if before is not None:
            _weigh(links, queue, first)
            continue
        if here == end:
            return steps
        if len(steps) == MOST_STEPS:
            continue
        done.add(here)
        for claim in links.about(here):
            there = claim.object if claim.subject == here else claim.subject
            if there is None or there in done or claim.id in gone or (there != end and there in closed):
                continue
            if as_of is None or claim.may_hold(as_of):
                count += 1
                way = [*steps, Step(here, claim, there)]
                if there == end:
                    heapq.heappush(queue, (cost + 1.0, count, None, there, way))
                else:
                    heapq.heappush(queue, (cost + 1.0 + _passing(1), count, cost + 1.0, there, way))
    return []


def _passing(degree: int) -> float:
    return math.log2(2 + degree) / _HUB


def _weigh(links: Links, queue: list[_Waiting], first: _Waiting) -> None:
    """Put what waits at the same least cost where it belongs by what it does cost; leave out what only says something of others."""
    same = [first]
    while queue and queue[0][0] == first[0]:
        same.append(heapq.heappop(queue))
    links.weigh(here for _, _, before, here, _ in same if before is not None)
    for cost, count, before, here, steps in same:
        if before is None:
            heapq.heappush(queue, (cost, count, None, here, steps))
        elif not links.qualifies(here):
            heapq.heappush(queue, (before + _passing(links.degree(here)), count, None, here, steps))


def _in_full(store: GraphStore, found: list[list[Step]]) -> list[list[Step]]:
    """Give the ways with all that their claims say."""
    if not found:
        return []
    whole = {claim.id: claim for claim in read_claims(store, {step.start for steps in found for step in steps})}
    return [[step._replace(claim=whole[step.claim.id]) for step in steps] for steps in found]
