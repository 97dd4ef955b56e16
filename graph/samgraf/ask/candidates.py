"""Candidate claims for a question, and which of their slots could be the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from samgraf.ask.explain import Explainer
    from samgraf.ask.index import ClaimRow, Index
    from samgraf.ask.units import Question

ENTITY_SLOTS = ("s", "o", "b")
ACTORS = frozenset(("Actor", "TargetGroup"))
_PLACES = frozenset(("Place",))
_REPORTED = frozenset(("statusText",))
_DATED = frozenset(("decided", "result", "commitment"))
_COUNTED = 0.55
_ENTITIES = 250
_STRONG = 160
_CLAIMS = 4000
_AROUND = 400


class Candidates:
    """The claims that speak of something the question mentions; those that do not hold on the day asked about left out."""

    def __init__(self, question: Question, index: Index, explainer: Explainer, as_of: str | None) -> None:
        self.question = question
        self.index = index
        self.explainer = explainer
        self.as_of = as_of
        self.superseded = "original" in question.operators
        self._around: dict[int, list[ClaimRow]] = {}

    def claims(self) -> list[ClaimRow]:
        """Fetch the claims."""
        index, explainer = self.index, self.explainer
        entities: dict[int, float] = {}
        ids: set[int] = set()
        for unit in sorted(self.question.units, key=lambda u: (bool(u.kinds), -u.weight)):
            tokens = set(unit.reach) | {t for stems, _ in unit.phrases for t in stems}
            for token in sorted(tokens):
                in_names, in_claims = index.postings(token)
                ids.update(in_claims)
                for number in in_names if unit.narrow or not unit.kinds else ():
                    entities[number] = entities.get(number, 0.0) + unit.weight / (1 + len(in_names) / 50)
        for number in explainer.named:
            entities[number] = 99.0
        best = sorted(entities, key=lambda n: (-entities[n], n))[:_ENTITIES]
        explainer.load(set(best))
        strong = [n for n in best if explainer.is_named(n) or max(explainer.entity(n), default=0.0) >= 0.5]
        claims = {c.id: c for n in strong[:_STRONG] for c in index.about(n)}
        for n in explainer.named:
            claims.update((c.id, c) for c in index.on_behalf(n))
        claims.update((c.id, c) for c in index.claims(sorted(ids)[:_CLAIMS]))
        found = [c for c in claims.values() if self.holds(c)]
        self._prepare(found)
        return sorted(found, key=lambda c: c.id)

    def _prepare(self, claims: list[ClaimRow]) -> None:
        self.index.preload(claims)
        self.explainer.load(
            {n for c in claims for n in (c.s, c.o, c.role, c.behalf, c.unit, c.document) if n is not None}
        )

    def around(self, entity: int) -> list[ClaimRow]:
        """Give the stated claims about an entity."""
        if entity not in self._around:
            claims = [c for c in self.index.about(entity, _AROUND) if c.modality == "stated" and self.holds(c)]
            self._prepare(claims)
            self._around[entity] = claims
        return self._around[entity]

    def holds(self, claim: ClaimRow) -> bool:
        """Tell whether a claim is to be considered: not superseded, and holding on the day asked about."""
        if claim.superseded and not self.superseded:
            return False
        if self.as_of is None:
            return True
        return (claim.start_earliest or "0") <= self.as_of <= (claim.until_latest or "9")

    def slots(self, claim: ClaimRow) -> list[str]:
        """Give the slots of a claim that could be the answer, by what the question asks for."""
        asks = self.question.asks
        if asks == "yesno":
            return [""]
        if asks == "when":
            return self._dates(claim)
        if asks == "number":
            return ["v"] if claim.datatype == "number" and self._counts(claim) else []
        if asks == "why":
            return ["v"] if claim.p in ("background", "goal", "description") else []
        slots = [s for s in ("s", "o", "b", "r") if claim.at(s) is not None and not self._named_outright(claim, s)]
        if asks == "who":
            return [s for s in slots if s != "r" and self._is(claim, s, ACTORS)]
        if asks == "where":
            places = [s for s in slots if self._is(claim, s, _PLACES)]
            return places + (["v"] if claim.p == "address" else [])
        if claim.o is None and (claim.datatype != "number" or not self.question.leads or self._priced(claim)):
            slots.append("v")
        return slots

    def _dates(self, claim: ClaimRow) -> list[str]:
        hours = claim.p == "hours" and any("hours" in u.relations for u in self.question.units)
        slots = ["v"] if claim.datatype == "edtf" or hours else []
        if claim.datatype == "edtf" or claim.p in _REPORTED or (claim.datatype == "text" and claim.p not in _DATED):
            return slots
        return slots + [s for s, v in (("t", claim.start), ("u", claim.until)) if v]

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

    def _named_outright(self, claim: ClaimRow, slot: str) -> bool:
        number = claim.at(slot)
        if number is None or not self.explainer.is_named(number):
            return False
        kind = self.question.kind
        spans = self.explainer.named[number]
        if kind and kind.narrow and self.index.is_a(self.index.entity(number), frozenset(kind.kinds)):
            return False
        return not (kind and all(b - a == 1 and frozenset((a,)) == kind.positions for a, b in spans))

    def _is(self, claim: ClaimRow, slot: str, wanted: frozenset[str]) -> bool:
        number = claim.at(slot)
        return number is not None and self.index.is_a(self.index.entity(number), wanted)
