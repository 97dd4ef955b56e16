"""Moments and periods, and what can be said of a day: had it begun, did it hold, was it last heard of, had it ended."""

from __future__ import annotations

from typing import Literal, NamedTuple

Basis = Literal["stated", "inherited", "attested", ""]
State = Literal["not-begun", "held", "last-attested", "ended"]

STATED: Basis = "stated"
INHERITED: Basis = "inherited"
ATTESTED: Basis = "attested"


class Moment(NamedTuple):
    """A date as exactly as it is known: its EDTF text, and the earliest and latest day (ISO) that it can mean.

    An open end of an interval has the empty day.
    """

    edtf: str
    earliest: str
    latest: str

    def __str__(self) -> str:
        """Give the EDTF text."""
        return self.edtf


class Period(NamedTuple):
    """From when until when something holds, as far as it is known, and how it is known.

    ``basis`` is ``stated`` (the claim itself says so), ``inherited`` (from the life span of what it is about; ``source``
    names the claim that gives it) or ``attested`` (known only is the day on which a document spoke of it). A ``None`` means
    that the end is not known, which is not that it is open.
    """

    start: Moment | None = None
    until: Moment | None = None
    basis: Basis = ""
    source: str = ""

    @property
    def open(self) -> bool:
        """Whether it is known to have no end (``..``), as what has happened stays so."""
        return self.until is not None and self.until.edtf.endswith("..")

    def begins(self, attested: Moment | None) -> str:
        """Give the first day (ISO) on which it can hold: its beginning, else the day that a document spoke of it; else nothing."""
        return (self.start and (self.start.earliest or self.start.latest)) or (attested.earliest if attested else "")

    def state(self, day: str, attested: Moment | None) -> State:
        """Tell how it stands with this on a day (ISO), given when a document last spoke of it.

        Where the beginning is not known, nothing is known before the document spoke: ``not-begun``. Where the end is not known,
        it is ``held`` until the day that the document spoke and ``last-attested`` after it, unless it is known to be open.
        What has a known end is ``held`` until then and ``ended`` after it.
        """
        if day < self.begins(attested):
            return "not-begun"
        if self.until and self.until.latest:
            return "ended" if day > self.until.latest else "held"
        if self.open or (self.start and attested is None):
            return "held"
        return "held" if attested and day <= attested.latest else "last-attested"

    def may_hold(self, day: str, attested: Moment | None) -> bool:
        """Tell whether it held on a day, or may have: it was last attested before and has not ended."""
        return self.state(day, attested) in ("held", "last-attested")
