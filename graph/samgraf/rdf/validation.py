"""All checks of a workspace in one report: structure, evidence, shapes.

It stands above ``rdf`` because the shapes are run over the graph; ``checks`` itself needs the files alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from samgraf.workspace import load
from samgraf.workspace.evidence import Verified, verify
from samgraf.workspace.structure import structure

if TYPE_CHECKING:
    from samgraf.problems import Problem


@dataclass(slots=True)
class Report:
    """What a workspace holds and everything that is wrong with it. ``verified`` is None without the documents."""

    entities: int
    claims: int
    documents: int
    problems: list[Problem] = field(default_factory=list)
    verified: Verified | None = None


def check(workspace: str | None = None, documents: str | None = None, *, shapes: bool = True) -> Report:
    """Run every check: structure, evidence when ``documents`` names their folder, and the SHACL shapes."""
    loaded = load(workspace)
    problems = [*loaded.problems, *structure(loaded)]
    report = Report(len(loaded.entities), sum(1 for _ in loaded.claims), len(loaded.documents))
    if documents:
        report.verified = verify(loaded, documents)
        problems += report.verified.problems
    if shapes and not any(p.severity == "error" for p in problems):
        from samgraf.rdf.shapes import shape_problems  # rdflib and pyshacl are slow to import

        problems += shape_problems(loaded)
    report.problems = sorted(problems)
    return report
