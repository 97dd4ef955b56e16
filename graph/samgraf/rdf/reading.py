"""Claims, entities, documents and the vocabulary, read by SPARQL from any store into the one shape that each has.

Views, exports, pages and answers are made from these. Every list is in a stable order.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, TypeVar, cast

import pyoxigraph as ox

from samgraf.model import Claim, Document, Entity, Moment, Passage, Period, Text, text_of
from samgraf.model.time import ATTESTED, STATED
from samgraf.namespaces import CLAIM, ENTITY, RULE, XSD, local_name
from samgraf.vocabulary.reading import vocabulary_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from samgraf.model import Basis, Modality
    from samgraf.rdf.port import GraphStore, Term
    from samgraf.vocabulary.terms import Vocabulary

_LAST: dict[str, Vocabulary] = {}
_READ: ContextVar[dict[tuple[int, str], list[Any]] | None] = ContextVar("read", default=None)
T = TypeVar("T")


@contextmanager
def reading_once() -> Iterator[None]:
    """Read the whole of a store once for all that is made of it in here: its claims, its entities, its quads."""
    token = _READ.set({})
    try:
        yield
    finally:
        _READ.reset(token)


def once(store: GraphStore, what: str, read: Callable[[], list[T]]) -> list[T]:
    """Give all that a store has of something: within `reading_once` what was read before."""
    known = _READ.get()
    if known is None:
        return read()
    if (id(store), what) not in known:
        known[id(store), what] = read()
    return [*known[id(store), what]]


def _gather(store: GraphStore, sparql: str) -> dict[str, dict[str, list[Term]]]:
    """Run a SELECT of ``?s ?p ?o`` and give the objects by subject and local property name, in a stable order."""
    gathered: dict[str, dict[str, list[Term]]] = {}
    names: dict[Term | None, str] = {}
    for s, p, o in store.select(sparql).rows:
        if isinstance(s, ox.NamedNode) and isinstance(p, ox.NamedNode) and o is not None:
            name = names.get(p) or names.setdefault(p, local_name(p.value))
            gathered.setdefault(s.value, {}).setdefault(name, []).append(o)
    for properties in gathered.values():
        for values in properties.values():
            if len(values) > 1:
                values.sort(key=str)
    return gathered


def _value(term: Term) -> str:
    return term.value if isinstance(term, (ox.NamedNode, ox.Literal, ox.BlankNode)) else str(term)


def _first(found: dict[str, list[Term]], name: str) -> str | None:
    return _value(found[name][0]) if found.get(name) else None


def _name(found: dict[str, list[Term]], name: str) -> str | None:
    value = _first(found, name)
    return local_name(value) if value else None


_BATCH = 500
_KINDS = """SELECT ?kind WHERE { GRAPH graph:ontology { ?kind rdfs:subPropertyOf dct:identifier
    OPTIONAL { ?kind sam:order ?order } } } ORDER BY ?order ?kind"""


_ABOUT = """{ SELECT DISTINCT %s WHERE {
    VALUES ?about { %s }
    { %s rdf:subject ?about } UNION { %s rdf:object ?about } UNION { %s sam:onBehalfOf ?about }
    UNION { ?about prov:wasDerivedFrom %s } } }"""
_CLAIM_QUERY = """SELECT ?s ?p ?o WHERE {
  %s
  { ?s a sam:Claim } UNION { ?s a sam:DerivedClaim }
  ?s ?p ?o }"""
_EVIDENCE_QUERY = """SELECT ?claim ?section ?source ?first ?last ?start ?end WHERE {
  %s
  ?claim sam:evidence ?evidence .
  OPTIONAL { ?claim sam:section ?section }
  ?evidence oa:hasSource ?source ; sam:firstLine ?first ; sam:lastLine ?last ; oa:hasSelector ?selector .
  ?selector oa:start ?start ; oa:end ?end } ORDER BY ?evidence"""


def _limit(claim: str, about: Iterable[str] | None, among: Iterable[str] | None) -> str:
    """Give the SPARQL that limits the variable ``claim`` to the claims about these entities, or to those with these ids."""
    if among is not None:
        return f"VALUES {claim} {{ {' '.join(str(ox.NamedNode(CLAIM + name)) for name in sorted(set(among)))} }}"
    if about is None:
        return ""
    return _ABOUT % (
        claim,
        " ".join(str(ox.NamedNode(ENTITY + name)) for name in sorted(set(about))),
        *[claim] * 4,
    )


def _object(f: dict[str, list[Term]]) -> tuple[str | None, str | int | float | Text | None, str | None]:
    """Give a claim's object: entity id, value, datatype (text, edtf, number, string)."""
    terms = f.get("object", [])
    literals = [t for t in terms if isinstance(t, ox.Literal)]
    if not literals:
        return (local_name(_value(terms[0])) if terms else None), None, None
    first = literals[0]
    if first.language:
        return None, _text(list(literals)), "text"
    datatype = first.datatype.value
    if datatype == XSD + "integer":
        return None, int(first.value), "number"
    if datatype in (XSD + "decimal", XSD + "double"):
        return None, float(first.value), "number"
    return None, first.value, "edtf" if datatype.endswith("EDTF") else "string"


def vocabulary(store: GraphStore) -> Vocabulary:
    """Give the vocabulary that the graph itself carries: that of the ontology it was built with. Not to be changed.

    That of the snapshot read last is kept: a snapshot never changes.
    """
    snapshot: str | None = getattr(store, "folder", None)
    found = _LAST.get(snapshot) if snapshot else None
    if found is None:
        found = vocabulary_of(store.triples("CONSTRUCT { ?s ?p ?o } WHERE { GRAPH graph:ontology { ?s ?p ?o } }"))
        _LAST.clear()
        if snapshot:
            _LAST[snapshot] = found
    return found


def _moment(f: dict[str, list[Term]], name: str) -> Moment | None:
    edtf = _first(f, name)
    return Moment(edtf, _first(f, f"{name}Earliest") or "", _first(f, f"{name}Latest") or "") if edtf else None


def _period(f: dict[str, list[Term]]) -> Period:
    """Give the effective period of a claim, or the life span of an entity, as the rules have derived it."""
    basis = (_name(f, "basis") or "").removeprefix("basis").lower()
    if not basis:  # a graph in which the rules have not run: what the claim itself says
        start, until = _moment(f, "validFrom"), _moment(f, "validUntil")
        return Period(start, until, STATED if start or until else ATTESTED if "predicate" in f else "")
    source = (_first(f, "basisSource") or "").removeprefix(CLAIM)
    return Period(_moment(f, "effectiveFrom"), _moment(f, "effectiveUntil"), cast("Basis", basis), source)


def _text(values: list[Term]) -> Text:
    return text_of((v.language or "", v.value) for v in values if isinstance(v, ox.Literal))


def read_entities(store: GraphStore, among: Iterable[str] | None = None) -> list[Entity]:
    """Give all entities, or those with these ids, sorted by id: those that are written and those that a rule has made."""
    return once(store, "entities", lambda: _entities(store)) if among is None else _entities(store, among)


def _entities(store: GraphStore, among: Iterable[str] | None = None) -> list[Entity]:
    wanted = ""
    if among is not None:
        wanted = f"VALUES ?s {{ {' '.join(str(ox.NamedNode(ENTITY + name)) for name in sorted(set(among)))} }} "
    found = _gather(
        store,
        f"SELECT ?s ?p ?o WHERE {{ {wanted}{{ GRAPH graph:entities {{ ?s ?p ?o }} }} UNION "
        "{ VALUES ?p { sam:effectiveFrom sam:effectiveFromEarliest sam:effectiveFromLatest sam:effectiveUntil "
        "sam:effectiveUntilEarliest sam:effectiveUntilLatest sam:basis sam:basisSource } "
        "GRAPH graph:entities { ?s sam:primaryType ?any } GRAPH graph:derived { ?s ?p ?o } } "
        f"UNION {{ {wanted}GRAPH graph:derived {{ ?s sam:primaryType ?made ; ?p ?o }} }} }}",
    )
    kinds = [local_name(_value(row[0])) for row in store.select(_KINDS).rows if row[0]]
    given = []
    for iri in sorted(found):
        f = found[iri]
        if "label" not in f:
            continue
        primary = _name(f, "primaryType")
        types = sorted({local_name(_value(t)) for t in f.get("type", [])}, key=lambda t: (t != primary, t))
        given.append(
            Entity(
                id=iri.removeprefix(ENTITY),
                types=tuple(types),
                label=_text(f["label"]),
                aliases=tuple(_value(v) for v in f.get("altLabel", [])),
                abbreviations=tuple(_value(v) for v in f.get("abbreviation", [])),
                note=_text(f["note"]) if "note" in f else None,
                identifiers={k: str(_first(f, k)) for k in kinds if f.get(k)},
                homepage=_first(f, "homepage"),
                phase=_first(f, "phase"),
                negative=_first(f, "negative") == "true",
                symbol=_first(f, "symbol"),
                involvement=_name(f, "involvement"),
                life=_period(f),
            )
        )
    return given


def read_documents(store: GraphStore) -> list[Document]:
    """Give the source documents, sorted by date and id."""
    found = _gather(store, "SELECT ?s ?p ?o WHERE { ?s sam:graph ?g ; ?p ?o }")
    given = [
        Document(
            local_name(iri),
            _text(f.get("label", [])),
            _moment(f, "issued"),
            _first(f, "isBackground") == "true",
            _first(f, "source"),
            _first(f, "layer") or "",
        )
        for iri, f in found.items()
    ]
    return sorted(given, key=lambda d: (d.date.edtf if d.date else "", d.id))


def read_claims(
    store: GraphStore, about: Iterable[str] | None = None, *, among: Iterable[str] | None = None
) -> list[Claim]:
    """Give all claims, asserted and derived, sorted by document and place in it, the derived ones last.

    With ``about``, the ids of entities, only those with one of them as subject or object, made on its behalf, or
    that it is made from; with ``among``, only those with these ids.
    """
    if about is None and among is None:
        return once(store, "claims", lambda: _claims(store, None, None))
    return _claims(store, about, among)


def _claims(store: GraphStore, about: Iterable[str] | None, among: Iterable[str] | None) -> list[Claim]:
    found = _gather(store, _CLAIM_QUERY % _limit("?s", about, among))
    documents = {d.id: d for d in read_documents(store)}
    passages = _passages(store, found, _limit("?claim", about, among), documents)
    claims = [_read(iri, f, passages[iri], documents) for iri, f in found.items()]
    return sorted(claims, key=place_of)


def _passages(
    store: GraphStore, found: dict[str, dict[str, list[Term]]], limit: str, documents: dict[str, Document]
) -> dict[str, list[Passage]]:
    """Give the passages of these claims by IRI; a derived claim stands where the claims that it follows from do."""
    stated = _evidence(store, limit, documents)
    premises = {iri: [_value(v) for v in f.get("wasDerivedFrom", [])] for iri, f in found.items()}
    missing = sorted({name for names in premises.values() for name in names} - set(found))
    for at in range(0, len(missing), _BATCH):
        names = " ".join(str(ox.NamedNode(name)) for name in missing[at : at + _BATCH])
        stated |= _evidence(store, f"VALUES ?claim {{ {names} }}", documents)
    given = {}
    for iri, own in premises.items():
        every = [passage for name in (iri, *own) for passage in stated.get(name, ())]
        given[iri] = list(dict.fromkeys(every))
    return given


def _evidence(store: GraphStore, limit: str, documents: dict[str, Document]) -> dict[str, list[Passage]]:
    stated: dict[str, list[Passage]] = {}
    for claim, section, source, *numbers in store.select(_EVIDENCE_QUERY % limit).rows:
        first, last, start, end = (int(_value(n)) for n in numbers if n is not None)
        document, heading = local_name(_value(source)) if source else "", _value(section) if section else ""
        passage = Passage(document, heading, (first, last), (start, end), _layer(document, documents))
        stated.setdefault(_value(claim) if claim else "", []).append(passage)
    return stated


def _layer(document: str, documents: dict[str, Document]) -> str:
    return documents[document].layer if document in documents else ""


def _whole(claim: Claim, documents: dict[str, Document]) -> tuple[Passage, ...]:
    """Give the documents that state a claim, or one that it follows from, without a passage: general knowledge."""
    named = {passage.document for passage in claim.evidence}
    stated = dict.fromkeys(name.rpartition("/")[0] for name in (claim.because if claim.derived else (claim.id,)))
    return tuple(
        Passage(name, claim.section, (0, 0), (0, 0), _layer(name, documents)) for name in stated if name not in named
    )


def place_of(claim: Claim) -> tuple[bool, str, tuple[int, int], str]:
    """Give what claims are sorted by."""
    return claim.derived, claim.document, claim.evidence[0].chars if claim.evidence else (0, 0), claim.id


def _read(iri: str, f: dict[str, list[Term]], evidence: list[Passage], documents: dict[str, Document]) -> Claim:
    obj, value, datatype = _object(f)
    document = _name(f, "source") or ""
    complete = _name(f, "completeness")
    rule = _first(f, "derivedBy")
    source = documents.get(document)
    claim = Claim(
        id=iri.removeprefix(CLAIM),
        subject=_name(f, "subject") or "",
        predicate=_name(f, "predicate") or "",
        object=obj,
        value=value,
        datatype=datatype,
        moment=Moment(str(value), _first(f, "valueEarliest") or "", _first(f, "valueLatest") or "")
        if datatype == "edtf"
        else None,
        role=_name(f, "role"),
        on_behalf_of=_name(f, "onBehalfOf"),
        start=_moment(f, "validFrom"),
        until=_moment(f, "validUntil"),
        modality=cast("Modality", _name(f, "modality") or "stated"),
        attested=_moment(f, "attested") or (source.date if source and not source.background else None),
        effective=_period(f),
        measure=_text(f["measure"]) if "measure" in f else None,
        population=_text(f["population"]) if "population" in f else None,
        unit=_name(f, "unit"),
        kind=_first(f, "figureKind"),
        note=_text(f["note"]) if "note" in f else None,
        document=document,
        section=_first(f, "section") or "",
        evidence=tuple(evidence),
        superseded_by=tuple(_value(v).removeprefix(CLAIM) for v in f.get("supersededBy", [])),
        complete=complete.removeprefix("complete").lower() if complete else None,
        rule=rule.removeprefix(RULE) if rule else None,
        how=_name(f, "viaKind"),
        via=tuple(local_name(_value(v)) for v in f.get("via", [])),
        because=tuple(_value(v).removeprefix(CLAIM) for v in f.get("wasDerivedFrom", [])),
    )
    return claim._replace(whole=_whole(claim, documents))
