"""Build a snapshot: workspace → checks → quads → rules → store, and the index of names.

This is the one place where the layers below meet; ``snapshot.current`` calls it when a snapshot is missing.
"""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

import pyoxigraph as ox

from samgraf.checks.structure import structure
from samgraf.errors import DataError
from samgraf.loader import load
from samgraf.namespaces import ENTITY
from samgraf.rdf.quads import quads
from samgraf.rdf.rules import infer, read_rules
from samgraf.store.names import NameEntry, write_names
from samgraf.store.words import write_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from samgraf.loader import Workspace

_ON_DISK_FROM = 200_000


def build_store(workspace: Workspace) -> ox.Store:
    """Give the whole graph of a valid workspace, rules run, in memory. Raises DataError with all problems otherwise."""
    problems = sorted([*workspace.problems, *structure(workspace)])
    if any(p.severity == "error" for p in problems):
        raise DataError(problems)
    store = ox.Store()
    store.bulk_extend(quads(workspace))
    wrong = infer(store, read_rules(workspace.folder))
    if wrong:
        raise DataError(wrong)
    return store


def build(folder_of_workspace: str | None, folder: str) -> None:
    """Build the snapshot of a workspace into ``folder``. Raises DataError when the workspace is not valid."""
    workspace = load(folder_of_workspace)
    memory = build_store(workspace)
    disk = ox.Store(os.path.join(folder, "store"))
    disk.bulk_extend(memory)
    disk.optimize()
    disk.flush()
    del disk
    write_names(folder, _name_entries(workspace))
    write_words(folder, workspace, memory)


def _name_entries(workspace: Workspace) -> Iterator[NameEntry]:
    degree: Counter[str] = Counter()
    for claim in workspace.claims:
        degree[claim.subject] += 1
        if claim.object:
            degree[claim.object] += 1
    for entity in sorted(workspace.entities.values(), key=lambda e: e.id):
        label = entity.label
        yield NameEntry(
            ENTITY + entity.id,
            entity.types,
            label.da,
            label.en or label.da,
            entity.aliases,
            entity.abbreviations,
            degree[entity.id],
        )
