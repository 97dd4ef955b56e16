"""Operators on whole lists: what several have in common, what one has that another has not, and what two say together."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from samgraf.ask.involvement import is_half
from samgraf.ask.plans import COUNT, ENTITY, Answer, Plan, Row, in_whatever_way
from samgraf.ask.question import EMPTY
from samgraf.ask.rules import is_asked
from samgraf.store.ground import OBJECT, SUBJECT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from samgraf.ask.scene import Scene

_FEW = 60
_STATUS = "familyStatus"
_PAIRS = 400


def united(
    one: dict[str, frozenset[int]], other: dict[str, frozenset[int]], **more: frozenset[int]
) -> dict[str, frozenset[int]]:
    """Give what two plans bind together, and what else is bound."""
    joined = {key: one.get(key, EMPTY) | other.get(key, EMPTY) for key in {*one, *other}}
    return {**joined, **more}


def common(scene: Scene, groups: list[Plan]) -> Iterator[Plan]:
    """Yield what two or three named ends have in common, by the same relation or each by one that is mentioned; or how many."""
    for plan in _in_common(scene, groups):
        yield plan
        if plan.complete and scene.question.asked == "number":
            yield plan._replace(operator="count", rows=(Row(_answering(plan), Answer(COUNT, len(plan.answers()))),))


def _answering(plan: Plan) -> tuple[int, ...]:
    return tuple(dict.fromkeys(row.facts[0] for row in plan.rows))


def _in_common(scene: Scene, groups: list[Plan]) -> Iterator[Plan]:
    by_end = _by_end(scene, groups)
    ends = sorted(by_end, key=lambda e: min(scene.named[e]))
    pairs: list[tuple[str, Plan]] = []
    for one_end, other_end in combinations(ends, 2):
        if scene.named[one_end] & scene.named[other_end]:
            continue
        for one in by_end[one_end]:
            for other in by_end[other_end]:
                plan = _shared(scene, one, other)
                if plan is None:
                    continue
                pairs.append((other_end, plan))
                yield plan
                if len(pairs) > _PAIRS:
                    return
    for last_end, pair in pairs:
        for end in ends[ends.index(last_end) + 1 :]:
            if scene.named[end] & EMPTY.union(*(scene.named[e] for _, e in pair.fixed)):
                continue
            for other in by_end[end]:
                plan = _shared(scene, pair, other)
                if plan is not None:
                    yield plan


def lists(scene: Scene, groups: list[Plan]) -> Iterator[Plan]:
    """Yield the lists of things around named ends, with all their rows."""
    for plan in groups:
        named = plan.fixed and plan.fixed[0][1] in scene.named
        if named and plan.rows[0].answer.kind == ENTITY and not plan.narrowed:
            yield plan


def _by_end(scene: Scene, groups: list[Plan], *, halves: bool = False) -> dict[str, list[Plan]]:
    """Give the lists that are asked for, by their named end; who names a status asks for what has it.

    Where no word says in what way, whoever is in a thing is meant, its hosts as well as its members, if not ``halves`` will do.
    """
    found: dict[str, list[Plan]] = defaultdict(list)
    whole: dict[str, list[Plan]] = defaultdict(list)
    anyhow = in_whatever_way(scene.ground.relations.values())
    for plan in lists(scene, groups):
        relation = scene.ground.relations.get(plan.relations[0])
        ((place, end),) = plan.fixed
        if place == OBJECT and plan.relations[0] in anyhow:
            whole[end].append(plan)
        elif is_asked(scene, plan) or (relation and relation.family == _STATUS and plan.place == SUBJECT):
            found[end].append(plan)
    for end, plans in whole.items():
        some = [p for p in found[end] if is_half(scene, p.relations[0], OBJECT, end)]
        if (some and not halves and not scene.together) or any(is_asked(scene, p) for p in plans):
            found[end] = [p for p in found[end] if halves or scene.together or p not in some] + plans
    return found


def _shared(scene: Scene, one: Plan, other: Plan) -> Plan | None:
    """Give the answers that stand in both lists, of the same class."""
    if other.classes != one.classes:
        return None
    answers = {r.answer: r for r in one.rows}
    shared = tuple(Row(answers[r.answer].facts + r.facts, r.answer) for r in other.rows if r.answer in answers)
    if not shared:
        return None
    words = EMPTY.union(*(scene.question.operators.get(o, EMPTY) for o in ("common", "link")))
    if one.relations == other.relations:
        words |= scene.relation_words.get("collaboratesWith", EMPTY)
    relations = tuple(dict.fromkeys(one.relations + other.relations))
    bound = united(one.bound, other.bound, operator=words)
    whole = _of_all(scene, one, other) or _of_all(scene, other, one)
    return Plan("common", relations, one.fixed + other.fixed, one.place, shared, bound, one.classes, whole)


def _of_all(scene: Scene, one: Plan, other: Plan) -> bool:
    """Tell whether a list is whole and so is the other, or what each of its things has for the other's relation is known."""
    if not one.complete:
        return False
    known = (scene.ground.group(other.relations[-1], other.place, str(a.key)) for a in one.answers())
    return other.complete or all(known)


def less(scene: Scene, groups: list[Plan]) -> Iterator[Plan]:
    """Yield what stands in the list of one named end and not in that of another, which is named after the *not*.

    The two lists have to meet: what was never in the same place cannot be left out of it. What any claim links to the other end
    is in it in some way, and no answer. And the other list has to be whole: what a list that is not leaves out may be in it.
    """
    words = scene.question.operators.get("not", EMPTY) | scene.question.operators.get("except", EMPTY)
    words -= EMPTY.union(*(w for w, _ in scene.names), EMPTY)
    if not words:
        return
    by_end = _by_end(scene, groups, halves=True)
    for one_end in by_end:
        for other_end in by_end:
            first, second = scene.named[one_end], scene.named[other_end]
            if first & second or not any(min(first) < n < min(second) for n in words):
                continue
            every = scene.linked(other_end)
            for one in by_end[one_end]:
                kept = tuple(r for r in one.rows if r.answer.key not in every)
                for other in by_end[other_end]:
                    met = {r.answer for r in one.rows} & {r.answer for r in other.rows}
                    if other.classes != one.classes or not kept or not met or not other.complete:
                        continue
                    relations = tuple(dict.fromkeys(one.relations + other.relations))
                    bound = united(one.bound, other.bound, operator=words)
                    yield Plan("except", relations, one.fixed, one.place, kept, bound, one.classes)


def without_named(scene: Scene, groups: list[Plan]) -> Iterator[Plan]:
    """Yield lists less those that the question names as known: the named themselves, or those of another relation."""
    words = scene.question.operators.get("except", EMPTY)
    if not words and not scene.together:
        return
    for plan in groups[:_PAIRS]:
        if not plan.fixed or plan.rows[0].answer.kind != ENTITY or plan.operator != "rows" or not is_asked(scene, plan):
            continue
        ((place, end),) = plan.fixed
        every = {
            str(scene.ground.claim(n).object if plan.place == OBJECT else scene.ground.claim(n).subject): n
            for n in scene.ground.group(plan.relations[0], place, end)
        }
        gone = [n for n in every if n in scene.named and n != end]
        if gone:
            said = EMPTY.union(*(scene.named[n] for n in gone))
            yield plan._replace(operator="except", bound=united(plan.bound, {}, excepted=said | words | scene.together))
        for relation, mentioned in scene.relation_words.items() if words else ():
            if relation == plan.relations[0] or relation.partition("/")[0] == plan.relations[0]:
                continue
            others = {scene.ground.claim(n).subject for n in scene.ground.group(relation, place, end)}
            kept = tuple(r for r in plan.rows if r.answer.key not in others)
            if others and kept:
                yield plan._replace(
                    operator="except", rows=kept, bound=united(plan.bound, {}, excepted=words | mentioned)
                )


def changed(scene: Scene, groups: list[Plan]) -> Iterator[Plan]:
    """Yield what is new in one of two named wholes, or gone from it, by the relation that both share."""
    for name in ("new", "gone"):
        words = scene.question.operators.get(name)
        if not words:
            continue
        alike: dict[tuple[str, str, tuple[str, ...]], dict[str, Plan]] = defaultdict(dict)
        for plan in lists(scene, groups):
            alike[plan.relations[0], plan.place, plan.classes][plan.fixed[0][1]] = plan
        for (relation, place, classes), found in alike.items():
            ends = sorted(found, key=lambda e: (_begins(scene, e), min(scene.named[e])))
            if len(ends) != 2:
                continue
            before, after = (found[e] for e in ends)
            one, other = (after, before) if name == "new" else (before, after)
            kept = tuple(r for r in one.rows if r.answer not in other.answers())
            if kept:
                yield Plan(name, (relation,), before.fixed + after.fixed, place, kept,
                           united(before.bound, after.bound, operator=words), classes)  # fmt: skip


def _begins(scene: Scene, name: str) -> str:
    life = scene.ground.thing(name).life
    if life.start:
        return life.start.earliest
    days = [c.moment.earliest for n in scene.ground.group("", SUBJECT, name) if (c := scene.ground.claim(n)).moment]
    return min(days, default="9")


def twice(scene: Scene, groups: list[Plan]) -> Iterator[Plan]:
    """Yield both answers of a question that asks twice for the same kind of thing: 'when did it begin and when will it end'."""
    question = scene.question
    if sum(a.key == question.asked for a in question.asks) < 2:
        return
    good = [
        p
        for p in groups[:_FEW]
        if p.fixed and p.fixed[0][1] in scene.named and p.bound.get("relation") and not p.narrowed
    ]
    for at, one in enumerate(good):
        for other in good[at + 1 :]:
            same = one.fixed == other.fixed and one.rows[0].answer.kind == other.rows[0].answer.kind
            if same and one.relations != other.relations and not one.bound["relation"] & other.bound["relation"]:
                yield one._replace(operator="both", relations=one.relations + other.relations, rows=one.rows + other.rows,
                                   bound=united(one.bound, other.bound))  # fmt: skip
