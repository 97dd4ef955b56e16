"""Attendance under words that no rule knows: the list itself is the proof, and what it says of presence is its words'.

A list is told by its form: words that lead, and then people one after the other, on one line or on the lines below; or a
sentence with a verb of attendance. It has to stand ahead of the agenda's first item.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from samgraf.ingest.chunks import chunks_in
from samgraf.ingest.grammar import expression
from samgraf.ingest.lists import list_below
from samgraf.ingest.people import ABSENT, PRESENT, Span
from samgraf.ingest.prose import is_absence, is_prose, people_in
from samgraf.ingest.reading import HEADING, ITEM, PLAIN, ROW
from samgraf.ingest.rows import LEAD, MARK, group_of
from samgraf.ingest.view import Labelled, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from samgraf.ingest.finding import Search
    from samgraf.ingest.grammar import Rule
    from samgraf.ingest.rows import Row

_MOST_LEADING, _FEWEST, _SHARE = 9, 2, 0.75
_SIGNS = " :–-*|"


def unnamed_rows(search: Search, rule: Rule) -> Iterator[Row]:
    """Yield who is listed by form alone, ahead of the agenda."""
    lines = search.view.lines
    last = search.items[0].first if search.items else search.head_end
    number, known = 0, {one.line for one in search.view.labelled}
    above, in_run = PRESENT, False
    while number < last:
        line = lines[number]
        if number in known or not line.text:
            number, in_run = number + 1, False
        elif line.kind != ROW and is_prose(search, number):
            stop = search.view.paragraph_end(number, last)
            for sentence in search.view.sentences(number, stop):
                yield from people_in(search, sentence.start, sentence.end, PRESENT)
            number, in_run = stop, False
        else:
            if search.people.person_in(search.text, line.start, line.end) is None:
                above = ABSENT if is_absence(search, line.text) else PRESENT
            number, rows = _list_at(search, rule, number, last, above, in_run=in_run)
            in_run = bool(rows)
            yield from rows


def _list_at(search: Search, rule: Rule, number: int, last: int, above: str, *, in_run: bool) -> tuple[int, list[Row]]:
    """Read the list that a line leads, if it leads one: the line after it, and its rows.

    ``above`` is what the words above a run of such lines say of presence; ``in_run``: the line before is one of them.
    """
    lines, people = search.view.lines, search.people
    lead = _lead(search, number)
    if lead is None or any(expression(form, search.words).search(plain(lead.text)) for form in rule.refused):
        return number + 1, []
    alone = lead.end == lines[number].end
    below = _below(search, number, last, alone=alone)
    one = Labelled(plain(lead.text), number, lead.start, lead.end, lines[below - 1].end)
    absent = above == ABSENT or is_absence(search, lead.text)
    role = people.is_title(lead.text.lower())
    group = _group(search, lead) or (group_of(people, lead) if in_run and not (alone or role) else None)
    rows = list(list_below(search, one, ABSENT if absent else PRESENT, group=group))
    listed = alone and below > number + 1 and lines[below - 1].kind == ITEM
    if role and "(" not in lead.text and len(rows) == 1 and (listed or not alone):
        return below, [rows[0]._replace(role=lead._replace(text=lead.text.lower()), start=lead.start)]
    enough = _are_people(search, number + 1, below) if alone else _is_list(search, lead.end, one.end)
    return (below, rows) if enough and len(rows) >= (1 if group or absent else _FEWEST) else (number + 1, [])


def _lead(search: Search, number: int) -> Span | None:
    """Give the words that lead a list on a line: those ahead of its first person, or the whole line; none where nothing leads."""
    line = search.view.lines[number]
    cells = line.cells() if line.kind == ROW else []
    if line.kind == ROW and len(cells) != 2:  # a table of two columns is a list of labels with their values
        return None
    begin = LEAD.match(search.text, line.start, line.end)
    start = begin.end() if begin else line.start
    colon = search.text.find(":", start, line.end)
    if cells or colon >= 0:
        end = cells[1][0] if cells else colon + 1
        named = search.people.person_in(search.text, end, line.end) or end == line.end
    else:
        first = search.people.person_in(search.text, start, line.end)
        end, named = (first.start, True) if first else (line.end, True)
    words = search.text[start:end].strip(_SIGNS)
    if not words or len(words.split()) > _MOST_LEADING or re.search(r"[\d.;,](?:\s|$)", words):
        return None
    return Span(words, start, end) if named else None


def _group(search: Search, lead: Span) -> Span | None:
    """Give the organisation that the words of a list name: 'Fra Skive Kommune', 'Ældrerådet'."""
    said = re.match(rf"((?i:{search.words['group-leads'].pattern()})\s+)?(.+)", lead.text)
    if said is None or not (search.people.is_organisation(said[2]) or (said[1] and said[2][0].isupper())):
        return None
    place = search.text.find(said[2], lead.start, lead.end)
    return group_of(search.people, Span(said[2], place, place + len(said[2])))


def _below(search: Search, number: int, last: int, *, alone: bool) -> int:
    """Give the line after a list's last: people, their organisations, and lines that only go on.

    Where its words stand ``alone`` one empty line may be right below them, and all items of a list are taken.
    """
    lines, at = search.view.lines, number + 1
    known = {one.line for one in search.view.labelled}
    while alone and at < last and not lines[at].text:
        at += 1
    kind = lines[at].kind if at < last else PLAIN
    while at < last and at not in known and lines[at].text and lines[at].kind not in (HEADING, ROW):
        taken = alone and ((kind == ITEM == lines[at].kind) or _begins(search, at))
        if not taken and not search.view.wrapped(at):
            break
        at += 1
    return at


def _begins(search: Search, number: int) -> bool:
    """Tell whether a line begins with a person, or a title and a person, or is an organisation."""
    line, people = search.view.lines[number], search.people
    lead = LEAD.match(search.text, line.start, line.end)
    at = lead.end() if lead else line.start
    mark = MARK.match(search.text, at, line.end)
    chunks = chunks_in(people, search.text, mark.end() if mark else at, line.end)
    return people.is_organisation(line.text.rstrip(":")) or (
        bool(chunks) and people.is_person(people.titled(chunks[0].span)[1].text)
    )


def _are_people(search: Search, first: int, last: int) -> bool:
    """Tell whether most lines are of people."""
    told = [number for number in range(first, last) if search.view.lines[number].text]
    return sum(_begins(search, number) for number in told) >= _SHARE * len(told)


def _is_list(search: Search, start: int, end: int) -> bool:
    """Tell whether a stretch is a list of people: most of what its signs part is a person, or belongs to one."""
    people = search.people
    said = [chunk.span.text for chunk in chunks_in(people, search.text, start, end) if chunk.span.text]
    of_people = [
        one
        for one in said
        if people.is_person(people.titled(Span(one, 0, len(one)))[1].text)
        or people.is_organisation(one)
        or people.is_title(one)
        or one.lower() in people.words["parties"].whole
        or people.presence_of(one)
    ]
    return bool(said) and len(of_people) >= _SHARE * len(said)
