"""A draft: claims that a machine read, each with its rule, confidence and passage, for a person to judge.

It stands in ``drafts/ID.yaml``, outside ``data/``, so that the graph cannot read it: names with what each is or may be,
then claims in sections, in the words of the data format.
"""

from __future__ import annotations

import hashlib
import json
import os
from typing import TYPE_CHECKING, Any, NamedTuple

from samgraf.errors import DataError
from samgraf.problems import Problem
from samgraf.workspace.yamlfile import read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FOLDER = "drafts"
NAMED_FIELDS = ("subject", "object", "role", "onBehalfOf")
FIELDS = ("subject", "predicate", "object", "value", "role", "onBehalfOf", "from", "until", "modality")
_KEY = 12


class Name(NamedTuple):
    """A name of the document: the entity that it is (``id``), or what it would be as a new one; ``like`` are ids that it may be."""

    key: str
    label: str
    type: str
    id: str | None = None
    like: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


class DraftClaim(NamedTuple):
    """One claim. ``fields`` are those of the data format, with names' keys for ids; ``row`` ties what was read together."""

    key: str
    rule: str
    confidence: float
    group: str
    heading: str
    row: str
    fields: dict[str, Any]
    at: str


class Draft(NamedTuple):
    """All that was drafted of one document. ``head`` is the document's; ``about`` tells the text, the grammar and counts."""

    id: str
    head: dict[str, Any]
    about: dict[str, Any]
    names: dict[str, Name]
    claims: tuple[DraftClaim, ...]


def claim_key(fields: Mapping[str, Any], names: Mapping[str, Name]) -> str:
    """Give a claim's key: a digest of what it says, by the words for names, so that a new draft of the same fact has it too."""
    said = {
        name: names[value].label.lower() if name in NAMED_FIELDS and value in names else value
        for name, value in fields.items()
        if name in FIELDS
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:_KEY]


def draft_path(document: str) -> str:
    """Give the path of a document's draft in the workspace."""
    return f"{FOLDER}/{document}.yaml"


def flow(value: object) -> str:
    """Write a value as YAML in flow style, on one line; texts are quoted unless they are plain words.

    >>> flow({"a": "ja", "b": ["x y", "2020-01-02"], "c": 3})
    '{a: ja, b: ["x y", "2020-01-02"], c: 3}'
    """
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: {flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(flow, value)) + "]"
    if isinstance(value, str):
        plain = value.replace("-", "").isalnum() and value.isascii() and value[0].isalpha()
        reserved = value.lower() in ("true", "false", "null", "yes", "no", "on", "off", "y", "n")
        return value if plain and not reserved else json.dumps(value, ensure_ascii=False)
    return json.dumps(value)


def name_data(name: Name) -> dict[str, Any]:
    """Give a name as it stands in the file: ``{is: id, or: […]}`` or ``{new: …, type: …, or: […], aliases: […]}``."""
    data: dict[str, Any] = {"is": name.id} if name.id else {}
    data |= {"new" if not name.id else "read": name.label, "type": name.type}
    data |= {"or": list(name.like)} if name.like else {}
    return data | ({"aliases": list(name.aliases)} if name.aliases and not name.id else {})


def write_draft(draft: Draft) -> str:
    """Give the text of a draft's file."""
    out = [
        "# What was read of this document by rules. Nothing of it is in the graph before you accept it.",
        f"document: {flow(draft.head)}",
        f"draft: {flow(draft.about)}",
        "names:",
    ]
    out += [f"  {key}: {flow(name_data(name))}" for key, name in draft.names.items()] or ["  {}"]
    out.append("sections:")
    last: tuple[str, str] | None = None
    for claim in draft.claims:
        if (claim.group, claim.heading) != last:
            last = (claim.group, claim.heading)
            out += [f"  - heading: {flow(claim.heading)}", f"    group: {flow(claim.group)}", "    claims:"]
        data = {"key": claim.key, "rule": claim.rule, "confidence": claim.confidence, "row": claim.row}
        out.append(f"      - {flow({**data, **claim.fields, 'at': claim.at})}")
    return "\n".join(out) + "\n"


def read_draft(folder: str, document: str) -> Draft | None:
    """Read a draft; None when there is none. Raises DataError when its file is damaged."""
    path = os.path.join(folder, draft_path(document))
    if not os.path.isfile(path):
        return None
    file = read_yaml(path, draft_path(document))
    content = file.content
    if file.problems or not isinstance(content, dict):
        raise DataError(file.problems or [Problem(draft_path(document), 1, "bad-file", "is no draft")])
    try:
        names = {key: _name(key, data) for key, data in (content.get("names") or {}).items()}
        sections: Sequence[dict[str, Any]] = content.get("sections") or []
        claims = tuple(_claim(section, data) for section in sections for data in section["claims"] or [])
        return Draft(document, dict(content["document"]), dict(content.get("draft") or {}), names, claims)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        problem = Problem(
            draft_path(document), 1, "bad-draft", f"is not as a draft is ({error}); run: samgraf add again"
        )
        raise DataError([problem]) from error


def _name(key: str, data: Mapping[str, Any]) -> Name:
    label = data.get("new") or data.get("read") or data["is"]
    return Name(
        key,
        str(label),
        str(data["type"]),
        data.get("is"),
        tuple(data.get("or") or ()),
        tuple(data.get("aliases") or ()),
    )


def _claim(section: Mapping[str, Any], data: Mapping[str, Any]) -> DraftClaim:
    fields = {name: data[name] for name in FIELDS if name in data}
    return DraftClaim(
        str(data["key"]),
        str(data["rule"]),
        float(str(data["confidence"])),
        str(section["group"]),
        str(section["heading"]),
        str(data["row"]),
        fields,
        str(data["at"]),
    )
