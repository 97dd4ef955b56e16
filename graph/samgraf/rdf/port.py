"""Reading a graph, wherever it lives: the embedded snapshot and a remote endpoint answer alike."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

import pyoxigraph as ox

from samgraf.errors import QueryError, StoreError, UpdateRefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence

ROW_FORMATS = {
    "json": ox.QueryResultsFormat.JSON,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "xml": ox.QueryResultsFormat.XML,
}
GRAPH_FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_POSITION = re.compile(r"(?:at|line) (\d+):(\d+)")
_PHRASES = {"Prefix not found": "the prefix is not declared", "IRI parsing failed": "this is no IRI"}
_FEW = 6
_EXCERPT = 40
_UPDATE = re.compile(
    r"^\s*((prefix|base)\b[^>]*>\s*)*(insert|delete|load|clear|create|drop|copy|move|add|with)\b", re.IGNORECASE
)


class Rows(NamedTuple):
    """The answer to a SELECT: column names, and rows of terms, None where a variable is unbound."""

    columns: list[str]
    rows: list[tuple[Term | None, ...]]


class Result(NamedTuple):
    """What came of a query: ``kind`` is rows, boolean or graph; ``form`` the format of ``body``, None when none fits."""

    kind: str
    form: str | None
    body: bytes


class GraphStore(Protocol):
    """A graph that can be read. Errors: QueryError for a bad query, StoreError when the store fails.

    ``select``, ``ask`` and ``triples`` are for queries that are ours; whatever else goes through ``foreign``.
    """

    def select(self, sparql: str) -> Rows:
        """Run a SELECT query over the union of all graphs."""
        ...

    def ask(self, sparql: str) -> bool:
        """Run an ASK query over the union of all graphs."""
        ...

    def triples(self, sparql: str) -> Sequence[ox.Triple]:
        """Run a CONSTRUCT or DESCRIBE query over the union of all graphs."""
        ...

    def foreign(self, sparql: str, *, rows: str | None = "json", graph: str | None = "ntriples") -> Result:
        """Run a query of any form that is not ours, within limits, and give the answer in one of the formats."""
        ...


def rows_of(result: object, failure: str) -> Rows:
    """Read a SELECT's solutions into rows. Raises QueryError for another form's result, StoreError when they break off."""
    if not isinstance(result, ox.QuerySolutions):
        msg = "a SELECT query is needed here"
        raise QueryError(msg)
    try:
        return Rows([v.value for v in result.variables], [tuple(row) for row in result])
    except (OSError, RuntimeError, SyntaxError, ValueError) as error:
        msg = f"{failure}: {error}"
        raise StoreError(msg) from error


def query_error(error: Exception, sparql: str) -> QueryError:
    """Turn the parser's complaint into ours, with line and column; an update is refused as such."""
    if _UPDATE.match(re.sub(r"^\s*#.*$", "", sparql, flags=re.MULTILINE)):
        msg = "this is a SPARQL update; only queries (SELECT, ASK, CONSTRUCT, DESCRIBE) are run here"
        return UpdateRefusedError(msg, "update-refused")  # type: ignore[return-value]
    text = str(error)
    match = _POSITION.search(text)
    line = int(match[1]) if match else getattr(error, "lineno", None)
    column = int(match[2]) if match else getattr(error, "offset", None)
    if line is None or column is None or match is None:
        return QueryError(text, line, column)
    near = _excerpt(sparql, line, column)
    where = f", near {near!r}" if near else ", at the end of the query"
    return QueryError(_complaint(text[match.end() :]) + where, line, column, near)


def _complaint(text: str) -> str:
    """Give what the parser says in words; its lists of all characters that it would have taken help nobody."""
    items = [
        i.strip() for i in re.sub(r"\[[^\]]*\]", "", text.partition("expected")[2].removeprefix(" one of")).split(", ")
    ]
    for item in items:
        if " " in item and item[0].isalpha():
            return _PHRASES.get(item, item[0].lower() + item[1:])
    words = [i.strip('"') for i in items if i]
    return f"expected {' or '.join(words)}" if 0 < len(words) <= _FEW else "this cannot be read as SPARQL"


def _excerpt(sparql: str, line: int, column: int) -> str:
    """Give the text where the parser stopped, from the beginning of the word before it; nothing at the query's end."""
    lines = sparql.split("\n")
    text = lines[line - 1] if line <= len(lines) else ""
    start = text.rfind(" ", 0, max(len(text[: column - 1].rstrip()), 0)) + 1
    return text[start:].strip()[:_EXCERPT]
