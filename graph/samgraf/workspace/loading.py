"""A whole workspace, read and put together: entities, documents with their claims, vocabulary, every problem."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pydantic import ValidationError

from samgraf import disk, resources
from samgraf.model.text import FIRST
from samgraf.problems import Problem
from samgraf.vocabulary.reading import read_vocabulary
from samgraf.workspace.entries import (
    Bilingual,
    Claim,
    ClaimEntry,
    DocumentHead,
    Entity,
    Evidence,
    claim_key,
    read_date,
    read_number,
)
from samgraf.workspace.layering import MENTIONED, Layer, added, conflicts, keep_mentioned, keep_own, layers_of
from samgraf.workspace.lexicon import Entry, read_lexicon
from samgraf.workspace.migrating import observed
from samgraf.workspace.refusals import problems_of, reason
from samgraf.workspace.spans import read_evidence
from samgraf.workspace.yamlfile import Mapping, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from samgraf.vocabulary.terms import Vocabulary

_DOCUMENT_KEYS = ("document", "sections")
_SECTION_KEYS = ("heading", "common", "claims")


@dataclass(slots=True)
class DocumentFile:
    """One source document: what is known of it, and its claims in the order of the file."""

    head: DocumentHead
    path: str
    line: int
    layer: str = ""
    digest: str = ""
    """That of the file and of its passages, taken before they were read."""
    claims: list[Claim] = field(default_factory=list)


@dataclass(slots=True)
class Workspace:
    """Everything that the data files hold. ``problems`` lists all that is wrong with them.

    ``layers`` are those that it stands on, the lowest first, and last the workspace's own.
    """

    folder: str
    vocabulary: Vocabulary
    layers: list[Layer] = field(default_factory=list)
    entities: dict[str, Entity] = field(default_factory=dict)
    documents: list[DocumentFile] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    lexicon: list[Entry] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    """Ids of entities that are there but wrong, so that nobody is told that they are unknown."""

    @property
    def claims(self) -> Iterator[Claim]:
        """All claims, document by document."""
        for document in self.documents:
            yield from document.claims


def load(workspace: str | None = None) -> Workspace:
    """Read a workspace. Never raises for bad content: look at ``problems``, or use ``samgraf.workspace``."""
    folder = resources.taken(workspace)
    result = Workspace(folder, read_vocabulary(workspace))
    result.lexicon, problems = read_lexicon(folder, result.vocabulary)
    result.problems += [*result.vocabulary.problems, *problems]
    result.layers, problems = layers_of(workspace)
    result.problems += problems
    for layer in result.layers:
        for path in disk.files(os.path.join(layer.folder, "data", "entities"), ".yaml", ".yml"):
            _read_entities(result, path, layer)
        for path in disk.files(os.path.join(layer.folder, "data", "documents"), ".yaml", ".yml"):
            _read_document(result, path, layer)
    if resources.own_only():
        keep_own(result)
    if result.layers[-1].below == MENTIONED:
        keep_mentioned(result)
    result.problems.sort()
    return result


def _mapping(result: Workspace, path: str) -> tuple[Mapping | None, str]:
    shown = os.path.relpath(path, result.folder)
    file = read_yaml(path, shown)
    result.problems += file.problems
    if isinstance(file.content, Mapping):
        return file.content, shown
    if not file.problems:
        what = "is empty" if file.content is None else "is not a mapping (id: …)"
        result.problems.append(Problem(shown, 1, "empty" if file.content is None else "bad-file", what))
    return None, shown


def _read_entities(result: Workspace, path: str, layer: Layer) -> None:
    content, shown = _mapping(result, path)
    for key, fields in (content or {}).items():
        line = content.lines[key] if content else 0
        if not isinstance(fields, Mapping):
            result.problems.append(Problem(shown, line, "bad-entity", f"{key!r} has no fields; write type and label"))
            result.broken.add(key)
            continue
        below = result.entities.get(key)
        again = below is not None and below.layer != layer.name
        own = _noted(fields, layer)
        given = added(own, below) if below and again else own
        try:
            entity = Entity.model_validate({**given, "id": key, "path": shown, "line": line, "layer": layer.name})
        except ValidationError as error:
            fields.line = line
            result.problems += problems_of(error, shown, fields)
            result.broken.add(key)
            continue
        if below and again:
            result.problems += conflicts(entity, fields, below)
            result.entities[key] = entity
        else:
            _add_entity(result, entity)


def _noted(fields: dict[str, object], layer: Layer) -> dict[str, object]:
    """Give fields in which a note says its language: the layer's, where it is one plain string."""
    note = fields.get("note")
    return {**fields, "note": {layer.notes: note}} if isinstance(note, str) else fields


def _add_entity(result: Workspace, entity: Entity) -> None:
    other = result.entities.get(entity.id)
    if other:
        code = "duplicate-id" if other.layer == entity.layer else "layer-conflict"
        message = f"the id {entity.id!r} is taken already, in {other.path}:{other.line}"
        result.problems.append(Problem(entity.path, entity.line, code, message))
    else:
        result.entities[entity.id] = entity


def _read_document(result: Workspace, path: str, layer: Layer) -> None:
    digest = _digest(path)
    content, shown = _mapping(result, path)
    if content is None:
        return
    for key in content:
        if key not in _DOCUMENT_KEYS:
            result.problems.append(Problem(shown, content.lines[key], "unknown-field", f"{key!r} is no field here"))
    head = content.get("document")
    if not isinstance(head, Mapping):
        result.problems.append(Problem(shown, 1, "missing-field", "'document' with id and label is missing"))
        return
    stem = os.path.splitext(os.path.basename(path))[0]
    try:
        document = DocumentFile(
            DocumentHead.model_validate(_noted(head, layer)), shown, content.lines["document"], layer.name
        )
    except ValidationError as error:
        result.problems += problems_of(error, shown, head)
        try:  # its claims may have problems of their own, to be told at once
            unread = DocumentHead(id=stem, label=Bilingual(da=stem), background=head.get("background") == "true")
            document = DocumentFile(unread, shown, content.lines["document"], layer.name)
        except ValidationError:
            return
    if stem != document.head.id:
        message = f"the document's id {document.head.id!r} and the file's name {stem!r} must be the same"
        result.problems.append(Problem(shown, head.lines.get("id", head.line), "file-name", message))
    about = document.head
    fields = {"id": about.id, "type": "Document", "label": about.label, "aliases": about.aliases, "note": about.note}
    _add_entity(
        result,
        Entity.model_validate(
            {**fields, "abbreviations": about.abbreviations, "path": shown, "line": head.line, "layer": layer.name}
        ),
    )
    evidence_path = os.path.join(layer.folder, "data", "evidence", f"{about.id}.tsv")
    document.digest = f"{digest} {_digest(evidence_path)}"
    spans, problems = read_evidence(about.id, evidence_path, os.path.relpath(evidence_path, result.folder))
    result.problems += problems
    sections = content.get("sections")
    if not isinstance(sections, list):
        result.problems.append(
            Problem(shown, content.lines.get("sections", 1), "missing-field", "'sections' is to be a list")
        )
        return
    for section in sections:
        _read_section(result, document, section, spans, layer)
    result.documents.append(document)


def _digest(path: str) -> str:
    """Give a file's digest; empty when it cannot be read, which whoever reads it will say."""
    try:
        return disk.sha256_of(path)
    except OSError:
        return ""


def _read_section(
    result: Workspace, document: DocumentFile, section: object, spans: dict[str, Evidence], layer: Layer
) -> None:
    shown = document.path
    if not isinstance(section, Mapping):
        result.problems.append(
            Problem(shown, document.line, "bad-section", "a section is a mapping with heading and claims")
        )
        return
    for key in section:
        if key not in _SECTION_KEYS:
            result.problems.append(
                Problem(shown, section.lines[key], "unknown-field", f"{key!r} is no field of a section")
            )
    heading = section.get("heading")
    common = section.get("common") or {}
    claims = section.get("claims")
    if not isinstance(heading, str) or not isinstance(claims, list) or not isinstance(common, dict):
        message = "a section has a heading (text), claims (a list) and, if you like, common (a mapping)"
        result.problems.append(Problem(shown, section.line, "bad-section", message))
        return
    for claim in claims:
        if not isinstance(claim, Mapping):
            result.problems.append(
                Problem(shown, section.line, "bad-claim", f"a claim is a mapping, not {str(claim)[:40]!r}")
            )
            continue
        fields = _noted({**common, **claim}, layer)
        if layer.format == 1 and observed(result.vocabulary, document.head, fields):
            del fields["from"]
        _read_claim(result, document, heading, fields, claim, spans)


def _read_claim(
    result: Workspace,
    document: DocumentFile,
    heading: str,
    fields: dict[str, object],
    where: Mapping,
    spans: dict[str, Evidence],
) -> None:
    shown = document.path
    try:
        entry = ClaimEntry.model_validate(_typed_value(result, fields))
    except ValidationError as error:
        result.problems += problems_of(error, shown, where)
        return
    except ValueError as error:
        result.problems.append(Problem(shown, where.lines.get("value", where.line), "bad-value", f"value: {error}"))
        return
    missing = [at for at in entry.at if at not in spans]
    for at in missing:
        message = f"no passage is kept for {at!r}; run: samgraf spans --documents DIR"
        result.problems.append(Problem(shown, where.lines.get("at", where.line), "no-span", message))
    evidence = tuple(spans[at] for at in entry.at if at in spans)
    if not entry.at and not document.head.background:
        result.problems.append(Problem(shown, where.line, "no-evidence", "the claim has no 'at': say where it stands"))
    for subject in entry.subject:
        for obj in entry.object or (None,):
            key = claim_key(document.head.id, entry, subject, obj)
            claim = Claim(key, entry, subject, obj, document.head.id, heading, evidence, shown, where.line)
            document.claims.append(claim)


def _typed_value(result: Workspace, fields: dict[str, object]) -> dict[str, object]:
    """Give the fields with 'value' in the type that the predicate's kind asks for; ValueError when it cannot be."""
    predicate = result.vocabulary.predicates.get(str(fields.get("predicate")))
    value = fields.get("value")
    if predicate is None or value is None:
        return fields
    if predicate.kind == "text":
        typed: object = {FIRST: value} if isinstance(value, str) else value
        try:
            return {**fields, "value": Bilingual.model_validate(typed)}
        except ValidationError as error:
            raise ValueError(reason(error)) from error
    if predicate.kind == "date":
        return {**fields, "value": read_date(str(value)).edtf}
    if predicate.kind == "figure":
        return {**fields, "value": read_number(str(value))}
    if predicate.kind == "string":
        return {**fields, "value": str(value)}
    return fields
