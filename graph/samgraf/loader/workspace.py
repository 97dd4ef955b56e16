"""A whole workspace, read and put together: entities, documents with their claims, vocabulary, every problem."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pydantic import ValidationError

from samgraf import resources
from samgraf.loader.lexicon import Entry, read_lexicon
from samgraf.loader.spans import read_evidence
from samgraf.loader.vocabulary import Vocabulary, read_vocabulary
from samgraf.loader.yamlfile import Mapping, read_yaml
from samgraf.models import Bilingual, Claim, ClaimEntry, DocumentHead, Entity, Evidence, claim_key, parse_date
from samgraf.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

_DOCUMENT_KEYS = ("document", "sections")
_SECTION_KEYS = ("heading", "common", "claims")
_AN_ID = "an id is made of a-z and 0-9 with single hyphens between, 120 at most"
_EXPECTED = {
    "at": "a place is '106', '106-108' or '106-108 first words … last words'",
    "predicate": "a predicate is one word of the ontology, like memberOf",
    "homepage": "a homepage begins with http:// or https:// and holds no blanks",
}


@dataclass(slots=True)
class DocumentFile:
    """One source document: what is known of it, and its claims in the order of the file."""

    head: DocumentHead
    path: str
    line: int
    claims: list[Claim] = field(default_factory=list)


@dataclass(slots=True)
class Workspace:
    """Everything that the data files hold. ``problems`` lists all that is wrong with them."""

    folder: str
    vocabulary: Vocabulary
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
    """Read a workspace. Never raises for bad content: look at ``problems``, or use ``samgraf.checks``."""
    folder = resources.workspace_folder(workspace)
    result = Workspace(folder, read_vocabulary(workspace))
    result.lexicon, problems = read_lexicon(folder, result.vocabulary)
    result.problems += [*result.vocabulary.problems, *problems]
    for path in resources.files(os.path.join(folder, "data", "entities"), ".yaml", ".yml"):
        _read_entities(result, path)
    for path in resources.files(os.path.join(folder, "data", "documents"), ".yaml", ".yml"):
        _read_document(result, path)
    result.problems.sort()
    return result


def _problems_of(error: ValidationError, shown: str, where: Mapping) -> Iterator[Problem]:
    """Turn pydantic's errors into problems at the lines of the fields that they are about."""
    for item in error.errors(include_url=False):
        key = str(item["loc"][0]) if item["loc"] else ""
        line = where.lines.get(key, where.line)
        full = ".".join(str(part) for part in item["loc"] if not isinstance(part, int))
        what = item["msg"].removeprefix("Value error, ")
        if item["type"] == "string_pattern_mismatch":
            what = _EXPECTED.get(key, _AN_ID)
        elif item["type"] == "dataclass_type":
            what = "write a date: 2020-11-23, 2018-03, 2022, 2019-21 (spring) or 2025-33 (first quarter)"
        if item["type"] == "extra_forbidden":
            yield Problem(shown, line, "unknown-field", f"{full!r} is no field here")
        elif item["type"] == "missing":
            yield Problem(shown, line, "missing-field", f"{full!r} is missing")
        else:
            given = item.get("input")
            shown_input = (
                "" if isinstance(given, (dict, list, tuple)) or given is None else f" (it is {str(given)[:60]!r})"
            )
            yield Problem(shown, line, "bad-value", f"{full + ': ' if full else ''}{what}{shown_input}")


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


def _read_entities(result: Workspace, path: str) -> None:
    content, shown = _mapping(result, path)
    for key, fields in (content or {}).items():
        line = content.lines[key] if content else 0
        if not isinstance(fields, Mapping):
            result.problems.append(Problem(shown, line, "bad-entity", f"{key!r} has no fields; write type and label"))
            result.broken.add(key)
            continue
        try:
            entity = Entity.model_validate({**fields, "id": key, "path": shown, "line": line})
        except ValidationError as error:
            fields.line = line
            result.problems += _problems_of(error, shown, fields)
            result.broken.add(key)
            continue
        _add_entity(result, entity)


def _add_entity(result: Workspace, entity: Entity) -> None:
    other = result.entities.get(entity.id)
    if other:
        message = f"the id {entity.id!r} is taken already, in {other.path}:{other.line}"
        result.problems.append(Problem(entity.path, entity.line, "duplicate-id", message))
    else:
        result.entities[entity.id] = entity


def _read_document(result: Workspace, path: str) -> None:
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
        document = DocumentFile(DocumentHead.model_validate(dict(head)), shown, content.lines["document"])
    except ValidationError as error:
        result.problems += _problems_of(error, shown, head)
        try:  # its claims may have problems of their own, to be told at once
            document = DocumentFile(DocumentHead(id=stem, label=Bilingual(da=stem)), shown, content.lines["document"])
        except ValidationError:
            return
    if stem != document.head.id:
        message = f"the document's id {document.head.id!r} and the file's name {stem!r} must be the same"
        result.problems.append(Problem(shown, head.lines.get("id", head.line), "file-name", message))
    about = document.head
    fields = {"id": about.id, "type": "Document", "label": about.label, "aliases": about.aliases, "note": about.note}
    _add_entity(
        result,
        Entity.model_validate({**fields, "abbreviations": about.abbreviations, "path": shown, "line": head.line}),
    )
    evidence_path = os.path.join(result.folder, "data", "evidence", f"{about.id}.tsv")
    spans, problems = read_evidence(about.id, evidence_path, os.path.relpath(evidence_path, result.folder))
    result.problems += problems
    sections = content.get("sections")
    if not isinstance(sections, list):
        result.problems.append(
            Problem(shown, content.lines.get("sections", 1), "missing-field", "'sections' is to be a list")
        )
        return
    for section in sections:
        _read_section(result, document, section, spans)
    result.documents.append(document)


def _read_section(result: Workspace, document: DocumentFile, section: object, spans: dict[str, Evidence]) -> None:
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
        _read_claim(result, document, heading, {**common, **claim}, claim, spans)


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
        result.problems += _problems_of(error, shown, where)
        return
    except ValueError as error:
        result.problems.append(Problem(shown, where.lines.get("value", where.line), "bad-value", str(error)))
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
        typed: object = {"da": value} if isinstance(value, str) else value
        try:
            return {**fields, "value": Bilingual.model_validate(typed)}
        except ValidationError as error:
            msg = f"{fields['predicate']!r} takes a text, {{da: …, en: …}}: {error.errors()[0]['msg']}"
            raise ValueError(msg) from error
    if predicate.kind == "date":
        return {**fields, "value": parse_date(str(value)).edtf}
    if predicate.kind == "figure" and (isinstance(value, bool) or not isinstance(value, (int, float))):
        msg = f"{fields['predicate']!r} takes a number, not {str(value)[:40]!r}; the unit stands in 'unit'"
        raise ValueError(msg)
    if predicate.kind == "string":
        return {**fields, "value": str(value)}
    return fields
