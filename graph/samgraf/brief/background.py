"""What a note needs beside the entity's own facts: its undertakings, their statuses and agreements, and open conflicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from samgraf.brief.facts import holds
from samgraf.library import bind, find
from samgraf.namespaces import CLAIM, ENTITY, local_name

if TYPE_CHECKING:
    from samgraf.brief.facts import Facts
    from samgraf.records import ClaimRecord

_AREA, _AGREEMENT = "underArea", ("underAgreement", "partyTo", "underArea")
_FORUMS = ("partyTo", "memberOf", "chairs", "hosts")
_CHANGES = ("hasStatus", "approvedBy", "establishedBy", "dissolvedBy")
_CARRIED = ("continues", "continuedIn")


class Background:
    """Claims about what an entity takes part in, by what they are about."""

    def __init__(self, facts: Facts, as_of: str | None) -> None:
        self.facts = facts
        involved = {
            c["object"]
            for c in facts.claims
            if c["derived"] and c["predicate"] == "involvedIn" and c["subject"] == facts.id
        }
        self.undertakings = sorted(name for name in involved if name)
        self.claims: dict[str, list[ClaimRecord]] = {}
        self._add([c for c in facts.claims if not c["derived"]])
        self.forums = sorted(
            {
                c["object"]
                for c in facts.claims
                if c["predicate"] in _FORUMS and c["subject"] == facts.id and c["object"]
            }
        )
        self._add(facts.more({*self.undertakings, *self.forums}))
        areas = {c["object"] for name in self.undertakings for c in self.of(name, _AREA) if c["object"]}
        self._add(facts.more(areas))
        self.areas = sorted(areas)
        self.newest = max(
            (_last_day(d["date"]) for d in facts.documents.values() if d["date"] and not d["background"]), default=""
        )
        self.day = as_of or self.newest
        self.agreement, self.since = self._agreement()

    def _add(self, claims: list[ClaimRecord]) -> None:
        known = {c["id"] for found in self.claims.values() for c in found}
        for claim in claims:
            if claim["id"] not in known:
                self.claims.setdefault(claim["subject"], []).append(claim)

    def of(self, name: str, *predicates: str) -> list[ClaimRecord]:
        """Give the claims with this subject and one of these predicates that were not changed later."""
        return [c for c in self.claims.get(name, []) if c["predicate"] in predicates and not c["supersededBy"]]

    def status(self, name: str, day: str) -> ClaimRecord | None:
        """Give the latest status of something that is stated and not after a day."""
        found = [c for c in self.of(name, "hasStatus") if c["modality"] == "stated" and holds(c, day)]
        return max(found, key=lambda c: (c["fromEarliest"] or "", c["document"]), default=None)

    def is_open(self, claim: ClaimRecord, day: str) -> bool:
        """Tell whether something expected may still come: its time has not passed or, with no time, it was told lately.

        What is stated to await something is open by what it says.
        """
        last = claim["valueLatest"] or claim["untilLatest"] or claim["fromLatest"]
        if claim["modality"] == "stated":
            return True
        return last >= day if last else self._told(claim["document"]) >= self.since

    def _agreement(self) -> tuple[str | None, str]:
        """Give the latest agreement that concerns the entity and the day on which it began; the first day there is, else."""
        subjects = [self.facts.id, *self.undertakings, *self.areas]
        named = {
            c["object"]
            for name in subjects
            for c in self.of(name, *_AGREEMENT)
            if c["object"] and c["modality"] == "stated"
        }
        if self.facts.entity["type"] == "Agreement":
            named.add(self.facts.id)
        values = " ".join(str(ox.NamedNode(ENTITY + name)) for name in sorted(named))
        rows = self.facts.store.select(
            "SELECT ?agreement ?from WHERE {\n"
            f"  VALUES ?agreement {{ {values} }}\n"
            "  ?agreement sam:primaryType sam:Agreement .\n"
            "  ?claim rdf:subject ?agreement ; rdf:predicate sam:period ; sam:valueEarliest ?from .\n"
            "  FILTER NOT EXISTS { ?claim sam:supersededBy ?newer } }"
        ).rows
        found = [
            (f.value, local_name(a.value)) for a, f in rows if isinstance(a, ox.NamedNode) and isinstance(f, ox.Literal)
        ]
        begun = [pair for pair in found if pair[0] <= self.day]
        day, name = max(begun, default=("", ""))
        return name or None, day

    @property
    def changes(self) -> list[ClaimRecord]:
        """Give the dated statuses, approvals, foundings and dissolutions of its undertakings and bodies."""
        names = {*self.undertakings, *self.forums} - {self.facts.id}
        return [c for name in sorted(names) for c in self.of(name, *_CHANGES) if c["fromEarliest"]]

    @property
    def continuity(self) -> list[ClaimRecord]:
        """Give what of its areas and agreements is carried on, and in what, as told since the latest agreement began."""
        names = {self.facts.id, *self.undertakings, *self.areas, *([self.agreement] if self.agreement else [])}
        found = [
            c for claims in self.claims.values() for c in claims if c["predicate"] in _CARRIED and not c["supersededBy"]
        ]
        return [
            c
            for c in found
            if c["modality"] == "stated"
            and names & {c["subject"], c["object"]}
            and self._told(c["document"]) >= self.since
        ]

    def _told(self, document: str) -> str:
        date = self.facts.documents[document]["date"] if document in self.facts.documents else None
        return _last_day(date) if date else ""

    @property
    def superseded(self) -> list[tuple[ClaimRecord, ClaimRecord]]:
        """Give the claims that were changed later, each with the one that took its place."""
        by_id = {c["id"]: c for claims in self.claims.values() for c in claims}
        pairs = [(c, by_id.get(c["supersededBy"])) for c in by_id.values() if c["supersededBy"]]
        own = {self.facts.id, *self.undertakings}
        return [(old, new) for old, new in pairs if new is not None and own & {old["subject"], old["object"]}]

    @property
    def contradictions(self) -> list[tuple[ClaimRecord, ClaimRecord]]:
        """Give the pairs of claims that cannot both be right, as the library's query has them."""
        by_iri = {CLAIM + c["id"]: c for claims in self.claims.values() for c in claims}
        rows = self.facts.store.select(bind(find("contradictions"), {}, str)).rows
        pairs = [(by_iri.get(_iri(one)), by_iri.get(_iri(other))) for *_, one, other in rows]
        return [(one, other) for one, other in pairs if one is not None and other is not None]


def _iri(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""


def _last_day(edtf: str) -> str:
    """Give the last day of a document's date, near enough for comparing: a year's is the last of December."""
    text = edtf.rpartition("/")[2].rstrip("~?%")
    year, _, rest = text.partition("-")
    month, _, day = rest.partition("-")
    return f"{year}-{month if month.isdecimal() and int(month) <= 12 else '12'}-{day or '31'}"


def background(facts: Facts, as_of: str | None = None) -> Background:
    """Fetch what a note about an entity needs beside its own facts; its day is ``as_of`` or that of the newest document."""
    return Background(facts, as_of)
