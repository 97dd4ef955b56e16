"""Operators: functions from plans to plans. Each looks for its own mark in the question and adds candidates; none decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.ask.comparing import ahead, counted, dated, difference, most
from samgraf.ask.either import either
from samgraf.ask.involvement import involved
from samgraf.ask.plans import NAMES, Answer, Plan, Row
from samgraf.ask.question import EMPTY
from samgraf.ask.sets import changed, common, less, twice, without_named
from samgraf.ask.steps import events, linked, paths
from samgraf.store.ground import SUBJECT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from samgraf.ask.scene import Scene


def apply(scene: Scene, groups: list[Plan]) -> list[Plan]:
    """Give the candidates that the operators make of groups."""
    best = sorted(groups, key=lambda p: (-scene.weight(p.words()), len(p.rows)))
    made = [plan for operator in OPERATORS for plan in operator(scene, best)]
    return [plan for plan in made if plan.rows]


def names(scene: Scene, groups: list[Plan]) -> Iterator[Plan]:
    """Yield what a named thing is called otherwise: what its abbreviation stands for, how it is abbreviated."""
    del groups
    question = scene.question
    if question.asked not in ("name", "anything", "about"):
        return
    nouns = EMPTY.union(*(n.words for n in question.nouns if n.key == "name"), EMPTY)
    nouns |= question.asking if question.asked == "name" else EMPTY
    if not nouns:
        return
    for name, words in scene.named.items():
        thing = scene.ground.thing(name)
        if thing.abbreviations:
            facts = tuple(scene.ground.group("abbreviation", SUBJECT, name))
            yield Plan("names", ("abbreviation",), ((SUBJECT, name),), "v", (Row(facts, Answer(NAMES, name)),),
                       {"name": words, "relation": nouns | scene.relation_words.get("abbreviation", EMPTY)})  # fmt: skip


OPERATORS: list[Callable[[Scene, list[Plan]], Iterator[Plan]]] = [
    counted, without_named, common, less, paths, dated, most, changed, difference, names, linked, events, involved, twice,
    ahead, either,
]  # fmt: skip
"""In the order in which their candidates are made; of two that are alike the first is kept."""
