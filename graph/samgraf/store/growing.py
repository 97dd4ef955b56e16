"""Grow a snapshot out of one before it: what has not changed is taken over, what has is made anew.

The store of the earlier snapshot is taken over by links to its files, which are never written again. In the graphs whose shards
are others than before, quads come and go. What follows by rules is kept when no quad came or went that a rule could read
(`samgraf.rdf.reach`); it is derived over what is near the change where that can be told (`samgraf.rdf.nearby`), and else over the
whole, and compared. The index is brought after it by what has changed
(`samgraf.store.following`). The outcome is that of a build from nothing, quad for quad and row for row.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pyoxigraph as ox

from samgraf.errors import DataError, StoreError
from samgraf.namespaces import DERIVED_GRAPH, GRAPH
from samgraf.rdf.nearby import Nearby
from samgraf.rdf.reach import read_by
from samgraf.rdf.relations import Relations
from samgraf.rdf.rules import infer, read_rules
from samgraf.rdf.writing import ontology_quads, quads
from samgraf.store import seal, snapshot
from samgraf.store.following import Change, follow
from samgraf.store.shards import read_shards, shard_quads

if TYPE_CHECKING:
    from collections.abc import Iterator

    from samgraf.store.locks import Lock
    from samgraf.store.shards import Shards
    from samgraf.workspace import Workspace

_DERIVED = ox.NamedNode(DERIVED_GRAPH)
_FEW, _PART = 1000, 0.3
_FEWEST, _NEAR = 100, 0.2


def grow(workspace: Workspace, shards: Shards, folder: str) -> bool:
    """Make the store and the index of a snapshot in ``folder`` out of the newest beside it that is whole and on the same ground.

    Gives False when there is none, or what it holds does not bear it; what is in ``folder`` then is to be taken away. Raises
    DataError when a rule cannot be run.
    """
    for base in _beside(folder):
        before = read_shards(base)
        if before is None or before.ground != shards.ground:
            continue
        others = {g for g in before.keys.keys() | shards.keys.keys() if before.keys.get(g) != shards.keys.get(g)}
        if _much(workspace, others):
            return False
        try:
            lock = snapshot.lease(base)
        except StoreError:
            continue
        return _grown(workspace, others, base, folder, lock)
    return False


def _beside(folder: str) -> Iterator[str]:
    """Yield the snapshots in the same place, the newest first."""
    home = os.path.dirname(folder)
    try:
        entries = [(e.stat().st_mtime, e.path) for e in os.scandir(home) if e.is_dir() and not e.name.startswith(".")]
    except OSError:
        return
    yield from (path for _, path in sorted(entries, reverse=True) if path != folder)


def _much(workspace: Workspace, graphs: set[str]) -> bool:
    """Tell whether so much is other than before that a build from nothing costs less."""
    every = sum(len(d.claims) for d in workspace.documents)
    others = sum(len(d.claims) for d in workspace.documents if GRAPH + d.head.id in graphs)
    return others > max(_FEW, every * _PART)


def _grown(workspace: Workspace, others: set[str], base: str, folder: str, lock: Lock) -> bool:
    try:
        if not seal.whole(base, read=True):
            return False
        ox.Store.read_only(os.path.join(base, "store")).backup(os.path.join(folder, "store"))
        store = ox.Store(os.path.join(folder, "store"))
        gone, come = _asserted(workspace, store, others)
        reads = read_by(read_rules(workspace.folder))
        if reads is None or any(q.predicate.value in reads for q in (*gone, *come)):
            left, made = _nearby(workspace, store, reads, gone, come) or _derived(workspace, store, reads)
            _change(store, left, made)
            gone, come = gone | left, come | made
        follow(base, folder, workspace, store, Change(others, gone | come))
        store.flush()
    except (OSError, RuntimeError, ValueError, StoreError):  # what is there is not what it is said to be
        return False
    finally:
        lock.close()
    return True


def _asserted(workspace: Workspace, store: ox.Store, graphs: set[str]) -> tuple[set[ox.Quad], set[ox.Quad]]:
    """Bring the graphs to what the workspace says; give the quads that went and those that came."""
    new = ox.Store()  # it writes numbers and dates as the other does
    new.bulk_extend(shard_quads(workspace, graphs))
    now = set(new)
    was = {q for graph in graphs for q in store.quads_for_pattern(None, None, None, ox.NamedNode(graph))}
    gone, come = was - now, now - was
    _change(store, gone, come)
    return gone, come


def _nearby(
    workspace: Workspace, store: ox.Store, reads: frozenset[str] | None, gone: set[ox.Quad], come: set[ox.Quad]
) -> tuple[set[ox.Quad], set[ox.Quad]] | None:
    """Run the rules over what is near the changed claims, as it was and as it is; None when they bear on more than that."""
    if reads is None:
        return None
    many = int(max(_FEWEST, _NEAR * sum(len(d.claims) for d in workspace.documents)))
    near = Nearby(store, gone, come, Relations(workspace.vocabulary, reads), many)
    if not near.gather():
        return None
    ontology = [q for q in ontology_quads(workspace) if q.predicate.value in reads]
    derived = []
    for graph in near.graphs():
        memory = ox.Store()
        memory.bulk_extend((*ontology, *graph))
        _infer(memory, workspace)
        derived.append(set(memory.quads_for_pattern(None, None, None, _DERIVED)))
    was, now = derived
    return was - now, now - was


def _infer(memory: ox.Store, workspace: Workspace) -> None:
    wrong = infer(memory, read_rules(workspace.folder))
    if wrong:
        raise DataError(wrong)


def _derived(workspace: Workspace, store: ox.Store, reads: frozenset[str] | None) -> tuple[set[ox.Quad], set[ox.Quad]]:
    """Run the rules over all that they read; give the derived quads of the store that follow no more, and those that now do."""
    memory = ox.Store()
    memory.bulk_extend(q for q in quads(workspace) if reads is None or q.predicate.value in reads)
    _infer(memory, workspace)
    was, now = (_lines(s) for s in (store, memory))
    return _read(was - now), _read(now - was)


def _lines(store: ox.Store) -> set[bytes]:
    """Give the derived graph line by line, which is quicker compared than quads are."""
    text = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=_DERIVED)
    return set(text.split(b"\n")) if text else set()


def _read(lines: set[bytes]) -> set[ox.Quad]:
    triples = ox.parse(b"\n".join(lines), format=ox.RdfFormat.N_TRIPLES)
    return {ox.Quad(t.subject, t.predicate, t.object, _DERIVED) for t in triples}


def _change(store: ox.Store, gone: set[ox.Quad], come: set[ox.Quad]) -> None:
    for quad in gone:
        store.remove(quad)
    store.extend(come)
