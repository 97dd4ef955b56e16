"""The file itself: its bytes, its policy, its words."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from synthetic import dataset

from samgraf.explorer import pyvis_network, write_page
from samgraf.explorer.drawing import HERE
from samgraf.explorer.gallery import gallery
from samgraf.explorer.kinds import FAMILIES, LOOKS
from samgraf.explorer.page import SCRIPTS, STYLES
from samgraf.network import layout, project

MAKE = "import sys; sys.path.insert(0, sys.argv[1]); from synthetic import dataset; from samgraf.explorer import write_page; write_page(sys.argv[2], **dataset(120), focus='region-0')"


@pytest.fixture(scope="module")
def page(pages):
    return pages["focus"].read_text(encoding="utf-8")


def test_the_same_input_gives_the_same_bytes_under_any_hash_seed(tmp_path):
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run(
            [sys.executable, "-c", MAKE, str(Path(__file__).parent), str(tmp_path / seed)], check=True, env=env
        )
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()


def test_it_is_written_whole_or_not_at_all(tmp_path, records):
    target = tmp_path / "page.html"
    target.write_text("old", encoding="utf-8")
    with pytest.raises(KeyError):
        write_page(target, **records, focus="nobody")
    assert target.read_text(encoding="utf-8") == "old"
    write_page(target, **records)
    assert [one.name for one in tmp_path.iterdir()] == ["page.html"]


def test_the_policy_lets_in_only_the_scripts_and_styles_by_hash(page):
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page).group(1).replace("&#39;", "'")
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    texts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL) + re.findall(
        r"<style>(.*?)</style>", page, re.DOTALL
    )
    assert len(texts) == 3
    for text in texts:
        assert base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() in policy


def test_nothing_is_fetched_from_anywhere(page):
    head = page[: page.index('<script type="application/json"')]
    assert not re.findall(r'(?:src|href)="(?!#)', head)
    assert "sourceMappingURL" not in page
    assert "@import" not in head
    assert "url(" not in head


def test_text_enters_only_as_text():
    for name in SCRIPTS:
        source = (HERE / "script" / f"{name}.js").read_text(encoding="utf-8")
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\(|new Function|\.style\s*=\s*[`'\"]", source
        ), name


def test_no_text_of_the_scripts_runs_over_the_end_of_a_line():
    for name in SCRIPTS:
        for number, line in enumerate((HERE / "script" / f"{name}.js").read_text(encoding="utf-8").splitlines(), 1):
            assert line.count("`") % 2 == 0, f"{name}.js:{number}"


def test_every_source_file_is_used():
    assert {one.stem for one in (HERE / "script").glob("*.js")} == set(SCRIPTS)
    assert {one.stem for one in (HERE / "page").glob("*.css")} == set(STYLES)


def test_words_are_complete_in_both_languages():
    words = json.loads((HERE / "page" / "words.json").read_text(encoding="utf-8"))
    sources = "".join((HERE / "script" / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)
    template = (HERE / "page" / "page.html.j2").read_text(encoding="utf-8")
    asked = set(re.findall(r"\bt\('([\w.]+)'", sources)) | set(re.findall(r"'([a-z]+\.[a-z.]+)'", sources)) & set(words)
    asked |= set(re.findall(r'words\["([\w.]+)"\]', template)) | set(
        re.findall(r'data-t(?:-\w+)?="([\w.]+)"', template)
    )
    assert asked <= set(words)
    for key, pair in words.items():
        assert set(pair) == {"da", "en"}, key
        assert all(pair.values()), key
        assert sorted(re.findall(r"\{\w+\}", pair["da"])) == sorted(re.findall(r"\{\w+\}", pair["en"])), key


def test_every_kind_has_a_look_of_its_own():
    assert len(set(LOOKS.values())) == len(LOOKS)
    assert {look.family for look in LOOKS.values()} == set(FAMILIES)
    style = (HERE / "page" / "base.css").read_text(encoding="utf-8")
    for family in FAMILIES:
        assert style.count(f"--family-{family}:") == 2, family


@pytest.mark.parametrize("size", [0, 1, 40])
def test_small_and_empty_graphs_make_a_page(tmp_path, size):
    data = dataset(40)
    data["entities"] = data["entities"][:size]
    write_page(tmp_path / "page.html", **data)
    assert (tmp_path / "page.html").stat().st_size > 400_000


def test_pyvis_stays_the_interface(records):
    network = project(records["entities"], records["claims"], records["predicates"], records["types"])
    drawing = pyvis_network(network, layout(network))
    assert drawing.num_nodes() == 300
    assert drawing.get_node("municipality-0")["label"].endswith("Kommune")
    assert drawing.num_edges() == len(network.edges)
    assert json.loads(drawing.get_network_data()[-1])["physics"] == {"enabled": False}


def test_coordinates_can_be_handed_in(tmp_path, records):
    places = {entity["id"]: (index, -index) for index, entity in enumerate(records["entities"])}
    write_page(tmp_path / "page.html", **records, layout=places)
    text = (tmp_path / "page.html").read_text(encoding="utf-8")
    data = json.loads(re.search(r'id="data">(.*?)</script>', text, re.DOTALL).group(1))
    at = data["nodes"]["id"].index(records["entities"][5]["id"])
    assert (data["nodes"]["x"][at], data["nodes"]["y"][at]) == (5, -5)


def test_results_of_queries_are_made_for_people(records):
    network = project(records["entities"], records["claims"], records["predicates"], records["types"])
    base = "https://w3id.org/samgraf/"
    query = {
        "name": "q", "title": {"da": "t", "en": "t"}, "description": {"da": "d", "en": "d"},
        "columns": ["actor", "label", "relation", "relationLabel", "role", "modality", "claim", "claims", "value", "empty"],
        "rows": [[f"{base}id/region-0", "Region", f"{base}ontology#hosts", "er vært for", f"{base}id/tovholder",
                  f"{base}ontology#proposed", f"{base}claim/d/1", 3, 2.5, None]],
    }  # fmt: skip
    [table] = gallery([query, {**query, "rows": []}], network, {})
    assert table["columns"] == ["actor", "relation", "role", "modality", "claims", "value"]
    assert table["rows"] == [
        [
            "region-0",
            {"da": "er vært for", "en": "hosts"},
            {"da": "Tovholder", "en": "Coordinator"},
            {"da": "foreslået", "en": "proposed"},
            3,
            2.5,
        ]
    ]
