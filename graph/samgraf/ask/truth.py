"""Yes or no: both ends and the relation stand in the question, the relation in its direction, or nothing is said.

'Yes' takes a claim that is stated; 'expected' and 'proposed' are told as such. 'No' takes a list that a document gives as whole, a
relation that denies this one, or a status that says it did not happen. Everything else is silence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.ask.direction import is_passive, labelled, may_link, subject_first
from samgraf.ask.groups import known_since
from samgraf.ask.plans import VERDICT, Answer, Plan, Row
from samgraf.ask.question import EMPTY
from samgraf.ask.telling import told
from samgraf.language.fold import stem, stems_of
from samgraf.language.fold import words as words_of
from samgraf.language.messages import messages
from samgraf.model.entity import PHASES
from samgraf.store.ground import OBJECT, SUBJECT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from samgraf.ask.scene import Scene
    from samgraf.model import Claim, Entity
    from samgraf.store.terms import Relation

_MOST = 30
STATED, EXPECTED, PROPOSED = "stated", "expected", "proposed"


def verdicts(scene: Scene) -> list[Plan]:
    """Give the candidates of a question for yes or no; one without rows is understood and finds nothing."""
    pairs = list(_pairs(scene))
    ends = EMPTY.union(*(p.words() for p in pairs))
    linked = not scene.content - ends  # where two ends and a relation are all that is asked, only their claim says yes
    texts = (p for p in told(scene) if not linked or p.rows[0].answer.key is False)
    found = [*pairs, *_statuses(scene), *_alone(scene), *texts]
    return sorted(found, key=lambda p: (not p.rows, -len(p.bound.get("relation", EMPTY))))


def _ends(scene: Scene) -> list[tuple[frozenset[int], str]]:
    ends = []
    for name in scene.question.names[:_MOST]:
        if not name.words <= scene.question.stop:
            ends += [(name.words, bearer) for bearer, _ in name.bearers]
    return sorted(ends, key=lambda e: (min(e[0]), -len(e[0]), e[1]))


def _pairs(scene: Scene) -> Iterator[Plan]:
    """Yield the verdicts on two named ends and each relation that is mentioned."""
    ends = _ends(scene)
    relations = {**scene.weak, **scene.relation_words}
    opening = {r: w for r, w in scene.relation_words.items() if w & scene.question.asking}
    if opening:
        relations = opening  # 'Builds A on B?': the verb that opens the question is the relation
    elif not scene.relation_words:  # 'is X in Y', 'is X a Y': what belonging there is needs no word of its own
        implied = scene.ground.answering.get("of", frozenset())
        relations = {
            **{r.name: EMPTY for r in scene.ground.relations.values() if {r.family, r.name} & implied},
            **relations,
        }
    for at, (first_words, first) in enumerate(ends):
        for second_words, second in ends[at + 1 :]:
            if first_words & second_words or first == second:
                continue
            around = first_words | second_words
            said = {r: w - around for r, w in relations.items() if w - around or not w}
            in_full = labelled(scene, around)
            whole = {r: w for r, w in in_full.items() if w - scene.question.plain}  # a label in full beats a word of it
            for relation, words in (whole or {**said, **in_full}).items():
                name, _, kind = relation.partition("/")
                if kind or name not in scene.ground.relations or scene.ground.relations[name].kind != "object":
                    continue
                subject, obj = (
                    (first, second) if subject_first(scene, name, first_words, second_words) else (second, first)
                )
                if not may_link(scene, name, subject, obj):
                    continue
                bound = {"name": first_words | second_words, "relation": words}
                yield from _verdict(scene, name, subject, obj, bound)


def _verdict(scene: Scene, relation: str, subject: str, obj: str, bound: dict[str, frozenset[int]]) -> Iterator[Plan]:
    ground = scene.ground
    known = ground.relations[relation]
    fixed = ((SUBJECT, subject), (OBJECT, obj))
    numbers = [n for n in ground.group(relation, SUBJECT, subject) if ground.claim(n).object == obj]
    if known.symmetric:
        numbers += [n for n in ground.group(relation, SUBJECT, obj) if ground.claim(n).object == subject]
    found = [n for n in numbers if _counts(scene, ground.claim(n))]
    willing = scene.question.operators.get("willing", EMPTY)
    for modality in (STATED, EXPECTED, PROPOSED):
        of_it = [n for n in found if ground.claim(n).modality == modality]
        told = _willing(scene, subject, obj) if of_it and willing else []
        if of_it:
            value: str | bool = True if modality == STATED or told else modality
            bound = {**bound, "operator": willing} if told else bound
            yield _plan(scene, relation, fixed, told + of_it, value, bound)
            return
    denied = [
        n
        for other in ground.relations.values()
        if other.denies == relation
        for n in ground.group(other.name, SUBJECT, subject)
        if ground.claim(n).object == obj and _counts(scene, ground.claim(n)) and ground.claim(n).modality == STATED
    ]
    whole = denied or _whole(scene, relation, subject, obj)
    if whole:
        yield _plan(scene, relation, fixed, whole, False, bound)
    else:
        yield Plan("yes", (relation,), fixed, "", (), bound)


def _willing(scene: Scene, subject: str, obj: str) -> list[int]:
    """Give the texts of somebody that say in so many words that it wants to, and that name what."""
    ground, language = scene.ground, scene.question.language
    phrases = messages(language).content.get("asking", {}).get("operators", {}).get("willing", ())
    wanting = {tuple(words_of(phrase)) for phrase in phrases}
    found = []
    for number in ground.group("", SUBJECT, subject):
        claim = ground.claim(number)
        if not isinstance(claim.value, dict) or claim.modality != STATED or not _counts(scene, claim):
            continue
        said = words_of(claim.value.within(language))
        wants = any(tuple(said[at : at + len(w)]) == w for w in wanting for at in range(len(said)))
        if wants and any(stem(w) in ground.name_stems(obj) for w in said):
            found.append(number)
    return found


def _counts(scene: Scene, claim: Claim) -> bool:
    return not claim.superseded_by and (not scene.as_of or claim.may_hold(scene.as_of))


def _whole(scene: Scene, relation: str, subject: str, obj: str) -> list[int]:
    """Give the claims of a list that is marked whole and does not have it; one that is never asked of such a thing is no list."""
    ground = scene.ground
    for place, end, other, side in ((OBJECT, obj, subject, "subjects"), (SUBJECT, subject, obj, "objects")):
        numbers = [n for n in ground.group(relation, place, end) if _counts(scene, ground.claim(n))]
        if not numbers and ground.relations[relation].involvement:
            numbers = _all_involved(scene, place, end, other)
        whole = [n for n in numbers if ground.claim(n).complete == side]
        listed = [ground.claim(n).subject if place == OBJECT else ground.claim(n).object or "" for n in whole]
        if any(set(ground.thing(other).types) & set(ground.thing(name).types) for name in listed):
            return whole
    return []


def _all_involved(scene: Scene, place: str, end: str, other: str) -> list[int]:
    """Give the claims of whoever is involved in a thing in another way, where this one is in none and every such list is whole."""
    ground = scene.ground
    claims = [(n, ground.claim(n)) for n in ground.group("", place, end)]
    ways = [
        (n, c)
        for n, c in claims
        if c.object and ground.predicate(c.predicate).involvement and not c.derived and _counts(scene, c)
    ]
    whole = {c.predicate for _, c in ways if c.complete}
    if any(other in c.ends() or c.predicate not in whole for _, c in ways):
        return []
    return [n for n, _ in ways]


def _plan(
    scene: Scene,
    relation: str,
    fixed: tuple[tuple[str, str], ...],
    facts: list[int],
    value: str | bool,
    bound: dict[str, frozenset[int]],
) -> Plan:
    own = frozenset.intersection(*(scene.claim_words(n) for n in facts))
    said = frozenset(
        n for _, end in fixed for m in scene.question.classes if scene.ground.is_a(end, (m.key,)) for n in m.words
    )
    rows = (Row(tuple(facts), Answer(VERDICT, value)),)
    return Plan("yes", (relation,), fixed, "", rows, {**bound, "own": own, "class": said})


def _statuses(scene: Scene) -> Iterator[Plan]:
    """Yield the verdicts on a status that is named, or that a status of the thing denies in so many words."""
    ground, question = scene.ground, scene.question
    statuses = [r for r in ground.relations.values() if r.family == "familyStatus" and r.kind == "object"]
    negations = question.operators.get("not", EMPTY)
    for words, end in _ends(scene):
        for relation in statuses:
            numbers = [n for n in ground.group(relation.name, SUBJECT, end) if _counts(scene, ground.claim(n))]
            for number in numbers:
                claim = ground.claim(number)
                status = str(claim.object)
                fixed = ((SUBJECT, end), (OBJECT, status))
                mentioned = scene.relation_words.get(relation.name, EMPTY)
                value: str | bool = True if claim.modality == STATED else claim.modality
                named = scene.named.get(status, EMPTY) - words
                if named and min(words) < min(named):
                    bound = {"name": words | named, "relation": mentioned & named}
                    yield _plan(scene, relation.name, fixed, [number], value, bound)
                    continue
                said = _denied(scene, status, words)
                if said and not negations and claim.modality == STATED:
                    yield _plan(scene, relation.name, fixed, [number], False, {"name": words, "relation": said})
            yield from _not_so_far(scene, relation, words, end, numbers)


def _not_so_far(
    scene: Scene, relation: Relation, words: frozenset[int], end: str, numbers: list[int]
) -> Iterator[Plan]:
    """Yield the 'no' to a status that is named of a thing whose newest statuses are all such that it cannot have it."""
    ground = scene.ground
    stated = [n for n in numbers if ground.claim(n).modality == STATED]
    newest = max((known_since(ground.claim(n)) for n in stated), default="")
    facts = [n for n in stated if known_since(ground.claim(n)) == newest]
    had = {str(ground.claim(n).object) for n in numbers}
    for status, said in scene.named.items():
        named = said - words
        if status in had or not facts or not named or min(named) < min(words):
            continue
        if not ground.is_a(status, relation.object_types):
            continue
        asked = ground.thing(status)
        if all(_excludes(ground.thing(str(ground.claim(n).object)), asked) for n in facts):
            mentioned = scene.relation_words.get(relation.name, EMPTY)
            bound = {"name": words | named, "relation": mentioned & named}
            yield _plan(scene, relation.name, ((SUBJECT, end), (OBJECT, status)), facts, False, bound)


def _excludes(told: Entity, asked: Entity) -> bool:
    """Tell whether one status rules another out: it is not so far yet, or one of them says that nothing came of it.

    What is over may well have been approved or running before; that is left open.
    """
    if told.phase not in PHASES or asked.phase not in PHASES:
        return False
    far, wanted = PHASES.index(told.phase), PHASES.index(asked.phase)
    return far < wanted or (told.negative != asked.negative and (far == wanted or asked.negative))


def _denied(scene: Scene, status: str, around: frozenset[int]) -> frozenset[int]:
    """Give the words that a status denies: its label is one of them and a word for 'not'."""
    language = scene.question.language
    thing = scene.ground.thing(status)
    operators = messages(language).content.get("asking", {}).get("operators", {})
    negations = {s for w in operators.get("not", ()) for s in stems_of(w)}
    for text in (thing.label.within(language), *thing.aliases):
        stems = stems_of(text)
        rest = [s for s in stems if s not in negations]
        if len(rest) < len(stems):
            words = frozenset(n for n, w in enumerate(scene.question.words) if w.stem in rest and n not in around)
            if words and {scene.question.words[n].stem for n in words} == set(rest):
                return words
    return EMPTY


def _alone(scene: Scene) -> Iterator[Plan]:
    """Yield the verdict on a relation that happened to one named end: 'is it dissolved', 'is it funded'."""
    ground = scene.ground
    for words, end in _ends(scene):
        for relation, said in scene.relation_words.items():
            if (
                relation not in ground.relations
                or ground.relations[relation].kind != "object"
                or not is_passive(scene, relation)
            ):
                continue
            others = [w for w, e in _ends(scene) if not w & words and not w <= said and e != end]
            if others:
                continue
            numbers = [n for n in ground.group(relation, SUBJECT, end) if _counts(scene, ground.claim(n))]
            for modality in (STATED, EXPECTED, PROPOSED):
                of_it = [n for n in numbers if ground.claim(n).modality == modality]
                if of_it:
                    value: str | bool = True if modality == STATED else modality
                    yield _plan(scene, relation, ((SUBJECT, end),), of_it, value, {"name": words, "relation": said})
                    break
