"""A list of people, cut where its signs and small words part what it says of one from what it says of the next."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from samgraf.ingest.people import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from samgraf.ingest.people import People

SEPARATOR = re.compile(r"[();,|:]|\s[–—-]\s|\.\s+(?=[A-ZÆØÅ])|\.$")
_SHORT = re.compile(r"\w{1,2}|\w(?:\.\w)+")
_BROKEN = re.compile(r"(?<=\w)-\n(?=[A-ZÆØÅ])")
FROM = "from"
"""What stands before an organisation that is told as where somebody is from: of all who are joined before it."""


class Chunk(NamedTuple):
    """Words between two signs: whether they stand in brackets, and the sign before them (``&`` for 'og', `FROM`)."""

    span: Span
    inside: bool
    before: str


def chunks_in(people: People, text: str, start: int, end: int) -> list[Chunk]:
    """Cut at commas, semicolons, dashes, bars, colons, brackets and sentence ends; 'og' between two persons cuts too."""
    found: list[Chunk] = []
    depth, at, before = 0, start, ""
    for mark in [*SEPARATOR.finditer(text, start, end), None]:
        stop = mark.start() if mark else end
        sign = mark[0].strip()[:1] if mark else ""
        if sign == "." and mark and _is_abbreviation(people, text, at, stop):
            continue
        found += _parts(people, text, at, stop, before, inside=depth > 0)
        if sign == "(":
            depth += 1
        elif sign == ")":
            depth = max(depth - 1, 0)
        before = sign
        at = mark.end() if mark else end
        if sign == ":":
            found.append(Chunk(Span("", stop, stop), depth > 0, ":"))
    return found


def _is_abbreviation(people: People, text: str, start: int, stop: int) -> bool:
    words = text[start:stop].split()
    return bool(words) and bool(_SHORT.fullmatch(words[-1]) or words[-1] in people.words["abbreviations"])


def _parts(people: People, text: str, start: int, stop: int, before: str, *, inside: bool) -> list[Chunk]:
    pieces, at = [], start
    for joint in [*people.joint.finditer(text, start, stop), None]:
        end = joint.start() if joint else stop
        if joint is not None:
            left, right = text[at:end].strip(), text[joint.end() : stop].strip()
            first = people.origin.split(people.joint.split(right)[0])[0]
            if not ((not left or _may_end(people, left)) and _ends_as_person(people, first)):
                continue
        origin = people.origin.search(text, at, end)
        if origin and _ends_as_person(people, text[at : origin.start()].strip()):
            pieces.append(Chunk(stripped(text, at, origin.start()), inside, before))
            before, at = FROM, origin.end()
        for begin, stop_ in _unmarked(people, text, at, end):
            span = stripped(text, begin, stop_)
            if span.text:
                pieces.append(Chunk(span, inside, before))
            before = ","
        before, at = "&", joint.end() if joint else stop
    return pieces


def _unmarked(people: People, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut where an entry ends without a sign: behind an organisation or a title, ahead of the next person."""
    at = start
    for match in people.name.finditer(text, start, end):
        before = text[at : match.start()].split()
        ends = bool(before) and (
            before[-1] in people.words["organisation-endings"] or before[-1] in people.words["titles"]
        )
        if ends and before[-1][0].islower() and text[match.start() - 1] == " ":
            _, person = people.titled(Span(match[0], match.start(), match.end()))
            if person.start > match.start() and people.is_person(person.text):
                yield at, match.start()
                at = match.start()
    yield at, end


def _may_end(people: People, text: str) -> bool:
    """Tell whether a person's entry may end here: with the name, or with the organisation after it."""
    return _ends_as_person(people, people.origin.split(text)[0]) or people.is_organisation(text)


def _ends_as_person(people: People, text: str) -> bool:
    _, rest = people.titled(Span(text, 0, len(text)))
    return people.is_person(rest.text)


def stripped(text: str, start: int, end: int) -> Span:
    """Give a stretch of text without what is around its words; a word that is broken over two lines is one."""
    while start < end and text[start] in " \t\n*_":
        start += 1
    while end > start and text[end - 1] in " \t\n*_.":
        end -= 1
    return Span(" ".join(_BROKEN.sub("-", text[start:end]).split()), start, end)
