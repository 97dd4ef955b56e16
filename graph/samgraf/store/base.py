"""Reading a graph, wherever it lives: the embedded snapshot and a remote endpoint answer alike."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

import pyoxigraph as ox

from samgraf.errors import QueryError, UpdateRefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_POSITION = re.compile(r"(?:at|line) (\d+):(\d+)")
_UPDATE = re.compile(r"^\s*((prefix|base)\b[^>]*>\s*)*(insert|delete|load|clear|create|drop|copy|move|add|with)\b", re.IGNORECASE)


class Rows(NamedTuple):
    """The answer to a SELECT: column names, and rows of terms, None where a variable is unbound."""

    columns: list[str]
    rows: list[tuple[Term | None, ...]]


class GraphStore(Protocol):
    """A graph that can be read. Errors: QueryError for a bad query, StoreError when the store fails."""

    def select(self, sparql: str) -> Rows:
        """Run a SELECT query over the union of all graphs."""
        ...

    def ask(self, sparql: str) -> bool:
        """Run an ASK query over the union of all graphs."""
        ...

    def triples(self, sparql: str) -> Sequence[ox.Triple]:
        """Run a CONSTRUCT or DESCRIBE query over the union of all graphs."""
        ...


def query_error(error: Exception, sparql: str) -> QueryError:
    """Turn the parser's complaint into ours, with line and column; an update is refused as such."""
    if _UPDATE.match(re.sub(r"^\s*#.*$", "", sparql, flags=re.MULTILINE)):
        msg = "this is a SPARQL update; only queries (SELECT, ASK, CONSTRUCT, DESCRIBE) are run here"
        return UpdateRefusedError(msg)  # type: ignore[return-value]
    text = str(error)
    match = _POSITION.search(text)
    line = int(match[1]) if match else getattr(error, "lineno", None)
    column = int(match[2]) if match else getattr(error, "offset", None)
    return QueryError(text, line, column)
