"""The operator of involvement in whatever way: who takes part in a thing, what an actor takes part in, and with whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.ask.groups import by_class
from samgraf.ask.plans import ENTITY, EVERY, Answer, Plan, Row
from samgraf.ask.question import EMPTY
from samgraf.store.ground import OBJECT, SUBJECT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from samgraf.ask.scene import Scene


def involved(scene: Scene, groups: list[Plan]) -> Iterator[Plan]:
    """Yield who is involved in a named thing in whatever way, what a named actor is involved in, and what two have in common."""
    del groups
    ground = scene.ground
    derived = [r.name for r in ground.relations.values() if r.derived and r.name in scene.relation_words]
    own = EMPTY.union(*(w for r, w in scene.relation_words.items() if r not in derived), EMPTY)
    said = scene.together | (EMPTY.union(*(scene.relation_words[r] for r in derived), EMPTY) - own)
    if not said:
        return  # nothing asks for involvement in whatever way, which no relation of its own is called
    for plan in _involvements(scene, said):
        for classes, words, kept in by_class(scene, list(plan.rows)):
            narrowed = plan._replace(rows=tuple(kept), classes=classes, bound={**plan.bound, "class": words})
            yield narrowed
            for other in scene.named:
                if other != plan.fixed[0][1] and not scene.named[other] & plan.bound["name"]:
                    yield from _with(scene, narrowed, other)


def _involvements(scene: Scene, said: frozenset[int]) -> list[Plan]:
    """Give, for each named end, what it is involved in as an actor, and who is involved in it as a thing."""
    ground = scene.ground
    merged: dict[tuple[str, str], Plan] = {}
    for end, words in scene.named.items():
        for number in ground.about(end):
            claim = ground.claim(number)
            known = ground.relations.get(claim.predicate)
            if known is None or not (known.involvement and known.actor_side) or not claim.object:
                continue
            if claim.superseded_by or claim.modality == "proposed":
                continue
            side = SUBJECT if claim.subject == end else OBJECT
            as_actor = (known.actor_side == "subject") == (side == SUBJECT)
            far = claim.object if side == SUBJECT else claim.subject
            if far in scene.named:
                continue
            key = end, OBJECT if as_actor else SUBJECT
            row = Row((number,), Answer(ENTITY, far))
            empty = Plan("involved", (EVERY,), ((side, end),), key[1], (), {"name": words, "relation": said})
            plan = merged.get(key, empty)
            merged[key] = plan._replace(rows=(*plan.rows, row))
    return list(merged.values())


def _with(scene: Scene, plan: Plan, other: str) -> Iterator[Plan]:
    """Yield what another named end has in common with a list, and the list that it is itself in."""
    ground = scene.ground
    claims = [ground.claim(n) for n in ground.about(other)]
    ways = [c for c in claims if c.object and not c.superseded_by and ground.predicate(c.predicate).involvement]
    far = {c.object if c.subject == other else c.subject for c in ways}
    shared = tuple(r for r in plan.rows if r.answer.key in far)
    if shared:
        both = plan.bound["name"] | scene.named[other]
        fixed = (*plan.fixed, (SUBJECT, other))
        yield plan._replace(operator="common", rows=shared, fixed=fixed, bound={**plan.bound, "name": both})
    if scene.together and plan.place == SUBJECT and plan.fixed[0][1] in far:
        yield plan._replace(operator="except", bound={**plan.bound, "excepted": scene.named[other]})


def is_half(scene: Scene, name: str, place: str, end: str) -> bool:
    """Tell whether one way of involvement gives only some of those involved in a thing, though no word says that way."""
    ground = scene.ground
    relation = ground.relations.get(name)
    if place != OBJECT or name in scene.relation_words or not relation or relation.derived or not relation.involvement:
        return False
    claims = [c for n in ground.group("", OBJECT, end) if not (c := ground.claim(n)).superseded_by and not c.derived]
    ways = [c for c in claims if ground.predicate(c.predicate).involvement]
    return len({c.subject for c in ways}) > len({c.subject for c in ways if c.predicate == name})
