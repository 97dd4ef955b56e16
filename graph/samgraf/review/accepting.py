"""Accepted claims into the workspace's files: the document's claims, new entities, evidence, all three or none.

``drafts/ID.written.json`` holds which lines the review wrote. What is to stand there follows from the log of decisions alone,
so that `settle` may be called at any time, after any kill, and does only what is left to do. Lines that a person has
changed by hand are that person's: they are left.
"""

from __future__ import annotations

import contextlib
import json
import os
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from samgraf import disk
from samgraf.errors import UsageError
from samgraf.ingest.draft import NAMED_FIELDS, flow
from samgraf.ingest.together import write_together
from samgraf.review.claimfile import add_claims, new_file, remove_line
from samgraf.review.decisions import ACCEPT
from samgraf.review.state import claim_of
from samgraf.workspace.entries import ClaimEntry, Entity
from samgraf.workspace.spans import PassageError, evidence_table, find_passage, read_evidence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from samgraf.ingest.draft import DraftClaim, Name
    from samgraf.ingest.knowing import Known
    from samgraf.review.state import State

ENTITIES = "data/entities/reviewed.yaml"
_ENTITIES_HEAD = "# Who and what was new in reviewed documents; written by samgraf review. Change it as you like.\n"


class Settled(NamedTuple):
    """What `settle` did: claims written and taken away, entities made, and what was left since a person had changed it."""

    added: int
    removed: int
    made: tuple[Entity, ...]
    left: tuple[str, ...]


class _Line(NamedTuple):
    heading: str
    text: str
    at: tuple[str, ...]


def settle(folder: str, state: State, known: Known) -> Settled:
    """Bring the workspace's files to what is decided. The caller holds the workspace (`together.writing`)."""
    document = state.draft.id
    written = _written(folder, document)
    entities = dict(written["entities"])
    wanted, made = _wanted(state, known, entities)
    before = _carried_lines(written, state)
    path = f"data/documents/{document}.yaml"
    full = os.path.join(folder, path)
    content = _text(full)
    left = []
    if not content:
        content = new_file(state.draft.head)
        before = []
    for line in before:
        if line not in {w.text for w in wanted}:
            shorter = remove_line(content, line)
            if shorter is None:
                left.append(f"{path}: {line[:100]}")
            content = shorter if shorter is not None else content
    added = [w for w in wanted if w.text not in before]
    sections: dict[str, list[str]] = {}
    for one in added:
        sections.setdefault(one.heading, []).append(one.text)
    for heading, claims in sections.items():
        content = add_claims(content, heading, claims)
    if not added and before == [w.text for w in wanted]:
        return Settled(0, 0, (), ())
    files = {path: content, **_evidence(folder, state, wanted), **_entities(folder, made, written["entities"])}
    record = {
        "text": state.earlier.current,
        "lines": [{"line": w.text, "at": list(w.at)} for w in wanted],
        "entities": entities,
    }
    files[_written_path(document)] = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    write_together(folder, files)
    head = {"type": "Document", "label": state.draft.head["label"]}
    own = [_entity(document, head)] if document not in known.entities else []
    own += [_entity(identifier, _fields_of(name)) for identifier, name in made.items()]
    return Settled(len(added), len(before) - (len(wanted) - len(added)), tuple(own), tuple(left))


def _fields_of(name: Name) -> dict[str, Any]:
    aliases = {"aliases": list(name.aliases)} if name.aliases else {}
    return {"type": name.type, "label": name.label, **aliases}


def _entity(identifier: str, fields: Mapping[str, Any]) -> Entity:
    return Entity.model_validate({**fields, "id": identifier, "path": ENTITIES})


def _written_path(document: str) -> str:
    return f"drafts/{document}.written.json"


def _written(folder: str, document: str) -> dict[str, Any]:
    text = _text(os.path.join(folder, _written_path(document)))
    found: dict[str, Any] = json.loads(text) if text else {"lines": [], "entities": {}}
    return found


def _carried_lines(written: dict[str, Any], state: State) -> list[str]:
    """Give the lines that were written, as they stand since the document was read again and its anchors carried over."""
    found = []
    for one in written["lines"]:
        places = [state.earlier.now(at, written.get("text")) or at for at in one["at"]]
        line: str = one["line"]
        found.append(line if places == one["at"] else f"{line[: line.rindex('at: ')]}at: {_anchors(places)}}}")
    return found


def _anchors(places: list[str]) -> str:
    texts = [json.dumps(at, ensure_ascii=False) for at in places]
    return texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]"


def _text(path: str) -> str:
    try:
        return disk.read_text(path).replace("\r\n", "\n")
    except FileNotFoundError:
        return ""


def _wanted(state: State, known: Known, entities: dict[str, str]) -> tuple[list[_Line], dict[str, Name]]:
    """Give the lines that accepted claims make, the same fact once with all its passages, and the names that are new."""
    facts: dict[str, tuple[str, dict[str, Any], list[str]]] = {}
    made: dict[str, Name] = {}
    for decision in state.judged.claims.values():
        if decision.get("verdict") != ACCEPT:
            continue
        claim = claim_of(decision)
        fields = _resolved(claim, state, known, entities, made)
        key = json.dumps(fields, sort_keys=True, ensure_ascii=False)
        at = state.earlier.now(claim.at, decision.get("text")) or claim.at
        facts.setdefault(key, (claim.heading, fields, []))[2].append(at)
    lines = []
    for heading, fields, anchors in facts.values():
        places = list(dict.fromkeys(anchors))
        lines.append(_Line(heading, f"{flow(fields)[:-1]}, at: {_anchors(places)}}}", tuple(places)))
    return lines, made


def _resolved(
    claim: DraftClaim, state: State, known: Known, entities: dict[str, str], made: dict[str, Name]
) -> dict[str, Any]:
    fields = dict(claim.fields)
    for field in NAMED_FIELDS:
        key = fields.get(field)
        name = state.names.get(str(key))
        if key is None or name is None:  # the document itself, or an id that a person wrote
            continue
        if name.id is None:
            made[entities.setdefault(name.key, _free(name.key, known, entities))] = name
        fields[field] = name.id or entities[name.key]
    return fields


def _free(wanted: str, known: Known, entities: Mapping[str, str]) -> str:
    taken = {*known.entities, *entities.values()}
    found, number = wanted, 2
    while found in taken:
        found, number = f"{wanted}-{number}", number + 1
    return found


def _evidence(folder: str, state: State, wanted: list[_Line]) -> dict[str, str]:
    document = state.draft.id
    name = f"data/evidence/{document}.tsv"
    passages, _ = read_evidence(document, os.path.join(folder, name), name)
    for line in wanted:
        for at in line.at:
            with contextlib.suppress(
                PassageError
            ):  # a passage that is lost keeps the evidence that it had, and the check tells
                passages[at] = find_passage(document, state.record.text, at)
    return {name: evidence_table(passages.items())}


def _entities(folder: str, made: dict[str, Name], before: Mapping[str, str]) -> dict[str, str]:
    content = _text(os.path.join(folder, ENTITIES)) or _ENTITIES_HEAD
    new = ""
    for identifier, name in made.items():
        if identifier not in before.values() and f"\n{identifier}:" not in content:
            new += f"{identifier}: {flow(_fields_of(name))}\n"
    return {ENTITIES: content + new} if new else {}


def check_claim(fields: Mapping[str, Any], names: Mapping[str, Name], known: Known, at: str, text: str) -> None:
    """Refuse a claim that the workspace's check would refuse. Raises UsageError with what is wrong."""
    ids = {key: name.id or name.key for key, name in names.items()}
    data = {k: ids.get(str(v), v) if k in NAMED_FIELDS else v for k, v in fields.items()}
    try:
        ClaimEntry.model_validate({**data, "at": at})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        msg = f"{'.'.join(str(p) for p in first['loc'])}: {first['msg']}"
        raise UsageError(msg) from error
    predicate = known.vocabulary.predicates.get(str(fields.get("predicate")))
    if predicate is None:
        msg = f"no relation is called {fields.get('predicate')!r}; see: samgraf terms"
        raise UsageError(msg)
    for field, wanted in (("subject", predicate.subject_types), ("object", predicate.object_types)):
        name = names.get(str(fields.get(field)))
        types = known.entities[name.id].types if name and name.id else (name.type,) if name else ()
        if types and not known.vocabulary.is_a(types, wanted):
            msg = f"the {field} of {predicate.name} is to be {' or '.join(sorted(wanted))}, not {types[0]}"
            raise UsageError(msg)
    try:
        find_passage("", text, at)
    except ValueError as error:
        raise UsageError(str(error)) from error
