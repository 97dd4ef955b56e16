"""Build a snapshot: workspace → checks → quads → rules → store, and the index of names.

This is the one place where the layers below meet; ``snapshot.current`` calls it when a snapshot is missing.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pyoxigraph as ox

from samgraf.errors import DataError
from samgraf.rdf.reading import read_entities
from samgraf.rdf.rules import infer, read_rules
from samgraf.rdf.writing import quads
from samgraf.store import snapshot
from samgraf.store.collaborations import write_collaborations
from samgraf.store.embedded import EmbeddedStore
from samgraf.store.facts import write_facts
from samgraf.store.growing import grow
from samgraf.store.left import write_left_out
from samgraf.store.names import name_entries, write_names
from samgraf.store.shards import ground_of, shards_of, write_shards
from samgraf.version import __version__
from samgraf.workspace import load
from samgraf.workspace.leaving import leave_out
from samgraf.workspace.structure import structure

if TYPE_CHECKING:
    from samgraf.workspace import Workspace


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
    """Build the snapshot of a workspace into ``folder``, without the documents that have problems; those are kept beside it.

    It is grown out of one that is there already where that can be done. Raises DataError when the workspace is not valid
    otherwise.
    """
    ground = ground_of(folder_of_workspace, f"{__version__} {snapshot.FORMAT}")
    workspace = load(folder_of_workspace)
    left = leave_out(workspace)
    shards = shards_of(workspace, ground)
    if shards is None or not grow(workspace, shards, folder):
        snapshot.clear(folder)
        _from_nothing(workspace, folder)
    if shards is not None:
        write_shards(folder, shards)
    write_left_out(folder, left)


def _from_nothing(workspace: Workspace, folder: str) -> None:
    memory = build_store(workspace)
    disk = ox.Store(os.path.join(folder, "store"))
    disk.bulk_extend(memory)
    disk.optimize()
    disk.flush()
    del disk
    reader = EmbeddedStore(memory)
    entities = read_entities(reader)
    write_names(folder, name_entries(workspace, entities))
    write_collaborations(folder, reader, workspace.vocabulary)
    write_facts(folder, workspace, reader, entities)
