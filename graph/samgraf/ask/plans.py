"""Plans: typed query graphs with their rows, and what a claim answers at each of its places."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from samgraf.ask.question import EMPTY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from samgraf.model import Claim
    from samgraf.store.terms import Relation

ENTITY, TEXT, NUMBER, DATE, VERDICT, COUNT, NAMES, WORDS = (
    "entity", "text", "number", "date", "verdict", "count", "name", "words",
)  # fmt: skip
"""What an answer can be."""
COMPARED = "compared"
"""The operator of a yes or no that two figures give."""
EVERY = "*"
"""Stands, in place of a relation, for all relations that involve an actor in a thing."""


class Answer(NamedTuple):
    """An answer as a value: an entity's id, the text, the number, the EDTF date, or the verdict."""

    kind: str
    key: str | float | bool | None


class Row(NamedTuple):
    """One line of a plan: the claims that make it, by number, and what it answers."""

    facts: tuple[int, ...]
    answer: Answer


class Plan(NamedTuple):
    """A candidate: what is asked of the graph, and all that it gives.

    ``operator`` is what is done with the rows; ``relations`` names the relations in order; ``fixed`` are the ends that stand
    fast with their places; ``place`` is the place that answers; ``bound`` tells which words of the question are bound by what.
    """

    operator: str
    relations: tuple[str, ...]
    fixed: tuple[tuple[str, str], ...]
    place: str
    rows: tuple[Row, ...]
    bound: dict[str, frozenset[int]]
    classes: tuple[str, ...] = ()
    complete: bool = False
    narrowed: bool = False
    score: float = 0.0
    query: str = ""
    notes: tuple[str, ...] = ()

    def words(self) -> frozenset[int]:
        """Give all words of the question that are bound."""
        return EMPTY.union(*self.bound.values())

    def answers(self) -> tuple[Answer, ...]:
        """Give the answers, each once, in order."""
        return tuple(dict.fromkeys(row.answer for row in self.rows))

    def facts(self) -> tuple[int, ...]:
        """Give the numbers of all claims that it stands on."""
        return tuple(dict.fromkeys(n for row in self.rows for n in row.facts))


def value_of(claim: Claim) -> Answer:
    """Give the value of a claim that has no object."""
    if claim.datatype == "number" and isinstance(claim.value, int | float):
        return Answer(NUMBER, claim.value)
    if claim.moment is not None:
        return Answer(DATE, claim.moment.edtf)
    return Answer(TEXT, claim.id)


def in_whatever_way(relations: Iterable[Relation]) -> frozenset[str]:
    """Give the relations that rules derive of all who are involved in a thing, in whatever way."""
    known = list(relations)
    ways = {r.family for r in known if r.involvement}
    return frozenset(r.name for r in known if r.derived and r.kind == "object" and r.family in ways)


def answer_at(claim: Claim, place: str) -> Answer | None:
    """Give what a claim answers in a place, if anything."""
    match place:
        case "s":
            return Answer(ENTITY, claim.subject)
        case "o":
            return Answer(ENTITY, claim.object) if claim.object else None
        case "v":
            return None if claim.object else value_of(claim)
        case "r":
            return Answer(ENTITY, claim.role) if claim.role else None
        case "b":
            return Answer(ENTITY, claim.on_behalf_of) if claim.on_behalf_of else None
        case "f":
            return Answer(DATE, claim.start.edtf) if claim.start else None
        case "u":
            return Answer(DATE, claim.until.edtf) if claim.until else None
    return None


"""A group: relation, place that stands fast (or none), the entity there, place that answers."""
