"""Yes and no from what a document says in so many words: a text that has the question's words, or that denies them.

*No* where one of the two has a word for 'not' and the other has none, or where the question asks for a duty and the text says that
it is free to choose. *Yes* where the text and the question agree in this, the text holds all that the question has and the question
most of what the text has; as expected or proposed where the text is. Nothing of the question may be left: what is not in the text,
in the names of whose text it is and of what that is tied to, or in its days, is not answered by it. Only for a *no* may one
word be left aside for two others that stand in the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from samgraf.ask.plans import TEXT, VERDICT, Answer, Plan, Row, value_of
from samgraf.ask.question import EMPTY
from samgraf.language.fold import fold, stem, words
from samgraf.language.messages import messages
from samgraf.store.ground import SUBJECT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from samgraf.ask.scene import Scene
    from samgraf.model import Claim

_ASIDE = re.compile(r"\([^)]*\)")
_PART = re.compile(r"[,;:.]\s")
_SMALL = ("stop", "light", "articles", "opens", "agent", "chatter")
_STATED, _TELLS = "stated", "told"
_LONG = 5
_TWO = 2


class _Language(NamedTuple):
    """The words of a language that tell nothing, that deny, that ask for a duty and that say there is none."""

    small: frozenset[str]
    denying: frozenset[str]
    duty: frozenset[str]
    free: frozenset[str]


def told(scene: Scene) -> Iterator[Plan]:
    """Yield what texts say to a question for yes or no."""
    ground, question = scene.ground, scene.question
    language = _language(question.language)
    asked = {w.folded for w in question.words}
    negated, duty = bool(asked & language.denying), bool(asked & language.duty)
    tells = ground.answering.get(_TELLS, frozenset())
    for number in scene.rank:
        claim = ground.claim(number)
        if claim.object or value_of(claim).kind != TEXT or not isinstance(claim.value, dict) or claim.superseded_by:
            continue
        if scene.as_of and not claim.may_hold(scene.as_of):
            continue
        relation = ground.relations.get(claim.predicate)
        text, stated = _ASIDE.sub("", claim.value.within(question.language)), claim.modality == _STATED
        fact = bool(relation and {relation.name, relation.family} & tells)
        for part in (text, *_PART.split(text)):
            said = words(part)
            telling = [stem(w) for w in said if w not in language.small | language.denying]
            denied = negated != bool(language.denying & set(said))
            if duty and language.free & set(said):
                bound = _binds(scene, number, telling, language, aside=_TWO, duty=True) if stated else {}
                value: str | bool = False
            elif denied:
                bound = (
                    _binds(scene, number, telling, language, aside=_TWO * fact)
                    if stated and _half(scene, claim, telling)
                    else {}
                )
                value = False
            elif part == text and fact and _is_first(scene, claim.subject):
                bound = _binds(scene, number, telling, language) if _most(scene, claim, telling) else {}
                value = True if stated else claim.modality
            else:
                continue
            if bound:
                row = Row((number,), Answer(VERDICT, value))
                yield Plan("yes", (claim.predicate,), ((SUBJECT, claim.subject),), "", (row,), bound)


def _language(code: str) -> _Language:
    asking = messages(code).content.get("asking", {})
    small = frozenset(fold(w) for kind in _SMALL for text in asking.get(kind, ()) for w in text.split(" "))
    denying = frozenset(fold(w) for w in (*asking.get("operators", {}).get("not", ()), *asking.get("denying", ())))
    return _Language(small, denying, *(frozenset(map(fold, asking.get(kind, ()))) for kind in ("duty", "free")))


def _binds(
    scene: Scene, number: int, telling: list[str], language: _Language, aside: int = 0, *, duty: bool = False
) -> dict[str, frozenset[int]]:
    """Give what binds the words of the question, if all are bound and some by the text itself."""
    question, claim = scene.question, scene.ground.claim(number)
    own = frozenset(n for n in scene.content if any(_alike(scene, n, t) for t in telling))
    around = {claim.subject, claim.document, *scene.linked(claim.subject)}
    names = EMPTY.union(*(scene.named.get(end, EMPTY) for end in around), scene.end_words(claim.subject))
    days = scene.claim_words(number) & scene.date_words
    of_document = scene.end_words(claim.document)
    small = question.light | frozenset(n for n, w in enumerate(question.words) if w.folded in language.denying)
    if duty:
        small |= frozenset(n for n, w in enumerate(question.words) if w.folded in language.duty)
    free = scene.content - own - names - of_document - days - small
    spoken = scene.ground.about(claim.subject) if duty else (number,)
    said = EMPTY.union(*(scene.mentioned(scene.ground.claim(n)) for n in spoken)) & free
    left = free - said
    if not (scene.end_words(claim.subject) if duty else own - names):
        return {}
    if left and (
        len(left) > (aside if duty else min(aside, len(own - small) // _TWO)) or not _may_be_left(scene, left)
    ):
        return {}
    return {"own": own | days, "name": names | of_document, "relation": said, "operator": small | left}


def _may_be_left(scene: Scene, left: frozenset[int]) -> bool:
    """Tell whether these are general words: no name of a particular thing, no figure, nothing unknown."""
    question = scene.question
    names = EMPTY.union(
        *(w for w, b in scene.names if not all(scene.ground.kinds_qualify(name) for name, _ in b)), EMPTY
    )
    return not left & (names | frozenset(question.unknown)) and all(question.words[n].text.islower() for n in left)


def _alike(scene: Scene, word: int, other: str) -> bool:
    """Tell whether a word of the question is a word of a text: the same, one for the same, or the one within a compound."""
    said = scene.question.words[word]
    if other in (said.stem, said.same) or scene.ground.same([other])[other] == said.same:
        return True
    short, long = sorted((said.stem, other), key=len)
    return len(short) >= _LONG and (long.startswith(short) or long.endswith(short))


def _is_first(scene: Scene, subject: str) -> bool:
    """Tell whether a thing is what the question names first, where it names anything in particular: 'is A done by B' asks of A."""
    ground, small = scene.ground, scene.question.stop
    particular = [w for w, bearers in scene.names if w - small and not all(ground.kinds_qualify(b) for b, _ in bearers)]
    first = min(particular, key=min, default=EMPTY)
    within = (bearers for words, bearers in scene.question.names if words <= first)
    return not first or any(subject == bearer for bearers in within for bearer, _ in bearers)


def _shared(scene: Scene, claim: Claim, telling: list[str]) -> tuple[int, int]:
    """Give how many of a text's words beside the name of what it is of the question has, and how many they are."""
    name = scene.ground.name_stems(claim.subject)
    rest = [t for t in dict.fromkeys(telling) if t not in name]
    every = range(len(scene.question.words))
    return sum(any(_alike(scene, n, t) for n in every) for t in rest), len(rest)


def _half(scene: Scene, claim: Claim, telling: list[str]) -> bool:
    """Tell whether the question has more than half of a text's words."""
    name = scene.ground.name_stems(claim.subject)
    every = range(len(scene.question.words))
    has = sum(t in name or any(_alike(scene, n, t) for n in every) for t in telling)
    return 2 * has > len(telling)


def _most(scene: Scene, claim: Claim, telling: list[str]) -> bool:
    """Tell whether the question has two or more of a text's words beside its name, and two thirds of them."""
    has, all_of_them = _shared(scene, claim, telling)
    return has > 1 and 3 * has >= 2 * all_of_them
