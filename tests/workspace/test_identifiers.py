"""Kinds of identifiers: those of the vocabulary, each with its form, from the line in YAML to the columns of the exports."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from samgraf import api
from samgraf.vocabulary.reading import read_vocabulary

if TYPE_CHECKING:
    from pathlib import Path

ACTORS = "data/entities/actors.yaml"
CODE = 'identifiers: {kommunekode: "0991"}'
KINDS = ["kommunekode", "regionskode", "iso3166", "nuts", "cvr", "pnummer", "sor", "kle", "form", "wikidata"]


def write(folder: Path, identifiers: str) -> int:
    """Give the first entity other identifiers, and the number of its line."""
    text = (folder / ACTORS).read_text(encoding="utf-8")
    assert CODE in text
    (folder / ACTORS).write_text(text.replace(CODE, f"identifiers: {{{identifiers}}}"), encoding="utf-8")
    return next(n for n, line in enumerate(text.split("\n"), 1) if line.startswith("soebyen:"))


def test_the_kinds_are_those_of_the_vocabulary() -> None:
    kinds = read_vocabulary(None).identifiers
    assert list(kinds) == KINDS
    assert all(kind.label.get("da") and kind.label.get("en") for kind in kinds.values())


@pytest.mark.parametrize(
    ("value", "sound"),
    [("10000009", True), ("10000008", False), ("10000090", False), ("1000000", True), ("x", True), ("１0000008", True)],
)
def test_the_check_digit_of_a_cvr_number(value: str, sound: bool) -> None:
    """Weights 2 7 6 5 4 3 2 1, modulus 11; another length is for the shape to say."""
    assert read_vocabulary(None).identifiers["cvr"].sound(value) is sound


@pytest.mark.parametrize(
    ("written", "code", "says"),
    [
        ("cvr: 10000008", "bad-identifier", "10000008 is no CVR number: its check digit is wrong"),
        ("cvrnr: 10000009", "unknown-identifier", "no kind of identifier is called 'cvrnr'; did you mean 'cvr'"),
        ("cvr: 1000000", "shape", "A CVR number is eight digits"),
        ("pnummer: 12345", "shape", "A P-number is ten digits"),
        ("sor: 12345", "shape", "A SOR code is 11 to 18 digits"),
        ("kle: 27.36.04G01", "shape", "A KLE number is one to three pairs of digits"),
        ("form: 54.1", "shape", "A FORM number is one to four pairs of digits"),
        ("wikidata: 502962", "shape", "A Wikidata item is Q and a number"),
        ("wikidata: Q1 Q2", "shape", "A Wikidata item is Q and a number"),
    ],
)
def test_what_is_wrong_stands_at_its_line(run: Any, workspace: Path, written: str, code: str, says: str) -> None:
    line = write(workspace, written)
    done = run("check", "--workspace", str(workspace))
    assert done.code == 3
    (problem,) = [one for one in (done.stdout + done.stderr).split("\n") if says in one]
    assert problem.startswith(f"{ACTORS}:{line}: {code}")


def test_identifiers_reach_every_export(workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMGRAF_CACHE", str(tmp_path / "cache"))
    given = {"kommunekode": "0991", "cvr": "10000009", "kle": "27.36", "wikidata": "Q502962"}
    write(workspace, ", ".join(f"{kind}: {value}" for kind, value in given.items()))
    graph = api.open(str(workspace))
    told = graph.show("soebyen")
    assert told["identifiers"] == given
    assert told["sameAs"] == ["http://www.wikidata.org/entity/Q502962"]
    for query in (
        "ASK { id:soebyen sam:cvr '10000009' ; owl:sameAs <http://www.wikidata.org/entity/Q502962> }",
        "ASK { id:soebyen sam:kle '27.36' ; skos:notation '27.36' }",
    ):
        assert graph.reader.ask(query)
    made = {form: graph.export(form) for form in ("nodes", "graphml", "jsonld")}
    rows = {row["Id"]: row for row in csv.DictReader(io.StringIO(bytes(made["nodes"]).decode()))}
    assert [kind for kind in rows["soebyen"] if kind in KINDS] == KINDS
    assert {kind: rows["soebyen"][kind] for kind in KINDS if rows["soebyen"][kind]} == given
    assert b"10000009" in bytes(made["graphml"])
    nodes = [n for g in json.loads(made["jsonld"])["@graph"] for n in g["@graph"] if n["@id"] == "id:soebyen"]
    assert any("10000009" in json.dumps(node.get("cvr")) for node in nodes)
