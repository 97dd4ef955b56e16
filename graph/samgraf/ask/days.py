"""Days of a question and days of the graph: which can be the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from samgraf.model import Claim, Moment


def around(claim: Claim) -> Moment | None:
    """Give the time in which a claim without a date of its own holds, by what holds around it; None where nothing says."""
    start, until = claim.effective.start, claim.effective.until
    if not any(m and (m.earliest or m.latest) for m in (start, until)):
        return None
    return span(start, until) if start and until else start or until


def span(start: Moment, until: Moment) -> Moment:
    """Give the time from the first day of one to the last of another."""
    return start._replace(latest=until.latest)


def meets(asked: Moment, said: Moment) -> bool:
    """Tell whether a date of the question and one of the graph can mean the same day."""
    if asked.edtf.startswith("XXXX"):
        return said.edtf[4:7] == asked.edtf[4:7] and said.edtf[4:].startswith(asked.edtf[4:])
    return (not said.latest or asked.earliest <= said.latest) and (not said.earliest or said.earliest <= asked.latest)
