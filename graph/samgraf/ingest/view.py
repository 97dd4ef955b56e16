"""A text of record as a grammar looks at it: lines, labels with their values, tables, sections under headings, sentences."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from samgraf.ingest.grammar import label_form
from samgraf.ingest.reading import HEADING, ITEM, ROW

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from samgraf.ingest.grammar import Words
    from samgraf.ingest.record import Placed, Record
    from samgraf.ingest.wordlists import WordList

_LABEL = re.compile(r"(?:[-*•·→] )?\*{0,2}([^\W\d_][^:|\n]{0,58}?)\*{0,2}\s?(?::\*{0,2}(?:\s\|)?|\s\|)\s*")
_INNER = re.compile(r"(?<=\S) (?=([A-ZÆØÅ][\w/ ]{2,40}?):\s)")
_SENTENCE_END = re.compile(r"[.!?](?=\s+[\"”»(]?[A-ZÆØÅ0-9•☐☒-]|\s*$)")
_FULL_LINE, _HALF_LINE = 0.8, 0.5
_LONGEST_ORDINAL = 2


class Labelled(NamedTuple):
    """A label and the stretch of text that is its value; ``line`` is the number (from 0) of the label's line."""

    label: str
    line: int
    start: int
    value: int
    end: int


class Sentence(NamedTuple):
    """A sentence with its offsets; it may go over lines."""

    text: str
    start: int
    end: int


def plain(text: str) -> str:
    """Give a heading or label in the form in which it is compared: lower case, spaced-out letters closed up, without marks.

    >>> plain("**R E F E R A T:**")
    'referat'
    """
    low = " ".join(text.strip(" *_#:.|•-–").lower().split())
    return low.replace(" ", "") if re.fullmatch(r"\w( \w)+", low) else low


class View:
    """A record with what is often asked of it. ``labels`` are the words that any rule takes for a label."""

    def __init__(self, record: Record, labels: frozenset[str], abbreviations: WordList) -> None:
        self.record = record
        self.text = record.text
        self.lines: tuple[Placed, ...] = record.lines
        self.labels = labels
        self.abbreviations = abbreviations
        self._columns: dict[Words, list[tuple[int, int]]] = {}

    @cached_property
    def labelled(self) -> list[Labelled]:
        """Every known label with its value: the rest of its line and, where the line says no more, the lines below it."""
        found: list[Labelled] = []
        for number, line in enumerate(self.lines):
            match = _LABEL.match(line.text)
            if match and self.is_label(match[1]):
                found += self._within(number, match[1], line.start, line.start + match.end(), line.end)
            elif self.is_label(line.text) and line.kind != ROW:
                found.append(Labelled(plain(line.text), number, line.start, line.end, line.end))
        return [self._to_the_end(one, found[i + 1 : i + 2]) for i, one in enumerate(found)]

    def paragraph_end(self, number: int, last: int | None = None) -> int:
        """Give the line after the last of a paragraph that begins on line ``number``."""
        stop = number + 1
        while stop < (len(self.lines) if last is None else last) and self.wrapped(stop):
            stop += 1
        return stop

    def is_label(self, text: str) -> bool:
        """Tell whether some rule takes this for a label."""
        return label_form(plain(text), self.labels) is not None

    def _within(self, number: int, label: str, start: int, value: int, end: int) -> Iterator[Labelled]:
        """Part a line with more than one label: 'Ordstyrer: A. Referent: B'."""
        for mark in _INNER.finditer(self.text, value, end):
            if self.is_label(mark[1]):
                yield Labelled(plain(label), number, start, value, mark.start())
                label, start = mark[1], mark.end()
                value = mark.end() + len(mark[1]) + 1
        yield Labelled(plain(label), number, start, value, end)

    def _to_the_end(self, one: Labelled, following: Sequence[Labelled]) -> Labelled:
        if following and following[0].line == one.line:
            return one
        last = one.line
        alone = not self.text[one.value : one.end].strip()
        below = next((n for n in range(one.line + 1, len(self.lines)) if self.lines[n].text), one.line)
        if alone and self.lines[below].kind == ROW:  # a table right below is the label's, whatever its first cells say
            table = self.lines[below].table
            return one._replace(end=max(line.end for line in self.lines[below:] if line.table == table))
        for number in range(one.line + 1, len(self.lines)):
            line = self.lines[number]
            if following and number >= following[0].line:
                break
            if not line.text:
                if alone and last == one.line:
                    continue
                if not alone:
                    break
                continue
            goes_on = self.wrapped(number) or (line.kind == ITEM and self.lines[one.line].kind != ITEM)
            if line.kind == HEADING or (not alone and not goes_on):
                break
            last = number
        return one._replace(end=max(one.end, self.lines[last].end))

    def wrapped(self, number: int) -> bool:
        """Tell whether a line only goes on where the one before it was full."""
        before, here = self.lines[number - 1], self.lines[number]
        if HEADING in (before.kind, here.kind):
            return self._wrapped_heading(before, here)
        if before.kind == ROW or here.kind in (ITEM, ROW) or not before.text or not here.text:
            return False
        if before.box is None or here.box is None:
            return here.text[0].islower() or before.text[-1] in ",;("
        if before.page != here.page:
            return here.text[0].islower()
        wide = before.box[2] - self._left >= _FULL_LINE * (self._right - self._left)
        near = here.box[1] - before.box[3] < 0.6 * (here.box[3] - here.box[1])
        return wide and near

    def _wrapped_heading(self, before: Placed, here: Placed) -> bool:
        """Tell whether a heading only goes on: of the same size, close below one that is wide."""
        if before.kind != here.kind or before.box is None or here.box is None or before.page != here.page:
            return False
        high, next_high = before.box[3] - before.box[1], here.box[3] - here.box[1]
        wide = before.box[2] - self._left >= _HALF_LINE * (self._right - self._left)
        return wide and abs(high - next_high) < 0.15 * high and here.box[1] - before.box[3] < 0.6 * high

    @cached_property
    def flowing(self) -> str:
        """The text with a blank for the line end where a line only goes on; offsets are those of the text."""
        ends = [self.lines[n].start - 1 for n in range(1, len(self.lines)) if self.wrapped(n)]
        signs = list(self.text)
        for end in ends:
            signs[end] = " "
        return "".join(signs)

    @cached_property
    def _left(self) -> float:
        return min((line.box[0] for line in self.lines if line.box), default=0.0)

    @cached_property
    def _right(self) -> float:
        return max((line.box[2] for line in self.lines if line.box), default=0.0)

    def heading_above(self, offset: int) -> str:
        """Give the nearest heading above an offset; empty when there is none."""
        above = self.lines[: self.line_at(offset)]
        return next((line.text for line in reversed(above) if line.kind == HEADING), "")

    def columns_under(self, labels: Words) -> list[tuple[int, int]]:
        """Give where the cells stand whose column is headed by one of these labels."""
        found = self._columns.get(labels)
        if found is None:
            found = self._columns[labels] = []
            for table in self.tables():
                heads = [plain(self.text[a:b]) for a, b in self.lines[table[0]].cells()]
                places = [place for place, head in enumerate(heads) if label_form(head, labels)]
                for number in table[1:] if len(heads) > len(places) else ():
                    cells = self.lines[number].cells()
                    found += [cells[place] for place in places if place < len(cells)]
        return found

    def line_at(self, offset: int) -> int:
        """Give the number (from 0) of the line that holds an offset."""
        low, high = 0, len(self.lines) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self.lines[middle].start <= offset:
                low = middle
            else:
                high = middle - 1
        return low

    def sentences(self, first: int, last: int) -> Iterator[Sentence]:
        """Yield the sentences of lines ``first`` to ``last`` (end excluded); wrapped lines are one paragraph, a cell is one too."""
        number = first
        while number < last:
            stop = number + 1
            while stop < last and self.wrapped(stop):
                stop += 1
            if self.lines[number].kind == ROW:
                for cell in self.lines[number].cells():
                    yield from self._sentences(*cell)
            elif self.lines[number].text:
                yield from self._sentences(self.lines[number].start, self.lines[stop - 1].end)
            number = stop

    def _sentences(self, start: int, end: int) -> Iterator[Sentence]:
        at = start
        for mark in _SENTENCE_END.finditer(self.text, start, end):
            if mark[0] == "." and self._abbreviated(at, mark.start()):
                continue
            yield from self._sentence(at, mark.end())
            at = mark.end()
        yield from self._sentence(at, end)

    def _abbreviated(self, start: int, stop: int) -> bool:
        word = re.split(r"[\s(]", self.text[start:stop])[-1]
        return (
            word in self.abbreviations
            or (word.isdigit() and len(word) <= _LONGEST_ORDINAL)
            or (len(word) == 1 and word.isupper())
        )

    def _sentence(self, start: int, end: int) -> Iterator[Sentence]:
        while start < end and (self.text[start].isspace() or self.text[start] in "•*-–"):
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        if start < end:
            yield Sentence(" ".join(self.text[start:end].split()), start, end)

    def tables(self) -> Iterator[list[int]]:
        """Yield the line numbers of each table, in order."""
        run: list[int] = []
        for number, line in enumerate(self.lines):
            if line.kind == ROW and (not run or self.lines[run[-1]].table == line.table):
                run.append(number)
                continue
            if run:
                yield run
            run = [number] if line.kind == ROW else []
        if run:
            yield run
