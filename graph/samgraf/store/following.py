"""The index of a snapshot, brought from that of an earlier one to what the graph is now.

A claim is written anew when a quad of it has come or gone, when the words of its passages are others, when it follows from such
a claim, or when it names an entity, or stands in a document, of which more has changed than its life span; an entity when a quad
of it has come or gone, or when it is named more or less often. Where an entity has other names than before, all names are
written anew.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from samgraf.errors import StoreError
from samgraf.namespaces import CLAIM, DERIVED_GRAPH, ENTITIES_GRAPH, ENTITY, GRAPH, PROV
from samgraf.rdf.reading import read_claims, read_entities
from samgraf.store import facts, names
from samgraf.store.collaborations import write_links, write_rows
from samgraf.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from samgraf.model import Claim
    from samgraf.workspace import Workspace

_SOURCE = ox.NamedNode(PROV + "wasDerivedFrom")
_EVIDENCE = "/evidence/"
_AT_ONCE = 500


class Change(NamedTuple):
    """What is other than before: shards by their graphs, and quads that went or came."""

    graphs: set[str]
    quads: set[ox.Quad]


def follow(base: str, folder: str, workspace: Workspace, store: ox.Store, change: Change) -> None:
    """Write the index of ``folder``: that of ``base``, with what is other than before.

    Raises StoreError when the index of ``base`` cannot be read.
    """
    path = os.path.join(folder, names.FILE)
    shutil.copyfile(os.path.join(base, names.FILE), path)
    db = sqlite3.connect(path)
    try:
        db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
        was = facts.read_facts(db, base)
        now = _follow_claims(db, folder, workspace, store, change, was)
        _follow_entities(db, workspace, store, change, (_degree(was), _degree(now)))
        facts.write_documents(db, EmbeddedStore(store))
        db.commit()
    except sqlite3.Error as error:
        msg = f"the index of {base} cannot be read: {error}"
        raise StoreError(msg) from error
    finally:
        db.close()


def _follow_claims(
    db: sqlite3.Connection,
    folder: str,
    workspace: Workspace,
    store: ox.Store,
    change: Change,
    was: list[facts.Fact],
) -> list[facts.Fact]:
    """Write what the index says of claims; give it as it is now."""
    reader = EmbeddedStore(store)
    claims = _claims(workspace, store, change, was)
    new: list[Claim] = []
    for some in _in_pieces(claims):
        write_rows(db, reader, some)
        new += read_claims(reader, among=some)
    write_links(db, reader)
    named = {name for claim in new for name in (*claim.ends(), claim.role, claim.unit) if name}
    things = {e.id: e for some in _in_pieces(named) for e in read_entities(reader, some)}
    kept = (fact for fact in was if fact.name not in claims)
    now = sorted((*kept, *facts.facts_of(new, things, workspace)), key=lambda fact: fact.place)
    facts.write_claims(db, folder, now)
    return now


def _in_pieces(names: set[str]) -> Iterator[list[str]]:
    """Give so many at once as the store looks up one by one; more it looks for among all that there are."""
    every = sorted(names)
    return (every[at : at + _AT_ONCE] for at in range(0, len(every), _AT_ONCE))


def _claims(workspace: Workspace, store: ox.Store, change: Change, was: list[facts.Fact]) -> set[str]:
    """Give the ids of the claims to be written anew, those that are gone among them."""
    renamed = _renamed(workspace, change)
    found = {fact.name for fact in was if fact.document in renamed or not renamed.isdisjoint(fact.named)}
    found |= _told_otherwise(workspace, change, was)
    subjects = (q.subject.value for q in change.quads if isinstance(q.subject, ox.NamedNode))
    found |= {s.removeprefix(CLAIM).partition(_EVIDENCE)[0] for s in subjects if s.startswith(CLAIM)}
    following = (
        q.subject.value.removeprefix(CLAIM)
        for name in found
        for q in store.quads_for_pattern(None, _SOURCE, ox.NamedNode(CLAIM + name))
        if isinstance(q.subject, ox.NamedNode)
    )
    return found | set(following)


def _told_otherwise(workspace: Workspace, change: Change, was: list[facts.Fact]) -> set[str]:
    """Give the ids of the claims the words of whose passages are others, though their places are not."""
    changed = [d for d in workspace.documents if GRAPH + d.head.id in change.graphs]
    told = facts.told_in(workspace)
    now = {
        claim.key: facts.told_by(((e.document, e.start, e.end) for e in claim.evidence), told)
        for document in changed
        for claim in document.claims
    }
    return {fact.name for fact in was if fact.name in now and fact.told != now[fact.name]}


def _renamed(workspace: Workspace, change: Change) -> set[str]:
    """Give the ids of the entities of which more than the life span may have changed."""
    found = set()
    for quad in change.quads:
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.graph_name, ox.NamedNode):
            name, graph = quad.subject.value.removeprefix(ENTITY), quad.graph_name.value
            if graph == ENTITIES_GRAPH or (graph == DERIVED_GRAPH and name not in workspace.entities):
                found.add(name)
    return found


def _degree(among: Iterable[facts.Fact]) -> Counter[str]:
    return Counter(end for fact in among for end in fact.ends)


def _follow_entities(
    db: sqlite3.Connection,
    workspace: Workspace,
    store: ox.Store,
    change: Change,
    degrees: tuple[Counter[str], Counter[str]],
) -> None:
    """Write what the index says of entities."""
    reader = EmbeddedStore(store)
    before, now = degrees
    if any(not name.startswith(CLAIM) for name in _renamed(workspace, change)):
        every = read_entities(reader)
        names.write_entries(db, names.name_entries(workspace, every))
        facts.write_things(db, {e.id: e for e in every}, now, workspace)
        return
    names.write_degrees(db, workspace)
    subjects = {q.subject.value for q in change.quads if isinstance(q.subject, ox.NamedNode)}
    others = {s.removeprefix(ENTITY) for s in subjects if s.startswith(ENTITY)}
    others |= {name for name in before.keys() | now.keys() if before[name] != now[name]}
    facts.remove_things(db, others)
    for some in _in_pieces(others):
        facts.add_things(db, read_entities(reader, some), now, workspace)
