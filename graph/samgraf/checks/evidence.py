"""Checks of the evidence against the documents themselves, and the keeping of the evidence files."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from samgraf import resources
from samgraf.errors import UnreachableError
from samgraf.loader.spans import PassageError, digest, evidence_table, find_passage, read_text
from samgraf.problems import Problem

if TYPE_CHECKING:
    from samgraf.loader import DocumentFile, Workspace
    from samgraf.models import Evidence


@dataclass(slots=True)
class Verified:
    """How much of the evidence was verified: claims with evidence, claims whose every passage agrees, problems."""

    claims: int = 0
    verified: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def share(self) -> float:
        """The share of claims verified, from 0 to 1."""
        return self.verified / self.claims if self.claims else 1.0


def document_text(folder: str, document: str) -> str | None:
    """Give a document's text, or None when the folder does not hold it. Raises UnreachableError when it cannot be read."""
    path = os.path.join(folder, f"{document}.txt")
    if not os.path.isfile(path):
        return None
    try:
        return read_text(path)
    except (OSError, UnicodeDecodeError) as error:
        msg = f"the document {path} cannot be read as UTF-8 text: {error}"
        raise UnreachableError(msg) from error


def verify(workspace: Workspace, folder: str) -> Verified:
    """Compare every passage with the documents in ``folder``: offsets, lines and SHA-256."""
    result = Verified()
    for document in workspace.documents:
        if document.head.background:
            continue
        text = document_text(folder, document.head.id)
        for claim in document.claims:
            result.claims += 1
            wrong = "the document is not in the folder" if text is None else _mismatch(text, claim.evidence)
            if wrong:
                result.problems.append(Problem(claim.path, claim.line, "evidence", wrong))
            else:
                result.verified += 1
    return result


def _mismatch(text: str, evidence: tuple[Evidence, ...]) -> str | None:
    for e in evidence:
        if e.end > len(text):
            return f"the passage {e.start}-{e.end} lies beyond the document's end; run: samgraf spans"
        if digest(text[e.start : e.end]) != e.sha256:
            return f"the passage in lines {e.first_line}-{e.last_line} has changed; run: samgraf spans"
        if text.count("\n", 0, e.start) + 1 != e.first_line or text.count("\n", 0, e.end) + 1 != e.last_line:
            return f"the passage is not in lines {e.first_line}-{e.last_line}; run: samgraf spans"
    return None if evidence else "no passage is kept"


def write_spans(workspace: Workspace, folder: str) -> tuple[int, list[Problem]]:
    """Find every ``at`` in the documents and write ``data/evidence/``. Gives the passages found and the problems.

    A document with problems keeps its evidence file as it was, so that nothing is lost.
    """
    count = 0
    problems: list[Problem] = []
    for document in workspace.documents:
        if document.head.background:
            continue
        text = document_text(folder, document.head.id)
        if text is None:
            message = f"{document.head.id}.txt is not in {folder}"
            problems.append(Problem(document.path, document.line, "no-document", message))
            continue
        found, wrong = _spans_of(document, text)
        problems += wrong
        if not wrong:
            count += len(found)
            path = os.path.join(workspace.folder, "data", "evidence", f"{document.head.id}.tsv")
            resources.write_whole(path, evidence_table(found.items()))
    return count, problems


def _spans_of(document: DocumentFile, text: str) -> tuple[dict[str, Evidence], list[Problem]]:
    found: dict[str, Evidence] = {}
    problems: dict[tuple[int, str], Problem] = {}
    for claim in document.claims:
        for at in claim.entry.at:
            if at in found:
                continue
            try:
                found[at] = find_passage(document.head.id, text, at)
            except PassageError as error:
                problems[claim.line, at] = Problem(claim.path, claim.line, "no-passage", f"at {at!r}: {error}")
    return found, list(problems.values())
