"""The claims as a table: one row a claim, with all that it knows; and the entities and documents beside it."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, NamedTuple

from samgraf.language.messages import languages, messages
from samgraf.language.showing import inert
from samgraf.model.text import FIRST
from samgraf.namespaces import ENTITY
from samgraf.publish.exports.columns import COLUMNS, DAY, TRUTH, Cell, Words
from samgraf.rdf.reading import read_claims, read_documents

if TYPE_CHECKING:
    from collections.abc import Iterable

    from samgraf.model import Claim, Moment, Text
    from samgraf.rdf.port import GraphStore

_MARK = "\ufeff"  # by which Excel knows that a CSV file is UTF-8
_LABELS = tuple(f"label_{language}" for language in languages())
_DATATYPES = {DAY: "date", TRUTH: "boolean"}
CLAIM_COLUMNS = tuple(column.name for column in COLUMNS)
_NAMES = ("id", "type", "types", *_LABELS, "aliases", "abbreviations")
_REST = ("homepage", "first_day", "last_day", "basis", *(f"note_{code}" for code in languages()), "iri")
DOCUMENT_COLUMNS = ("id", *_LABELS, "date", "background", "claims")


class Sheet(NamedTuple):
    """A table with its name."""

    name: str
    columns: tuple[str, ...]
    rows: list[list[Cell]]


def csv_bytes(store: GraphStore) -> bytes:
    """Give the claims as CSV (RFC 4180) in UTF-8 with a byte-order mark; risky cells are made safe."""
    return (_MARK + csv_text(claims_sheet(Words.of(store), read_claims(store)))).encode()


def csv_local(store: GraphStore) -> bytes:
    """Give the claims as CSV as a Danish Excel opens it: semicolons between cells, commas in decimals, heads in words."""
    sheet = claims_sheet(Words.of(store), read_claims(store))
    say = messages(FIRST)
    heads = tuple(say.get(f"columns.{name}", name) for name in sheet.columns)
    rows = [[_comma(cell) for cell in row] for row in sheet.rows]
    return (_MARK + csv_text(Sheet(sheet.name, heads, rows), ";")).encode()


def _comma(cell: Cell) -> Cell:
    return str(cell).replace(".", ",") if isinstance(cell, float) else cell


def csvw(_store: GraphStore) -> bytes:
    """Give what ``claims.csv`` holds, for programs: CSV on the Web (W3C 2015), a JSON file beside it."""
    columns = [
        {
            "name": column.name,
            "titles": column.name,
            **({"datatype": _DATATYPES[column.type]} if column.type in _DATATYPES else {}),
        }
        for column in COLUMNS
    ]
    told = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": "claims.csv",
        "dialect": {"encoding": "utf-8", "delimiter": ",", "header": True},
        "tableSchema": {"columns": columns, "primaryKey": "id"},
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def csv_text(sheet: Sheet, delimiter: str = ",") -> str:
    """Give a table as CSV text, risky cells made safe."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(sheet.columns)
    writer.writerows([safe(cell) for cell in row] for row in sheet.rows)
    return out.getvalue()


def safe(cell: Cell) -> Cell:
    """Give a cell as every program reads it: truth in words, and an apostrophe before a text that a spreadsheet would run.

    Source: OWASP, CSV Injection.
    """
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return inert(cell) if isinstance(cell, str) else cell


def claims_sheet(words: Words, claims: Iterable[Claim]) -> Sheet:
    """Give claims as a table, in their order."""
    return Sheet("claims", CLAIM_COLUMNS, [[column.get(claim, words) for column in COLUMNS] for claim in claims])


def entities_sheet(words: Words) -> Sheet:
    """Give all entities, by id, with a column for each kind of identifier that the vocabulary has."""
    kinds = tuple(words.vocabulary.identifiers)
    rows: list[list[Cell]] = [
        [
            e.id, e.type, " ".join(e.types), *_labels(e.label), "; ".join(e.aliases), "; ".join(e.abbreviations),
            *(e.identifiers.get(kind) for kind in kinds), e.homepage, _day(e.life.start, "earliest"),
            _day(e.life.until, "latest"), e.life.basis,
            *(e.note.get(code) if e.note else None for code in languages()), ENTITY + e.id,
        ]
        for e in words.entities.values()
    ]  # fmt: skip
    return Sheet("entities", (*_NAMES, *kinds, *_REST), rows)


def _labels(label: Text) -> list[Cell]:
    return [label.within(language) for language in languages()]


def _day(moment: Moment | None, end: str) -> str | None:
    return str(getattr(moment, end)) or None if moment else None


def documents_sheet(store: GraphStore, claims: Iterable[Claim]) -> Sheet:
    """Give the source documents with the number of claims that each one makes."""
    count: dict[str, int] = {}
    for claim in claims:
        count[claim.document] = count.get(claim.document, 0) + 1
    rows: list[list[Cell]] = [
        [d.id, *_labels(d.label), d.date.edtf if d.date else None, d.background, count.get(d.id, 0)]
        for d in read_documents(store)
    ]
    return Sheet("documents", DOCUMENT_COLUMNS, rows)
