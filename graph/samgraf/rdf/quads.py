"""From a workspace to RDF: one pattern for every fact, and the plain triple beside it.

A claim is a node in its document's graph: ``rdf:subject``, ``rdf:predicate``, ``rdf:object`` with role, period and
evidence (a Web Annotation specific resource with a text position selector). The plain triple stands in the same graph
when the claim is stated and nothing supersedes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from samgraf.models import Bilingual, parse_date
from samgraf.namespaces import (
    CLAIM,
    DCT,
    EDTF,
    ENTITIES_GRAPH,
    ENTITY,
    FOAF,
    GRAPH,
    OA,
    ONTOLOGY_GRAPH,
    ORG,
    OWL,
    QB,
    RDF,
    RDFS,
    SAM,
    SKOS,
    XSD,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from samgraf.loader import Workspace
    from samgraf.models import Claim, DocumentHead, Entity, Evidence, PartialDate

_EDTF = ox.NamedNode(EDTF)
_DATE = ox.NamedNode(XSD + "date")
_WIKIDATA = "http://www.wikidata.org/entity/"
_FIGURES = ox.NamedNode(SAM + "figures")


def quads(workspace: Workspace) -> Iterator[ox.Quad]:
    """Yield every asserted quad: ontology, entities, claims. Nothing here depends on order or time."""
    ontology = ox.NamedNode(ONTOLOGY_GRAPH)
    for triple in workspace.vocabulary.triples:
        yield ox.Quad(triple.subject, triple.predicate, triple.object, ontology)
    skos = {name for name, c in workspace.vocabulary.classes.items() if "Concept" in c.supers}
    for entity in workspace.entities.values():
        yield from _entity(entity, is_concept=any(t in skos for t in entity.types))
    for document in workspace.documents:
        yield from _document(document.head)
    superseded = _superseded(workspace)
    for claim in workspace.claims:
        yield from _claim(claim, workspace, superseded)


def claim_iri(key: str) -> ox.NamedNode:
    """Give the IRI of the claim with this key."""
    return ox.NamedNode(CLAIM + key)


def entity_iri(name: str) -> ox.NamedNode:
    """Give the IRI of the entity with this id."""
    return ox.NamedNode(ENTITY + name)


def _sam(name: str) -> ox.NamedNode:
    return ox.NamedNode(SAM + name)


def _texts(text: Bilingual) -> Iterator[ox.Literal]:
    yield ox.Literal(text.da, language="da")
    if text.en:
        yield ox.Literal(text.en, language="en")


def _superseded(workspace: Workspace) -> dict[str, list[str]]:
    """Give, for each superseded claim's key, the keys of the claims that supersede it."""
    named: dict[str, list[Claim]] = {}
    for claim in workspace.claims:
        if claim.entry.id:
            named.setdefault(claim.entry.id, []).append(claim)
    result: dict[str, list[str]] = {}
    for claim in workspace.claims:
        for target in claim.entry.supersedes:
            for old in named.get(target, ()):
                result.setdefault(old.key, []).append(claim.key)
    return result


def _entity(entity: Entity, *, is_concept: bool) -> Iterator[ox.Quad]:
    graph = ox.NamedNode(ENTITIES_GRAPH)
    node = entity_iri(entity.id)

    def quad(predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Quad:
        return ox.Quad(node, ox.NamedNode(predicate), value, graph)

    for name in entity.types:
        yield quad(RDF + "type", _sam(name))
    yield quad(SAM + "primaryType", _sam(entity.types[0]))
    yield quad(DCT + "identifier", ox.Literal(entity.id))
    for literal in _texts(entity.label):
        yield quad(RDFS + "label", literal)
        if is_concept:
            yield quad(SKOS + "prefLabel", literal)
    for alias in entity.aliases:
        yield quad(SKOS + "altLabel", ox.Literal(alias))
    for short in entity.abbreviations:
        yield quad(SAM + "abbreviation", ox.Literal(short))
    if entity.note:
        yield quad(SAM + "note", ox.Literal(entity.note))
    if entity.homepage:
        yield quad(FOAF + "homepage", ox.NamedNode(entity.homepage))
    for scheme, value in entity.identifiers.items():
        if scheme == "wikidata":
            yield quad(OWL + "sameAs", ox.NamedNode(_WIKIDATA + value))
        else:
            yield quad(SAM + scheme, ox.Literal(value))


def _document(head: DocumentHead) -> Iterator[ox.Quad]:
    graph = ox.NamedNode(ENTITIES_GRAPH)
    node = entity_iri(head.id)
    yield ox.Quad(node, ox.NamedNode(DCT + "language"), ox.Literal(head.language), graph)
    if head.date:
        yield ox.Quad(node, ox.NamedNode(DCT + "issued"), ox.Literal(head.date.edtf, datatype=_EDTF), graph)
        yield ox.Quad(node, _sam("issuedLatest"), ox.Literal(head.date.latest.isoformat(), datatype=_DATE), graph)
    if head.source:
        yield ox.Quad(node, ox.NamedNode(DCT + "source"), ox.Literal(head.source), graph)
    yield ox.Quad(node, _sam("graph"), ox.NamedNode(GRAPH + head.id), graph)
    background = ox.Literal("true" if head.background else "false", datatype=ox.NamedNode(XSD + "boolean"))
    yield ox.Quad(node, _sam("isBackground"), background, graph)


def _objects(claim: Claim, workspace: Workspace) -> list[ox.NamedNode | ox.Literal]:
    """Give the object terms: one entity, or one literal for each language of a text."""
    if claim.object is not None:
        return [entity_iri(claim.object)]
    value = claim.entry.value
    if isinstance(value, Bilingual):
        return list(_texts(value))
    if workspace.vocabulary.predicates[claim.predicate].kind == "date":
        return [ox.Literal(str(value), datatype=_EDTF)]
    if isinstance(value, (int, float)):
        kind = "integer" if isinstance(value, int) else "decimal"
        return [ox.Literal(repr(value), datatype=ox.NamedNode(XSD + kind))]
    return [ox.Literal(str(value))]


def _period(name: str, moment: PartialDate | None) -> Iterator[tuple[str, ox.Literal]]:
    if moment:
        yield SAM + name, ox.Literal(moment.edtf, datatype=_EDTF)
        yield SAM + name + "Earliest", ox.Literal(moment.earliest.isoformat(), datatype=_DATE)
        yield SAM + name + "Latest", ox.Literal(moment.latest.isoformat(), datatype=_DATE)


def _claim(claim: Claim, workspace: Workspace, superseded: dict[str, list[str]]) -> Iterator[ox.Quad]:
    entry = claim.entry
    predicate = workspace.vocabulary.predicates[claim.predicate]
    graph = ox.NamedNode(GRAPH + claim.document)
    node = claim_iri(claim.key)
    subject, property_ = entity_iri(claim.subject), ox.NamedNode(predicate.iri)
    objects = _objects(claim, workspace)
    facts: list[tuple[str, ox.NamedNode | ox.Literal]] = [(RDF + "type", _sam("Claim"))]
    facts += [(RDF + "type", ox.NamedNode(iri)) for iri in predicate.claim_classes]
    facts += [(RDF + "subject", subject), (RDF + "predicate", property_)]
    facts += [(RDF + "object", term) for term in objects]
    facts += [(SAM + "modality", _sam(entry.modality)), (DCT + "source", entity_iri(claim.document))]
    facts += [(SAM + "section", ox.Literal(claim.section))]
    facts += [*_period("validFrom", entry.start), *_period("validUntil", entry.until)]
    if predicate.kind == "date":
        facts += list(_period("value", parse_date(str(entry.value))))[1:]
    if entry.role:
        facts.append((SAM + "role", entity_iri(entry.role)))
    if entry.on_behalf_of:
        facts.append((SAM + "onBehalfOf", entity_iri(entry.on_behalf_of)))
    if entry.note:
        facts.append((SAM + "note", ox.Literal(entry.note)))
    if entry.complete:
        facts.append((SAM + "completeness", _sam("complete" + entry.complete.capitalize())))
    facts += _figure(claim)
    if claim.object and ORG + "Membership" in predicate.claim_classes:
        facts += [(ORG + "member", subject), (ORG + "organization", entity_iri(claim.object))]
        facts += [(ORG + "role", entity_iri(entry.role))] if entry.role else []
    for newer in superseded.get(claim.key, ()):
        facts.append((SAM + "supersededBy", claim_iri(newer)))
        yield ox.Quad(claim_iri(newer), _sam("supersedes"), node, graph)
    for iri, term in facts:
        yield ox.Quad(node, ox.NamedNode(iri), term, graph)
    for number, evidence in enumerate(claim.evidence, 1):
        yield from _evidence(node, number, evidence, graph)
    if entry.modality == "stated" and claim.key not in superseded:
        for term in objects:
            yield ox.Quad(subject, property_, term, graph)


def _figure(claim: Claim) -> Iterator[tuple[str, ox.NamedNode | ox.Literal]]:
    entry = claim.entry
    for name, text in (("measure", entry.measure), ("population", entry.population)):
        for literal in _texts(text) if text else ():
            yield SAM + name, literal
    if entry.unit:
        yield SAM + "unit", entity_iri(entry.unit)
    if entry.kind:
        yield SAM + "figureKind", ox.Literal(entry.kind)
    if entry.measure:
        yield QB + "dataSet", _FIGURES


def _evidence(claim: ox.NamedNode, number: int, evidence: Evidence, graph: ox.NamedNode) -> Iterator[ox.Quad]:
    node = ox.NamedNode(f"{claim.value}/evidence/{number}")
    selector = ox.NamedNode(f"{node.value}/selector")

    def integer(value: int) -> ox.Literal:
        return ox.Literal(str(value), datatype=ox.NamedNode(XSD + "integer"))

    facts: list[tuple[ox.NamedNode, str, ox.NamedNode | ox.Literal]] = [
        (claim, SAM + "evidence", node),
        (node, RDF + "type", ox.NamedNode(OA + "SpecificResource")),
        (node, OA + "hasSource", entity_iri(evidence.document)),
        (node, OA + "hasSelector", selector),
        (node, SAM + "firstLine", integer(evidence.first_line)),
        (node, SAM + "lastLine", integer(evidence.last_line)),
        (node, SAM + "sha256", ox.Literal(evidence.sha256)),
        (selector, RDF + "type", ox.NamedNode(OA + "TextPositionSelector")),
        (selector, OA + "start", integer(evidence.start)),
        (selector, OA + "end", integer(evidence.end)),
    ]
    for s, p, o in facts:
        yield ox.Quad(s, ox.NamedNode(p), o, graph)
