"""The embedded store: an Oxigraph snapshot on disk, opened read-only, or any Oxigraph store in memory."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pyoxigraph as ox

from samgraf.errors import QueryError, StoreError
from samgraf.namespaces import PREFIXES
from samgraf.store.base import Rows, query_error, rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence


def _names_graphs(sparql: str) -> bool:
    """Tell whether a query has FROM. Ours have none but write ?from, so the words are looked at only when need be."""
    lower = sparql.lower()
    if "from <" not in lower and "from named" not in lower and "from\n" not in lower and "from graph:" not in lower:
        return False
    from samgraf.store.lexing import names_graphs

    return names_graphs(sparql)


class EmbeddedStore:
    """Read an Oxigraph store. ``folder`` is the snapshot's, None for a store in memory."""

    def __init__(self, store: ox.Store, folder: str | None = None) -> None:
        self.store = store
        self.folder = folder

    @classmethod
    def open(cls, folder: str) -> EmbeddedStore:
        """Open the snapshot in ``folder`` read-only. Raises StoreError when it is damaged."""
        try:
            return cls(ox.Store.read_only(os.path.join(folder, "store")), folder)
        except (OSError, RuntimeError) as error:  # RuntimeError: files of the store that hold something else
            msg = f"the snapshot {folder} cannot be opened ({error}); remove that folder, and it is built anew"
            raise StoreError(msg) from error

    def query(self, sparql: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Run a query over the union of all graphs, or those that it names; samgraf's prefixes need no declaration."""
        try:
            return self.store.query(sparql, prefixes=PREFIXES, use_default_graph_as_union=not _names_graphs(sparql))
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
