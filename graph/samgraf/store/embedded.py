"""The embedded store: an Oxigraph snapshot on disk, opened read-only, or any Oxigraph store in memory."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pyoxigraph as ox

from samgraf.errors import QueryError, StoreError
from samgraf.namespaces import PREFIXES
from samgraf.rdf.port import Rows, query_error, rows_of
from samgraf.store import snapshot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from samgraf.rdf.foreign import Foreign
    from samgraf.rdf.port import Result
    from samgraf.store.locks import Lock


class EmbeddedStore:
    """Read an Oxigraph store. ``folder`` is the snapshot's, None for a store in memory."""

    def __init__(self, store: ox.Store, folder: str | None = None, lock: Lock | None = None) -> None:
        self.store = store
        self.folder = folder
        self._lock = lock  # held as long as this object lives
        self._foreign: Foreign | None = None

    @classmethod
    def open(cls, folder: str) -> EmbeddedStore:
        """Open the snapshot in ``folder`` read-only and hold it. Raises StoreError when it is gone or damaged."""
        lock = snapshot.lease(folder)
        try:
            return cls(ox.Store.read_only(os.path.join(folder, "store")), folder, lock)
        except (OSError, RuntimeError) as error:  # RuntimeError: files of the store that hold something else
            snapshot.distrust(folder)
            msg = f"the snapshot {folder} cannot be opened ({error}); call again, and it is built anew if it is damaged"
            raise StoreError(msg) from error

    def query(self, sparql: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Run a query of ours over the union of all graphs; samgraf's prefixes need no declaration."""
        try:
            return self.store.query(sparql, prefixes=PREFIXES, use_default_graph_as_union=True)
        except (SyntaxError, ValueError) as error:
            raise query_error(error, sparql) from error
        except (OSError, RuntimeError) as error:
            msg = f"the store failed: {error}"
            raise StoreError(msg) from error

    def select(self, sparql: str) -> Rows:
        """Run a SELECT query."""
        return rows_of(self.query(sparql), "the store failed")

    def ask(self, sparql: str) -> bool:
        """Run an ASK query."""
        return bool(self.query(sparql))

    def triples(self, sparql: str) -> Sequence[ox.Triple]:
        """Run a CONSTRUCT or DESCRIBE query."""
        result = self.query(sparql)
        if not isinstance(result, ox.QueryTriples):
            msg = "a CONSTRUCT or DESCRIBE query is needed here"
            raise QueryError(msg)
        return list(result)

    def foreign(self, sparql: str, *, rows: str | None = "json", graph: str | None = "ntriples") -> Result:
        """Run a query that is not ours: in the sandbox, which stays for the next one."""
        from samgraf.rdf.foreign import Foreign

        if self._foreign is None:
            self._foreign = Foreign(folder=self.folder) if self.folder else Foreign.on(self.store)
        return self._foreign.evaluate(sparql, rows=rows, graph=graph)
