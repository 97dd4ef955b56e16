"""What speaks against a reading: little by little, so that of two that explain as much the more natural one is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.ask.candidates import ACTORS, ENTITY_SLOTS
from samgraf.ask.units import WHICH

if TYPE_CHECKING:
    from samgraf.ask.explain import Explainer
    from samgraf.ask.index import ClaimRow, Index
    from samgraf.ask.units import Question

_UNNAMED = 0.02
_LITTLE = 3
_ACTOR = frozenset(("Actor",))
_PLAIN = frozenset(("Municipality", "Person", "Region", "Cluster", "Agreement", "Event", "Place", "StateAuthority"))
_DOING = frozenset(
    ("chairs", "hosts", "holdsPost", "memberOf", "participatesIn", "involvedIn", "partyTo", "represents")
)
_OFFICES = frozenset(("chairs", "hosts"))  # of a part of something, they are not of the whole
_WHOLE = 0.75
_BY_ROLE = 0.7
_ACTING = frozenset(("Municipality", "Person", "Region", "Cluster", "StateAuthority"))
_ITEM = frozenset(("AgendaItem",))
_TEXTS = frozenset(("decided", "recommendation", "proposal", "discussed", "goal", "task", "commitment", "result"))


class Penalties:
    """The penalties for one question."""

    def __init__(self, question: Question, index: Index, explainer: Explainer) -> None:
        self.question = question
        self.index = index
        self.explainer = explainer
        self.kinds = frozenset(question.kind.kinds) if question.kind else frozenset()
        self.place = question.units.index(question.kind) if question.kind else -1
        self.texts = any(u.relations & _TEXTS for u in question.units if not u.bonus)
        self.roles = self._roles() if question.asks == "who" else []
        self.noun = self._noun()
        deeds = [k for k, u in enumerate(question.units) if u.relations and not u.bonus and u is not question.kind]
        self.deed = deeds[0] if len(deeds) == 1 and question.asks == "who" else -1
        self.naming = any(j - i > 1 or explainer.tells(numbers[:1]) for i, j, numbers in question.names)
        self.asks_role = any("Role" in u.kinds or any(r.endswith(":r") for r in u.relations) for u in question.units)
        self._shared: dict[tuple[str, str, str, bool, str | None], float] = {}

    def of(self, claim: ClaimRow, slot: str) -> float:
        """Give what speaks against reading this claim with this slot as the answer."""
        key = (claim.p, slot, claim.modality, bool(claim.derived), claim.complete)
        if key not in self._shared:
            self._shared[key] = self._by_predicate(claim, slot)
        penalty = self._shared[key]
        if slot in ("v", "") and claim.datatype in ("text", "number"):
            penalty += self._words_left(claim)
        if slot == "v" and self.question.kind is not None and self.question.asks != "number":
            penalty += 0.0 if claim.p in self.question.kind.relations else 0.3 if self.kinds else 0.1
        number = claim.at(slot)
        if number is not None:
            penalty += self._by_answer(claim, slot, number)
            if self.naming and not any(
                self.explainer.is_named(n) for n in (claim.s, claim.o, claim.behalf) if n != number
            ):
                penalty += _UNNAMED
        office = claim.p in _OFFICES or (claim.p == "memberOf" and self.question.asks == "who")
        if office and slot == "s" and max(self.explainer.entity(claim.o), default=0.0) < _WHOLE:
            penalty += 0.25
        if self.deed >= 0 and not self.explainer.asks(claim.p, slot)[self.deed]:
            by_role = self.explainer.entity(claim.role)[self.deed] if claim.role is not None else 0.0
            penalty += 0.0 if by_role > _BY_ROLE else 0.2
        if slot in ("t", "u") and self.explainer.is_named(claim.o) and not self.explainer.is_named(claim.s):
            penalty += 0.03
        if claim.behalf is not None and slot != "b" and self._only_on_behalf(claim, slot):
            penalty += 0.3
        for numbers, units in self.roles:
            asked = slot == "r" or claim.role in numbers
            if not asked and any(not self.explainer.asks(claim.p, slot)[k] for k in units):
                penalty += 0.12
        return penalty

    def _only_on_behalf(self, claim: ClaimRow, slot: str) -> bool:
        """Tell whether what is named is only whom the claim is on behalf of, though nobody asks on whose behalf."""
        explainer = self.explainer
        others = [n for n in (claim.s, claim.o) if n is not None and n != claim.at(slot)]
        units = self.question.units
        spoken = any(
            max(explainer.entity(n), default=0.0) > 0.5 or any(not units[k].relations for k in explainer.kinds(n))
            for n in others
        )
        asked = any("onBehalfOf" in u.relations for u in self.question.units if not u.bonus)
        return explainer.is_named(claim.behalf) and not spoken and not asked

    def _by_predicate(self, claim: ClaimRow, slot: str) -> float:
        penalty = 0.0
        if claim.modality != "stated" and claim.modality not in self.question.operators:
            penalty += 0.02
        if claim.derived:
            penalty += 0.012
        asked = self.explainer.asks(claim.p, slot)
        if self.noun is not None and not asked[self.noun]:
            penalty += 0.08
        if not any(asked):
            penalty += 0.05
        elif not any(v for v, u in zip(asked, self.question.units, strict=True) if not u.bonus):
            penalty += 0.012
        elif not any(
            v for v, u in zip(asked, self.question.units, strict=True) if not u.bonus and u is not self.question.kind
        ):
            penalty += 0.006
        if slot == "b" or (slot == "r" and self.asks_role):
            penalty += 0.03
        elif slot == "r":
            penalty += 0.2
        if self.question.asks == "who" and slot == "o" and claim.p in _DOING and self.question.kind is None:
            penalty += 0.15
        if slot in ("t", "u") and claim.p == "figure":
            penalty += 0.08
        if claim.complete:
            penalty -= 0.01
        return penalty

    def _words_left(self, claim: ClaimRow) -> float:
        """Give the penalty for words of a text that the question does not have."""
        own = (claim.own_en if self.question.language == "en" else claim.own_da).split()
        own = [t for t in own if len(t) > _LITTLE and not t.isdigit()]
        return 0.08 * sum(1 for t in own if not self.explainer.reaches(t)) / len(own) if own else 0.0

    def _by_answer(self, claim: ClaimRow, slot: str, number: int) -> float:
        """Give the penalty for an answer that is of another kind than the question asks for."""
        question, index = self.question, self.index
        entity = index.entity(number)
        penalty = 0.0
        if question.kind is not None:
            named = self.explainer.entity(number)[self.place]
            if question.kind.narrow and not named:
                penalty += 0.12
            elif self.kinds and not index.is_a(entity, self.kinds):
                alike = named >= 0.3 and (not self.kinds & _ACTING or index.is_a(entity, _ACTOR))
                penalty += 0.03 if alike else 0.45 if self.kinds <= _PLAIN else 0.22
        elif question.asks == "what" and slot in ENTITY_SLOTS:
            if question.leads and index.is_a(entity, ACTORS):
                penalty += 0.08
            if index.is_a(entity, _ITEM):
                penalty += 0.08
            if self.texts:
                penalty += 0.05
            if slot == "s" and claim.o is None:
                penalty += 0.07
        if slot == "o" and question.kind is None and index.is_a(index.entity(claim.s), _ITEM):
            penalty += 0.02
        if question.asks == "who" and slot in ENTITY_SLOTS and not index.is_a(entity, _ACTOR):
            penalty += 0.0 if claim.p in ("targets", "excludes") else 0.08
        if question.asks == "who" and question.kind is None and slot in ENTITY_SLOTS:
            penalty += 0.08 * max(map(min, self.explainer.entity(number), self.explainer.owed), default=0.0)
        return penalty

    def _noun(self) -> int | None:
        """Give the unit of the noun that follows 'which', when it is the word of a relation ('which law')."""
        if self.question.kind is not None or not self.question.words or self.question.words[0] not in WHICH:
            return None
        units = enumerate(self.question.units)
        return next((k for k, u in units if 1 in u.positions and u.relations and not u.bonus and not u.kinds), None)

    def _roles(self) -> list[tuple[list[int], list[int]]]:
        """Give the roles that the question names ('the chair of'), each with its units."""
        found = []
        for i, j, numbers in self.question.names:
            if "Role" not in self.index.entity(numbers[0]).types or set(range(i, j)) <= self.question.excepted:
                continue
            units = [
                k for k, u in enumerate(self.question.units) if not u.bonus and all(i <= p < j for p in u.positions)
            ]
            if units:
                found.append((numbers, units))
        return found
