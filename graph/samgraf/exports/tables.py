"""The claims as a table: one row a claim, in both languages, with period, role and passage."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any, NamedTuple

from samgraf import records
from samgraf.library.claimlines import predicate_labels

if TYPE_CHECKING:
    from samgraf.store.base import GraphStore

Cell = str | int | float | None
_RISKY = ("=", "+", "-", "@", "\t", "\r")

CLAIM_COLUMNS = (
    "id", "subject", "subject_da", "subject_en", "subject_type", "predicate", "predicate_da", "predicate_en",
    "object", "object_da", "object_en", "value", "datatype", "role", "role_da", "role_en", "on_behalf_of",
    "from", "until", "modality", "measure_da", "measure_en", "population_da", "population_en", "unit", "kind",
    "document", "lines", "chars", "section", "derived", "via", "derived_from", "rule", "superseded_by", "note",
)  # fmt: skip
ENTITY_COLUMNS = (
    "id",
    "type",
    "types",
    "label_da",
    "label_en",
    "aliases",
    "abbreviations",
    "identifiers",
    "note",
    "iri",
)
DOCUMENT_COLUMNS = ("id", "label_da", "label_en", "date", "background", "claims")


class Sheet(NamedTuple):
    """A table with its name."""

    name: str
    columns: tuple[str, ...]
    rows: list[list[Cell]]


def csv_bytes(store: GraphStore) -> bytes:
    """Give the claims as CSV (RFC 4180) in UTF-8 without a byte-order mark; risky cells are made safe."""
    return csv_text(claims_sheet(store)).encode()


def csv_text(sheet: Sheet) -> str:
    """Give a table as CSV text, risky cells made safe."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(sheet.columns)
    writer.writerows([safe(cell) for cell in row] for row in sheet.rows)
    return out.getvalue()


def safe(cell: Cell) -> Cell:
    """Put an apostrophe before a text that a spreadsheet would run as a formula (OWASP, CSV Injection)."""
    return "'" + cell if isinstance(cell, str) and cell.startswith(_RISKY) else cell


def claims_sheet(store: GraphStore) -> Sheet:
    """Give all claims, asserted and derived, in the order of their documents."""
    labels = {e["id"]: e["label"] for e in records.entities(store)}
    types = {e["id"]: e["type"] for e in records.entities(store)}
    predicates = predicate_labels(store)
    rows = [_claim({**claim}, labels, types, predicates) for claim in records.claims(store)]
    return Sheet("claims", CLAIM_COLUMNS, rows)


def _claim(
    claim: dict[str, Any], labels: dict[str, records.Texts], types: dict[str, str], predicates: dict[str, records.Texts]
) -> list[Cell]:
    value = claim["value"]
    texts = value if isinstance(value, dict) else labels.get(claim["object"] or "", {})
    found: dict[str, Cell] = {
        **{
            key: claim[key]
            for key in ("id", "subject", "predicate", "object", "datatype", "role", "from", "until", "modality")
        },
        **{key: claim[key] for key in ("unit", "kind", "document", "section", "rule", "note")},
        "subject_type": types.get(claim["subject"]),
        "value": None if isinstance(value, dict) else value,
        "on_behalf_of": claim["onBehalfOf"],
        "lines": spans(claim, "lines"),
        "chars": spans(claim, "chars"),
        "derived": "true" if claim["derived"] else "false",
        "via": " ".join(claim["via"]),
        "derived_from": " ".join(claim["derivedFrom"]),
        "superseded_by": claim["supersededBy"],
    }
    for language in ("da", "en"):
        found |= {
            f"subject_{language}": labels.get(claim["subject"], {}).get(language),
            f"predicate_{language}": predicates.get(claim["predicate"], {}).get(language),
            f"object_{language}": texts.get(language),
            f"role_{language}": labels.get(claim["role"] or "", {}).get(language),
            f"measure_{language}": (claim["measure"] or {}).get(language),
            f"population_{language}": (claim["population"] or {}).get(language),
        }
    return [found[column] for column in CLAIM_COLUMNS]


def spans(claim: dict[str, Any], kind: str) -> str:
    """Give a claim's ``lines`` or ``chars`` in words: ``106; 110-112``."""
    return "; ".join("-".join(str(n) for n in dict.fromkeys(e[kind])) for e in claim["evidence"])


def entities_sheet(store: GraphStore) -> Sheet:
    """Give all entities, by id."""
    rows: list[list[Cell]] = [
        [
            e["id"], e["type"], " ".join(e["types"]), e["label"]["da"], e["label"]["en"], "; ".join(e["aliases"]),
            "; ".join(e["abbreviations"]), "; ".join(f"{k}: {v}" for k, v in e["identifiers"].items()),
            e["note"], e["iri"],
        ]
        for e in records.entities(store)
    ]  # fmt: skip
    return Sheet("entities", ENTITY_COLUMNS, rows)


def documents_sheet(store: GraphStore, claims: Sheet) -> Sheet:
    """Give the source documents with the number of claims that each one makes."""
    place = CLAIM_COLUMNS.index("document")
    count: dict[Cell, int] = {}
    for row in claims.rows:
        count[row[place]] = count.get(row[place], 0) + 1
    rows: list[list[Cell]] = [
        [
            d["id"],
            d["label"]["da"],
            d["label"]["en"],
            d["date"],
            "true" if d["background"] else "false",
            count.get(d["id"], 0),
        ]
        for d in records.documents(store)
    ]
    return Sheet("documents", DOCUMENT_COLUMNS, rows)
