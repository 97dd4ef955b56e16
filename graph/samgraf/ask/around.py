"""Claims around a reading: what the main claim leaves unexplained, told by claims about the answer and the other end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.ask.readings import Around

if TYPE_CHECKING:
    from samgraf.ask.candidates import Candidates
    from samgraf.ask.explain import Explainer, Vector
    from samgraf.ask.index import ClaimRow
    from samgraf.ask.readings import Reading
    from samgraf.ask.units import Question

_ANSWER = 0.88
_OTHER = 0.78
_BESIDE_TEXT = 0.62
_ADJACENT = 0.97
_STRUCTURAL = frozenset(("underArea", "underAgreement", "partOf", "partyTo", "concerns", "hasTheme", "underBody"))
_MOST = 4
_LEAST_SAID = 0.03
_LEAST_GAIN = 0.035
_BEYOND = 0.15
_HARDLY = 0.3
_BESIDE_THE_POINT = 0.15


def look_around(reading: Reading, question: Question, pool: Candidates, explainer: Explainer) -> None:
    """Explain what the main claim leaves, by further claims about the answer and about the other end."""
    taken = {reading.claim.id}
    if reading.slot in ("s", "o", "b") and reading.answer is not None:
        _extend(reading, reading.answer, "answer", question, pool, explainer, taken)
    for end in {reading.claim.s, reading.claim.o, reading.claim.behalf} - {reading.answer, None}:
        if end is not None:
            _extend(reading, end, "other", question, pool, explainer, taken)
    if _beside_the_point(reading, question, explainer):
        reading.score -= _BESIDE_THE_POINT


def _beside_the_point(reading: Reading, question: Question, explainer: Explainer) -> bool:
    """Tell whether the main claim's other end is never spoken of, and what is named hangs on by a relation not asked for.

    'Who sits on X' is not answered by who sits on something else and represents X.
    """
    other = reading.claim.far(reading.answer) if reading.slot in ("s", "o") and reading.answer is not None else None
    if other is None or max(explainer.entity(other), default=0.0) >= _HARDLY or explainer.kinds(other):
        return False
    named = [a for a in reading.around if a.of == "answer" and explainer.is_named(a.claim.far(a.entity))]
    return bool(named) and not any(
        value > 0 and not unit.bonus
        for a in named
        for value, unit in zip(explainer.asks(a.claim.p, ""), question.units, strict=True)
    )


def _extend(
    reading: Reading, entity: int, of: str, question: Question, pool: Candidates, explainer: Explainer, taken: set[int]
) -> None:
    weights, total = explainer.owed, explainer.total
    options = _options(reading, entity, of, question, pool, explainer, taken)
    for _ in range(_MOST):
        best, gain = None, 0.0
        for option in options:
            more = sum(w * (b - a) for a, b, w in zip(reading.vector, option[1], weights, strict=True) if b > a)
            if more > gain + 1e-9:
                best, gain = option, more
        share = gain / total
        if best is None or share < _LEAST_GAIN:
            return
        claim, vector = best
        far = claim.o if claim.s == entity else claim.s
        taken.add(claim.id)
        reading.around.append(Around(claim, of, entity))
        reading.vector = list(map(max, reading.vector, vector))
        reading.score += share - (0.012 if explainer.is_named(far) else 0.022)


def _spoken_of(entity: int, claim: ClaimRow, slot: str, question: Question, explainer: Explainer) -> bool:
    """Tell whether the question speaks of the entity in between: by a name, a kind or a role of its own, or by the relation.

    'The chair of X' is not the chair of a committee that is a part of X, unless a word of the question means the committee.
    """
    if explainer.is_named(entity):
        return True
    own, far = explainer.entity(entity), explainer.entity(claim.far(entity))
    asked, role, kinds = explainer.asks(claim.p, slot), explainer.entity(claim.role), explainer.kinds(entity)
    return any(
        not unit.bonus
        and unit is not question.kind
        and (own[k] > far[k] + _BEYOND or asked[k] > 0 or role[k] > 0 or k in kinds)
        for k, unit in enumerate(question.units)
    )


def _options(
    reading: Reading, entity: int, of: str, question: Question, pool: Candidates, explainer: Explainer, taken: set[int]
) -> list[tuple[ClaimRow, Vector]]:
    """Give the claims about an entity that say something the reading does not, each with what it explains."""
    least = _LEAST_SAID * explainer.total
    factor = _ANSWER if of == "answer" else _BESIDE_TEXT if reading.claim.datatype == "text" else _OTHER
    options = []
    for claim, slot, vector, most in explainer.beside(entity, pool):
        if most < least or claim.id in taken:
            continue
        strength = factor
        if (
            of == "other"
            and factor == _OTHER
            and claim.p in _STRUCTURAL
            and explainer.adjacent(entity, claim.far(entity))
        ):
            strength = _ADJACENT
        told = [strength * v for v in vector]
        says = sum(w * (b - a) for a, b, w in zip(reading.vector, told, explainer.owed, strict=True) if b > a)
        if says < least or (of == "other" and not _spoken_of(entity, claim, slot, question, explainer)):
            continue
        whole = explainer.claim(claim, slot)
        told = [strength * max(a, b) for a, b in zip(whole, vector, strict=True)]
        if explainer.dated and explainer.moments(claim)[1]:
            told = [0.0 if u.moment else v for v, u in zip(told, question.units, strict=True)]
        options.append((claim, told))
    return options
