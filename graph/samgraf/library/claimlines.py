"""Claims as other programs read them: one JSON object each, with names and the passage that states it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from samgraf import records
from samgraf.errors import UnknownNameError
from samgraf.library.resolving import resolver
from samgraf.namespaces import ENTITY, SAM, local_name

if TYPE_CHECKING:
    from samgraf.records import ClaimRecord, EntityRecord, EvidenceRecord, Texts
    from samgraf.store.base import GraphStore

_WHERE_PRESENT = ("modality", "kind", "supersededBy", "complete", "rule")


def chosen(
    store: GraphStore, entities: dict[str, EntityRecord], *, document: str | None, about: str | None, derived: bool
) -> list[ClaimRecord]:
    """Give the claims of one document or about one entity, or all; ``entities`` is filled with all entities by id.

    A derived claim gets the passages of its premises. Raises UnknownNameError for a document or entity that is not
    there.
    """
    entities.update({e["id"]: e for e in records.entities(store)})
    everything = records.claims(store)
    evidence = {claim["id"]: claim["evidence"] for claim in everything}
    resolve = resolver(store)
    claims = [claim for claim in everything if derived or not claim["derived"]]
    for claim in claims:
        if claim["derived"]:
            claim["evidence"] = [passage for premise in claim["derivedFrom"] for passage in evidence.get(premise, [])]
    if document is not None:
        known = {claim["document"] for claim in everything if claim["document"]}
        wanted = document if document in known else resolve(document).removeprefix(ENTITY)
        if wanted not in known:
            raise UnknownNameError(document, sorted(known), kind="document")
        claims = [c for c in claims if c["document"] == wanted or any(e["document"] == wanted for e in c["evidence"])]
    if about is not None:
        entity = resolve(about).removeprefix(ENTITY)
        claims = [c for c in claims if entity in (c["subject"], c["object"], c["onBehalfOf"])]
    return claims


def predicate_labels(store: GraphStore) -> dict[str, Texts]:
    """Give the labels of all predicates that claims have, derived ones too, by name."""
    found: dict[str, Texts] = {p["name"]: p["label"] for p in records.predicates(store)}
    query = """SELECT ?p ?label WHERE {
      { SELECT DISTINCT ?p WHERE { ?c a sam:DerivedClaim ; rdf:predicate ?p } } ?p rdfs:label ?label }"""
    for predicate, label in store.select(query).rows:
        if isinstance(predicate, ox.NamedNode) and isinstance(label, ox.Literal):
            found.setdefault(local_name(predicate.value), {}).setdefault(label.language or "da", label.value)
    return found


class Lines:
    """Writes claims in one language (``da`` or ``en``), with the names of a graph's entities and predicates."""

    def __init__(self, store: GraphStore, entities: dict[str, EntityRecord], language: str) -> None:
        self.language = language
        self.entities = entities
        self.predicates = predicate_labels(store)

    def line(self, record: ClaimRecord) -> dict[str, Any]:
        """Give a claim as one flat object; what a claim does not have is None, or left out where few claims have it."""
        claim: dict[str, Any] = {**record}
        passages: list[EvidenceRecord] = record["evidence"]
        first = passages[0] if passages else None
        line: dict[str, Any] = {
            "id": claim["id"],
            "subject": self._entity(claim["subject"]),
            "predicate": {
                "iri": SAM + claim["predicate"],
                "label": self._text(self.predicates.get(claim["predicate"])) or claim["predicate"],
            },
            "object": self._entity(claim["object"]) if claim["object"] is not None else self._value(claim),
            "role": self._label(claim["role"]),
            "from": claim["from"],
            "until": claim["until"],
            "note": claim["note"],
            "document": claim["document"] or (first["document"] if first else None),
            "lines": first["lines"] if first else None,
            "chars": first["chars"] if first else None,
            "derived": claim["derived"],
            "section": claim["section"] or (first["section"] if first else None),
            "evidence": [{"document": e["document"], "lines": e["lines"], "chars": e["chars"]} for e in passages],
        }
        line |= {key: claim[key] for key in _WHERE_PRESENT if claim[key] is not None}
        texts = {key: self._text(claim[key]) for key in ("measure", "population")}
        names = {"unit": self._label(claim["unit"]), "roleIri": ENTITY + claim["role"] if claim["role"] else None}
        line |= {key: value for key, value in {**texts, **names}.items() if value is not None}
        if claim["onBehalfOf"]:
            line["onBehalfOf"] = self._entity(claim["onBehalfOf"])
        if claim["derived"]:
            line |= {"via": [self._entity(name) for name in claim["via"]], "derivedFrom": claim["derivedFrom"]}
        return line

    def _entity(self, name: str) -> dict[str, Any]:
        entity = self.entities.get(name)
        if entity is None:
            return {"iri": ENTITY + name, "type": None, "label": name, "aliases": []}
        label = self._text(entity["label"]) or name
        others = [*entity["label"].values(), *entity["aliases"], *entity["abbreviations"]]
        aliases = [other for other in dict.fromkeys(others) if other != label]
        return {"iri": entity["iri"], "type": entity["type"], "label": label, "aliases": aliases}

    def _label(self, name: str | None) -> str | None:
        return self._entity(name)["label"] if name else None

    def _text(self, texts: Texts | None) -> str | None:
        return (texts.get(self.language) or texts.get("da")) if texts else None

    def _value(self, claim: dict[str, Any]) -> dict[str, Any]:
        value = claim["value"]
        if isinstance(value, dict):
            return {"value": self._text(value), "datatype": claim["datatype"], "texts": value}
        found = {"value": value, "datatype": claim["datatype"]}
        bounds = {"earliest": claim["valueEarliest"], "latest": claim["valueLatest"]}
        return {**found, **{key: bound for key, bound in bounds.items() if bound is not None}}
