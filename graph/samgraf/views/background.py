"""What a note needs beside the entity's own facts: its undertakings, their statuses and agreements, and open conflicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from samgraf.library import bind, find
from samgraf.model.claim import STATED
from samgraf.namespaces import CLAIM

if TYPE_CHECKING:
    from collections.abc import Iterable

    from samgraf.model import Claim
    from samgraf.views.facts import Facts


class Background:
    """Claims about what an entity takes part in, by what they are about."""

    def __init__(self, facts: Facts, as_of: str | None) -> None:
        self.facts = facts
        words = facts.vocabulary
        self.states = frozenset(p.name for p in words.of_family("Status") if p.kind == "object")
        self.involving = frozenset(p.name for p in words.involving())
        self.structure = frozenset(p.name for p in words.predicates.values() if p.inherits_life)
        self.changing = frozenset(p.name for p in words.predicates.values() if p.moment and p.kind == "object")
        self.carrying = frozenset(p.name for p in words.of_family("Continuity") if not p.moment and not p.symmetric)
        self.parties = frozenset(p.name for p in words.of_family("Party"))
        self.agreements = frozenset(t for p in words.of_family("Party") for t in p.object_types)
        self.claims: dict[str, list[Claim]] = {}
        self._known: dict[str, Claim] = {}
        self._add(c for c in facts.claims if not c.derived)
        involved = {c.object for c in facts.claims if facts.involves(c) and c.object}
        self.undertakings = sorted(name for name in involved if facts.is_undertaking(name))
        own = self.claims.get(facts.id, [])
        self.forums = sorted({c.object for c in own if c.predicate in self.involving and c.object})
        self._add(facts.more({*self.undertakings, *self.forums}))
        self.areas = self._above(self.undertakings)
        self._add(facts.more(self.areas))
        self.newest = facts.newest
        self.day = as_of or self.newest
        self.agreement, self.since = self._agreement()

    def _add(self, claims: Iterable[Claim]) -> None:
        for claim in claims:
            if claim.id not in self._known:
                self._known[claim.id] = claim
                self.claims.setdefault(claim.subject, []).append(claim)

    def _above(self, names: Iterable[str]) -> list[str]:
        """Give what these are under or part of."""
        return sorted({c.object for name in names for c in self.of(name, self.structure) if c.object})

    def of(self, name: str, predicates: frozenset[str]) -> list[Claim]:
        """Give the claims with this subject and one of these predicates that were not superseded."""
        return [c for c in self.claims.get(name, []) if c.predicate in predicates and not c.superseded_by]

    def statuses(self, name: str, day: str) -> list[Claim]:
        """Give the statuses of something that are stated and not after a day, the latest first."""
        found = [c for c in self.of(name, self.states) if c.modality == STATED and _told_on(c) <= day]
        found.sort(key=lambda c: (_told_on(c), c.document), reverse=True)
        return found

    def is_open(self, claim: Claim, day: str) -> bool:
        """Tell whether something expected may still come: its time has not passed or, with no time, it was told lately.

        What is stated to await something is open by what it says.
        """
        if claim.modality == STATED:
            return True
        last = claim.moment or claim.until or claim.start
        if last is not None:
            return not last.latest or last.latest >= day
        return claim.attested is not None and claim.attested.latest >= self.since

    def _agreement(self) -> tuple[str | None, str]:
        """Give the latest agreement that concerns the entity and the day on which it began; the first day there is, else."""
        subjects = [self.facts.id, *self.undertakings, *self.areas]
        stated = (c for name in subjects for c in self.of(name, self.structure | self.parties) if c.modality == STATED)
        named = {self.facts.id, *(c.object for c in stated if c.object)}
        chosen = [name for name in sorted(named) if self._is_agreement(name)]
        self._add(self.facts.more(chosen))
        begun = [(day, name) for name in chosen for day in self._begins(name) if day <= self.day]
        day, name = max(begun, default=("", ""))
        return name or None, day

    def _is_agreement(self, name: str) -> bool:
        entity = self.facts.entities.get(name)
        return entity is not None and self.facts.vocabulary.is_a(entity.types[:1], self.agreements)

    def _begins(self, name: str) -> list[str]:
        life = self.facts.entities[name].life.start
        words = self.facts.vocabulary
        opening = {m.name for m in words.moments.values() if m.bounds in ("start", "both")}
        dates = frozenset(p.name for p in words.predicates.values() if p.kind == "date" and p.moment in opening)
        stated = [c.moment.earliest for c in self.of(name, dates) if c.moment and c.moment.earliest]
        return [life.earliest] if life and life.earliest else stated

    @property
    def changes(self) -> list[Claim]:
        """Give what was dated of its undertakings and bodies: statuses, approvals, foundings, dissolutions."""
        names = {*self.undertakings, *self.forums} - {self.facts.id}
        return [c for name in sorted(names) for c in self.of(name, self.changing)]

    @property
    def continuity(self) -> list[Claim]:
        """Give what of its areas and agreements is carried on, and in what, as told since the latest agreement began."""
        names = {self.facts.id, *self.undertakings, *self.areas, *([self.agreement] if self.agreement else [])}
        return [
            c
            for c in self._known.values()
            if c.predicate in self.carrying
            and c.modality == STATED
            and not c.superseded_by
            and names & {c.subject, c.object}
            and c.attested is not None
            and c.attested.latest >= self.since
        ]

    @property
    def superseded(self) -> list[tuple[Claim, Claim]]:
        """Give the claims that were changed later, each with the ones that took its place."""
        own = {self.facts.id, *self.undertakings}
        pairs = ((c, self._known.get(name)) for c in self._known.values() for name in c.superseded_by)
        return [(old, new) for old, new in pairs if new is not None and own & {old.subject, old.object}]

    @property
    def contradictions(self) -> list[tuple[Claim, Claim]]:
        """Give the pairs of claims that cannot both be right, as the library's query has them."""
        rows = self.facts.source.store.select(bind(find("contradictions"), {}, str)).rows
        pairs = [(self._known.get(_id(one)), self._known.get(_id(other))) for *_, one, other in rows]
        return [(one, other) for one, other in pairs if one is not None and other is not None]


def _told_on(claim: Claim) -> str:
    """Give the day from which a status is known: its own, else that of its document."""
    moment = claim.start or claim.attested
    return moment.earliest if moment else ""


def _id(term: object) -> str:
    return term.value.removeprefix(CLAIM) if isinstance(term, ox.NamedNode) else ""
