"""Readings of a question: a claim whose one slot is the answer, and the claims around it that explain the rest.

Each reading is a graph pattern: the main claim with its fixed slots, up to three further claims about the answer, and up to
two about the other end. The best reading explains most of the question's weight with the fewest assumptions.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from samgraf.ask.explain import Explainer, Vector, asks_for

if TYPE_CHECKING:
    from samgraf.ask.index import ClaimRow, Index
    from samgraf.ask.question import Question

ENTITY_SLOTS = ("s", "o", "b")
_AROUND_ANSWER = 0.88
_AROUND_OTHER = 0.78
_BORNE = 0.85
_HALF = 0.5
_COUNTED = 0.55
_BESIDE_TEXT = 0.62
_STRUCTURAL = frozenset(("underArea", "underAgreement", "partOf", "partyTo", "concerns", "hasTheme", "underBody"))
_TELLING = frozenset(("Actor", "Agreement", "Initiative", "Event", "Document"))
_ADJACENT = 0.97
_FEW = 120
_MARGIN = 0.08
_COMMON = 100000
_LITTLE = 3
_REPORTED = frozenset(("statusText",))
_DATED = frozenset(("decided", "result", "commitment"))
_ACTORS = frozenset(("Actor", "TargetGroup"))
_TEXTS = frozenset(("decided", "recommendation", "proposal", "discussed", "goal", "task", "commitment", "result"))
_ITEMS = frozenset(("AgendaItem",))
_PLACES = frozenset(("Place",))


class Around(NamedTuple):
    """A claim about the answer (``of`` is 'answer') or the other end ('other') that explains part of the question."""

    claim: ClaimRow
    of: str
    entity: int


@dataclass(slots=True)
class Reading:
    """One way to read the question. ``score`` is from 0 to 1, penalties taken off; ``vector`` says what is explained."""

    claim: ClaimRow
    slot: str
    vector: Vector
    score: float
    around: list[Around] = field(default_factory=list)

    @property
    def answer(self) -> int | None:
        """The answer's entity, for entity slots and roles."""
        c = self.claim
        return {"s": c.s, "o": c.o, "b": c.behalf, "r": c.role}.get(self.slot)

    @property
    def other(self) -> int | None:
        """The entity at the claim's other end."""
        return self.claim.o if self.slot == "s" else self.claim.s


class Reader:
    """Finds the readings of one question."""

    def __init__(self, question: Question, index: Index, as_of: str | None = None) -> None:
        self.question = question
        self.index = index
        self.explainer = Explainer(question, index)
        self.as_of = as_of
        self.candidates: list[ClaimRow] = []
        self.superseded = False
        self.outer = self._outer_units()
        self.texts = any(u.relations & _TEXTS for u in question.units if not u.bonus)
        self.roles = [
            n
            for n in question.names
            if question.asks == "who" and "Role" in index.entity(n[2][0]).types and not set(range(n[0], n[1])) <= question.excepted
        ]

    def _outer_units(self) -> list[list[int]]:
        """Give, for each name that says something (two words or more, or an actor, agreement, initiative or event), its units."""
        question, found = self.question, []
        for i, j, numbers in question.names:
            inside = any((a, b) != (i, j) and a <= i and j <= b for a, b, _ in question.names)
            telling = j - i > 1 or any(self.index.is_a(self.index.entity(n), _TELLING) for n in numbers[:2])
            units = [k for k, u in enumerate(question.units) if not u.bonus and all(i <= p < j for p in u.positions)]
            if telling and units and not inside:
                found.append(units)
        return found

    def _missed_names(self, reading: Reading) -> int:
        """Count the names that no entity of the reading bears."""
        claims = [reading.claim, *(a.claim for a in reading.around)]
        entities = {n for c in claims for n in (c.s, c.o, c.role, c.behalf, c.document) if n is not None}
        vectors = [self.explainer.entity(n) for n in entities]
        return sum(
            any(reading.vector[k] < _BORNE or max(v[k] for v in vectors) < _HALF for k in units) for units in self.outer
        )

    def readings(self) -> list[Reading]:
        """Give the readings, best first."""
        self.candidates = self._candidates()
        first = [r for c in self.candidates for slot in self._slots(c) for r in [self._read(c, slot)] if r]
        first.sort(key=lambda r: (-r.score, r.claim.id))
        kept = first[:_FEW]
        bar = kept[0].score - _MARGIN if kept else 0.0
        kept = [r for r in kept if r.score + self._room(r) >= bar]
        for reading in kept:
            self._look_around(reading)
            reading.score -= 0.025 * self._missed_names(reading)
        kept.sort(key=lambda r: (-r.score, r.claim.id, r.slot))
        return kept

    def _room(self, reading: Reading) -> float:
        """Give how much further claims could add to a reading at the most."""
        pairs = zip(reading.vector, self.question.units, strict=True)
        return _ADJACENT * sum((1.0 - v) * u.weight for v, u in pairs if not u.bonus) / self.question.total

    def _candidates(self) -> list[ClaimRow]:
        """Fetch every claim that speaks of something that the question mentions."""
        index, explainer = self.index, self.explainer
        entities: dict[int, float] = {}
        ids: set[int] = set()
        for unit in sorted(self.question.units, key=lambda u: (bool(u.kinds), -u.weight)):
            tokens = set(unit.reach) | {t for stems, _ in unit.phrases for t in stems}
            for token in sorted(tokens):
                in_names, in_claims = index.postings(token)
                if len(in_claims) + len(in_names) > _COMMON and (ids or explainer.named):
                    continue
                ids.update(in_claims)
                for number in in_names if unit.narrow or not unit.kinds else ():
                    entities[number] = entities.get(number, 0.0) + unit.weight / (1 + len(in_names) / 50)
        for number in explainer.named:
            entities[number] = 99.0
        best = sorted(entities, key=lambda n: (-entities[n], n))[:250]
        explainer.load(set(best))
        strong = [n for n in best if explainer.is_named(n) or max(explainer.entity(n), default=0.0) >= 0.5]
        claims = {c.id: c for n in strong[:160] for c in index.about(n)}
        for n in explainer.named:
            claims.update((c.id, c) for c in index.on_behalf(n))
        claims.update((c.id, c) for c in index.claims(sorted(ids)[:4000]))
        found = [c for c in claims.values() if self._holds(c)]
        index.preload(found)
        explainer.load({n for c in found for n in (c.s, c.o, c.role, c.behalf, c.unit, c.document) if n is not None})
        return sorted(found, key=lambda c: c.id)

    def _holds(self, claim: ClaimRow) -> bool:
        if "original" in self.question.operators:
            return bool(claim.superseded) or claim.o is not None
        if claim.superseded and not self.superseded:
            return False
        if self.as_of is None:
            return True
        return (claim.start_earliest or "0") <= self.as_of <= (claim.until_latest or "9")

    def _slots(self, claim: ClaimRow) -> list[str]:
        """Give the slots of a claim that could be the answer, by what the question asks for."""
        asks = self.question.asks
        if asks == "yesno":
            return [""]
        if asks == "when":
            hours = claim.p == "hours" and any("hours" in u.relations for u in self.question.units)
            slots = ["v"] if claim.datatype == "edtf" or hours else []
            if claim.datatype == "edtf" or claim.p in _REPORTED or (claim.datatype == "text" and claim.p not in _DATED):
                return slots
            return slots + [s for s, v in (("t", claim.start), ("u", claim.until)) if v]
        if asks == "number":
            return ["v"] if claim.datatype == "number" and self._counts(claim) else []
        slots = [s for s, n in (("s", claim.s), ("o", claim.o), ("b", claim.behalf), ("r", claim.role)) if n is not None]
        slots = [s for s in slots if not self._named_outright(claim, s)]
        if asks == "who":
            return [s for s in slots if s != "r" and self._is(claim, s, _ACTORS)]
        if asks == "where":
            places = [s for s in slots if self._is(claim, s, _PLACES)]
            return places + (["v"] if claim.p == "address" else [])
        if asks == "why":
            return ["v"] if claim.p in ("background", "goal", "description") else []
        if claim.o is None and (claim.datatype != "number" or not self.question.leads or self._priced(claim)):
            slots.append("v")
        return slots

    def _priced(self, claim: ClaimRow) -> bool:
        """Tell whether the question asks for a figure of this kind by its word (price, budget, target)."""
        return any(f"figure/{claim.kind}" in u.relations and not u.bonus for u in self.question.units)

    def _counts(self, claim: ClaimRow) -> bool:
        """Tell whether a figure counts what the question asks the number of."""
        counted = self.question.counted
        if counted is None or (claim.kind and f"figure/{claim.kind}" in counted.relations):
            return True
        k = self.question.units.index(counted)
        own = self.explainer.words(claim.own.split())[k]
        unit = self.explainer.entity(claim.unit)[k] if claim.unit is not None else 0.0
        return max(own, unit) >= _COUNTED or bool({"figure"} & counted.relations)

    def _entity(self, claim: ClaimRow, slot: str) -> int | None:
        return {"s": claim.s, "o": claim.o, "b": claim.behalf, "r": claim.role}[slot]

    def _named_outright(self, claim: ClaimRow, slot: str) -> bool:
        number = self._entity(claim, slot)
        if not self.explainer.is_named(number) or number is None:
            return False
        kind = self.question.kind
        spans = self.explainer.named[number]
        if kind and kind.narrow and self.index.is_a(self.index.entity(number), frozenset(kind.kinds)):
            return False
        return not (kind and all(b - a == 1 and frozenset((a,)) == kind.positions for a, b in spans))

    def _is(self, claim: ClaimRow, slot: str, wanted: frozenset[str]) -> bool:
        number = self._entity(claim, slot)
        return number is not None and self.index.is_a(self.index.entity(number), wanted)

    def _read(self, claim: ClaimRow, slot: str) -> Reading | None:
        explainer = self.explainer
        vector = explainer.claim(claim, slot)
        reading = Reading(claim, slot, vector, 0.0)
        if reading.answer is not None:
            vector = [max(a, b) for a, b in zip(vector, explainer.answer(reading.answer, self.question.kind), strict=True)]
        elif slot in ("v", "t", "u") and self.question.kind is not None:
            self._kind_of_value(claim, slot, vector)
        _, against = explainer.moments(claim)
        if against and not self._dates_named(claim, vector):
            return None
        reading.vector = vector
        reading.score = explainer.score(vector) - self._penalty(claim, slot)
        return reading if reading.score > 0.15 else None

    def _kind_of_value(self, claim: ClaimRow, slot: str, vector: Vector) -> None:
        """A kind word such as 'objective' or 'status' is met when the predicate's words are the same."""
        for k, unit in enumerate(self.question.units):
            if unit is self.question.kind and claim.p in unit.relations:
                vector[k] = 1.0

    def _dates_named(self, claim: ClaimRow, vector: Vector) -> bool:
        """Tell whether every date of the question stands in a name that the claim speaks of."""
        names = [self.explainer.entity(n) for n in (claim.s, claim.o) if n is not None]
        return all(
            any(name[k] > 0.8 for name in names) for k, unit in enumerate(self.question.units) if unit.moment is not None
        )

    def _penalty(self, claim: ClaimRow, slot: str) -> float:
        question = self.question
        penalty = 0.0
        if claim.modality != "stated" and claim.modality not in question.operators:
            penalty += 0.02
        if claim.derived:
            penalty += 0.012
        if not any(asks_for(unit, claim.p, slot) for unit in question.units):
            penalty += 0.05
        elif not any(asks_for(unit, claim.p, slot) for unit in question.units if not unit.bonus):
            penalty += 0.012
        if slot == "v" or slot == "":
            own = (claim.own_en if question.language == "en" else claim.own_da).split()
            own = [t for t in own if len(t) > _LITTLE and not t.isdigit()]
            if own and claim.datatype in ("text", "number"):
                penalty += 0.08 * sum(1 for t in own if not self.explainer.reaches(t)) / len(own)
        kind = question.kind
        if kind is not None and slot in (*ENTITY_SLOTS, "r"):
            k = question.units.index(kind)
            number = self._entity(claim, slot)
            if number is not None and kind.narrow and not self.explainer.entity(number)[k]:
                penalty += 0.12
            elif number is not None and not self.index.is_a(self.index.entity(number), frozenset(kind.kinds)):
                penalty += 0.22 if self.explainer.entity(number)[k] < 0.3 else 0.03
        elif kind is not None and slot == "v" and question.asks != "number":
            penalty += 0.0 if claim.p in kind.relations else 0.3
        if slot in ("r", "b"):
            penalty += 0.03
        penalty += 0.12 * self._roles_missed(claim, slot)
        if question.asks == "what" and kind is None and question.leads and slot in ENTITY_SLOTS and self._is(claim, slot, _ACTORS):
            penalty += 0.08
        if question.asks == "what" and kind is None and slot in ENTITY_SLOTS and self._is(claim, slot, _ITEMS):
            penalty += 0.08
        if question.asks == "what" and kind is None and slot in ENTITY_SLOTS and self.texts:
            penalty += 0.05
        if slot in ("t", "u") and claim.p == "figure":
            penalty += 0.06
        if question.asks == "who" and slot in ENTITY_SLOTS and not self._is(claim, slot, frozenset(("Actor",))):
            penalty += 0.0 if claim.p in ("targets", "excludes") else 0.08
        if slot == "s" and claim.o is None and kind is None and question.asks == "what":
            penalty += 0.07
        if claim.complete:
            penalty -= 0.01
        return penalty

    def _roles_missed(self, claim: ClaimRow, slot: str) -> int:
        """Count the roles that the question names ('the chair of') and that neither the claim's role nor its predicate is."""
        missed = 0
        for i, j, numbers in self.roles:
            units = [u for u in self.question.units if not u.bonus and all(i <= p < j for p in u.positions)]
            asked = all(asks_for(u, claim.p, slot) for u in units)
            missed += bool(units) and not asked and claim.role not in numbers and slot != "r"
        return missed

    def _look_around(self, reading: Reading) -> None:
        """Explain what the main claim leaves, by further claims about the answer and about the other end."""
        taken = {reading.claim.id}
        if reading.slot in ENTITY_SLOTS and reading.answer is not None:
            self._extend(reading, reading.answer, "answer", _AROUND_ANSWER, 4, taken)
        for end in {reading.claim.s, reading.claim.o, reading.claim.behalf} - {reading.answer, None}:
            if end is not None:
                self._extend(reading, end, "other", _AROUND_OTHER, 4, taken)

    def _extend(self, reading: Reading, entity: int, of: str, factor: float, most: int, taken: set[int]) -> None:
        explainer = self.explainer
        weights = [u.weight for u in self.question.units]
        options = []
        for claim in self._around(entity):
            if claim.id in taken or claim.datatype == "text":
                continue
            slot = "s" if claim.s == entity else "o"
            vector = explainer.content(claim, slot)
            near = of == "other" and explainer.adjacent(entity, claim.o if claim.s == entity else claim.s)
            strength = _ADJACENT if near and claim.p in _STRUCTURAL else factor
            if of == "other" and reading.claim.datatype == "text":
                strength = _BESIDE_TEXT
            says = sum(max(0.0, strength * b - a) * w for a, b, w in zip(reading.vector, vector, weights, strict=True))
            if says < 0.03 * self.question.total:
                continue
            whole = explainer.claim(claim, slot)
            vector = [strength * max(a, b) for a, b in zip(whole, vector, strict=True)]
            _, against = explainer.moments(claim)
            if against and any(u.moment for u in self.question.units):
                vector = [0.0 if u.moment else v for v, u in zip(vector, self.question.units, strict=True)]
            options.append((claim, vector))
        for _ in range(most):
            best, gain, merged = None, 0.0, reading.vector
            for claim, vector in options:
                raised = [max(a, b) for a, b in zip(reading.vector, vector, strict=True)]
                more = sum((b - a) * w for a, b, w in zip(reading.vector, raised, weights, strict=True))
                if more > gain + 1e-9:
                    best, gain, merged = claim, more, raised
            share = gain / self.question.total
            if best is None or share < 0.035:
                return
            far = best.o if best.s == entity else best.s
            cost = 0.006 if explainer.is_named(far) else 0.018
            taken.add(best.id)
            reading.around.append(Around(best, of, entity))
            reading.vector = merged
            reading.score += share - cost

    def _around(self, entity: int) -> list[ClaimRow]:
        claims = [c for c in self.index.about(entity, 400) if self._holds(c) and c.modality == "stated"]
        self.index.preload(claims)
        self.explainer.load({n for c in claims for n in (c.s, c.o, c.role, c.behalf, c.unit, c.document) if n is not None})
        return claims
