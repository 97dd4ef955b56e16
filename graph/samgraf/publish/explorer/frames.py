"""Where things stand: under which agreement and area, as a part of what, and what became of them from agreement to agreement.

Read off the relations that hand down a life span (`sam:inheritsLife`). The first colour family of the vocabulary is that of
what frames the rest; a class in it with a kind of thing of its own is an agreement, the others are areas and aims.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from samgraf.model.text import FIRST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from samgraf.model import Claim, Entity
    from samgraf.vocabulary.terms import Vocabulary

NEW, CARRIED, SILENT, ENDED, ABSENT = "+", ">", "o", "x", " "
"""In an agreement of a row: new, carried on from an earlier one, not mentioned again, ended by a claim, not there yet."""


class Place(NamedTuple):
    """Where a thing stands: ids of its agreement, its area and the thing that it is a part of; none is ``""``."""

    agreement: str = ""
    area: str = ""
    whole: str = ""


class Series(NamedTuple):
    """Agreements that follow each other, and for each thing under them a mark for each agreement."""

    agreements: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]


class Frames:
    """The frame of every entity, worked out once."""

    def __init__(self, entities: Iterable[Entity], claims: Sequence[Claim], vocabulary: Vocabulary) -> None:
        """Read the relations that frame, and the days on which documents spoke of each entity."""
        self.entities = {e.id: e for e in entities}
        kinds = {e.id: vocabulary.kind_of(e.types) for e in self.entities.values()}
        first = next(iter(vocabulary.looks), "")
        last = max(vocabulary.things.values(), key=lambda t: t.order).name if vocabulary.things else ""
        self.framing = {i for i, kind in kinds.items() if first and kind.look == first}
        self.agreements = {i for i in self.framing if kinds[i].thing_kind != last}
        up = {p.name: p.order for p in vocabulary.predicates.values() if p.inherits_life}
        self.above: dict[str, list[tuple[int, str]]] = defaultdict(list)
        self.spoken: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for claim in claims:
            if claim.superseded_by:
                continue
            if claim.predicate in up and claim.object in self.entities:
                self.above[claim.subject].append((up[claim.predicate], claim.object))
            if claim.attested and not claim.derived:
                for end in claim.ends():
                    self.spoken[end].add((claim.attested.earliest, claim.attested.latest))
        for way in self.above.values():
            way.sort()

    def ancestors(self, name: str) -> Iterator[str]:
        """Give all that a thing is under, the nearest first."""
        seen, ring = {name}, [name]
        while ring:
            found = [up for one in ring for _, up in self.above.get(one, ())]
            ring = [up for up in dict.fromkeys(found) if up not in seen]
            seen.update(ring)
            yield from ring

    def under(self, name: str) -> list[str]:
        """Give the agreements that a thing was under in their time, the newest last.

        It was, when it is itself named as under it, or when a document spoke of it between the agreement's first and last
        day: an area that is carried on does not carry all that was ever under it.
        """
        direct = {up for _, up in self.above.get(name, ())}
        found = [a for a in self.ancestors(name) if a in self.agreements and (a in direct or self._in_time(name, a))]
        return sorted(found, key=self.begins)

    def place(self, name: str) -> Place:
        """Give where a thing is listed: under its newest agreement."""
        agreements = self.under(name)
        areas = [up for up in self.ancestors(name) if up in self.framing and up not in self.agreements]
        wholes = [up for _, up in self.above.get(name, ()) if up not in self.framing]
        return Place(agreements[-1] if agreements else "", areas[0] if areas else "", wholes[0] if wholes else "")

    def wholes(self) -> Iterator[tuple[str, str]]:
        """Give what is directly a part of what, frames left aside."""
        for name, found in self.above.items():
            whole = next((up for _, up in found if up not in self.framing), None)
            if whole:
                yield name, whole

    def begins(self, name: str) -> tuple[str, str]:
        """Give what sorts agreements in time: those without a known beginning first."""
        start = self.entities[name].life.start
        return (start.earliest if start else "", name)

    def series(self, things: Iterable[str]) -> list[Series]:
        """Give the rows of agreements: those with one name but for the years, or that carry each other on."""
        dated = [a for a in self.agreements if self.entities[a].life.start]
        rows: dict[str, list[str]] = defaultdict(list)
        for name in sorted(dated, key=self.begins):
            rows[re.sub(r"[\d\s–-]+", " ", self.entities[name].label.within(FIRST)).strip()].append(name)
        under = {thing: set(self.under(thing)) for thing in things}
        made = [self._row(tuple(names), under) for names in rows.values()]
        kept = [one for one in made if one.rows]
        return sorted(kept, key=lambda one: (-len(one.agreements), -len(one.rows), one.agreements))

    def _row(self, agreements: tuple[str, ...], under: Mapping[str, set[str]]) -> Series:
        """Mark each thing in each agreement of a row."""
        rows = []
        for thing, found in sorted(under.items()):
            if not found & set(agreements):
                continue
            marks, before = "", ""
            for name in agreements:
                if name in found:
                    before = CARRIED if before else NEW
                    marks += before
                else:
                    marks += (ENDED if self._over(thing, name) else SILENT) if before else ABSENT
            rows.append((thing, marks))
        return Series(agreements, tuple(rows))

    def _over(self, thing: str, agreement: str) -> bool:
        """Tell whether a claim says that a thing ended before an agreement began."""
        life, start = self.entities[thing].life, self.entities[agreement].life.start
        ends = life.basis == "stated" and life.until is not None and life.until.latest
        return bool(ends and start and ends < start.earliest)

    def _in_time(self, thing: str, agreement: str) -> bool:
        """Tell whether a document spoke of a thing in an agreement's time; one without known time is of all times."""
        life = self.entities[agreement].life
        if not life.start:
            return True
        first, last = life.start.earliest, life.until.latest if life.until else ""
        spoken = self.spoken.get(thing, set())
        return any((not last or begin <= last) and (not first or end >= first) for begin, end in spoken)
