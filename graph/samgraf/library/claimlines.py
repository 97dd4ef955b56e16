"""Claims as other programs read them: one JSON object each, with names and the passages that state it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samgraf.errors import UnknownNameError
from samgraf.language.phrases import Phrases
from samgraf.library.resolving import resolver
from samgraf.model import Text
from samgraf.namespaces import ENTITY, SAM
from samgraf.rdf.reading import read_claims, read_entities, vocabulary

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from samgraf.model import Claim, Entity, Moment, Period
    from samgraf.rdf.port import GraphStore
    from samgraf.vocabulary.terms import Vocabulary

Json = dict[str, Any]
_FEW = 500
"""So many claims that to look up what they name costs less than to read all entities."""


def choose(
    store: GraphStore, *, document: str | None = None, about: str | None = None, derived: bool = False
) -> list[Claim]:
    """Give the claims of one document or about one entity, or all, in the order of the documents.

    Raises UnknownNameError for a document or entity that is not there.
    """
    resolve = resolver(store)
    entity = resolve(about).removeprefix(ENTITY) if about is not None else None
    every = read_claims(store, [entity] if entity and document is None else None)
    claims = [claim for claim in every if derived or not claim.derived]
    if document is not None:
        known = {claim.document for claim in every if claim.document}
        wanted = document if document in known else resolve(document).removeprefix(ENTITY)
        if wanted not in known:
            raise UnknownNameError(document, sorted(known), kind="document")
        claims = [c for c in claims if wanted in {c.document, *(passage.document for passage in c.evidence)}]
    return [claim for claim in claims if entity is None or entity in claim.ends()]


class Lines:
    """Writes claims and entities as JSON in one language, with the names of a graph's entities and relations."""

    def __init__(self, entities: Mapping[str, Entity], words: Vocabulary, language: str) -> None:
        self.entities = entities
        self.words = words
        self.language = language
        self.phrases = Phrases(entities, words, language)

    @classmethod
    def of(cls, store: GraphStore, language: str, claims: Collection[Claim] | None = None) -> Lines:
        """Make one for a whole graph; for these claims alone, where they are few, with the entities that they name."""
        few = claims is not None and len(claims) <= _FEW
        named = {n for c in claims or () for n in (*c.ends(), *c.via, c.role, c.unit, c.document) if n} if few else None
        return cls({entity.id: entity for entity in read_entities(store, named)}, vocabulary(store), language)

    def line(self, claim: Claim, as_of: str | None = None) -> Json:
        """Give a claim as one flat object; what a claim does not have is None, or left out where few claims have it.

        With ``as_of`` (a day), also how it stands with the claim on that day (``state``).
        """
        first = claim.evidence[0] if claim.evidence else None
        line: Json = {
            "id": claim.id,
            "sentence": self.phrases.sentence(claim),
            "subject": self.entity(claim.subject),
            "predicate": {"iri": SAM + claim.predicate, "label": self.relation(claim.predicate)},
            "object": self.entity(claim.object) if claim.object is not None else self._value(claim),
            "role": self._label(claim.role),
            "from": _edtf(claim.start),
            "until": _edtf(claim.until),
            "modality": claim.modality,
            "effective": period_data(claim.effective),
            "attested": _edtf(claim.attested),
            "note": claim.note,
            "document": claim.document or (first.document if first else None),
            "lines": [*first.lines] if first else None,
            "chars": [*first.chars] if first else None,
            "derived": claim.derived,
            "section": claim.section or (first.section if first else None),
            "evidence": [passage.data() for passage in claim.evidence],
        }
        few: Json = {
            "state": claim.state(as_of) if as_of else None,
            "kind": claim.kind,
            "complete": claim.complete,
            "rule": claim.rule,
            "how": claim.how,
            "measure": self._text(claim.measure),
            "population": self._text(claim.population),
            "unit": self._label(claim.unit),
            "roleIri": ENTITY + claim.role if claim.role else None,
            "onBehalfOf": self.entity(claim.on_behalf_of) if claim.on_behalf_of else None,
            "supersededBy": [*claim.superseded_by] or None,
        }
        line |= {key: value for key, value in few.items() if value is not None}
        if claim.derived:
            line |= {"via": [self.entity(name) for name in claim.via], "derivedFrom": [*claim.because]}
        return line

    def entity(self, name: str) -> Json:
        """Give an entity as claims name it: IRI, class, label, and all its other names."""
        entity = self.entities.get(name)
        if entity is None:
            return {"iri": ENTITY + name, "type": None, "label": name, "aliases": []}
        label = entity.label.within(self.language) or name
        others = [*entity.label.values(), *entity.aliases, *entity.abbreviations]
        aliases = [other for other in dict.fromkeys(others) if other != label]
        return {"iri": ENTITY + name, "type": entity.type or None, "label": label, "aliases": aliases}

    def relation(self, name: str) -> str:
        """Give a relation in words."""
        return self.words.predicate(name).label.within(self.language) or name

    def _label(self, name: str | None) -> str | None:
        return str(self.entity(name)["label"]) if name else None

    def _text(self, text: Text | None) -> str | None:
        return text.within(self.language) if text else None

    def _value(self, claim: Claim) -> Json:
        value = claim.value
        if isinstance(value, Text):
            return {"value": value.within(self.language), "datatype": claim.datatype, "texts": value}
        found = {"value": value, "datatype": claim.datatype}
        bounds = {"earliest": claim.moment.earliest, "latest": claim.moment.latest} if claim.moment else {}
        return {**found, **{key: bound for key, bound in bounds.items() if bound}}


def period_data(period: Period) -> Json:
    """Give a period as JSON has it: from, until (EDTF; None where not known), basis, and the claim it is inherited from."""
    found: Json = {"from": _edtf(period.start), "until": _edtf(period.until), "basis": period.basis or None}
    return {**found, "source": period.source} if period.source else found


def _edtf(moment: Moment | None) -> str | None:
    return moment.edtf if moment else None
