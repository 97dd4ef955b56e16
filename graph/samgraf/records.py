"""Entities, claims and vocabulary as plain dictionaries, read by SPARQL from any store.

Exports, pages and answers are made from these. Every list is in a stable order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

import pyoxigraph as ox

from samgraf.namespaces import CLAIM, ENTITY, RULE, XSD, local_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from samgraf.store.base import GraphStore, Term

Texts = dict[str, str]


class EntityRecord(TypedDict):
    """One entity. ``types`` has the most telling class first; ``label`` is by language."""

    iri: str
    id: str
    type: str
    types: list[str]
    label: Texts
    aliases: list[str]
    abbreviations: list[str]
    note: str | None
    identifiers: Texts


class EvidenceRecord(TypedDict):
    """A passage: lines from 1, characters from 0 with the end excluded, and the heading above it."""

    document: str
    lines: list[int]
    chars: list[int]
    section: str


# One claim, asserted or derived. ``object`` is an entity's id; ``value`` stands in its place for data. The fields ``from``
# and ``until`` are words of Python, so the type is written as a call.
ClaimRecord = TypedDict(
    "ClaimRecord",
    {
        "id": str,
        "iri": str,
        "subject": str,
        "predicate": str,
        "object": str | None,
        "value": str | int | float | Texts | None,
        "datatype": str | None,
        "role": str | None,
        "onBehalfOf": str | None,
        "from": str | None,
        "until": str | None,
        "fromEarliest": str | None,
        "fromLatest": str | None,
        "untilEarliest": str | None,
        "untilLatest": str | None,
        "valueEarliest": str | None,
        "valueLatest": str | None,
        "modality": str,
        "measure": Texts | None,
        "population": Texts | None,
        "unit": str | None,
        "kind": str | None,
        "note": str | None,
        "document": str,
        "section": str,
        "evidence": list[EvidenceRecord],
        "supersededBy": str | None,
        "complete": str | None,
        "derived": bool,
        "via": list[str],
        "derivedFrom": list[str],
        "rule": str | None,
    },
)


class PredicateRecord(TypedDict):
    """A claim predicate with its labels in both directions and the kind of value it takes."""

    name: str
    label: Texts
    inverse: Texts
    kind: str


class TypeRecord(TypedDict):
    """A class with its labels."""

    name: str
    label: Texts


class DocumentRecord(TypedDict):
    """A source document."""

    id: str
    label: Texts
    date: str | None
    background: bool


def _by_language(values: list[Term]) -> Texts:
    found = {v.language or "": v.value for v in values if isinstance(v, ox.Literal)}
    if "da" not in found and found:
        found["da"] = found.get("") or next(iter(found.values()))
    found.setdefault("en", found.get("da", ""))
    return {k: found[k] for k in ("da", "en") if k in found}


def _gather(store: GraphStore, sparql: str) -> dict[str, dict[str, list[Term]]]:
    """Run a SELECT of ``?s ?p ?o`` and give the objects by subject and local property name, in a stable order."""
    gathered: dict[str, dict[str, list[Term]]] = {}
    for s, p, o in store.select(sparql).rows:
        if isinstance(s, ox.NamedNode) and isinstance(p, ox.NamedNode) and o is not None:
            gathered.setdefault(s.value, {}).setdefault(local_name(p.value), []).append(o)
    for properties in gathered.values():
        for values in properties.values():
            values.sort(key=str)
    return gathered


def _value(term: Term) -> str:
    return term.value if isinstance(term, (ox.NamedNode, ox.Literal, ox.BlankNode)) else str(term)


def _first(found: dict[str, list[Term]], name: str) -> str | None:
    return _value(found[name][0]) if found.get(name) else None


def _name(found: dict[str, list[Term]], name: str) -> str | None:
    value = _first(found, name)
    return local_name(value) if value else None


_IDENTIFIERS = ("kommunekode", "regionskode", "iso3166", "nuts", "sameAs")


def entities(store: GraphStore, among: Iterable[str] | None = None) -> list[EntityRecord]:
    """Give all entities, or those with these ids, sorted by id."""
    wanted = ""
    if among is not None:
        wanted = f"VALUES ?s {{ {' '.join(str(ox.NamedNode(ENTITY + name)) for name in sorted(set(among)))} }} "
    found = _gather(store, f"SELECT ?s ?p ?o WHERE {{ {wanted}GRAPH graph:entities {{ ?s ?p ?o }} }}")
    records = []
    for iri in sorted(found):
        f = found[iri]
        if "label" not in f:
            continue
        primary = _name(f, "primaryType")
        types = sorted({local_name(_value(t)) for t in f.get("type", [])}, key=lambda t: (t != primary, t))
        records.append(
            EntityRecord(
                iri=iri,
                id=iri.removeprefix(ENTITY),
                type=types[0] if types else "",
                types=types,
                label=_by_language(f["label"]),
                aliases=[_value(v) for v in f.get("altLabel", [])],
                abbreviations=[_value(v) for v in f.get("abbreviation", [])],
                note=_first(f, "note"),
                identifiers={k: str(_first(f, k)) for k in _IDENTIFIERS if f.get(k)},
            )
        )
    return records


_ABOUT = """{ SELECT DISTINCT %s WHERE {
    VALUES ?about { %s }
    { %s rdf:subject ?about } UNION { %s rdf:object ?about } UNION { %s sam:onBehalfOf ?about } } }"""
_CLAIM_QUERY = """SELECT ?s ?p ?o WHERE {
  %s
  { ?s a sam:Claim } UNION { ?s a sam:DerivedClaim }
  ?s ?p ?o }"""
_EVIDENCE_QUERY = """SELECT ?claim ?evidence ?source ?first ?last ?start ?end WHERE {
  %s
  ?claim sam:evidence ?evidence .
  ?evidence oa:hasSource ?source ; sam:firstLine ?first ; sam:lastLine ?last ; oa:hasSelector ?selector .
  ?selector oa:start ?start ; oa:end ?end } ORDER BY ?evidence"""


def claims(store: GraphStore, about: Iterable[str] | None = None) -> list[ClaimRecord]:
    """Give all claims, asserted and derived, sorted by document and place in it.

    With ``about``, the ids of entities, only those with one of them as subject or object, or made on its behalf.
    """
    found = _gather(store, _CLAIM_QUERY % _limit("?s", about))
    passages: dict[str, list[EvidenceRecord]] = {}
    for claim, _, source, *numbers in store.select(_EVIDENCE_QUERY % _limit("?claim", about)).rows:
        iri = _value(claim) if claim else ""
        first, last, start, end = (int(_value(n)) for n in numbers if n is not None)
        section = _first(found.get(iri, {}), "section") or ""
        document = local_name(_value(source)) if source else ""
        record = EvidenceRecord(document=document, lines=[first, last], chars=[start, end], section=section)
        passages.setdefault(iri, []).append(record)
    records = [_claim(iri, f, passages.get(iri, [])) for iri, f in found.items()]
    return sorted(records, key=_order)


def _limit(claim: str, about: Iterable[str] | None) -> str:
    """Give the SPARQL that limits the variable ``claim`` to the claims about these entities."""
    if about is None:
        return ""
    return _ABOUT % (
        claim,
        " ".join(str(ox.NamedNode(ENTITY + name)) for name in sorted(set(about))),
        claim,
        claim,
        claim,
    )


def _order(record: ClaimRecord) -> tuple[bool, str, list[int], str]:
    place = record["evidence"][0]["chars"] if record["evidence"] else [0, 0]
    return record["derived"], record["document"], place, record["id"]


def _object(f: dict[str, list[Term]]) -> tuple[str | None, str | int | float | Texts | None, str | None]:
    """Give a claim's object: entity id, value, datatype (text, edtf, number, string)."""
    terms = f.get("object", [])
    literals = [t for t in terms if isinstance(t, ox.Literal)]
    if not literals:
        return (local_name(_value(terms[0])) if terms else None), None, None
    first = literals[0]
    if first.language:
        return None, _by_language(list(literals)), "text"
    datatype = first.datatype.value
    if datatype == XSD + "integer":
        return None, int(first.value), "number"
    if datatype in (XSD + "decimal", XSD + "double"):
        return None, float(first.value), "number"
    return None, first.value, "edtf" if datatype.endswith("EDTF") else "string"


def _claim(iri: str, f: dict[str, list[Term]], evidence: list[EvidenceRecord]) -> ClaimRecord:
    obj, value, datatype = _object(f)
    superseded = _first(f, "supersededBy")
    rule = _first(f, "derivedBy")
    complete = _name(f, "completeness")
    return {
        "id": iri.removeprefix(CLAIM),
        "iri": iri,
        "subject": _name(f, "subject") or "",
        "predicate": _name(f, "predicate") or "",
        "object": obj,
        "value": value,
        "datatype": datatype,
        "role": _name(f, "role"),
        "onBehalfOf": _name(f, "onBehalfOf"),
        "from": _first(f, "validFrom"),
        "until": _first(f, "validUntil"),
        "fromEarliest": _first(f, "validFromEarliest"),
        "fromLatest": _first(f, "validFromLatest"),
        "untilEarliest": _first(f, "validUntilEarliest"),
        "untilLatest": _first(f, "validUntilLatest"),
        "valueEarliest": _first(f, "valueEarliest"),
        "valueLatest": _first(f, "valueLatest"),
        "modality": _name(f, "modality") or "stated",
        "measure": _by_language(f["measure"]) if "measure" in f else None,
        "population": _by_language(f["population"]) if "population" in f else None,
        "unit": _name(f, "unit"),
        "kind": _first(f, "figureKind"),
        "note": _first(f, "note"),
        "document": _name(f, "source") or "",
        "section": _first(f, "section") or "",
        "evidence": evidence,
        "supersededBy": superseded.removeprefix(CLAIM) if superseded else None,
        "complete": complete.removeprefix("complete").lower() if complete else None,
        "derived": "derivedBy" in f,
        "via": [local_name(_value(v)) for v in f.get("via", [])],
        "derivedFrom": [_value(v).removeprefix(CLAIM) for v in f.get("wasDerivedFrom", [])],
        "rule": rule.removeprefix(RULE) if rule else None,
    }


def predicates(store: GraphStore) -> list[PredicateRecord]:
    """Give all claim predicates with their labels, sorted by name."""
    found = _gather(
        store, "SELECT ?s ?p ?o WHERE { VALUES ?kind { sam:ClaimPredicate sam:DerivedPredicate } ?s a ?kind ; ?p ?o }"
    )
    return [
        PredicateRecord(
            name=local_name(iri),
            label=_by_language(f.get("label", [])),
            inverse=_by_language(f.get("inverseLabel", [])),
            kind=_first(f, "valueKind") or "object",
        )
        for iri, f in sorted(found.items())
    ]


def types(store: GraphStore) -> list[TypeRecord]:
    """Give the classes of the ontology with their labels, sorted by name."""
    found = _gather(store, "SELECT ?s ?p ?o WHERE { ?s a owl:Class ; ?p ?o FILTER(STRSTARTS(STR(?s), STR(sam:))) }")
    return [TypeRecord(name=local_name(i), label=_by_language(f.get("label", []))) for i, f in sorted(found.items())]


def documents(store: GraphStore) -> list[DocumentRecord]:
    """Give the source documents, sorted by date and id."""
    found = _gather(store, "SELECT ?s ?p ?o WHERE { ?s sam:graph ?g ; ?p ?o }")
    records = [
        DocumentRecord(
            id=local_name(iri),
            label=_by_language(f.get("label", [])),
            date=_first(f, "issued"),
            background=_first(f, "isBackground") == "true",
        )
        for iri, f in found.items()
    ]
    return sorted(records, key=lambda r: (r["date"] or "", r["id"]))
