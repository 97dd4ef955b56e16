"""A snapshot that is grown out of an earlier one is, quad for quad and row for row, what a build from nothing gives."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest

from samgraf.errors import DataError
from samgraf.store import build, following, growing, seal
from samgraf.store.opening import snapshot_folder

if TYPE_CHECKING:
    from collections.abc import Callable

ACTORS = "data/entities/actors.yaml"
AGREEMENT, MINUTES = (
    f"data/documents/{name}.yaml" for name in ("aftale-soebyen-2022-24", "referat-styregruppen-2023-05-04")
)
LETTER = """document: {id: brev, label: Brev, date: 2024-02}
sections:
  - heading: Om samarbejdet
    claims:
      - {subject: soebyen, predicate: collaboratesWith, object: region-oe, at: "1"}
      - {subject: aakirke, predicate: participatesIn, object: aaben-doer, role: chair, at: "1"}
"""
PASSAGE = f"at\tfirst_line\tlast_line\tstart\tend\tsha256\twords\n1\t1\t1\t0\t9\t{'0' * 64}\t\n"
RULE = """PREFIX sam: <https://w3id.org/samgraf/ontology#>
CONSTRUCT { ?a sam:standsFor ?b } WHERE { ?a sam:funnyWord ?b }
"""


def told(folder: str) -> dict[str, Any]:
    """Give all that a snapshot holds: quads, the rows of each table, and what it is made of."""
    store = ox.Store.read_only(str(Path(folder, "store")))
    found: dict[str, Any] = {"quads": sorted(store.dump(format=ox.RdfFormat.N_QUADS).splitlines())}
    db = sqlite3.connect(f"file:{Path(folder, 'index.sqlite')}?mode=ro&immutable=1", uri=True)
    db.execute("CREATE VIRTUAL TABLE temp.grams USING fts5vocab(main, near, instance)")
    tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    for table in ["temp.grams", *(t for t in tables if t == "near_name" or not t.startswith("near"))]:
        found[table] = sorted(map(repr, db.execute(f"SELECT * FROM {table}")))
    found["form"] = sorted(map(repr, db.execute("SELECT type, name, tbl_name, sql FROM sqlite_master")))
    db.close()
    kept = (Path(folder, name) for name in ("shards", "claims.json", "left-out"))
    return found | {path.name: path.read_bytes() if path.exists() else None for path in kept}


def change(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def add_letter(folder: Path) -> None:
    (folder / "data/documents/brev.yaml").write_text(LETTER, encoding="utf-8")
    (folder / "data/evidence/brev.tsv").write_text(PASSAGE, encoding="utf-8")


EDITS: dict[str, Callable[[Path], object]] = {
    "a heading": lambda w: change(w / AGREEMENT, "1. Fælles front", "1. Fælles fremskudt front"),
    "a word of a claim": lambda w: change(w / AGREEMENT, "hurtigere hjælp", "tidligere hjælp"),
    "a note": lambda w: change(w / MINUTES, "object: aakirke-by,", "object: aakirke-by, note: I salen,"),
    "a figure": lambda w: change(w / AGREEMENT, "value: 37", "value: 25.50"),
    "a passage": lambda w: change(w / AGREEMENT, 'at: "7"', 'at: ["7", "10"]'),
    "a date that a life span rests on": lambda w: change(w / AGREEMENT, "value: 2022/2024", "value: 2021/2025"),
    "who takes part": lambda w: change(
        w / AGREEMENT, "familiehuset, predicate: partic", "ungeklyngen, predicate: partic"
    ),
    "a document added": add_letter,
    "words of a passage": lambda w: change(w / "data/evidence/brev.tsv", f"{'0' * 64}\t\n", f"{'0' * 64}\t00ab 12cd\n"),
    "a claim moved to another's place": lambda w: change(w / MINUTES, "Status på Fælles", "Status for Fælles"),
    "a name": lambda w: change(w / ACTORS, "da: Region Ø", "da: Region Øerne"),
    "a person's name": lambda w: change(w / ACTORS, "Ida Strand", "Ida Maria Strand"),
    "an entity added": lambda w: change(w / ACTORS, "ida-strand:", "ny-person: {type: Person, label: Ny}\nida-strand:"),
    "a class": lambda w: change(w / ACTORS, "familiehuset: {type: Service", "familiehuset: {type: Unit"),
    "a document's date": lambda w: change(w / "data/documents/brev.yaml", "2024-02", "2023-02"),
    "a document with a problem": lambda w: change(w / MINUTES, "object: in-progress", "object: unheard-of"),
    "the problem mended": lambda w: change(w / MINUTES, "object: unheard-of", "object: in-progress"),
    "a claim with an id": lambda w: change(w / AGREEMENT, "predicate: targets,", "id: old, predicate: targets,"),
    "a claim that supersedes another document's": lambda w: change(
        w / "data/documents/brev.yaml", "role: chair, at", "supersedes: old, at"
    ),
    "a document removed": lambda w: (w / "data/documents/brev.yaml").unlink(),
    "an entity removed": lambda w: change(w / ACTORS, "ny-person: {type: Person, label: Ny}\n", ""),
    "nothing but a comment": lambda w: change(w / AGREEMENT, "sections:", "# now\nsections:"),
}
"""Edits made one after the other, each grown out of the snapshot before it."""


def anew(workspace: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Give what a build in an empty cache makes."""
    with monkeypatch.context() as other:
        other.setenv("SAMGRAF_CACHE", str(cache.with_name("empty")))
        found = told(snapshot_folder(str(workspace)))
        shutil.rmtree(cache.with_name("empty"))
    return found


def test_a_series_of_edits_gives_what_a_build_from_nothing_gives(
    workspace: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot_folder(str(workspace))
    for name, edit in EDITS.items():
        edit(workspace)
        with monkeypatch.context() as only:
            only.setattr(build, "_from_nothing", lambda *_: pytest.fail("it was built from nothing"))
            grown = told(snapshot_folder(str(workspace)))
        whole = anew(workspace, cache, monkeypatch)
        for part in grown.keys() | whole.keys():
            assert grown.get(part) == whole.get(part), (name, part)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("ontology/own.ttl", '@prefix sam: <https://w3id.org/samgraf/ontology#> . sam:Cluster sam:funnyWord "x" .'),
        ("ontology/rules/50-own.rq", RULE),
        ("ontology/lexicon.yaml", "synonyms:\n  - [hjælp, bistand]\n"),
    ],
)
def test_on_another_ground_all_is_built_from_nothing(
    workspace: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, path: str, text: str
) -> None:
    snapshot_folder(str(workspace))
    (workspace / path).parent.mkdir(parents=True, exist_ok=True)
    (workspace / path).write_text(text, encoding="utf-8")
    grown = []
    monkeypatch.setattr(growing, "_grown", lambda *given: grown.append(given) or False)
    assert told(snapshot_folder(str(workspace))) == anew(workspace, cache, monkeypatch)
    assert not grown


def test_the_ontology_is_ground_wherever_the_workspace_lies(
    workspace: Path, tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = Path(shutil.copytree(workspace, tmp_path / "other" / "data" / "documents" / "inner"))
    (inner / "ontology").mkdir()
    for word in ("one", "another"):
        (inner / "ontology" / "own.ttl").write_text(
            f'@prefix sam: <https://w3id.org/samgraf/ontology#> . sam:Cluster sam:funnyWord "{word}" .',
            encoding="utf-8",
        )
        assert told(snapshot_folder(str(inner))) == anew(inner, cache, monkeypatch)


def test_a_document_with_the_name_of_another_graph_is_never_grown(
    workspace: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot_folder(str(workspace))
    add_letter(workspace)
    for part, ending in (("documents", "yaml"), ("evidence", "tsv")):
        (workspace / f"data/{part}/brev.{ending}").rename(workspace / f"data/{part}/derived.{ending}")
    change(workspace / "data/documents/derived.yaml", "id: brev", "id: derived")
    assert told(snapshot_folder(str(workspace))) == anew(workspace, cache, monkeypatch)
    (workspace / "data/documents/derived.yaml").unlink()
    assert told(snapshot_folder(str(workspace))) == anew(workspace, cache, monkeypatch)


def test_where_much_is_other_than_before_all_is_built_from_nothing(
    workspace: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot_folder(str(workspace))
    monkeypatch.setattr(growing, "_FEW", 3)
    monkeypatch.setattr(growing, "_grown", lambda *_: pytest.fail("it was grown"))
    EDITS["a heading"](workspace)
    assert told(snapshot_folder(str(workspace))) == anew(workspace, cache, monkeypatch)


def test_more_claims_than_are_looked_up_at_once_are_written_all(
    workspace: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "_AT_ONCE", 2)
    snapshot_folder(str(workspace))
    EDITS["a word of a claim"](workspace)
    assert told(snapshot_folder(str(workspace))) == anew(workspace, cache, monkeypatch)


def test_with_rules_of_ones_own_what_follows_is_always_derived_anew(
    workspace: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (workspace / "ontology/rules").mkdir(parents=True)
    (workspace / "ontology/rules/96-own.rq").write_text(
        'PREFIX sam: <https://w3id.org/samgraf/ontology#> CONSTRUCT { ?c sam:note "!" } WHERE { ?c sam:section ?s }',
        encoding="utf-8",
    )
    snapshot_folder(str(workspace))
    EDITS["a heading"](workspace)
    assert told(snapshot_folder(str(workspace))) == anew(workspace, cache, monkeypatch)


def _flip(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "a bit in the store": lambda f: _flip(max((f / "store").glob("*.sst"), key=lambda p: p.stat().st_size), 99),
    "a bit in the index": lambda f: _flip(f / "index.sqlite", 5000),
    "a bit in the shards": lambda f: _flip(f / "shards", 100),
    "no shards": lambda f: (f / "shards").unlink(),
    "what the claims are": lambda f: (f / "claims.json").write_text("[]"),
    "no store": lambda f: shutil.rmtree(f / "store"),
    "no seal": lambda f: (f / "seal").unlink(),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_damaged_is_made_anew_and_never_believed(
    workspace: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    DAMAGES[damage](Path(snapshot_folder(str(workspace))))
    EDITS["a word of a claim"](workspace)
    assert told(snapshot_folder(str(workspace))) == anew(workspace, cache, monkeypatch)


def test_an_earlier_snapshot_stays_what_it_was(workspace: Path, cache: Path) -> None:
    first = snapshot_folder(str(workspace))
    before = told(first)
    for name in ("a heading", "a word of a claim", "who takes part"):
        EDITS[name](workspace)
        snapshot_folder(str(workspace))
    assert told(first) == before
    assert seal.whole(first, read=True)


def test_a_rule_that_cannot_be_run_is_told_when_a_snapshot_is_grown(workspace: Path, cache: Path) -> None:
    snapshot_folder(str(workspace))
    rules = workspace / "ontology" / "rules"
    rules.mkdir(parents=True)
    (rules / "96-own.rq").write_text("CONSTRUCT { ?a ?b } WHERE { ?a ?b ?c }", encoding="utf-8")
    with pytest.raises(DataError):
        snapshot_folder(str(workspace))
