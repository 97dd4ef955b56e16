"""What rules find in a document: slots with their words, the passage, and what a rule's search can ask of the document."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from samgraf.ingest.people import People, Span
from samgraf.language.periods import ANY_YEAR, periods

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from samgraf.ingest.grammar import Grammar, Rule
    from samgraf.ingest.view import Sentence, View
    from samgraf.ingest.wordlists import WordLists

_FIRST_LINES = 14
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Finding(NamedTuple):
    """What one rule found once. ``slots`` are its words; ``values`` what some of them mean (a date as EDTF).

    ``when`` are the conditions that hold for it: present, absent, instead, presented, outcome.
    """

    rule: str
    group: str
    slots: dict[str, Span]
    values: dict[str, str]
    when: frozenset[str]
    start: int
    end: int
    heading: str = ""
    item: str = ""


class Item(NamedTuple):
    """An item of the agenda: number, title, the lines that it takes (end excluded), and where its heading stands."""

    number: str
    title: Span
    first: int
    last: int
    start: int
    end: int
    presenter: Span | None = None
    """The cell that names who presents it, where the agenda is a table; it may be ahead of the item."""


class Search:
    """One document under one grammar, with what its rules look for in common."""

    def __init__(self, view: View, grammar: Grammar, words: WordLists, known: Callable[[str], str]) -> None:
        self.view = view
        self.text = view.text
        self.grammar = grammar
        self.words = words
        self.people = People(words, known)
        self.items: list[Item] = []
        self.date = ""
        self.body: Span | None = None
        self.initials: dict[str, str] | None = None

    @property
    def head_end(self) -> int:
        """The number of the line where the head ends: where the items begin, else after the first lines."""
        first = self.items[0].first if self.items else len(self.view.lines)
        return min(first, _FIRST_LINES) if first > 1 else min(len(self.view.lines), _FIRST_LINES)

    @cached_property
    def year(self) -> str:
        """The year of the meeting, for dates that name none; empty when it is not known."""
        return self.date[:4]

    def dates(self, start: int, end: int, year: str = "", *, since: str = "") -> list[tuple[Span, str]]:
        """Give the days in a stretch of text, in order, as EDTF; one without a year is of the year given, or of the next.

        It is of the next where it lies ahead of the day ``since``: what comes after a meeting in November comes in January.
        """
        return self.moments(start, end, year, since=since, days=True)

    def moments(self, start: int, end: int, year: str = "", *, since: str = "", days: bool) -> list[tuple[Span, str]]:
        """Give the days, or all dates and periods, in a stretch of text."""
        found = []
        for one in periods(self.grammar.language).find(self.text[start:end]):
            edtf = one.moment.edtf
            if edtf.startswith(ANY_YEAR):
                if not year:
                    continue
                rest = edtf[len(ANY_YEAR) :]
                edtf = year + rest if year + rest >= since else f"{int(year) + 1}{rest}"
            if not days or _DAY.fullmatch(edtf):
                span = Span(self.text[start + one.start : start + one.end], start + one.start, start + one.end)
                found.append((span, edtf))
        return found

    def sentences_of(self, item: Item) -> Iterator[Sentence]:
        """Yield an item's sentences, its title left out."""
        return (s for s in self.view.sentences(item.first, item.last) if s.start >= item.end)

    def item_at(self, offset: int) -> Item | None:
        """Give the item that holds an offset."""
        return next((i for i in self.items if i.start <= offset < self.end_of(i)), None)

    def end_of(self, item: Item) -> int:
        """Give the offset where an item ends."""
        lines = self.view.lines
        return lines[item.last].start if item.last < len(lines) else len(self.text)

    def finding(
        self,
        rule: Rule,
        slots: dict[str, Span],
        start: int,
        end: int,
        *,
        values: dict[str, str] | None = None,
        when: frozenset[str] = frozenset(),
        heading: str = "",
    ) -> Finding:
        """Make a finding; its passage is cut to the words."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        item = self.item_at(start)
        shown = heading or (f"{item.number}. {item.title.text}".removeprefix(". ") if item else "")
        return Finding(rule.id, rule.group, slots, values or {}, when, start, end, shown, item.number if item else "")
