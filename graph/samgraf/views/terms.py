"""The vocabulary for those who write claims: classes, relations with an example, and what qualifies: roles, statuses, units."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samgraf.language.nearest import nearest
from samgraf.rdf.reading import read_claims, read_entities, vocabulary
from samgraf.vocabulary.reading import others
from samgraf.vocabulary.terms import LAST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from samgraf.model import Claim, Entity
    from samgraf.rdf.port import GraphStore
    from samgraf.vocabulary.terms import Predicate, Term, Vocabulary

Row = dict[str, Any]
CLASS, RELATION, DERIVED = "class", "relation", "derived"
_MOST = 12


def terms(store: GraphStore, word: str | None = None, *, every: bool = False) -> list[Row]:
    """Give the terms of the graph; with a word, those that come nearest to it by name, label or definition, the best first.

    Each has its ``kind`` (class, relation, or the class of a qualifying entity), ``name``, ``label`` and ``definition`` by
    language, a class or relation also its ``iri`` and the IRIs right ``above`` and ``below`` it; a relation its ``family``,
    ``inverse``, ``from``, ``to``, ``value``, whether it is ``symmetric`` and, where the graph has one, an ``example``.
    With ``every``, the terms that no claim is written with come last: of the kind derived, or named by their own class.
    """
    words = vocabulary(store)
    entities = {e.id: e for e in read_entities(store)}
    rest = others(words) if every else []
    below = _below([*words.classes.values(), *words.predicates.values(), *words.derived.values(), *rest])
    written = [c for c in words.classes.values() if every or c.order < LAST]
    rows = [
        *(_term(c, CLASS, below) for c in sorted(written, key=lambda c: (c.order, c.name))),
        *_relations(store, words, entities, below),
        *_qualifying(words, entities),
        *(_term(p, DERIVED, below) | _ends(p, words) for p in (words.derived.values() if every else ())),
        *(_term(other, other.kind, below) for other in rest),
    ]
    if not word:
        return rows
    by_key = {f"{row['kind']} {row['name']}": row for row in rows}
    names = {
        key: [row["name"], *row["label"].values(), *row.get("inverse", {}).values(), *row.get("aliases", ())]
        for key, row in by_key.items()
    }
    explained = {key: list(row.get("definition", {}).values()) for key, row in by_key.items()}
    return [by_key[key] for key in nearest(word, names, explained, most=_MOST)]


def _below(every: Iterable[Term]) -> dict[str, list[str]]:
    """Give the IRIs right below each IRI, in the order of the terms."""
    found: dict[str, list[str]] = {}
    for term in sorted(every, key=lambda t: (t.order, t.name)):
        for iri in term.above:
            found.setdefault(iri, []).append(term.iri)
    return found


def _term(term: Term, kind: str, below: Mapping[str, list[str]]) -> Row:
    return {
        "kind": kind,
        "name": term.name,
        "iri": term.iri,
        "label": dict(term.label),
        "definition": dict(term.definition),
        "above": list(term.above),
        "below": below.get(term.iri, []),
    }


def _relations(
    store: GraphStore, words: Vocabulary, entities: dict[str, Entity], below: Mapping[str, list[str]]
) -> Iterator[Row]:
    examples: dict[str, Claim] = {}
    for claim in read_claims(store):
        if claim.firm and not claim.derived:
            examples.setdefault(claim.predicate, claim)
    for p in sorted(words.predicates.values(), key=lambda p: (p.order, p.name)):
        row = _term(p, RELATION, below) | _ends(p, words)
        example = examples.get(p.name)
        if example:
            row["example"] = _example(p, example, entities)
        yield row


def _ends(p: Predicate, words: Vocabulary) -> Row:
    """Say what a relation links, how it reads from the other end, and what kind of fact it gives."""
    row: Row = {"family": dict(words.families[p.family].label) if p.family in words.families else {}}
    row |= {"inverse": dict(p.inverse)} if p.inverse else {}
    row |= {"from": _names(words, p.subject_types), "to": _names(words, p.object_types), "value": p.kind}
    return row | {"symmetric": p.symmetric}


def _names(words: Vocabulary, types: frozenset[str]) -> list[str]:
    return sorted(types, key=lambda t: (words.classes[t].order if t in words.classes else LAST, t))


def _example(p: Predicate, claim: Claim, entities: dict[str, Entity]) -> Row:
    """Give a claim as it is written in YAML, with the names of its ends."""
    given: Row = {"subject": claim.subject, "predicate": p.name}
    given |= {"object": claim.object} if claim.object else {"value": claim.value}
    ends = {name: dict(entities[name].label) for name in (claim.subject, claim.object or "") if name in entities}
    return {**given, "labels": ends, "claim": claim.id}


def _qualifying(words: Vocabulary, entities: dict[str, Entity]) -> Iterator[Row]:
    """Yield the entities that qualify claims: those of a class that the vocabulary says is for that."""
    kinds = [c for c in words.classes.values() if c.qualifier]
    for kind in sorted(kinds, key=lambda c: (c.order, c.name)):
        for entity in sorted(entities.values(), key=lambda e: e.id):
            if kind.name in entity.types:
                yield {
                    "kind": kind.name,
                    "name": entity.id,
                    "label": dict(entity.label),
                    "aliases": [*entity.aliases, *entity.abbreviations],
                }
