"""Ways between two entities: several different ones, those that say most first, each step with the claim that links it.

A way is the cheaper, the fewer steps it has and the fewer claims the entities that it passes through stand in: what is linked
to everything says nothing of how two are linked (the damping of hubs; the cost of an entity is the logarithm of its degree).
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from samgraf.language.phrases import Phrases
from samgraf.library.claimlines import Lines
from samgraf.namespaces import ENTITY
from samgraf.rdf.reading import read_claims, read_entities, read_links, vocabulary
from samgraf.views.facts import Source, take_in

if TYPE_CHECKING:
    from collections.abc import Container

    from samgraf.model import Claim, Entity
    from samgraf.rdf.port import GraphStore
    from samgraf.vocabulary.terms import Vocabulary

MOST_STEPS = 6
_HUB = 3  # how many doublings of the degree cost as much as a step


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
    around: dict[str, list[Claim]] = defaultdict(list)
    for claim in read_links(store):
        if as_of is None or claim.may_hold(as_of):
            for name in {claim.subject, claim.object or ""}:
                around[name].append(claim)
    closed = _qualifiers(store, words)
    found: list[list[Step]] = []
    gone: set[str] = set()
    while start != end and len(found) < most:
        way = _cheapest(around, start, end, closed, gone)
        if not way:
            break
        found.append(way)
        between = {step.end for step in way[:-1]}
        closed |= between
        if not between:
            gone |= {claim.id for claim in around[start] if end in (claim.subject, claim.object)}
    steps = _in_full(store, found)
    entities = {entity.id: entity for entity in read_entities(store, [start, end])}
    take_in(Source(store), entities, [step.claim for way in steps for step in way])
    return Ways(start, end, steps, entities, words)


def _qualifiers(store: GraphStore, words: Vocabulary) -> set[str]:
    """Give the ids of the entities that only say something of others: statuses, roles, units, documents."""
    kinds = " ".join(f"<{kind.iri}>" for kind in words.classes.values() if kind.qualifier)
    rows = store.select(f"SELECT ?s WHERE {{ VALUES ?kind {{ {kinds} }} ?s sam:primaryType ?kind }}").rows
    return {getattr(s, "value", "").removeprefix(ENTITY) for (s,) in rows}


def _cheapest(
    around: dict[str, list[Claim]], start: str, end: str, closed: Container[str], gone: Container[str]
) -> list[Step]:
    """Give the cheapest way that passes through nothing closed and goes by no claim that is gone; empty when there is none."""
    queue: list[tuple[float, int, str, list[Step]]] = [(0.0, 0, start, [])]
    done: set[str] = set()
    count = 0
    while queue:
        cost, _, here, steps = heapq.heappop(queue)
        if here == end:
            return steps
        if here in done or len(steps) >= MOST_STEPS:
            continue
        done.add(here)
        for claim in around[here]:
            there = claim.object if claim.subject == here else claim.subject
            if there is None or there in done or claim.id in gone or (there != end and there in closed):
                continue
            count += 1
            passing = 0.0 if there == end else math.log2(2 + len(around[there])) / _HUB
            heapq.heappush(queue, (cost + 1.0 + passing, count, there, [*steps, Step(here, claim, there)]))
    return []


def _in_full(store: GraphStore, found: list[list[Step]]) -> list[list[Step]]:
    """Give the ways with all that their claims say."""
    if not found:
        return []
    whole = {claim.id: claim for claim in read_claims(store, {step.start for steps in found for step in steps})}
    return [[step._replace(claim=whole[step.claim.id]) for step in steps] for steps in found]
