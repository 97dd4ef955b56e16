"""The file itself: its bytes, its policy, its words."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import lzma
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from made import made

from samgraf.errors import DataError
from samgraf.publish.explorer import pyvis_network, read_story, story, write_page
from samgraf.publish.explorer.drawing import HERE
from samgraf.publish.explorer.gallery import NODE, TEXT, Gallery
from samgraf.publish.explorer.modules import module_names
from samgraf.publish.explorer.page import MAIN, STYLES
from samgraf.publish.explorer.payload import payload
from samgraf.publish.explorer.story import story_names
from samgraf.publish.explorer.tables import Table, Times
from samgraf.vocabulary.reading import read_vocabulary

ROOT = Path(__file__).resolve().parents[3]
VIEWS = story._CHOICES["v"]
SCRIPTS = module_names(HERE / "script", MAIN)
MAKE = "import sys; sys.path.insert(0, sys.argv[1]); from made import made; from samgraf.publish.explorer import write_page; write_page(sys.argv[2], made(120), focus='municipality-0')"


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


def test_it_is_written_whole_or_not_at_all(tmp_path, sources):
    target = tmp_path / "page.html"
    target.write_text("old", encoding="utf-8")
    with pytest.raises(KeyError):
        write_page(target, sources, focus="nobody")
    assert target.read_text(encoding="utf-8") == "old"
    write_page(target, sources)
    assert [one.name for one in tmp_path.iterdir()] == ["page.html"]


def unpacked(page, name):
    """The text that stands packed in an element of the page, unpacked by Python's own LZMA."""
    size, packed = re.search(rf'id="{name}" data-size="(\d+)">(.*?)</script>', page).groups()
    filters = [{"id": lzma.FILTER_LZMA1, "lc": 3, "lp": 0, "pb": 0, "preset": 9}]
    text = lzma.decompress(base64.b64decode(packed), lzma.FORMAT_RAW, filters=filters)
    assert len(text) == int(size)
    return text.decode()


def test_the_policy_lets_in_only_the_scripts_and_styles_by_hash(page):
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page).group(1).replace("&#39;", "'")
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    texts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL) + re.findall(
        r"<style>(.*?)</style>", page, re.DOTALL
    )
    assert len(texts) == 2
    texts.append(unpacked(page, "packed-vis"))
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
        source = (HERE / "script" / f"{name}.mjs").read_text(encoding="utf-8")
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\(|new Function|\.style\s*=\s*[`'\"]", source
        ), name


def test_no_text_of_the_scripts_runs_over_the_end_of_a_line():
    for name in SCRIPTS:
        for number, line in enumerate((HERE / "script" / f"{name}.mjs").read_text(encoding="utf-8").splitlines(), 1):
            assert line.count("`") % 2 == 0, f"{name}.mjs:{number}"


def test_every_source_file_is_used():
    assert {one.stem for one in (HERE / "script").glob("*")} == set(SCRIPTS)
    assert {one.stem for one in (HERE / "page").glob("*.css")} == set(STYLES)


def test_words_are_complete_in_both_languages_and_each_is_used():
    words = json.loads((HERE / "page" / "words.json").read_text(encoding="utf-8"))
    sources = "".join((HERE / "script" / f"{name}.mjs").read_text(encoding="utf-8") for name in SCRIPTS)
    template = (HERE / "page" / "page.html.j2").read_text(encoding="utf-8")
    asked = set(re.findall(r"\b(?:t|counted)\(\s*'([\w.]+)'", sources))
    asked |= set(re.findall(r'words\["([\w.]+)"\]', template)) | set(
        re.findall(r'data-t(?:-\w+)?="([\w.]+)"', template)
    )
    assert asked <= set(words)
    begun = (*re.findall(r"`([\w.]+\.)\$\{", sources), "view.", "csv.")
    named = {key for key in words if re.search(rf"['\"]{re.escape(key)}['\"]", sources + template)} | {"page.title"}
    assert {key for key in words if key not in named and not key.startswith(begun)} == set()
    made = {
        "view": VIEWS,
        "compare": "abc",
        "filters": ["agreement", "area"],
    }  # these beginnings are of many other words too
    for begin, ends in made.items():
        others = {key for key in words if key.startswith(f"{begin}.") and key not in named}
        assert others <= {f"{begin}.{end}" for end in ends}, begin
    for key, pair in words.items():
        assert set(pair) == {"da", "en"}, key
        assert all(pair.values()), key
        assert sorted(re.findall(r"\{\w+\}", pair["da"])) == sorted(re.findall(r"\{\w+\}", pair["en"])), key


def test_every_column_of_the_ready_made_look_ups_has_words(builtin_sources):
    words = json.loads((HERE / "page" / "words.json").read_text(encoding="utf-8"))
    names = {
        one for query in payload(builtin_sources)[1]["queries"] for one in query["columns"] if isinstance(one, str)
    }
    assert [one for one in sorted(names) if f"column.{one}" not in words] == []


def test_every_family_of_looks_has_a_colour_in_both_schemes_and_every_class_a_look_of_its_own():
    vocabulary = read_vocabulary(None)
    style = (HERE / "page" / "base.css").read_text(encoding="utf-8")
    for look in vocabulary.looks:
        assert style.count(f"--family-{look.removeprefix('look-')}:") == 2, look
    marks = [(one.look, one.mark) for one in vocabulary.classes.values() if one.look and not one.qualifier]
    assert len(set(marks)) == len(marks)


@pytest.mark.parametrize("size", [1, 20])
def test_small_and_empty_graphs_make_a_page(tmp_path, size):
    sources = made(size)
    write_page(tmp_path / "page.html", sources)
    nothing = sources._replace(entities=(), claims=(), documents=(), collaborations=(), queries=())
    write_page(tmp_path / "empty.html", nothing)
    assert (tmp_path / "page.html").stat().st_size > (tmp_path / "empty.html").stat().st_size > 200_000


def test_the_page_of_the_built_in_graph_is_of_a_size_to_send(builtin_page):
    assert builtin_page.stat().st_size <= 1_100_000
    assert len(gzip.compress(builtin_page.read_bytes(), 9)) <= 300_000


def test_pyvis_stays_the_interface_of_the_network(sources):
    drawing = pyvis_network(sources)
    rows = [one for one in sources.collaborations if one.collaborates and not one.everybody]
    assert {node["id"] for node in drawing.nodes} <= {row.actor for row in rows}
    assert drawing.num_edges() > 100
    one = drawing.edges[0]
    shared = {row.root for row in rows if row.actor == one["from"]} & {
        row.root for row in rows if row.actor == one["to"]
    }
    assert one["value"] == len(shared)
    assert json.loads(drawing.get_network_data()[-1])["physics"]["enabled"] is False


def test_results_of_queries_are_made_for_people():
    base = "https://w3id.org/samgraf/"
    query = {
        "name": "q", "title": {"da": "t", "en": "t"}, "description": {"da": "d", "en": "d"},
        "columns": ["actor", "label", "relation", "relationLabel", "role", "claim", "claims", "value", "empty"],
        "rows": [[f"{base}id/region-0", "Region", f"{base}ontology#hosts", "er vært for", f"{base}id/tovholder", f"{base}claim/d/1", 3, 2.5, None]],
    }  # fmt: skip
    terms = {"hosts": {"da": "er vært for", "en": "hosts"}, "tovholder": {"da": "Tovholder"}}
    nodes, times, texts = Table(), Times(Table()), Table()
    nodes.number("region-0")
    [table] = Gallery(nodes, times, texts, terms).tables([query, {**query, "rows": []}])
    assert table["columns"] == ["actor", "relation", "role", "claims", "value"]
    assert table["rows"] == [[[NODE, 0], [TEXT, 0], [TEXT, 1], 3, 2.5]]
    assert texts.rows == [["er vært for", "hosts"], "Tovholder"]


STORY = """- state: v=partners&f=viborg
  title: {da: Partnere, en: Partners}
  text: Hvem
- title: Alt
"""


def test_a_story_is_read_step_by_step(tmp_path):
    path = tmp_path / "story.yaml"
    path.write_text(STORY, encoding="utf-8")
    first, second = read_story(str(path), {"viborg"})
    assert (first.state, first.title["en"], first.text["en"]) == ("v=partners&f=viborg", "Partners", "Hvem")
    assert (second.state, second.title["da"]) == ("", "Alt")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("- title: a\n  stat: v=x\n", [(2, "no 'stat'")]),
        ("- state: f=nobody\n  title: a\n- text: b\n", [(1, "'nobody' is no entity"), (3, "no title")]),
        ("- title: a\n  state: https://x/y\n", [(2, "is not what stands after #")]),
        ("- title: a\n  state: zz=1\n", [(2, "no part 'zz'")]),
        ("- title: a\n  state: v=nowhere\n", [(2, "v is one of matrix, partners")]),
        ("- title: a\n  state: v=changes&t=2021&e=yes\n", [(2, "t cannot be '2021'"), (2, "e is one of 0, 1")]),
        (
            "- title: a\n  state: v=network&x=Thyme&q=nothing\n",
            [(2, "'Thyme' is no name"), (2, "'nothing' is no name")],
        ),
        ("- title: {da: Hvem?, en: Who?}\n", [(1, "stands in quotes")]),
        ("- just text\n", [(1, "a step is a mapping")]),
        ("steps: 3\n", [(1, "a story is a list")]),
        ("- title: [\n", [(2, "")]),
    ],
)
def test_a_wrong_story_is_told_by_line(tmp_path, text, found):
    path = tmp_path / "story.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_story(str(path), {"viborg"}, {"x": {"Theme"}, "q": {"most-connected"}})
    told = [(one.line, one.message) for one in caught.value.problems]
    assert len(told) == len(found)
    for (line, message), (wanted, part) in zip(told, found, strict=True):
        assert line == wanted
        assert part in message


def test_the_story_of_the_documentation_can_be_told(tmp_path, builtin_sources):
    text = (ROOT / "docs" / "explorer.md").read_text(encoding="utf-8")
    lines = text.partition("### A story")[2].partition("`state` is what")[0].splitlines()
    path = tmp_path / "story.yaml"
    path.write_text("\n".join(line[4:] for line in lines if line.startswith("    ")), encoding="utf-8")
    steps = read_story(str(path), {e.id for e in builtin_sources.entities}, story_names(builtin_sources))
    assert [step.state for step in steps] == ["v=partners&f=viborg", "v=changes"]


def test_a_story_knows_every_part_of_the_pages_address():
    text = (Path(story.__file__).parent / "script" / "state.mjs").read_text(encoding="utf-8")
    parts = text.partition("const PARTS = {")[2].partition("\n};")[0]
    assert set(re.findall(r"^  (\w+): ", parts, re.MULTILINE)) - {"step", "embed"} == story._PARTS
    views = re.search(r"VIEWS = \[(.*?)\]", text)[1]
    sorts = re.search(r"SORTS = \{(.*?)\};", text)[1]
    assert re.findall(r"'(\w+)'", views) == story._CHOICES["v"]
    assert re.findall(r"'(\w+)'", sorts) == [one for part in "ouz" for one in story._CHOICES[part]]
