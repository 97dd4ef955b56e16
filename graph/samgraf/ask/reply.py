"""Replies: answers with their labels, values, aliases and evidence, as the JSON that other programs rely on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NotRequired, TypedDict

import pyoxigraph as ox

from samgraf.namespaces import ENTITY, XSD, local_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from samgraf.ask.index import Index
    from samgraf.store.base import GraphStore

_MONTHS = {
    "da": "januar februar marts april maj juni juli august september oktober november december".split(),
    "en": "January February March April May June July August September October November December".split(),
}
_SEASONS = {
    "da": {21: "foråret", 22: "sommeren", 23: "efteråret", 24: "vinteren"},
    "en": {21: "spring", 22: "summer", 23: "autumn", 24: "winter"},
}


class Evidence(TypedDict):
    """A passage: lines count from 1, characters from 0 with the end excluded."""

    document: str
    lines: list[int]
    chars: list[int]
    section: NotRequired[str]


class Answer(TypedDict):
    """One answer. ``value`` stands for dates (EDTF), numbers and yes/no."""

    label: str
    value: NotRequired[str | int | float | bool]
    iri: NotRequired[str]
    type: NotRequired[str]
    aliases: list[str]
    via: NotRequired[list[str]]
    how: NotRequired[str]
    role: NotRequired[str]
    period: NotRequired[str]
    evidence: list[Evidence]


class QueryText(TypedDict):
    """The query that gives the answers, and its name when it is one of the library's."""

    sparql: str
    name: NotRequired[str]


class Reply(TypedDict):
    """A whole reply. ``answered`` is False when the documents do not say, or the question was not understood."""

    question: str
    lang: str
    answered: bool
    query: QueryText
    answers: list[Answer]
    message: str
    understood: NotRequired[list[str]]


def show_date(edtf: str, language: str) -> str:
    """Write an EDTF date as people do.

    >>> show_date("2020-11-23", "da"), show_date("2022-21", "en"), show_date("2025-33", "da")
    ('23. november 2020', 'spring 2022', '1. kvartal 2025')
    """
    if "/" in edtf:
        first, _, last = edtf.partition("/")
        return f"{show_date(first, language)}–{show_date(last, language)}"
    parts = edtf.rstrip("~?%").split("-")
    if len(parts) == 1:
        return parts[0]
    year, month = parts[0], int(parts[1])
    if month in _SEASONS[language]:
        return f"{_SEASONS[language][month]} {year}"
    if month >= 33:
        return f"{month - 32}. kvartal {year}" if language == "da" else f"Q{month - 32} {year}"
    name = _MONTHS[language][month - 1]
    if len(parts) == 2:
        return f"{name} {year}"
    day = int(parts[2])
    return f"{day}. {name} {year}" if language == "da" else f"{day} {name} {year}"


def show_number(value: str, unit: str | None, language: str) -> str:
    """Write a number with its unit as people do: 700.000 kr. in Danish, 700,000 kr. in English.

    >>> show_number("700000", "dkk", "da"), show_number("60.3", "percent", "da"), show_number("8", None, "en")
    ('700.000 kr.', '60,3 %', '8')
    """
    whole, _, fraction = value.partition(".")
    sign = "-" if whole.startswith("-") else ""
    digits = whole.lstrip("-")
    grouped = f"{int(digits):,}" if len(digits) > 3 and unit is not None and unit != "years" else digits
    text = sign + grouped + (f".{fraction}" if fraction else "")
    if language == "da":
        text = text.translate(str.maketrans(",.", ".,"))
    return text + {"percent": " %", "dkk": " kr."}.get(unit or "", "")


def evidence_of(store: GraphStore, claims: Iterable[str]) -> dict[str, list[Evidence]]:
    """Give the passages of claims; those of a derived claim are the passages of the claims that it follows from."""
    wanted = sorted(set(claims))
    found: dict[str, list[Evidence]] = {c: [] for c in wanted}
    if not wanted:
        return found
    rows = store.select(
        "SELECT ?claim ?source ?first ?last ?start ?end ?section WHERE {\n"
        f"  VALUES ?claim {{ {' '.join(f'<{c}>' for c in wanted)} }}\n"
        "  ?claim prov:wasDerivedFrom* ?premise .\n"
        "  ?premise sam:evidence ?e ; sam:section ?section .\n"
        "  ?e oa:hasSource ?source ; sam:firstLine ?first ; sam:lastLine ?last ; oa:hasSelector ?at .\n"
        "  ?at oa:start ?start ; oa:end ?end }"
    ).rows
    for claim, source, *numbers, section in rows:
        if not isinstance(claim, ox.NamedNode) or not isinstance(source, ox.NamedNode):
            continue
        first, last, start, end = (int(n.value) for n in numbers if isinstance(n, ox.Literal))
        passage = Evidence(document=local_name(source.value), lines=[first, last], chars=[start, end])
        if isinstance(section, ox.Literal):
            passage["section"] = section.value
        if passage not in found[claim.value]:
            found[claim.value].append(passage)
    for passages in found.values():
        passages.sort(key=lambda e: (e["document"], e["chars"]))
    return found


def entity_answer(index: Index, iri: str, language: str) -> Answer:
    """Give the answer for an entity: label, type, and all its other names."""
    row = index.db.execute("SELECT id, types, da, en FROM entity WHERE iri = ?", (iri,)).fetchone()
    if row is None:
        return Answer(label=local_name(iri), iri=iri, aliases=[], evidence=[])
    number, types, da, en = row
    label = en if language == "en" else da
    names = [r[0] for r in index.db.execute("SELECT text FROM name WHERE entity = ? ORDER BY kind, text", (number,))]
    aliases = [n for n in dict.fromkeys([da, en, *names]) if n != label]
    return Answer(label=label, iri=iri, type=types.split()[0], aliases=aliases, evidence=[])


def value_answer(term: ox.Literal, unit: str | None, language: str) -> Answer:
    """Give the answer for a literal: a date or number also as ``value``."""
    kind = term.datatype.value
    if kind in (XSD + "integer", XSD + "decimal"):
        number: int | float = int(term.value) if kind == XSD + "integer" else float(term.value)
        unit_name = unit.removeprefix(ENTITY) if unit else None
        return Answer(label=show_number(term.value, unit_name, language), value=number, aliases=[], evidence=[])
    if kind.endswith("EDTF"):
        return Answer(
            label=show_date(term.value, language), value=term.value, aliases=_date_forms(term.value), evidence=[]
        )
    return Answer(label=term.value, aliases=[], evidence=[])


def _date_forms(edtf: str) -> list[str]:
    try:
        return [show_date(edtf, "da"), show_date(edtf, "en")]
    except (ValueError, IndexError):
        return []


def merge(answers: Sequence[Answer]) -> list[Answer]:
    """Put answers that are the same thing together, with all their evidence; the order stays."""
    merged: dict[object, Answer] = {}
    for answer in answers:
        key = answer.get("iri") or (answer["label"], answer.get("value"))
        first = merged.setdefault(key, answer)
        if first is answer:
            continue
        first["evidence"] += [e for e in answer["evidence"] if e not in first["evidence"]]
        via = [v for v in answer.get("via", []) if v not in first.get("via", [])]
        if via:
            first["via"] = [*first.get("via", []), *via]
    return list(merged.values())
