"""Every export opens in its reader and says the same as the graph; the same graph gives the same bytes."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import networkx as nx
import openpyxl
import pyoxigraph as ox
import pytest
import rdflib
from tests.queries.golden import WORKSPACE, small_graph

from samgraf.errors import UnreachableError, UsageError
from samgraf.publish.exports import FORMATS, export, format_of, write
from samgraf.publish.exports.rdf import quads
from samgraf.publish.exports.tables import CLAIM_COLUMNS, safe
from samgraf.rdf.reading import read_claims, read_entities
from samgraf.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = """
formel: {type: Initiative, label: {da: "=HYPERLINK(\\"http://x\\")", en: "+1+2"}, aliases: ["@SUM(A1)", "-2", "\\tfane"], note: "<b>&amp;</b>"}
styretegn: {type: Municipality, label: {da: "Å\\u0001\\u001f\\ud7ff<&>\\"'", en: "]]> x"}, aliases: ["linje 1\\nlinje 2"]}
"""
CLAIMS = """
document: {id: fjendtlig, label: {da: "=1+1", en: "@x"}, background: true, source: "en prøve"}
sections:
  - heading: "-overskrift"
    claims:
      - {subject: styretegn, predicate: participatesIn, object: formel, note: "=cmd|' /C calc'!A0"}
      - {subject: formel, predicate: goal, value: {da: "@mål", en: "\\rretur"}}
      - {subject: formel, predicate: address, value: "+45"}
"""


@pytest.fixture(scope="module")
def graph() -> EmbeddedStore:
    return small_graph()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedStore:
    """A graph whose names are formulas, markup and control characters: `check` refuses it, an endpoint may hold it."""
    from samgraf.rdf.writing import quads as quads_of
    from samgraf.workspace import load

    folder = tmp_path_factory.mktemp("fjendtlig")
    for name, text in (("entities", HOSTILE), ("documents", CLAIMS)):
        (folder / "data" / name).mkdir(parents=True)
        (folder / "data" / name / "fjendtlig.yaml").write_text(text, encoding="utf-8")
    store = ox.Store()
    store.bulk_extend(quads_of(load(str(folder))))
    return EmbeddedStore(store)


@pytest.fixture(params=["graph", "hostile"])
def any_graph(request: pytest.FixtureRequest) -> EmbeddedStore:
    found: EmbeddedStore = request.getfixturevalue(request.param)
    return found


def test_turtle_is_the_union(any_graph: EmbeddedStore) -> None:
    read = rdflib.Graph().parse(data=export(any_graph, "ttl"), format="turtle")
    assert len(read) == len({quad.triple for quad in quads(any_graph)})


@pytest.mark.parametrize(
    ("form", "name", "syntax"),
    [
        ("trig", "trig", ox.RdfFormat.TRIG),
        ("nq", "nquads", ox.RdfFormat.N_QUADS),
        ("jsonld", "json-ld", ox.RdfFormat.JSON_LD),
    ],
)
def test_datasets_keep_every_quad(any_graph: EmbeddedStore, form: str, name: str, syntax: ox.RdfFormat) -> None:
    data = export(any_graph, form)
    assert set(ox.parse(data, format=syntax)) == set(quads(any_graph))
    read = rdflib.Dataset()
    read.parse(data=data, format=name)
    assert sum(1 for _ in read.quads((None, None, None, None))) == len(quads(any_graph))


def test_jsonld_is_compact(graph: EmbeddedStore) -> None:
    content = json.loads(export(graph, "jsonld"))
    assert content["@context"]["sam"] == "https://w3id.org/samgraf/ontology#"
    nodes = {node["@id"]: node for graph_ in content["@graph"] for node in graph_["@graph"]}
    assert "https://w3id.org" not in json.dumps([key for node in nodes.values() for key in node])
    assert nodes["id:fjordby"]["label"] == {"da": "Fjordby Kommune", "en": "Fjordby Municipality"}


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_networks_open_in_networkx(any_graph: EmbeddedStore, form: str) -> None:
    data = export(any_graph, form)
    read = (
        nx.read_graphml(io.BytesIO(data), force_multigraph=True)
        if form == "graphml"
        else nx.read_gexf(io.BytesIO(data))
    )
    claims = [claim for claim in read_claims(any_graph) if claim.object]
    assert set(read.nodes) == {entity.id for entity in read_entities(any_graph)}
    assert read.number_of_edges() == len(claims)
    assert read.is_directed()
    wanted = {(c.subject, c.object, c.predicate) for c in claims}
    assert {(s, o, data["predicate"]) for s, o, data in read.edges(data=True)} == wanted


def test_network_attributes(graph: EmbeddedStore) -> None:
    read = nx.read_graphml(io.BytesIO(export(graph, "graphml")), force_multigraph=True)
    assert read.nodes["fjordby"]["label_en"] == "Fjordby Municipality"
    hosting = next(d for _, _, d in read.edges(data=True) if d["predicate"] == "hosts")
    assert (hosting["role"], hosting["lines"], hosting["derived"]) == ("host", "8", False)
    involved = next(d for _, _, d in read.edges(data=True) if d["predicate"] == "involvedIn")
    assert (involved["label"], involved["derived"]) == ("er med i", True)


def test_csv_has_a_row_for_each_claim(graph: EmbeddedStore) -> None:
    data = export(graph, "csv")
    assert data.startswith(b"\xef\xbb\xbf")  # Excel knows UTF-8 by it
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert tuple(rows[0]) == CLAIM_COLUMNS
    claims = read_claims(graph)
    assert [row["id"] for row in rows] == [claim.id for claim in claims]
    post = next(row for row in rows if row["predicate"] == "holdsPost")
    assert post["role_da"] == "socialdirektør"
    assert (post["until"], post["document"], post["lines"]) == ("2020-12-31", "referat-fjordudvalget-2020-09-14", "3")
    start, end = map(int, post["chars"].split("-"))
    text = (WORKSPACE / "texts" / f"{post['document']}.txt").read_text(encoding="utf-8")
    assert text[start:end].startswith("Inger Holt er socialdirektør")


def test_no_cell_is_a_formula(hostile: EmbeddedStore) -> None:
    rows = list(csv.reader(io.StringIO(export(hostile, "csv").decode(), newline="")))
    book = openpyxl.load_workbook(io.BytesIO(export(hostile, "xlsx")))
    rows += [list(row) for sheet in book for row in sheet.iter_rows(values_only=True)]
    texts = [cell for row in rows for cell in row if isinstance(cell, str) and cell]
    assert not [text for text in texts if text[0] in "=+-@\t\r"]
    assert '\'=HYPERLINK("http://x")' in texts
    assert "'+45" in texts
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("=1", "'=1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@a", "'@a"),
        ("\ta", "'\ta"),
        ("\ra", "'\ra"),
        ("a=1", "a=1"),
        ("", ""),
        (-1, -1),
        (None, None),
    ],
)
def test_safe(cell: object, expected: object) -> None:
    assert safe(cell) == expected  # type: ignore[arg-type]


def test_workbook_has_three_sheets(graph: EmbeddedStore) -> None:
    book = openpyxl.load_workbook(io.BytesIO(export(graph, "xlsx")), read_only=True)
    assert book.sheetnames == ["claims", "entities", "documents"]
    claims = list(book["claims"].iter_rows(values_only=True))
    assert claims[0] == CLAIM_COLUMNS
    assert len(claims) - 1 == len(read_claims(graph))
    numbers = [row for row in claims[1:] if row[CLAIM_COLUMNS.index("predicate")] == "figure"]
    assert sorted(row[CLAIM_COLUMNS.index("value")] for row in numbers) == [12, 14, 80, 120]
    documents = {row[0]: row[-1] for row in book["documents"].iter_rows(values_only=True)}
    assert documents["aftale-fjordegnen-2020-22"] == 38


def test_workbook_bears_no_clock(graph: EmbeddedStore) -> None:
    with zipfile.ZipFile(io.BytesIO(export(graph, "xlsx"))) as book:
        assert {info.date_time for info in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"1980-01-01T00:00:00Z" in book.read("docProps/core.xml")


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_graph_gives_the_same_bytes(graph: EmbeddedStore, form: str) -> None:
    turned = ox.Store()
    turned.extend(sorted(graph.store, key=str, reverse=True))
    assert export(EmbeddedStore(turned), form) == export(graph, form)


def test_the_bytes_do_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    code = (
        "import sys; from samgraf.store.opening import open_store; from samgraf.publish.exports import FORMATS, export; import hashlib\n"
        "store = open_store(sys.argv[1])\n"
        "for form in FORMATS: print(form, hashlib.sha256(export(store, form)).hexdigest())"
    )
    found = set()
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "SAMGRAF_CACHE": str(tmp_path), "TZ": f"UTC-{seed}"}
        done = subprocess.run(
            [sys.executable, "-c", code, str(WORKSPACE)],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
        found.add(done.stdout)
    assert len(found) == 1


def test_a_file_is_written_whole_or_not_at_all(graph: EmbeddedStore, tmp_path: Path) -> None:
    path = tmp_path / "ny" / "graf.CSV"
    assert write(graph, str(path)) == path.stat().st_size
    assert path.read_bytes() == export(graph, "csv")
    with pytest.raises(UsageError):
        write(graph, str(tmp_path / "graf.docx"))
    (tmp_path / "fil").write_text("")
    with pytest.raises(UnreachableError):
        write(graph, str(tmp_path / "fil" / "graf.ttl"))
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["fil", "graf.CSV", "ny"]


def test_formats() -> None:
    assert [format_of(name) for name in ("a.ttl", "a.b.nq", "A.XLSX", "x.json", "x.turtle")] == [
        "ttl",
        "nq",
        "xlsx",
        "jsonld",
        "ttl",
    ]
    for name in ("a", "a.txt", "", ".ttl.", "ttl"):
        with pytest.raises(UsageError):
            format_of(name)
    with pytest.raises(UsageError):
        export(EmbeddedStore(ox.Store()), "pdf")


@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_graph_can_be_exported(form: str) -> None:
    assert isinstance(export(EmbeddedStore(ox.Store()), form), bytes)
