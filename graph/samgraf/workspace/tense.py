"""The tense of claims: what a document states as a fact cannot lie ahead of the document.

Which relations date what, and which cannot lie ahead, stands in the vocabulary (``sam:moment`` and ``sam:tense`` of moments and
kinds of involvement); what has not begun, in the ``phase`` of statuses. A deadline, a planned meeting as such and the end of an
agreed period may lie ahead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.language.dates import is_after, parse_date
from samgraf.model.claim import STATED
from samgraf.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from samgraf.model import Moment
    from samgraf.vocabulary.terms import Predicate
    from samgraf.workspace import DocumentFile, Workspace
    from samgraf.workspace.entries import Claim

CODE = "tense"

PAST = "past"
START = "start"
WAITING = "waiting"
EXPECTED = "write modality: expected"


def tense(workspace: Workspace) -> Iterator[Problem]:
    """Yield every claim that states as a fact what its document can only expect."""
    later = {target for claim in workspace.claims for target in claim.entry.supersedes}
    for document in workspace.documents:
        standing = [c for c in document.claims if c.entry.id not in later]
        waiting = _not_begun(workspace, document.head.date, standing)
        for claim in standing:
            if claim.entry.modality != STATED:
                continue
            yield from list(_ahead(workspace, document, claim)) or _before_it_began(workspace, claim, waiting)


def _ahead(workspace: Workspace, document: DocumentFile, claim: Claim) -> Iterator[Problem]:
    """Yield a claim whose date lies wholly after the document's own, where its relation cannot."""
    written, dated = document.head.date, _dated(workspace, claim)
    if written and dated and _is_past(workspace, claim) and is_after(dated, written):
        message = f"{claim.predicate} is stated, but {dated} lies after the document's own date, {written}; {EXPECTED}"
        yield Problem(claim.path, claim.line, CODE, message)


def _dated(workspace: Workspace, claim: Claim) -> Moment | None:
    """Give the day that a claim is about: the value of a date, else since when it holds."""
    predicate = workspace.vocabulary.predicates.get(claim.predicate)
    if predicate and predicate.kind == "date":
        return parse_date(str(claim.entry.value))
    return claim.entry.start


def _is_past(workspace: Workspace, claim: Claim) -> bool:
    """Tell whether the relation speaks of what has come about: by its moment, or by having none and linking two things."""
    predicate = workspace.vocabulary.predicates.get(claim.predicate)
    if predicate is None:
        return False
    moment = workspace.vocabulary.moments.get(predicate.moment)
    return moment.tense == PAST if moment else predicate.kind == "object"


def _not_begun(workspace: Workspace, written: Moment | None, claims: list[Claim]) -> dict[str, str]:
    """Give what a document's claims say has not begun, with how they say so: a waiting status, or a beginning or day ahead."""
    found: dict[str, str] = {}
    for claim in claims:
        predicate = workspace.vocabulary.predicates.get(claim.predicate)
        if predicate is None or claim.entry.modality == "proposed":
            continue
        status = workspace.entities.get(claim.object or "")
        moment = workspace.vocabulary.moments.get(predicate.moment)
        if status and status.phase == WAITING and not claim.entry.until:
            found.setdefault(claim.subject, f"has the status {status.id!r} in line {claim.line}")
        elif predicate.kind == "date" and moment and moment.bounds in (START, "both"):
            begins = parse_date(str(claim.entry.value))
            if written and is_after(begins, written):
                found.setdefault(claim.subject, f"begins {begins} by line {claim.line}")
    return found


def _before_it_began(workspace: Workspace, claim: Claim, waiting: dict[str, str]) -> Iterator[Problem]:
    """Yield a stated beginning of, or part in, something that the same document says has not begun."""
    predicate = workspace.vocabulary.predicates.get(claim.predicate)
    if predicate is None:
        return
    moment = workspace.vocabulary.moments.get(predicate.moment)
    involvement = workspace.vocabulary.involvements.get(_kind_of_involvement(workspace, claim, predicate))
    if moment and moment.bounds == START and claim.subject in waiting:
        begun: str | None = claim.subject
    elif involvement and involvement.tense == PAST:
        begun = claim.object if predicate.actor_side == "subject" else claim.subject
    else:
        return
    if begun in waiting:
        message = f"{claim.predicate} is stated, but {begun} {waiting[begun]}; {EXPECTED}"
        yield Problem(claim.path, claim.line, CODE, message)


def _kind_of_involvement(workspace: Workspace, claim: Claim, predicate: Predicate) -> str:
    """Give the name of the kind of involvement: that of the role, where the role says one, else the relation's."""
    role = workspace.entities.get(claim.entry.role or "")
    return (role.involvement_kind if role else "") or predicate.involvement
