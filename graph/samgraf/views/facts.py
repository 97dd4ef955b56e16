"""All that is to be told about one entity, fetched from any store: its claims and what is needed to put them into words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from samgraf.errors import UnknownNameError
from samgraf.language.phrases import Phrases
from samgraf.library.claimlines import Lines
from samgraf.namespaces import CLAIM, ENTITY
from samgraf.rdf.reading import read_claims, read_documents, read_entities, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from samgraf.model import Claim, Document, Entity
    from samgraf.rdf.port import GraphStore
    from samgraf.vocabulary.terms import Vocabulary


_MADE = f"SELECT ?made ?claim {{ ?made prov:wasDerivedFrom ?claim FILTER(STRSTARTS(STR(?made), '{ENTITY}')) }}"
_UNDERTAKINGS = "initiatives"
"""The listing, as the vocabulary has it, of what actors do together."""


class Source:
    """Where facts are read: a store, asked each time."""

    def __init__(self, store: GraphStore) -> None:
        self.store = store

    def claims(self, about: Iterable[str]) -> list[Claim]:
        """Give the claims about these entities, as `read_claims` does."""
        return read_claims(self.store, about)

    def entities(self, among: Iterable[str]) -> list[Entity]:
        """Give the entities with these ids, as `read_entities` does."""
        return read_entities(self.store, among)


class Whole(Source):
    """All claims and entities of a store, read once: for who tells of many of them, one after the other."""

    def __init__(self, store: GraphStore) -> None:
        super().__init__(store)
        self._entities = {entity.id: entity for entity in read_entities(store)}
        self._claims = read_claims(store)
        self._about: dict[str, set[int]] = {}
        places = {claim.id: place for place, claim in enumerate(self._claims)}
        named = [(name, place) for place, claim in enumerate(self._claims) for name in claim.ends()]
        for row in store.select(_MADE).rows:
            made, claim = (getattr(term, "value", "") for term in row)
            named.append((made.removeprefix(ENTITY), places[claim.removeprefix(CLAIM)]))
        for name, place in named:
            self._about.setdefault(name, set()).add(place)

    def claims(self, about: Iterable[str]) -> list[Claim]:
        """Give the claims about these entities."""
        return [self._claims[place] for place in sorted({p for name in about for p in self._about.get(name, ())})]

    def entities(self, among: Iterable[str]) -> list[Entity]:
        """Give the entities with these ids."""
        return [self._entities[name] for name in sorted(among) if name in self._entities]


class Facts(NamedTuple):
    """What is known about an entity. ``claims`` are in the order of the documents, the derived ones last.

    ``around`` keeps what `more` found, by what it was asked about: it is told in each language in turn.
    """

    entity: Entity
    claims: list[Claim]
    entities: dict[str, Entity]
    source: Source
    vocabulary: Vocabulary
    documents: dict[str, Document]
    around: dict[tuple[str, ...], list[Claim]]

    @property
    def id(self) -> str:
        """Give the entity's id."""
        return self.entity.id

    @property
    def newest(self) -> str:
        """Give the last day that the newest document of the graph can be from; empty where none has a date."""
        days = (d.date.latest for d in self.documents.values() if d.date and not d.background)
        return max(days, default="")

    def more(self, about: Iterable[str]) -> list[Claim]:
        """Give the asserted claims about other entities, and take in the entities that they name."""
        wanted = tuple(sorted(set(about) - {self.id}))
        if wanted and wanted not in self.around:
            self.around[wanted] = [c for c in self.source.claims(wanted) if not c.derived]
            take_in(self.source, self.entities, self.around[wanted])
        return self.around.get(wanted, [])

    def phrases(self, language: str) -> Phrases:
        """Give the words for these claims in one language."""
        return Phrases(self.entities, self.vocabulary, language, newest=self.newest)

    def lines(self, language: str) -> Lines:
        """Give the writer of these claims as JSON in one language."""
        return Lines(self.entities, self.vocabulary, language)

    def involves(self, claim: Claim) -> bool:
        """Tell whether a rule says by this claim that the entity is involved in something."""
        predicate = self.vocabulary.derived.get(claim.predicate)
        return claim.derived and predicate is not None and claim.subject == self.id

    def is_undertaking(self, name: str | None) -> bool:
        """Tell whether something is listed among what actors do together, not among their bodies and meetings."""
        thing = self.vocabulary.things.get(self._kind(name))
        return thing is not None and thing.listing == _UNDERTAKINGS

    def nearness(self, claim: Claim) -> int:
        """Give how near a derived involvement is: the lowest for the actor itself."""
        way = self.vocabulary.ways.get(claim.how or "")
        return way.order if way else 0

    def through(self, claim: Claim) -> list[str]:
        """Give the ids of what an involvement goes through: of two in a row, what is a part of the thing itself."""
        ways = list(claim.via)
        inside = [v for v in ways if v in self.entities and self._kind(v) == self._kind(claim.object)]
        return inside or ways

    def _kind(self, name: str | None) -> str:
        entity = self.entities.get(name or "")
        return self.vocabulary.kind_of(entity.types).thing_kind if entity else ""


class Common(NamedTuple):
    """What is the same for all entities of a graph: where they are read, the words, and the source documents by id."""

    source: Source
    vocabulary: Vocabulary
    documents: dict[str, Document]

    @classmethod
    def of(cls, source: Source) -> Common:
        """Read it."""
        return cls(source, vocabulary(source.store), {d.id: d for d in read_documents(source.store)})


def gather(store: GraphStore, iri: str, common: Common | None = None) -> Facts:
    """Fetch all about the entity with this IRI; ``common`` is given by who asks for many.

    Raises UnknownNameError when the store has no such entity.
    """
    own = iri.removeprefix(ENTITY)
    source = common.source if common else Source(store)
    found = source.entities([own])
    if not found:
        raise UnknownNameError(own)
    claims = source.claims([own])
    entities = {own: found[0]}
    take_in(source, entities, claims)
    return Facts(found[0], claims, entities, *(common or Common.of(source)), {})


def take_in(source: Source, entities: dict[str, Entity], claims: list[Claim]) -> None:
    """Fetch the entities that claims name and that are not there yet."""
    named = {name for c in claims for name in (*c.ends(), *c.via, c.role, c.unit, c.document) if name}
    missing = named - set(entities)
    for entity in source.entities(missing) if missing else []:
        entities[entity.id] = entity
