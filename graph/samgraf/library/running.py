"""Running a query of any form on any store, and its answer in the standard formats."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from samgraf.errors import QueryError, UsageError
from samgraf.rdf.lexing import form_of
from samgraf.rdf.port import GRAPH_FORMATS, ROW_FORMATS, rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from samgraf.rdf.port import GraphStore, Result, Rows, Term


class Answer(NamedTuple):
    """The answer to a query: rows of a SELECT, the truth of an ASK, or the triples of a CONSTRUCT or DESCRIBE."""

    rows: Rows | None = None
    truth: bool | None = None
    triples: Sequence[ox.Triple] | None = None

    @property
    def empty(self) -> bool:
        """Tell whether there is nothing in it. An ASK that is answered 'no' is an answer."""
        if self.rows is not None:
            return not self.rows.rows
        return self.truth is None and not self.triples


def run(store: GraphStore, sparql: str, *, ours: bool = False) -> Answer:
    """Run a query of any form: ``ours`` in this process, any other in the sandbox (or at the endpoint).

    Raises QueryError when it cannot be read, UpdateRefusedError for an update, RefusedError and LimitError for what is
    not ours and would reach out or take too much.
    """
    if not ours:
        return _answer(store.foreign(sparql))
    form = form_of(sparql)
    if form == "boolean":
        return Answer(truth=store.ask(sparql))
    if form == "graph":
        return Answer(triples=store.triples(sparql))
    return Answer(rows=store.select(sparql))


def _answer(result: Result) -> Answer:
    if result.kind == "graph":
        return Answer(triples=[quad.triple for quad in ox.parse(result.body, format=ox.RdfFormat.N_TRIPLES)])
    return parsed(result.body)


def parsed(results: bytes) -> Answer:
    """Give the answer that JSON holds (W3C SPARQL 1.1 Query Results JSON Format). Raises StoreError for anything else."""
    found = ox.parse_query_results(results, format=ox.QueryResultsFormat.JSON)
    if isinstance(found, ox.QueryBoolean):
        return Answer(truth=bool(found))
    return Answer(rows=rows_of(found, "the store failed"))


def serialise(answer: Answer, form: str) -> bytes:
    """Give the answer in one of ROW_FORMATS (rows, truth) or of GRAPH_FORMATS (a graph).

    The formats are the W3C's SPARQL 1.1 Query Results JSON, CSV and TSV, XML. Raises UsageError when the two do not
    fit.
    """
    if answer.triples is not None:
        if form not in GRAPH_FORMATS:
            msg = f"this query gives a graph, which has no {form} form; use {', '.join(GRAPH_FORMATS)}"
            raise UsageError(msg)
        from samgraf.namespaces import PREFIXES

        triples = sorted(answer.triples, key=str)
        return in_order(ox.serialize(triples, format=GRAPH_FORMATS[form], prefixes=PREFIXES) or b"")
    if form not in ROW_FORMATS:
        msg = f"this query gives rows, which have no {form} form; use {', '.join(ROW_FORMATS)}"
        raise UsageError(msg)
    text = _json(answer)
    if form == "json":
        return text
    result = ox.parse_query_results(text, format=ox.QueryResultsFormat.JSON)
    return result.serialize(format=ROW_FORMATS[form]) or b""


def in_order(document: bytes) -> bytes:
    """Put the prefixes at the head of a Turtle or TriG document in order, which pyoxigraph leaves to chance."""
    lines = document.split(b"\n")
    count = next((n for n, line in enumerate(lines) if not line.startswith(b"@prefix ")), 0)
    return b"\n".join([*sorted(lines[:count]), *lines[count:]])


def _json(answer: Answer) -> bytes:
    if answer.rows is None:
        return json.dumps({"head": {}, "boolean": bool(answer.truth)}).encode()
    columns, rows = answer.rows
    bindings = [{c: _binding(t) for c, t in zip(columns, row, strict=True) if t is not None} for row in rows]
    content = {"head": {"vars": columns}, "results": {"bindings": bindings}}
    return json.dumps(content, ensure_ascii=False).encode()


def _binding(term: Term) -> dict[str, object]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Literal):
        found: dict[str, object] = {"type": "literal", "value": term.value}
        if term.language:
            found["xml:lang"] = term.language
        elif not term.datatype.value.endswith("XMLSchema#string"):
            found["datatype"] = term.datatype.value
        return found
    msg = "quoted triples are not given in results"
    raise QueryError(msg)
