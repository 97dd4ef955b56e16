"""Several different ways from one entity to another, the shortest that say something first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf import records
from samgraf.ask.index import ClaimRow, Entity, Index
from samgraf.ask.paths import Step, find_path
from samgraf.brief.facts import period_of
from samgraf.namespaces import ENTITY

if TYPE_CHECKING:
    from samgraf.store.base import GraphStore


class _Hiding(Index):
    """An index in which some entities and claims are not to be seen, so that another way is found."""

    def __init__(self, seen: Index, entities: set[int], claims: set[int]) -> None:
        self.seen = seen
        self.entities = entities
        self.hidden = claims

    def about(self, number: int, limit: int = 1500) -> list[ClaimRow]:
        """Give the claims about an entity that may be seen."""
        found = self.seen.about(number, limit)
        return [c for c in found if c.id not in self.hidden and c.s not in self.entities and c.o not in self.entities]

    def entity(self, number: int) -> Entity:
        """Give an entity."""
        return self.seen.entity(number)

    def preload(self, claims: list[ClaimRow]) -> None:
        """Fetch the entities that claims name."""
        self.seen.preload(claims)


class StoreIndex(Index):
    """The part of an index that paths need, read from any store: for an endpoint, which has no index beside it."""

    def __init__(self, store: GraphStore) -> None:
        self.numbers: dict[str, int] = {}
        self._about: dict[int, list[ClaimRow]] = {}
        own = records.entities(store)
        for number, e in enumerate(own, 1):
            self.numbers[e["iri"]] = number
        for number, claim in enumerate((c for c in records.claims(store) if not c["derived"]), 1):
            self._add(number, claim)
        self._entities = {
            self.numbers[e["iri"]]: Entity(
                self.numbers[e["iri"]],
                e["iri"],
                tuple(e["types"]),
                e["label"]["da"],
                e["label"]["en"],
                len(self._about.get(self.numbers[e["iri"]], [])),
            )
            for e in own
        }

    def _add(self, number: int, claim: records.ClaimRecord) -> None:
        subject, end = (self.numbers.get(ENTITY + (claim[key] or "")) for key in ("subject", "object"))
        if subject is None or end is None:
            return
        period = period_of(claim)
        empty = dict.fromkeys(ClaimRow._fields)
        row = {
            **empty,
            "id": number,
            "iri": claim["iri"],
            "s": subject,
            "p": claim["predicate"],
            "o": end,
            "start_earliest": period.earliest,
            "until_latest": period.latest,
            "modality": claim["modality"],
            "superseded": int(claim["supersededBy"] is not None),
            "derived": 0,
        }
        made = ClaimRow(**row)  # type: ignore[arg-type]
        for one in {subject, end}:
            self._about.setdefault(one, []).append(made)

    def about(self, number: int, limit: int = 1500) -> list[ClaimRow]:
        """Give the claims about an entity."""
        return self._about.get(number, [])[:limit]

    def entity(self, number: int) -> Entity:
        """Give an entity."""
        return self._entities[number]

    def preload(self, claims: list[ClaimRow]) -> None:
        """Do nothing: everything is there."""

    def number(self, iri: str) -> int | None:
        """Give the number of an entity, None when the store does not have it."""
        return self.numbers.get(iri)


def number_of(index: Index, iri: str) -> int | None:
    """Give the number that an entity has in an index, None when it is not there."""
    if isinstance(index, StoreIndex):
        return index.number(iri)
    row = index.db.execute("SELECT id FROM entity WHERE iri = ?", (iri,)).fetchone()
    return int(row[0]) if row else None


def ways(index: Index, start: int, end: int, most: int = 3, as_of: str | None = None) -> list[list[Step]]:
    """Give up to ``most`` ways from one entity to another, no two of them through the same entity.

    Each is the cheapest that is left (see ``samgraf.ask.paths.find_path``), so they come in the order of what they say.
    Empty when nothing links the two.
    """
    entities: set[int] = set()
    claims: set[int] = set()
    found: list[list[Step]] = []
    while len(found) < most:
        steps = find_path(_Hiding(index, entities, claims), start, end, as_of=as_of)
        if not steps:
            break
        found.append(steps)
        between = {step.end for step in steps[:-1]}
        entities |= between
        if not between:
            claims |= {c.id for c in index.about(start) if end in (c.s, c.o)}
    return found
