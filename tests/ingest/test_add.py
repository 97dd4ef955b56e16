"""``samgraf add`` over real files: texts of record, drafts, outcomes; nothing reaches the graph; a changed file carries its anchors."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
import yaml

from samgraf.ingest.adding import Adder, files_in
from samgraf.ingest.record import read_record, was_edited
from samgraf.workspace import load
from tests.conftest import Run
from tests.ingest.making import Maker

DOCUMENTS = Path(__file__).parent / "documents"
MINUTES = """Referat fra møde i Havneudvalget
Dato: 3. maj 2022
Deltagere:
Anna Bech, Skive Kommune
Bo Dam, Struer Kommune
Afbud: Carl Eg, Lemvig Kommune

1. Budget
Udvalget godkendte budgettet.
"""


def html(name: str) -> str:
    content: str = yaml.safe_load((DOCUMENTS / f"{name}.yaml").read_text(encoding="utf-8"))["html"]
    return content


def test_a_file_becomes_a_text_of_record_and_a_draft(own: Path, maker: Maker, tmp_path: Path, run: Run) -> None:
    path = maker.make(html("02-klima-fyn"), "docx", tmp_path / "Møde, januar")
    done = run("add", str(path), "--workspace", str(own))
    assert done.code == 0, done
    assert "moede-januar" in done.stdout
    record = read_record(str(own), "moede-januar")
    assert record is not None
    assert record.about["original"]["name"] == "Møde, januar.docx"
    assert not was_edited(record)
    assert (own / "originals" / "moede-januar.docx").read_bytes() == path.read_bytes()
    draft = (own / "drafts" / "moede-januar.yaml").read_text(encoding="utf-8")
    assert "Cecilie Prip" in draft


def test_nothing_of_a_draft_is_in_the_graph(own: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "m.txt").write_text(MINUTES, encoding="utf-8")
    before = load(str(own))
    assert run("add", str(tmp_path / "m.txt"), "--workspace", str(own)).code == 0
    after = load(str(own))
    assert after.entities == before.entities
    assert after.problems == before.problems == []


def test_a_bad_file_is_told_and_the_others_go_on(own: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "a.txt").write_text(MINUTES, encoding="utf-8")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7 broken")
    (tmp_path / "c.txt").write_text(MINUTES.replace("Havne", "Skole"), encoding="utf-8")
    done = run(
        "add", str(tmp_path / "a.txt"), str(tmp_path / "b.pdf"), str(tmp_path / "c.txt"), "--workspace", str(own)
    )
    assert done.code == 3
    lines = [line for line in done.stdout.splitlines() if not line.startswith(" ")]
    assert [line.split(":")[0].split(" ")[0] for line in lines] == ["a.txt", "b.pdf", "c.txt"]
    assert sorted(os.listdir(own / "drafts")) == ["a.yaml", "c.yaml"]


def test_the_same_file_and_the_same_text_are_not_added_twice(own: Path, tmp_path: Path) -> None:
    first, copy, other = (tmp_path / n for n in ("a.txt", "b.txt", "c.txt"))
    first.write_text(MINUTES, encoding="utf-8")
    copy.write_text(MINUTES, encoding="utf-8")
    other.write_bytes(MINUTES.encode("utf-16"))
    adder = Adder(str(own))
    assert [(a.outcome, a.document) for a in adder.add([str(first), str(copy), str(other)])] == [
        ("read", "a"),
        ("same", "a"),
        ("same", "a"),
    ]


def test_two_files_of_one_name_are_asked_about(own: Path, tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    one, two = tmp_path / "m.txt", tmp_path / "x" / "m.html"
    one.write_text(MINUTES, encoding="utf-8")
    two.write_text(f"<p>{MINUTES}</p>", encoding="utf-8")
    outcomes = list(Adder(str(own)).add([str(one), str(two)]))
    assert outcomes[1].outcome == "asked"
    assert "--id" in outcomes[1].message


def test_a_changed_original_carries_anchors_over(own: Path, tmp_path: Path, run: Run) -> None:
    path = tmp_path / "aftale.txt"
    old = (own / "texts" / "aftale.txt").read_text(encoding="utf-8")
    path.write_text(old, encoding="utf-8")
    assert run("add", str(path), "--workspace", str(own)).code == 0
    path.write_text("Kaffe og kage serveres i kantinen.\n\n" + old, encoding="utf-8")
    done = run("add", str(path), "--workspace", str(own))
    assert done.code == 0, done
    assert "3 passages carried over, 0 not" in done.stdout
    assert 'at: "5"' in (own / "data" / "documents" / "aftale.yaml").read_text(encoding="utf-8")
    checked = run("check", "--no-shapes", "--workspace", str(own), "--documents", str(own / "texts"))
    assert checked.code == 0, checked


def test_what_cannot_be_carried_is_listed(own: Path, tmp_path: Path, run: Run) -> None:
    path = tmp_path / "aftale.txt"
    path.write_text((own / "texts" / "aftale.txt").read_text(encoding="utf-8"), encoding="utf-8")
    run("add", str(path), "--workspace", str(own))
    path.write_text("Aftale om noget helt andet, som ikke nævner det gamle.\n", encoding="utf-8")
    done = run("add", str(path), "--workspace", str(own))
    assert "0 passages carried over, 3 not" in done.stdout
    assert done.stdout.count("not carried over:") == 3


def test_personal_data_is_counted_and_not_drafted(own: Path, tmp_path: Path) -> None:
    path = tmp_path / "m.txt"
    path.write_text(
        MINUTES.replace("Bo Dam, Struer Kommune", "Bo Dam, Struer Kommune, tlf. 97 85 12 34, 010190-1234"),
        encoding="utf-8",
    )
    (added,) = Adder(str(own)).add([str(path)])
    assert added.personal == 2
    draft = (own / "drafts" / "m.yaml").read_text(encoding="utf-8")
    assert "Bo Dam" in draft
    assert "97 85" not in draft
    assert "010190" not in draft


def test_who_is_named_outside_a_public_role_is_counted_and_not_drafted(own: Path, tmp_path: Path) -> None:
    path = tmp_path / "m.txt"
    path.write_text(
        MINUTES.replace(
            "Bo Dam, Struer Kommune", "Bo Dam, Struer Kommune\nHanne Frost (pårørende)\nIda Kær, brugerrådet"
        )
        + "Borger Per Gade fortalte om sin hverdag.\n",
        encoding="utf-8",
    )
    (added,) = Adder(str(own)).add([str(path)])
    assert added.personal == 2
    draft = (own / "drafts" / "m.yaml").read_text(encoding="utf-8")
    assert "Ida Kær" in draft
    assert "Hanne Frost" not in draft
    assert "Per Gade" not in draft


def test_nothing_is_added_to_the_built_in_graph(tmp_path: Path, run: Run) -> None:
    (tmp_path / "m.txt").write_text(MINUTES, encoding="utf-8")
    done = run("add", str(tmp_path / "m.txt"))
    assert done.code == 2
    assert "samgraf init" in done.stderr


def test_json_tells_each_outcome(own: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "m.txt").write_text(MINUTES, encoding="utf-8")
    done = run("add", str(tmp_path / "m.txt"), "--workspace", str(own), "--format", "json")
    (added,) = json.loads(done.stdout)
    assert (added["outcome"], added["document"], added["grammar"]) == ("read", "m", "minutes")


@pytest.mark.parametrize("name", ["nothing-there.pdf", "."])
def test_a_path_without_documents_is_told(tmp_path: Path, name: str) -> None:
    from samgraf.errors import UsageError

    with pytest.raises(UsageError):
        files_in([str(tmp_path / name)])


def test_minutes_of_one_meeting_ask_whether_they_replace_the_others(own: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "udkast.txt").write_text(MINUTES, encoding="utf-8")
    (tmp_path / "godkendt.txt").write_text(MINUTES + "2. Evt.\nIntet.\n", encoding="utf-8")
    assert run("add", str(tmp_path / "udkast.txt"), "--workspace", str(own)).code == 0
    assert run("review", "udkast", "--accept", "all", "--workspace", str(own)).code == 0
    done = run("add", str(tmp_path / "godkendt.txt"), "--workspace", str(own))
    assert "is of the same meeting as udkast" in done.stdout
    assert "predicate: replaces, object: udkast" in (own / "drafts" / "godkendt.yaml").read_text(encoding="utf-8")
    assert run("review", "godkendt", "--accept", "all", "--workspace", str(own)).code == 0
    checked = run("check", "--no-shapes", "--workspace", str(own), "--documents", str(own / "texts"))
    assert checked.code == 0, checked


def sheet(path: Path, *rows: list[str]) -> Path:
    from openpyxl import Workbook

    book = Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(path)
    return path


def test_a_spreadsheet_of_actors_is_drafted_and_its_columns_are_mapped_once(
    own: Path, tmp_path: Path, run: Run
) -> None:
    first = sheet(tmp_path / "firmaer.xlsx", ["Firma", "Hvem"], ["Café Måne", "Rikke Holst"])
    asked = run("add", str(first), "--workspace", str(own))
    assert asked.code == 3
    assert "has the columns Firma, Hvem" in asked.stdout
    assert not (own / "drafts" / "firmaer.yaml").exists()
    told = ("--columns", "organisation=Firma", "--columns", "person=Hvem")
    assert run("add", str(first), *told, "--workspace", str(own)).code == 0
    assert "affiliatedWith" in (own / "drafts" / "firmaer.yaml").read_text(encoding="utf-8")
    second = sheet(tmp_path / "flere.xlsx", ["Firma", "Hvem"], ["Fonden Lys", "Per Gade"])
    assert run("add", str(second), "--workspace", str(own)).code == 0
    wrong = run("add", str(second), "--columns", "color=Hvem", "--workspace", str(own))
    assert wrong.code == 2
    assert "WHAT=HEAD" in wrong.stderr
