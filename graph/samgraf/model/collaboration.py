"""One row of the table of collaborations: an actor's involvement in a thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from samgraf.model.time import Moment, Period, State

if TYPE_CHECKING:
    from samgraf.model.claim import Modality


class Collaboration(NamedTuple):
    """That an actor is involved in a thing: in what way, through whom, in what role, when, and by which claims.

    ``root`` is the thing that this one stands for when things are counted: an initiative for its parts, the group of its
    participants and the meetings about it; else the thing itself. ``kind`` names the thing's kind and ``involvement`` the kind of
    involvement in the vocabulary; ``how`` is direct, part, member, group, ownUnit or representation, and ``via`` names what it
    is through. ``collaborates`` tells whether it counts as collaboration, ``everybody`` whether all of a kind are in the thing.
    """

    id: str
    actor: str
    thing: str
    root: str
    kind: str
    involvement: str
    how: str
    via: tuple[str, ...] = ()
    role: str | None = None
    modality: Modality = "stated"
    effective: Period = Period()
    attested: Moment | None = None
    collaborates: bool = False
    everybody: bool = False
    claims: tuple[str, ...] = ()

    def state(self, day: str) -> State:
        """Tell how it stands with this on a day (ISO); see `Period.state`."""
        return self.effective.state(day, self.attested)

    def may_hold(self, day: str) -> bool:
        """Tell whether it held on a day (ISO), or may have."""
        return self.effective.may_hold(day, self.attested)

    def overlaps(self, other: Collaboration) -> bool:
        """Tell whether the two can have held at the same time: nothing that is known of their periods says otherwise."""
        return all(
            not (a.effective.until and a.effective.until.latest and b.effective.start)
            or b.effective.start.earliest <= a.effective.until.latest
            for a, b in ((self, other), (other, self))
        )
