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


def look_around(reading: Reading, question: Question, pool: Candidates, explainer: Explainer) -> None:
    """Explain what the main claim leaves, by further claims about the answer and about the other end."""
    taken = {reading.claim.id}
    if reading.slot in ("s", "o", "b") and reading.answer is not None:
        _extend(reading, reading.answer, "answer", question, pool, explainer, taken)
    for end in {reading.claim.s, reading.claim.o, reading.claim.behalf} - {reading.answer, None}:
        if end is not None:
            _extend(reading, end, "other", question, pool, explainer, taken)


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
        if says < least:
            continue
        whole = explainer.claim(claim, slot)
        told = [strength * max(a, b) for a, b in zip(whole, vector, strict=True)]
        if explainer.dated and explainer.moments(claim)[1]:
            told = [0.0 if u.moment else v for v, u in zip(told, question.units, strict=True)]
        options.append((claim, told))
    return options
