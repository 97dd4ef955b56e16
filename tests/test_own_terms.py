"""A workspace with a relation and a class of its own: found, with all that their claims know, wherever anything is shown.

Nothing of the program is changed for them: the workspace's ``ontology/own.ttl`` declares both. The same claims are proposed,
expected, superseded, dated and made on someone's behalf, so that they show whether a view or an export drops a mark.
"""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import networkx as nx
import openpyxl
import pytest

import samgraf
from samgraf.model import Claim
from samgraf.publish.exports.columns import COLUMNS
from samgraf.rdf.reading import read_claims
from samgraf.server import pages

HERE = Path(__file__).parent / "own-terms"
NAME = "Tinghøj Observatorium"
MARKS = {
    "da": ("foreslået", "forventet", "afløst", "marts 2021 – december 2022", "på vegne af Søbyen Kommune", "observatør", "12.500 bes.", "voksne"),
    "en": ("proposed", "expected", "superseded", "March 2021 – December 2022", "on behalf of Søbyen Municipality", "observer", "12,500 bes.", "adults"),
}  # fmt: skip
RELATION = {"da": ("holder øje med", "overvåges fra"), "en": ("keeps watch over", "is watched from")}


@pytest.fixture(scope="module")
def graph(shared_cache: Path) -> samgraf.Graph:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAMGRAF_CACHE", str(shared_cache))
        return samgraf.open(str(HERE))


def shown(graph: samgraf.Graph, language: str) -> dict[str, str]:
    """All views of the observatory and of what it watches and arranges, as one text each."""
    names = (NAME, "Stjernehuset", "Nattens møde")
    told = {
        "show": [graph.show(name, lang=language) for name in names],
        "timeline": [graph.timeline(name, lang=language) for name in names],
        "claims": graph.claims(lang=language),
    }
    texts = {view: json.dumps(content, ensure_ascii=False) for view, content in told.items()}
    texts["brief"] = graph.brief(NAME, lang=language).markdown()
    texts["notebook"] = (
        graph.show(NAME, lang=language)._repr_html_() + graph.show("Nattens møde", lang=language)._repr_html_()
    )
    texts["page"] = b"".join(pages.entity(graph.show(name, lang=language)) for name in names).decode()
    return texts


@pytest.mark.parametrize("language", ["da", "en"])
def test_no_view_drops_a_mark(graph: samgraf.Graph, language: str) -> None:
    proposed, expected, superseded, dated, behalf, role, figure, population = MARKS[language]
    texts = shown(graph, language)
    for view in ("show", "claims", "notebook", "page"):
        assert all(mark in texts[view] for mark in MARKS[language]), view
    # a note tells what is open, and looks back from the day of the newest document: ended periods by their two ends
    assert all(mark in texts["brief"] for mark in (proposed, expected, behalf, role, figure, population))
    assert all(mark in texts["timeline"] for mark in (expected, superseded, figure, *dated.split(" – ")))


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_sentence_of_a_proposal_always_says_so(graph: samgraf.Graph, language: str) -> None:
    label, _ = RELATION[language]
    claims = {line["sentence"]: line for line in graph.claims(lang=language, derived=False)}
    for sentence, line in claims.items():
        assert (MARKS[language][0] in sentence) == (line["modality"] == "proposed")
        assert (MARKS[language][1] in sentence) == (line["modality"] == "expected")
        assert (MARKS[language][2] in sentence) == ("supersededBy" in line)
    assert sum(label in sentence for sentence in claims) == 3


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_new_terms_are_found_in_every_view(graph: samgraf.Graph, language: str) -> None:
    label, inverse = RELATION[language]
    assert [g["heading"] for g in graph.show("Stjernehuset", lang=language)["facts"]].count(inverse) == 1
    told = graph.show(NAME, lang=language)
    assert (told["type"], told["kind"]) == ("Observatory", {"da": "observatorium", "en": "observatory"}[language])
    (watched,) = (g for g in told["facts"] if g["heading"] == label)
    assert len(watched["facts"]) == 3
    headings = [g["heading"] for g in told["facts"]]
    assert headings.index(label) < headings.index(
        {"da": "har tallet", "en": "has the figure"}[language]
    )  # by its order
    assert label in graph.brief(NAME, lang=language).markdown()
    assert label in json.dumps(graph.timeline(NAME, lang=language), ensure_ascii=False)
    way = graph.path(NAME, "Stjernehuset", lang=language)
    assert any(label in step["text"] for path in way["paths"] for step in path["steps"])


def rows_of(form: str, data: bytes) -> list[dict[str, Any]]:
    """Give an export's claims as rows by the names of its columns."""
    if form == "csv":
        return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    if form == "xlsx":
        head, *body = openpyxl.load_workbook(io.BytesIO(data))["claims"].iter_rows(values_only=True)
        return [dict(zip(head, map(_as_written, row), strict=True)) for row in body]
    read = (
        nx.read_graphml(io.BytesIO(data), force_multigraph=True)
        if form == "graphml"
        else nx.read_gexf(io.BytesIO(data))
    )
    return [{"subject": s, "object": o, **d} for s, o, d in read.edges(data=True)]


def _as_written(cell: object) -> object:
    return cell.date().isoformat() if isinstance(cell, datetime) else cell


@pytest.mark.parametrize("form", ["csv", "xlsx", "graphml", "gexf"])
def test_no_export_drops_a_field(graph: samgraf.Graph, form: str) -> None:
    data = graph.export(form)
    assert isinstance(data, bytes)
    rows = rows_of(form, data)
    ours = {(row["object"], row["modality"]): row for row in rows if row["predicate"] == "keepsWatchOver"}
    assert set(ours) == {("stjernehuset", "stated"), ("maanevagten", "proposed"), ("klitby", "expected")}
    dated = ours["stjernehuset", "stated"]
    assert (dated["from"], dated["until"], dated["basis"]) == ("2021-03", "2022-12", "stated")
    assert (dated["first_day"], dated["last_day"], dated["attested"]) == ("2021-03-01", "2022-12-31", "2023-05-04")
    assert "foreslået" in ours["maanevagten", "proposed"]["sentence_da"]
    assert dated["predicate_en"] == "keeps watch over"
    (taking_part,) = (row for row in rows if row["on_behalf_of"] == "soebyen" and row["predicate"] == "participatesIn")
    assert (taking_part["role"], taking_part["role_da"], taking_part["on_behalf_of_en"]) == (
        "observer", "observatør", "Søbyen Municipality",
    )  # fmt: skip
    if form in ("csv", "xlsx"):
        superseded = next(row for row in rows if row["value"] == "2023-09-09")
        assert superseded["superseded"] == "true"
        assert superseded["superseded_by"]
        assert superseded["modality"] == "expected"
        figure = next(row for row in rows if row["predicate"] == "figure")
        assert (figure["population_da"], figure["unit"], figure["kind"]) == ("voksne", "visitors", "result")


def test_every_field_of_a_claim_has_a_column_and_a_key(graph: samgraf.Graph) -> None:
    """Who adds a field to the claim adds it to the one table of columns and to the one line, or says here why not."""
    names = {column.name for column in COLUMNS}
    columns = {
        "start": "from", "moment": "value_first_day", "effective": "first_day", "evidence": "lines", "whole": "document", "because": "derived_from",
        "measure": "measure_da", "population": "population_en", "note": "note_da",
    }  # fmt: skip
    assert {columns.get(field, field) for field in Claim._fields} <= names
    keys = {
        "start": "from", "value": "object", "datatype": "object", "moment": "object", "on_behalf_of": "onBehalfOf",
        "superseded_by": "supersededBy", "because": "derivedFrom", "whole": "document",
    }  # fmt: skip
    lines = {key for line in graph.claims() for key in line}
    assert {keys.get(field, field) for field in Claim._fields} - {"complete"} <= lines


def test_gexf_begins_and_ends_so_that_timelines_open(graph: samgraf.Graph) -> None:
    data = graph.export("gexf")
    assert isinstance(data, bytes)
    text = data.decode()
    assert 'mode="dynamic"' in text
    assert 'timeformat="date"' in text
    assert 'start="2021-03-01" end="2022-12-31"' in text or 'end="2022-12-31" start="2021-03-01"' in text
    assert ' name=""' not in text


def test_json_ld_names_the_new_terms(graph: samgraf.Graph) -> None:
    content = json.loads(graph.export("jsonld"))
    assert content["@context"]["keepsWatchOver"] == {"@id": "sam:keepsWatchOver", "@type": "@id"}
    nodes = [node for part in content["@graph"] for node in part["@graph"]]
    (observatory,) = (n for n in nodes if n["@id"] == "id:tinghoej" and "label" in n)
    assert "Observatory" in observatory["@type"]
    claim = next(n for n in nodes if n.get("predicate") == "sam:keepsWatchOver" and n.get("modality") == "sam:proposed")
    assert claim["object"] == {"@id": "id:maanevagten"}
    assert any("supersededBy" in n for n in nodes)


def test_the_pages_payload_has_the_new_terms(graph: samgraf.Graph) -> None:
    page = graph.explore().html
    for text in ("keepsWatchOver", "holder øje med", "overvåges fra", "Observatorium", "Observatory"):
        assert text in page


def test_claims_are_the_same_before_and_after_the_store(graph: samgraf.Graph) -> None:
    claims = {c.id: c for c in read_claims(graph.reader) if not c.derived}
    assert len(claims) == 8
    assert {c.modality for c in claims.values()} == {"stated", "proposed", "expected"}


def test_the_vocabulary_tells_of_the_new_terms(graph: samgraf.Graph) -> None:
    relation = graph.terms("keepsWatchOver")[0]
    assert (relation["kind"], relation["label"]["en"], relation["example"]["subject"]) == (
        "relation",
        "keeps watch over",
        "tinghoej",
    )
    assert "Observatory" in [term["name"] for term in graph.terms("observatorium")]


def test_claims_as_of_a_day_have_a_state(graph: samgraf.Graph) -> None:
    def states(day: str) -> dict[str, str]:
        lines = graph.claims(about="Tinghøj Observatorium", as_of=day, derived=False, lang="en")
        return {line["sentence"].split(" (")[0]: line["state"] for line in lines}

    watch = "Tinghøj Observatory keeps watch over The Star House"
    assert states("2021-10-01")[watch] == "held"
    assert watch not in states("2020-01-01")
    assert watch not in states("2023-05-04")
    assert states("2024-01-01")["Tinghøj Observatory keeps watch over The Moon Watch"] == "last-attested"


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("Hvad holder Tinghøj Observatorium øje med?", "Stjernehuset"),
        ("Hvem holder øje med Stjernehuset?", NAME),
        ("Hvad overvåges Stjernehuset fra?", NAME),
        ("What does Tinghøj Observatory keep watch over?", "The Star House"),
    ],
)
def test_labels_and_inverse_labels_are_words_for_asking(graph: samgraf.Graph, question: str, label: str) -> None:
    reply = graph.ask(question)
    assert reply["answered"], reply["message"]
    assert label in {fact["label"] for fact in reply["answers"]}


def test_a_relation_of_ones_own_answers_in_its_direction(graph: samgraf.Graph) -> None:
    assert graph.ask("Holder Tinghøj Observatorium øje med Stjernehuset?")["answers"][0]["value"] is True
    turned = graph.ask("Holder Stjernehuset øje med Tinghøj Observatorium?")["answers"]
    assert not [told for told in turned if told["value"] is True]
