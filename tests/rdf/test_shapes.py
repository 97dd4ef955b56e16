"""The shapes: valid workspaces conform, and a violation is told at the line of the entity or claim it is about."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import Run

from samgraf.rdf import shapes
from samgraf.workspace import load

OWN = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix sam: <https://w3id.org/samgraf/ontology#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix oa: <http://www.w3.org/ns/oa#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix org: <http://www.w3.org/ns/org#> .
"""

# a shape of one's own → where its violations stand
CASES = [
    ("<urn:s> a sh:NodeShape ; sh:targetClass sam:Person ; sh:property [ sh:path skos:altLabel ; sh:minCount 1 ; sh:message 'needs an alias' ] .",
     ["data/entities/actors.yaml:14: shape: needs an alias [bodil-oersted]", "data/entities/actors.yaml:15: shape: needs an alias [ida-strand]"]),
    ("<urn:s> a sh:NodeShape ; sh:targetClass sam:Observation ; sh:property [ sh:path rdf:object ; sh:maxInclusive 20 ; sh:message 'too many' ] .",
     ["data/documents/aftale-soebyen-2022-24.yaml:17: shape: too many (object is '37') [aftale-soebyen-2022-24/8340523afc04]"]),
    ("<urn:s> a sh:NodeShape ; sh:targetClass oa:TextPositionSelector ; sh:property [ sh:path oa:end ; sh:maxInclusive 600 ; sh:message 'far' ] .",
     ["data/documents/aftale-soebyen-2022-24.yaml:31: shape: far (end is '620')"]),
    ("<urn:s> a sh:NodeShape ; sh:targetClass sam:DerivedClaim ; sh:property [ sh:path sam:viaKind ; sh:hasValue sam:direct ; sh:message 'through something' ] .",
     ["data/documents/aftale-soebyen-2022-24.yaml:"]),
    ("<urn:s> a sh:NodeShape ; sh:targetClass sam:Cluster ; sh:severity sh:Warning ; sh:nodeKind sh:Literal ; sh:message 'only a warning' .",
     ["data/entities/actors.yaml:11: shape: only a warning"]),
    ("<urn:s> a sh:NodeShape ; sh:targetClass sam:Cluster ; sh:deactivated true ; sh:property [ sh:path skos:altLabel ; sh:minCount 1 ] .", []),
    ("<urn:p> a sh:PropertyShape ; sh:path skos:altLabel ; sh:minCount 1 ; sh:message 'shared' . <urn:s> a sh:NodeShape ; sh:targetClass sam:Cluster ; sh:property <urn:p> ."
     " <urn:t> a sh:NodeShape ; sh:targetClass sam:Service ; sh:property <urn:p> .",
     ["data/entities/actors.yaml:11: shape: shared [ungeklyngen]", "data/entities/actors.yaml:12: shape: shared [familiehuset]"]),
]  # fmt: skip


def test_the_small_workspace_conforms(workspace: Path) -> None:
    assert shapes.shape_problems(load(str(workspace))) == []


@pytest.mark.parametrize(("shape", "expected"), CASES, ids=range(len(CASES)))
def test_a_violation_stands_where_it_can_be_put_right(workspace: Path, shape: str, expected: list[str]) -> None:
    (workspace / "ontology").mkdir()
    (workspace / "ontology/shapes.ttl").write_text(OWN + shape, encoding="utf-8")
    found = [str(p) for p in shapes.shape_problems(load(str(workspace)))]
    assert bool(found) == bool(expected)
    for want in expected:
        assert any(f.startswith(want) for f in found), found


def test_lifting_the_targets_changes_no_result(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Property shapes get the targets of their node shape for speed; what they find must be the same."""
    (workspace / "ontology").mkdir()
    (workspace / "ontology/shapes.ttl").write_text(
        OWN + "\n".join(s.replace("urn:", f"urn:{n}") for n, (s, _) in enumerate(CASES)), encoding="utf-8"
    )
    loaded = load(str(workspace))
    lifted = shapes.shape_problems(loaded)
    monkeypatch.setattr(shapes, "_lift", lambda graph: None)
    assert shapes.shape_problems(loaded) == lifted
    assert len(lifted) > 8


def test_a_warning_does_not_make_the_workspace_invalid(workspace: Path, run: Run) -> None:
    (workspace / "ontology").mkdir()
    (workspace / "ontology/shapes.ttl").write_text(OWN + CASES[4][0], encoding="utf-8")
    done = run("check", "--workspace", str(workspace))
    assert done.code == 0
    assert "only a warning" in done.stdout


@pytest.mark.parametrize(
    "content",
    [
        "this is no turtle",
        OWN + "<urn:s> a sh:NodeShape ; sh:targetClass sam:Person ; sh:property 3 .",
        OWN + "<urn:s> a sh:NodeShape ; sh:targetClass sam:Person ; sh:property [ sh:minCount 1 ] .",
        OWN + "<urn:s> a sh:NodeShape ; sh:targetClass sam:Person ; sh:minLength 'x' .",
    ],
    ids=range(4),
)
def test_shapes_that_cannot_be_read_are_a_problem(workspace: Path, run: Run, content: str) -> None:
    (workspace / "ontology").mkdir()
    (workspace / "ontology/shapes.ttl").write_text(content, encoding="utf-8")
    done = run("check", "--workspace", str(workspace))
    assert done.code == 3, done
    assert "ontology/shapes.ttl:" in done.stdout
    assert "Traceback" not in done.stderr
