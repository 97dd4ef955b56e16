"""The items of an agenda: numbered headings that follow each other, their titles, and who presented them."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, NamedTuple

from samgraf.ingest.attending import initials
from samgraf.ingest.finding import Item
from samgraf.ingest.grammar import expression, label_form
from samgraf.ingest.people import Span
from samgraf.ingest.reading import HEADING, ROW
from samgraf.ingest.view import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from samgraf.ingest.finding import Search
    from samgraf.ingest.grammar import Rule

_SENTENCES_READ = 3
_LONGEST = 130
_LEAST_LATER = 3
_FEWEST_UNNUMBERED = 3
_OF_TITLES, _SHORTEST_TITLE = 3, 3
_ROMAN = {"I": 1, "V": 5, "X": 10}
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,2}){0,2}")
_RUN_IN = re.compile(r"([^.:]{3,60})\. (?=[A-ZÆØÅ])")


class _Candidate(NamedTuple):
    line: int
    number: tuple[int, ...]
    shown: str
    title: Span
    strong: bool
    presenter: Span | None = None
    below: bool = False
    """Whether the title is no more than the line below the number."""


def find_items(search: Search, rule: Rule) -> list[Item]:
    """Find the items: of all numbered lines those whose numbers follow each other, headings before plain lines.

    A list of titles ahead (the agenda itself) gives way to the headings that bear the same numbers further down.
    """
    found = list(_candidates(search, rule))
    titles = {c.shown: c.title for c in found if not c.below}  # of 'Ad 1', whose title stands in the agenda ahead
    told = {
        (c.shown, plain(_title(search, rule, c.title).text)): named
        for c in found
        if (named := c.presenter or _of_title(search, rule, c))
    }
    found = [c for c in found if not (c.below and _is_sentence(c.title.text) and c.shown not in titles)]
    strong = [c for c in found if c.strong]
    chosen = _in_order(strong) if len(strong) > 1 else _in_order(found)
    if len(chosen) < len(_in_order(found)) // 2:
        chosen = _in_order(found)
    if not chosen:
        chosen = _unnumbered(search, rule)
    lines = search.view.lines
    items = []
    for here, following in zip(chosen, [*chosen[1:], None], strict=False):
        last = following.line if following else len(lines)
        start = lines[here.line].start
        shown = titles.get(here.shown, here.title) if here.below else here.title
        title = _title(search, rule, shown)
        end = max(title.end, shown.end) if title.start >= start else lines[here.line].end
        presenter = here.presenter or told.get((here.shown, plain(title.text)))
        items.append(Item(here.shown, title, here.line, last, start, end, presenter))
    return items


def _unnumbered(search: Search, rule: Rule) -> list[_Candidate]:
    """Give the headings that are items where nothing is numbered: those of the rank of a heading that every agenda has."""
    heads = [
        (number, line)
        for number, line in enumerate(search.view.lines)
        if line.kind == HEADING and not line.text.endswith(":")
    ]
    first = next((place for place, (_, line) in enumerate(heads) if label_form(plain(line.text), rule.under)), None)
    if first is None or len(heads) < first + _FEWEST_UNNUMBERED:
        return []
    return [
        _Candidate(number, (), "", Span(line.text, line.start, line.end), strong=True)
        for number, line in heads[first:]
        if not search.view.is_label(line.text)
    ]


def _rows(search: Search, rule: Rule) -> dict[int, _Candidate]:
    """Give the items that are rows of a table with a column of numbers and one of titles, by line."""
    found = {}
    for table in search.view.tables():
        cells = {number: search.view.lines[number].cells() for number in table}
        header = [plain(search.text[a:b]) for a, b in cells[table[0]]]
        places: dict[str, int] = {}
        for slot, words in rule.columns.items():
            free = [
                header.index(word) for word in words if word in header and header.index(word) not in places.values()
            ]
            if free:
                places[slot] = free[0]
        if not {"number", "title"} <= places.keys():
            continue
        for number in table[1:]:
            spans = {
                s: Span(search.text[slice(*cells[number][p])], *cells[number][p])
                for s, p in places.items()
                if p < len(cells[number])
            }
            shown = spans["number"].text.strip(" .") if "number" in spans else ""
            if _NUMBER.fullmatch(shown) and "title" in spans and spans["title"].text.strip():
                parts = tuple(map(int, shown.split(".")))
                found[number] = _Candidate(
                    number, parts, shown, spans["title"], strong=False, presenter=spans.get("presenter")
                )
    return found


def _candidates(search: Search, rule: Rule) -> Iterator[_Candidate]:
    leads = expression(rule.leads, search.words) if rule.leads else None
    rows = _rows(search, rule)
    for number, line in enumerate(search.view.lines):
        if number in rows:
            yield rows[number]
        if line.kind == ROW or not line.text:
            continue
        for form in rule.forms:
            match = expression(form, search.words).match(line.text)
            title = _title_of(search, number, match) if match else None
            if match is None or title is None or search.dates(line.start, title.start + 12):
                continue
            below = "title" not in match.groupdict()
            if _is_sentence(title.text) and line.kind != HEADING and not below:
                continue
            strong = line.kind == HEADING or bool(leads and leads.match(line.text))
            parts = tuple(map(_counted, match["number"].split(".")))
            yield _Candidate(number, parts, match["number"], title, strong, below=below)
            break


def _of_title(search: Search, rule: Rule, one: _Candidate) -> Span | None:
    """Give who presents an item by its title: also where only the agenda ahead says it."""
    return next((span for _, span in _told_in(search, rule, one.title, one.title.text)), None)


def _told_in(search: Search, rule: Rule, title: Span, text: str) -> Iterator[tuple[int, Span]]:
    """Yield where in a title's text it is told who presents, and who that is; the first forms are those of titles."""
    for form in rule.presenters[:_OF_TITLES]:
        match = expression(form, search.words).search(text)
        if match and (named := next(_named(search, match, title.start, title.end), None)):
            yield match.start(), named


def _counted(number: str) -> int:
    """Give the place that a number tells: 3, III or c.

    >>> [_counted(number) for number in ("14", "XIV", "c")]
    [14, 14, 3]
    """
    if number.isdigit():
        return int(number)
    if number.islower():
        return ord(number) - ord("a") + 1
    values = [_ROMAN[letter] for letter in number]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))


def _title_of(search: Search, number: int, match: re.Match[str]) -> Span | None:
    """Give an item's title: on its line, up to the first full stop of a title that runs into the text, else the next line."""
    lines = search.view.lines
    if "title" in match.groupdict():
        text = match["title"].strip()
        lead = _RUN_IN.match(text)
        if (
            lead
            and len(text) > len(lead[1]) + 12
            and lead[1].split()[-1].lstrip("(") not in search.words["abbreviations"]
        ):
            text = lead[1]
        begin = lines[number].start + match.start("title")
        return Span(text, begin, begin + len(text))
    below = next((line for line in lines[number + 1 : number + 3] if line.text), None)
    return Span(below.text, below.start, below.end) if below else None


def _is_sentence(title: str) -> bool:
    return len(title) > _LONGEST or (title.endswith(".") and title.count(" ") > 6)


def _in_order(found: list[_Candidate]) -> list[_Candidate]:
    """Give the last longest run of numbers that rise one by one: 1, 2, 3; 1.1, 1.2, 2.1; where there is none, 31, 32, 33."""
    best = _longest(found, [i for i, one in enumerate(found) if _may_begin(one.number)])
    if len(best) > 1:
        return best
    later = _longest(found, range(len(found)))  # of a body that goes on counting from its last meeting: 31, 32, 33
    return later if len(later) >= _LEAST_LATER else best


def _longest(found: list[_Candidate], begins: Iterable[int]) -> list[_Candidate]:
    best: list[_Candidate] = []
    for begin in begins:
        run = [found[begin]]
        for candidate in found[begin + 1 :]:
            if _follows(run[-1].number, candidate.number):
                run.append(candidate)
        if len(run) >= len(best):
            best = run
    return best


def _may_begin(number: tuple[int, ...]) -> bool:
    return all(part <= 1 for part in number)


def _follows(before: tuple[int, ...], after: tuple[int, ...]) -> bool:
    if len(after) == len(before):
        same = 0
        while same < len(before) and before[same] == after[same]:
            same += 1
        rest = after[same + 1 :]
        return same < len(before) and 1 <= after[same] - before[same] <= 2 and all(part <= 1 for part in rest)
    if len(after) > len(before):
        return after[: len(before)] == before and all(part <= 1 for part in after[len(before) :])
    cut = before[: len(after)]
    return after[:-1] == cut[:-1] and 1 <= after[-1] - cut[-1] <= 2


def _title(search: Search, rule: Rule, title: Span) -> Span:
    """Take who presents, and a full stop, off the end of a title."""
    text = _cut(search, rule, title.text)
    place = next((place for place, _ in _told_in(search, rule, title, text) if place >= _SHORTEST_TITLE), None)
    if place is not None:
        text = _cut(search, rule, text[:place].rstrip())
    text = text.rstrip(" ,(–-:")
    last = text[:-1].rpartition(" ")[2]
    if text.endswith(".") and last not in search.words["abbreviations"]:
        text = text.rstrip(" .")
    return Span(text, title.start, title.start + len(text))


def _cut(search: Search, rule: Rule, text: str) -> str:
    """Take off the end of a title what is no part of it."""
    for form in rule.refused:
        text = expression(form, search.words).sub("", text)
    return text


def presenters(search: Search, rule: Rule, item: Item) -> Iterator[tuple[Span, int, int]]:
    """Yield who presented an item: named with its title or in its first sentences; the earliest form that finds anybody counts."""
    if item.presenter and (told := search.people.person_in(search.text, item.presenter.start, item.presenter.end)):
        yield from (
            (span, min(item.start, span.start), span.end)
            for span in _persons(search, told.text, told.start, item.presenter.end)
        )
        return
    if item.presenter and (name := initials(search).get(item.presenter.text.strip())):
        yield item.presenter._replace(text=name), min(item.start, item.presenter.start), item.presenter.end
        return
    heading = (search.text[item.start : item.end], item.start, item.end)
    below = [(s.text, s.start, s.end) for s in itertools.islice(search.sentences_of(item), _SENTENCES_READ)]
    for form in rule.presenters:
        seen: set[str] = set()
        for text, start, end in (heading, *below):
            for match in expression(form, search.words).finditer(text):
                for span in _named(search, match, start, end):
                    if plain(span.text) not in seen:
                        seen.add(plain(span.text))
                        yield span, start, end
            if seen:
                return


def _named(search: Search, match: re.Match[str], start: int, end: int) -> Iterator[Span]:
    """Yield who is meant: by name, or by the initials of somebody who is listed."""
    if "presenter" in match.groupdict():
        yield from _persons(search, match["presenter"], start, end)
        return
    name = initials(search).get(match["initials"])
    place = search.text.find(match["initials"], start, end)
    if name and place >= 0:
        yield Span(name, place, place + len(match["initials"]))


def _persons(search: Search, name: str, start: int, end: int) -> Iterator[Span]:
    """Yield the person of this name in the text, and those that follow: 'A, B og C'."""
    place = search.text.find(name, start, end)
    _, first = search.people.titled(Span(name, place, place + len(name)))
    if place < 0 or not search.people.is_person(first.text):
        return
    yield first
    joint = re.compile(rf"(?:, ?| {search.words['and'].pattern()} )({search.people.name.pattern})")
    at = place + len(name)
    while (match := joint.match(search.text, at, end)) and search.people.is_person(match[1]):
        yield Span(match[1], *match.span(1))
        at = match.end()
