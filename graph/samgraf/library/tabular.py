"""An answer as a table that people can read: names in place of IRIs, and where each row stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from samgraf.language.showing import inert
from samgraf.library.evidence import claims_of, is_claim_column, passages
from samgraf.namespaces import CLAIM, ENTITY, GRAPH, RULE, SAM

if TYPE_CHECKING:
    from samgraf.library.evidence import Passage
    from samgraf.library.running import Answer
    from samgraf.rdf.port import GraphStore, Rows, Term

Table = tuple[list[str], list[list[str]]]
_SHORT = ((ENTITY, ""), (SAM, ""), (CLAIM, "claim:"), (RULE, ""), (GRAPH, "graph:"))
_SHOWN = 2


def table(answer: Answer, store: GraphStore, *, source: str = "source") -> Table:
    """Give the columns and rows of a table.

    A column ``x`` with a ``xLabel`` (the first column with ``label``) shows the label under the name ``x``; claims
    become one column, called ``source``, of documents and lines; columns without a value are left out.
    """
    if answer.rows is not None:
        return _table(answer.rows, store, source)
    if answer.triples is not None:
        triples = sorted(answer.triples, key=str)
        return ["subject", "predicate", "object"], [
            [short(t.subject), short(t.predicate), short(t.object)] for t in triples
        ]
    return ["answer"], [["true" if answer.truth else "false"]]


def _table(rows: Rows, store: GraphStore, source: str) -> Table:
    label = {name: f"{name}Label" for name in rows.columns}
    label |= {rows.columns[0]: "label"} if "label" in rows.columns else {}
    paired = set(label.values()) & set(rows.columns)
    shown = [c for c in rows.columns if c not in paired and not is_claim_column(c)]
    places = {name: number for number, name in enumerate(rows.columns)}

    def cell(row: tuple[Term | None, ...], name: str) -> str:
        words = row[places[label[name]]] if label[name] in places else None
        return short(words if words is not None else row[places[name]])

    cells = [[cell(row, name) for name in shown] for row in rows.rows]
    filled = [i for i in range(len(shown)) if any(row[i] for row in cells)] if cells else list(range(len(shown)))
    columns, body = [shown[i] for i in filled], [[row[i] for i in filled] for row in cells]
    claims = claims_of(rows)
    if any(claims):
        found = passages(store, (iri for row in claims for iri in row))
        columns.append(source)
        for row, iris in zip(body, claims, strict=True):
            row.append(_places([p for iri in iris for p in found.get(iri, [])]))
    return columns, body


def _places(found: list[Passage]) -> str:
    """Give the first places in words, by document, and how many more there are."""
    by_document: dict[str, list[str]] = {}
    for passage in found:
        lines = by_document.setdefault(passage.document, [])
        words = str(passage).rsplit(" ", 1)[1]
        if words not in lines:
            lines.append(words)
    said = []
    for document, lines in by_document.items():
        more = f" +{len(lines) - _SHOWN}" if len(lines) > _SHOWN else ""
        said.append(f"{document} {', '.join(lines[:_SHOWN])}{more}")
    return "; ".join(said)


def short(term: Term | None) -> str:
    """Give a term in a few characters: an IRI of ours without its base, a literal's text."""
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        for base, mark in _SHORT:
            if term.value.startswith(base):
                return mark + term.value[len(base) :]
        return term.value
    return term.value if isinstance(term, (ox.Literal, ox.BlankNode)) else str(term)


def inert_csv(data: bytes) -> bytes:
    """Give CSV with an apostrophe before whatever a spreadsheet would run; negative numbers stay numbers."""
    import csv
    import io

    out = io.StringIO()
    rows = csv.reader(io.StringIO(data.decode(), newline=""))
    csv.writer(out).writerows(
        [cell if re.fullmatch(r"-\d+(\.\d+)?", cell) else inert(cell) for cell in row] for row in rows
    )
    return out.getvalue().encode()
