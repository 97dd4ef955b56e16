"""Ranking: how likely each candidate is to be what was meant, by a linear model of named features."""

from __future__ import annotations

import json
import os
from functools import lru_cache
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


def rank(scene: Scene, workspace: str | None = None) -> list[Ranked]:
    """Give the candidates, the most likely first; a vetoed one has no belief and stands where its score puts it."""
    known = weights(workspace)
    gauge = Gauge(scene)
    scored = []
    for plan in candidates(scene):
        unbound = binds(scene, plan)
        features = gauge.measure(plan, unbound)
        score = sum(known.get(name, 0.0) * value for name, value in features.items())
        scored.append((plan, score, features, unbound, vetoes(scene, plan)))
    free = [s for s in scored if not s[-1]]
    top = max((s[1] for s in free), default=0.0)
    belief: dict[tuple[Answer, ...], float] = {}
    for plan, score, *_ in free:
        key = _sign(plan)
        belief[key] = belief.get(key, 0.0) + exp(score - top)
    total = sum(belief.values()) or 1.0
    ranked = [Ranked(p, s, 0.0 if veto else belief[_sign(p)] / total, f, left, veto) for p, s, f, left, veto in scored]
    return sorted(ranked, key=lambda r: (-r.score, r.plan.relations, r.plan.fixed, r.plan.place, len(r.plan.rows)))


def _sign(plan: Plan) -> tuple[Answer, ...]:
    return tuple(sorted(set(plan.answers()), key=str))
