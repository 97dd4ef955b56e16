"""Open the graph that a command asks for: the workspace's snapshot, or the endpoint of ``--store``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.errors import StoreError
from samgraf.store import snapshot

if TYPE_CHECKING:
    from samgraf.store.embedded import EmbeddedStore
    from samgraf.store.remote import RemoteStore


def _build(workspace: str | None, folder: str) -> None:
    from samgraf.store.build import build

    build(workspace, folder)


def snapshot_folder(workspace: str | None = None) -> str:
    """Give the folder of the workspace's snapshot, built first when it is missing or stale."""
    return snapshot.current(workspace, build=_build)


def open_store(workspace: str | None = None, url: str | None = None) -> EmbeddedStore | RemoteStore:
    """Open the endpoint at ``url`` or, without one, the workspace's snapshot (built first when stale)."""
    if url:
        from samgraf.store.remote import RemoteStore

        return RemoteStore(url)
    from samgraf.store.embedded import EmbeddedStore

    try:
        return EmbeddedStore.open(snapshot_folder(workspace))
    except StoreError:  # swept or set aside in this very moment, and built anew by now
        return EmbeddedStore.open(snapshot_folder(workspace))
