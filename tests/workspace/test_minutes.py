"""What minutes say can be said: a meeting with absences, votes, outcomes, tasks and a next meeting, checked to the last shape."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.conftest import Run

from samgraf.namespaces import ENTITY, SAM
from samgraf.rdf.validation import check
from samgraf.store.build import build_store
from samgraf.vocabulary.reading import read_vocabulary
from samgraf.workspace import load

ENTITIES = """
udvalget: {type: Body, label: Fjordudvalget}
moede-1: {type: Event, label: Møde 1}
moede-2: {type: Event, label: Møde 2}
punkt-1: {type: AgendaItem, label: Punkt 1}
punkt-2: {type: AgendaItem, label: Punkt 2}
punkt-3: {type: AgendaItem, label: Punkt 2 igen}
afstemning: {type: Vote, label: Afstemning om punkt 1}
opgave: {type: Task, label: Kontakte regionen}
kontrakt: {type: Contract, label: Kontrakt om fagsystem}
firmaet: {type: Supplier, label: Firmaet}
fagsystem: {type: Product, label: Fagsystemet}
ida: {type: Person, label: Ida Strand}
ole: {type: Person, label: Ole Vig}
udkast: {type: Document, label: Udkast til referat}
"""
CLAIMS = """
document:
  id: referat
  label: {da: Referat af møde 1, en: Minutes of meeting 1}
  date: 2024-05-04
  kind: minutes
  state: approved
  fileNumber: 24/0791
  url: https://example.org/referat.pdf
  background: true
sections:
  - heading: Mødet
    claims:
      - {subject: ida, predicate: participatesIn, object: moede-1, onBehalfOf: odder}
      - {subject: ole, predicate: absentFrom, object: moede-1, role: apologies, onBehalfOf: samsoe}
      - {subject: skive, predicate: absentFrom, object: moede-1, role: not-represented}
      - {subject: ida, predicate: deputyFor, object: ole}
      - {subject: ida, predicate: appointedBy, object: odder}
      - {subject: moede-1, predicate: startTime, value: 13:00}
      - {subject: moede-1, predicate: endTime, value: 15:30}
      - {subject: moede-1, predicate: nextMeeting, object: moede-2}
      - {subject: moede-2, predicate: heldOn, value: 2024-09-04, modality: expected}
      - {subject: referat, predicate: replaces, object: udkast}
      - {subject: referat, predicate: fileNumber, value: 24/0791}
  - heading: Punkterne
    claims:
      - {subject: punkt-1, predicate: hasOutcome, object: noted}
      - {subject: punkt-2, predicate: hasOutcome, object: postponed}
      - {subject: punkt-2, predicate: returnsIn, object: punkt-3}
      - {subject: punkt-1, predicate: referredTo, object: kl}
      - {subject: odder, predicate: votedFor, object: afstemning}
      - {subject: samsoe, predicate: votedAgainst, object: afstemning}
      - {subject: skive, predicate: abstainedFrom, object: punkt-1}
      - {subject: viborg, predicate: reservedOn, object: punkt-1, note: Økonomien.}
      - {subject: afstemning, predicate: figure, value: 12, measure: {da: stemmer for, en: votes for}, unit: votes, kind: result}
      - {subject: opgave, predicate: assignedTo, object: ida}
      - {subject: opgave, predicate: deadline, value: 2024-06-01}
      - {subject: opgave, predicate: fulfilledBy, object: punkt-3, modality: expected}
      - {subject: firmaet, predicate: supplies, object: fagsystem}
      - {subject: [firmaet, odder], predicate: partyTo, object: kontrakt}
"""


@pytest.fixture
def minutes(tmp_path: Path) -> Path:
    for name, text in (
        ("samgraf.yaml", "format: 2\nextends: denmark\n"),
        ("data/entities/own.yaml", ENTITIES),
        ("data/documents/referat.yaml", CLAIMS),
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_all_that_minutes_say_is_valid_to_the_last_shape(minutes: Path) -> None:
    assert [str(p) for p in check(str(minutes)).problems] == []


def test_the_document_says_what_it_is(minutes: Path) -> None:
    store = build_store(load(str(minutes)))

    def of(name: str) -> list[str]:
        found = store.quads_for_pattern(ox.NamedNode(ENTITY + "referat"), ox.NamedNode(name), None)
        return sorted({q.object.value for q in found})

    assert of(SAM + "documentKind") == [ENTITY + "minutes"]
    assert of(SAM + "documentState") == ["approved"]
    assert of(SAM + "fileNumber") == ["24/0791"]
    assert of("http://xmlns.com/foaf/0.1/page") == ["https://example.org/referat.pdf"]
    assert of(SAM + "layer") == []


def test_what_denies_what_is_said_in_the_ontology() -> None:
    predicates = read_vocabulary(None).predicates
    assert predicates["absentFrom"].denies == "participatesIn"
    assert predicates["votedAgainst"].denies == "votedFor"


WRONG = [
    ("value: 13:00", "value: kl. 13", "shape: The value of startTime is a time of day; write value: 13:00."),
    ("object: noted", "object: 'no-such'", "unknown-entity: object: no entity has the id 'no-such'"),
    ("kind: minutes", "kind: minuts", "unknown-kind: no DocumentKind has the id 'minuts'; did you mean 'minutes'?"),
    ("state: approved", "state: ready", "bad-value: state: is to be 'draft' or 'approved' (it is 'ready')"),
    ("url: https://example.org/referat.pdf", "url: referat.pdf", "bad-value: url: an address begins with http:// or https://"),
    ("subject: opgave, predicate: assignedTo", "subject: kontrakt, predicate: assignedTo", "wrong-type: the subject of assignedTo is to be Task; kontrakt is Contract"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), WRONG, ids=lambda x: x[:30])
def test_what_is_wrong_in_minutes_is_told_at_its_line(minutes: Path, old: str, new: str, said: str) -> None:
    path = minutes / "data/documents/referat.yaml"
    assert old in CLAIMS
    path.write_text(CLAIMS.replace(old, new, 1), encoding="utf-8")
    found = [str(p) for p in check(str(minutes)).problems]
    assert len(found) == 1, found
    assert said in found[0]


NEAR = [
    ("predicate: participatesIn", "predicate: deltager", "unknown-predicate: no predicate is called 'deltager'; did you mean 'participatesIn'"),
    ("predicate: absentFrom", "predicate: fraværendeFra", "unknown-predicate"),
    ("role: apologies", "role: afbud", "unknown-role: no Role has the id 'afbud'; did you mean 'apologies'?"),
    ("type: Body", "type: Udvalg", "unknown-type: udvalget: no class is called 'Udvalg'; did you mean 'Body'"),
    ("type: Supplier", "type: Leverandør", "did you mean 'Supplier'?"),
    ("object: samsoe", "object: samsø", "an id is made of a-z and 0-9 with single hyphens between, 120 at most; write 'samsoe'"),
    ("onBehalfOf: samsoe", "onBehalfOf: samso", "did you mean 'samsoe'"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), NEAR, ids=lambda x: x[:30])
def test_a_word_that_is_no_term_is_answered_with_the_terms_that_come_near(
    minutes: Path, old: str, new: str, said: str
) -> None:
    for name in ("data/entities/own.yaml", "data/documents/referat.yaml"):
        path = minutes / name
        path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    found = "\n".join(str(p) for p in check(str(minutes), shapes=False).problems)
    if old in ENTITIES + CLAIMS:
        assert said in found
    assert found.count("did you mean") <= 2


def test_terms_are_listed_and_looked_up_in_both_languages(minutes: Path, run: Run) -> None:
    import json

    done = run("terms", "--workspace", str(minutes), "--format", "json")
    rows = json.loads(done.stdout)
    assert done.code == 0
    assert {row["kind"] for row in rows} == {"class", "relation", "Role", "Status", "UnitOfMeasure", "DocumentKind"}
    participates = next(row for row in rows if row["name"] == "participatesIn")
    assert participates["from"] == ["Actor"]
    assert participates["example"]["object"] == "moede-1"
    for word, name in (
        ("deltager", "participatesIn"),
        ("udvalg", "Body"),
        ("apologies", "apologies"),
        ("referat", "minutes"),
    ):
        found = json.loads(run("terms", word, "--workspace", str(minutes), "--format", "json").stdout)
        assert name in [row["name"] for row in found], word
    done = run("terms", "xyzzy", "--workspace", str(minutes))
    assert (done.code, done.stdout) == (1, "")
    table = run("terms", "deltager", "--workspace", str(minutes)).stdout
    assert "participatesIn   deltager i · participates in   Actor → *" in table
    assert "{subject: ida, predicate: participatesIn, object: moede-1}" in table


def test_who_stood_for_whom_at_the_meeting_represents_them(minutes: Path) -> None:
    """It is entered once, with the presence or the absence."""
    store = build_store(load(str(minutes)))
    found = store.query(
        "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX sam: <https://w3id.org/samgraf/ontology#> "
        "SELECT ?s ?o WHERE { GRAPH ?g { ?c a sam:DerivedClaim ; rdf:predicate sam:represents ; rdf:subject ?s ; rdf:object ?o } }"
    )
    assert isinstance(found, ox.QuerySolutions)
    assert {(row["s"].value.removeprefix(ENTITY), row["o"].value.removeprefix(ENTITY)) for row in found} == {
        ("ida", "odder"),
        ("ole", "samsoe"),
    }
