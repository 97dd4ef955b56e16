"""The tables that all parts of the page's data share: what many of them name stands once, and is named by its number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.publish.explorer.tables import NONE, Table, Times, both, named, pair

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from samgraf.publish.explorer.sources import Sources
    from samgraf.vocabulary.terms import Vocabulary


class Numbering:
    """Entities and claims in their order, and the numbers of what they name.

    ``terms`` are entities that are words beside a fact, ``known`` the others, which are nodes; ``number`` is a claim's place.
    """

    def __init__(self, sources: Sources) -> None:
        self.vocabulary: Vocabulary = sources.vocabulary
        self.terms = {e.id: e for e in sources.entities if self.vocabulary.kind_of(e.types).qualifier}
        self.entities = sorted((e for e in sources.entities if e.id not in self.terms), key=lambda e: e.id)
        self.nodes, self.docs, self.kinds, self.relations = Table(), Table(), Table(), Table()
        self.strings, self.words, self.texts = Table(), Table(), Table()
        self.times = Times(self.words)
        for entity in self.entities:
            self.nodes.number(entity.id)
        self.known = frozenset(e.id for e in self.entities)
        self.grounds = {r.id: r.claims for r in sources.collaborations}  # they are in the table, and not said twice
        linked = [
            c for c in sources.claims if c.id not in self.grounds and c.subject in self.known and c.object in self.known
        ]
        single = [
            c
            for c in sources.claims
            if c.subject in self.known
            and c.object not in self.known
            and (c.value is not None or c.object in self.terms)
        ]
        self.claims = [*linked, *sorted(single, key=lambda c: self.nodes.find(c.subject))]
        self.number = {c.id: place for place, c in enumerate(self.claims)}

    def relation(self, name: str) -> int:
        """Number a relation; its row says all that the page asks of one."""
        if (number := self.relations.find(name)) != NONE:
            return number
        p = self.vocabulary.predicate(name)
        families = list(self.vocabulary.families)
        row = named(name, p.label) | {
            "inverse": pair(p.inverse or p.label),
            "family": families.index(p.family) if p.family in families else NONE,
            "order": p.order,
            "object": p.kind == "object",
        }
        return self.relations.number(name, row)

    def term(self, name: str | None) -> int | None:
        """Number the label of a term that is a word beside a fact: a role, a unit."""
        if not name or name not in self.terms:
            return None
        label = self.terms[name].label
        return self.words.number(both(label), pair(label))

    def text(self, text: Mapping[str, str]) -> int:
        """Number a text."""
        return self.texts.number(both(text), pair(text))

    def premises(self, names: Iterable[str]) -> dict[int, None]:
        """Give the numbers of claims, and of those that a row of the table among them stands on."""
        found: dict[int, None] = {}
        for name in names:
            if name in self.number:
                found[self.number[name]] = None
            elif name in self.grounds:
                found |= self.premises(self.grounds[name])
        return found
