"""What a network is made of: nodes, edges and facts, each fact with its period and where it is stated."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Modality = Literal["stated", "proposed", "expected"]


@dataclass(frozen=True, slots=True)
class Label:
    """A name or a text in Danish and English; where the two are the same, both hold it."""

    da: str
    en: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A partial date: the EDTF string as the document has it, and the first and last day that it can mean."""

    edtf: str
    earliest: str | None
    latest: str | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage: `lines` counts from 1, `chars` are offsets of the document's text, the end left out."""

    document: str
    section: str
    lines: tuple[int, int] | None
    chars: tuple[int, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What every claim has, whether it links two entities or says something of one."""

    id: str
    subject: str
    predicate: str
    document: str
    section: str = ""
    role: str | None = None
    on_behalf_of: str | None = None
    valid_from: Moment | None = None
    valid_until: Moment | None = None
    modality: Modality = "stated"
    note: str | None = None
    evidence: tuple[Evidence, ...] = ()
    superseded_by: str | None = None
    complete: str | None = None
    derived: bool = False
    via: tuple[str, ...] = ()
    because: tuple[str, ...] = ()
    rule: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge(Statement):
    """A claim that links two nodes. `because` names the claims that a derived one follows from."""

    object: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Statement):
    """A claim whose object is a text, a date, a figure or a term (a status): it belongs to its subject alone.

    `value` is shown as it stands; a text has both languages. `when` is set for dates; `measure`, `population`, `unit`
    and `kind` say what a figure counts.
    """

    value: str | int | float | Label
    datatype: str
    when: Moment | None = None
    measure: Label | None = None
    population: Label | None = None
    unit: Label | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An entity of the network. `kind` is its most telling class, `kinds` all of them."""

    id: str
    kind: str
    label: Label
    kinds: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    note: str | None = None
    identifiers: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Network:
    """Nodes by id, the edges between them, and the literal facts of each node.

    `kinds` and `relations` are the labels of the classes and predicates in use; `relations` has the inverse phrase
    second. `terms` are the entities that only qualify claims (roles, units, statuses): they are named, never drawn.
    """

    nodes: dict[str, Node] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    facts: dict[str, list[Fact]] = field(default_factory=dict)
    terms: dict[str, Label] = field(default_factory=dict)
    kinds: dict[str, Label] = field(default_factory=dict)
    relations: dict[str, tuple[Label, Label]] = field(default_factory=dict)

    @property
    def asserted(self) -> Iterator[Edge]:
        """The edges that a document states."""
        return (edge for edge in self.edges if not edge.derived)

    @property
    def derived(self) -> Iterator[Edge]:
        """The edges that a rule made of others."""
        return (edge for edge in self.edges if edge.derived)

    def neighbours(self) -> dict[str, set[str]]:
        """Every node's neighbours, whichever way the edge points; a node's own loop is left out."""
        around: dict[str, set[str]] = {node: set() for node in self.nodes}
        for edge in self.edges:
            if edge.subject != edge.object:
                around[edge.subject].add(edge.object)
                around[edge.object].add(edge.subject)
        return around
