"""The description of the data set: it has what DCAT-AP demands, counts what is there, and says what a workspace leaves out."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import pyshacl
import pytest
import rdflib
from rdflib import DCAT, DCTERMS, OWL, VOID, Literal, URIRef
from tests.queries.golden import small_graph

from samgraf.publish.description import described, missing
from samgraf.publish.exports import export
from samgraf.publish.linked import serialized

if TYPE_CHECKING:
    from tests.conftest import Run

SHAPES = Path(__file__).with_name("dcat-ap.ttl")
SETTINGS = """\
format: 2
extends: denmark
title-da: Hvem er med, og hvornår
title-en: Who takes part, and when
description-da: Et lille datasæt, til prøve.
description-en: A small data set, to try.
publisher: Fjordby Kommune
contact-point: data@fjordby.example
license: https://creativecommons.org/licenses/by/4.0/
version: "1.2"
issued: 2026-01-02
modified: 2026-03-04
url: https://data.fjordby.example/samarbejde
themes: [SOCI, HEAL]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "samgraf.yaml").write_text(SETTINGS, encoding="utf-8")
    return tmp_path


def graph_of(data: bytes) -> rdflib.Graph:
    return rdflib.Graph().parse(data=data, format="turtle")


@pytest.mark.parametrize("files", [None, {"graph.ttl": b"one", "claims.csv": b"two"}])
def test_what_is_demanded_is_there(folder: Path, files: dict[str, bytes] | None) -> None:
    found = graph_of(serialized(described(small_graph(), str(folder), files), "turtle"))
    conforms, _, text = pyshacl.validate(found, shacl_graph=str(SHAPES))
    assert conforms, text
    dataset = URIRef("https://data.fjordby.example/samarbejde/dataset")
    assert {str(o) for o in found.objects(dataset, DCTERMS.title)} == {
        "Hvem er med, og hvornår",
        "Who takes part, and when",
    }
    assert found.value(dataset, OWL.versionInfo) == Literal("1.2")
    assert len(list(found.objects(dataset, DCAT.theme))) == 2
    if files:
        assert len(list(found.objects(dataset, DCAT.distribution))) == 2
        assert hashlib.sha256(b"two").hexdigest() in {str(o) for o in found.objects()}


def test_the_shapes_hold_something(folder: Path) -> None:
    """A description without a licence does not pass."""
    path = folder / "samgraf.yaml"
    path.write_text(SETTINGS.replace("license:", "spatial:"), encoding="utf-8")
    found = graph_of(export(small_graph(), "dcat", str(folder)))
    conforms, _, text = pyshacl.validate(found, shacl_graph=str(SHAPES))
    assert not conforms
    assert "license" in text
    assert missing(str(folder)) == ["license"]


def test_it_counts_what_is_there(folder: Path) -> None:
    store = small_graph()
    found = graph_of(export(store, "dcat", str(folder)))
    union = graph_of(export(store, "ttl"))
    dataset = URIRef("https://data.fjordby.example/samarbejde/dataset")
    assert found.value(dataset, VOID.triples) == Literal(len(union))
    assert found.value(dataset, VOID.distinctSubjects) == Literal(len(set(union.subjects())))
    parts = {
        found.value(p, VOID["class"]): found.value(p, VOID.entities)
        for p in found.objects(dataset, VOID.classPartition)
    }
    municipality = URIRef("https://w3id.org/samgraf/ontology#Municipality")
    assert parts[municipality] == Literal(len(set(union.subjects(rdflib.RDF.type, municipality))))


def test_a_workspace_is_told_what_it_leaves_out(workspace: Path, run: Run) -> None:
    done = run("export", "dcat", "--workspace", str(workspace))
    assert done.code == 0
    assert "samgraf.yaml does not say: title-da, title-en, description-da" in done.stderr
    assert "dcat:Dataset" in done.stdout


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("license: CC-BY", "samgraf.yaml:2: settings: license is to be a web address, https://…"),
        ("issued: 2026-13-01", "samgraf.yaml:2: settings: issued is to be a day, as in 2026-11-26"),
    ],
)
def test_what_is_wrong_in_it_is_told_at_its_line(workspace: Path, run: Run, line: str, said: str) -> None:
    path = workspace / "samgraf.yaml"
    path.write_text("format: 2\n" + line + "\n", encoding="utf-8")
    assert said in run("check", "--no-shapes", "--workspace", str(workspace)).stdout
