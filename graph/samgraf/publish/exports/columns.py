"""The columns of a claim in a table or on an edge: the one list of them, from which every export takes its own.

Each column has a name, a type (``text``, ``day`` for an ISO day, ``number``, ``truth``) and a way to get it from a
`samgraf.model.Claim`. Names in words have a column for each language that there is a file for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from samgraf.language.messages import languages
from samgraf.language.phrases import Phrases
from samgraf.model import Text
from samgraf.rdf.reading import read_entities, vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from samgraf.model import Claim, Entity, Moment
    from samgraf.rdf.port import GraphStore
    from samgraf.vocabulary.terms import Vocabulary

Cell = str | int | float | bool | None
TEXT, DAY, NUMBER, TRUTH = "text", "day", "number", "truth"


class Words(NamedTuple):
    """What names are given by: the entities by id, and the vocabulary."""

    entities: dict[str, Entity]
    vocabulary: Vocabulary

    @classmethod
    def of(cls, store: GraphStore) -> Words:
        """Read them from a store."""
        return cls({entity.id: entity for entity in read_entities(store)}, vocabulary(store))

    def label(self, name: str | None, language: str) -> str | None:
        """Give an entity's label; None where there is none."""
        entity = self.entities.get(name or "")
        return entity.label.within(language) if entity else None

    def relation(self, name: str, language: str) -> str:
        """Give a relation in words."""
        return self.vocabulary.predicate(name).label.within(language)

    def type(self, name: str | None) -> str | None:
        """Give the most telling class of an entity."""
        entity = self.entities.get(name or "")
        return entity.type if entity else None


class Column(NamedTuple):
    """A column: its name, the type of its cells, and how a claim gives one. ``ends`` marks what names subject and object."""

    name: str
    type: str
    get: Callable[[Claim, Words], Cell]
    ends: bool = False


def _edtf(moment: Moment | None) -> str | None:
    return moment.edtf if moment else None


def _first(moment: Moment | None) -> str | None:
    return moment.earliest or None if moment else None


def _last(moment: Moment | None) -> str | None:
    return moment.latest or None if moment else None


def _value(claim: Claim, _words: Words) -> Cell:
    return None if isinstance(claim.value, Text) else claim.value


def spans(claim: Claim, kind: str) -> str:
    """Give a claim's ``lines`` or ``chars`` in words: ``106; 110-112``."""
    return "; ".join("-".join(str(n) for n in dict.fromkeys(getattr(passage, kind))) for passage in claim.evidence)


def _in_words(name: str, get: Callable[[Claim, Words, str], Cell], *, ends: bool = False) -> Iterator[Column]:
    """Give a column for each language."""
    for language in languages():
        yield Column(f"{name}_{language}", TEXT, lambda c, w, language=language: get(c, w, language), ends)  # type: ignore[misc]


def _object(claim: Claim, words: Words, language: str) -> Cell:
    return claim.value.within(language) if isinstance(claim.value, Text) else words.label(claim.object, language)


def _sentence(claim: Claim, words: Words, language: str) -> Cell:
    return Phrases(words.entities, words.vocabulary, language).sentence(claim)


COLUMNS: tuple[Column, ...] = (
    Column("id", TEXT, lambda c, _: c.id, ends=True),
    Column("subject", TEXT, lambda c, _: c.subject, ends=True),
    *_in_words("subject", lambda c, w, language: w.label(c.subject, language), ends=True),
    Column("subject_type", TEXT, lambda c, w: w.type(c.subject), ends=True),
    Column("predicate", TEXT, lambda c, _: c.predicate),
    *_in_words("predicate", lambda c, w, language: w.relation(c.predicate, language)),
    Column("object", TEXT, lambda c, _: c.object, ends=True),
    *_in_words("object", _object, ends=True),
    Column("object_type", TEXT, lambda c, w: w.type(c.object), ends=True),
    Column("value", NUMBER, _value, ends=True),
    Column("datatype", TEXT, lambda c, _: c.datatype, ends=True),
    Column("value_first_day", DAY, lambda c, _: _first(c.moment), ends=True),
    Column("value_last_day", DAY, lambda c, _: _last(c.moment), ends=True),
    *_in_words("sentence", _sentence),
    Column("role", TEXT, lambda c, _: c.role),
    *_in_words("role", lambda c, w, language: w.label(c.role, language)),
    Column("on_behalf_of", TEXT, lambda c, _: c.on_behalf_of),
    *_in_words("on_behalf_of", lambda c, w, language: w.label(c.on_behalf_of, language)),
    Column("modality", TEXT, lambda c, _: c.modality),
    Column("superseded", TRUTH, lambda c, _: bool(c.superseded_by)),
    Column("superseded_by", TEXT, lambda c, _: " ".join(c.superseded_by)),
    Column("from", TEXT, lambda c, _: _edtf(c.start)),
    Column("until", TEXT, lambda c, _: _edtf(c.until)),
    Column("effective_from", TEXT, lambda c, _: _edtf(c.effective.start)),
    Column("effective_until", TEXT, lambda c, _: _edtf(c.effective.until)),
    Column("first_day", DAY, lambda c, _: _first(c.effective.start)),
    Column("last_day", DAY, lambda c, _: _last(c.effective.until)),
    Column("basis", TEXT, lambda c, _: c.effective.basis),
    Column("basis_source", TEXT, lambda c, _: c.effective.source),
    Column("attested", TEXT, lambda c, _: _edtf(c.attested)),
    *_in_words("measure", lambda c, _, language: c.measure.within(language) if c.measure else None),
    *_in_words("population", lambda c, _, language: c.population.within(language) if c.population else None),
    Column("unit", TEXT, lambda c, _: c.unit),
    Column("kind", TEXT, lambda c, _: c.kind),
    Column("complete", TEXT, lambda c, _: c.complete),
    Column("document", TEXT, lambda c, _: c.document or next((p.document for p in c.evidence), "")),
    Column("layer", TEXT, lambda c, _: next((p.layer for p in c.sources() if p.layer), "")),
    Column("lines", TEXT, lambda c, _: spans(c, "lines")),
    Column("chars", TEXT, lambda c, _: spans(c, "chars")),
    Column("section", TEXT, lambda c, _: c.section),
    Column("derived", TRUTH, lambda c, _: c.derived),
    Column("rule", TEXT, lambda c, _: c.rule),
    Column("how", TEXT, lambda c, _: c.how),
    Column("via", TEXT, lambda c, _: " ".join(c.via)),
    Column("derived_from", TEXT, lambda c, _: " ".join(c.because)),
    *_in_words("note", lambda c, _, language: c.note.get(language) if c.note else None),
)
"""All columns, in the order of a table; on an edge those of the ends are left out, as they are its ends."""
