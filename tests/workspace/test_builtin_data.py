"""The built-in data: what a reader of them relies on, and no machine can see from the format alone."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from samgraf.language.fold import fold
from samgraf.workspace import Workspace, load

SHARED = {
    "borgere med autisme",  # a focus area of two chapters of one agreement
    "citizens with autism",
    "gode overgange",
    "good transitions",
    "sparringsfallesskaber",  # so called under two of these areas
    "sparring communities",
    "borgere med komplekse udfordringer",  # an area, and those it is for
    "bemanding",  # a role and a topic
    "sparring",
}
DANISMS = re.compile(
    r"\b(offers?|sparring|trial action|theme day|joint on|emergency service|crime-threatened)\b", re.IGNORECASE
)
MOST_PASSAGES = 4


@pytest.fixture(scope="module")
def data() -> Workspace:
    return load(None)


def test_a_name_fits_one_thing(data: Workspace) -> None:
    """Whoever asks by a name gets the thing that bears it; only what documents themselves call alike is shared."""
    bearers = defaultdict(set)
    for entity in data.entities.values():
        for name in (entity.label.da, entity.label.en, *entity.aliases, *entity.abbreviations):
            if name:
                bearers[fold(name)].add(entity.id)
    assert {name: ids for name, ids in bearers.items() if len(ids) > 1 and name not in SHARED} == {}


def test_english_labels_are_english(data: Workspace) -> None:
    assert [e.id for e in data.entities.values() if DANISMS.search(e.label.en or "")] == []


def test_a_state_is_not_dated_by_the_day_that_it_was_told(data: Workspace) -> None:
    """The document's own day says when it was so, not since when; a decision of that day, which replaces others, may."""
    assert [
        f"{claim.path}:{claim.line}"
        for document in data.documents
        for claim in document.claims
        if data.vocabulary.predicates[claim.entry.predicate].family == "familyStatus"
        and claim.entry.start == document.head.date
        and not claim.entry.supersedes
    ] == []


def test_each_claim_has_passages_of_its_own(data: Workspace) -> None:
    """A claim out of a list does not carry the passages of its neighbours."""
    assert [f"{c.path}:{c.line}" for c in data.claims if len(c.evidence) > MOST_PASSAGES] == []
