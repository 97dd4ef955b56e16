"""What is left out of the graph: documents that have problems, so that one of them does not stop the others."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from samgraf.errors import DataError
from samgraf.workspace.structure import structure

if TYPE_CHECKING:
    from samgraf.problems import Problem
    from samgraf.workspace import Workspace

_DOCUMENTS = os.path.join("data", "documents") + os.sep
_EVIDENCE = os.path.join("data", "evidence") + os.sep


def leave_out(workspace: Workspace) -> list[Problem]:
    """Take the documents that have problems out of a workspace, and give those problems.

    Only the claims go; what the documents are called stays known. Raises DataError with all problems when some are not a
    document's own (entities, ontology, settings), or when no document is left.
    """
    given: list[Problem] = []
    problems = _errors(workspace)
    while problems:
        every = sorted([*given, *problems])
        if not all(_of_document(p) for p in problems):
            raise DataError(every)
        wrong = {_document_path(p.path) for p in problems}
        kept = [d for d in workspace.documents if d.path not in wrong]
        own = workspace.layers[-1].name
        if not any(d.layer == own for d in kept):
            raise DataError(every)
        given += problems
        workspace.documents = kept
        workspace.problems = [p for p in workspace.problems if p not in problems]
        problems = _errors(workspace)
    return sorted(given)


def _errors(workspace: Workspace) -> list[Problem]:
    return [p for p in (*workspace.problems, *structure(workspace)) if p.severity == "error"]


def _of_document(problem: Problem) -> bool:
    return any(
        problem.path.startswith(folder) or f"{os.sep}{folder}" in problem.path for folder in (_DOCUMENTS, _EVIDENCE)
    )


def _document_path(path: str) -> str:
    """Give the path of the file of claims that a problem's path belongs to: an evidence file's is that beside it."""
    if _EVIDENCE in path:
        return os.path.splitext(path.replace(_EVIDENCE, _DOCUMENTS))[0] + ".yaml"
    return path
