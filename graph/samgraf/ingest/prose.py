"""Sentences that tell who was there: 'Fra Skive Kommune deltog A og B', 'A fra Skive og B fra Struer havde meldt afbud'.

The people stand on one side of the verb. What stands on the other says for whom, and whether they were absent.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from samgraf.ingest.people import ABSENT, SHORTEST_TITLE, Span
from samgraf.ingest.rows import group_of, rows_in

if TYPE_CHECKING:
    from samgraf.ingest.finding import Search
    from samgraf.ingest.rows import Row


def people_in(search: Search, start: int, end: int, presence: str) -> list[Row]:
    """Give the people of a sentence; none where they stand on both sides of its verbs, which tells two things at once.

    ``presence`` holds unless a word of absence stands beside them.
    """
    text, people = search.text, search.people
    marks = [match.span() for match in _verbs(search).finditer(text, start, end)]
    parts = [(start, marks[0][0]), (marks[-1][1], end)] if marks else []
    named = [part for part in parts if people.person_in(text, *part)]
    if len(named) != 1:
        return []
    ((begin, stop),) = named
    first = _first(search, begin, stop)
    rest = f"{text[start:first]} {text[stop:end]}"
    absent = is_absence(search, rest)
    if not absent and not re.search(rf"\b{search.words['attendance-words'].pattern()}\b", rest.lower()):
        return []
    rows = rows_in(
        people, text, first, stop, ABSENT if absent else presence, single=False, group=_for_whom(search, start, begin)
    )
    return [row._replace(end=min(row.end, stop)) for row in rows]


def is_prose(search: Search, number: int) -> bool:
    """Tell whether a line is a sentence with a verb of attendance, and no entry of a list."""
    first = next(iter(search.view.sentences(number, search.view.paragraph_end(number))), None)
    return first is not None and first.text.endswith(".") and bool(_verbs(search).search(first.text))


def is_absence(search: Search, text: str) -> bool:
    """Tell whether words speak of absence: a word begins as one that is listed."""
    return bool(re.search(rf"\b{search.words['absence-stems'].pattern()}", text.lower()))


def _verbs(search: Search) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){search.words['attendance-verbs'].pattern()}(?![\w-])")


def _first(search: Search, start: int, end: int) -> int:
    """Give where the people begin: with the first name, or the title before it, known or by its form."""
    first = search.people.person_in(search.text, start, end)
    begin = first_named = first.start if first else start
    for word in reversed(list(re.finditer(r"\S+", search.text[start:begin]))):
        by_form = word[0].islower() and word[0].isalpha() and len(word[0]) >= SHORTEST_TITLE and begin == first_named
        if not (by_form or word[0] in search.words["titles"]) or word[0] in search.words["and"]:
            break
        begin = start + word.start()
    return begin


def _for_whom(search: Search, start: int, end: int) -> Span | None:
    """Give the organisation that stands on the other side of the verb: 'Fra Skive Kommune deltog …'."""
    origin = re.match(rf"\W*(?i:{search.words['from'].pattern()})\s+([^\n]+?)\s*$", search.text[start:end])
    if origin is None:
        return None
    verb = _verbs(search).search(origin[1])
    named = origin[1][: verb.start()].rstrip() if verb else origin[1]
    begin = start + origin.start(1)
    return group_of(search.people, Span(named, begin, begin + len(named)))
