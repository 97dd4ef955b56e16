"""Ranking: how likely each candidate is to be what was meant, by a linear model of named features."""

from __future__ import annotations

import json
import os
from functools import cached_property, lru_cache
from math import exp
from typing import TYPE_CHECKING, NamedTuple

from samgraf import disk, resources
from samgraf.ask.binding import binds
from samgraf.ask.features import Gauge
from samgraf.ask.groups import groups
from samgraf.ask.operators import apply
from samgraf.ask.rules import vetoes
from samgraf.ask.truth import verdicts

if TYPE_CHECKING:
    from samgraf.ask.plans import Answer, Plan
    from samgraf.ask.scene import Scene

WEIGHTS = "ask-weights.json"


class Ranked(NamedTuple):
    """A candidate with its score, the share of belief in its answers, its features, what it leaves unbound, and its veto."""

    plan: Plan
    score: float
    belief: float
    features: dict[str, float]
    unbound: frozenset[int]
    veto: str


@lru_cache(maxsize=4)
def weights(workspace: str | None = None) -> dict[str, float]:
    """Give the learned weights by the names of their features."""
    for layer in reversed(resources.layers(workspace, "ontology")):
        path = os.path.join(layer, WEIGHTS)
        if os.path.isfile(path):
            return dict(json.loads(disk.read_bytes(path))["weights"])
    return {}


def candidates(scene: Scene) -> list[Plan]:
    """Give all candidates, each set of answers by the same route once."""
    found = groups(scene)
    found += apply(scene, found)
    if scene.question.asked == "yesno":
        found += [p for p in verdicts(scene) if p.rows]
    seen: dict[object, Plan] = {}
    for plan in found:
        sign = (plan.operator, plan.relations, plan.place, plan.fixed, plan.classes, plan.rows)
        seen.setdefault(sign, plan)
    return list(seen.values())


class Ranking:
    """The candidates of one question. Those that no rule forbids are measured at once, the others when they are asked for."""

    def __init__(self, scene: Scene, workspace: str | None = None) -> None:
        self._scene = scene
        self._weights = weights(workspace)
        self._gauge = Gauge(scene)
        judged = [(plan, vetoes(scene, plan)) for plan in candidates(scene)]
        self._forbidden = [(plan, veto) for plan, veto in judged if veto]
        measured = [self._measured(plan) for plan, veto in judged if not veto]
        top = max((r.score for r in measured), default=0.0)
        belief: dict[tuple[Answer, ...], float] = {}
        for r in measured:
            key = _sign(r.plan)
            belief[key] = belief.get(key, 0.0) + exp(r.score - top)
        total = sum(belief.values()) or 1.0
        self.free = sorted((r._replace(belief=belief[_sign(r.plan)] / total) for r in measured), key=_order)
        """The candidates that may be an answer, the most likely first."""

    @cached_property
    def every(self) -> list[Ranked]:
        """All candidates, the most likely first: a forbidden one has no belief and stands where its score puts it."""
        return sorted([*self.free, *(self._measured(plan, veto) for plan, veto in self._forbidden)], key=_order)

    def _measured(self, plan: Plan, veto: str = "") -> Ranked:
        unbound = binds(self._scene, plan)
        features = self._gauge.measure(plan, unbound)
        score = sum(self._weights.get(name, 0.0) * value for name, value in features.items())
        return Ranked(plan, score, 0.0, features, unbound, veto)


def _order(ranked: Ranked) -> tuple[object, ...]:
    plan = ranked.plan
    return -ranked.score, plan.relations, plan.fixed, plan.place, len(plan.rows)


def _sign(plan: Plan) -> tuple[Answer, ...]:
    return tuple(sorted(set(plan.answers()), key=str))
