"""Operators that count and compare: how many, the first or last, the most or fewest, the difference of two figures."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from samgraf.ask.plans import COUNT, ENTITY, NUMBER, Answer, Plan, Row
from samgraf.ask.question import EMPTY
from samgraf.ask.sets import united
from samgraf.ask.steps import events
from samgraf.store.ground import OBJECT, SUBJECT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from samgraf.ask.question import Mention
    from samgraf.ask.scene import Scene

_FEW = 60
_PAIRS = 400


def counted(scene: Scene, groups: list[Plan]) -> Iterator[Plan]:
    """Yield how many there are: of lists that a document gives as whole."""
    if scene.question.asked != "number":
        return
    for plan in groups[:_FEW]:
        if plan.place and plan.answers()[0].kind == ENTITY:
            number = Answer(COUNT, len(plan.answers()))
            facts = plan.facts()
            yield plan._replace(operator="count", rows=(Row(facts, number),))


def dated(scene: Scene, groups: list[Plan]) -> Iterator[Plan]:
    """Yield the first or the last of several, by their dates."""
    for name, choose in (("first", min), ("last", max)):
        words = scene.question.operators.get(name)
        if not words:
            continue
        for plan in groups[:_FEW]:
            days = [_day(scene, row) for row in plan.rows]
            if len(plan.rows) < 2 or any(d is None for d in days) or len(set(days)) < 2:
                continue
            day = choose(d for d in days if d)
            kept = tuple(r for r, d in zip(plan.rows, days, strict=True) if d == day)
            yield plan._replace(operator=name, rows=kept, bound=united(plan.bound, {}, operator=words), complete=False)


def ahead(scene: Scene, groups: list[Plan]) -> Iterator[Plan]:
    """Yield the next or the previous of several: as of the day asked for, else as the newest document knows."""
    for name, like, choose in (("next", "first", min), ("previous", "last", max)):
        words = scene.question.operators.get(name)
        if not words:
            continue
        for plan in [*groups[:_FEW], *events(scene, groups)]:
            days = [_day(scene, row) for row in plan.rows]
            now = scene.as_of or _newest(scene, plan)
            there = [d for d in days if d and (d > now if name == "next" else d < now)]
            if len(plan.rows) < 2 or not there:
                continue
            day = choose(there)
            kept = tuple(r for r, d in zip(plan.rows, days, strict=True) if d == day)
            yield plan._replace(operator=like, rows=kept, bound=united(plan.bound, {}, operator=words), complete=False)


def _newest(scene: Scene, plan: Plan) -> str:
    """Give the day of the newest document that a plan stands on."""
    ground = scene.ground
    days = [ground.documents.get(ground.claim(n).document, (None, None))[1] for n in plan.facts()]
    return max((day.earliest for day in days if day), default="")


def _day(scene: Scene, row: Row) -> str | None:
    claim = scene.ground.claim(row.facts[0])
    if claim.moment is not None:
        return claim.moment.earliest
    if row.answer.kind == ENTITY:
        for number in scene.ground.group("", SUBJECT, str(row.answer.key)):
            other = scene.ground.claim(number)
            if other.moment is not None and not other.superseded_by:
                return other.moment.earliest
    start = claim.effective.start or claim.start
    return start.earliest if start else None


def most(scene: Scene, groups: list[Plan]) -> Iterator[Plan]:
    """Yield those that stand in the most or the fewest rows of a relation, among those of the class that is asked for."""
    del groups
    for name, choose in (("most", max), ("least", min)):
        words = scene.question.operators.get(name)
        if not words:
            continue
        heads = [m for m in scene.question.classes if not m.words & EMPTY.union(*(w for w, _ in scene.names), EMPTY)]
        for relation, said in scene.relation_words.items():
            numbers = scene.ground.all_of(relation)
            scene.ground.fetch(numbers)
            for answering, counted_ in ((SUBJECT, OBJECT), (OBJECT, SUBJECT)):
                for head in heads:
                    for thing in _others(heads, head):
                        found: dict[str, dict[str, int]] = defaultdict(dict)
                        for number in numbers:
                            claim = scene.ground.claim(number)
                            ends = {SUBJECT: claim.subject, OBJECT: claim.object}
                            one, other = ends[answering], ends[counted_]
                            if not one or not other or not claim.firm or not scene.ground.is_a(one, (head.key,)):
                                continue
                            if thing is None or scene.ground.is_a(other, (thing.key,)):
                                found[one][other] = number
                        if len(found) < 2:
                            continue
                        top = choose(len(f) for f in found.values())
                        rows = tuple(
                            Row(tuple(f.values()), Answer(ENTITY, one))
                            for one, f in sorted(found.items())
                            if len(f) == top
                        )
                        bound = {
                            "relation": said,
                            "class": head.words | (thing.words if thing else EMPTY),
                            "operator": words,
                        }
                        yield Plan(name, (relation,), (), answering, rows, bound, (head.key,))


def _others(heads: list[Mention], head: Mention) -> list[Mention | None]:
    """Give the classes beside this one, or none."""
    return [*(m for m in heads if m.words != head.words)] or [None]


def difference(scene: Scene, groups: list[Plan]) -> Iterator[Plan]:
    """Yield the difference of two figures, each singled out by words of its own."""
    words = scene.question.operators.get("difference")
    if not words:
        return
    numbers = [p for p in groups[:_PAIRS] if len(p.answers()) == 1 and p.answers()[0].kind == NUMBER and p.place == "v"]
    for at, one in enumerate(numbers[:_FEW]):
        for other in numbers[at + 1 : _FEW]:
            first, second = (scene.ground.claim(p.rows[0].facts[0]) for p in (one, other))
            if one.rows[0].facts == other.rows[0].facts or first.unit != second.unit:
                continue
            if not (one.words() - other.words()) or not (other.words() - one.words()):
                continue
            a, b = one.answers()[0].key, other.answers()[0].key
            if isinstance(a, int | float) and isinstance(b, int | float):
                gap = round(abs(a - b), 6)
                rows = (
                    Row(one.rows[0].facts + other.rows[0].facts, Answer(NUMBER, int(gap) if gap == int(gap) else gap)),
                )
                yield Plan("difference", one.relations, one.fixed + other.fixed, "v", rows,
                           united(one.bound, other.bound, operator=words))  # fmt: skip
