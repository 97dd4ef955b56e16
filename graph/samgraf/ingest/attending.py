"""Attendance: everybody who is listed, once each, with all that was said of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from samgraf.ingest.grammar import label_form
from samgraf.ingest.lists import named_rows
from samgraf.ingest.people import ABSENT, OPEN, PRESENT
from samgraf.ingest.unnamed import unnamed_rows
from samgraf.ingest.view import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from samgraf.ingest.finding import Search
    from samgraf.ingest.grammar import Rule
    from samgraf.ingest.people import Span
    from samgraf.ingest.rows import Row


def attendance(search: Search, rule: Rule) -> list[tuple[Row, str]]:
    """Give everybody who is listed under words that the rule knows, with present, absent or open (a box nobody ticked).

    Who is listed twice is taken with all that was said: a role of one list, the organisation of another. Absent counts.
    """
    found = _once(named_rows(search, rule))
    for row in _by_form(search):
        key = plain(row.person.text)
        if key in found:
            found[key] = _merged(found[key], row._replace(presence=found[key].presence))
    for key in _absent_by_initials(search, rule, found):
        found[key] = found[key]._replace(presence=ABSENT)
    return [(row, row.presence) for row in found.values()]


def _absent_by_initials(search: Search, rule: Rule, found: dict[str, Row]) -> Iterator[str]:
    """Yield who is named by no more than initials among those who were absent: 'Afbud: ABE og BDA'."""
    by_initials = {short: key for key, row in found.items() for short in _initials_of(row)}
    for one in search.view.labelled:
        if label_form(one.label, rule.absent):
            words = re.findall(r"\w+", search.text[one.value : one.end])
            yield from (by_initials[word] for word in words if word in by_initials)


def _initials_of(row: Row) -> set[str]:
    words = row.person.text.replace("-", " ").split()
    return {row.initials} if row.initials else {"".join(w[0] for w in words), words[0][0] + words[-1][0]}


def listed(search: Search, rule: Rule) -> list[tuple[Row, str]]:
    """Give everybody who is listed under words that no rule knows, and in no list that one does."""
    others = [one for one in search.grammar.rules if one.look == "people"]
    taken = {plain(row.person.text) for other in others for row in named_rows(search, other)}
    found = _once(unnamed_rows(search, rule))
    return [(row, row.presence) for key, row in found.items() if key not in taken]


def initials(search: Search) -> dict[str, str]:
    """Give the names of who is listed, by their initials; initials of two are nobody's."""
    if search.initials is None:
        found: dict[str, set[str]] = {}
        rows = [row for rule in search.grammar.rules if rule.look == "people" for row, _ in attendance(search, rule)]
        for row in [*rows, *_by_form(search)]:
            for short in _initials_of(row):
                found.setdefault(short, set()).add(row.person.text)
        search.initials = {short: next(iter(names)) for short, names in found.items() if len(names) == 1}
    return search.initials


def by_initials(search: Search, span: Span) -> Span:
    """Give the name of somebody who is listed where only the initials stand."""
    return span._replace(text=initials(search).get(span.text, span.text))


def _by_form(search: Search) -> list[Row]:
    return [row for rule in search.grammar.rules if rule.look == "unnamed-people" for row in unnamed_rows(search, rule)]


def _once(rows: Iterable[Row]) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for row in rows:
        key = plain(row.person.text)
        found[key] = _merged(found[key], row) if key in found else row
    return found


def _merged(one: Row, other: Row) -> Row:
    said = {one.presence, other.presence}
    presence = ABSENT if ABSENT in said else PRESENT if PRESENT in said else OPEN
    return one._replace(
        organisation=one.organisation or other.organisation,
        title=one.title or other.title,
        role=one.role or other.role,
        instead_of=one.instead_of or other.instead_of,
        initials=one.initials or other.initials,
        presence=presence,
    )
