"""Shards: what a snapshot is made of, each under the key of all that it follows from.

A shard is one named graph with what the index has of it: the claims of one document, or all entities. The key of a
document's is the digest of its file and its passages, and of what other files say of its claims: that one is superseded, that
an object is an organisation. Beneath all shards lies the ground: this version, the ontology with its rules and languages, and
the settings. On another ground every shard is another.
"""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING, NamedTuple

from samgraf import disk, resources
from samgraf.namespaces import DERIVED_GRAPH, ENTITIES_GRAPH, GRAPH, ONTOLOGY_GRAPH
from samgraf.rdf.writing import document_quads, entity_quads, is_membership, superseded_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyoxigraph as ox

    from samgraf.workspace import DocumentFile, Workspace

_NAME = "shards"
_DATA = ("documents", "entities", "evidence")
_OTHERS = frozenset((ENTITIES_GRAPH, ONTOLOGY_GRAPH, DERIVED_GRAPH))
"""Graphs that are not a document's."""


class Shards(NamedTuple):
    """The shards of a snapshot: their ground, and the key of each by its graph's IRI."""

    ground: str
    keys: dict[str, str]


def ground_of(workspace: str | None, version: str) -> str:
    """Give the digest of all that every shard of a workspace stands on."""
    digest = hashlib.sha256(f"{version} {resources.own_only()}".encode())
    data = tuple(os.path.join(f, "data", part) + os.sep for f in resources.chain(workspace) for part in _DATA)
    for path in resources.inputs(workspace):
        if path.startswith(data):
            continue
        try:
            content = disk.sha256_of(path)
        except OSError as error:  # whoever reads it will say so
            content = str(error.strerror)
        digest.update(f"{path}\0{content}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def shards_of(workspace: Workspace, ground: str) -> Shards | None:
    """Give the shards of a workspace without errors; None when a document's graph has the name of another's."""
    if any(GRAPH + d.head.id in _OTHERS for d in workspace.documents):
        return None
    superseded = superseded_by(workspace)
    keys = {GRAPH + d.head.id: _digest(_document(d, workspace, superseded)) for d in workspace.documents}
    return Shards(ground, {ENTITIES_GRAPH: _digest(map(str, entity_quads(workspace))), **keys})


def _document(document: DocumentFile, workspace: Workspace, superseded: dict[str, list[str]]) -> Iterator[str]:
    yield document.digest
    for claim in document.claims:
        yield f"{claim.key} {is_membership(claim, workspace)} {superseded.get(claim.key, '')}"


def _digest(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


def shard_quads(workspace: Workspace, graphs: Iterable[str]) -> Iterator[ox.Quad]:
    """Yield the quads of the shards with these graphs, as far as there are such."""
    wanted = set(graphs)
    if ENTITIES_GRAPH in wanted:
        yield from entity_quads(workspace)
    superseded = superseded_by(workspace)
    for document in workspace.documents:
        if GRAPH + document.head.id in wanted:
            yield from document_quads(document, workspace, superseded)


def write_shards(folder: str, shards: Shards) -> None:
    """Write down what a snapshot is made of."""
    lines = (f"{graph} {key}" for graph, key in sorted(shards.keys.items()))
    disk.write_whole(os.path.join(folder, _NAME), "\n".join((shards.ground, *lines)))


def read_shards(folder: str) -> Shards | None:
    """Give what a snapshot is made of; None when it does not say."""
    try:
        ground, *lines = disk.read_text(os.path.join(folder, _NAME)).split("\n")
        return Shards(ground, dict(line.split(" ") for line in lines))
    except (OSError, ValueError):
        return None
