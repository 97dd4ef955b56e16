"""From a workspace to RDF: one pattern for every fact, and the plain triple beside it.

A claim is a node in its document's graph: ``rdf:subject``, ``rdf:predicate``, ``rdf:object`` with role, period and
evidence (a Web Annotation specific resource with a text position selector). The plain triple stands in the same graph
when the claim is stated and nothing supersedes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pyoxigraph as ox

from samgraf.language.dates import is_interval, parse_date
from samgraf.namespaces import (
    CLAIM,
    DCT,
    EDTF,
    ENTITIES_GRAPH,
    ENTITY,
    FOAF,
    GRAPH,
    LANGUAGE,
    OA,
    ONTOLOGY_GRAPH,
    ORG,
    OWL,
    QB,
    RDF,
    RDFS,
    SAM,
    SKOS,
    WIKIDATA,
    XSD,
    local_name,
)
from samgraf.workspace.entries import Bilingual

if TYPE_CHECKING:
    from collections.abc import Iterator

    from samgraf.model import Moment
    from samgraf.model.text import Written
    from samgraf.vocabulary.terms import Vocabulary
    from samgraf.workspace import DocumentFile, Workspace
    from samgraf.workspace.entries import Claim, DocumentHead, Entity, Evidence

_EDTF = ox.NamedNode(EDTF)
_DATE = ox.NamedNode(XSD + "date")
_FIGURES = ox.NamedNode(SAM + "figures")
_MEMBERSHIP = ORG + "Membership"
_ORGANISATIONS = frozenset({local_name(ORG + "Organization"), local_name(ORG + "OrganizationalCollaboration")})


def quads(workspace: Workspace) -> Iterator[ox.Quad]:
    """Yield every asserted quad: ontology, entities, claims. Nothing here depends on order or time."""
    yield from ontology_quads(workspace)
    yield from entity_quads(workspace)
    superseded = superseded_by(workspace)
    for document in workspace.documents:
        yield from document_quads(document, workspace, superseded)


def ontology_quads(workspace: Workspace) -> Iterator[ox.Quad]:
    """Yield the graph of the ontology."""
    ontology = ox.NamedNode(ONTOLOGY_GRAPH)
    for triple in workspace.vocabulary.triples:
        yield ox.Quad(triple.subject, triple.predicate, triple.object, ontology)


def entity_quads(workspace: Workspace) -> Iterator[ox.Quad]:
    """Yield the graph of the entities, the documents among them."""
    skos = {name for name, c in workspace.vocabulary.classes.items() if "Concept" in c.supers}
    for entity in workspace.entities.values():
        yield from _entity(entity, is_concept=any(t in skos for t in entity.types))
        yield from _identifiers(entity, workspace.vocabulary)
    own = workspace.layers[-1].name
    for document in workspace.documents:
        yield from _document(document.head, document.layer if document.layer != own else "")


def document_quads(document: DocumentFile, workspace: Workspace, superseded: dict[str, list[str]]) -> Iterator[ox.Quad]:
    """Yield a document's graph: its claims, and by which of ``superseded_by`` they are superseded."""
    for claim in document.claims:
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
    for language, words in text.by_language().items():
        yield ox.Literal(words, language=language)


def superseded_by(workspace: Workspace) -> dict[str, list[str]]:
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


def _note(note: dict[Written, str] | None) -> Iterator[tuple[str, ox.Literal]]:
    """Yield a note, in each language that it is written in."""
    for language, words in (note or {}).items():
        yield SAM + "note", ox.Literal(words, language=language)


def _properties(entity: Entity) -> Iterator[tuple[str, ox.NamedNode | ox.Literal]]:
    """Yield what is said of an entity besides its names, classes and identifiers."""
    yield from _note(entity.note)
    for name, text in (("phase", entity.phase), ("symbol", entity.symbol)):
        if text:
            yield SAM + name, ox.Literal(text)
    if entity.negative:
        yield SAM + "negative", ox.Literal("true", datatype=ox.NamedNode(XSD + "boolean"))
    if entity.involvement:
        yield SAM + "involvement", _sam(entity.involvement_kind)
    if entity.homepage:
        yield FOAF + "homepage", ox.NamedNode(entity.homepage)


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
    for predicate, term in _properties(entity):
        yield quad(predicate, term)


def _identifiers(entity: Entity, vocabulary: Vocabulary) -> Iterator[ox.Quad]:
    """Yield an entity's identifiers; an item of Wikidata is the same thing, a number of a classification a notation (SKOS, 6)."""
    graph, node = ox.NamedNode(ENTITIES_GRAPH), entity_iri(entity.id)
    for name, value in entity.identifiers.items():
        yield ox.Quad(node, ox.NamedNode(SAM + name), ox.Literal(value), graph)
        if name == "wikidata":
            yield ox.Quad(node, ox.NamedNode(OWL + "sameAs"), ox.NamedNode(WIKIDATA + quote(value)), graph)
        if name in vocabulary.identifiers and "notation" in vocabulary.identifiers[name].supers:
            yield ox.Quad(node, ox.NamedNode(SKOS + "notation"), ox.Literal(value), graph)


def _document(head: DocumentHead, layer: str) -> Iterator[ox.Quad]:
    graph = ox.NamedNode(ENTITIES_GRAPH)
    node = entity_iri(head.id)
    yield ox.Quad(node, ox.NamedNode(DCT + "language"), ox.NamedNode(LANGUAGE + head.language), graph)
    if head.date:
        yield ox.Quad(node, ox.NamedNode(DCT + "issued"), ox.Literal(head.date.edtf, datatype=_EDTF), graph)
        for iri, day in list(_period("issued", head.date))[1:]:
            yield ox.Quad(node, ox.NamedNode(iri), day, graph)
    if head.source:
        yield ox.Quad(node, ox.NamedNode(DCT + "source"), ox.Literal(head.source), graph)
    if head.url:
        yield ox.Quad(node, ox.NamedNode(FOAF + "page"), ox.NamedNode(head.url), graph)
    if head.kind:
        yield ox.Quad(node, _sam("documentKind"), entity_iri(head.kind), graph)
    for name, text in (("documentState", head.state), ("fileNumber", head.number), ("layer", layer)):
        if text:
            yield ox.Quad(node, _sam(name), ox.Literal(text), graph)
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


def _period(name: str, moment: Moment | None) -> Iterator[tuple[str, ox.Literal]]:
    if moment:
        yield SAM + name, ox.Literal(moment.edtf, datatype=_EDTF)
        for which, day in (("Earliest", moment.earliest), ("Latest", moment.latest)):
            if day:  # an open interval lacks one
                yield SAM + name + which, ox.Literal(day, datatype=_DATE)


def _claim(claim: Claim, workspace: Workspace, superseded: dict[str, list[str]]) -> Iterator[ox.Quad]:
    entry = claim.entry
    predicate = workspace.vocabulary.predicates[claim.predicate]
    graph = ox.NamedNode(GRAPH + claim.document)
    node = claim_iri(claim.key)
    subject, property_ = entity_iri(claim.subject), ox.NamedNode(predicate.iri)
    objects = _objects(claim, workspace)
    facts: list[tuple[str, ox.NamedNode | ox.Literal]] = [(RDF + "type", _sam("Claim"))]
    classes = (iri for iri in predicate.claim_classes if iri != _MEMBERSHIP or is_membership(claim, workspace))
    facts += [(RDF + "type", ox.NamedNode(iri)) for iri in classes]
    facts += [(RDF + "subject", subject), (RDF + "predicate", property_)]
    facts += [(RDF + "object", term) for term in objects]
    facts += [(SAM + "modality", _sam(entry.modality)), (DCT + "source", entity_iri(claim.document))]
    facts += [(SAM + "section", ox.Literal(claim.section))]
    facts += [*_period("validFrom", entry.start), *_period("validUntil", entry.until)]
    if predicate.kind == "date":
        facts += _dated(parse_date(str(entry.value)))
    if entry.role:
        facts.append((SAM + "role", entity_iri(entry.role)))
    if entry.on_behalf_of:
        facts.append((SAM + "onBehalfOf", entity_iri(entry.on_behalf_of)))
    facts += _note(entry.note)
    if entry.complete:
        facts.append((SAM + "completeness", _sam("complete" + entry.complete.capitalize())))
    facts += _figure(claim, objects)
    if is_membership(claim, workspace):
        facts += [(ORG + "member", subject), (ORG + "organization", objects[0])]
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


def _dated(value: Moment) -> Iterator[tuple[str, ox.Literal]]:
    """Yield the days that the value of a date can mean; of an interval also its two ends, each as a date of its own."""
    yield from list(_period("value", value))[1:]
    if is_interval(value):
        first, _, last = value.edtf.partition("/")
        for name, text in (("valueFrom", first), ("valueUntil", last)):
            if text.strip("."):
                yield from _period(name, parse_date(text))


def is_membership(claim: Claim, workspace: Workspace) -> bool:
    """Tell whether a claim is a membership as ORG has it: of an organisation, not of a project or a group spoken of as one."""
    if not claim.object or _MEMBERSHIP not in workspace.vocabulary.predicates[claim.predicate].claim_classes:
        return False
    return workspace.vocabulary.is_a(workspace.entities[claim.object].types, _ORGANISATIONS)


def _figure(claim: Claim, numbers: list[ox.NamedNode | ox.Literal]) -> Iterator[tuple[str, ox.NamedNode | ox.Literal]]:
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
        yield SAM + "figureOf", entity_iri(claim.subject)
        yield SAM + "figureStatement", claim_iri(claim.key)
        yield from ((SAM + "figureValue", number) for number in numbers)


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
