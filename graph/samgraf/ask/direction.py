"""How a relation stands between two named ends in a question: whether its label is said, and which end is its subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.ask.question import EMPTY
from samgraf.language.fold import stems_of

if TYPE_CHECKING:
    from samgraf.ask.scene import Scene


def labelled(scene: Scene, named: frozenset[int]) -> dict[str, frozenset[int]]:
    """Give the relations whose whole label, one way or the other, stands around the names, with its words."""
    places: dict[str, list[int]] = {}
    for n, word in enumerate(scene.question.words):
        if n not in named:
            places.setdefault(word.stem, []).append(n)
    order = [w.stem for n, w in enumerate(scene.question.words) if n not in named]
    found: dict[str, frozenset[int]] = {}
    for relation in scene.ground.relations.values():
        for text in (relation.label, relation.inverse):
            stems = scene.ground.label_stems(text.within(scene.question.language))
            if len(stems) > 1 and stems[0] in places and _in_order(list(stems), order):
                words = frozenset(places[s][0] for s in stems)
                if len(words) > len(found.get(relation.name, EMPTY)):
                    found[relation.name] = words
    return found


def may_link(scene: Scene, relation: str, subject: str, obj: str) -> bool:
    """Tell whether a relation can hold between these two at all, by the classes that it links."""
    known = scene.ground.relations[relation]
    return all(
        not types or scene.ground.is_a(end, types)
        for end, types in ((subject, known.subject_types), (obj, known.object_types))
    )


def subject_first(scene: Scene, relation: str, first: frozenset[int], second: frozenset[int]) -> bool:
    """Tell whether the end that is named first is the relation's subject.

    A label or inverse label whose words all stand in the question decides; else a passive relation is read from its object, unless
    the question says by whom.
    """
    ground, question = scene.ground, scene.question
    known = ground.relations[relation]
    stems = [w.stem for n, w in enumerate(question.words) if n not in first | second]
    covered = EMPTY.union(*(words for words, _ in scene.names), EMPTY)
    outside = [w.stem for n, w in enumerate(question.words) if n not in first | second | covered]
    fits = {}
    for slot, text in (("label", known.label), ("inverse", known.inverse)):
        said = stems_of(text.within(question.language))
        fits[slot] = len(said) if _in_order(said, stems if slot == "label" else outside) else 0
    if fits["label"] != fits["inverse"]:
        return fits["label"] > fits["inverse"]
    agent = any(n + 1 in second or n + 2 in second for n in question.agent)
    return is_passive(scene, relation) == agent


def is_passive(scene: Scene, relation: str) -> bool:
    """Tell whether a relation's label is passive: it ends with the word for the doer, and the doer is its object."""
    from samgraf.language.messages import messages

    known = scene.ground.relations[relation]
    said = stems_of(known.label.within(scene.question.language))
    agents = {
        s for w in messages(scene.question.language).content.get("asking", {}).get("agent", ()) for s in stems_of(w)
    }
    if not said or said[-1] not in agents:
        return False
    doers = scene.ground.answering.get("who", frozenset())
    return known.actor_side == "object" or (bool(known.object_types & doers) and not known.subject_types & doers)


def _in_order(wanted: list[str], stems: list[str]) -> bool:
    at = 0
    for stem in wanted:
        try:
            at = stems.index(stem, at) + 1
        except ValueError:
            return False
    return bool(wanted)
