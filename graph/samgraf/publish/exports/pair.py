"""The network as two CSV files, nodes and edges, with heads for those who import such pairs.

neo4j-admin reads ``:ID``, ``:LABEL``, ``:START_ID``, ``:END_ID`` and ``:TYPE``; Gephi reads ``Id``, ``Label``, ``Source``,
``Target`` and ``Type``. The other columns are those of the entities and of `samgraf.publish.exports.columns`.

Source: https://neo4j.com/docs/operations-manual/current/import/ (heads of CSV files).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.model.text import FIRST
from samgraf.publish.exports.columns import COLUMNS, NUMBER, TRUTH, Cell, Words
from samgraf.publish.exports.tables import Sheet, csv_text, entities_sheet
from samgraf.rdf.reading import read_claims

if TYPE_CHECKING:
    from samgraf.rdf.port import GraphStore

_LABEL = f"label_{FIRST}"
_DIRECTED = "Directed"
_KINDS = {TRUTH: ":boolean", NUMBER: ":float"}


def nodes(store: GraphStore) -> bytes:
    """Give the entities: one row each, in the order of their ids."""
    entities = entities_sheet(Words.of(store))
    at = {name: place for place, name in enumerate(entities.columns)}
    own = [name for name in entities.columns if name not in ("id", "types")]
    rows: list[list[Cell]] = [
        [
            row[at["id"]], row[at["id"]], row[at[_LABEL]], str(row[at["types"]] or "").replace(" ", ";"),
            *(row[at[name]] for name in own),
        ]
        for row in entities.rows
    ]  # fmt: skip
    return csv_text(Sheet("nodes", (":ID", "Id", "Label", ":LABEL", *own), rows)).encode()


def edges(store: GraphStore) -> bytes:
    """Give the claims between two entities: one row each, in the order of the documents, the derived ones last."""
    words = Words.of(store)
    columns = [column for column in COLUMNS if not column.ends]
    own = [column.name + _KINDS.get(column.type, "") for column in columns]
    rows: list[list[Cell]] = []
    for claim in read_claims(store):
        if claim.subject in words.entities and claim.object in words.entities:
            ends: list[Cell] = [claim.subject, claim.object]
            label = words.relation(claim.predicate, FIRST)
            rows.append(
                [*ends, claim.predicate, *ends, _DIRECTED, label, claim.id, *(c.get(claim, words) for c in columns)]
            )
    heads = (":START_ID", ":END_ID", ":TYPE", "Source", "Target", "Type", "Label", "id", *own)
    return csv_text(Sheet("edges", heads, rows)).encode()
