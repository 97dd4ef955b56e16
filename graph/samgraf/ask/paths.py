"""Paths between entities: how two are linked, with hubs damped so that a path says something."""

from __future__ import annotations

import heapq
import math
from typing import TYPE_CHECKING, NamedTuple

from samgraf.ask.reply import entity_answer, evidence_of

if TYPE_CHECKING:
    from samgraf.ask.asked import Asked
    from samgraf.ask.index import ClaimRow, Index
    from samgraf.ask.reply import Reply

_QUIET = frozenset(("Status", "UnitOfMeasure", "Role", "Document"))
_MOST_STEPS = 6


class Step(NamedTuple):
    """One step of a path: from an entity, by a claim, to the next."""

    start: int
    claim: ClaimRow
    end: int


def find_path(index: Index, start: int, end: int, *, as_of: str | None = None) -> list[Step]:
    """Give the cheapest path; passing through an entity costs the more, the more claims it stands in (log of its degree).

    Derived claims, statuses, roles, units and documents are not passed through. Empty when there is no path.
    """
    queue: list[tuple[float, int, int, list[Step]]] = [(0.0, 0, start, [])]
    done: set[int] = set()
    count = 0
    while queue:
        cost, _, here, steps = heapq.heappop(queue)
        if here == end:
            return steps
        if here in done or len(steps) >= _MOST_STEPS:
            continue
        done.add(here)
        claims = [c for c in index.about(here) if _usable(c, as_of)]
        index.preload(claims)
        for claim in claims:
            there = claim.o if claim.s == here else claim.s
            if there is None or there in done:
                continue
            entity = index.entity(there)
            if there != end and set(entity.types) & _QUIET:
                continue
            count += 1
            passing = 0.0 if there == end else math.log2(2 + entity.degree) / 3
            heapq.heappush(queue, (cost + 1.0 + passing, count, there, [*steps, Step(here, claim, there)]))
    return []


def _usable(claim: ClaimRow, as_of: str | None) -> bool:
    if claim.o is None or claim.derived or claim.superseded or claim.modality != "stated":
        return False
    return as_of is None or (claim.start_earliest or "0") <= as_of <= (claim.until_latest or "9")


def link_reply(asked: Asked) -> Reply | None:
    """Answer 'what links A and B' with what lies on the way, or with the claim that links them directly.

    Left to the plain reading when the question does not name two, or asks for something else besides.
    """
    from samgraf.ask.operators import outer_names

    names = outer_names(asked)
    if len(names) != 2 or asked.question.kind is not None:
        return None
    one, other = names[0][2][0], names[1][2][0]
    steps = find_path(asked.index, one, other, as_of=asked.as_of)
    if not steps:
        return None
    between = [s.end for s in steps[:-1]]
    shown = _alternatives(asked.index, one, other, between) if len(between) == 1 else between
    evidence = evidence_of(asked.store, [s.claim.iri for s in steps])
    answers = []
    for number in shown or [other]:
        answer = entity_answer(asked.index, asked.index.entity(number).iri, asked.language)
        answer["evidence"] = [e for s in steps if number in (s.start, s.end) for e in evidence[s.claim.iri]]
        answers.append(answer)
    values = " ".join(f"<{s.claim.iri}>" for s in steps)
    query = (
        "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>\n"
        f"SELECT ?claim ?from ?relation ?to WHERE {{\n  VALUES ?claim {{ {values} }}\n"
        "  ?claim rdf:subject ?from ; rdf:predicate ?relation ; rdf:object ?to }"
    )
    return asked.reply(answers, query, None)


def _alternatives(index: Index, one: int, other: int, found: list[int]) -> list[int]:
    """Give all that link the two in two steps and are no greater hubs than the best one."""

    def near(number: int) -> set[int]:
        ends = {c.o if c.s == number else c.s for c in index.about(number) if _usable(c, None)}
        return {n for n in ends if n is not None and n != number}

    limit = max(index.entity(n).degree for n in found) * 1.5
    both = [n for n in near(one) & near(other) if index.entity(n).degree <= limit]
    return sorted({*both, *found}, key=lambda n: (index.entity(n).degree, index.entity(n).iri))
