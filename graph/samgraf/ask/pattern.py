"""From readings to one graph pattern: which readings belong together, and the SPARQL that gives their answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from samgraf.ask.explain import Explainer
    from samgraf.ask.index import ClaimRow, Index
    from samgraf.ask.readings import Around, Reading
    from samgraf.ask.units import Question

_NEAR = 0.045
_NEAR_VALUE = 0.02
_NEAR_DATE = 0.06
_NEAR_TEXT = 0.045
_TIE = 0.003
_INVOLVEMENT = frozenset(("participatesIn", "involvedIn", "hosts"))


class Pattern:
    """Readings that say the same of different answers.

    ``fixed`` slots are named by the question; ``shared`` are the claims around that all readings have; ``classes`` are what
    every answer is.
    """

    def __init__(self, best: Reading, readings: list[Reading], fixed: dict[str, int]) -> None:
        self.best = best
        self.readings = readings
        self.fixed = fixed
        self.shared: list[Around] = []
        self.classes: tuple[str, ...] = ()

    @property
    def claims(self) -> list[ClaimRow]:
        """The main claims, in the order of the readings."""
        return [r.claim for r in self.readings]

    def answers(self) -> set[object]:
        """What the readings answer: entity numbers, or values."""
        found: set[object] = set()
        for r in self.readings:
            found.add(r.answer if r.answer is not None else value_of(r))
        return found


def value_of(reading: Reading) -> str | None:
    """Give the value that a reading answers with: the claim's value, or the beginning or end of its period."""
    claim = reading.claim
    return {"v": claim.da, "t": claim.start, "u": claim.until}.get(reading.slot)


def gather(
    readings: list[Reading],
    best: Reading,
    explainer: Explainer,
    question: Question,
    index: Index,
    *,
    several: bool = True,
) -> Pattern:
    """Put together the readings that belong with the best one."""
    fixed = _fixed(best, explainer)
    near = _NEAR if best.slot in ("s", "o", "b", "r") else _NEAR_VALUE if several else _TIE
    if several and best.slot == "v":
        near = {"edtf": _NEAR_DATE, "text": _NEAR_TEXT}.get(best.claim.datatype or "", near)
    chosen: list[Reading] = []
    outer = {n for _, _, numbers in question.names for n in numbers}
    for r in readings:
        same = r.slot == best.slot and _family(r.claim.p) == _family(best.claim.p)
        if not same or r.score < best.score - near:
            continue
        if any(r.claim.at(s) != n for s, n in fixed.items()) or r.claim.derived > best.claim.derived:
            continue
        if r.claim.modality != best.claim.modality or not _explains_as_much(r, best, question):
            continue
        if any(_far(a) in outer and not _has(r, a) for a in best.around if a.of == "answer"):
            continue
        chosen.append(r)
    pattern = Pattern(best, chosen, fixed)
    pattern.shared = [a for a in best.around if all(_has(r, a) for r in chosen)]
    if question.kind is not None and best.answer is not None:
        wanted = frozenset(question.kind.kinds)
        if all(r.answer is not None and index.is_a(index.entity(r.answer), wanted) for r in chosen):
            pattern.classes = tuple(sorted(wanted))
    return pattern


def _family(predicate: str) -> str:
    return "involvement" if predicate in _INVOLVEMENT else predicate


def _fixed(best: Reading, explainer: Explainer) -> dict[str, int]:
    """Give the slots of the best reading that the question names: those hold for every answer."""
    fixed = {}
    for slot in ("s", "o", "r", "b"):
        number = best.claim.at(slot)
        if slot == best.slot or number is None or not explainer.is_named(number):
            continue
        if slot in ("s", "o") or max(explainer.entity(number)) > 0.95:
            fixed[slot] = number
    return fixed


def _explains_as_much(reading: Reading, best: Reading, question: Question) -> bool:
    return all(
        a >= b - 0.3 or unit.bonus or unit is question.kind
        for a, b, unit in zip(reading.vector, best.vector, question.units, strict=True)
    )


def _has(reading: Reading, wanted: Around) -> bool:
    def same(a: Around) -> bool:
        if a.of != wanted.of or a.claim.p != wanted.claim.p:
            return False
        return (a.claim.s == a.entity) == (wanted.claim.s == wanted.entity) and _far(a) == _far(wanted)

    return any(same(a) for a in reading.around)


def _far(around: Around) -> int | None:
    return around.claim.far(around.entity)
