"""The networks for analysis: who is tied to whom, by what, and what the measures say."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import networkx as nx
import pandas as pd
import pytest
from click.testing import CliRunner
from IPython.core.interactiveshell import InteractiveShell
from tests.conftest import ROOT

import samgraf
from samgraf.cli.commands.network import command
from samgraf.errors import UsageError
from samgraf.model import Collaboration, Moment, Period
from samgraf.namespaces import ENTITY
from samgraf.views.network.projection import brokers, changes, constraints, grouped, measured, project, within

if TYPE_CHECKING:
    from pathlib import Path

ATTESTED = Moment("2021", "2021-01-01", "2021-12-31")


def row(
    actor: str, thing: str, *, modality: Any = "stated", until: str = "", since: str = "", **more: Any
) -> Collaboration:
    """Give a row of the table: an actor in a thing, directly."""
    start = Moment(since, since, since) if since else None
    end = Moment(until, until, until) if until else None
    given = {"collaborates": True, **more}
    return Collaboration(
        f"{actor} {thing}", actor, thing, thing, "", "", "direct", modality=modality,
        effective=Period(start, end, "stated"), attested=ATTESTED, **given,
    )  # fmt: skip


BRIDGE = [
    row(a, t) for t, actors in {"x": "abc", "y": "abc", "z": "cd", "v": "def", "w": "def"}.items() for a in actors
]


def test_two_are_tied_by_each_thing_that_both_are_in() -> None:
    graph = project(BRIDGE, "actors")
    assert graph["a"]["b"] == {"weight": 2, "shared": ["x", "y"]}
    assert graph["c"]["d"] == {"weight": 1, "shared": ["z"]}
    assert not graph.has_edge("a", "d")
    things = project(BRIDGE, "things")
    assert things["x"]["y"]["shared"] == ["a", "b", "c"]
    both = project(BRIDGE, "both")
    assert (both.number_of_nodes(), both.number_of_edges()) == (11, len(BRIDGE))


@pytest.mark.parametrize(
    "other",
    [
        row("b", "x", everybody=True),
        row("b", "x", modality="proposed"),
        row("b", "x", modality="expected"),
        row("b", "x", collaborates=False),
        row("b", "x", since="2023-01-01"),
    ],
)
def test_what_is_no_collaboration_makes_no_tie(other: Collaboration) -> None:
    first = row("a", "x", until="2022-12-31")
    assert project([first, row("b", "x")], "actors").number_of_edges() == 1
    assert project([first, other], "actors").number_of_edges() == 0


def test_nobody_is_tied_to_a_part_of_itself() -> None:
    rows = [row("a", "x"), row("b", "x"), row("c", "x")]
    assert sorted(project(rows, "actors", belonging={("b", "a")}).edges) == [("a", "c"), ("b", "c")]


def test_of_a_day_only_what_held_or_may_have() -> None:
    rows = [
        row("a", "x", since="2020-01-01", until="2020-12-31"),
        row("b", "x", since="2020-01-01", until="2020-12-31"),
    ]
    assert project(rows, "actors", "2020-06-01").number_of_edges() == 1
    assert project(rows, "actors", "2021-06-01").number_of_edges() == 0


def test_the_broker_is_found() -> None:
    """Between two close groups, those who tie them have the shortest ways, low constraint, and the groups are two."""
    graph = project(BRIDGE, "actors")
    rows = measured(graph)
    assert {n for n, r in rows.items() if r["betweenness"] > 0} == {"c", "d"}
    assert rows["c"]["betweenness"] == pytest.approx(0.6)
    assert (rows["c"]["degree"], rows["c"]["weight"]) == (3, 5)
    assert min(rows, key=lambda n: rows[n]["constraint"]) in {"c", "d"}
    groups = grouped(graph, rows)
    assert [(sorted(g["members"]), g["by"]) for g in groups] == [
        (["a", "b", "c"], ["x", "y"]),
        (["d", "e", "f"], ["v", "w"]),
    ]


def test_who_has_no_tie_has_no_constraint() -> None:
    assert measured(project([row("a", "x")], "actors"))["a"]["constraint"] is None
    assert measured(project([], "actors")) == {}


@pytest.fixture(scope="module")
def graph(shared_cache: Path) -> samgraf.Graph:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAMGRAF_CACHE", str(shared_cache))
        return samgraf.open()


def test_the_strength_is_what_the_list_of_collaborators_counts(
    graph: samgraf.Graph, shared_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One definition: the weight of a tie is the number that `samgraf collaborators` gives for what is stated."""
    monkeypatch.setenv("SAMGRAF_CACHE", str(shared_cache))
    told = graph.measures("actors")
    for name in ("skanderborg", "viborg", "region-midtjylland"):
        iri = ENTITY + name
        mine = {
            end: edge["weight"]
            for edge in told["edges"]
            for end, near in ((edge["to"], edge["from"]), (edge["from"], edge["to"]))
            if near == iri
        }
        listed = {a["iri"]: a["count"] for a in graph.collaborators(name)["answers"] if a["count"]}
        assert mine == listed
        assert mine


def test_the_constraint_is_that_of_networkx() -> None:
    graph = nx.gnm_random_graph(30, 120, seed=7)
    graph.add_node("alone")
    for number, (one, other) in enumerate(graph.edges):
        graph.edges[one, other]["weight"] = 1 + number % 5
    known = {node: value for node, value in nx.constraint(graph, weight="weight").items() if graph.degree(node)}
    assert constraints(graph) == pytest.approx(known)


def test_another_kind_is_refused(graph: samgraf.Graph) -> None:
    with pytest.raises(UsageError, match="'persons' is no network; there are actors, things, both"):
        graph.measures("persons")


def test_the_command(shared_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMGRAF_CACHE", str(shared_cache))
    shown = CliRunner().invoke(command, ["--most", "3", "--lang", "en"], standalone_mode=False)
    assert shown.return_value == 0
    for text in ("Central Denmark Region", "Betweenness", "more; all by --format csv", "Group 1: "):
        assert text in shown.output
    raw = CliRunner().invoke(command, ["--of", "things", "--format", "csv"], standalone_mode=False)
    rows = list(csv.DictReader(io.StringIO(raw.output)))
    assert {"iri", "label", "degree", "weight", "betweenness", "constraint", "community"} <= set(rows[0])


def test_who_leads_from_one_field_to_another() -> None:
    """By hand: a and b are only in the first (x, y), e and f only in the second (v, w); every way leads through c, then d."""
    rows = [*BRIDGE, row("c", "v"), row("d", "y")]
    found = brokers(rows, ({"x", "y"}, {"v", "w"}), None, ())
    assert set(found) == {"c", "d"}
    assert (found["c"]["first"], found["c"]["second"], found["d"]["first"], found["d"]["second"]) == (2, 1, 1, 2)
    # every one of the four pairs has two shortest ways, one through c and one through d
    assert {name: told["between"] for name, told in found.items()} == {"c": 0.5, "d": 0.5}
    assert brokers(BRIDGE, ({"x"}, {"w"}), None, ()) == {}


def test_of_a_thing_its_parts_count_too() -> None:
    rows = [row("a", "x"), row("b", "y")._replace(root="x"), row("c", "z")]
    assert [one.actor for one in within(rows, {"x"})] == ["a", "b"]


def test_what_has_changed_is_the_difference() -> None:
    now, before = measured(project(BRIDGE, "actors")), measured(project(BRIDGE[:-3], "actors"))
    before.pop("a")
    changes(now, before)
    assert (now["d"]["degree_change"], now["d"]["weight_change"]) == (0, now["d"]["weight"] - before["d"]["weight"])
    assert now["d"]["weight_change"] == 2
    assert now["a"]["weight_change"] == now["a"]["weight"]  # it was not there


def test_a_network_is_written_as_its_ending_says(graph: samgraf.Graph, tmp_path: Path) -> None:
    told = graph.measures("actors")
    for ending in ("csv", "parquet", "gexf"):
        graph.measures("actors", output=str(tmp_path / f"network.{ending}"))
    for table in (pd.read_csv(tmp_path / "network.csv"), pd.read_parquet(tmp_path / "network.parquet")):
        assert list(table["betweenness"]) == [node["betweenness"] for node in told["nodes"]]
    read = nx.read_gexf(tmp_path / "network.gexf", version="1.2draft")
    assert {frozenset((a, b)): d["weight"] for a, b, d in read.edges(data=True)} == {
        frozenset((e["from"].removeprefix(ENTITY), e["to"].removeprefix(ENTITY))): e["weight"] for e in told["edges"]
    }
    first = told["nodes"][0]
    assert read.nodes[first["iri"].removeprefix(ENTITY)]["betweenness"] == first["betweenness"]
    with pytest.raises(UsageError, match=r"is written as \.csv, \.parquet, \.gexf"):
        graph.measures("actors", output="network.txt")


def test_the_command_tells_brokers_and_changes(shared_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMGRAF_CACHE", str(shared_cache))
    fields = ["--between", "Den nære psykiatri", "Borgere med komplekse udfordringer"]
    shown = CliRunner().invoke(command, [*fields, "--format", "json"], standalone_mode=False)
    told = json.loads(shown.output)
    assert told["fields"] == fields[1:]
    assert all(node["first"] and node["second"] for node in told["nodes"])
    changed = CliRunner().invoke(command, ["--since", "2020", "--as-of", "2025", "--lang", "en"], standalone_mode=False)
    assert "± Ties" in " ".join(changed.output.split())


def test_the_notebook_of_the_documentation_runs(
    shared_cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From its first cell to its picture, in the shell that runs notebooks."""
    monkeypatch.setenv("SAMGRAF_CACHE", str(shared_cache))
    monkeypatch.chdir(tmp_path)
    notebook = json.loads((ROOT / "docs/examples/network.ipynb").read_text(encoding="utf-8"))
    shell = InteractiveShell()
    results = []
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            ran = shell.run_cell("".join(cell["source"]))
            ran.raise_error()
            results.append(ran.result)
    assert [len(table) > 0 for table in results if isinstance(table, pd.DataFrame)] == [True] * 4
    assert any("<iframe" in one._repr_html_() for one in results if hasattr(one, "_repr_html_"))
    assert (tmp_path / "network.gexf").stat().st_size > 1000
