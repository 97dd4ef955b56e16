"""The tense of claims: what lies ahead of its document cannot be stated as a fact; plans, deadlines and ends may lie ahead."""

from __future__ import annotations

from pathlib import Path

import pytest

from samgraf.workspace import load
from samgraf.workspace.structure import structure
from samgraf.workspace.tense import CODE

# the minutes are of 4 May 2023; a claim put into them, and what the problem says (None: there is none)
CASES = [
    ("subject: faelles-front, predicate: startDate, value: 2023-05-04", None),
    ("subject: faelles-front, predicate: startDate, value: 2023-05", None),  # the month may have begun
    ("subject: faelles-front, predicate: startDate, value: 2023", None),
    ("subject: faelles-front, predicate: startDate, value: 2023-06", "startDate is stated, but 2023-06 lies after the document's own date, 2023-05-04"),
    ("subject: faelles-front, predicate: startDate, value: 2023-06, modality: expected", None),
    ("subject: faelles-front, predicate: startDate, value: 2023-06, modality: proposed", None),
    ("subject: faelles-front, predicate: approvedBy, object: styregruppen, from: 2023-05-05", "approvedBy is stated"),
    ("subject: faelles-front, predicate: decidedBy, object: styregruppen, from: 2024", "decidedBy is stated"),
    ("subject: faelles-front, predicate: decided, value: noget, from: 2024", "decided is stated"),
    ("subject: soebyen, predicate: participatesIn, object: faelles-front, from: 2023-09-01", "participatesIn is stated"),
    ("subject: ida-strand, predicate: memberOf, object: styregruppen, from: 2024", "memberOf is stated"),
    ("subject: ida-strand, predicate: memberOf, object: styregruppen, from: 2022, until: 2026", None),  # an end may lie ahead
    ("subject: faelles-front, predicate: deadline, value: 2024-01-01", None),
    ("subject: faelles-front, predicate: endDate, value: 2026", None),
    ("subject: faelles-front, predicate: period, value: 2024/2026", None),
    ("subject: faelles-front, predicate: figure, value: 3, measure: {da: børn}, unit: persons, kind: target, from: 2025", None),
    ("subject: naeste-moede, predicate: heldOn, value: 2023-12-01", None),  # a planned meeting as such
    ("subject: ida-strand, predicate: participatesIn, object: naeste-moede", "participatesIn is stated, but naeste-moede begins 2023-12-01 by line"),
    ("subject: ida-strand, predicate: participatesIn, object: naeste-moede, modality: expected", None),
    ("subject: ida-strand, predicate: participatesIn, object: naeste-moede, role: guest", None),  # invited, which is no part in it yet
    ("subject: aaben-doer, predicate: startDate, value: 2023-01", "startDate is stated, but aaben-doer has the status 'paa-vej' in line"),
    ("subject: aaben-doer, predicate: startDate, value: 2023-01, modality: expected", None),
    ("subject: soebyen, predicate: participatesIn, object: aaben-doer", "participatesIn is stated, but aaben-doer has the status 'paa-vej' in line"),
    ("subject: aaben-doer, predicate: proposedBy, object: soebyen", None),
]  # fmt: skip
SECTION = """
  - heading: Tid
    claims:
      - {subject: naeste-moede, predicate: heldOn, value: 2023-12-01, modality: expected, at: "4"}
      - {subject: aaben-doer, predicate: hasStatus, object: paa-vej, at: "5 Afbud: ingen"}
      - {CLAIM, at: "4"}
"""
THINGS = """
naeste-moede: {type: Event, label: Næste møde}
paa-vej: {type: Status, phase: waiting, label: På vej}
guest: {type: Role, involvement: invited, label: gæst}
"""


@pytest.fixture
def told(workspace: Path):
    path = workspace / "data/documents/referat-styregruppen-2023-05-04.yaml"
    things = workspace / "data/entities/things.yaml"
    things.write_text(things.read_text(encoding="utf-8") + THINGS, encoding="utf-8")
    before = path.read_text(encoding="utf-8")

    def call(claim: str, written: str = before) -> list[str]:
        path.write_text(written.rstrip() + SECTION.replace("CLAIM", claim), encoding="utf-8")
        loaded = load(str(workspace))
        problems = [*loaded.problems, *structure(loaded)]
        assert [p for p in problems if p.code not in (CODE, "duplicate-claim")] == []
        lines = path.read_text(encoding="utf-8").split("\n")
        assert all(claim in lines[p.line - 1] for p in problems if p.code == CODE)
        return [p.message for p in problems if p.code == CODE]

    call.before = before
    return call


@pytest.mark.parametrize(("claim", "message"), CASES, ids=lambda x: str(x)[:70])
def test_a_fact_does_not_lie_ahead_of_its_document(told, claim: str, message: str | None) -> None:
    found = told(claim)
    assert len(found) == (message is not None), found
    if message:
        assert message in found[0]
        assert found[0].endswith("write modality: expected")


def test_a_document_without_a_date_is_not_judged_by_one(told) -> None:
    written = told.before.replace("  date: 2023-05-04\n", "")
    assert told("subject: faelles-front, predicate: startDate, value: 2031", written) == []


def test_what_was_superseded_is_not_judged(told) -> None:
    claim = "id: old, subject: faelles-front, predicate: startDate, value: 2023-06"
    newer = '      - {subject: faelles-front, predicate: startDate, value: 2023-04, supersedes: old, at: "4"}\n'
    written = told.before.rstrip() + "\n  - heading: Rettet\n    claims:\n" + newer
    assert told(claim, written) == []


def test_a_relation_of_ones_own_is_judged_by_what_the_ontology_says(told, workspace: Path) -> None:
    own = workspace / "ontology" / "own.ttl"
    own.parent.mkdir()
    text = """
@prefix sam: <https://w3id.org/samgraf/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
sam:evaluatedOn a rdf:Property, sam:ClaimPredicate ; rdfs:label "evalueret"@da, "evaluated on"@en ; sam:valueKind "date" ;
    sam:family sam:familyDate ; sam:order 5000 ; sam:moment sam:momentMOMENT .
"""
    claim = "subject: faelles-front, predicate: evaluatedOn, value: 2024"
    own.write_text(text.replace("MOMENT", "Approval"), encoding="utf-8")
    assert len(told(claim)) == 1
    own.write_text(text.replace("MOMENT", "Deadline"), encoding="utf-8")
    assert told(claim) == []
