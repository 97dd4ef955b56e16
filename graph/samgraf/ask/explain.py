"""How well claims explain the units of a question: the part of understanding that compares words.

A vector holds, for each unit of the question, how well something explains it (0 to 1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.ask.moments import overlaps

if TYPE_CHECKING:
    from samgraf.ask.index import ClaimRow, Index
    from samgraf.ask.question import Question, Unit

Vector = list[float]

_OWN = 1.0
_BESIDE = 0.62
_BOUND_KIND = 0.8
_ANSWER_NAME = 0.78
_SMALL = 3


class Explainer:
    """Vectors of entities and claims for one question, each worked out once."""

    def __init__(self, question: Question, index: Index) -> None:
        self.question = question
        self.index = index
        self.units = question.units
        self.size = len(self.units)
        self.named: dict[int, list[tuple[int, int]]] = {}
        for i, j, numbers in question.names:
            for number in numbers:
                self.named.setdefault(number, []).append((i, j))
        self._reach: dict[str, list[tuple[int, float]]] = {}
        for k, unit in enumerate(self.units):
            for token, factor in unit.reach.items():
                self._reach.setdefault(token, []).append((k, factor))
        self._phrases = [
            (k, stems, factor) for k, unit in enumerate(self.units) for stems, factor in unit.phrases
        ]
        self._entities: dict[int, Vector] = {}
        self._content: dict[tuple[int, str], Vector] = {}

    def words(self, bag: list[str]) -> Vector:
        """Explain units by the stems in a bag."""
        vector = [0.0] * self.size
        for token in bag:
            for k, factor in self._reach.get(token, ()):
                vector[k] = max(vector[k], factor)
        if self._phrases:
            tokens = set(bag)
            for k, stems, factor in self._phrases:
                if factor > vector[k] and self._all_in(stems, tokens):
                    vector[k] = factor
        return vector

    def reaches(self, token: str) -> bool:
        """Tell whether some unit of the question speaks of this stem."""
        return token in self._reach or self._in_phrase(token)

    @staticmethod
    def _all_in(stems: frozenset[str], tokens: set[str]) -> bool:
        return all(s in tokens or any(t.startswith(s) for t in tokens if len(s) > 3) for s in stems)

    def load(self, numbers: set[int]) -> None:
        """Work out the vectors of these entities' names in one go."""
        missing = sorted(n for n in numbers if n not in self._entities)
        if not missing:
            return
        aliases = self.index.aliases(missing)
        for number in missing:
            self._entities[number] = self._by_name(number, aliases.get(number, []))

    def entity(self, number: int | None) -> Vector:
        """Explain units by an entity's names; the better the name as a whole is met, the better they are explained."""
        if number is None:
            return [0.0] * self.size
        if number not in self._entities:
            self.load({number})
        return self._entities[number]

    def adjacent(self, one: int | None, other: int | None) -> bool:
        """Tell whether the question names both, one right after the other ('the circle on complex challenges')."""
        firsts = self.named.get(one or -1, []) or self._kind_spans(one)
        seconds = self.named.get(other or -1, [])
        return any(0 <= c - b <= 2 or 0 <= a - d <= 2 for a, b in firsts for c, d in self._chained(seconds))

    def _kind_spans(self, number: int | None) -> list[tuple[int, int]]:
        """Give where the question speaks of an entity by its kind alone ('the agreement between …')."""
        kinds = self.kind(number, 1.0)
        return [(min(u.positions), max(u.positions) + 1) for k, u in enumerate(self.units) if kinds[k]]

    def _chained(self, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Give these places and those of the names that lead up to them ('A, B and C' stand together)."""
        found = list(spans)
        for a, _ in spans:
            begin = a
            for i, j, _ in sorted(self.question.names, key=lambda n: -n[1]):
                if 0 <= begin - j <= 1:
                    begin = i
                    found.append((i, j))
        return found

    def is_named(self, number: int | None) -> bool:
        """Tell whether the question names this entity outright."""
        return number is not None and number in self.named

    def _by_name(self, number: int, aliases: list[list[str]]) -> Vector:
        best = [0.0] * self.size
        for alias in aliases:
            vector = self.words(alias)
            if not any(vector):
                continue
            telling = [t for t in alias if len(t) > _SMALL or t.isdigit()] or alias
            met = sum(1 for t in telling if self.reaches(t)) / len(telling)
            strength = 1.0 if met > 0.99 else 0.35 + 0.6 * met
            best = [max(a, v * strength) for a, v in zip(best, vector, strict=True)]
        for i, j in self.named.get(number, ()):
            inside_longer = any(a <= i and j <= b and (a, b) != (i, j) for a, b, _ in self.question.names)
            for k, unit in enumerate(self.units):
                if all(i <= p < j for p in unit.positions):
                    best[k] = max(best[k], 0.9 if inside_longer else 1.0)
        return best

    def _in_phrase(self, token: str) -> bool:
        return any(token in stems for _, stems, _ in self._phrases)

    def predicate(self, name: str, answer: str) -> Vector:
        """Explain units by the words that the lexicon gives for a predicate, some only when one slot is the answer."""
        return [asks_for(unit, name, answer) for unit in self.units]

    def kind(self, number: int | None, factor: float) -> Vector:
        """Explain units by what kind of thing an entity is."""
        vector = [0.0] * self.size
        if number is None:
            return vector
        entity = self.index.entity(number)
        for k, unit in enumerate(self.units):
            if unit.kinds and self.index.is_a(entity, frozenset(unit.kinds)):
                vector[k] = factor
        return vector

    def moments(self, claim: ClaimRow) -> tuple[Vector, bool]:
        """Explain dates by a claim's period or date value; the second value tells that the dates speak against it."""
        vector = [0.0] * self.size
        against = False
        for k, unit in enumerate(self.units):
            if unit.moment is None:
                continue
            period = self._period(claim)
            value = (claim.value_earliest, claim.value_latest)
            if value[0] and overlaps(unit.moment, *value):
                vector[k] = 1.0
            elif any(period):
                if overlaps(unit.moment, *period):
                    vector[k] = 1.0
                else:
                    against = True
            elif value[0]:
                against = True
            elif claim.document in self.index.written and overlaps(unit.moment, *self.index.written[claim.document]):
                vector[k] = 0.7
        return vector, against

    def _period(self, claim: ClaimRow) -> tuple[str | None, str | None]:
        """Give when the claim held; something that happens at a moment is over with it."""
        if claim.start_earliest and not claim.until_latest and claim.p in self.index.instants:
            return claim.start_earliest, claim.start_latest
        return claim.start_earliest, claim.until_latest

    def claim(self, claim: ClaimRow, answer: str) -> Vector:
        """Explain units by a claim, but for the slot that is the answer: s, o, v, t, u, r, b or '' for none."""
        vectors = [self.predicate(claim.p, answer), self.content(claim, answer)]
        if claim.kind:
            vectors.append(self.predicate(f"figure/{claim.kind}", answer))
        return best_of(vectors, self.size)

    def content(self, claim: ClaimRow, answer: str) -> Vector:
        """Explain units by what a claim speaks of, its predicate left out."""
        key = (claim.id, answer)
        if key not in self._content:
            self._content[key] = self._content_of(claim, answer)
        return self._content[key]

    def _content_of(self, claim: ClaimRow, answer: str) -> Vector:
        parts: list[Vector] = []
        for slot, number in (("s", claim.s), ("o", claim.o), ("r", claim.role), ("b", claim.behalf), ("", claim.unit)):
            if number is not None and slot != answer:
                parts.append(self.entity(number))
                if slot in ("s", "o"):
                    parts.append(self.kind(number, _BOUND_KIND))
        if claim.document is not None:
            parts.append([0.85 * v for v in self.entity(claim.document)])
        own = claim.own.split()
        if answer == "v" and claim.datatype in ("number", "edtf", "string"):
            own = [t for t in own if t not in (claim.da or "").lower().split()]
        for factor, bag in ((_OWN, own), (_BESIDE, claim.beside.split())):
            met = self.words(bag)
            parts.append([0.0 if u.identifier else factor * v for v, u in zip(met, self.units, strict=True)])
        dated, _ = self.moments(claim)
        parts.append(dated)
        parts.append(self._manner(claim))
        return best_of(parts, self.size)

    def strictly(self, claim: ClaimRow) -> Vector:
        """Explain units by a claim's entities and own words alone, its note and heading left out."""
        ends = (claim.s, claim.o, claim.role, claim.behalf)
        return best_of([*(self.entity(n) for n in ends if n is not None), self.words(claim.own.split())], self.size)

    def _manner(self, claim: ClaimRow) -> Vector:
        """Explain the words for 'proposed' and 'expected' by the claim's modality, and 'on behalf' by whom it is for."""
        vector = [0.0] * self.size
        for k, unit in enumerate(self.units):
            if claim.modality in unit.manners or (claim.behalf is not None and "onBehalfOf" in unit.relations):
                vector[k] = 1.0
        return vector

    def answer(self, number: int, main: Unit | None) -> Vector:
        """Explain units by the answer entity itself: its kind, and its name a little."""
        vector = [0.0 if self.is_named(number) else _ANSWER_NAME * v for v in self.entity(number)]
        kinds = self.kind(number, 1.0)
        for k, unit in enumerate(self.units):
            if unit.narrow and kinds[k] and not self.entity(number)[k]:
                kinds[k] = 0.3
            if unit is main or kinds[k]:
                vector[k] = max(vector[k], kinds[k] if unit is main else 0.7 * kinds[k])
        return vector

    def score(self, vector: Vector) -> float:
        """Give the share of the question's weight that a vector explains."""
        pairs = list(zip(vector, self.units, strict=True))
        share = sum(v * u.weight for v, u in pairs if not u.bonus) / self.question.total
        return share + min(0.05, 0.035 * sum(v * u.weight for v, u in pairs if u.bonus))


def asks_for(unit: Unit, predicate: str, answer: str) -> float:
    """Tell how well a word asks for a predicate, with this slot as the answer (s, o, v …; '' for none).

    A word that the lexicon ties to one slot says half as much of another; 'began' and 'ended' ask for a period's ends.
    """
    relations = unit.relations
    if predicate in relations or f"{predicate}:{answer}" in relations:
        return 1.0
    if any(r.startswith(f"{predicate}:") for r in relations):
        return 0.5 if answer else 1.0
    ends = {"t": "startDate", "u": "endDate"}
    return 0.9 if ends.get(answer) in relations else 0.0


def best_of(vectors: list[Vector], size: int) -> Vector:
    """Give, unit by unit, the best that any of the vectors does."""
    if not vectors:
        return [0.0] * size
    return [max(column) for column in zip(*vectors, strict=True)]
