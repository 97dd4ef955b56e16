"""The terms: classes, relations and what else the ontology declares, each with what it says of it; and all of them together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from samgraf.model.text import FIRST, Text
from samgraf.namespaces import SAM

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyoxigraph as ox

    from samgraf.problems import Problem

SUBJECT, OBJECT = "subject", "object"
PAST, PRESENT = "past", "present"
"""Tenses: what cannot lie ahead of its document, and what is said of the day of its document."""
LAST = 1_000_000
"""The order of what has none."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the ontology: its local ``name``, ``iri``, labels by language, place in the row, definition, what is right above.

    ``above`` are the IRIs of its superclasses or superproperties, those of other vocabularies too.
    """

    name: str
    iri: str
    label: Text
    order: int = LAST
    definition: Text = field(default_factory=Text)
    above: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Class(Term):
    """A class of entities, the names of all its superclasses (itself included), and how its things behave and look."""

    supers: frozenset[str] = frozenset()
    plural: Text = field(default_factory=Text)
    look: str = ""
    mark: str = ""
    thing_kind: str = ""
    qualifier: bool = False
    collective: bool = False
    acts_for_whole: bool = False
    person: bool = False


@dataclass(frozen=True, slots=True)
class Predicate(Term):
    """A relation that claims may use. ``kind`` is object, text, date, string or figure; empty types mean any.

    ``label`` reads from the subject to the object, ``inverse`` from the object to the subject. ``instant`` marks what happens
    at a moment: its ``from`` says when, not since when. ``family``, ``moment`` and ``involvement`` are names of terms in the
    vocabulary; ``actor_side`` is the end of the claim that is involved in the other.
    """

    kind: str = "object"
    inverse: Text = field(default_factory=Text)
    subject_types: frozenset[str] = frozenset()
    object_types: frozenset[str] = frozenset()
    claim_classes: tuple[str, ...] = ()
    supers: frozenset[str] = frozenset()
    instant: bool = False
    symmetric: bool = False
    derived: bool = False
    family: str = ""
    section: str = ""
    moment: str = ""
    involvement: str = ""
    actor_side: str = ""
    inherits_life: bool = False
    denies: str = ""


@dataclass(frozen=True, slots=True)
class Involvement(Term):
    """A kind of involvement: whether two so involved in the same thing collaborate, and its ``tense`` (see `MomentKind`)."""

    collaborates: bool = False
    tense: str = ""


@dataclass(frozen=True, slots=True)
class MomentKind(Term):
    """What a dated claim dates: the end of the life span that it ``bounds``, and the ``tense`` past where it cannot lie ahead."""

    bounds: str = ""
    tense: str = ""


@dataclass(frozen=True, slots=True)
class ThingKind(Term):
    """A group in which what one is involved in is shown, and the ``listing`` (a command) that shows it."""

    plural: Text = field(default_factory=Text)
    listing: str = ""


@dataclass(frozen=True, slots=True)
class IdentifierKind(Term):
    """A kind of identifier of entities: what it is a kind of, and the ``weights`` of its digits where their sum is a check."""

    supers: frozenset[str] = frozenset()
    weights: tuple[int, ...] = ()

    def sound(self, value: str) -> bool:
        """Tell whether the check digit is right: the weighted sum of the digits is divisible by 11."""
        if len(value) != len(self.weights) or not (value.isascii() and value.isdigit()):
            return True  # another form is for the shapes to say
        return sum(weight * int(digit) for weight, digit in zip(self.weights, value, strict=True)) % 11 == 0


@dataclass(frozen=True, slots=True)
class Other(Term):
    """A term that no claim is written with: a value, a scheme, a property; ``kind`` is the local name of its most telling type."""

    kind: str = ""


@dataclass(slots=True)
class Vocabulary:
    """All terms by name, the parsed ontology, and what was wrong with its files.

    ``derived`` are the relations that only rules use; ``families``, ``looks``, ``ways`` and ``modalities`` are plain terms.
    """

    classes: dict[str, Class] = field(default_factory=dict)
    predicates: dict[str, Predicate] = field(default_factory=dict)
    derived: dict[str, Predicate] = field(default_factory=dict)
    involvements: dict[str, Involvement] = field(default_factory=dict)
    identifiers: dict[str, IdentifierKind] = field(default_factory=dict)
    moments: dict[str, MomentKind] = field(default_factory=dict)
    things: dict[str, ThingKind] = field(default_factory=dict)
    families: dict[str, Term] = field(default_factory=dict)
    looks: dict[str, Term] = field(default_factory=dict)
    ways: dict[str, Term] = field(default_factory=dict)
    modalities: dict[str, Term] = field(default_factory=dict)
    triples: list[ox.Triple] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def is_a(self, types: Iterable[str], wanted: frozenset[str]) -> bool:
        """Tell whether one of ``types`` is one of ``wanted`` or below it. No wanted type means any."""
        return not wanted or any(t in self.classes and self.classes[t].supers & wanted for t in types)

    def is_person(self, types: Iterable[str]) -> bool:
        """Tell whether a thing of these classes is a person."""
        return any(t in self.classes and self.classes[t].person for t in types)

    def predicate(self, name: str) -> Predicate:
        """Give a relation, asserted or derived; one that is not declared is known by its name alone."""
        found = self.predicates.get(name) or self.derived.get(name)
        return found or Predicate(name, SAM + name, Text({FIRST: name}))

    def kind_of(self, types: Iterable[str]) -> Class:
        """Give the most telling class of an entity with these types, the first of them that is declared."""
        names = list(types)
        found = next((self.classes[t] for t in names if t in self.classes), None)
        return found or Class(names[0] if names else "", SAM, Text({FIRST: names[0] if names else ""}))

    def of_family(self, *families: str) -> list[Predicate]:
        """Give the relations of these families (names without the prefix ``family``), in their order."""
        wanted = {f"family{name}" for name in families}
        every = (*self.predicates.values(), *self.derived.values())
        return sorted((p for p in every if p.family in wanted), key=lambda p: (p.order, p.name))

    def involving(self) -> list[Predicate]:
        """Give the relations that involve an actor in something, in their order."""
        return sorted((p for p in self.predicates.values() if p.involvement), key=lambda p: (p.order, p.name))

    def in_section(self, section: str) -> frozenset[str]:
        """Give the names of the relations whose claims stand in this section of a note."""
        return frozenset(p.name for p in self.predicates.values() if p.section == section)
