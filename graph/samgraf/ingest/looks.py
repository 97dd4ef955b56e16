"""The ways in which a rule looks for facts: in the head, in lists of people, among headings, in sentences, in tables.

Each takes a search and a rule and yields findings. A rule names its way; which words it goes by stand in the rule.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from samgraf.ingest.attending import attendance, by_initials, listed
from samgraf.ingest.grammar import expression, label_form
from samgraf.ingest.items import find_items, presenters
from samgraf.ingest.people import Span
from samgraf.ingest.reading import ROW
from samgraf.ingest.telling import sentences
from samgraf.ingest.view import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from samgraf.ingest.finding import Finding, Search
    from samgraf.ingest.grammar import Rule
    from samgraf.ingest.rows import Row

_CLOSING = " .,;:–-"
COLUMN = "column-"
"""What stands before a slot in the name of the word table that holds a workspace's own heads for it."""


def head(search: Search, rule: Rule) -> Iterator[Finding]:
    """Find one thing in the head: the value of a label, else what a form catches. The first in the order of forms counts."""
    view, text = search.view, search.text
    last = view.lines[search.head_end - 1].end if view.lines else 0
    (name, *_) = [*rule.find, *rule.slots]
    for one in view.labelled:
        if label_form(one.label, rule.labels) and one.line < search.head_end:
            found = _slot(search, rule, name, one.value, _first_line_end(text, one.value, one.end))
            if found:
                yield search.finding(rule, found[0], one.start, max(s.end for s in found[0].values()), values=found[1])
                return
    for form in rule.forms:
        for match in expression(form, search.words).finditer(view.flowing, 0, last):
            begin, end = match.span(name) if name in match.groupdict() else match.span()
            found = _slot(search, rule, name, begin, end)
            if found and not _is_label(search, found[0][name].text):
                stop = found[0][name].end
                start = min(match.start(), found[0][name].start)
                yield search.finding(rule, found[0], start, stop, values=found[1])
                return


def _is_label(search: Search, text: str) -> bool:
    return plain(text) in search.view.labels


def _first_line_end(text: str, start: int, end: int) -> int:
    """Give where the first line that says anything ends."""
    at = start
    while at < end and text[at].isspace():
        at += 1
    stop = text.find("\n", at, end)
    return stop if stop >= 0 else end


def _slot(search: Search, rule: Rule, name: str, start: int, end: int) -> tuple[dict[str, Span], dict[str, str]] | None:
    if name in rule.find:
        dates = search.dates(start, end)
        return ({name: dates[0][0]}, {name: dates[0][1]}) if dates else None
    span = _span(search, start, end)
    return ({name: span}, {}) if span else None


def people(search: Search, rule: Rule) -> Iterator[Finding]:
    """Find who was there and who was not: labelled lists, tables with a column of names, sentences."""
    yield from _of_rows(search, rule, attendance(search, rule))


def unnamed_people(search: Search, rule: Rule) -> Iterator[Finding]:
    """Find who is listed ahead of the agenda under words that no rule knows."""
    yield from _of_rows(search, rule, listed(search, rule))


def _of_rows(search: Search, rule: Rule, rows: list[tuple[Row, str]]) -> Iterator[Finding]:
    for row, when in rows:
        in_meeting = _is_in_meeting(search, rule, row)
        slots = {
            name: span
            for name, span in (
                ("person", row.person),
                ("organisation", row.organisation),
                ("title", None if in_meeting else row.title),
                ("role", row.role or (row.title if in_meeting else None)),
                ("other", row.instead_of),
            )
            if span is not None
        }
        leads = "role" in slots and slots["role"].text in search.words["leaders"]
        holds = {when} | ({"instead"} if row.instead_of else set()) | ({"leads"} if leads else set())
        yield search.finding(rule, slots, row.start, row.end, values={"when": when}, when=frozenset(holds))


def _is_in_meeting(search: Search, rule: Rule, row: Row) -> bool:
    """Tell whether a title is what somebody was at the meeting, and no post in the organisation that is named too.

    'Anna Bech (Skive Kommune), formand' chaired the meeting; 'Bo Dam, formand, Dansk Blindesamfund' has a post there.
    """
    if row.title is None or row.role is not None:
        return False
    title = plain(row.title.text)
    if not label_form(title, rule.roles) and title not in search.words["leaders"]:
        return False
    if row.organisation is None or title not in rule.posts:
        return True
    of = row.organisation.text.split()
    authority = of[0] in search.words["authorities"] or of[-1] in search.words["authorities"]
    return authority or (not row.in_table and row.title.start > row.organisation.end)


def items(search: Search, rule: Rule) -> Iterator[Finding]:
    """Find the items of the agenda with who presented them."""
    if not search.items:
        search.items = find_items(search, rule)
    for item in search.items:
        slots = {"item": item.title, "title": item.title}
        values = {"number": item.number} if item.number else {}
        heading = f"{item.number}. {item.title.text}" if item.number else item.title.text
        yield search.finding(
            rule, slots, item.start, item.end, values=values, when=frozenset({"listed"}), heading=heading
        )
        for span, start, end in presenters(search, rule, item):
            found = {**slots, "presenter": span}
            yield search.finding(rule, found, start, end, values=values, when=frozenset({"presented"}), heading=heading)


def dates(search: Search, rule: Rule) -> Iterator[Finding]:
    """Find the days that are listed below a heading; the heading's year is that of days without one."""
    view = search.view
    for number, line in enumerate(view.lines):
        title = plain(re.sub(r"^\W*(?:\w+\W{1,3})?[\d.]+[.): -]*|[\d: ]+$", "", line.text))
        if title not in rule.under:
            continue
        year = next(iter(re.findall(r"\b20\d\d\b", line.text)), search.year)
        coming = frozenset({"next"} if label_form(title, rule.labels) else ())
        for below in range(number + 1, len(view.lines)):
            here = view.lines[below]
            found = search.dates(here.start, here.end, year)
            if not found:
                if here.text and here.kind != ROW:
                    break
                continue
            for span, edtf in found[:1]:
                when, coming = (coming, frozenset[str]()) if edtf > search.date else (frozenset[str](), coming)
                yield search.finding(rule, {"date": span}, here.start, here.end, values={"date": edtf}, when=when)


def table(search: Search, rule: Rule) -> Iterator[Finding]:
    """Find the rows of tables whose head names the rule's columns; an empty cell of a first column repeats the one above."""
    view = search.view
    for rows in view.tables():
        header = [plain(search.text[a:b]) for a, b in view.lines[rows[0]].cells()]
        places = {
            slot: header.index(w) for slot in rule.columns for w in column_words(search, rule, slot) if w in header
        }
        if len(places) < 2:
            continue
        above: dict[str, Span] = {}
        for number in rows[1:]:
            cells = view.lines[number].cells()
            slots = {}
            for slot, place in places.items():
                a, b = cells[place] if place < len(cells) else (0, 0)
                if search.text[a:b].strip():
                    slots[slot] = Span(search.text[a:b], a, b)
                elif slot in above and place == min(places.values()):
                    slots[slot] = above[slot]
            above.update(slots)
            if person := slots.pop("person", None):
                named = by_initials(search, person)
                if not search.people.is_organisation(named.text) and named.text not in search.words["not-a-person"]:
                    slots["person"] = named
            values = {}
            for slot, kind in rule.find.items():
                span = slots.get(slot)
                found = search.moments(span.start, span.end, days=kind == "date") if span else []
                if found:
                    values[slot] = found[0][1]
            if slots:
                line = view.lines[number]
                when = {*slots, *(["dated"] if values else [])}
                yield search.finding(rule, slots, line.start, line.end, values=values, when=frozenset(when))


def column_words(search: Search, rule: Rule, slot: str) -> list[str]:
    """Give the heads under which a column stands: the rule's, and those that the workspace was told of."""
    return [*rule.columns[slot], *sorted(search.words[f"{COLUMN}{slot}"].whole)]


def lines(search: Search, rule: Rule) -> Iterator[Finding]:
    """Find every line in which a form stands; the form's groups are the slots."""
    for form in rule.forms:
        for match in expression(form, search.words).finditer(search.text):
            slots = {name: span for name in match.groupdict() if (span := _span(search, *match.span(name)))}
            values = {}
            for name, kind in rule.find.items():
                span = slots.pop(name, None)
                found = search.moments(span.start, span.end, days=kind == "date") if span else []
                if found:
                    slots[name], values[name] = found[0]
            for one in _parted(search, rule, slots):
                yield search.finding(rule, one, match.start(), match.end(), values=values, when=frozenset(one))


def _span(search: Search, start: int, end: int) -> Span | None:
    """Give the words between two offsets without the signs around them; None when there are none."""
    raw = search.text[start:end] if start >= 0 else ""
    text = raw.strip(_CLOSING)
    begin = start + len(raw) - len(raw.lstrip(_CLOSING))
    return Span(" ".join(text.split()), begin, begin + len(text)) if text else None


def _parted(search: Search, rule: Rule, slots: dict[str, Span]) -> Iterator[dict[str, Span]]:
    """Part a slot that holds a list, 'A, B og C', into a finding for each."""
    whole = slots.get(rule.split)
    if whole is None:
        if slots:
            yield slots
        return
    at = whole.start
    joints = re.compile(rf",\s*|\s{search.words['and'].pattern()}\s+")
    for joint in [*joints.finditer(search.text, whole.start, whole.end), None]:
        span = _span(search, at, joint.start() if joint else whole.end)
        if span and span.text[0].isupper():
            yield {**slots, rule.split: span}
        at = joint.end() if joint else whole.end


LOOKS: dict[str, Callable[[Search, Rule], Iterator[Finding]]] = {
    "head": head,
    "people": people,
    "unnamed-people": unnamed_people,
    "items": items,
    "sentences": sentences,
    "dates": dates,
    "table": table,
    "lines": lines,
}
