"""Reviewing one workspace: documents with their states, decisions taken, claims settled; what page, terminal and sheet stand on."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Any, NamedTuple

from samgraf import disk
from samgraf.errors import UnknownNameError, UsageError
from samgraf.ingest.adding import own_folder
from samgraf.ingest.draft import claim_key, name_data
from samgraf.ingest.identifiers import identifier
from samgraf.ingest.knowing import Known
from samgraf.ingest.reading import HEADING
from samgraf.ingest.together import writing
from samgraf.ingest.wordlists import Classes
from samgraf.review import decisions as log
from samgraf.review.accepting import Settled, check_claim, settle
from samgraf.review.state import State, name_from, names_used, passage, read_state
from samgraf.workspace import load

if TYPE_CHECKING:
    from collections.abc import Iterable

    from samgraf.ingest.draft import DraftClaim, Name


class Progress(NamedTuple):
    """Where a document stands: lines and pages read, claims drafted, decided and open, and what is wrong with it."""

    document: str
    title: str
    pages: int
    lines: int
    grammar: str
    drafted: int
    accepted: int
    rejected: int
    open: int
    problems: tuple[str, ...]


class Reviewing:
    """One workspace under review."""

    def __init__(self, workspace: str | None) -> None:
        self.folder = own_folder(workspace)
        self.refresh()

    def refresh(self) -> None:
        """Read the workspace anew."""
        self._seen = self._stamps()
        self.workspace = load(self.folder)
        self.known = Known(self.workspace, Classes(self.folder))

    def _stamps(self) -> dict[str, tuple[int, int]]:
        """Give when the workspace's own data files were written last, so that what others write is noticed."""
        found = {}
        for path in disk.files(os.path.join(self.folder, "data"), ".yaml", ".yml"):
            with contextlib.suppress(OSError):
                stat = os.stat(path)
                found[path] = (stat.st_mtime_ns, stat.st_size)
        return found

    def _settle(self, document: str) -> Settled:
        """Bring the files to what is decided. What that makes is known from then on, without reading every document again."""
        settled = settle(self.folder, self.state(document), self.known)
        for entity in settled.made:
            self.known.learn(entity)
        self._seen = self._stamps()
        return settled

    def _look(self) -> None:
        """Read the workspace anew where somebody else has written in it."""
        if self._stamps() != self._seen:
            self.refresh()

    def documents(self) -> list[str]:
        """List the documents of which something was drafted."""
        place = os.path.join(self.folder, "drafts")
        names = sorted(os.listdir(place)) if os.path.isdir(place) else []
        return [name.removesuffix(".yaml") for name in names if name.endswith(".yaml") and not name.startswith(".")]

    def state(self, document: str) -> State:
        """Read where a document stands. Raises UnknownNameError with the names that there are."""
        if document not in self.documents():  # a name, never a path
            from difflib import get_close_matches

            raise UnknownNameError(document, get_close_matches(document, self.documents(), n=3), kind="draft")
        return read_state(self.folder, document, self.known)

    def settle(self, document: str) -> Settled:
        """Finish what a killed review left: bring the files to what is decided."""
        with writing(self.folder):
            self._look()
            return self._settle(document)

    def settle_all(self) -> None:
        """Finish what killed reviews left, in every document on which something was decided."""
        for document in self.documents():
            if os.path.isfile(log.log_path(self.folder, document)):
                self.settle(document)

    def decide(self, document: str, taken: Iterable[dict[str, Any]]) -> Settled:
        """Take decisions: they are on disk before anything else happens, and then in the workspace's files.

        Raises UsageError when one of them cannot be, and then none is taken.
        """
        with writing(self.folder):
            self._look()
            state = self.state(document)
            log.append(self.folder, document, [self._whole(state, decision) for decision in taken])
            return self._settle(document)

    def _whole(self, state: State, decision: dict[str, Any]) -> dict[str, Any]:
        """Give a decision with the claim that it is about, checked. Raises UsageError, UnknownNameError."""
        if "name" in decision:
            return self._name_decision(state, decision)
        verdict = decision.get("verdict")
        if verdict not in log.VERDICTS:
            msg = f"{verdict!r} is no verdict; there are {', '.join(log.VERDICTS)}"
            raise UsageError(msg)
        if verdict in (log.REJECT, log.WITHDRAW) and verdict == log.WITHDRAW and not decision.get("reason"):
            msg = "give a reason for taking a claim back"
            raise UsageError(msg)
        names = dict(state.names)
        extra = {key: name_from(key, data) for key, data in (decision.get("names") or {}).items()}
        names |= extra
        if "claim" in decision:
            shown = state.find(str(decision["claim"]))
            claim = shown.claim
            if "fields" in decision or "at" in decision:
                fields = {
                    k: v for k, v in {**claim.fields, **(decision.get("fields") or {})}.items() if v not in (None, "")
                }
                claim = claim._replace(fields=fields, at=str(decision.get("at") or claim.at))
                decision = {**decision, "mended": True}
            elif shown.mended:
                decision = {**decision, "mended": True}
        else:
            claim = self._own_claim(state, decision, names)
            decision = {**decision, "claim": claim.key, "mended": True}
        if verdict == log.ACCEPT:
            check_claim(claim.fields, names, self.known, claim.at, state.record.text)
        used = {key: name_data(names[key]) for key in names_used(claim) if key in names}
        about = {
            "rule": claim.rule,
            "group": claim.group,
            "heading": claim.heading,
            "fields": claim.fields,
            "at": claim.at,
        }
        return {**decision, **about, "names": used, "text": str(state.record.about.get("sha256", ""))}

    def _own_claim(self, state: State, decision: dict[str, Any], names: dict[str, Name]) -> DraftClaim:
        """Make a claim that a person wrote in the review."""
        from samgraf.ingest.draft import DraftClaim

        fields = {k: v for k, v in (decision.get("fields") or {}).items() if v not in (None, "")}
        if not fields.get("subject") or not fields.get("predicate") or not decision.get("at"):
            msg = "a claim has a subject, a relation, an object or a value, and a passage"
            raise UsageError(msg)
        heading = str(decision.get("heading") or _heading_above(state, str(decision["at"])))
        return DraftClaim(claim_key(fields, names), "", 1.0, "own", heading, "", fields, str(decision["at"]))

    def _name_decision(self, state: State, decision: dict[str, Any]) -> dict[str, Any]:
        if decision["name"] not in state.names:
            raise UnknownNameError(str(decision["name"]), list(state.names)[:3])
        wanted = decision.get("is")
        if wanted and wanted not in self.known.entities:
            match = self.known.find(str(wanted), state.names[decision["name"]].type)
            if match.id is None:
                raise UnknownNameError(str(wanted), match.like)
            return {**decision, "is": match.id}
        if not wanted and not decision.get("new"):
            msg = "say what the name is: an id, or the words for somebody new"
            raise UsageError(msg)
        return decision

    def new_name(self, label: str, kind: str) -> tuple[str, dict[str, Any]]:
        """Give the key and data of a name that a person selected: the entity that it is, or a new one."""
        match = self.known.find(label, kind)
        return (
            (match.id, {"is": match.id, "read": label, "type": kind})
            if match.id
            else (
                identifier(label),
                {"new": label, "type": kind},
            )
        )

    def progress(self, only: str | None = None) -> list[Progress]:
        """Tell where every document stands, or the one that is named. Raises UnknownNameError with the names that are like it."""
        from samgraf.ingest.record import read_record, records, was_edited

        found = []
        drafted = set(self.documents())
        known = records(self.folder)
        if only is not None and only not in known:
            from difflib import get_close_matches

            raise UnknownNameError(only, get_close_matches(only, known, n=3), kind="document")
        for document, about in known.items():
            if only not in (None, document):
                continue
            record = read_record(self.folder, document)
            if record is None:
                continue
            problems = ["the text of record was changed by hand"] if was_edited(record) else []
            counts = {"drafted": 0, "accepted": 0, "rejected": 0, "open": 0}
            title = document
            if document in drafted:
                state = self.state(document)
                counts, title = state.counts, str(state.draft.head.get("label", document))
            grammar = str(state.draft.about.get("grammar", "")) if document in drafted else ""
            problems += [str(p) for p in self.workspace.problems if f"/{document}." in f"/{p.path}"]
            pages = int(about.get("pages") or 0)
            found.append(
                Progress(document, title, pages, len(record.lines), grammar, **counts, problems=tuple(problems))
            )
        return found


def _heading_above(state: State, at: str) -> str:
    """Give the heading that a passage stands under, or the document's title."""
    place = passage(state, at)
    above = [line.text for line in state.record.lines if line.kind == HEADING and place and line.start <= place.start]
    return above[-1] if above else str(state.draft.head["label"])


def rows_meant(state: State, what: Iterable[str]) -> list[str]:
    """Give the keys of the claims that are meant: a key, a row, a group (attendance), or 'all'. Raises UnknownNameError."""
    found: list[str] = []
    for one in what:
        keys = [
            shown.claim.key
            for row in state.rows
            for shown in row.claims
            if one in ("all", row.id, row.group, shown.claim.key)
        ]
        if not keys:
            groups = list(dict.fromkeys(row.group for row in state.rows))
            raise UnknownNameError(one, ["all", *groups], kind="claim, row or group")
        found += keys
    return list(dict.fromkeys(found))
