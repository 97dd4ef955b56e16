"""All that is to be told about one entity, fetched from any store: its claims, their evidence, and the words for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypedDict

import pyoxigraph as ox

from samgraf import records
from samgraf.ask.reply import evidence_of
from samgraf.errors import UnknownNameError
from samgraf.namespaces import CLAIM, ENTITY, SAM, local_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from samgraf.records import ClaimRecord, EntityRecord, PredicateRecord, Texts
    from samgraf.store.base import GraphStore


_NEAREST = ("direct", "representation", "own-unit", "member", "part")


class Period(NamedTuple):
    """When a claim holds: the EDTF dates as they are written, and the days that they stand for, each None when open."""

    start: str | None
    until: str | None
    earliest: str | None
    latest: str | None


class Source(TypedDict):
    """Where a claim stands: document, heading, and the lines; none where the whole section states it."""

    document: str
    section: str
    lines: list[int]


class Facts(NamedTuple):
    """What is known about an entity. ``claims`` are in the order of the documents, the derived ones last."""

    store: GraphStore
    entity: EntityRecord
    claims: list[ClaimRecord]
    entities: dict[str, EntityRecord]
    predicates: dict[str, PredicateRecord]
    instants: frozenset[str]
    types: dict[str, Texts]
    documents: dict[str, records.DocumentRecord]
    premises: dict[str, list[Source]]

    @property
    def id(self) -> str:
        """Give the entity's id."""
        return self.entity["id"]

    def more(self, about: Iterable[str]) -> list[ClaimRecord]:
        """Give the asserted claims about other entities, and take in the entities that they name."""
        wanted = sorted(set(about) - {self.id})
        found = [c for c in records.claims(self.store, wanted) if not c["derived"]] if wanted else []
        _take_in(self.store, self.entities, found)
        return found

    def sources(self, claim: ClaimRecord) -> list[Source]:
        """Give where a claim stands; a derived one stands where the claims that it follows from do."""
        if claim["derived"]:
            return self.premises.get(claim["iri"], [])
        return [_source(e["document"], claim["section"], e["lines"]) for e in claim["evidence"]] or [
            _source(claim["document"], claim["section"], [])
        ]


def _source(document: str, section: str, lines: list[int]) -> Source:
    return Source(document=document, section=section, lines=lines)


def gather(store: GraphStore, iri: str) -> Facts:
    """Fetch all about the entity with this IRI. Raises UnknownNameError when the store has no such entity."""
    own = iri.removeprefix(ENTITY)
    found = records.entities(store, [own])
    if not found:
        raise UnknownNameError(own)
    claims = records.claims(store, [own])
    entities = {own: found[0]}
    _take_in(store, entities, claims)
    timing = store.select('SELECT ?p WHERE { ?p sam:timing "instant" }').rows
    return Facts(
        store=store,
        entity=found[0],
        claims=claims,
        entities=entities,
        predicates=_predicates(store, claims),
        instants=frozenset(local_name(p.value) for (p,) in timing if isinstance(p, ox.NamedNode)),
        types={t["name"]: t["label"] for t in records.types(store)},
        documents={d["id"]: d for d in records.documents(store)},
        premises=_premises(store, claims),
    )


def _predicates(store: GraphStore, claims: list[ClaimRecord]) -> dict[str, PredicateRecord]:
    """Give the predicates with their labels: those that claims may use, and those that only rules do."""
    found = {p["name"]: p for p in records.predicates(store)}
    derived = sorted({c["predicate"] for c in claims} - set(found))
    iris = " ".join(str(ox.NamedNode(SAM + name)) for name in derived)
    for predicate, property_, text in (
        store.select(
            f"SELECT ?s ?p ?o WHERE {{ VALUES ?s {{ {iris} }} VALUES ?p {{ rdfs:label sam:inverseLabel }} ?s ?p ?o }}"
        ).rows
        if derived
        else ()
    ):
        if isinstance(predicate, ox.NamedNode) and isinstance(property_, ox.NamedNode) and isinstance(text, ox.Literal):
            name = local_name(predicate.value)
            record = found.setdefault(name, records.PredicateRecord(name=name, label={}, inverse={}, kind="object"))
            side = record["label"] if local_name(property_.value) == "label" else record["inverse"]
            side[text.language or "da"] = text.value
    return found


def _take_in(store: GraphStore, entities: dict[str, EntityRecord], claims: list[ClaimRecord]) -> None:
    """Fetch the entities that claims name and that are not there yet."""
    named = {c[key] for c in claims for key in ("subject", "object", "role", "onBehalfOf", "unit", "document")}
    named |= {via for c in claims for via in c["via"]}
    missing = [name for name in named if name and name not in entities]
    for record in records.entities(store, missing) if missing else []:
        entities[record["id"]] = record


def _premises(store: GraphStore, claims: list[ClaimRecord]) -> dict[str, list[Source]]:
    """Give where the premises of derived claims stand, by the derived claim's IRI."""
    derived = {c["iri"]: c["derivedFrom"] for c in claims if c["derived"]}
    passages = evidence_of(store, {CLAIM + premise for names in derived.values() for premise in names})
    found: dict[str, list[Source]] = {}
    for iri, names in derived.items():
        places = found.setdefault(iri, [])
        for name in names:
            own = [_source(e["document"], e.get("section", ""), e["lines"]) for e in passages[CLAIM + name]]
            places += [s for s in own or [_source(name.rpartition("/")[0], "", [])] if s not in places]
    return found


def period_of(claim: ClaimRecord) -> Period:
    """Give the period of a claim."""
    return Period(claim["from"], claim["until"], claim["fromEarliest"], claim["untilLatest"])


def nearness(claim: ClaimRecord, entities: dict[str, EntityRecord]) -> int:
    """Give how near a derived involvement is: 0 for the actor itself, most for being one of a group."""
    rule = claim["rule"] or ""
    kinds = {entities[via]["type"] for via in claim["via"] if via in entities}
    return len(_NEAREST) if rule == "member" and kinds == {"Group"} else _NEAREST.index(rule) if rule in _NEAREST else 9


def through(claim: ClaimRecord, entities: dict[str, EntityRecord]) -> list[str]:
    """Give the ids of what an involvement goes through; of a part, the part and not what is involved in that."""
    parts = [via for via in claim["via"] if via in entities and "Initiative" in entities[via]["types"]]
    return parts if claim["rule"] == "part" and parts else claim["via"]


def holds(claim: ClaimRecord, as_of: str | None) -> bool:
    """Tell whether a claim can hold on a day ``YYYY-MM-DD``; where no period is stated, it can."""
    period = period_of(claim)
    return as_of is None or (period.earliest or "0") <= as_of <= (period.latest or "9")
