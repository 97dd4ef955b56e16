"""The terms read: from the ontology's files, or from its triples, wherever they come from."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from samgraf import disk, resources
from samgraf.model.text import Text, text_of
from samgraf.namespaces import DCT, FOAF, OWL, RDF, RDFS, SAM, SKOS, local_name
from samgraf.problems import Problem
from samgraf.vocabulary.terms import (
    LAST,
    OBJECT,
    SUBJECT,
    Class,
    IdentifierKind,
    Involvement,
    MomentKind,
    Other,
    Predicate,
    Term,
    ThingKind,
    Vocabulary,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def read_vocabulary(workspace: str | None) -> Vocabulary:
    """Read the built-in ontology and the workspace's extension of it. What is wrong with the files becomes problems.

    Raises as `resources.layers`, and UnreachableError when a folder cannot be listed.
    """
    triples: list[ox.Triple] = []
    problems: list[Problem] = []
    folder = resources.workspace_folder(workspace)
    places: list[tuple[str, str]] = []
    for layer in resources.layers(workspace, "ontology"):
        for path in disk.files(layer, ".ttl"):
            if os.path.basename(path) == "shapes.ttl":
                continue
            shown = os.path.relpath(path, folder)
            try:
                data = disk.read_bytes(path)
                triples += [quad.triple for quad in ox.parse(data, format=ox.RdfFormat.TURTLE)]
            except (SyntaxError, OSError, ValueError) as error:
                problems.append(Problem(shown, getattr(error, "lineno", 0) or 0, "turtle", str(error)))
                continue
            places.append((shown, data.decode("utf-8", "replace")))
    vocabulary = vocabulary_of(triples)
    vocabulary.problems = [*problems, *_missing(vocabulary, places)]
    return vocabulary


def vocabulary_of(triples: Iterable[ox.Triple]) -> Vocabulary:
    """Make the vocabulary of an ontology's triples, wherever they come from: files, a snapshot, an endpoint."""
    vocabulary = Vocabulary(triples=list(triples))
    facts = _Facts(vocabulary.triples)
    vocabulary.classes = {c.name: c for c in _classes(facts)}
    vocabulary.predicates = {p.name: p for p in _predicates(facts, "ClaimPredicate", derived=False)}
    vocabulary.derived = {p.name: p for p in _predicates(facts, "DerivedPredicate", derived=True)}
    for node in facts.instances(SAM + "InvolvementKind"):
        collaborates, tense = facts.holds(node, SAM + "collaborates"), facts.one(node, SAM + "tense")
        kind = Involvement(*facts.term(node), collaborates=collaborates, tense=tense)
        vocabulary.involvements[kind.name] = kind
    kinds = [_identifier(facts, node) for node in facts.below(DCT + "identifier", RDFS + "subPropertyOf")]
    vocabulary.identifiers = {k.name: k for k in sorted(kinds, key=lambda k: (k.order, k.name))}
    for node in facts.instances(SAM + "MomentKind"):
        moment = MomentKind(
            *facts.term(node), bounds=facts.one(node, SAM + "bounds"), tense=facts.one(node, SAM + "tense")
        )
        vocabulary.moments[moment.name] = moment
    for node in facts.instances(SAM + "ThingKind"):
        plural, listing = facts.texts(node, SAM + "plural"), facts.one(node, SAM + "listing")
        thing = ThingKind(*facts.term(node), plural=plural, listing=listing)
        vocabulary.things[thing.name] = thing
    for found, kind_ in (
        (vocabulary.families, "Family"),
        (vocabulary.looks, "LookFamily"),
        (vocabulary.ways, "ViaKind"),
        (vocabulary.modalities, "Modality"),
    ):
        terms = [Term(*facts.term(node)) for node in facts.instances(SAM + kind_)]
        found.update((t.name, t) for t in sorted(terms, key=lambda t: (t.order, t.name)))
    return vocabulary


def others(vocabulary: Vocabulary) -> list[Other]:
    """Give the terms that are no class and no relation for claims, in their order: values, schemes, properties, annotations."""
    facts = _Facts(vocabulary.triples)
    known = vocabulary.classes.keys() | vocabulary.predicates.keys() | vocabulary.derived.keys()
    nodes = [s for s, p in facts.found if p == RDFS + "label" and s.startswith(SAM) and local_name(s) not in known]
    terms = []
    for node in nodes:
        types = sorted(facts.all(node, RDF + "type"), key=lambda iri: (not iri.startswith(SAM), iri))
        terms.append(Other(*facts.term(node), kind=local_name(types[0]) if types else ""))
    return sorted(terms, key=lambda t: (t.order, t.name))


class _Facts:
    """The triples by subject and predicate, each list in a stable order."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self.found: dict[tuple[str, str], list[ox.NamedNode | ox.Literal]] = {}
        self.of_type: dict[str, set[str]] = {}
        for triple in triples:
            s, p, o = triple.subject, triple.predicate.value, triple.object
            if not isinstance(s, ox.NamedNode) or not isinstance(o, (ox.NamedNode, ox.Literal)):
                continue
            self.found.setdefault((s.value, p), []).append(o)
            if p == RDF + "type":
                self.of_type.setdefault(o.value, set()).add(s.value)
        for values in self.found.values():
            values.sort(key=str)

    def instances(self, kind: str) -> list[str]:
        return sorted(self.of_type.get(kind, ()))

    def below(self, node: str, predicate: str) -> list[str]:
        """Give what points at a node by a predicate."""
        pointing = {s for (s, p), values in self.found.items() if p == predicate for o in values if o.value == node}
        return sorted(pointing)

    def all(self, node: str, predicate: str) -> list[str]:
        return [o.value for o in self.found.get((node, predicate), ())]

    def one(self, node: str, predicate: str) -> str:
        """Give a value, or the local name of a term."""
        values = self.found.get((node, predicate))
        if not values:
            return ""
        return local_name(values[0].value) if isinstance(values[0], ox.NamedNode) else values[0].value

    def names(self, node: str, predicate: str) -> frozenset[str]:
        return frozenset(local_name(v) for v in self.all(node, predicate))

    def holds(self, node: str, predicate: str) -> bool:
        return self.one(node, predicate) in ("true", "1")

    def texts(self, node: str, predicate: str) -> Text:
        values = self.found.get((node, predicate), ())
        return text_of((v.language or "", v.value) for v in values if isinstance(v, ox.Literal))

    def term(self, node: str) -> tuple[str, str, Text, int, Text, tuple[str, ...]]:
        order = self.one(node, SAM + "order")
        place = int(order) if order.isdigit() else LAST
        above = [*self.all(node, RDFS + "subClassOf"), *self.all(node, RDFS + "subPropertyOf")]
        label, definition = self.texts(node, RDFS + "label"), self.texts(node, SKOS + "definition")
        return local_name(node), node, label, place, definition, tuple(dict.fromkeys(above))

    def above(self, node: str, predicate: str) -> frozenset[str]:
        """Give the local names of a node and all above it."""
        return frozenset(local_name(iri) for iri in self.all_above(node, predicate))

    def all_above(self, node: str, predicate: str) -> set[str]:
        """Give a node and all above it."""
        found, waiting = {node}, [node]
        while waiting:
            for iri in self.all(waiting.pop(), predicate):
                if iri not in found:
                    found.add(iri)
                    waiting.append(iri)
        return found


def _classes(facts: _Facts) -> Iterator[Class]:
    for node in facts.instances(OWL + "Class"):
        if not node.startswith(SAM):  # a class of others, declared for OWL tools only
            continue
        yield Class(
            *facts.term(node),
            supers=facts.above(node, RDFS + "subClassOf"),
            plural=facts.texts(node, SAM + "plural"),
            look=facts.one(node, SAM + "look"),
            mark=facts.one(node, SAM + "mark"),
            thing_kind=facts.one(node, SAM + "thingKind"),
            qualifier=facts.holds(node, SAM + "qualifier"),
            collective=facts.holds(node, SAM + "collective"),
            acts_for_whole=facts.holds(node, SAM + "actsForWhole"),
            person=FOAF + "Person" in facts.all_above(node, RDFS + "subClassOf"),
        )


def _predicates(facts: _Facts, kind: str, *, derived: bool) -> Iterator[Predicate]:
    for node in facts.instances(SAM + kind):
        yield Predicate(
            *facts.term(node),
            kind=facts.one(node, SAM + "valueKind") or "object",
            inverse=facts.texts(node, SAM + "inverseLabel"),
            subject_types=facts.names(node, SAM + "subjectType"),
            object_types=facts.names(node, SAM + "objectType"),
            claim_classes=tuple(facts.all(node, SAM + "claimClass")),
            supers=facts.above(node, RDFS + "subPropertyOf"),
            instant=facts.one(node, SAM + "timing") == "instant",
            symmetric=OWL + "SymmetricProperty" in facts.all(node, RDF + "type"),
            derived=derived,
            family=facts.one(node, SAM + "family"),
            section=facts.one(node, SAM + "noteSection"),
            moment=facts.one(node, SAM + "moment"),
            involvement=facts.one(node, SAM + "involvement"),
            actor_side=facts.one(node, SAM + "actorSide"),
            inherits_life=facts.holds(node, SAM + "inheritsLife"),
            denies=facts.one(node, SAM + "denies"),
        )


def _identifier(facts: _Facts, node: str) -> IdentifierKind:
    weights = facts.one(node, SAM + "weights").split()
    numbers = tuple(int(w) for w in weights if w.isdigit())
    return IdentifierKind(*facts.term(node), supers=facts.above(node, RDFS + "subPropertyOf"), weights=numbers)


def _missing(vocabulary: Vocabulary, places: list[tuple[str, str]]) -> Iterator[Problem]:
    """Yield what a relation must say of itself and does not, at the line where it is declared."""
    for p in (*vocabulary.predicates.values(), *vocabulary.derived.values()):
        lacks = []
        if not p.family:
            lacks.append(f"family (sam:family, one of {', '.join('sam:' + f for f in vocabulary.families)})")
        elif p.family not in vocabulary.families:
            lacks.append(f"a family that there is: {p.family} is none of {', '.join(vocabulary.families)}")
        if p.order == LAST:
            lacks.append("place in the row (sam:order, a number)")
        if not p.label:
            lacks.append("label (rdfs:label)")
        if p.kind == "object" and not p.inverse:
            lacks.append("direction (sam:inverseLabel, how it reads from the object)")
        if p.involvement and p.actor_side not in (SUBJECT, OBJECT):
            lacks.append(f"side of the actor (sam:actorSide, '{SUBJECT}' or '{OBJECT}')")
        if lacks:
            path, line = _place(p, places)
            yield Problem(path, line, "relation", f"{p.name} says nothing of its {'; '.join(lacks)}")


def _place(term: Term, places: list[tuple[str, str]]) -> tuple[str, int]:
    name = re.compile(rf"^\s*(?:[\w-]*:{re.escape(term.name)}|<{re.escape(term.iri)}>)(?=\s)", re.MULTILINE)
    for path, text in places:
        found = name.search(text)
        if found:
            return path, text.count("\n", 0, found.start() + len(found[0]) - len(found[0].lstrip())) + 1
    return places[-1][0] if places else "ontology", 0
