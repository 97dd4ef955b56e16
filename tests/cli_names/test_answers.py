"""``initiatives``, ``ask``, ``path``: what is printed, in which form, with which exit code."""

from __future__ import annotations

import csv
import io
import json
from itertools import pairwise
from pathlib import Path

import pytest
from tests.conftest import Run


@pytest.fixture
def place(workspace: Path) -> tuple[str, str]:
    return "--workspace", str(workspace)


def test_initiatives_give_one_answer_each_with_how_and_where(run: Run, place: tuple[str, str]) -> None:
    done = run("initiatives", "--involving", "Søbyen", "--format", "json", *place)
    reply = json.loads(done.stdout)
    assert (done.code, done.stderr, reply["answered"], reply["lang"]) == (0, "", True, "da")
    found = {a["label"]: a for a in reply["answers"]}
    assert len(found) == len(reply["answers"])
    assert found["Fælles front"]["how"] == "gennem en klynge"
    assert found["Fælles front"]["via"] == ["Ungeklyngen"]
    assert found["Fælles front"]["period"] == {"from": "2022-01-01", "until": "2024", "basis": "stated"}
    assert (found["Fælles front"]["modality"], found["Fælles front"]["state"]) == ("stated", "ended")
    assert "Common Front" in found["Fælles front"]["aliases"]
    assert found["Åben dør"]["how"] == "gennem en enhed"
    assert found["Åben dør"]["type"] == "Initiative"
    for answer in reply["answers"]:
        for passage in answer["evidence"]:
            assert passage["document"] == "aftale-soebyen-2022-24"
            assert len(passage["lines"]) == len(passage["chars"]) == 2
            assert passage["section"]
    assert "understood" not in reply


def test_the_query_shown_gives_the_same_by_hand(run: Run, place: tuple[str, str]) -> None:
    reply = json.loads(run("initiatives", "--involving", "Søbyen", "--format", "json", *place).stdout)
    assert reply["query"]["name"] == "initiatives-of-actor"
    done = run("query", "-", "--format", "json", *place, stdin=reply["query"]["sparql"])
    rows = json.loads(done.stdout)["results"]["bindings"]
    assert {row["initiative"]["value"] for row in rows} == {a["iri"] for a in reply["answers"]}


def test_direct_comes_first(run: Run) -> None:
    answers = json.loads(run("initiatives", "--involving", "Viborg", "--format", "json").stdout)["answers"]
    ways = [a["how"] for a in answers]
    assert ways == sorted(ways, key=lambda how: how != "direkte")
    assert ways[0] == "direkte"


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_table_fits_eighty_columns(run: Run, language: str) -> None:
    for words in (
        ("initiatives", "--involving", "Region Midtjylland"),
        ("show", "DASSOS"),
        ("timeline", "DASSOS"),
        ("path", "Skanderborg", "Socialstyrelsen"),
    ):
        done = run(*words, "--lang", language)
        assert done.code == 0
        assert all(len(line) <= 80 for line in done.stdout.splitlines()), words


def test_an_english_table(run: Run, place: tuple[str, str]) -> None:
    done = run("initiatives", "--involving", "Søbyen", "--lang", "en", *place)
    assert done.stdout.startswith("Søbyen Municipality is involved in 1 initiative with 1 part.")
    assert "through a" in done.stdout
    assert "cluster: Youth Cluster" in done.stdout
    assert "samgraf show" in done.stderr


def test_csv_is_a_table_of_one_row_an_answer(run: Run, place: tuple[str, str]) -> None:
    done = run("initiatives", "--involving", "Søbyen", "--format", "csv", *place)
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [row["type"] for row in rows] == ["Initiative", "Initiative"]
    assert "linje" in rows[0]["source"]
    assert done.stderr == ""


def test_no_answer_is_exit_1_and_says_so(run: Run, place: tuple[str, str]) -> None:
    done = run("initiatives", "--involving", "Ida Strand", *place)
    assert (done.code, done.stdout) == (1, "")
    assert done.stderr.startswith("Det siger dokumenterne ikke")
    done = run("initiatives", "--involving", "Ida Strand", "--format", "json", *place)
    assert done.code == 1
    assert json.loads(done.stdout)["answered"] is False


def test_explain_and_show_sparql(run: Run, place: tuple[str, str]) -> None:
    done = run("initiatives", "--involving", "Søbyen", "--explain", "--show-sparql", *place)
    assert "SELECT ?initiative" in done.stdout
    assert "initiatives-of-actor" in done.stdout
    done = run("ask", "Hvem er formand for Styregruppen?", "--explain", "--format", "json", *place)
    assert json.loads(done.stdout)["understood"]


def test_click_and_the_fast_path_print_the_same(run: Run, place: tuple[str, str]) -> None:
    plain = run("initiatives", "--involving", "Søbyen", "--as-of", "2023-12-31", *place)
    by_click = run("initiatives", "--involving", "Søbyen", "--as-of", "2023", *place)  # a year is read by click alone
    assert plain.stdout == by_click.stdout
    assert plain.code == by_click.code == 0


def test_paths_are_told_step_by_step(run: Run, place: tuple[str, str]) -> None:
    done = run("path", "Bodil Ørsted", "Åkirke Kommune", "--format", "json", *place)
    reply = json.loads(done.stdout)
    assert (done.code, reply["answered"]) == (0, True)
    seen = set()
    for path in reply["paths"]:
        steps = path["steps"]
        assert steps[0]["from"]["label"] == "Bodil Ørsted"
        assert steps[-1]["to"]["label"] == "Åkirke Kommune"
        assert all(one["to"] == other["from"] for one, other in pairwise(steps))
        assert all(step["evidence"] and step["relation"]["label"] for step in steps)
        between = {step["to"]["iri"] for step in steps[:-1]}
        assert not between & seen
        seen |= between


def test_no_path_is_exit_1(run: Run, place: tuple[str, str]) -> None:
    done = run("path", "Søbyen", "Søbyen", *place)
    assert (done.code, done.stdout) == (1, "")
    assert "det samme" in done.stderr


def test_explore_writes_one_page(run: Run, place: tuple[str, str], tmp_path: Path) -> None:
    page = tmp_path / "net.html"
    for _ in range(2):  # the second time with the layout that was kept
        done = run("explore", "-o", str(page), "--focus", "Søbyen", *place)
        assert done.code == 0, done.stderr
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    done = run("explore", "-o", str(page), "--with-passages", *place, env={"SAMGRAF_DOCUMENTS": None})
    assert done.code == 2
    assert "--documents" in done.stderr
