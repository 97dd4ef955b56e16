"""A workspace: claims keep their keys however the files are ordered, and every problem stands at its line."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from samgraf.rdf.writing import quads
from samgraf.workspace import load
from samgraf.workspace.entries import Bilingual
from samgraf.workspace.structure import structure

ACTORS = "data/entities/actors.yaml"
AGREEMENT = "data/documents/aftale-soebyen-2022-24.yaml"
MINUTES = "data/documents/referat-styregruppen-2023-05-04.yaml"


def keys(folder: Path) -> set[str]:
    return {c.key for c in load(str(folder)).claims}


def change(folder: Path, path: str, old: str, new: str) -> None:
    text = (folder / path).read_text(encoding="utf-8")
    assert old in text
    (folder / path).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_small_workspace_is_read_whole(workspace: Path) -> None:
    found = load(str(workspace))
    assert found.problems == []
    assert (len(found.entities), len(list(found.claims)), len(found.documents)) == (19, 26, 2)
    assert all(c.evidence for c in found.claims)


def test_claims_keep_their_keys_when_lines_are_moved(workspace: Path) -> None:
    before = keys(workspace)
    path = workspace / AGREEMENT
    text = path.read_text(encoding="utf-8")
    head, *sections = re.split(r"(?m)^(?=  - heading)", text)
    turned = []
    for section in sections:
        start, *claims = re.split(r"(?m)^(?=      - )", section)
        turned.append(start + "".join(reversed(claims)))
    path.write_text(head + "".join(reversed(turned)), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != text
    assert keys(workspace) == before


def test_what_is_common_is_the_same_as_what_is_written_out(workspace: Path) -> None:
    before = keys(workspace)
    change(workspace, AGREEMENT, "    common: {subject: faelles-front}\n", "")
    text = (workspace / AGREEMENT).read_text(encoding="utf-8")
    for line in ("{predicate: targets", "{predicate: goal"):
        text = text.replace(line, line.replace("{", "{subject: faelles-front, "))
    (workspace / AGREEMENT).write_text(
        text.replace("predicate: figure\n", "predicate: figure\n        subject: faelles-front\n"), encoding="utf-8"
    )
    assert load(str(workspace)).problems == []
    assert keys(workspace) == before


def test_a_claims_own_field_wins_over_the_common_one(workspace: Path) -> None:
    found = [c for c in load(str(workspace)).claims if c.predicate == "participatesIn" and c.object == "faelles-front"]
    assert [c.subject for c in found] == ["ungeklyngen"]


def test_lists_of_subjects_and_objects_make_one_claim_each(workspace: Path) -> None:
    change(
        workspace,
        AGREEMENT,
        "{subject: [soebyen, aakirke], predicate: memberOf, object: ungeklyngen",
        "{subject: [soebyen, aakirke], predicate: memberOf, object: [ungeklyngen, styregruppen]",
    )
    pairs = {(c.subject, c.object) for c in load(str(workspace)).claims if c.predicate == "memberOf"}
    assert pairs == {(a, b) for a in ("soebyen", "aakirke") for b in ("ungeklyngen", "styregruppen")}


# file, what is replaced, by what → the problem's code, its line (counted from the change; a word: from the top), its message
CASES = [
    (ACTORS, "type: Region", "typ: Region", "unknown-field", 0, "'typ'"),
    (ACTORS, "type: Region", "typ: Region", "missing-field", -1, "'type'"),
    (ACTORS, "homepage: https://example.org/region-oe", "homepage: javascript:x", "bad-value", 0, "homepage"),
    (ACTORS, "aakirke: {", "Åkirke: {", "bad-value", 0, "id"),
    (ACTORS, "aakirke: {", "soebyen: {", "duplicate-key", 0, "line 1"),
    (ACTORS, "ida-strand: {type: Person, label: Ida Strand}", "ida-strand: Ida", "bad-entity", 0, "ida-strand"),
    (ACTORS, "ida-strand: {", "faelles-front: {", "duplicate-id", "1", "taken already, in data/entities/actors.yaml:15"),
    (ACTORS, "aliases: [Søbyen]", "aliases: Søbyen", "bad-value", 0, "aliases"),
    (AGREEMENT, "  id: aftale-soebyen-2022-24", "  id: another", "file-name", 0, "must be the same"),
    (AGREEMENT, "document:", "dokument:", "missing-field", 0, "'document'"),
    (AGREEMENT, "document:", "dokument:", "unknown-field", 0, "'dokument'"),
    (AGREEMENT, "sections:", "section:", "unknown-field", 0, "'section'"),
    (AGREEMENT, "sections:", "section:", "missing-field", "1", "'sections'"),
    (AGREEMENT, '  date: "2022-01~"', "  date: december", "bad-value", 0, "is no date"),
    (AGREEMENT, "    claims:", "    claim:", "bad-section", -1, "heading"),
    (AGREEMENT, "- heading: 2. Åben dør", "- heading: [2]", "bad-section", 0, "heading"),
    (AGREEMENT, "    common: {subject: faelles-front}", "    common: [faelles-front]", "bad-section", -1, "common"),
    (AGREEMENT, '- {predicate: targets, object: unge-med-angst, at: "7"}', "- unge-med-angst", "bad-claim", -3, "unge-med-angst"),
    (AGREEMENT, "modality: proposed", "modality: maybe", "bad-value", 0, "modality"),
    (AGREEMENT, "modality: proposed", "mood: proposed", "unknown-field", 0, "'mood'"),
    (AGREEMENT, 'until: "2024", at', 'until: "2020", at', "bad-value", 0, "is after"),
    (AGREEMENT, "value: 37", "value: many", "bad-value", 0, "takes a number"),
    (AGREEMENT, "value: 2022/2024", "value: soon", "bad-value", 0, "is no date"),
    (AGREEMENT, 'at: "15"', 'at: "16"', "no-span", 0, "samgraf spans"),
    (AGREEMENT, 'from: 2023-22, at: "15"', "from: 2023-22", "no-evidence", 0, "no 'at'"),
    (AGREEMENT, "predicate: partOf", "predicate: part of", "bad-value", 0, "predicate"),
    (AGREEMENT, "predicate: goal, value: {da: hurtigere hjælp, en: faster help}", "predicate: goal, value: {en: faster help}", "bad-value", 0, "value: 'da' is missing"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "old", "new", "code", "line", "told"), CASES, ids=lambda x: str(x)[:28])
def test_a_problem_stands_at_its_line(
    workspace: Path, path: str, old: str, new: str, code: str, line: int | str, told: str
) -> None:
    at = (workspace / path).read_text(encoding="utf-8").partition(old)[0].count("\n") + 1
    expected = int(line) if isinstance(line, str) else at + line
    change(workspace, path, old, new)
    found = [p for p in load(str(workspace)).problems if p.code == code]
    assert found, [str(p) for p in load(str(workspace)).problems]
    shown = "data/entities/things.yaml" if code == "duplicate-id" else path
    assert (found[0].path, found[0].line) == (shown, expected), str(found[0])
    assert told in found[0].message


@pytest.mark.parametrize("path", [ACTORS, AGREEMENT, "data/evidence/aftale-soebyen-2022-24.tsv"])
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"\x00" * 100,
        b"[" * 100_000,
        b"a: b",
        b"- a\n- b",
        b"null",
        "æ".encode("latin-1"),
        b"\t" * 1000,
    ],
)
def test_a_file_of_anything_is_problems_and_no_failure(workspace: Path, path: str, content: bytes) -> None:
    (workspace / path).write_bytes(content)
    load(str(workspace))


def test_the_line_of_a_problem_is_that_of_the_field_in_a_claim_of_many_lines(workspace: Path) -> None:
    change(workspace, AGREEMENT, "        unit: persons", "        unit: Personer!")
    problems = load(str(workspace)).problems
    assert [(p.line, p.code) for p in problems] == [(21, "bad-value")]


# where a text stands, and what is written there without quotes
UNQUOTED = [
    "0791",
    "791",
    "1e3",
    "12:30",
    "no",
    "yes",
    "1.10",
    "true",
    "~",
    "null",
    "2020-11-23",
    "0x1F",
    "1_000",
    ".inf",
]


@pytest.mark.parametrize("written", UNQUOTED)
def test_a_text_without_quotes_is_kept_letter_for_letter(workspace: Path, written: str) -> None:
    change(
        workspace,
        ACTORS,
        "aliases: [Søbyen]",
        f"aliases: [Søbyen, {written}]\n  abbreviations: [{written}]\n  note: {written}",
    )
    change(workspace, ACTORS, 'kommunekode: "0991"', f"kommunekode: {written}")
    change(
        workspace,
        AGREEMENT,
        "value: {da: hurtigere hjælp, en: faster help}",
        f"value: {{da: {written}, en: {written}}}",
    )
    change(
        workspace,
        AGREEMENT,
        "measure: {da: ventede mere end fire uger på en første samtale",
        f"measure: {{da: {written}",
    )
    loaded = load(str(workspace))
    assert loaded.problems == []
    entity = next(e for e in loaded.entities.values() if e.identifiers)
    assert (entity.aliases[-1], entity.abbreviations, entity.note) == (written, (written,), {"en": written})
    assert set(entity.identifiers.values()) == {written}
    goal = next(c.entry.value for c in loaded.claims if c.predicate == "goal")
    assert goal == Bilingual(da=written, en=written)
    assert written in {c.entry.measure.da for c in loaded.claims if c.entry.measure}
    texts = {q.object.value for q in quads(loaded) if isinstance(q.object, ox.Literal)}
    assert written in texts


@pytest.mark.parametrize("written", UNQUOTED)
def test_a_label_without_quotes_too(workspace: Path, written: str) -> None:
    change(workspace, ACTORS, "ida-strand: {", f"named-oddly: {{type: Person, label: {written}}}\nida-strand: {{")
    loaded = load(str(workspace))
    assert loaded.problems == []
    assert loaded.entities["named-oddly"].label == Bilingual(da=written, en=written)


@pytest.mark.parametrize("written", ["no", "true", "~", "1.10", "12:30", "1e3"])
@pytest.mark.parametrize("field", ["from", "role", "onBehalfOf"])
def test_where_no_text_belongs_it_is_refused_at_its_line(workspace: Path, field: str, written: str) -> None:
    change(workspace, AGREEMENT, 'from: 2023-22, at: "15"', f'{field}: {written}, at: "15"')
    loaded = load(str(workspace))
    assert [p.code for p in (*loaded.problems, *structure(loaded))] != [], written


def test_only_true_and_false_are_truth_values(workspace: Path) -> None:
    change(workspace, AGREEMENT, "document:", "document:\n  background: no")
    assert [str(p) for p in load(str(workspace)).problems] == [
        f"{AGREEMENT}:2: bad-value: background: is to be true or false, not 'no'"
    ]
