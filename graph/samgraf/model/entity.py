"""Entities and documents: what there is, and where it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from samgraf.model.time import Moment, Period

if TYPE_CHECKING:
    from samgraf.model.text import Text


PHASES = ("waiting", "running", "over")
"""What a status means, in the order in which things come to it."""


class Entity(NamedTuple):
    """One thing that claims are about. ``types`` are class names, the most telling first; ``life`` is its life span."""

    id: str
    types: tuple[str, ...]
    label: Text
    aliases: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    note: Text | None = None
    identifiers: dict[str, str] = {}  # noqa: RUF012  (never changed; a NamedTuple's default)
    homepage: str | None = None
    phase: str | None = None
    negative: bool = False
    symbol: str | None = None
    involvement: str | None = None
    life: Period = Period()

    @property
    def type(self) -> str:
        """The most telling class."""
        return self.types[0] if self.types else ""


class Document(NamedTuple):
    """A source document. ``date`` is the day that it speaks of; ``background`` is general knowledge with a source of its own.

    ``layer`` names the layer below the workspace's own that it is of.
    """

    id: str
    label: Text
    date: Moment | None = None
    background: bool = False
    source: str | None = None
    layer: str = ""
