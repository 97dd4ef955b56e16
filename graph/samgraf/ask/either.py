"""Which of two: 'are there more places in the harbour or in the bay', 'where did it rise most, in the north or the south'.

Two figures of one measure (or two days of one kind) are told apart by the words on either side of the *or*; all that is left of
the question both have to bind. The answer is the side whose figure is the greater, as the question says it; of two sides parted
by *than*, whether it is the first: 'were more places taken in the harbour than in the bay'.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from samgraf.ask.groups import bound_by, sharpness
from samgraf.ask.plans import COMPARED, ENTITY, NUMBER, VERDICT, WORDS, Answer, Plan, Row, value_of
from samgraf.ask.question import EITHER, EMPTY, YES_OR_NO
from samgraf.store.ground import SUBJECT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from samgraf.ask.scene import Scene
    from samgraf.model import Claim

_FIGURES = {"most": max, "greater": max, "least": min, "lesser": min}
_DAYS = {"last": max, "first": min}


class _Side(NamedTuple):
    """A figure or a day with the words that it binds; what it is compared by, and the claims that it stands on."""

    words: frozenset[int]
    weight: float | str
    facts: tuple[int, ...]
    sharp: float = 0.0
    """How much of what the figure measures the question says."""
    thing: str = ""
    """What has the day."""


def either(scene: Scene, groups: list[Plan]) -> Iterator[Plan]:
    """Yield the one of two sides that has the greater or the lesser figure, the earlier or the later day."""
    del groups
    said, yes_or_no = scene.question.operators, scene.question.asked == YES_OR_NO
    parting = said.get("difference" if yes_or_no else "or", EMPTY)
    if parting and not yes_or_no and not said.keys() & {*_FIGURES, *_DAYS}:
        yield from _alone(scene, max(parting))
    for choices, make in ((_FIGURES, _figures), (_DAYS, _days)) if parting else ():
        for name, choose in choices.items():
            if name not in said:
                continue
            words = said[name] | said.get("rise", EMPTY) | scene.question.asking | (parting if yes_or_no else EMPTY)
            told: dict[tuple[frozenset[int], frozenset[int]], list[tuple[_Side, _Side]]] = {}
            for sides in make(scene):
                for one, other in combinations(sides, 2):
                    first, second = sorted((one, other), key=lambda s: min(s.words, default=0))
                    left, right = first.words - second.words, second.words - first.words
                    if left and right and min(left) > min(right):
                        first, second, left, right = second, first, right, left
                    if left and right and max(left) < max(parting) < min(right) and one.weight != other.weight:
                        told.setdefault((left, right), []).append((first, second))
            for (left, right), pairs in told.items():
                if choices is _DAYS and scene.wanted - left - right - _both(pairs) - words - scene.question.light:
                    continue  # a side that is described has to be described by one thing whole
                first, second = max(pairs, key=lambda p: (scene.weight(p[0].words), p[0].sharp + p[1].sharp))
                wins = choose((first, second), key=lambda s: s.weight)
                plan = _plan(scene, first, second, wins, left if wins is first else right, words)
                yield _verdict(plan, wins is first) if yes_or_no else plan


def _verdict(plan: Plan, value: bool) -> Plan:
    """Give the comparison as a yes or a no: 'did more take part in A than in B'."""
    return plan._replace(
        operator=COMPARED, rows=tuple(row._replace(answer=Answer(VERDICT, value)) for row in plan.rows)
    )


def _both(pairs: list[tuple[_Side, _Side]]) -> frozenset[int]:
    return EMPTY.union(*(one.words & other.words for one, other in pairs))


def _alone(scene: Scene, parting: int) -> Iterator[Plan]:
    """Yield the one of two named sides for which the documents have a figure: 'where were there free places, in X or in Y'."""
    sides = [words for words, _ in scene.names]
    for left in (w for w in sides if max(w) < parting):
        for right in (w for w in sides if min(w) > parting):
            told = [
                s
                for group in _figures(scene)
                for s in group
                if s.weight and len({left <= s.words, right <= s.words}) > 1
            ]
            for side in told:
                own = left if left <= side.words else right
                if not any((left if own is right else right) <= s.words and side.words - own <= s.words for s in told):
                    yield _plan(
                        scene,
                        side,
                        side._replace(words=side.words - own | (left | right) - own),
                        side,
                        own,
                        scene.question.asking | frozenset((parting,)),
                    )


def _plan(scene: Scene, one: _Side, other: _Side, wins: _Side, own: frozenset[int], words: frozenset[int]) -> Plan:
    claim = scene.ground.claim(wins.facts[0])
    apart = (one.words | other.words) - (one.words & other.words)
    bound = {"own": one.words & other.words, "operator": words, "name": apart}
    answer = Answer(ENTITY, wins.thing) if wins.thing else _as_said(scene, own)
    facts = tuple(dict.fromkeys(wins.facts + one.facts + other.facts))
    return Plan(EITHER, (claim.predicate,), ((SUBJECT, claim.subject),), "v", (Row(facts, answer),), bound)


def _as_said(scene: Scene, words: frozenset[int]) -> Answer:
    """Give what these words name, else the words as they stand in the question, with those of the same kind beside them."""
    question = scene.question
    for name, bearers in scene.names:
        if words <= name:
            return Answer(ENTITY, bearers[0][0])
    first, last = min(words), max(words)
    twice = {w.stem for n, w in enumerate(question.words) if sum(o.stem == w.stem for o in question.words) > 1}
    around = twice | {question.words[last].stem}
    while first and first - 1 in question.content and question.words[first - 1].stem in around:
        first -= 1
    while last + 1 in question.content and question.words[last + 1].clause == question.words[last].clause:
        last += 1
    end = question.words[last]
    return Answer(WORDS, question.seen[question.words[first].start : end.start + len(end.text)])


def _side(scene: Scene, number: int, claim: Claim, weight: float | str) -> _Side:
    row = Row((number,), value_of(claim))
    each = bound_by(scene, row, "v")
    words = EMPTY.union(each["own"], each["other"], each["said"]) & scene.wanted
    return _Side(words, weight, (number,), sharpness(scene, row, each))


def _figures(scene: Scene) -> list[list[_Side]]:
    """Give the figures by relation, unit and kind; where the question asks for a rise, how much each has risen."""
    found: dict[tuple[str, str | None, str | None], list[_Side]] = {}
    for number in scene.rank:
        claim = scene.ground.claim(number)
        value = value_of(claim)
        if not claim.object and value.kind == NUMBER and claim.firm and not claim.superseded_by:
            key = claim.predicate, claim.unit, claim.kind
            found.setdefault(key, []).append(_side(scene, number, claim, float(value.key or 0)))
    rising = "rise" in scene.question.operators
    return [_risen(scene, sides) if rising else sides for sides in found.values()]


def _risen(scene: Scene, sides: list[_Side]) -> list[_Side]:
    """Give, of figures that differ in their days alone, how much the last is above the first."""
    alike: dict[tuple[str, frozenset[int]], list[tuple[str, _Side]]] = {}
    for side in sides:
        claim = scene.ground.claim(side.facts[0])
        if claim.start:
            key = claim.subject, side.words - scene.date_words
            alike.setdefault(key, []).append((claim.start.earliest, side))
    risen = []
    for over in alike.values():
        days = [side for _, side in sorted(over, key=lambda o: o[0])]
        if len(days) > 1:
            words = EMPTY.union(*(s.words for s in days))
            facts = tuple(n for s in days for n in s.facts)
            risen.append(_Side(words, float(days[-1].weight) - float(days[0].weight), facts, days[-1].sharp))
    return risen


def _days(scene: Scene) -> list[list[_Side]]:
    """Give the days of what the question names or describes in more words than one, by relation."""
    found: dict[tuple[str, str | None], list[_Side]] = {}
    for number in scene.rank:
        claim = scene.ground.claim(number)
        day = claim.moment or claim.start
        told = scene.named.get(claim.subject, EMPTY) | (scene.end_words(claim.subject) - scene.date_words)
        if day and claim.firm and not claim.superseded_by and len(told) > 1:
            side = _side(scene, number, claim, day.earliest)
            side = side._replace(words=side.words | told, thing=claim.subject)
            found.setdefault((claim.predicate, claim.object), []).append(side)
    return list(found.values())
