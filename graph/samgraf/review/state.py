"""Where the review of a document stands: its drafted claims in rows and tables, each with its verdict, names as decided so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from samgraf.errors import UnknownNameError
from samgraf.ingest.draft import NAMED_FIELDS, Name, read_draft
from samgraf.ingest.record import read_record
from samgraf.review.decisions import judge, read_log
from samgraf.review.earlier import Earlier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from samgraf.ingest.draft import Draft, DraftClaim
    from samgraf.ingest.knowing import Known
    from samgraf.ingest.record import Record
    from samgraf.review.decisions import Judged
    from samgraf.workspace.entries import Evidence


class Shown(NamedTuple):
    """A claim as it is to be judged: the draft's, or as a person mended it, with the verdict so far."""

    claim: DraftClaim
    verdict: str
    mended: bool


class Row(NamedTuple):
    """Claims that were read together: one person of a list, one item of an agenda."""

    id: str
    group: str
    heading: str
    claims: tuple[Shown, ...]

    @property
    def open(self) -> bool:
        """Whether something of it is not decided."""
        return any(not shown.verdict for shown in self.claims)


class State(NamedTuple):
    """A document under review. ``names`` are those of the draft after what was decided and what the graph knows by now."""

    draft: Draft
    record: Record
    judged: Judged
    names: dict[str, Name]
    rows: tuple[Row, ...]
    earlier: Earlier

    @property
    def counts(self) -> dict[str, int]:
        """How many claims are drafted, accepted, rejected and open."""
        verdicts = [shown.verdict for row in self.rows for shown in row.claims]
        return {
            "drafted": len(verdicts),
            "accepted": verdicts.count("accept"),
            "rejected": verdicts.count("reject") + verdicts.count("withdraw"),
            "open": verdicts.count(""),
        }

    def find(self, key: str) -> Shown:
        """Give a claim by its key. Raises UnknownNameError."""
        for row in self.rows:
            for shown in row.claims:
                if shown.claim.key == key:
                    return shown
        raise UnknownNameError(key, kind="claim")


def read_state(folder: str, document: str, known: Known) -> State:
    """Read where a document stands. Raises UnknownNameError when nothing was drafted of it, DataError when a file is damaged."""
    draft = read_draft(folder, document)
    record = read_record(folder, document)
    if draft is None or record is None:
        raise UnknownNameError(document, kind="draft")
    judged = judge(read_log(folder, document))
    names = {key: _decided(name, judged, known) for key, name in draft.names.items()}
    for decision in judged.claims.values():
        for key, data in (decision.get("names") or {}).items():
            names.setdefault(key, _decided(name_from(key, data), judged, known))
    earlier = Earlier(folder, record)
    return State(draft, record, judged, names, tuple(_rows(draft, judged, earlier)), earlier)


def name_from(key: str, data: dict[str, Any]) -> Name:
    """Read a name from a decision."""
    label = str(data.get("new") or data.get("read") or data.get("is"))
    return Name(
        key,
        label,
        str(data.get("type", "")),
        data.get("is"),
        tuple(data.get("or") or ()),
        tuple(data.get("aliases") or ()),
    )


def _decided(name: Name, judged: Judged, known: Known) -> Name:
    decision = judged.names.get(name.key)
    if decision and decision.get("is") in known.entities:
        return name._replace(id=str(decision["is"]), like=())
    if decision and decision.get("new"):
        return name._replace(id=None, label=str(decision["new"]), type=str(decision.get("type") or name.type), like=())
    if name.id is None:
        wanted = known.actor if known.vocabulary.is_a((name.type,), frozenset({known.actor})) else name.type
        match = known.find(name.label, name.type if name.type == known.person else wanted)
        return name._replace(id=match.id, like=match.like or name.like)
    return name if name.id in known.entities else name._replace(id=None)


def _rows(draft: Draft, judged: Judged, earlier: Earlier) -> Iterator[Row]:
    rows: dict[str, list[Shown]] = {}
    seen = set()
    for claim in draft.claims:
        decision = judged.claims.get(claim.key)
        mended = bool(decision and decision.get("mended"))
        shown = claim
        if decision and mended:
            at = earlier.now(str(decision["at"]), decision.get("text")) or claim.at
            shown = claim._replace(fields=decision["fields"], at=at)
        rows.setdefault(claim.row, []).append(Shown(shown, judged.verdict(claim.key), mended))
        seen.add(claim.key)
    for key, decision in judged.claims.items():  # decided under an earlier draft, or written by a person
        if key not in seen and judged.verdict(key):
            own = claim_of(decision)
            own = own._replace(at=earlier.now(own.at, decision.get("text")) or own.at)
            rows.setdefault(f"d-{key}", []).append(Shown(own, judged.verdict(key), bool(decision.get("mended"))))
    for row, claims in rows.items():
        yield Row(row, claims[0].claim.group, claims[0].claim.heading, tuple(claims))


def claim_of(decision: dict[str, Any]) -> DraftClaim:
    """Give the claim that a decision carries."""
    from samgraf.ingest.draft import DraftClaim

    return DraftClaim(
        str(decision["claim"]),
        str(decision.get("rule", "")),
        1.0,
        str(decision.get("group", "")),
        str(decision.get("heading", "")),
        "",
        dict(decision.get("fields") or {}),
        str(decision.get("at", "")),
    )


def names_used(claim: DraftClaim) -> list[str]:
    """Give the keys of the names that a claim uses."""
    return [str(claim.fields[field]) for field in NAMED_FIELDS if claim.fields.get(field)]


def passage(state: State, at: str) -> Evidence | None:
    """Give where an anchor stands in the text of record; None when it stands nowhere any more."""
    from samgraf.workspace.spans import PassageError, find_passage

    try:
        return find_passage(state.record.id, state.record.text, at)
    except PassageError:
        return None
