"""Library queries as kinds of questions: those of their headers, and a new file with examples."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.conftest import Run

from samgraf.library.listing import queries

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Ask = "Callable[..., dict[str, Any]]"

NEW = """\
# title-da: Hvem der sejler
# title-en: Who sails
# description-da: Alle, som et initiativ er for.
# description-en: Everyone that an initiative is meant for.
# param: initiative | entity | required | the initiative
# param: lang | text | optional | language of the labels
# column: sailor | who
# column: label | the name
# example-da: Hvem sejler i Stille Kaj?
# example-en: Who sails in Quiet Quay?
SELECT ?sailor ?label WHERE {
  ?claim rdf:subject $initiative ; rdf:predicate sam:targets ; rdf:object ?sailor .
  ?sailor rdfs:label ?label FILTER(LANG(?label) = $lang)
}
"""


def test_every_example_of_every_header_reaches_its_query(ask: Callable[..., dict[str, Any]]) -> None:
    missed = []
    for query in queries(None):
        for examples in query.examples.values():
            missed += [e for e in examples if ask(e)["query"].get("name") != query.name]
    assert not missed, missed


def test_the_answer_has_the_rows_of_the_query(run: Run) -> None:
    told = json.loads(run("ask", "Hvilke delprojekter har Initiativ 5?", "--format", "json").stdout)
    rows = json.loads(run("query", "parts-of", "-p", "whole=initiativ-5", "-p", "lang=da", "--format", "json").stdout)
    given = [{k: v["value"] for k, v in row.items()} for row in rows["results"]["bindings"]]
    assert given
    assert [row for a in told["answers"] for row in a["rows"]] == given


def test_a_new_file_with_examples_is_a_new_kind_of_question(ask: Callable[..., dict[str, Any]], ports: Path) -> None:
    question = "Hvem sejler i Stille Kaj?"
    assert not ask(question, workspace=str(ports))["answered"]
    (ports / "queries").mkdir()
    (ports / "queries" / "sailors.rq").write_text(NEW, encoding="utf-8")
    reply = ask(question, workspace=str(ports))
    assert reply["query"]["name"] == "sailors"
    assert [a["label"] for a in reply["answers"]] == ["ældre sejlere"]


def test_a_question_that_is_not_answered_is_shown_queries_to_paste(run: Run) -> None:
    done = run("ask", "Hvem er formand for KKR Hovedstaden?", "--format", "json")
    reply = json.loads(done.stdout)
    assert (done.code, reply["outcome"], reply["answers"]) == (1, "not-understood", [])
    assert "Hovedstaden" in reply["message"]
    assert len(reply["nearest"]) == 5
    assert all(fact["sentence"] and fact["evidence"] for fact in reply["nearest"])
    assert len(reply["queries"]) <= 2
    for query in reply["queries"]:
        words = query["command"].removeprefix("samgraf ").split(" ")
        assert run(*words).code == 0


def test_how_many_and_who_in_most_count_as_the_command_does(ask: Callable[..., dict[str, Any]], run: Run) -> None:
    for name in ("Aarhus", "Skive", "Region Midtjylland"):
        listed = json.loads(run("initiatives", "--involving", name, "--format", "json").stdout)["summary"]["kinds"]
        counted = next(group["count"] for group in listed if group["kind"] == "thingInitiative")
        assert [a["label"] for a in ask(f"Hvor mange initiativer indgår {name} i?")["answers"]] == [str(counted)]
    assert [a["label"] for a in ask("Hvilke kommuner deltager i flest initiativer?")["answers"]] == ["Aarhus Kommune"]
    assert [a["label"] for a in ask("Which region takes part in the most initiatives?")["answers"]] == [
        "Central Denmark Region"
    ]


def test_a_class_is_a_place_of_the_question_where_the_query_has_one(ask: Callable[..., dict[str, Any]]) -> None:
    reply = ask("Hvor mange aftaler er Viborg med i?")
    assert (reply["query"]["name"], [a["label"] for a in reply["answers"]]) == ("number-of-involvements", ["1"])
    assert "Viborg Kommune, Aftale" in reply["message"], "a class by its label, not by its name in the vocabulary"


def test_a_slip_in_the_first_word_is_a_slip_in_a_question_word(ask: Callable[..., dict[str, Any]]) -> None:
    asked = ask("Hvilke kommuner er med i Midtklyngen?")["answers"]
    assert asked
    for typed in ("vilke kommuner er med i Midtklyngen?", "Hvlike kommuner er med i Midtklyngen?"):
        assert ask(typed)["answers"] == asked


def test_an_answer_is_told_in_the_language_asked_for_to_its_last_word(run: Run) -> None:
    for lang, title, how in (
        ("da", "Hvem en aktør", "en af en gruppe"),
        ("en", "Whom an actor", "one of a group"),
    ):
        reply = json.loads(run("ask", "Hvem samarbejder Viborg med?", "--lang", lang, "--format", "json").stdout)
        assert reply["message"].startswith(title)
        assert any(how in answer.get("how", "") for answer in reply["answers"])
