"""Operators that go a step beyond a group: to what its answers are linked to, to their dates, to what links two ends."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from samgraf.ask.groups import bound_by, by_class
from samgraf.ask.plans import DATE, ENTITY, EVERY, Answer, Plan, Row, answer_at
from samgraf.ask.question import EMPTY
from samgraf.ask.sets import united
from samgraf.store.ground import OBJECT, SUBJECT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from samgraf.ask.scene import Scene

_DESCRIBED = 2
"""More words of its names than these tell which thing is meant, though it is not named in full."""
_FEW = 60
_MIDDLES = 12
_PAIRS = 400
_THROUGH = "through"
"""What a thing that decides or proposes is about needs no word of its own: 'what was decided of the board'."""


def paths(scene: Scene, groups: list[Plan]) -> Iterator[Plan]:  # noqa: C901  (two steps, each with its conditions)
    """Yield what is two steps from a named end, each step by a relation that is mentioned, through all that lies between."""
    ground = scene.ground
    mentioned = {r.partition("/")[0] for r in scene.relation_words}
    if not mentioned:
        return
    through, made = ground.answering.get(_THROUGH, frozenset()), 0
    for first in groups[:_PAIRS]:
        if not first.fixed or first.rows[0].answer.kind != ENTITY or len(first.answers()) > _MIDDLES:
            continue
        described = len(first.bound.get("end", EMPTY) - scene.date_words) > _DESCRIBED
        unsaid = not (first.bound.get("relation") or first.bound.get("class"))
        if not (first.fixed[0][1] in scene.named or described) or (unsaid and first.relations[0] not in through):
            continue
        middles = [str(a.key) for a in first.answers()]
        links: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
        for middle in middles:
            for number in ground.about(middle)[:_FEW]:
                claim = ground.claim(number)
                if claim.predicate not in mentioned or claim.superseded_by:
                    continue
                place, far = (SUBJECT, OBJECT) if claim.subject == middle else (OBJECT, SUBJECT)
                for answering in ("v",) if unsaid else (far, "v", "r", "f") if place == SUBJECT else (far, "r", "f"):
                    answer = answer_at(claim, answering)
                    if answer is None or answer.key in scene.named or answer.key in middles:
                        continue
                    how = tuple(n for r in first.rows if r.answer.key == middle for n in r.facts)
                    links[claim.predicate, place, answering].append(Row((number, *how), answer))
        for (relation, _, answering), rows in sorted(links.items()):
            words = scene.relation_words.get(relation, EMPTY)
            own = words - first.bound.get("relation", EMPTY)
            if not own - scene.question.light or relation in first.relations:
                continue
            made += 1
            if made > _PAIRS:
                return
            yield from _path(scene, first, relation, answering, rows, own)


def _path(
    scene: Scene, first: Plan, relation: str, answering: str, rows: list[Row], words: frozenset[int]
) -> Iterator[Plan]:
    for classes, class_words, kept in by_class(scene, rows):
        each = [bound_by(scene, Row(r.facts[:1], r.answer), answering) for r in kept]
        bound = {k: frozenset.intersection(*(b[k] for b in each)) for k in each[0]}
        bound = united(first.bound, bound)
        bound["relation"] = bound.get("relation", EMPTY) | words
        bound["class"] = bound.get("class", EMPTY) | class_words
        bound["some"] = EMPTY.union(*(w for b in each for w in b.values()))
        yield Plan("path", (*first.relations, relation), first.fixed, answering, tuple(kept), bound, classes)


def events(scene: Scene, groups: list[Plan]) -> Iterator[Plan]:
    """Yield the dates of several things of one class that a named whole has: 'the meetings of the committee, when'."""
    if scene.question.asked not in ("when", "anything"):
        return
    ground = scene.ground
    names = EMPTY.union(*(words for words, _ in scene.names), EMPTY)
    for plan in groups[:_FEW]:
        if (
            plan.rows[0].answer.kind != ENTITY
            or not plan.fixed
            or not (plan.bound["relation"] | plan.bound.get("class", EMPTY)) - names
            or len(plan.answers()) > _FEW
            or plan.operator != "rows"
        ):
            continue
        rows: dict[str, list[Row]] = defaultdict(list)
        for answer in plan.answers():
            for number in ground.group("", SUBJECT, str(answer.key)):
                claim = ground.claim(number)
                if claim.moment is not None and not claim.superseded_by:
                    rows[claim.predicate].append(Row((number,), Answer(DATE, claim.moment.edtf)))
        for relation, found in rows.items():
            said = scene.relation_words.get(relation, EMPTY)
            years = scene.date_words
            kept = [r for r in found if not years or years <= scene.claim_words(r.facts[0])] or found
            if len(kept) >= max(1, len(plan.answers()) // 2):
                dates = years if kept is not found else EMPTY
                bound = united(plan.bound, {}, relation=plan.bound["relation"] | said, operator=dates)
                relations = (*plan.relations, relation)
                yield plan._replace(operator="dates", relations=relations, place="v", rows=tuple(kept), bound=bound)


def linked(scene: Scene, groups: list[Plan]) -> Iterator[Plan]:
    """Yield what links two named ends, by whatever relations."""
    del groups
    words = scene.question.operators.get("link", EMPTY)
    ends = [e for e in scene.named if scene.named[e] - scene.question.stop]
    if not words or len(ends) < 2:
        return
    reached: list[dict[str, int]] = []
    for end in ends[:2]:
        near: dict[str, int] = {}
        for number in scene.ground.about(end):
            claim = scene.ground.claim(number)
            far = claim.object if claim.subject == end else claim.subject
            if far and claim.firm and not scene.ground.kinds_qualify(far):
                near.setdefault(far, number)
        reached.append(near)
    shared = sorted(reached[0].keys() & reached[1].keys() - set(ends))
    if shared:
        rows = tuple(Row((reached[0][s], reached[1][s]), Answer(ENTITY, s)) for s in shared)
        bound = {"name": EMPTY.union(*(scene.named[e] for e in ends[:2])), "operator": words}
        yield Plan("link", (EVERY,), tuple((SUBJECT, e) for e in ends[:2]), OBJECT, rows, bound)
