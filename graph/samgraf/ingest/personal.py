"""Personal data that does not belong in a graph of public roles: found by form, counted, and never drafted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from samgraf.ingest.people import name_pattern

if TYPE_CHECKING:
    from samgraf.ingest.wordlists import WordLists

_CPR = re.compile(r"(?<!\d)(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2}[- ]?\d{4}(?!\d)")
_TELEPHONE = re.compile(r"(?<![\d.,-])(?:\+45 ?)?[2-9]\d(?: ?\d\d){3}(?![\d.,-]\d|\d)")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+\w")
_STREET = "vej|gade|allé|alle|vænge|vænget|stræde|toften|parken|bakken|haven|stien"
_FLOOR = r"(?:, (?:st|\d\.?)(?: ?(?:tv|th|mf)\.?)?)"
_ADDRESS = re.compile(rf"(?<!\w)[A-ZÆØÅ][\wæøå.]*(?: [A-ZÆØÅ][\w.]*)?(?:{_STREET}) \d{{1,3}}(?: ?[A-Z])?{_FLOOR}")
FORMS = (("cpr", _CPR), ("telephone", _TELEPHONE), ("email", _EMAIL), ("address", _ADDRESS))


class Flag(NamedTuple):
    """Personal data in a text: its kind (cpr, telephone, email, address, person) and where it stands."""

    kind: str
    start: int
    end: int


def private_form(words: WordLists) -> re.Pattern[str]:
    """Give the form in which somebody is named outside any public role: 'borger NAME', 'NAME (pårørende)'."""
    name, private = name_pattern(words), words["private-roles"].pattern()
    return re.compile(rf"\b(?i:{private})[ :]+{name}|{name}(?:, ?| ?\(| [–-] )(?i:{private})\b")


def personal_data(text: str, private: re.Pattern[str] | None = None) -> list[Flag]:
    """Find what looks like a CPR number, a telephone number, a mail or private address, or a ``private`` person, in order.

    >>> [f.kind for f in personal_data("Ring 87 12 34 56 eller skriv til bo@ex.dk")]
    ['telephone', 'email']
    """
    found: list[Flag] = []
    for kind, form in (*FORMS, *((("person", private),) if private else ())):
        for match in form.finditer(text):
            if all(match.end() <= f.start or f.end <= match.start() for f in found):
                found.append(Flag(kind, *match.span()))
    return sorted(found, key=lambda f: f.start)
