"""One thing however its name is written, at every door: `show`, an endpoint, a question, a draft, an anchor."""

from __future__ import annotations

import shutil
import unicodedata
from typing import TYPE_CHECKING

import pytest

from samgraf.ask.mentions import read
from samgraf.errors import UsageError
from samgraf.ingest.knowing import Known
from samgraf.ingest.wordlists import Classes
from samgraf.library.resolving import _by_query, by_folder
from samgraf.namespaces import ENTITY
from samgraf.store.ground import Ground
from samgraf.store.opening import open_store
from samgraf.workspace import load
from samgraf.workspace.spans import find_passage
from samgraf.workspace.structure import structure
from tests.conftest import SMALL

if TYPE_CHECKING:
    from pathlib import Path

    from samgraf.library.binding import Resolve

THINGS = """
zz-person: {type: Person, label: Åse Bo Højlund}
zz-other: {type: Person, label: Bent Quist}
zz-third: {type: Person, label: Birgit Quist}
zz-group: {type: Initiative, label: Voksencirklen}
zz-team: {type: Initiative, label: Nærteam Søby-Øst}
zz-town: {type: Municipality, label: Søby Kommune, identifiers: {kommunekode: "0998"}}
"""
SPELLINGS = [
    ("zz-person", "Åse Bo Højlund"),
    ("zz-person", "åse bo højlund"),
    ("zz-person", unicodedata.normalize("NFD", "Åse Bo Højlund")),
    ("zz-person", "Aase Bo Hoejlund"),
    ("zz-person", "Ase Bo Hojlund"),
    ("zz-person", "Åse Bo Høj\u00adlund"),
    ("zz-person", "\ufeffÅse\u200b Bo Højlund\u200e"),
    ("zz-person", "Højlund, Åse Bo"),
    ("zz-person", "Å. Højlund"),
    ("zz-person", "Å.B. Højlund"),
    ("zz-person", "Å B Højlund"),
    ("zz-person", "Højlund, Å."),
    ("zz-group", "Voksen-cirklen"),
    ("zz-group", "voksen cirklen"),
    ("zz-group", "Voksen\u00adcirklen"),
    ("zz-town", "0998"),
    ("zz-team", "Nærteam Søby Øst"),
    ("zz-team", "nærteam søbyøst"),
    ("zz-team", unicodedata.normalize("NFD", "NÆRTEAM SØBY-ØST")),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("names") / "søby"
    shutil.copytree(SMALL, place)
    (place / "data/entities/zz.yaml").write_text(THINGS, encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def resolve(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Resolve:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAMGRAF_CACHE", str(tmp_path_factory.mktemp("cache")))
        return by_folder(open_store(str(folder)).folder)


@pytest.mark.parametrize(("thing", "name"), SPELLINGS)
def test_a_name_is_found_at_every_door(folder: Path, resolve: Resolve, thing: str, name: str) -> None:
    assert resolve(name) == ENTITY + thing
    if not name.startswith("Å.") and "Å B" not in name and not name.endswith("Å."):
        assert _by_query(open_store(str(folder)), name) == ENTITY + thing  # where there is no index
    asked = read(f"Hvad er {name}?", Ground(open_store(str(folder)).folder), "da", str(folder))
    assert any(bearer == thing for mention in asked.names for bearer, _ in mention.bearers)
    workspace = load(str(folder))
    kind = workspace.entities[thing].types[0]
    match = Known(workspace, Classes(str(folder))).find(name, kind)
    assert thing in (match.id, *match.like)


def test_what_two_may_be_is_asked_about(folder: Path, resolve: Resolve) -> None:
    with pytest.raises(UsageError, match=r"several: zz-other .*zz-third"):
        resolve("B. Quist")
    assert resolve("Quist, Bent") == ENTITY + "zz-other"


@pytest.mark.parametrize("label", ["\u200b", "\u00ad\u2060", "\u3164", " \u00a0 ", "\u202e\u200f"])
def test_a_name_that_nobody_sees_is_refused(folder: Path, tmp_path: Path, label: str) -> None:
    place = tmp_path / "own"
    shutil.copytree(folder, place)
    (place / "data/entities/unseen.yaml").write_text(f"\nx: {{type: Person, label: '{label}'}}\n", encoding="utf-8")
    workspace = load(str(place))
    told = [str(p) for p in (*workspace.problems, *structure(workspace))]
    assert {t.split(": ")[0] for t in told} == {"data/entities/unseen.yaml:2"}
    assert "is empty" in told[0]


@pytest.mark.parametrize(
    ("text", "at", "passage"),
    [
        ("et\nVoksen\u00adcirklen mødtes.\n", "2 Voksencirklen", "Voksen\u00adcirklen"),
        ("Region\u00a0 Midt skrev", "1 Region Midt", "Region\u00a0 Midt"),
        (unicodedata.normalize("NFD", "på Ærø år 1"), "på Ærø", unicodedata.normalize("NFD", "på Ærø")),
        ("på Ærø", "1 " + unicodedata.normalize("NFD", "på") + " … Ærø", "på Ærø"),
        ("x y\nx\u200b y", "1 x y", "x y"),
    ],
)
def test_an_anchor_is_found_as_it_is_read(text: str, at: str, passage: str) -> None:
    found = find_passage("d", text, at)
    assert text[found.start : found.end] == passage
