"""What words are where people are named: a person, an organisation, a title, a mark of presence.

No table of first names is asked: a name is known by its form, where a list says that people follow. What is an organisation
or a title is told by word tables and by the names that the graph knows.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from samgraf.ingest.wordlists import WordLists

PRESENT, ABSENT, OPEN = "present", "absent", "open"
_WORD = r"(?:(?:[A-ZÆØÅ]{1,3}\.){1,3}|[A-ZÆØÅÉÖÄÜ][^\W\d_]*(?:['’-][^\W\d_]+)*)"
_CAPITALS = re.compile(r"[A-ZÆØÅ]{2,4}|\d[A-ZÆØÅ]{1,2}")
INITIALS = re.compile(r"[A-ZÆØÅ]{2,4}")
_MOST_WORDS = 5
SHORTEST_TITLE = 5


def name_pattern(words: WordLists) -> str:
    """Give the form of a person's name: two words or more that begin with a capital, with particles between."""
    return rf"{_WORD}(?: (?:{words['particles'].pattern()} )?{_WORD})+"


class Span(NamedTuple):
    """Words of the text with their offsets."""

    text: str
    start: int
    end: int


class People:
    """Tells what words are. ``known`` tells what a name is in the graph: person, organisation or nothing.

    ``joint`` stands between two who are named together, ``origin`` before where somebody is from.
    """

    def __init__(self, words: WordLists, known: Callable[[str], str] = lambda _: "") -> None:
        self.words = words
        self.known = known
        self.name = re.compile(name_pattern(words))
        self.origin = re.compile(rf"\s{words['from'].pattern()}\s(?=[A-ZÆØÅ]|\w+{words['definite'].pattern()}\b)")
        joined = words["and"].pattern()
        self.joint = re.compile(rf"\s{joined}\s")
        instead = words["instead-of"].pattern()
        self._instead = re.compile(rf"(?:^|\s)(?i:{instead})\s+({self.name.pattern})$")
        self._came = re.compile(rf"({self.name.pattern})\s+(?i:{words['came-instead'].pattern()})")

    def person_in(self, text: str, start: int, end: int) -> Span | None:
        """Give the first name of a person in a stretch of text, its title left out."""
        for match in self.name.finditer(text, start, end):
            _, span = self.titled(Span(match[0], match.start(), match.end()))
            if self.is_person(span.text):
                return span
        return None

    def is_person(self, text: str) -> bool:
        """Tell whether this is written as a person's name and is no organisation."""
        if not self.name.fullmatch(text) or len(text.split()) > _MOST_WORDS:
            return False
        known = self.known(text)
        if known:
            return known == "person"
        return not self.is_organisation(text) and not any(w in self.words["not-a-person"] for w in text.split())

    def is_organisation(self, text: str) -> bool:
        """Tell whether this is an organisation: known, or by its first or last word, or by its capitals."""
        known = self.known(text)
        if known:
            return known == "organisation"
        words = text.split()
        if not words or len(words) > 9 or not (words[0][0].isupper() or words[0][0].isdigit()):
            return False
        return (
            words[-1] in self.words["organisation-endings"]
            or any(w in self.words["organisation-endings"] for w in words[:-1] if "kommune" in w.lower())
            or words[0] in self.words["organisation-starts"]
            or any(_CAPITALS.fullmatch(w) for w in words)
        )

    def is_title(self, text: str) -> bool:
        """Tell whether this is a title or a function."""
        words = text.split()
        return (
            bool(words) and len(words) < 8 and (words[0] in self.words["titles"] or words[-1] in self.words["titles"])
        )

    def titled(self, span: Span) -> tuple[Span | None, Span]:
        """Part a title from the name after it: 'socialchef Lene Holm'."""
        words = list(re.finditer(r"\S+", span.text))
        for count in range(min(3, len(words) - 1), 0, -1):
            rest = Span(span.text[words[count].start() :], span.start + words[count].start(), span.end)
            title = span.text[: words[count - 1].end()]
            by_form = title.islower() and words[count - 1].end() - words[count - 1].start() >= SHORTEST_TITLE
            known = title.split()[-1] in self.words["titles"]
            if (known and count == 1) or ((known or by_form) and self.name.fullmatch(rest.text)):
                return Span(title, span.start, span.start + len(title)), rest
        return None, span

    def instead_of(self, span: Span) -> Span | None:
        """Give whom somebody stands in for: 'suppleant for Ida Kær'."""
        match = self._instead.search(span.text)
        if match and not self.is_person(match[1]):
            return None
        return Span(match[1], span.start + match.start(1), span.start + match.end(1)) if match else None

    def came_instead(self, span: Span) -> Span | None:
        """Give who came instead: 'Ida Kær deltog i stedet'."""
        match = self._came.search(span.text)
        return Span(match[1], span.start + match.start(1), span.start + match.end(1)) if match else None

    def presence_of(self, text: str, *, whole: bool = True) -> str:
        """Give what a mark says of presence; empty when it is none. Not ``whole``: with what the mark begins counts."""
        low = text.strip().lower().rstrip(".")
        if not whole and not self.presence_of(low):
            words = low.split()
            begins = [" ".join(words[:count]) for count in range(min(len(words), 3), 0, -1)]
            return next((said for begin in begins if len(begin) > 1 and (said := self.presence_of(begin))), "")
        if low in self.words["absent-marks"].whole:
            return ABSENT
        if low in self.words["open-marks"].whole:
            return OPEN
        return PRESENT if low in self.words["present-marks"].whole else ""
