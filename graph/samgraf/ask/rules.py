"""Hard rules: which candidates may answer the question at all. They are applied before anything is ranked.

A rule is a sentence that holds for every question; what can only be weighed is a feature (`samgraf.ask.features`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.ask.plans import COUNT, DATE, ENTITY, NAMES, NUMBER, TEXT, VERDICT
from samgraf.ask.question import ANYTHING, EITHER, EMPTY, YES_OR_NO
from samgraf.store.ground import BEHALF, OBJECT, ROLE, START, SUBJECT, UNTIL, VALUE

if TYPE_CHECKING:
    from samgraf.ask.plans import Plan
    from samgraf.ask.question import Mention
    from samgraf.ask.scene import Scene

OTHER_KIND, OTHER_CLASS, OPEN_LIST = "answer of another kind", "answer of another class", "count of an open list"
NO_ROLE, NO_BEHALF, NO_PERIOD = "role not asked", "on whose behalf not asked", "period not asked"
ASIDE = (OTHER_KIND, OTHER_CLASS, OPEN_LIST, NO_ROLE, NO_BEHALF, NO_PERIOD)
"""What is not even near to what is asked: the answer would be of another sort."""
_BY_NAME = frozenset(("far", "often", "why", "where", "name"))
_ADJECTIVES = 2
_BESIDE, _ORDERED = frozenset(("next", "previous", "original")), ("first", "last")
_ON_BEHALF = "onBehalfOf"
_WHATEVER, _BY = frozenset(("what", "about", "how")), "by"
_OF = "of"
"""What a class and a name ask for by themselves: 'the workshops of the conference'."""


def head_of(scene: Scene) -> tuple[Mention, ...]:
    """Give the classes that the question word asks for: of the word right after it, an adjective or a number between."""
    question = scene.question
    if (
        not question.asking
        or question.alone
        or question.asked == "when"
        or not question.also & {"what", "which", "number", "amount"}
    ):
        return ()
    last = max(n for n in question.asking if n - 1 in question.asking or n == min(question.asking))
    for at in range(last + 1, min(len(question.words), last + 2 + _ADJECTIVES)):
        heads = tuple(m for m in question.classes if min(m.words) == at)
        longest = max((len(m.words) for m in heads), default=0)
        if heads:
            within = any(at in words and len(words) > longest and min(words) < at for words, _ in scene.names)
            return () if within else tuple(m for m in heads if len(m.words) == longest)
        if at in question.stop and "which" not in question.also:
            return ()
    return ()


def vetoes(scene: Scene, plan: Plan) -> str:  # noqa: C901, PLR0911, PLR0912  (one rule after the other)
    """Give the name of the rule that forbids a candidate, or nothing."""
    if not plan.rows:
        return "no rows"
    if not _is_of_the_kind(scene, plan):
        return OTHER_KIND
    if not _is_of_the_class(scene, plan):
        return OTHER_CLASS
    if _is_whoever_did(scene, plan):
        return OTHER_KIND
    if not is_asked(scene, plan):
        return "relation not asked"
    if _is_of_a_named_end(scene, plan):
        return "the end that is named does not stand fast"
    if _is_next_to_another(scene, plan):
        return "next to what is not named"
    if _is_whatever_has(scene, plan):
        return "nothing says what it is that has the value"
    if plan.operator == "count" and not plan.complete:
        return OPEN_LIST
    if plan.place == ROLE and not _role_asked(scene, plan):
        return NO_ROLE
    if _is_said_by_another(scene, plan):
        return "derived where the asserted relation is said"
    if plan.place == BEHALF and _ON_BEHALF not in scene.relation_words:
        return NO_BEHALF
    if plan.place in (START, UNTIL) and scene.question.asked != "when":
        return NO_PERIOD
    if _is_of_another_day(scene, plan):
        return "date of another kind than the one asked for"
    if len(plan.answers()) > 1 and plan.answers()[0].kind == NUMBER:
        return "several figures"
    if plan.answers()[0].kind == NUMBER and not _figure_is_named(scene, plan):
        return "figure of nothing named"
    if _is_called_otherwise(scene, plan):
        return "the words are another's name"
    if _is_described(scene, plan):
        return "it only repeats what the question describes"
    return ""


def fits(scene: Scene, plan: Plan) -> bool:
    """Tell whether what a plan gives is of the kind and the class that the question asks for, and not named in it."""
    named = any(scene.named.get(str(a.key), EMPTY) for a in plan.answers() if a.kind == ENTITY)
    return not named and _is_of_the_kind(scene, plan) and _is_of_the_class(scene, plan)


def _is_of_a_named_end(scene: Scene, plan: Plan) -> bool:
    """Where all rows are of one thing that is named, the answer is all that is said of it, not what words single out."""
    if plan.fixed or plan.operator != "rows" or plan.answers()[0].kind != ENTITY:
        return False
    ends = [set(scene.ground.claim(row.facts[0]).ends()) for row in plan.rows]
    return any(scene.named[e] - scene.question.stop for e in set.intersection(*ends) & scene.named.keys())


def _is_next_to_another(scene: Scene, plan: Plan) -> bool:
    """What comes next or was so before is that of a day, or of what is named: not of whatever has something next to it."""
    if not scene.question.operators.keys() & _BESIDE or plan.operator in _ORDERED:
        return False
    return not plan.fixed or not any(end in scene.named for _, end in plan.fixed)


def _is_whatever_has(scene: Scene, plan: Plan) -> bool:
    """What has a date, a figure or a text answers only where a word says what it is ('which meeting', 'who').

    And what the question names has to be an end of a figure, not only a word of what it measures.
    """
    if plan.fixed or plan.operator != "rows" or plan.answers()[0].kind != ENTITY:
        return False
    claims = [scene.ground.claim(row.facts[0]) for row in plan.rows]
    if claims[0].object:
        return False
    ground = scene.ground
    named = {e for e, words in scene.named.items() if words & scene.content and not ground.kinds_qualify(e)}
    if named and claims[0].datatype == "number" and not any(named & set(claim.ends()) for claim in claims):
        return True
    return scene.question.asked in ("what", "about") and not plan.bound.get("class")


def _is_called_otherwise(scene: Scene, plan: Plan) -> bool:
    """A thing whose own name is not said is not meant by words that are the whole name of another."""
    if not plan.fixed or any(end in scene.named for _, end in plan.fixed):
        return False
    words = plan.bound.get("end", EMPTY) - scene.date_words
    return bool(words) and any(words <= name for name, _ in scene.names)


def _is_described(scene: Scene, plan: Plan) -> bool:
    """What the question describes by its class and the whole that it is a part of, 'the board of the club', is no answer to it."""
    answers = plan.answers()
    if len(answers) > 1 or answers[0].kind != ENTITY:
        return False
    name, question = str(answers[0].key), scene.question
    asked = EMPTY.union(*(m.words for m in head_of(scene)), EMPTY)
    told = question.narrow & scene.end_words(name) if question.asked == "who" else EMPTY
    if any(m.words <= told - asked and scene.ground.is_a(name, (m.key,)) for m in question.classes):
        return True  # 'who took her seat in the board': not the board
    names = [scene.named[whole] for whole in scene.wholes(name) & scene.named.keys()]
    return any(
        all(n in question.stop for n in range(max(m.words) + 1, min(words)))
        for m in question.classes
        for words in names
        if max(m.words) < min(words) and not m.words & (asked | question.stop) and scene.ground.is_a(name, (m.key,))
        and min(m.words) - 1 not in question.asking
    )  # fmt: skip


def _figure_is_named(scene: Scene, plan: Plan) -> bool:
    """A figure answers only where its owner, its measure or its relation is named: a word for a class names none of them."""
    classes = EMPTY.union(*(m.words for m in scene.question.classes), EMPTY)
    said = EMPTY.union(*(plan.bound.get(k, EMPTY) for k in ("name", "relation", "weak", "said", "own", "end")))
    return bool(said - classes - scene.date_words - scene.question.asking)


def _is_said_by_another(scene: Scene, plan: Plan) -> bool:
    """A relation that rules derive does not answer where the same words say an asserted one that the same end has."""
    relation = scene.ground.relations.get(plan.relations[0])
    if relation is None or not relation.derived or len(plan.fixed) != 1:
        return False
    words, (place, end) = scene.relation_words.get(relation.name, EMPTY), plan.fixed[0]
    return any(
        words <= said and name in scene.ground.relations and not scene.ground.relations[name].derived
        and any(not scene.ground.claim(n).derived for n in scene.ground.group(name, place, end))
        for name, said in scene.relation_words.items()
    )  # fmt: skip


def _is_of_another_day(scene: Scene, plan: Plan) -> bool:
    """Where the question says what kind of date it asks for, as a deadline, no other kind of date answers."""
    if plan.answers()[0].kind != DATE or plan.place != VALUE:
        return False
    ground = scene.ground
    plain = EMPTY.union(*(v.words for v in scene.question.values if v.key == "date"), EMPTY)
    said = {
        r
        for r, words in scene.relation_words.items()
        if r in ground.relations and ground.relations[r].kind == "date" and words - plain
    }
    return bool(said) and plan.relations[-1] not in said


def _role_asked(scene: Scene, plan: Plan) -> bool:
    """A role answers only where a word asks for it: 'post', 'title', or the class itself."""
    spoken = any(m.key == plan.relations[-1] and m.slot == "role" for m in scene.question.relations)
    relation = scene.ground.relations.get(plan.relations[-1])
    if relation and relation.family in scene.ground.answering.get(scene.question.asked, frozenset()):
        return True  # 'who is X' asks for the posts of X
    return spoken or any(scene.ground.kinds[m.key].qualifier for m in scene.question.classes)


def _is_of_the_kind(scene: Scene, plan: Plan) -> bool:  # noqa: C901, PLR0911  (one kind of question after the other)
    """The answer is of the kind that the question word asks for."""
    asked, ground = scene.question.asked, scene.ground
    if EITHER in (plan.operator, asked):
        return plan.operator == EITHER and asked != YES_OR_NO
    kinds = {a.kind for a in plan.answers()}
    if (asked == YES_OR_NO) != (kinds == {VERDICT}):
        return False
    if asked in (YES_OR_NO, ANYTHING):
        return True
    if asked in _WHATEVER | {"which"}:  # a date, and 'which' a figure, only where a word for it is said
        if asked == "which" and kinds == {NUMBER}:
            return any(v.key == "number" for v in scene.question.values)
        return kinds != {DATE} or any(v.key == "date" for v in scene.question.values)
    if asked in ("number", "amount"):
        return kinds == {NUMBER} or (asked == "number" and kinds == {COUNT})
    if asked == "when":
        return kinds == {DATE}
    allowed = ground.answering.get(asked, frozenset())
    if asked == "long":
        return (
            plan.relations[-1] in allowed if kinds == {DATE} else kinds == {NUMBER} and _units(scene, plan) <= allowed
        )
    relation = ground.relations.get(plan.relations[-1])
    family = relation.family if relation else ""
    if asked == "name":
        return kinds == {NAMES} or (bool({family, plan.relations[-1]} & allowed) and kinds == {TEXT})
    if asked == "who":
        said = bool({family, plan.relations[-1]} & allowed and plan.bound.get("relation"))
        return kinds == {ENTITY} and (said or all(ground.is_a(str(a.key), allowed) for a in plan.answers()))
    if asked in _BY_NAME:
        if {family, plan.relations[-1]} & allowed and not (asked == "where" and plan.place == SUBJECT):
            return kinds != {DATE}  # 'where' asks for the place, not for what is there
        return kinds == {ENTITY} and all(ground.is_a(str(a.key), allowed) for a in plan.answers())
    return True


def _units(scene: Scene, plan: Plan) -> set[str]:
    return {str(scene.ground.claim(row.facts[0]).unit) for row in plan.rows}


def _is_whoever_did(scene: Scene, plan: Plan) -> bool:
    """'What' asks for the thing, not for who did it: 'what was decided' is not by whom."""
    question, ground = scene.question, scene.ground
    known = ground.relations.get(plan.relations[-1])
    if question.asked not in _WHATEVER or question.agent or not known or head_of(scene) or plan.place != OBJECT:
        return False
    whoever = ground.answering.get("who", frozenset())
    return bool({known.name, known.family} & ground.answering.get(_BY, frozenset())) and all(
        ground.is_a(str(a.key), whoever) for a in plan.answers()
    )


def _is_of_the_class(scene: Scene, plan: Plan) -> bool:
    """Where the question word asks for a class, the answers are of that class."""
    heads = head_of(scene)
    answers = plan.answers()
    if not heads or plan.operator in ("count", "names") or scene.question.asked in ("number", "amount"):
        if plan.operator == "count" and heads:
            return bool({m.key for m in heads} & set(plan.classes))
        return True
    if answers[0].kind != ENTITY:
        return any(v.words & heads[0].words for v in scene.question.values)
    return any(
        all(scene.ground.is_a(str(a.key), (m.key,)) for a in answers)
        and (
            not m.words & scene.question.narrow
            or m.words <= plan.bound.get("class", EMPTY) | plan.bound.get("answer", EMPTY)
        )
        for m in heads
    )


def is_asked(scene: Scene, plan: Plan) -> bool:
    """Something in the question asks for the relation: its words, the rows' own words, or a question word for just that."""
    bound = plan.bound
    if bound.get("relation") or bound.get("said") or bound.get("operator") or bound.get("excepted"):
        return True
    if plan.operator in ("link", "names", "count", "yes"):
        return True
    if bound.get("own", EMPTY) - scene.date_words:
        return True
    relation = scene.ground.relations.get(plan.relations[-1])
    names = {plan.relations[-1], relation.family if relation else ""}
    heads = {kind for m in head_of(scene) for kind in scene.ground.kinds[m.key].supers}
    by_class = {asked for asked, answering in scene.ground.answering.items() if heads & answering}
    for asked in {scene.question.asked, *scene.question.also, *by_class}:
        if names & scene.ground.answering.get(asked, frozenset()):
            return True
    if bound.get("weak"):
        return True
    if bound.get("class") and bound.get("name") and names & scene.ground.answering.get(_OF, frozenset()):
        return True
    said = scene.relation_words or any(len(words) > 1 for words in scene.weak.values())
    return bool(not said and bound.get("class") and plan.operator == "rows" and not plan.narrowed)
