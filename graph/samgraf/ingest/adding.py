"""``samgraf add``: files to texts of record and drafts, one file after the other, each with its outcome in one sentence."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, NamedTuple

from samgraf import disk, resources
from samgraf.errors import UsageError
from samgraf.ingest.draft import Draft, draft_path, read_draft, write_draft
from samgraf.ingest.drafting import Kit, make_draft, with_outside, with_twin
from samgraf.ingest.formats import READABLE
from samgraf.ingest.grammar import read_grammars
from samgraf.ingest.identifiers import identifier
from samgraf.ingest.knowing import Known
from samgraf.ingest.outside import run_drafter
from samgraf.ingest.reader import Reader
from samgraf.ingest.reading import HEADING, ROW, UnreadableError
from samgraf.ingest.reading_rules import grammar_for
from samgraf.ingest.record import earlier_path, files_of, make_record, read_record, records
from samgraf.ingest.registers import SHEET, unknown_columns
from samgraf.ingest.repair import repairer_for
from samgraf.ingest.rereading import reread
from samgraf.ingest.together import write_together, writing
from samgraf.ingest.wordlists import Classes, WordLists
from samgraf.language.messages import messages
from samgraf.model.text import FIRST
from samgraf.workspace import load
from samgraf.workspace.spans import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from samgraf.ingest.record import Record

_NONE = Draft("", {}, {}, {}, ())
_FIRST_LINES, _WHOLE = 8, 24
READ, SAME, REREAD, REFUSED, ASKED = "read", "same", "reread", "refused", "asked"


class Added(NamedTuple):
    """What became of one file. ``outcome`` is read, same, reread, asked or refused; ``notes`` are for a person to read.

    ``uncarried`` are passages of a re-read document that the new text does not have.
    """

    path: str
    outcome: str
    document: str = ""
    kind: str = ""
    lines: int = 0
    repaired: int = 0
    offered: int = 0
    drafted: int = 0
    names: int = 0
    grammar: str = ""
    personal: int = 0
    notes: tuple[str, ...] = ()
    code: str = ""
    message: str = ""
    carried: int = 0
    uncarried: tuple[str, ...] = ()


def own_folder(workspace: str | None) -> str:
    """Give the folder of a workspace of one's own. Raises UsageError for the built-in one, into which nothing is added."""
    folder = resources.workspace_folder(workspace)
    if folder == resources.root():
        msg = "documents are added to a workspace of your own: make one with 'samgraf init DIR', or name it with --workspace DIR"
        raise UsageError(msg)
    return folder


def files_in(paths: Sequence[str]) -> list[str]:
    """List the files that are meant: those named, and of folders every file of a kind that can be read, sorted.

    A folder that cannot be listed is listed itself, to be refused beside the others. Raises UsageError when a path is not
    there or a folder holds none.
    """
    found: list[str] = []
    for path in paths:
        if os.path.isdir(path):
            closed: list[str] = []
            inside = [p for p in disk.files(path, "", closed=closed) if p.lower().endswith(READABLE)] + closed
            if not inside:
                msg = f"{path} holds no document that can be read ({', '.join(READABLE)})"
                raise UsageError(msg)
            found += inside
        elif os.path.isfile(path):
            found.append(path)
        else:
            msg = f"{path} is not there" if not os.path.lexists(path) else f"{path} is no regular file"
            raise UsageError(msg)
    return list(dict.fromkeys(map(os.path.abspath, found)))


class Adder:
    """Adds files to one workspace; what it needs of the workspace is read once."""

    def __init__(
        self, workspace: str | None, confidence: Mapping[str, float] | None = None, drafter: str | None = None
    ) -> None:
        self.drafter = drafter
        self.folder = own_folder(workspace)
        self.workspace = load(self.folder)
        words, classes = WordLists(self.folder), Classes(self.folder)
        self.kit = Kit(words, Known(self.workspace, classes), classes, confidence or {})
        self.grammars = read_grammars(self.folder, words)
        self.repairer = repairer_for(self.workspace)
        self.known_records = records(self.folder)

    def add(
        self, paths: Sequence[str], *, document: str | None = None, progress: Callable[[int, int], None] | None = None
    ) -> Iterator[Added]:
        """Add files one after the other; yield each one's outcome when it is safely on disk."""
        with Reader(progress=progress) as reader:
            for path in paths:
                yield self._add(reader, path, document)

    def _add(self, reader: Reader, path: str, document: str | None) -> Added:
        shown = os.path.basename(path)
        try:
            _refuse_folder(path)
            digest = disk.sha256_of(path)
            known = self.known_records
            same = next((i for i, about in known.items() if about["original"]["sha256"] == digest), None)
            if same and os.path.isfile(os.path.join(self.folder, draft_path(same))):
                return Added(path, SAME, same, message=f"was read before, as {same}")
            kind, reading = reader.read(path)
        except UnreadableError as error:
            return Added(path, REFUSED, code=error.code, message=str(error))
        except OSError as error:
            return Added(
                path,
                REFUSED,
                code="unreadable",
                message=f"cannot be read ({error.strerror}); ask for the right to read it",
            )
        identity = document or identifier(os.path.splitext(shown)[0])
        record = make_record(identity, shown, digest, kind, reading, self.repairer)
        twin = next((i for i, a in known.items() if i != identity and a["sha256"] == record.about["sha256"]), None)
        if twin:
            return Added(path, SAME, twin, kind, message=f"has the same text as {twin}, and was not added again")
        earlier = known.get(identity)
        if earlier and earlier["original"]["name"] != shown:
            message = f"would be called {identity}, as {earlier['original']['name']} is; name it with --id"
            return Added(path, ASKED, identity, kind, code="same-id", message=message)
        if identity in self.workspace.entities and not earlier and identity not in self._own_documents():
            message = f"would be called {identity}, as another thing in the graph is; name it with --id"
            return Added(path, ASKED, identity, kind, code="same-id", message=message)
        if kind == SHEET and not (self.draft(record) or _NONE).claims:
            return Added(
                path, ASKED, identity, kind, code="unknown-columns", message=unknown_columns(record, self.grammars)
            )
        return self._write(path, record, kind, reading.notes)

    def _own_documents(self) -> set[str]:
        return {document.head.id for document in self.workspace.documents}

    def _write(self, path: str, record: Record, kind: str, notes: tuple[str, ...]) -> Added:
        with writing(self.folder):
            old = read_record(self.folder, record.id)
            draft = self.draft(record)
            twins = record.about.pop("twins", [])
            notes = (
                *notes,
                *(f"is of the same meeting as {twin}; the review asks whether it replaces it" for twin in twins),
            )
            files = files_of(record)
            carried = 0
            uncarried: tuple[str, ...] = ()
            if old is not None and old.text != record.text:
                moved, carried, uncarried = reread(self.folder, self.workspace, old, record)
                files |= moved
                files[earlier_path(record.id, digest(old.text))] = old.text
            dropped: dict[str, int] = {}
            if self.drafter:
                draft, dropped = self._outside(record, draft)
                notes = (*notes, *(f"{n} claims of the drafter dropped: {why}" for why, n in dropped.items()))
            if draft is not None:
                files[draft_path(record.id)] = write_draft(draft)
            write_together(self.folder, files)
            _keep_original(self.folder, record.id, path)
        kept = ("original", "sha256", "pages", "meeting")
        self.known_records[record.id] = {k: record.about[k] for k in kept if k in record.about}
        repairs = record.about["repairs"]
        return Added(
            path,
            REREAD if old is not None else READ,
            record.id,
            kind,
            len(record.lines),
            sum(not r.get("offered") for r in repairs),
            sum(bool(r.get("offered")) for r in repairs),
            len(draft.claims) if draft else 0,
            len(draft.names) if draft else 0,
            str(draft.about["grammar"]) if draft else "",
            sum(draft.about["personal"].values()) if draft else 0,
            notes,
            carried=carried,
            uncarried=uncarried,
        )

    def _outside(self, record: Record, draft: Draft | None) -> tuple[Draft, dict[str, int]]:
        language = str(draft.head["language"]) if draft else FIRST
        vocabulary = self.workspace.vocabulary
        given = run_drafter(self.drafter or "", record, vocabulary, language)
        head = {"id": record.id, "label": record.about.get("title") or _title(record), "language": language}
        empty = Draft(
            record.id, head, {"grammar": "", "text": record.about["sha256"], "personal": {}, "leftOut": 0}, {}, ()
        )
        return with_outside(draft or empty, record, self.kit, given, messages(language)("review.outside"))

    def draft(self, record: Record) -> Draft | None:
        """Draft a text of record; None when no grammar knows this kind of document."""
        grammar = grammar_for(record, self.grammars, self.kit.words, self.kit.known.kind)
        if grammar is None:
            return None
        before = read_draft(self.folder, record.id)
        title = record.about.get("title") or _title(record)
        head = before.head if before else {"id": record.id, "label": title, "language": grammar.language}
        draft = make_draft(record, grammar, head, self.kit)
        meeting = record.about["meeting"] = draft.about.get("meeting", "")
        twins = [i for i, a in self.known_records.items() if meeting and i != record.id and a.get("meeting") == meeting]
        for twin in twins:
            draft = with_twin(draft, record, grammar, self.kit, twin)
        record.about["twins"] = twins
        return draft


def _refuse_folder(path: str) -> None:
    if os.path.isdir(path):  # `files_in` names a folder only when it cannot be listed
        msg = "is a folder that you may not list; ask for the right to read it, or leave it out"
        raise UnreadableError("unreadable", msg)


def _title(record: Record) -> str:
    """Give a document's title: its first headings, else its first lines that say something and are no rows of a table, as one."""
    lines = [line for line in record.lines if line.kind != ROW and line.text.strip("#* ")] or record.lines
    first = next((place for place, line in enumerate(lines[:_FIRST_LINES]) if line.kind == HEADING), 0)
    shown = [_closed_up(line.text.strip("#* ")) for line in lines[first : first + 2] if line.text.strip("#* ")]
    return (shown[0] if shown and len(shown[0]) > _WHOLE else " – ".join(shown))[:200] or record.id


def _closed_up(text: str) -> str:
    """Close up the spaced-out letters of a heading: 'R E F E R A T'."""
    return text.replace(" ", "") if re.fullmatch(r"\w( \w)+", text) else text


def _keep_original(folder: str, document: str, path: str) -> None:
    """Keep a copy of the original, so that a page can be shown beside what was read of it."""
    ending = os.path.splitext(path)[1].lower()
    disk.write_whole(os.path.join(folder, "originals", document + ending), disk.read_bytes(path))
