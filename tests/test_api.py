"""The Python API: its examples run, and it is one graph in four forms."""

from __future__ import annotations

import doctest
import inspect
from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from rdflib import RDF, URIRef

import samgraf
from samgraf import api
from samgraf.errors import DataError, QueryError, UnknownNameError, UpdateRefusedError, UsageError
from samgraf.namespaces import ENTITY, SAM
from tests.queries.golden import WORKSPACE

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def graph(cache: Path) -> samgraf.Graph:
    return samgraf.open(str(WORKSPACE))


def test_the_examples_run(shared_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMGRAF_CACHE", str(shared_cache))
    rooms = [import_module(f"samgraf.api.{name}") for name in ("graph", "reading", "telling", "querying", "forms")]
    outcomes = [doctest.testmod(room) for room in (api, *rooms)]
    assert all(outcome.attempted > 1 for outcome in outcomes)
    assert not any(outcome.failed for outcome in outcomes)


_ELSEWHERE = {
    "workspace": "samgraf.open",
    "own": "samgraf.open",
    "store": "samgraf.open",
    "strict": "samgraf.open raises DataError by the same variable",
    "timeout": "the variable SAMGRAF_TIMEOUT",
    "format_": "what is printed; the method gives the data",
    "show_sparql": "what is printed; the reply has it",
    "explain": "what is printed; the reply has it",
}
_NAMED_OTHERWISE = {
    ("query", "query"): "query", ("query", "parameters"): "parameters", ("query", "as_of"): "parameters", ("query", "lang"): "parameters",
    ("queries", "name"): "samgraf.api.named", ("queries", "lang"): "every language is there", ("initiatives", "involving"): "name",
    ("meetings", "involving"): "name", ("collaborators", "involving"): "name", ("path", "number"): "most", ("explore", "output"): "path",
    ("explore", "passages"): "documents", ("explore", "show"): "the page itself is given",
}  # fmt: skip
_COMMANDS = (
    "ask", "initiatives", "collaborators", "meetings", "show", "path", "timeline", "brief", "explore", "query", "queries",
    "claims", "export", "terms", "diff",
)  # fmt: skip


@pytest.mark.parametrize("name", _COMMANDS)
def test_a_method_takes_what_its_command_takes(name: str) -> None:
    command = import_module(f"samgraf.cli.commands.{name}").command
    taken = set(inspect.signature(getattr(samgraf.Graph, name)).parameters)
    asked = {p.name for p in command.params if p.name not in _ELSEWHERE and (name, p.name) not in _NAMED_OTHERWISE}
    assert asked <= taken, asked - taken
    assert {"workspace", "store", "own"} == set(inspect.signature(samgraf.open).parameters)


def test_public_names() -> None:
    assert samgraf.__all__ == ["Graph", "SamgrafError", "__version__", "open"]
    assert {name: getattr(samgraf, name) is not None for name in samgraf.__all__} == dict.fromkeys(
        samgraf.__all__, True
    )
    with pytest.raises(AttributeError):
        _ = samgraf.nothing


def test_one_graph_in_four_forms(graph: samgraf.Graph) -> None:
    claims = graph.claims()
    assert len(claims) > len(graph.claims(derived=False)) == 65
    assert graph.query("SELECT (COUNT(?c) AS ?n) WHERE { { ?c a sam:Claim } UNION { ?c a sam:DerivedClaim } }") == [
        {"n": len(claims)}
    ]
    dataset = graph.dataset()
    assert len(list(dataset.triples((None, RDF.type, URIRef(SAM + "Claim"))))) == 65
    assert len(list(dataset.query("SELECT ?c WHERE { ?c a sam:Claim }"))) == 65
    network = graph.network()
    assert network.number_of_edges() == sum("iri" in claim["object"] for claim in claims)
    assert len(network) == len(graph.entities())
    assert len(graph.store) > 1000


def test_it_only_reads(graph: samgraf.Graph) -> None:
    node = URIRef(ENTITY + "x")
    with pytest.raises((RuntimeError, OSError, ValueError)):
        graph.dataset().add((node, RDF.type, node))
    with pytest.raises(UpdateRefusedError):
        graph.query("INSERT DATA { id:x a sam:Person }")


def test_rows_are_python_values(graph: samgraf.Graph) -> None:
    rows = graph.query("figures", about="Aftencafeen", kind="capacity", lang="en")
    assert [(row["value"], row["unitLabel"], row["from"]) for row in rows] == [
        (12, "places", None),
        (14, "places", None),
    ]
    members = graph.query("members-of-body", body="Klitklyngen", asOf="2021-04-01")
    assert [(row["label"], row["complete"]) for row in members] == [
        ("Fjordby Sygehus", False),
        ("Klitby Kommune", False),
        ("Strandby Kommune", False),
    ]
    assert graph.query("ASK { ?x a sam:Person }") == [{"answer": True}]
    assert graph.query("CONSTRUCT { id:a a ?t } WHERE { id:fjordby sam:primaryType ?t }") == [
        {"subject": ENTITY + "a", "predicate": str(RDF.type), "object": SAM + "Municipality"}
    ]
    assert graph.query("SELECT ?x ?y WHERE { BIND(1.5 AS ?x) }") == [{"x": 1.5, "y": None}]


def test_finding(graph: samgraf.Graph) -> None:
    assert graph.find("FJU")["id"] == "fjordudvalget"
    with pytest.raises(UnknownNameError) as raised:
        graph.find("Fjordudvalg")
    assert raised.value.suggestions == ("Fjordudvalget",)


def test_what_is_wrong_is_said(graph: samgraf.Graph, tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError):
        graph.query("no-such-query")
    with pytest.raises(UsageError):
        graph.query("members-of-body")
    with pytest.raises(QueryError) as raised:
        graph.query("SELECT *\nWHERE { ?x ?y }")
    assert raised.value.line == 2
    with pytest.raises(UsageError):
        samgraf.open(str(tmp_path))
    (tmp_path / "data" / "entities").mkdir(parents=True)
    (tmp_path / "data" / "entities" / "a.yaml").write_text("a: {type: Nothing, label: A}\n")
    with pytest.raises(DataError):
        samgraf.open(str(tmp_path))
