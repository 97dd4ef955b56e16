"""Running a query of any form on any store, and its answer in the standard formats."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from samgraf.errors import QueryError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from samgraf.store.base import GraphStore, Rows, Term

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
_FORMS = {"select": "rows", "ask": "boolean", "construct": "graph", "describe": "graph"}


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


def run(store: GraphStore, sparql: str) -> Answer:
    """Run a query of any form. Raises QueryError when it cannot be read, UpdateRefusedError for an update."""
    form = form_of(sparql)
    if form == "boolean":
        return Answer(truth=store.ask(sparql))
    if form == "graph":
        return Answer(triples=store.triples(sparql))
    return Answer(rows=store.select(sparql))


def form_of(sparql: str) -> str:
    """Tell what a query gives: ``rows``, ``boolean`` or ``graph``; ``rows`` too for what no parser would take."""
    word = ""
    at = 0
    while at < len(sparql):
        sign = sparql[at]
        if sign == "#":
            at = sparql.find("\n", at) if "\n" in sparql[at:] else len(sparql)
        elif sign == "<":
            at = sparql.find(">", at) if ">" in sparql[at:] else len(sparql)
        elif sign.isalnum() or sign in "_-:.":
            word += sign
        else:
            if word.lower() in _FORMS:
                break
            word = ""
        at += 1
    return _FORMS.get(word.lower(), "rows")


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
