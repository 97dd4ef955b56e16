"""Readings of a question: a claim whose one slot is the answer, and the claims around it that explain the rest.

Each reading is a graph pattern: the main claim with its fixed slots, and up to four further claims about the answer and
about each other end. The best reading explains most of the question's weight with the fewest assumptions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from samgraf.ask.explain import Vector
    from samgraf.ask.index import ClaimRow


class Around(NamedTuple):
    """A claim about the answer (``of`` is 'answer') or the other end ('other') that explains part of the question."""

    claim: ClaimRow
    of: str
    entity: int


class Reading:
    """One way to read the question. ``score`` is from 0 to 1, penalties taken off; ``vector`` says what is explained.

    ``answer`` is the answer's entity, for entity slots and roles; ``other`` the entity at the claim's other end.
    """

    __slots__ = ("answer", "around", "claim", "other", "score", "slot", "vector")

    def __init__(self, claim: ClaimRow, slot: str, vector: Vector, score: float) -> None:
        self.claim = claim
        self.slot = slot
        self.vector = vector
        self.score = score
        self.around: list[Around] = []
        self.answer = claim.at(slot)
        self.other = claim.o if slot == "s" else claim.s
