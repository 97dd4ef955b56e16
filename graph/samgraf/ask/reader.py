"""Reading the claims: every candidate claim with each slot that could be the answer, ranked by what it explains."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.ask.around import look_around
from samgraf.ask.candidates import Candidates
from samgraf.ask.explain import Explainer
from samgraf.ask.penalty import Penalties
from samgraf.ask.readings import Reading

if TYPE_CHECKING:
    from samgraf.ask.index import ClaimRow, Index
    from samgraf.ask.units import Question

_BORNE = 0.85
_HALF = 0.5
_STRANGER = 0.12
_ADJACENT = 0.97
_LEAST = 0.15
_FEW = 120
_MARGIN = 0.08


class Reader:
    """Finds the readings of one question."""

    def __init__(self, question: Question, index: Index, as_of: str | None = None) -> None:
        self.question = question
        self.index = index
        self.explainer = Explainer(question, index)
        self.pool = Candidates(question, index, self.explainer, as_of)
        self._found: list[Reading] | None = None

    def readings(self) -> list[Reading]:
        """Give the readings, best first."""
        if self._found is None:
            self._found = self._all()
        return self._found

    def again(self, *, superseded: bool = False, asks: str | None = None) -> list[Reading]:
        """Read once more, with superseded claims or as another kind of question."""
        self.pool.superseded = superseded or self.pool.superseded
        before, self.question.asks = self.question.asks, asks or self.question.asks
        try:
            return self._all()
        finally:
            self.question.asks = before

    def _all(self) -> list[Reading]:
        self.outer = self._outer_units()
        penalties = Penalties(self.question, self.index, self.explainer)
        first = [r for c in self.pool.claims() for slot in self.pool.slots(c) if (r := self._read(c, slot, penalties))]
        first.sort(key=lambda r: (-r.score, r.claim.id))
        kept = first[:_FEW]
        bar = kept[0].score - _MARGIN if kept else 0.0
        done = []
        for reading in kept:
            if reading.score + self._room(reading) < bar:
                continue
            look_around(reading, self.question, self.pool, self.explainer)
            reading.score -= 0.025 * self._missed_names(reading) + (_STRANGER if self._is_stranger(reading) else 0.0)
            bar = max(bar, reading.score - 2 * _MARGIN)
            done.append(reading)
        done.sort(key=lambda r: (-r.score, r.claim.id, r.slot))
        return done

    def _read(self, claim: ClaimRow, slot: str, penalties: Penalties) -> Reading | None:
        explainer, kind = self.explainer, self.question.kind
        against = explainer.moments(claim)[1]
        vector = explainer.claim(claim, slot)
        if against and not self._dates_named(claim):
            return None
        reading = Reading(claim, slot, vector, 0.0)
        if reading.answer is not None:
            reading.vector = list(map(max, vector, explainer.answer(reading.answer, kind)))
        elif slot in ("v", "t", "u") and kind is not None and claim.p in kind.relations:
            reading.vector = list(
                vector
            )  # a kind word such as 'objective' or 'status' is met by the predicate's own words
            reading.vector[self.question.units.index(kind)] = 1.0
        share = explainer.score(reading.vector)
        if share <= _LEAST:
            return None
        reading.score = share - penalties.of(claim, slot)
        return reading if reading.score > _LEAST else None

    def _room(self, reading: Reading) -> float:
        """Give how much further claims could add to a reading at the most."""
        weights = self.explainer.owed
        return (
            _ADJACENT * sum(w * (1.0 - v) for v, w in zip(reading.vector, weights, strict=True)) / self.explainer.total
        )

    def _dates_named(self, claim: ClaimRow) -> bool:
        """Tell whether every date of the question stands in a name that the claim speaks of."""
        names = [self.explainer.entity(n) for n in (claim.s, claim.o) if n is not None]
        return all(
            any(name[k] > 0.8 for name in names)
            for k, unit in enumerate(self.question.units)
            if unit.moment is not None
        )

    def _outer_units(self) -> list[list[int]]:
        """Give, for each name that says something (two words or more, or an actor, agreement, initiative or event), its units."""
        question, found = self.question, []
        for i, j, numbers in question.names:
            inside = any((a, b) != (i, j) and a <= i and j <= b for a, b, _ in question.names)
            telling = j - i > 1 or self.explainer.tells(numbers)
            units = [k for k, u in enumerate(question.units) if not u.bonus and all(i <= p < j for p in u.positions)]
            if telling and units and not inside:
                found.append(units)
        return found

    def _is_stranger(self, reading: Reading) -> bool:
        """Tell whether 'who …' names one thing outright that has no part in the reading, only something named like it."""
        if self.question.asks != "who":
            return False
        named = [n for n in self.question.names if self.explainer.tells(n[2])]
        outer = [n for n in named if not any(m is not n and m[0] <= n[0] and n[1] <= m[1] for m in named)]
        if len(outer) != 1:
            return False
        claims = [reading.claim, *(a.claim for a in reading.around)]
        parts = {n for c in claims for n in (c.s, c.o, c.role, c.behalf, c.document)}
        return not parts & set(outer[0][2])

    def _missed_names(self, reading: Reading) -> int:
        """Count the names that no entity of the reading bears."""
        if not self.outer:
            return 0
        claims = [reading.claim, *(a.claim for a in reading.around)]
        entities = {n for c in claims for n in (c.s, c.o, c.role, c.behalf, c.document) if n is not None}
        vectors = [self.explainer.entity(n) for n in entities]
        return sum(
            any(reading.vector[k] < _BORNE or max(v[k] for v in vectors) < _HALF for k in units) for units in self.outer
        )
