"""What a query gave, as a table for people: names for IRIs, words for columns, sorted, filtered and in pages by the address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph as ox

from samgraf.language.fold import fold, words
from samgraf.language.messages import messages
from samgraf.language.showing import show_date
from samgraf.namespaces import CLAIM, ENTITY, XSD
from samgraf.server.fields import number, one, part
from samgraf.server.pages.base import Cell, href

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from samgraf.api import NamedQuery, Results
    from samgraf.server.fields import Fields

MOST = 50
_KIND = "kind"  # of a figure
_EDTF = re.compile(r"\d{4}(-\d\d){0,2}[~?%]?(/.*)?")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


class Column(NamedTuple):
    """A column: its name in the query, what it is called, and how the rows are sorted by it now (``ascending`` …, or nothing)."""

    name: str
    label: str
    sorted: str


class Listed(NamedTuple):
    """The rows of one page of a table."""

    columns: list[Column]
    rows: Sequence[list[Cell]]
    number: int
    page: int
    pages: int


def word(query: NamedQuery, name: str, language: str) -> str:
    """Say what a parameter or a column is called: by the query's header, else by the messages, else its name in words."""
    own = query.labels.get(language, {}).get(name)
    plain = _HUMP.sub(" ", name).lower()
    return own or messages(language).get(f"words.{name}") or plain[:1].upper() + plain[1:]


def heads(query: NamedQuery, columns: list[str], language: str) -> list[str]:
    """Give what the columns are called, each by a name of its own."""
    found: list[str] = []
    for name in columns:
        label = word(query, name, language)
        found.append(f"{label} ({name})" if label in found else label)
    return found


def listed(query: NamedQuery, results: Results, labels: Mapping[str, str], fields: Fields, language: str) -> Listed:
    """Give the page of a query's table that the fields ``sort`` (``-`` before a name: backwards), ``find`` and ``page`` ask for."""
    columns, rows = cells(results, labels, language)
    found = [row for row in rows if _has(row, words(one(fields, "find") or ""))]
    asked = one(fields, "sort") or ""
    name = asked.removeprefix("-")
    if name in columns:
        at = columns.index(name)
        found.sort(key=lambda row: _key(row[at].key or row[at].text), reverse=asked.startswith("-"))
    page, pages, shown = part(found, number(fields, "page"), MOST)
    how = {name: "descending" if asked.startswith("-") else "ascending"}
    return Listed(
        [Column(c, word(query, c, language), how.get(c, "")) for c in columns], shown, len(found), page, pages
    )


def _has(row: list[Cell], wanted: list[str]) -> bool:
    text = fold(" ".join(cell.text for cell in row))
    return all(each in text for each in wanted)


def _key(text: str) -> tuple[bool, float, str]:
    try:
        return False, float(text), ""
    except ValueError:
        return True, 0.0, fold(text)


def cells(results: Results, labels: Mapping[str, str], language: str) -> tuple[list[str], list[list[Cell]]]:
    """Give the columns and rows: names of things and of terms in a language, each leading to its page, claims to theirs."""
    columns, rows = results.table()
    whole = results.answer.rows
    if whole is None:
        return columns, [[Cell(text) for text in row] for row in rows]
    at = {name: whole.columns.index(name) for name in columns if name in whole.columns}
    made = []
    for texts, terms in zip(rows, whole.rows, strict=True):
        claim = next((t.value for t in terms if isinstance(t, ox.NamedNode) and t.value.startswith(CLAIM)), None)
        row = []
        for name, text in zip(columns, texts, strict=True):
            if name in at:
                row.append(_cell(name, text, terms[at[name]], labels, language))
            else:
                where = f"/claim/{claim.removeprefix(CLAIM)}.html?lang={language}" if claim else None
                told = _titled(text, labels) or (messages(language)("server.claim") if claim else "")
                row.append(Cell(told, where))
        made.append(row)
    return columns, made


def _titled(places: str, labels: Mapping[str, str]) -> str:
    """Give places in documents (``id 57-59``, several between semicolons) by the documents' titles."""
    parted = (place.partition(" ") for place in places.split("; "))
    return "; ".join(labels.get(ENTITY + name, name) + space + lines for name, space, lines in parted)


def _cell(name: str, text: str, term: Any, labels: Mapping[str, str], language: str) -> Cell:
    if isinstance(term, ox.NamedNode):
        return Cell(labels.get(term.value, text), href(term.value, language))
    if isinstance(term, ox.Literal) and term.datatype.value == XSD + "boolean":
        return Cell(messages(language)("asking.yes" if term.value in ("true", "1") else "asking.no"))
    if isinstance(term, ox.Literal) and "integer" not in term.datatype.value and _EDTF.fullmatch(term.value):
        return Cell(show_date(term.value, language), key=term.value)
    return Cell(messages(language).get(f"mark.figure.{text}", text) if name == _KIND else text)
