"""What nobody has claimed yet: the sentences of a document that name somebody, and in which no claim has its passage."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from samgraf.ingest.people import People
from samgraf.ingest.view import View
from samgraf.review.decisions import REJECT, WITHDRAW
from samgraf.review.state import passage

if TYPE_CHECKING:
    from samgraf.ingest.record import Record
    from samgraf.ingest.wordlists import WordLists
    from samgraf.review.reviewing import Reviewing


class Unclaimed(NamedTuple):
    """A sentence without a claim: its line (from 1), its text, and the names in it."""

    line: int
    text: str
    names: tuple[str, ...]


def unclaimed(reviewing: Reviewing, record: Record, words: WordLists) -> list[Unclaimed]:
    """Give the sentences that name a person or an organisation and that no claim stands on, drafted or accepted.

    A claim that was rejected or withdrawn is none.
    """
    people = People(words, reviewing.known.kind)
    taken = _passages(reviewing, record)
    view = View(record, frozenset(), words["abbreviations"])
    found = []
    for sentence in view.sentences(0, len(view.lines)):
        if any(start < sentence.end and sentence.start < end for start, end in taken):
            continue
        said = [match[0] for match in people.name.finditer(sentence.text)]
        names = tuple(dict.fromkeys(name for name in said if people.known(name) or people.is_person(name)))
        if names:
            found.append(Unclaimed(view.line_at(sentence.start) + 1, sentence.text, names))
    return found


def _passages(reviewing: Reviewing, record: Record) -> list[tuple[int, int]]:
    """Give where the claims on a document have their passages: those of its draft, and those in the data."""
    found = [
        (one.start, one.end)
        for document in reviewing.workspace.documents
        if document.head.id == record.id
        for claim in document.claims
        for one in claim.evidence
    ]
    if record.id in reviewing.documents():
        state = reviewing.state(record.id)
        drafted = [shown for row in state.rows for shown in row.claims if shown.verdict not in (REJECT, WITHDRAW)]
        found += [(at.start, at.end) for shown in drafted if (at := passage(state, shown.claim.at))]
    return found
