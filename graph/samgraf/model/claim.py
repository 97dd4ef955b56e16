"""The claim: one fact with all that it knows of itself. Every view, answer, export and page is made of this shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from samgraf.model.time import Moment, Period, State

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from samgraf.model.text import Text

Modality = Literal["stated", "proposed", "expected"]

STATED: Modality = "stated"


class Passage(NamedTuple):
    """Where a document says it: lines from 1, characters from 0 with the end excluded, the heading above.

    By lines (0, 0) the document stands as a whole. ``layer`` names the layer below the workspace's own that the document is of.
    """

    document: str
    section: str
    lines: tuple[int, int]
    chars: tuple[int, int]
    layer: str = ""

    def data(self) -> dict[str, str | list[int]]:
        """Give the passage as JSON has it: document, lines, chars, section, and the layer where it is one below.

        There are no lines and no characters where the document stands as a whole.
        """
        lines, chars = ([*span] if self.lines[0] else [] for span in (self.lines, self.chars))
        layer = {"layer": self.layer} if self.layer else {}
        return {"document": self.document, "lines": lines, "chars": chars, "section": self.section, **layer}


def passage_of(data: Mapping[str, Any]) -> Passage:
    """Give the passage that JSON tells of; what it leaves out is empty."""
    lines, chars = ((*span,) if span else (0, 0) for span in (data.get("lines"), data.get("chars")))
    return Passage(data["document"] or "", data.get("section") or "", lines, chars, data.get("layer", ""))


class Claim(NamedTuple):
    """One fact, asserted by a document or derived by a rule.

    ``id`` is ``document/digest`` or ``derived/digest``; ``subject`` and ``object`` are ids of entities, and where the object
    is none, ``value`` stands in its place with its ``datatype`` (text, edtf, number, string). ``start`` and ``until`` are what the
    claim says; ``attested`` is the day of its document; ``effective`` is the period that readers go by. A derived claim names
    its ``rule``, ``how`` and ``via`` what the subject is involved, and the claims ``because`` of which it holds. ``evidence`` are
    its passages, a derived one's those of what it follows from, and ``whole`` the documents that state it without one.
    """

    id: str
    subject: str
    predicate: str
    object: str | None = None
    value: Text | str | int | float | None = None
    datatype: str | None = None
    moment: Moment | None = None
    """The value of a claim whose value is a date."""
    role: str | None = None
    on_behalf_of: str | None = None
    start: Moment | None = None
    until: Moment | None = None
    modality: Modality = "stated"
    attested: Moment | None = None
    effective: Period = Period()
    measure: Text | None = None
    population: Text | None = None
    unit: str | None = None
    kind: str | None = None
    note: Text | None = None
    document: str = ""
    section: str = ""
    evidence: tuple[Passage, ...] = ()
    whole: tuple[Passage, ...] = ()
    superseded_by: tuple[str, ...] = ()
    complete: str | None = None
    rule: str | None = None
    how: str | None = None
    via: tuple[str, ...] = ()
    because: tuple[str, ...] = ()

    @property
    def derived(self) -> bool:
        """Whether a rule made it."""
        return self.rule is not None

    @property
    def firm(self) -> bool:
        """Whether it is told as a fact: stated, and not changed later."""
        return self.modality == STATED and not self.superseded_by

    def state(self, day: str) -> State:
        """Tell how it stands with this claim on a day (ISO); see `Period.state`."""
        return self.effective.state(day, self.attested)

    def may_hold(self, day: str) -> bool:
        """Tell whether it held on a day (ISO), or may have; nothing was proposed or expected before a document said so."""
        if self.modality != STATED and self.attested is not None and day < self.attested.earliest:
            return False
        return self.effective.may_hold(day, self.attested)

    def sources(self) -> tuple[Passage, ...]:
        """Give where it stands: its passages, and the documents that state it without one (general knowledge)."""
        return (*self.evidence, *self.whole)

    def ends(self) -> tuple[str, ...]:
        """Give the ids of all entities that the claim ties together."""
        named = (self.subject, self.object, self.on_behalf_of)
        return tuple(dict.fromkeys(name for name in named if name))
