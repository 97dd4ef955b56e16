"""Layers: what a workspace stands on, what it may add to the layers below, and what it may not contradict."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from samgraf import resources
from samgraf.language.messages import languages
from samgraf.model.text import FIRST, WRITTEN
from samgraf.problems import Problem
from samgraf.workspace.yamlfile import Mapping, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from samgraf.workspace import Workspace
    from samgraf.workspace.entries import Claim, Entity

FORMAT = 2
CODE = "layer-conflict"
ALL, MENTIONED = "all", "mentioned"
TEXTS = tuple(f"{name}-{code}" for name in ("title", "description") for code in languages())
"""The settings in which a workspace says in each language what its data set is."""
_ADDRESSES, _DAYS = ("url", "license", "publisher-url", "spatial"), ("issued", "modified")
DESCRIBING = (*TEXTS, "publisher", "contact-point", "version", "themes", *_ADDRESSES, *_DAYS)
"""The settings that describe the data set: see `samgraf.publish.description`."""
_KEYS = ("format", "extends", "name", "below", "notes", *DESCRIBING)
_ONE_OF = {"below": (ALL, MENTIONED), "notes": WRITTEN}
_SAME = ("note", "homepage", "phase", "symbol", "involvement")


@dataclass(frozen=True, slots=True)
class Layer:
    """One folder of data. ``format`` is that of its files; ``below`` says which entities it takes from the layers under it.

    ``notes`` is the language of a note that does not say its own.
    """

    name: str
    folder: str
    format: int = 1
    below: str = ALL
    notes: str = FIRST


def layers_of(workspace: str | None) -> tuple[list[Layer], list[Problem]]:
    """Give the layers of a workspace, the lowest first, and what is wrong with their settings.

    Raises DataError, as `resources.chain`.
    """
    folders = resources.chain(workspace)
    problems = [p for folder in folders for p in _wrong(folder, folders[-1])]
    found = []
    for folder in folders:
        given = {key: words[0] for key, (_, words) in resources.settings(folder).items() if words}
        number = FORMAT if given.get("format") == str(FORMAT) else 1
        below = given.get("below", ALL)
        notes = given["notes"] if given.get("notes") in WRITTEN else FIRST
        found.append(Layer(resources.layer_name(folder), folder, number, below, notes))
    return found, problems


def _wrong(folder: str, own: str) -> Iterator[Problem]:
    """Yield what is wrong with a layer's settings."""
    path = os.path.join(folder, resources.SETTINGS)
    if not os.path.isfile(path):
        return
    shown = os.path.relpath(path, own)
    file = read_yaml(path, shown)
    yield from file.problems
    if file.problems:
        return
    if not isinstance(file.content, Mapping):
        yield Problem(shown, 1, "settings", f"is to be a mapping with {', '.join(_KEYS)}")
        return
    quick = resources.settings(folder)
    for key, value in file.content.items():
        line = file.content.lines[key]
        words = value if isinstance(value, list) else [] if value is None else [value]
        if key not in _KEYS:
            yield Problem(shown, line, "unknown-field", f"{key!r} is no setting; there are {', '.join(_KEYS)}")
        elif quick.get(key, (0, []))[1] != words:
            yield Problem(shown, line, "settings", f"{key} is to be one word, or a list of words")
        elif key in _ADDRESSES and not all(str(w).startswith(("https://", "http://")) for w in words):
            yield Problem(shown, line, "settings", f"{key} is to be a web address, https://…")
        elif key in _DAYS and not all(_is_day(str(w)) for w in words):
            yield Problem(shown, line, "settings", f"{key} is to be a day, as in 2026-11-26")
        elif not set(words) <= set(_ONE_OF.get(key, words)):
            yield Problem(shown, line, "settings", f"{key} is to be {' or '.join(_ONE_OF[key])}")
    given = file.content.get("format")
    if given is None:
        yield Problem(shown, 1, "settings", f"does not say its format; write format: {FORMAT}")
    elif given != str(FORMAT):
        yield Problem(
            shown, file.content.lines["format"], "settings", f"format {given} is not known here; write format: {FORMAT}"
        )


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def added(fields: dict[str, object], below: Entity) -> dict[str, object]:
    """Give the fields of an entity that a higher layer names again: what it leaves out is as it is below, names are added."""
    merged: dict[str, object] = {"type": below.types, "label": below.label, **fields}
    for key, lower in (("aliases", below.aliases), ("abbreviations", below.abbreviations)):
        given = fields.get(key)
        if isinstance(given, list) or given is None:
            merged[key] = [*lower, *(x for x in given or () if x not in lower)]
    lower_ids, own_ids = below.identifiers, fields.get("identifiers")
    if isinstance(own_ids, Mapping) or own_ids is None:
        merged["identifiers"] = {**lower_ids, **(own_ids or {})}
    for key in _SAME:
        merged.setdefault(key, getattr(below, key))
    merged.setdefault("negative", below.negative)
    return merged


def conflicts(entity: Entity, fields: Mapping, below: Entity) -> Iterator[Problem]:
    """Yield each thing in which a higher layer contradicts the one below, naming both places. It may add classes, not take away."""
    there = f"in {below.path}:{below.line} (layer {below.layer})"
    if entity.types[0] != below.types[0] or not set(entity.types) >= set(below.types):
        message = f"{entity.id} is {' and '.join(entity.types)} here and {' and '.join(below.types)} {there}; one id is one thing"
        line = fields.lines.get("type", entity.line)
        yield Problem(entity.path, line, CODE, f"{message}: give this one an id of its own")
        return
    facts = [
        ("label", entity.label.da, below.label.da),
        ("label", entity.label.en, below.label.en),
        *((f"identifiers: {k}", entity.identifiers[k], v) for k, v in below.identifiers.items()),
        *((key, getattr(entity, key), getattr(below, key)) for key in _SAME if key != "note"),
    ]
    for what, here, lower in facts:
        if lower and here and here != lower:
            line = fields.lines.get(what.partition(":")[0], entity.line)
            message = f"{entity.id}: {what} is {here!r} here and {lower!r} {there}; add an alias, or leave it out"
            yield Problem(entity.path, line, CODE, message)


def keep_own(workspace: Workspace) -> None:
    """Leave out what the documents of the layers below say; general knowledge and names stay."""
    own = workspace.layers[-1].name
    workspace.documents = [d for d in workspace.documents if d.layer == own or d.head.background]


def keep_mentioned(workspace: Workspace) -> None:
    """Leave out what only the layers below know: entities that no claim of the workspace's own names, and what is said of those."""
    own = workspace.layers[-1].name
    named = {name for d in workspace.documents if d.layer == own for claim in d.claims for name in _names(claim)}
    named |= {e.id for e in workspace.entities.values() if e.layer == own}
    named |= {d.head.kind for d in workspace.documents if d.layer == own and d.head.kind}
    for document in workspace.documents:
        if document.layer != own:
            document.claims = [c for c in document.claims if named.issuperset(_names(c))]
    workspace.documents = [d for d in workspace.documents if d.layer == own or d.claims]
    named |= {d.head.id for d in workspace.documents}
    workspace.entities = {k: e for k, e in workspace.entities.items() if k in named}


def _names(claim: Claim) -> Iterator[str]:
    entry = claim.entry
    yield from (name for name in (claim.subject, claim.object, entry.role, entry.unit, entry.on_behalf_of) if name)
