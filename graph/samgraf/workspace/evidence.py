"""Checks of the evidence against the documents themselves, and the keeping of the evidence files."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from samgraf import disk
from samgraf.errors import UnreachableError
from samgraf.problems import Problem
from samgraf.workspace.anchors import anchor, replace_anchors
from samgraf.workspace.spans import PassageError, digest, evidence_table, find_passage, read_text

if TYPE_CHECKING:
    from samgraf.workspace import DocumentFile, Workspace
    from samgraf.workspace.entries import Claim, Evidence

_SHOWN = 200


@dataclass(slots=True)
class Verified:
    """How much of the evidence was verified: claims with evidence, claims whose every passage agrees, problems."""

    claims: int = 0
    verified: int = 0
    problems: list[Problem] = field(default_factory=list)
    unseen: dict[str, int] = field(default_factory=dict)
    """By layer below the workspace's own: how many claims rest on texts that are not at hand. Their own workspace verifies them."""

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


def text_of(workspace: Workspace, folder: str, document: DocumentFile) -> str | None:
    """Give the text that a document's claims rest on: the one in ``folder``, else the workspace's own text of record."""
    text = document_text(folder, document.head.id)
    if text is None and document.layer == workspace.layers[-1].name:
        text = document_text(os.path.join(workspace.folder, "texts"), document.head.id)
    return text


def verify(workspace: Workspace, folder: str) -> Verified:
    """Compare every passage with the documents in ``folder``: offsets, lines and SHA-256."""
    result = Verified()
    for document in workspace.documents:
        if document.head.background:
            continue
        text = text_of(workspace, folder, document)
        if text is None and document.layer != workspace.layers[-1].name:
            result.unseen[document.layer] = result.unseen.get(document.layer, 0) + len(document.claims)
            continue
        result.claims += len(document.claims)
        if text is None:
            message = f"{document.head.id}.txt is not in {folder}: {len(document.claims)} claims are not verified"
            result.problems.append(Problem(document.path, document.line, "no-document", message))
            continue
        for claim in document.claims:
            wrong = _mismatch(text, claim.evidence)
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


class Changed(NamedTuple):
    """A passage whose words are gone: where its claim stands, its ``at``, the words that were there and those there now.

    ``old`` is empty where the text of then was not kept: only that of the workspace's own ``texts/`` is.
    """

    document: str
    path: str
    line: int
    at: str
    old: str
    new: str


Ask = Callable[[Changed], bool]
"""Tells whether the words that stand there now are taken."""


def write_spans(workspace: Workspace, folder: str, *, ask: Ask = lambda _: False) -> tuple[int, list[Problem]]:
    """Find every ``at`` in the documents and write ``data/evidence/``. Gives the passages found and the problems.

    A passage whose words are no longer where its ``at`` says is looked for in the whole text: found in one place, its ``at``
    is changed to that place; else ``ask`` decides whether the words there now are taken, and a no is a problem. No anchor
    moves to another sentence silently. A document with problems keeps its evidence file as it was, so that nothing is lost.
    """
    count = 0
    problems: list[Problem] = []
    own = workspace.layers[-1]
    for document in workspace.documents:
        if document.head.background or document.layer != own.name:
            continue
        text = text_of(workspace, folder, document)
        if text is None:
            message = f"{document.head.id}.txt is not in {folder}"
            problems.append(Problem(document.path, document.line, "no-document", message))
            continue
        found, moved, wrong = _Finder(workspace, document, text, ask).spans()
        problems += wrong
        if not wrong:
            count += len(found)
            if moved:
                path = os.path.join(workspace.folder, document.path)
                disk.write_whole(path, replace_anchors(read_text(path), moved))
            path = os.path.join(workspace.folder, "data", "evidence", f"{document.head.id}.tsv")
            disk.write_whole(path, evidence_table(found.items()))
            _keep_text(workspace, document.head.id, text)
    return count, problems


def _kept_path(workspace: Workspace, document: str) -> str:
    return os.path.join(workspace.folder, "texts", "earlier", f"{document}.txt")


def _keep_text(workspace: Workspace, document: str, text: str) -> None:
    """Keep the text that the evidence is of beside the workspace's own, so that its words can be shown once they are gone."""
    if document_text(os.path.join(workspace.folder, "texts"), document) == text:
        path = _kept_path(workspace, document)
        if not os.path.isfile(path) or read_text(path) != text:
            disk.write_whole(path, text)


class _Finder:
    """Finds the passages of one document in its text."""

    def __init__(self, workspace: Workspace, document: DocumentFile, text: str, ask: Ask) -> None:
        self.workspace = workspace
        self.document = document
        self.text = text
        self.ask = ask

    def spans(self) -> tuple[dict[str, Evidence], dict[str, str], list[Problem]]:
        """Give the passages by ``at``, the anchors that have changed, and the problems."""
        found: dict[str, Evidence] = {}
        moved: dict[str, str] = {}
        problems: dict[tuple[int, str], Problem] = {}
        judged: dict[str, Evidence | Problem] = {}
        for claim in self.document.claims:
            whole = len(claim.entry.at) == len(claim.evidence)
            kept = dict(zip(claim.entry.at, claim.evidence, strict=False)) if whole else {}
            for at in claim.entry.at:
                if at not in judged:
                    judged[at], new_at = self._place(claim, at, kept.get(at))
                    if new_at:
                        moved[at] = new_at
                place = judged[at]
                if isinstance(place, Problem):
                    problems[claim.line, at] = replace(place, line=claim.line)
                else:
                    found[moved.get(at, at)] = place
        return found, moved, list(problems.values())

    def _place(self, claim: Claim, at: str, kept: Evidence | None) -> tuple[Evidence | Problem, str]:
        """Give where a passage stands with, where its words have moved, its new ``at``; or what is wrong."""

        def problem(code: str, message: str) -> tuple[Problem, str]:
            return Problem(claim.path, claim.line, code, f"at {at!r}: {message}"), ""

        identity, text = self.document.head.id, self.text
        try:
            place = find_passage(identity, text, at)
        except PassageError as error:
            place, message = None, str(error)
        if place is not None and (kept is None or place.sha256 == kept.sha256):
            return place, ""
        if kept is None:
            return problem("no-passage", message)
        length = kept.end - kept.start
        places = [i for i in range(len(text) - length + 1) if digest(text[i : i + length]) == kept.sha256]
        new_at = anchor(text, places[0], places[0] + length) if len(places) == 1 else None
        if new_at:
            return find_passage(identity, text, new_at), new_at
        if places:
            lines = ", ".join(str(text.count("\n", 0, i) + 1) for i in places)
            return problem(
                "changed-passage", f"the words that were here stand in lines {lines} now; write the one that is meant"
            )
        changed = Changed(identity, claim.path, claim.line, at, self._old(kept), _shown(text, place))
        if place is not None and self.ask(changed):
            return place, ""
        was = f"it read: {changed.old}; " if changed.old else "the words that were here are no longer in the text; "
        now = f"now it reads: {changed.new}" if place is not None else message
        return problem(
            "changed-passage",
            f"{was}{now}; write where the fact stands, or take these words: samgraf spans --accept-changed",
        )

    def _old(self, kept: Evidence) -> str:
        path = _kept_path(self.workspace, self.document.head.id)
        then = read_text(path) if os.path.isfile(path) else ""
        return _shown(then, kept) if digest(then[kept.start : kept.end]) == kept.sha256 else ""


def _shown(text: str, place: Evidence | None) -> str:
    """Give the words of a passage in one line, the middle of a long one left out."""
    words = " ".join(text[place.start : place.end].split()) if place else ""
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN // 2]} … {words[-_SHOWN // 2 :]}"
