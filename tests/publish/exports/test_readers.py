"""What the exports say to the programs that read them: DuckDB, pandas, and those that import pairs of CSV files."""

from __future__ import annotations

import builtins
import csv
import io
import json
import xml.etree.ElementTree as ET
from datetime import date
from typing import TYPE_CHECKING, Any

import duckdb
import networkx as nx
import openpyxl
import pandas as pd
import pytest
from tests.conftest import ROOT
from tests.queries.golden import small_graph

from samgraf.errors import UsageError
from samgraf.library import find
from samgraf.publish.exports import export, format_of, write
from samgraf.publish.exports.tables import CLAIM_COLUMNS
from samgraf.rdf.reading import read_claims, read_entities

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from samgraf.store.embedded import EmbeddedStore


@pytest.fixture(scope="module")
def graph() -> EmbeddedStore:
    return small_graph()


def test_duckdb_reads_the_parquet(graph: EmbeddedStore, tmp_path: Path) -> None:
    """Rows, modality and days are there, and days are days."""
    path = tmp_path / "claims.parquet"
    write(graph, str(path))
    claims = read_claims(graph)
    assert duckdb.sql(f"SELECT count(*) FROM '{path}'").fetchall() == [(len(claims),)]
    proposed = {c.id for c in claims if c.modality == "proposed"}
    found = duckdb.sql(f"SELECT id FROM '{path}' WHERE modality = 'proposed'").fetchall()
    assert {row[0] for row in found} == proposed
    assert proposed
    begun = {(c.id, c.effective.start.earliest) for c in claims if c.effective.start and c.effective.start.earliest}
    days = duckdb.sql(f"SELECT id, first_day FROM '{path}' WHERE first_day IS NOT NULL").fetchall()
    assert {(row[0], row[1].isoformat()) for row in days} == begun


def test_duckdb_finds_the_pairs_of_collaborators_that_the_graph_finds(
    graph: EmbeddedStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As docs/engines.md has it: the query's rows as Parquet, and the pairs from those."""
    monkeypatch.chdir(tmp_path)
    examples = ROOT / "docs" / "examples"
    (tmp_path / "collaborations.csv").write_bytes(
        graph.foreign((examples / "collaborations.rq").read_text(), rows="csv").body
    )
    duckdb.sql("COPY (FROM 'collaborations.csv') TO 'collaborations.parquet'")
    found = duckdb.sql((examples / "pairs.sql").read_text()).fetchall()
    rows = graph.select(find("collaboration-pairs").text)
    wanted = [(row[0].value, row[2].value, int(row[4].value)) for row in rows.rows]  # type: ignore[union-attr]
    assert len(found) > 10
    assert sorted(found) == sorted(wanted)


def test_pandas_reads_the_parquet(graph: EmbeddedStore) -> None:
    frame = pd.read_parquet(io.BytesIO(export(graph, "parquet")))
    assert set(frame.columns) == {*CLAIM_COLUMNS, "text"}
    numbers = {c.id: float(c.value) for c in read_claims(graph) if isinstance(c.value, int | float)}
    rows = frame[frame["value"].notna()]
    assert dict(zip(rows["id"], rows["value"], strict=True)) == numbers
    assert numbers


def test_without_the_extra_a_sentence_says_how_to_install_it(
    graph: EmbeddedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def absent(name: str, *rest: Any, **named: Any) -> Any:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", absent)
    with pytest.raises(UsageError, match=r"pip install 'samgraf\[parquet\]'"):
        export(graph, "parquet")


def test_nodes_and_edges_fit_together(graph: EmbeddedStore) -> None:
    """Each end of an edge is a node, under both programs' heads; no id comes twice; every claim between entities is there."""
    nodes = list(csv.DictReader(io.StringIO(export(graph, "nodes").decode())))
    edges = list(csv.DictReader(io.StringIO(export(graph, "edges").decode())))
    ids = [node[":ID"] for node in nodes]
    assert ids == sorted({entity.id for entity in read_entities(graph)})
    assert all(node[":ID"] == node["Id"] and node["Label"] and node[":LABEL"] for node in nodes)
    between = {c.id for c in read_claims(graph) if c.object is not None and {c.subject, c.object} <= set(ids)}
    assert {edge["id"] for edge in edges} == between
    for edge in edges:
        assert edge[":START_ID"] == edge["Source"] in ids
        assert edge[":END_ID"] == edge["Target"] in ids
        assert edge[":TYPE"]
        assert edge["modality"]
        assert edge["superseded:boolean"] in {"true", "false"}


def test_gephi_and_neo4j_find_their_heads(graph: EmbeddedStore) -> None:
    """No head twice, and those that a program looks for are spelled as it spells them."""
    for form, heads in (
        ("nodes", {":ID", ":LABEL", "Id", "Label"}),
        ("edges", {":START_ID", ":END_ID", ":TYPE", "Source", "Target", "Type", "Label"}),
    ):
        found = export(graph, form).decode().split("\r\n")[0].split(",")
        assert len(found) == len(set(found))
        assert heads <= set(found)


def test_the_names_of_the_pair() -> None:
    assert [format_of(n) for n in ("nodes.csv", "a/Edges.CSV", "claims.csv", "x.parquet")] == [
        "nodes", "edges", "csv", "parquet",
    ]  # fmt: skip


def test_a_danish_excel_opens_the_csv(graph: EmbeddedStore) -> None:
    """Semicolons, heads in Danish, every claim; and the same cells as the other CSV."""
    frame = pd.read_csv(io.BytesIO(export(graph, "csv-da")), sep=";", encoding="utf-8-sig", dtype=str)
    plain = pd.read_csv(io.BytesIO(export(graph, "csv")), encoding="utf-8-sig", dtype=str)
    assert {"id", "subjekt (dansk)", "gælder fra", "første dag", "linjer"} <= set(frame.columns)
    assert not {c for c in frame.columns if "_" in c}
    assert frame["sætning (dansk)"].tolist() == plain["sentence_da"].tolist()


def test_the_csv_on_the_web_file_describes_every_column(graph: EmbeddedStore) -> None:
    told = json.loads(export(graph, "csvw"))
    rows = list(csv.DictReader(io.StringIO(export(graph, "csv").decode("utf-8-sig"))))
    columns = told["tableSchema"]["columns"]
    assert [c["titles"] for c in columns] == list(rows[0])
    days = [c["name"] for c in columns if c.get("datatype") == "date"]
    assert {"first_day", "last_day"} <= set(days)
    for row in rows:
        for name in days:
            assert not row[name] or date.fromisoformat(row[name])
    assert len({row[told["tableSchema"]["primaryKey"]] for row in rows}) == len(rows)


def test_the_workbook_has_tables_days_and_links(graph: EmbeddedStore) -> None:
    book = openpyxl.load_workbook(io.BytesIO(export(graph, "xlsx")))
    for name in ("claims", "entities", "documents"):
        (table,) = book[name].tables.values()
        assert table.ref == book[name].dimensions
        assert table.autoFilter.ref == table.ref
        assert [c.name for c in table.tableColumns] == [c.value for c in book[name][1]]
    head = [c.value for c in book["claims"][1]]
    days = [row[head.index("first_day")] for row in book["claims"].iter_rows(min_row=2)]
    assert any(cell.is_date for cell in days)
    assert all(cell.value is None or cell.is_date for cell in days)
    head = [c.value for c in book["entities"][1]]
    links = [row[head.index("iri")] for row in book["entities"].iter_rows(min_row=2)]
    assert all(cell.hyperlink and cell.hyperlink.target == cell.value for cell in links)


GEXF, VIZ = "{http://www.gexf.net/1.2draft}", "{http://www.gexf.net/1.2draft/viz}"
SCHEMA: dict[str, tuple[set[str], set[str], set[str]]] = {
    "gexf": ({"version"}, {"variant"}, {"meta", "graph"}),
    "meta": (set(), {"lastmodifieddate"}, {"creator", "keywords", "description"}),
    "graph": (set(), {"timeformat", "start", "startopen", "end", "endopen", "defaultedgetype", "idtype", "mode"}, {"attributes", "nodes", "edges"}),
    "attributes": ({"class"}, {"mode", "start", "startopen", "end", "endopen"}, {"attribute"}),
    "attribute": ({"id", "title", "type"}, set(), {"default", "options"}),
    "nodes": (set(), {"count"}, {"node"}),
    "node": ({"id"}, {"label", "start", "startopen", "end", "endopen", "pid"}, {"attvalues", "spells", "nodes", "edges", "parents", "color", "position", "size", "shape"}),
    "edges": (set(), {"count"}, {"edge"}),
    "edge": ({"id", "source", "target"}, {"start", "startopen", "end", "endopen", "type", "label", "weight"}, {"attvalues", "spells", "color", "thickness", "shape"}),
    "attvalues": (set(), set(), {"attvalue"}),
    "attvalue": ({"for", "value"}, {"start", "startopen", "end", "endopen"}, set()),
    "color": ({"r", "g", "b"}, {"a", "start", "startopen", "end", "endopen"}, {"spells"}),
    "position": ({"x", "y", "z"}, {"start", "startopen", "end", "endopen"}, {"spells"}),
    "creator": (set(), set(), set()),
}  # fmt: skip
"""What the schema of GEXF 1.2draft lets an element have: attributes that it must and may have, and its children (gexf.net/1.2draft).

No package of PyPI or Debian brings the schema, neither this one nor that of 1.3, which networkx cannot read; so what it demands of
the elements that we write is checked by hand: names, children, and the forms of values.
"""


def number(least: float, most: float) -> Callable[[str], bool]:
    return lambda text: least <= float(text) <= most


INFINITE = float("inf")
FORMS: dict[tuple[str, str], Callable[[str], bool]] = {
    ("gexf", "version"): {"1.2"}.__contains__,
    ("graph", "defaultedgetype"): {"directed", "undirected", "mutual"}.__contains__,
    ("graph", "mode"): {"static", "dynamic"}.__contains__,
    ("graph", "timeformat"): {"integer", "double", "date", "dateTime"}.__contains__,
    ("attributes", "class"): {"node", "edge"}.__contains__,
    ("attributes", "mode"): {"static", "dynamic"}.__contains__,
    ("attribute", "type"): {
        "integer",
        "long",
        "double",
        "float",
        "boolean",
        "liststring",
        "string",
        "anyURI",
    }.__contains__,
    ("edge", "type"): {"directed", "undirected", "mutual"}.__contains__,
    ("edge", "weight"): number(-INFINITE, INFINITE),
    **{("color", channel): lambda text: text.isdigit() and int(text) <= 255 for channel in "rgb"},
    ("color", "a"): number(0, 1),
    **{("position", axis): number(-INFINITE, INFINITE) for axis in "xyz"},
}
"""What the schema lets an attribute be, by its element."""
LEXICAL: dict[str, Callable[[str], bool]] = {
    "boolean": {"true", "false"}.__contains__,
    "integer": lambda text: text.lstrip("-").isdigit(),
    "long": lambda text: text.lstrip("-").isdigit(),
    "float": number(-INFINITE, INFINITE),
    "double": number(-INFINITE, INFINITE),
    "string": lambda text: True,
}


def test_gexf_keeps_to_its_schema(graph: EmbeddedStore) -> None:
    root = ET.fromstring(export(graph, "gexf"))  # noqa: S314  (our own)
    for element in root.iter():
        name = element.tag.rpartition("}")[2]
        must, may, children = SCHEMA[name]
        given = {key for key in element.attrib if not key.startswith("{")}
        assert must <= given <= must | may, name
        for key in given:
            assert FORMS.get((name, key), LEXICAL["string"])(element.get(key) or ""), (name, key, element.get(key))
        assert {child.tag.rpartition("}")[2] for child in element} <= children, name
    assert (root.tag, root.get("version")) == (GEXF + "gexf", "1.2")
    declared = {a.get("id"): (c.get("class"), a.get("type")) for c in root.iter(GEXF + "attributes") for a in c}
    assert {kind for _, kind in declared.values()} <= {"string", "boolean", "float", "integer", "double", "long"}
    ids = {node.get("id") for node in root.iter(GEXF + "node")}
    assert len(ids) == len(list(root.iter(GEXF + "node")))
    edges = list(root.iter(GEXF + "edge"))
    assert len({edge.get("id") for edge in edges}) == len(edges)
    for edge in edges:
        assert {edge.get("source"), edge.get("target")} <= ids
    for kind in ("node", "edge"):
        for element in root.iter(GEXF + kind):
            for value in element.iter(GEXF + "attvalue"):
                about, form = declared[value.get("for")]
                assert about == kind
                assert LEXICAL[form or ""](value.get("value") or ""), (form, value.get("value"))
            for end in ("start", "end"):
                assert element.get(end) is None or date.fromisoformat(element.get(end) or "")


def test_gexf_has_the_colours_of_the_explorer_and_a_place_for_every_node(graph: EmbeddedStore) -> None:
    root = ET.fromstring(export(graph, "gexf"))  # noqa: S314  (our own)
    places = [(p.get("x"), p.get("y")) for p in root.iter(VIZ + "position")]
    nodes = list(root.iter(GEXF + "node"))
    assert len(places) == len(set(places)) == len(nodes)
    colours = {
        n.get("id"): tuple(n.find(VIZ + "color").get(c) for c in "rgb")
        for n in nodes
        if n.find(VIZ + "color") is not None
    }
    assert colours["fjordby"] == colours["klitby"] != colours["inger-holt"]
    assert len(colours) == len(nodes)


def test_graphml_bears_every_mark(graph: EmbeddedStore) -> None:
    """By networkx, as a multigraph whose keys are the claims': modality, state, period, source and kind of all."""
    read = nx.read_graphml(io.BytesIO(export(graph, "graphml")), force_multigraph=True)
    claims = {c.id: c for c in read_claims(graph) if c.object is not None}
    edges = {key: data for _, _, key, data in read.edges(keys=True, data=True)}
    assert set(edges) == set(claims)
    for key, claim in claims.items():
        found = edges[key]
        assert (found["modality"], found["derived"], found["superseded"]) == (
            claim.modality,
            claim.derived,
            bool(claim.superseded_by),
        )
        assert found["basis"] == (claim.effective.basis or "")
        assert found["document"] or claim.derived
    assert {edge["modality"] for edge in edges.values()} >= {"stated", "proposed"}
