"""The nearest facts: what stands closest to a question that is not answered. Facts with their sources, never an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.ask.plans import TEXT, VERDICT, Answer, Plan, Row, answer_at
from samgraf.ask.rules import ASIDE, fits
from samgraf.store.ground import OBJECT, ROLE, START, SUBJECT, UNTIL, VALUE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from samgraf.ask.ranking import Ranked
    from samgraf.ask.replies import Data, Speaker
    from samgraf.ask.scene import Scene

FIVE = 5
_GROUPS = 3
_SHOWN = 12


def nearest(scene: Scene, ranked: Sequence[Ranked], speaker: Speaker) -> list[Data]:
    """Give the five nearest facts: three groups of the ranker, then the best claims of the index and the ranker's next in turn."""
    found: list[Data] = []
    seen: set[object] = set()
    for plan in _in_turn(scene, ranked):
        answers = plan.answers()
        sign = frozenset(plan.facts())
        if (
            not answers
            or sign in seen
            or (len(sign) > 1 and answers in seen)
            or any(sign == s or (len(sign) > 1 and sign <= s) for s in seen if isinstance(s, frozenset))
        ):
            continue
        seen |= {sign, answers}
        found.append(_fact(plan, speaker))
        if len(found) == FIVE:
            break
    return found


def _in_turn(scene: Scene, ranked: Sequence[Ranked]) -> Iterator[Plan]:
    groups = (r.plan for r in ranked if r.plan.facts() and r.veto not in ASIDE)
    for _ in range(_GROUPS):
        plan = next(groups, None)
        if plan is not None:
            yield plan
    said = [_said(scene, number) for number, _ in scene.pool]
    claims = iter(sorted(said, key=lambda plan: not fits(scene, plan)))
    for _ in range(4 * FIVE):
        plan = next(claims, None)
        if plan is not None:
            yield plan
        plan = next(groups, None)
        if plan is not None:
            yield plan


def _said(scene: Scene, number: int) -> Plan:
    """Give a claim as a plan: the place of it that the question asks for, where one is of that kind, else its object or value."""
    claim = scene.ground.claim(number)
    plans = []
    for place in (OBJECT, VALUE, SUBJECT, ROLE, START, UNTIL):
        answer = answer_at(claim, place)
        if answer is not None:
            fixed = (OBJECT, claim.object) if place == SUBJECT and claim.object else (SUBJECT, claim.subject)
            plans.append(Plan("rows", (claim.predicate,), (fixed,), place, (Row((number,), answer),), {}))
    return next((plan for plan in plans if fits(scene, plan)), plans[0])


def _fact(plan: Plan, speaker: Speaker) -> Data:
    """Give a group as one fact: its sentence, and the fields of an answer; where it has several rows, each in ``answers``."""
    ground = speaker.ground
    answers = [speaker.answer(a, plan) for a in plan.answers()[:_SHOWN] if _sayable(a)]
    facts = plan.facts()
    if len(facts) == 1 or not answers:
        sentence = speaker.sentence(ground.claim(facts[0]))
    else:
        sentence = f"{speaker.read_as(plan)}: {speaker.listed([a['label'] for a in answers], 6)}"
    if not answers:
        return {
            "sentence": sentence,
            "label": sentence,
            "aliases": [],
            **speaker.held([ground.claim(n) for n in facts]),
        }
    if len(answers) == 1:
        return {"sentence": sentence, **answers[0]}
    evidence = [p for a in answers for p in a["evidence"]]
    names = [n for a in answers for n in (a["label"], *a["aliases"])]
    label = speaker.listed([a["label"] for a in answers], 6)
    return {
        "sentence": sentence,
        "label": label,
        "aliases": list(dict.fromkeys(names)),
        "modality": answers[0]["modality"],
        "evidence": [p for n, p in enumerate(evidence) if p not in evidence[:n]],
        "answers": answers,
    }


def _sayable(answer: Answer) -> bool:
    return answer.kind != VERDICT and answer.kind in (TEXT, answer.kind)
