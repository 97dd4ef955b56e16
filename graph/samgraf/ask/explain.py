"""How well claims explain the units of a question: the part of understanding that compares words.

A vector holds, for each unit of the question, how well something explains it (0 to 1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.ask.moments import MONTHS, overlaps
from samgraf.ask.units import asks_for
from samgraf.text import stem

if TYPE_CHECKING:
    from samgraf.ask.candidates import Candidates
    from samgraf.ask.index import ClaimRow, Index
    from samgraf.ask.units import Question, Unit

Vector = list[float]

_BESIDE = 0.62
_BOUND_KIND = 0.8
_DOCUMENT = 0.85
_ANSWER_NAME = 0.78
_SMALL = frozenset(
    "af og i for om den det de der the of in on and til fra med pa ved en et at pr a an to by with from".split()
)
_TELLING = frozenset(("Actor", "Agreement", "Initiative", "Event", "Document"))
_OF_DATES = frozenset([stem(m) for m in MONTHS] + [str(day) for day in range(1, 32)])


class Explainer:
    """Vectors of entities and claims for one question, each worked out once.

    ``owed`` are the weights of the units that must be explained (0 for the others), ``total`` is their sum.
    """

    def __init__(self, question: Question, index: Index) -> None:
        self.question = question
        self.index = index
        self.units = question.units
        self.size = len(self.units)
        self.owed = [0.0 if u.bonus else u.weight for u in self.units]
        self.extra = [u.weight if u.bonus else 0.0 for u in self.units]
        self.total = question.total
        self.dated = any(u.moment for u in self.units)
        self.named: dict[int, list[tuple[int, int]]] = {}
        for i, j, numbers in question.names:
            for number in numbers:
                self.named.setdefault(number, []).append((i, j))
        self._none = [0.0] * self.size
        self._reach: dict[str, list[tuple[int, float]]] = {}
        for k, unit in enumerate(self.units):
            for token, factor in unit.reach.items():
                self._reach.setdefault(token, []).append((k, factor))
        self._phrases = [(k, stems, factor) for k, unit in enumerate(self.units) for stems, factor in unit.phrases]
        self._in_phrases = {token for _, stems, _ in self._phrases for token in stems}
        self._manners = any(u.manners or "onBehalfOf" in u.relations for u in self.units)
        self._identifiers = [k for k, u in enumerate(self.units) if u.identifier]
        self._entities: dict[int, Vector] = {}
        self._kinds: dict[tuple[str, ...], list[int]] = {}
        self._asks: dict[tuple[str, str], Vector] = {}
        self._content: dict[tuple[int, str], Vector] = {}
        self._bags: dict[str, Vector] = {}
        self._dates: dict[int, tuple[Vector, bool]] = {}
        self._beside: dict[int, list[tuple[ClaimRow, str, Vector, float]]] = {}

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

    def text(self, joined: str) -> Vector:
        """Explain units by stems joined by blanks; each text is looked at once."""
        if not joined:
            return self._none
        if joined not in self._bags:
            self._bags[joined] = self.words(joined.split())
        return self._bags[joined]

    def reaches(self, token: str) -> bool:
        """Tell whether some unit of the question speaks of this stem."""
        return token in self._reach or token in self._in_phrases

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
            return self._none
        if number not in self._entities:
            self.load({number})
        return self._entities[number]

    def adjacent(self, one: int | None, other: int | None) -> bool:
        """Tell whether the question names both, one right after the other ('the circle on complex challenges')."""
        seconds = self.named.get(other or -1)
        if not seconds:
            return False
        firsts = self.named.get(one or -1) or self._kind_spans(one)
        return any(0 <= c - b <= 2 or 0 <= a - d <= 2 for a, b in firsts for c, d in self._chained(seconds))

    def _kind_spans(self, number: int | None) -> list[tuple[int, int]]:
        """Give where the question speaks of an entity by its kind alone ('the agreement between …')."""
        return [(min(u.positions), max(u.positions) + 1) for u in (self.units[k] for k in self.kinds(number))]

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
        return number in self.named

    def tells(self, numbers: list[int]) -> bool:
        """Tell whether a name is of something particular: an actor, agreement, initiative, event or document."""
        return any(self.index.is_a(self.index.entity(n), _TELLING) for n in numbers[:2])

    def _by_name(self, number: int, aliases: list[str]) -> Vector:
        best = self._none
        for joined in aliases:
            alias = joined.split()
            vector = self.words(alias)
            if not any(vector):
                continue
            telling = [t for t in alias if t not in _SMALL and (t not in _OF_DATES or self.reaches(t))] or alias
            met = sum(1 for t in telling if self.reaches(t)) / len(telling)
            strength = 1.0 if met > 0.99 else 0.35 + 0.6 * met
            best = [max(a, v * strength) for a, v in zip(best, vector, strict=True)]
        for i, j in self.named.get(number, ()):
            best = list(best)
            inside_longer = any(a <= i and j <= b and (a, b) != (i, j) for a, b, _ in self.question.names)
            for k, unit in enumerate(self.units):
                if all(i <= p < j for p in unit.positions):
                    best[k] = max(best[k], 0.9 if inside_longer else 1.0)
        return best

    def asks(self, predicate: str, answer: str) -> Vector:
        """Explain units by the words that the lexicon gives for a predicate, some only when one slot is the answer."""
        key = (predicate, answer)
        if key not in self._asks:
            self._asks[key] = [asks_for(unit, predicate, answer) for unit in self.units]
        return self._asks[key]

    def kinds(self, number: int | None) -> list[int]:
        """Give the places of the units whose kind an entity is of."""
        if number is None:
            return []
        entity = self.index.entity(number)
        if entity.types not in self._kinds:
            self._kinds[entity.types] = [
                k for k, u in enumerate(self.units) if u.kinds and self.index.is_a(entity, frozenset(u.kinds))
            ]
        return self._kinds[entity.types]

    def moments(self, claim: ClaimRow) -> tuple[Vector, bool]:
        """Explain dates by a claim's period or date value; the second value tells that the dates speak against it."""
        if not self.dated:
            return self._none, False
        if claim.id not in self._dates:
            self._dates[claim.id] = self._moments(claim)
        return self._dates[claim.id]

    def _moments(self, claim: ClaimRow) -> tuple[Vector, bool]:
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
            else:
                written = self.index.written(claim.document)
                if written and overlaps(unit.moment, *written):
                    vector[k] = 0.7
        return vector, against

    def _period(self, claim: ClaimRow) -> tuple[str | None, str | None]:
        """Give when the claim held; something that happens at a moment is over with it."""
        if claim.start_earliest and not claim.until_latest and claim.p in self.index.instants:
            return claim.start_earliest, claim.start_latest
        return claim.start_earliest, claim.until_latest

    def claim(self, claim: ClaimRow, answer: str) -> Vector:
        """Explain units by a claim, but for the slot that is the answer: s, o, v, t, u, r, b or '' for none."""
        vector = list(map(max, self.asks(claim.p, answer), self.content(claim, answer)))
        return list(map(max, vector, self.asks(f"figure/{claim.kind}", answer))) if claim.kind else vector

    def content(self, claim: ClaimRow, answer: str) -> Vector:
        """Explain units by what a claim speaks of, its predicate left out."""
        key = (claim.id, answer)
        if key not in self._content:
            self._content[key] = self._content_of(claim, answer)
        return self._content[key]

    def _content_of(self, claim: ClaimRow, answer: str) -> Vector:
        best = list(self._none)
        for slot, number in (("s", claim.s), ("o", claim.o), ("r", claim.role), ("b", claim.behalf), ("", claim.unit)):
            if number is None or slot == answer:
                continue
            best = list(map(max, best, self.entity(number)))
            for k in self.kinds(number) if slot in ("s", "o") else ():
                best[k] = max(best[k], _BOUND_KIND)
        if claim.document is not None:
            best = [max(b, _DOCUMENT * v) for b, v in zip(best, self.entity(claim.document), strict=True)]
        own, beside = self.text(claim.own), self.text(claim.beside)
        if answer == "v" and claim.datatype in ("number", "edtf", "string"):
            value = (claim.da or "").lower().split()
            own = self.text(" ".join(t for t in claim.own.split() if t not in value))
        if self._identifiers:
            own = [0.0 if u.identifier else v for v, u in zip(own, self.units, strict=True)]
            beside = [0.0 if u.identifier else v for v, u in zip(beside, self.units, strict=True)]
        best = [max(b, o, _BESIDE * s) for b, o, s in zip(best, own, beside, strict=True)]
        if self.dated:
            best = list(map(max, best, self.moments(claim)[0]))
        return self._with_manner(claim, best) if self._manners else best

    def _with_manner(self, claim: ClaimRow, vector: Vector) -> Vector:
        """Explain 'proposed', 'expected' and 'originally' by the claim's standing, and 'on behalf' by whom it is for."""
        for k, unit in enumerate(self.units):
            manner = claim.modality in unit.manners or (claim.superseded and "original" in unit.manners)
            if manner or (claim.behalf is not None and "onBehalfOf" in unit.relations):
                vector[k] = 1.0
        return vector

    def beside(self, entity: int, pool: Candidates) -> list[tuple[ClaimRow, str, Vector, float]]:
        """Give the claims about an entity that explain something but for the entity: claim, its slot, what, how much."""
        if entity not in self._beside:
            found = []
            for claim in pool.around(entity):
                if claim.datatype != "text":
                    slot = "s" if claim.s == entity else "o"
                    vector = self.content(claim, slot)
                    said = sum(v * w for v, w in zip(vector, self.owed, strict=True))
                    if said:
                        found.append((claim, slot, vector, said))
            self._beside[entity] = found
        return self._beside[entity]

    def strictly(self, claim: ClaimRow) -> Vector:
        """Explain units by a claim's entities and own words alone, its note and heading left out."""
        best = self.text(claim.own)
        for number in (claim.s, claim.o, claim.role, claim.behalf):
            if number is not None:
                best = list(map(max, best, self.entity(number)))
        return best

    def answer(self, number: int, main: Unit | None) -> Vector:
        """Explain units by the answer entity itself: its kind, and its name a little."""
        name = self.entity(number)
        vector = list(self._none) if self.is_named(number) else [_ANSWER_NAME * v for v in name]
        for k in self.kinds(number):
            unit = self.units[k]
            share = 0.3 if unit.narrow and not name[k] else 1.0
            vector[k] = max(vector[k], share if unit is main else 0.7 * share)
        if main is not None and not main.kinds:
            k = self.units.index(main)
            vector[k] = max(vector[k], name[k])
        return vector

    def score(self, vector: Vector) -> float:
        """Give the share of the question's weight that a vector explains."""
        share = sum(map(float.__mul__, vector, self.owed)) / self.total
        return share + min(0.05, 0.035 * sum(map(float.__mul__, vector, self.extra)))
