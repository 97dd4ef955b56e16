"""Which of a question's words a candidate binds, and which of those that are left it cannot do without."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from samgraf.ask.groups import told_by
from samgraf.ask.plans import COUNT, DATE, ENTITY, NUMBER, VERDICT
from samgraf.ask.question import EMPTY, STRICT
from samgraf.ask.rules import head_of
from samgraf.ask.scene import MANY
from samgraf.store.ground import OBJECT

if TYPE_CHECKING:
    from samgraf.ask.plans import Plan
    from samgraf.ask.question import Question
    from samgraf.ask.scene import Scene

_FIRM = ("name", "relation", "weak", "class", "said", "operator", "excepted")
_ENDS = ("end", "other", "answer")
_LOOSE = ("own", "answer", "other", "end", "beside")
_YEAR, _OF = 4, "of"
SURE = 0.75
"""How likely an answer has to be where a word is left to what stands around its claims, or says little by itself."""
_SOFT, _MANY_WORDS = 2, 6
_PARTIES = 4
"""How many parties a whole may have for each of them to be named beside what is asked of it; of more, the only one of its class."""


def binds(scene: Scene, plan: Plan) -> frozenset[int]:
    """Give the content words that a candidate leaves unbound. None left is what it takes to be an answer."""
    question = scene.question
    firm = EMPTY.union(*(plan.bound.get(k, EMPTY) for k in _FIRM))
    loose = EMPTY.union(*(plan.bound.get(k, EMPTY) for k in _LOOSE))
    others = EMPTY.union(
        *(w for r, w in scene.relation_words.items() if r.partition("/")[0] not in plan.relations), EMPTY
    )
    names = EMPTY.union(*(w for w, _ in scene.names), EMPTY)
    around = plan.bound.get("beside", EMPTY) | plan.bound.get("other", EMPTY)
    loose -= (others - names) & (
        around - plan.bound.get("own", EMPTY) - plan.bound.get("answer", EMPTY) - plan.bound.get("end", EMPTY)
    )
    loose -= others & question.light  # a word for whatever is done is not bound by a text that happens to have it
    superlatives = EMPTY.union(*(question.operators.get(o, EMPTY) for o in ("most", "least")), EMPTY)
    loose -= superlatives - plan.bound.get("own", EMPTY)  # 'the most' of the question is not that of a title
    classes = EMPTY.union(*(m.words for m in question.classes), EMPTY)
    ends = EMPTY.union(*(plan.bound.get(k, EMPTY) for k in _ENDS))
    digits = frozenset(
        n
        for n in scene.content
        if question.words[n].text.isdigit()
        and n - 1 in classes
        and not (n in ends and len(question.words[n].text) == _YEAR)
    )
    values = frozenset(n for v in question.values if _is_valued(scene, plan, v.key) for n in v.words)
    numerals = frozenset(
        n
        for number, words in question.numerals.items()
        if len(plan.answers()) == number or "excepted" in plan.bound
        for n in words
    )
    dates = EMPTY
    for when in question.dates:
        if when.words & (
            plan.bound.get("own", EMPTY)
            | plan.bound.get("answer", EMPTY)
            | plan.bound.get("other", EMPTY)
            | plan.bound.get("end", EMPTY)
        ):
            dates |= when.words
    heads = (
        frozenset(n for m in head_of(scene) for n in m.words) if question.asked not in ("number", "amount") else EMPTY
    )
    heads = heads if plan.bound.get("class", EMPTY) & heads or not heads else EMPTY
    bound = firm | (loose - digits) | values | numerals | dates | heads
    return scene.content - (bound - _other_days(scene, plan))


def _other_days(scene: Scene, plan: Plan) -> frozenset[int]:
    """Give the date words that a figure with a day of its own does not meet: what is near it is of another day."""
    if plan.answers()[0].kind != NUMBER:
        return EMPTY
    claims = [scene.ground.claim(row.facts[0]) for row in plan.rows]
    if not all(c.moment or c.start or c.until for c in claims):
        return EMPTY
    return scene.date_words - plan.bound.get("own", EMPTY) - plan.bound.get("name", EMPTY)


def _is_valued(scene: Scene, plan: Plan, kind: str) -> bool:
    """Tell whether a word for values ('year', 'per cent', 'price') is borne out by the answer."""
    answers = plan.answers()
    match kind:
        case "date":
            return answers[0].kind == DATE
        case "number":
            return answers[0].kind in (NUMBER, COUNT)
        case "agent":
            return answers[0].kind == ENTITY and all(
                scene.ground.is_a(str(a.key), scene.ground.answering.get("who", ())) for a in answers
            )
        case "place":
            relation = scene.ground.relations.get(plan.relations[-1])
            return bool(
                relation and {relation.family, relation.name} & scene.ground.answering.get("where", frozenset())
            )
    return False


def softly(scene: Scene, plan: Plan, unbound: frozenset[int]) -> frozenset[int]:
    """Give the unbound words that an answer cannot do without.

    What is said of every answer's ends, in other claims of the same thing, and the passages that every answer rests on may bind a
    general word. Of what is no figure and no yes, a word that the graph knows of other things may stay unbound as well: people say
    'work with', 'hold', 'take' for whatever relation there is; what the language lists as such may be left aside of a figure too,
    and so may a word for the class of what is asked about. Never a name, a number, what follows the question word and is in no
    passage, a word that asks for a kind of answer, or one that turns the question round.
    """
    question = scene.question
    kind = plan.answers()[0].kind
    if len(unbound) > _MANY_WORDS or kind == COUNT:
        return unbound
    light = _light(scene, plan) - (question.counted if question.asked == "number" else EMPTY)
    left = unbound - light
    linked = context(scene, plan)
    beside = EMPTY.union(*(scene.end_words(end) for end in linked), EMPTY) if kind not in (NUMBER, COUNT) else EMPTY
    if len(left - beside) > _SOFT:
        return unbound
    told = told_by(scene, plan.rows) if kind != VERDICT else EMPTY
    near = EMPTY.union(*(scene.near_words(end) for _, end in plan.fixed))
    about = EMPTY.union(*(n.words for n in question.names if linked & {b for b, _ in n.bearers}), EMPTY)
    names = EMPTY.union(*(w for w, bearers in scene.names if not linked & {b for b, _ in bearers}), EMPTY)
    names -= about | frozenset(n for n in names & told if question.words[n].text.islower())
    near |= about
    hard = names | frozenset(n for m in head_of(scene) for n in m.words) | frozenset(question.unknown)
    hard |= EMPTY.union(*(question.operators.get(o, EMPTY) for o in STRICT), EMPTY)
    hard |= (
        (_asked_outright(question) - told)
        | (question.counted - _named_ends(scene, plan))
        | EMPTY.union(*question.numerals.values(), EMPTY)
    )
    hard |= frozenset(n for n in left if any(c.isdigit() for c in question.words[n].text)) - about
    hard |= frozenset(n for n in left if n and question.words[n].text[:1].isupper()) - near
    if kind in (NUMBER, COUNT, VERDICT):
        hard |= EMPTY.union(*scene.relation_words.values(), EMPTY) - told
        hard |= left - near - told
    else:
        hard |= EMPTY.union(*(m.words for m in question.nouns), EMPTY) - told
    return left & hard


def _named_ends(scene: Scene, plan: Plan) -> frozenset[int]:
    """Give the words that name the ends which stand fast."""
    return EMPTY.union(*(scene.named.get(end, EMPTY) for _, end in plan.fixed), EMPTY)


def aside(scene: Scene, plan: Plan) -> frozenset[int]:
    """Give the words that say little by themselves, which an answer that is no yes may leave aside: those of the language.

    One that is a word for another relation does so only where the question says the relation that answers. What is asked for is
    never among them.
    """
    return EMPTY if plan.answers()[0].kind == VERDICT else _telling_nothing(scene, plan, scene.question.light)


def _light(scene: Scene, plan: Plan) -> frozenset[int]:
    """Give, beside those words, the ones for the classes of what is asked about and of what it is tied to, and for 'in all'."""
    if plan.answers()[0].kind == VERDICT:
        return EMPTY
    question = scene.question
    ends = [*(end for _, end in plan.fixed), *context(scene, plan)]
    kinds = EMPTY.union(
        *(m.words for m in question.classes if any(scene.ground.is_a(e, (m.key,)) for e in ends)), EMPTY
    )
    return _telling_nothing(scene, plan, question.light | kinds | question.operators.get("total", EMPTY))


def _telling_nothing(scene: Scene, plan: Plan, words: frozenset[int]) -> frozenset[int]:
    question, ground = scene.question, scene.ground
    said = EMPTY.union(*(plan.bound.get(k, EMPTY) for k in ("relation", "said", "weak", "class")))
    if not said - words and question.asked not in ("number", "amount"):
        words -= EMPTY.union(*scene.relation_words.values(), EMPTY)
    names = EMPTY.union(*(w for w, b in scene.names if not all(ground.kinds_qualify(name) for name, _ in b)), EMPTY)
    return words - names - frozenset(n for m in head_of(scene) for n in m.words)


def _asked_outright(question: Question) -> frozenset[int]:
    """Give the words that follow the question word with no small word between: 'which political party', 'what answered'."""
    found: set[int] = set()
    at = max(question.asking, default=len(question.words)) + 1
    while at in question.content:
        found.add(at)
        at += 1
    return frozenset(found)


def context(scene: Scene, plan: Plan) -> set[str]:
    """Give the things that a question may name beside what it asks about.

    Some claim links them to an end that stands fast, or to every answer. A yes is of what is named alone; a figure or a number
    of things also of the wholes that its end is a part of with their parties, and of the only thing of a class linked to its end.
    """
    kind = plan.answers()[0].kind
    if kind == VERDICT:
        return set()
    ends = [end for _, end in plan.fixed]
    if kind in (NUMBER, COUNT):
        return set().union(*(_wholes(scene, end) | _only(scene, end) for end in ends))
    found = set(ends).union(
        *(
            scene.linked(end) - _beside(scene, plan.relations, place, end) - _siblings(scene, end)
            for place, end in plan.fixed
        )
    )
    answers = [str(a.key) for a in plan.answers() if a.kind == ENTITY]
    if answers and len(answers) == len(plan.answers()) <= MANY:
        found |= set.intersection(*(scene.linked(a) for a in answers))
    return found


def _beside(scene: Scene, relations: tuple[str, ...], place: str, end: str) -> set[str]:
    """Give what stands where an answer may stand: one of a list is not what another of the list is tied to."""
    ground = scene.ground
    any_way = any(ground.predicate(relation).involvement for relation in relations)
    claims = [ground.claim(n) for n in ground.group("", place, end)]
    alike = [c for c in claims if c.predicate in relations or (any_way and ground.predicate(c.predicate).involvement)]
    return {name for claim in alike for name in claim.ends()} - {end}


def _siblings(scene: Scene, end: str) -> set[str]:
    """Give what is linked to a thing and of its very class, but no whole of it: who names it does not mean the other."""
    types = scene.ground.thing(end).types
    return {name for name in scene.linked(end) - scene.wholes(end) if scene.ground.thing(name).types == types}


def _wholes(scene: Scene, end: str) -> set[str]:
    """Give the wholes that a thing is a part of, step by step, and the parties to them."""
    ground = scene.ground
    of = ground.answering.get(_OF, frozenset())
    found = set(scene.wholes(end, _OF))
    parties = [
        r.name for r in ground.relations.values() if r.family in of and r.involvement and r.actor_side == "subject"
    ]
    for whole in list(found):
        for relation in parties:
            there = {ground.claim(n).subject for n in ground.group(relation, OBJECT, whole)}
            found |= there if len(there) <= _PARTIES else _only_of_their_class(scene, there)
    return found


def _only(scene: Scene, end: str) -> set[str]:
    """Give the things that are the only ones of their class that a claim links to this one."""
    return _only_of_their_class(scene, scene.linked(end))


def _only_of_their_class(scene: Scene, names: set[str]) -> set[str]:
    classes = {name: scene.ground.thing(name).types[:1] for name in names}
    counted = Counter(classes.values())
    return {name for name, types in classes.items() if types and counted[types] == 1}
