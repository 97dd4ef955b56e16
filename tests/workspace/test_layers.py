"""Workspaces that stand on others: what is below is there, may be added to, and may not be contradicted."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.conftest import ROOT, Run

import samgraf
from samgraf import resources
from samgraf.errors import DataError
from samgraf.publish.explorer import read_sources
from samgraf.publish.explorer.documents import document_row
from samgraf.publish.exports.columns import COLUMNS, Words
from samgraf.server.reader import Reader
from samgraf.server.told import entity as entity_page
from samgraf.workspace import load
from samgraf.workspace.structure import structure

if TYPE_CHECKING:
    from collections.abc import Iterator

DENMARK = ROOT / "layers" / "denmark"


def make(folder: Path, settings: str, **files: str) -> Path:
    (folder / "data" / "entities").mkdir(parents=True)
    (folder / "samgraf.yaml").write_text(settings, encoding="utf-8")
    for name, text in files.items():
        (folder / "data" / "entities" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def told(folder: Path) -> list[str]:
    loaded = load(str(folder))
    return [str(p) for p in sorted([*loaded.problems, *structure(loaded)])]


def test_the_reference_layer_is_sound_and_whole() -> None:
    loaded = load(str(DENMARK))
    assert [*loaded.problems, *structure(loaded)] == []
    municipalities = [e for e in loaded.entities.values() if e.types[0] == "Municipality"]
    assert len(municipalities) == 98
    codes = {e.identifiers["kommunekode"] for e in municipalities}
    assert len(codes) == 98
    assert all(len(code) == 4 and code.startswith("0") for code in codes)
    assert loaded.entities["viborg"].identifiers["kommunekode"] == "0791"
    assert sum(e.types[0] == "Region" for e in loaded.entities.values()) == 6  # five, and the one that two become
    located = [c for c in loaded.claims if c.predicate == "locatedIn"]
    assert len({c.subject for c in located}) == len(located) == 98
    assert {"kl", "danske-regioner", "kkr-sjaelland", "participant", "in-progress", "percent"} <= set(loaded.entities)


def test_the_built_in_corpus_stands_on_it_and_takes_what_it_mentions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # the folder that we stand in may be a workspace: this checkout is one
    loaded = load(None)
    assert [layer.name for layer in loaded.layers] == ["denmark", "central-denmark"]
    assert loaded.entities["viborg"].layer == "denmark"
    assert loaded.entities["dassos"].layer == "central-denmark"
    assert sum(e.types[0] == "Municipality" for e in loaded.entities.values()) == 19
    assert "aalborg" not in loaded.entities


def test_no_id_of_the_corpus_is_one_of_the_reference_layer_but_to_add(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    below = set(load(str(DENMARK)).entities)
    again = {e.id for e in load(None).entities.values() if e.layer == "central-denmark"} & below
    assert again == {"region-midtjylland", "region-sjaelland", "kkr-midtjylland"}


def test_what_is_below_is_never_typed_again(tmp_path: Path) -> None:
    folder = make(tmp_path / "own", "format: 2\nextends: denmark\n", own="forum: {type: Body, label: Forum}\n")
    (folder / "data/documents").mkdir()
    (folder / "data/documents/plan.yaml").write_text(
        "document: {id: plan, label: Plan, background: true}\nsections:\n  - heading: A\n    claims:\n"
        "      - {subject: [aalborg, roskilde], predicate: memberOf, object: forum, role: member}\n",
        encoding="utf-8",
    )
    loaded = load(str(folder))
    assert told(folder) == []
    assert {c.subject for c in loaded.claims if c.predicate == "memberOf"} == {"aalborg", "roskilde"}
    assert loaded.entities["roskilde"].identifiers == {"kommunekode": "0265"}


def test_a_higher_layer_adds(tmp_path: Path) -> None:
    own = (
        "viborg: {aliases: [Domkirkebyen], identifiers: {cvr: '29189846'}, homepage: https://viborg.dk, note: Ours.}\n"
    )
    folder = make(tmp_path / "own", "format: 2\nextends: denmark\n", own=own)
    viborg = load(str(folder)).entities["viborg"]
    assert told(folder) == []
    assert viborg.label.da == "Viborg Kommune"
    assert viborg.aliases == ("Viborg", "Municipality of Viborg", "Domkirkebyen")
    assert viborg.identifiers == {"kommunekode": "0791", "cvr": "29189846"}
    assert (viborg.homepage, viborg.layer) == ("https://viborg.dk", "own")


def test_a_note_is_in_the_language_of_its_layer_where_it_does_not_say_its_own(tmp_path: Path) -> None:
    stated = "{type: Place, label: Byen, note: Two towns bear the name.}\n"
    under = make(tmp_path / "under", "format: 2\nnotes: en\n", own=f"by: {stated}")
    plain = "bakke: {type: Place, label: Bakken, note: Der er to af dem.}\n"
    both = "eng: {type: Place, label: Engen, note: {da: En eng., en: A meadow.}}\n"
    over = make(tmp_path / "over", "format: 2\nextends: ../under\n", own=plain + both + "by: {aliases: [Staden]}\n")
    assert told(under) == told(over) == []
    found = {e["id"]: e["note"] for e in samgraf.open(over).entities()}
    assert found["by"] == {"en": "Two towns bear the name."}
    assert found["bakke"] == {"da": "Der er to af dem."}
    assert found["eng"] == {"da": "En eng.", "en": "A meadow."}


CONFLICTS = [
    ("viborg: {type: Place, label: Viborg}", "viborg is Place here and Municipality in", "give this one an id of its own"),
    ("viborg: {label: Viborg by}", "viborg: label is 'Viborg by' here and 'Viborg Kommune' in", "add an alias, or leave it out"),
    ("viborg: {identifiers: {kommunekode: '0792'}}", "viborg: identifiers: kommunekode is '0792' here and '0791' in", "leave it out"),
    ("completed: {phase: waiting}", "completed: phase is 'waiting' here and 'over' in", "leave it out"),
]  # fmt: skip


@pytest.mark.parametrize(("own", "said", "advice"), CONFLICTS, ids=lambda x: x[:30])
def test_a_contradiction_names_both_places(tmp_path: Path, own: str, said: str, advice: str) -> None:
    folder = make(
        tmp_path / "own", "format: 2\nextends: denmark\n", own=f"forum: {{type: Body, label: Forum}}\n{own}\n"
    )
    found = told(folder)
    assert found[0].startswith("data/entities/own.yaml:2: layer-conflict: ")
    assert said in found[0]
    assert "/layers/denmark/data/entities/" in found[0]
    assert "(layer denmark)" in found[0]
    assert found[0].endswith(advice)


def test_a_class_may_be_added(tmp_path: Path) -> None:
    folder = make(tmp_path / "own", "format: 2\nextends: denmark\n", own="region-syddanmark: {type: [Region, Place]}\n")
    assert told(folder) == []
    assert load(str(folder)).entities["region-syddanmark"].types == ("Region", "Place")


def test_layers_stack_and_each_is_read_once(tmp_path: Path) -> None:
    make(tmp_path / "one", "format: 2\nextends: denmark\nname: first\n", one="one: {type: Body, label: Et}\n")
    make(tmp_path / "two", "format: 2\nextends: denmark\n", two="two: {type: Body, label: To}\n")
    folder = make(
        tmp_path / "top", "format: 2\nextends:\n  - ../one  # a comment\n  - '../two'\n", top="one: {aliases: [Een]}\n"
    )
    loaded = load(str(folder))
    assert told(folder) == []
    assert [layer.name for layer in loaded.layers] == ["denmark", "first", "two", "top"]
    assert (loaded.entities["one"].layer, loaded.entities["two"].layer) == ("top", "two")
    assert loaded.entities["one"].aliases == ("Een",)


@pytest.mark.parametrize(("settings", "said"), [
    ("format: 2\nextends: nowhere\n", "samgraf.yaml:2: extends: 'nowhere' is no workspace; write one of denmark, central-denmark"),
    ("format: 2\nextends: [denmark, ../nowhere]\n", "samgraf.yaml:2: extends: '../nowhere' is no workspace"),
    ("format: 2\nextends: .\n", "samgraf.yaml:2: extends: '.' stands on this workspace itself"),
    ("format: 2\nextends: ../own\n", "stands on this workspace itself"),
])  # fmt: skip
def test_what_cannot_be_stood_on_is_told(tmp_path: Path, settings: str, said: str) -> None:
    folder = make(tmp_path / "own", settings)
    with pytest.raises(DataError) as caught:
        load(str(folder))
    assert said in str(caught.value.problems[0])


def test_two_that_stand_on_each_other_are_told(tmp_path: Path) -> None:
    folder = make(tmp_path / "one", "format: 2\nextends: ../two\n")
    make(tmp_path / "two", "format: 2\nextends: ../one\n")
    with pytest.raises(DataError) as caught:
        load(str(folder))
    assert [str(p) for p in caught.value.problems] == [
        "../two/samgraf.yaml:2: extends: '../one' stands on this workspace itself; write one of denmark, central-denmark, "
        "or the path of a workspace's folder"
    ]


@pytest.mark.parametrize(("settings", "said"), [
    ("extends: denmark\n", "samgraf.yaml:1: settings: does not say its format; write format: 2"),
    ("format: 1\n", "samgraf.yaml:1: settings: format 1 is not known here; write format: 2"),
    ("format: 2\nextend: denmark\n", "samgraf.yaml:2: unknown-field: 'extend' is no setting"),
    ("format: 2\nname: {a: b}\n", "samgraf.yaml:2: settings: name is to be one word, or a list of words"),
    ("format: 2\nname: [\n", "samgraf.yaml:"),
    ("format: 2\nbelow: some\n", "samgraf.yaml:2: settings: below is to be all or mentioned"),
    ("format: 2\nnotes: english\n", "samgraf.yaml:2: settings: notes is to be da or en"),
    ("- format\n", "samgraf.yaml:1: settings: is to be a mapping"),
    ("format: 2\nname: &x y\n", "uses an anchor"),
])  # fmt: skip
def test_settings_that_are_wrong_are_told(tmp_path: Path, settings: str, said: str) -> None:
    found = told(make(tmp_path / "own", settings))
    assert len(found) == 1
    assert said in found[0]


def test_the_folder_that_one_stands_in_is_the_workspace(workspace: Path, run: Run) -> None:
    deep = workspace / "data" / "documents"
    for place in (workspace, deep):
        done = run("check", "--no-shapes", cwd=place)
        assert done.code == 0, done
        assert done.stderr.splitlines()[0] == f"samgraf: the workspace is {os.path.realpath(workspace)}"
        assert "19 entities" in done.stderr
    done = run("show", "Ungeklyngen", cwd=deep)
    assert done.code == 0
    assert "Ungeklyngen" in done.stdout


def test_the_built_in_one_is_not_announced(run: Run, tmp_path: Path) -> None:
    done = run("initiatives", "--involving", "Viborg", "--format", "json", cwd=tmp_path)
    assert (done.code, done.stderr) == (0, "")


def test_naming_one_is_stronger_than_standing_in_one(workspace: Path, run: Run) -> None:
    done = run("show", "Roskilde", "--workspace", "denmark", cwd=workspace)
    assert done.code == 0
    assert "0265" in done.stdout
    assert "the workspace is" not in done.stderr


def test_a_workspace_without_settings_is_read_with_a_word(workspace: Path, run: Run) -> None:
    (workspace / "samgraf.yaml").unlink()
    done = run("check", "--no-shapes", "--workspace", str(workspace))
    assert done.code == 0
    assert done.stderr.count("is read as format 1; to bring it up to date: samgraf migrate") == 1


def test_texts_that_a_layer_has_and_we_have_not_are_one_line(workspace: Path, tmp_path: Path, run: Run) -> None:
    folder = make(tmp_path / "own", f"format: 2\nextends: {workspace}\n")
    (tmp_path / "texts").mkdir()
    done = run("check", "--no-shapes", "--workspace", str(folder), "--documents", str(tmp_path / "texts"))
    assert done.code == 0, done
    assert done.stdout == ""
    assert done.stderr.count("are not at hand") == 1
    assert "26 claims are taken as it has them" in done.stderr


@pytest.mark.parametrize("words", [("show", "Ungeklyngen"), ("timeline", "Ungeklyngen"), ("ask", "Hvem er med i Ungeklyngen?"),
    ("initiatives", "--involving", "Søbyen Kommune")])  # fmt: skip
def test_an_answer_names_the_layer_below_that_it_is_of(
    workspace: Path, tmp_path: Path, run: Run, words: list[str]
) -> None:
    folder = make(tmp_path / "own", f"format: 2\nextends: {workspace}\n")
    below = run(*words, "--workspace", str(workspace))
    above = run(*words, "--workspace", str(folder))
    assert below.code == above.code == 0
    assert "(soebyen)" in " ".join(above.stdout.split())
    assert "(soebyen)" not in " ".join(below.stdout.split())


def sources(told: object) -> Iterator[dict[str, Any]]:
    """Every source that JSON tells of, wherever it stands in it."""
    if isinstance(told, dict):
        if {"document", "lines", "chars"} <= told.keys() and "sentence" not in told:
            yield told
        yield from sources(list(told.values()))
    elif isinstance(told, list | tuple):
        for one in told:
            yield from sources(one)


def test_json_pages_and_exports_name_the_layer_of_a_source_and_none_for_what_is_the_workspaces_own(
    tmp_path: Path, shared_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMGRAF_CACHE", str(shared_cache))
    group = "gruppen: {type: Body, label: {da: Havnegruppen, en: The harbour group}}\n"
    folder = make(tmp_path / "own", "format: 2\nextends: central-denmark\n", own=group)
    (folder / "data/documents").mkdir()
    (folder / "data/documents/plan.yaml").write_text(
        "document: {id: plan, label: Plan, background: true}\nsections:\n  - heading: A\n    claims:\n"
        "      - {subject: viborg, predicate: memberOf, object: gruppen, role: member}\n",
        encoding="utf-8",
    )
    graph = samgraf.open(str(folder))
    answers = {
        "ask": graph.ask("Hvilke kommuner er med i Midtklyngen?", lang="da")["answers"],
        "initiatives": graph.initiatives("Viborg", lang="da")["answers"],
        "path": graph.path("Viborg", "Skive", lang="da")["paths"],
        "claims": list(graph.claims(about="Viborg")),
        "show": graph.show("Viborg", lang="da")["facts"],
        "timeline": graph.timeline("DASSOS", lang="da")["moments"],
    }
    below = {"denmark": "denmark", "plan": None}
    for name, answer in answers.items():
        found = list(sources(answer))
        assert found, name
        assert {e["document"]: e.get("layer") for e in found} == {
            e["document"]: below.get(e["document"], "central-denmark") for e in found
        }, name
    assert "plan" in {e["document"] for e in sources(answers["show"])}
    shown = graph.ask("Hvilke kommuner er med i Midtklyngen?", lang="da")._repr_html_()
    assert re.search(r" [0-9-]+ \(central-denmark\)", shown)
    read = read_sources(graph.reader)
    rows = {d.id: document_row(d.id, d).get("layer") for d in read.documents}
    assert {rows.pop("plan"), rows.pop("denmark")} == {None}  # our own, and one that is called as its layer is
    assert set(rows.values()) == {"central-denmark"}
    words = Words.of(graph.reader)
    cells = {
        c.document: next(one for one in COLUMNS if one.name == "layer").get(c, words) for c in read.claims if c.document
    }
    assert cells == {document: below.get(document, "central-denmark") or "" for document in cells}
    page = entity_page(Reader(graph), "viborg", "da").decode()
    assert re.search(r"</a> linje [0-9–, ]+ \(central-denmark\)", page)
    assert not re.search(r">Plan</a> \(", page)


def test_a_change_below_is_seen_above(workspace: Path, tmp_path: Path, run: Run, shared_cache: Path) -> None:
    folder = make(tmp_path / "own", f"format: 2\nextends: {workspace}\n")
    cache = {"SAMGRAF_CACHE": str(tmp_path / "cache")}
    assert run("show", "Ungeklyngen", "--workspace", str(folder), env=cache).code == 0
    actors = workspace / "data/entities/actors.yaml"
    actors.write_text(
        actors.read_text(encoding="utf-8").replace("da: Ungeklyngen", "da: Ungdomsklyngen"), encoding="utf-8"
    )
    assert run("show", "Ungdomsklyngen", "--workspace", str(folder), env=cache).code == 0


def test_settings_are_read_without_a_yaml_parser() -> None:
    assert "yaml" not in resources.settings.__code__.co_names
    assert resources.settings(resources.root())["extends"][1] == ["denmark"]
