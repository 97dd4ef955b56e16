"""Registers: spreadsheets whose columns a person maps once; the workspace remembers the heads in its words.yaml."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from samgraf import disk
from samgraf.errors import UsageError
from samgraf.ingest.grammar import read_grammars
from samgraf.ingest.looks import COLUMN
from samgraf.ingest.reading import ROW
from samgraf.ingest.record import joined_cells
from samgraf.ingest.tables import FOLDER
from samgraf.ingest.view import plain
from samgraf.ingest.wordlists import WordLists
from samgraf.workspace.yamlfile import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from samgraf.ingest.grammar import Grammar
    from samgraf.ingest.record import Record

SHEET = "xlsx"
_GRAMMAR = "register"


def slots_of(grammars: Sequence[Grammar]) -> list[str]:
    """List what a column of a register may hold."""
    return list(dict.fromkeys(s for g in grammars if g.grammar == _GRAMMAR for rule in g.rules for s in rule.columns))


def unknown_columns(record: Record, grammars: Sequence[Grammar]) -> str:
    """Say which columns a sheet has, and how to tell what they hold."""
    head = next((line for line in record.lines if line.kind == ROW), None)
    columns = [c.strip() for c in joined_cells(record, head) if c.strip()] if head else []
    slots = slots_of(grammars)
    return (
        f"has the columns {', '.join(columns) or 'of no name'}, of which too few are known to make a claim; say once what they "
        f"hold, as in --columns '{slots[0]}={columns[0] if columns else '…'}' ({', '.join(slots)})"
    )


def remember_columns(folder: str, given: Iterable[str]) -> None:
    """Keep what columns hold, each as ``SLOT=HEAD``, in the workspace's words. Raises UsageError for what is no such pair."""
    slots = slots_of(read_grammars(folder, WordLists(folder)))
    path = os.path.join(folder, "ontology", FOLDER, "words.yaml")
    shown = os.path.relpath(path, folder)
    kept: dict[str, list[str]] = {}
    if os.path.isfile(path):
        content = read_yaml(path, shown).content
        kept = dict(content) if isinstance(content, dict) else {}
    added: list[str] = []
    for pair in given:
        slot, equals, head = pair.partition("=")
        if not equals or slot not in slots or not plain(head):
            msg = f"--columns takes WHAT=HEAD, with WHAT one of {', '.join(slots)}; not {pair!r}"
            raise UsageError(msg)
        name = COLUMN + slot
        if plain(head) not in kept.get(name, []):
            kept.setdefault(name, []).append(plain(head))
            added.append(name)
    if added:
        disk.write_whole(path, _with(path, kept, added))


def _with(path: str, kept: dict[str, list[str]], added: list[str]) -> str:
    """Give the file with the changed lists anew, its other lines as they were."""
    from samgraf.ingest.draft import flow

    lines: list[str] = []
    if os.path.isfile(path):
        lines = [line for line in disk.read_text(path).splitlines() if line.partition(":")[0] not in added]
    return "\n".join([*lines, *(f"{name}: {flow(kept[name])}" for name in dict.fromkeys(added))]) + "\n"
