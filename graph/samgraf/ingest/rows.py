"""A list of people, read into rows: each with organisation, title and presence, from the list's own structure.

In a list of people the list itself is the proof: who stands in it is in it.
"""

from __future__ import annotations

import re
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, NamedTuple

from samgraf.ingest.chunks import FROM, SEPARATOR, chunks_in, stripped
from samgraf.ingest.people import ABSENT, INITIALS, OPEN, PRESENT, SHORTEST_TITLE, Span

if TYPE_CHECKING:
    from samgraf.ingest.chunks import Chunk
    from samgraf.ingest.people import People

LEAD = re.compile(r"\s*(?:(?:[-*•·●▪–]|o(?= ))\s*)?(?:\d{1,2}[.)]\s+)?")
MARK = re.compile(r"\s*(\[[ xX]?\]|[☐☒☑✓✔])\s*")
_MOST_OF_A_TITLE = 4
_BEFORE_COLON = re.compile(r"([^:\n(),;]{3,60}):\s+")


class Row(NamedTuple):
    """One person of a list: for whom, with what title, in what role there, whether present, and instead of whom."""

    person: Span
    organisation: Span | None
    title: Span | None
    role: Span | None
    presence: str
    instead_of: Span | None
    start: int
    end: int
    initials: str = ""
    in_table: bool = False


def rows_in(
    people: People, text: str, start: int, end: int, presence: str, *, single: bool, group: Span | None = None
) -> list[Row]:
    """Give the people in ``text[start:end]``. ``single``: one person with what belongs to it, as in a line of a list."""
    entries = [] if single else _entries(people, text, start, end)
    if entries:
        return [row for a, b in entries for row in rows_in(people, text, a, b, presence, single=True, group=group)]
    lead = LEAD.match(text, start, end)
    at = lead.end() if lead else start
    mark = MARK.match(text, at, end)
    if mark:
        presence = OPEN if mark[1] in people.words["open-marks"] else PRESENT
        at = mark.end()
    before = _group_before(people, text, at, end)
    if before is not None:
        group, at, single = before, before.end + 1, False
    reader = _Reader(people, presence, single=single, group=group)
    for chunk in chunks_in(people, text, at, end):
        reader.take(chunk)
    return [_with_bracket(text, row) for row in reader.rows()]


def _entries(people: People, text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Give the entries of a list that boxes to tick part, or semicolons where every one begins with a person; else none."""
    marks = [match.start() for match in MARK.finditer(text, start, end)]
    cuts = [start, *(marks or [match.end() for match in re.compile(";").finditer(text, start, end)]), end]
    entries = [(a, b - (text[b - 1] == ";")) for a, b in pairwise(cuts) if text[a:b].strip(" ;\n.")]
    if marks:
        return entries if len(entries) > 1 else []
    firsts = [next(iter(chunks_in(people, text, *entry)), None) for entry in entries]
    whole = all(first and people.is_person(people.titled(first.span)[1].text) for first in firsts)
    return entries if whole and len(entries) > 1 else []


def _group_before(people: People, text: str, start: int, end: int) -> Span | None:
    """Give the words before a colon that are written as a name, where people follow: 'Hospitalsenheden Midt: A, B'."""
    found = _BEFORE_COLON.match(text, start, end)
    if found is None or not found[1][0].isupper() or people.is_title(found[1]) or people.known(found[1]) == "person":
        return None
    following = SEPARATOR.split(text[found.end() : end].strip())[0].strip()
    _, first = people.titled(Span(following, 0, len(following)))
    return group_of(people, Span(found[1], *found.span(1))) if people.is_person(first.text) else None


def group_of(people: People, span: Span) -> Span | None:
    """Give the organisation that a group's heading names; None where it names only a kind of people."""
    while lead := re.match(rf"(?i:{people.words['group-leads'].pattern()})(?:\s+|$)", span.text):
        cut = lead.end()
        span = stripped(span.text, cut, len(span.text))._replace(start=span.start + cut, end=span.end)
    words = span.text.split()
    generic = people.words["generic-groups"].whole
    named = len(words) > 1 and words[0] in people.words["organisation-starts"] and words[1][0].isupper()
    if not words or any(w.strip("()").lower() in generic for w in words[named:]):
        return None
    return Span(" ".join(words), span.end - len(" ".join(words)), span.end)


class _Open:
    """A row that is being read."""

    def __init__(self, person: Span, presence: str, group: Span | None, title: Span | None) -> None:
        self.person = person
        self.presence = presence
        self.group = group
        self.organisation: Span | None = None
        self.title = title
        self.role: Span | None = None
        self.instead_of: Span | None = None
        self.initials = ""
        self.joined = False
        self.start = title.start if title else person.start
        self.end = person.end

    def row(self) -> Row:
        of = self.organisation or self.group
        return Row(
            self.person, of, self.title, self.role, self.presence, self.instead_of, self.start, self.end, self.initials
        )


class _Reader:
    """Puts the chunks of a list together to rows."""

    def __init__(self, people: People, presence: str, *, single: bool, group: Span | None) -> None:
        self.people = people
        self.presence = presence
        self.single = single
        self.group = group
        self.open: list[_Open] = []
        self.waiting: list[Span] = []
        self.title: Span | None = None

    def take(self, chunk: Chunk) -> None:
        """Take in one chunk."""
        people, span = self.people, chunk.span
        if chunk.before == ":" and not span.text:
            self._close_group()
            return
        if chunk.before == ".":
            self.group = None
        if self._said_of_presence(chunk) or self._stands_in(span):
            return
        if self.open and _is_initials(span.text, self.open[-1].person.text):
            self.open[-1].initials = span.text
            self.open[-1].end = span.end
            return
        title, rest = people.titled(span)
        begins = people.is_person(rest.text) and not (self.single and self.open and not title and chunk.before != "&")
        if begins and not (chunk.inside and self.open and self.open[-1].organisation is None):
            self._begin(rest, title or self.title, joined=chunk.before == "&")
        elif span.text.lower() in people.words["titles"].whole:
            self._titled(span, inside=chunk.inside)
        elif chunk.before == FROM or people.is_organisation(span.text):
            self._belongs(span, of_all=chunk.before == FROM)
        elif people.is_title(span.text) or (self._may_be_title(chunk) and _is_title_by_form(people, span.text)):
            self._titled(span, inside=chunk.inside)
        elif (
            self.open
            and self.open[-1].organisation is None
            and span.text[0].isupper()
            and (chunk.inside or self.single)
        ) or (self.open and self.open[-1].organisation is None and span.text in people.words["organisation-endings"]):
            self._belongs(span)
        elif not self.open:
            self.waiting.append(span)

    def _may_be_title(self, chunk: Chunk) -> bool:
        return (chunk.inside or self.single) and chunk.span.text not in self.people.words["organisation-endings"]

    def _said_of_presence(self, chunk: Chunk) -> bool:
        """Take in a mark of presence; the letters of a party are passed over."""
        if chunk.inside and chunk.span.text.lower() in self.people.words["parties"].whole:
            return True
        presence = self.people.presence_of(chunk.span.text)
        if not presence and self.people.presence_of(chunk.span.text, whole=False) == ABSENT:
            presence = ABSENT
        if presence and self.open:
            self.open[-1].presence = presence
            self.open[-1].end = chunk.span.end
        return bool(presence)

    def rows(self) -> list[Row]:
        """Give the rows. 'A og B, Skive Kommune' belongs to both."""
        return [row.row() for row in self.open]

    def _stands_in(self, span: Span) -> bool:
        if self.people.is_organisation(span.text):
            return False
        came = self.people.came_instead(span)
        if came is not None and self.open:
            last = self.open[-1]
            self._begin(came, None)
            self.open[-1].presence = PRESENT
            self.open[-1].instead_of = last.person
            self.open[-1].organisation = last.organisation or last.group
            return True
        other = self.people.instead_of(span)
        if other is None:
            return False
        if other.start - span.start > 0 and self.open:
            self.open[-1].instead_of = other
            self.open[-1].end = span.end
            role = span.text[: other.start - span.start].split()
            if role and role[0] in self.people.words["titles"] and self.open[-1].title is None:
                self.open[-1].title = Span(role[0], span.start, span.start + len(role[0]))
            return True
        lead = self.people.name.match(span.text)
        if lead and self.people.is_person(lead[0]):
            self._begin(Span(lead[0], span.start, span.start + lead.end()), None)
            self.open[-1].instead_of = other
            self.open[-1].end = span.end
            return True
        return False

    def _begin(self, person: Span, title: Span | None, *, joined: bool = False) -> None:
        if not self.open and self.waiting and self.group is None and self.single:
            self.group = self.waiting[-1]
        self.open.append(_Open(person, self.presence, self.group, title))
        self.open[-1].joined = joined
        self.title = None

    def _belongs(self, span: Span, *, of_all: bool = False) -> None:
        if not self.open:
            if self.single:
                self.group = span
            self.waiting.append(span)
            return
        last = self.open[-1]
        if last.organisation is None:
            last.organisation = span
            last.end = max(last.end, span.end)
        if of_all and last.joined:
            for before in takewhile(lambda one: one.organisation is None, self.open[-2::-1]):
                before.organisation = span

    def _titled(self, span: Span, *, inside: bool) -> None:
        if self.open and (self.open[-1].title is None or self.single or inside):
            last = self.open[-1]
            if last.title is None:
                last.title = span
            else:
                last.role = span
            last.end = max(last.end, span.end)
        elif not self.open:
            self.title = span

    def _close_group(self) -> None:
        """Take what stands before a colon as the group of those after it: 'Aarhus: …', 'Fra kommunerne: …' names none."""
        span = self.waiting[-1] if self.waiting else None
        if self.open and span is None:
            return
        self.group = group_of(self.people, span) if span else None
        self.waiting = []
        self.title = None


def _is_title_by_form(people: People, text: str) -> bool:
    """Tell whether words in brackets behind a name are what somebody is: small letters throughout, and few words."""
    words = text.split()
    told = words[0] in people.words["attendance-verbs"] or any(sign.isdigit() for sign in text)
    return text.islower() and not told and len(words) <= _MOST_OF_A_TITLE and len(text) >= SHORTEST_TITLE


def _with_bracket(text: str, row: Row) -> Row:
    opened = text.count("(", row.start, row.end) > text.count(")", row.start, row.end)
    return row._replace(end=row.end + 1) if opened and text[row.end : row.end + 1] == ")" else row


def _is_initials(text: str, name: str) -> bool:
    """Tell whether these are the initials of this name: 'JSH' of 'Jeppe Storm Hald', 'BTH' of 'Bjarne Thysen'."""
    words = re.findall(r"[^\W\d_]+", name.upper())
    return bool(INITIALS.fullmatch(text)) and words[0][0] == text[0] and _begins(text, words)


def _begins(letters: str, words: list[str]) -> bool:
    """Tell whether letters are put together from the beginnings of words, in their order; a word may be left out."""
    if not letters or not words:
        return not letters
    return any(
        words[0].startswith(letters[:count]) and _begins(letters[count:], words[1:])
        for count in range(len(letters) + 1)
    )
