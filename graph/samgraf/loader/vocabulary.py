"""What the ontology says of classes and claim predicates, read from its Turtle files.

The ontology is the one place where a predicate gets its labels, the kind of value it takes and the types it links
(``sam:valueKind``, ``sam:subjectType``, ``sam:objectType``, ``sam:inverseLabel``, ``sam:claimClass``).
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field

import pyoxigraph as ox

from samgraf import resources
from samgraf.namespaces import OWL, RDF, RDFS, SAM, local_name
from samgraf.problems import Problem


@dataclass(frozen=True, slots=True)
class Term:
    """A class or predicate: its local ``name``, ``iri``, and labels by language."""

    name: str
    iri: str
    label: dict[str, str]


@dataclass(frozen=True, slots=True)
class Class(Term):
    """A class of entities and the names of all its superclasses, itself included."""

    supers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Predicate(Term):
    """A property that claims may use. ``kind`` is object, text, date, string or figure; empty types mean any.

    ``instant`` marks what happens at a moment: its ``from`` says when, not since when.
    """

    kind: str = "object"
    inverse: dict[str, str] = field(default_factory=dict)
    subject_types: frozenset[str] = frozenset()
    object_types: frozenset[str] = frozenset()
    claim_classes: tuple[str, ...] = ()
    instant: bool = False


@dataclass(slots=True)
class Vocabulary:
    """All classes and predicates by name, the parsed ontology, and what was wrong with its files.

    ``derived`` predicates are those that only rules use.
    """

    classes: dict[str, Class] = field(default_factory=dict)
    predicates: dict[str, Predicate] = field(default_factory=dict)
    derived: dict[str, Predicate] = field(default_factory=dict)
    triples: list[ox.Triple] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def is_a(self, types: tuple[str, ...], wanted: frozenset[str]) -> bool:
        """Tell whether one of ``types`` is one of ``wanted`` or below it. No wanted type means any."""
        return not wanted or any(t in self.classes and self.classes[t].supers & wanted for t in types)


def read_vocabulary(workspace: str | None) -> Vocabulary:
    """Read the built-in ontology and the workspace's extension of it. Syntax errors become problems."""
    vocabulary = Vocabulary()
    folder = resources.workspace_folder(workspace)
    store = ox.Store()
    for layer in resources.layers(workspace, "ontology"):
        for path in resources.files(layer, ".ttl"):
            if os.path.basename(path) == "shapes.ttl":
                continue
            try:
                triples = [quad.triple for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE)]
            except (SyntaxError, OSError, ValueError) as error:
                shown = os.path.relpath(path, folder)
                vocabulary.problems.append(Problem(shown, getattr(error, "lineno", 0) or 0, "turtle", str(error)))
                continue
            vocabulary.triples += triples
            store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    _classes(store, vocabulary)
    vocabulary.predicates = _predicates(store, "ClaimPredicate")
    vocabulary.derived = _predicates(store, "DerivedPredicate")
    return vocabulary


def _labels(store: ox.Store, subject: ox.NamedNode, predicate: str) -> dict[str, str]:
    found = store.quads_for_pattern(subject, ox.NamedNode(predicate), None)
    literals = [q.object for q in found if isinstance(q.object, ox.Literal)]
    return {x.language or "": x.value for x in literals}


def _names(store: ox.Store, subject: ox.NamedNode, predicate: str) -> list[str]:
    found = store.quads_for_pattern(subject, ox.NamedNode(predicate), None)
    return sorted(q.object.value for q in found if isinstance(q.object, (ox.NamedNode, ox.Literal)))


def _classes(store: ox.Store, vocabulary: Vocabulary) -> None:
    declared = [
        q.subject
        for q in store.quads_for_pattern(None, ox.NamedNode(RDF + "type"), ox.NamedNode(OWL + "Class"))
        if isinstance(q.subject, ox.NamedNode)
    ]
    for node in sorted(declared, key=str):
        supers, waiting = {node.value}, [node]
        while waiting:
            for iri in _names(store, waiting.pop(), RDFS + "subClassOf"):
                if iri not in supers:
                    supers.add(iri)
                    waiting.append(ox.NamedNode(iri))
        name = local_name(node.value)
        above = frozenset(local_name(iri) for iri in supers)
        vocabulary.classes[name] = Class(name, node.value, _labels(store, node, RDFS + "label"), above)


def _predicates(store: ox.Store, kind: str) -> dict[str, Predicate]:
    """Give the properties that are marked as of this kind (ClaimPredicate, DerivedPredicate), by name."""
    declared = store.quads_for_pattern(None, ox.NamedNode(RDF + "type"), ox.NamedNode(SAM + kind))
    found = {}
    for node in sorted((q.subject for q in declared if isinstance(q.subject, ox.NamedNode)), key=str):
        name = local_name(node.value)
        found[name] = Predicate(
            name,
            node.value,
            _labels(store, node, RDFS + "label"),
            kind=(_names(store, node, SAM + "valueKind") or ["object"])[0],
            inverse=_labels(store, node, SAM + "inverseLabel"),
            subject_types=frozenset(map(local_name, _names(store, node, SAM + "subjectType"))),
            object_types=frozenset(map(local_name, _names(store, node, SAM + "objectType"))),
            claim_classes=tuple(_names(store, node, SAM + "claimClass")),
            instant=_names(store, node, SAM + "timing") == ["instant"],
        )
    return found
