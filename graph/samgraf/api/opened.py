"""What every part of the API stands on: the graph that was opened, and the names in it."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any

from samgraf.namespaces import ENTITY
from samgraf.resources import OWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from samgraf.rdf.port import GraphStore

Value = str | int | float | bool | None
Row = dict[str, Value]
Json = dict[str, Any]


class Opened:
    """A graph by its workspace or its endpoint; the store is opened when something first reads it."""

    def __init__(
        self,
        reader: GraphStore | None = None,
        *,
        workspace: str | None = None,
        url: str | None = None,
        own: bool = False,
    ) -> None:
        self.workspace = workspace
        self.url = url
        self.own = own
        if reader is not None:
            self.reader = reader

    @cached_property
    def reader(self) -> GraphStore:
        """The store that is read."""
        from samgraf.store.opening import open_store

        with self.chosen():
            return open_store(self.workspace, self.url)

    @contextmanager
    def chosen(self) -> Iterator[None]:
        """Let what is read meanwhile be of the layers that were chosen."""
        token = OWN.set(self.own)
        try:
            yield
        finally:
            OWN.reset(token)

    @property
    def folder(self) -> str | None:
        """The folder of the snapshot that is read, if it is open and there is one."""
        return getattr(self.__dict__.get("reader"), "folder", None)

    def __repr__(self) -> str:
        """Tell where the graph comes from."""
        return f"<samgraf.Graph of {self.url or self.workspace or 'the built-in workspace'}>"

    def id_of(self, name: str) -> str:
        """Give the id of the entity that bears this name."""
        from samgraf.library.resolving import resolver

        return resolver(self.reader)(name).removeprefix(ENTITY)
