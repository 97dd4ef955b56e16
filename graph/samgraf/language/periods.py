"""Periods as people write them, '1. kvartal 2025', 'medio marts 2021', 'spring 2019', as EDTF with their days.

The words and the forms stand in ``ontology/languages/*.yaml`` (section ``periods``); what a form means is the
same in every language and stands here. Where people mean no exact days, the choice is this: the beginning, middle and end
(primo, medio, ultimo) of a month are its days 1-10, 11-20 and the rest, those of a year its first quarter, its two in the
middle, its last; weeks are those of ISO 8601; a school year runs from August to July, as the law has it in Denmark
(folkeskoleloven, § 14 a); the turn of a year is December and January.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache, cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from samgraf.language.dates import parse_date
from samgraf.language.messages import languages, messages
from samgraf.model import Moment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

ANY_YEAR = "XXXX"
"""What stands for the year where none is said."""

_YEAR = "(?:1[89]|2[01])[0-9]{2}"
_LETTERS = {"å": "(?:å|aa|a)", "ø": "(?:ø|oe|o)", "æ": "(?:æ|ae)", " ": r"\s+"}
_BEFORE = r"(?<!\w)(?<!(?<!\d\d\d)\d[./–-])"  # no part of a longer number: the 22 of 2021-22, the 11 of 23-11-2020
_AFTER = r"(?!\w)(?![-–/]\d{1,3}(?!\d))"
_TOKENS = re.compile(r"\{(\w+)\}|\[([^]]+)\]|([^{\[]+)")


class Words(TypedDict):
    """One language's words for periods: month words by number, words by kind and value, forms and joined forms by kind."""

    months: Mapping[str, Sequence[str]]
    words: Mapping[str, Mapping[str, Sequence[str]]]
    ordinals: Sequence[str]
    forms: Mapping[str, Sequence[str]]
    joined: Mapping[str, Sequence[str]]


class Found(NamedTuple):
    """A period in a text: where it stands (end excluded), and what it means.

    Where no year is said, the moment's text begins with `ANY_YEAR` and its days are empty: ``XXXX-03``, ``XXXX-11-23``.
    """

    start: int
    end: int
    moment: Moment


class Periods:
    """Reads the periods of one language."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._forms: dict[str, re.Pattern[str]] = {}

    def read(self, text: str) -> Moment | None:
        """Give what the whole text means, or None when it is no period, or one without a year."""
        text = text.strip()
        for found in self.find(text):
            if (found.start, found.end) == (0, len(text)) and ANY_YEAR not in found.moment.edtf:
                return found.moment
        return None

    def find(self, text: str) -> list[Found]:
        """Find the periods in a text, in order; where forms overlap the longest counts, and two joined are one."""
        every = sorted(self._simple(text), key=lambda f: (f.start - f.end, f.start))
        chosen: list[Found] = []
        for found in every:
            if all(found.end <= other.start or other.end <= found.start for other in chosen):
                chosen.append(found)
        return self._join(text, sorted(chosen))

    def _simple(self, text: str) -> Iterator[Found]:
        lowered = text.lower()
        for kind, templates in self._words["forms"].items():
            for template in templates:
                anchor = max(re.split(r"\{\w+\}|\[[^]]*\]|[^a-z{\[]+", template), key=len)
                if anchor not in lowered:
                    continue  # most forms cannot be meant, and need not be compiled
                for match in self._pattern(template).finditer(text):
                    edtf = self._meaning(kind, match.groupdict())
                    if edtf and edtf.startswith(ANY_YEAR):
                        yield Found(*match.span(), Moment(edtf, "", ""))
                    elif edtf and (moment := _moment(edtf)):
                        yield Found(*match.span(), moment)

    def _join(self, text: str, found: list[Found]) -> list[Found]:
        result: list[Found] = []
        for one, two in pairwise((*found, None)):
            if one is None or (result and result[-1].end >= one.end):
                continue  # it is the second of a pair
            result.append(self._joined(text, one, two) or one)
        return result

    def _joined(self, text: str, one: Found, two: Found | None) -> Found | None:
        for kind, before, between, after in self._joins:
            last = two if between else one
            lead = before.search(text[: one.start])
            if last is None or lead is None or (between and not between.fullmatch(text[one.end : last.start])):
                continue
            trail = after.match(text[last.end :])
            if trail and (moment := _moment(_interval(kind, one.moment.edtf, last.moment.edtf))):
                return Found(lead.start(), last.end + trail.end(), moment)
        return None

    @cached_property
    def _joins(self) -> list[tuple[str, re.Pattern[str], re.Pattern[str] | None, re.Pattern[str]]]:
        found = []
        for kind, templates in self._words["joined"].items():
            for template in templates:
                before, _, rest = template.partition("{a}")
                between, two, after = rest.partition("{b}")
                if not two:
                    between, after = "", rest
                lead = self._expression(before)
                found.append(
                    (
                        kind,
                        re.compile(rf"(?<!\w){lead}$" if before else "$", re.IGNORECASE),
                        re.compile(self._expression(between), re.IGNORECASE) if two else None,
                        re.compile(self._expression(after) + (r"(?!\w)" if after else ""), re.IGNORECASE),
                    )
                )
        return found

    def _pattern(self, template: str) -> re.Pattern[str]:
        if template not in self._forms:
            self._forms[template] = re.compile(f"{_BEFORE}{self._expression(template)}{_AFTER}", re.IGNORECASE)
        return self._forms[template]

    def _expression(self, template: str) -> str:
        """Turn a form into a regular expression with a group for each thing in braces."""
        out = ""
        for name, optional, literal in _TOKENS.findall(template):
            if name:
                out += f"(?P<{name}>{self._places[name]})"
            elif optional:
                choice = "|".join(_letters(part) for part in optional.split("|"))
                spaced = out.endswith((r"\s+", r"\s*"))
                if spaced:
                    out = f"{out[:-3]}(?:{out[-3:]}(?:{choice}))?"
                elif not out:
                    out = rf"(?:(?:{choice})\s+)?"
                else:
                    out += f"(?:{choice})?"
            else:
                after_optional = out.endswith(r"\s+)?")
                text = literal.lstrip(" ") if after_optional else literal
                loose = text.startswith(" ") and out.endswith(")") and not out.endswith(")?")
                out += r"\s*" + _letters(text[1:]) if loose else _letters(text)
        return out

    @cached_property
    def _places(self) -> dict[str, str]:
        ordinal = "(?:" + "|".join(map(re.escape, self._words["ordinals"])) + ")?"
        numbers = {
            kind: _either(w for words in of.values() for w in words) for kind, of in self._words["words"].items()
        }
        return {
            "year": _YEAR,
            "next": f"{_YEAR}|[0-9]{{2}}",
            "short": "[0-4][0-9]",
            "month": _either(w for words in self._words["months"].values() for w in words),
            "monthnumber": "1[0-2]|0?[1-9]",
            "day": f"(?:[12][0-9]|3[01]|0?[1-9]){ordinal}",
            "week": f"(?:[1-4][0-9]|5[0-3]|0?[1-9]){ordinal}",
            **numbers,
            "n": f"[1-4]{ordinal}|{numbers.get('n', '')}",
        }

    def _meaning(self, kind: str, parts: dict[str, str]) -> str | None:
        """Give the EDTF text of a form whose parts are these, or None when they do not fit together."""
        values = {name: self._value(name, text.lower()) for name, text in parts.items()}
        year = f"20{values['short']}" if "short" in values else values.get("year", ANY_YEAR)
        if "next" in values and values["next"] not in (str(int(year) + 1), str(int(year) + 1)[2:]):
            return None
        return _MEANINGS[kind](year, values)

    def _value(self, name: str, text: str) -> str:
        if name == "month":
            return self._number(self._words["months"], text).zfill(2)
        if name in self._words["words"] and not text[0].isdigit():
            return self._number(self._words["words"][name], text)
        if name in ("day", "n", "week", "monthnumber"):
            digits = "".join(c for c in text if c.isdigit())
            return digits if name == "n" else digits.zfill(2)
        return text

    @staticmethod
    def _number(table: Mapping[str, Sequence[str]], text: str) -> str:
        return next(value for value, words in table.items() if any(re.fullmatch(_letters(w), text) for w in words))


@cache
def periods(language: str) -> Periods:
    """Give the reader of periods in a language."""
    return Periods(messages(language).section("periods"))


def offered(text: str) -> Moment | None:
    """Give the date that a text means in the first of the languages that can read it, or None."""
    return next((moment for language in languages() if (moment := periods(language).read(text))), None)


def _letters(text: str) -> str:
    """Give an expression for a text whose å, ø and æ may have been written otherwise."""
    return "".join(_LETTERS.get(c) or re.escape(c) for c in text)


def _either(words: Iterator[str]) -> str:
    return "|".join(_letters(w) for w in sorted(words, key=lambda w: (-len(w), w)))


def _moment(edtf: str) -> Moment | None:
    try:
        return parse_date(edtf)
    except ValueError:
        return None


def _interval(kind: str, one: str, two: str) -> str:
    first, last = one.split("/", maxsplit=1)[0], two.rsplit("/", 1)[-1]
    if first.startswith(ANY_YEAR):  # 'from March to June 2021'
        first = last[:4] + first[4:]
    return {"between": f"{first}/{last}", "since": f"{first}/..", "until": f"../{last}"}[kind]


def _coded(first: int, count: int) -> Callable[[str, dict[str, str]], str | None]:
    """Give the meaning of the n-th of ``count`` parts of a year, whose codes begin with ``first``."""

    def meaning(year: str, parts: dict[str, str]) -> str | None:
        number = count if parts["n"] == "last" else int(parts["n"])
        return f"{year}-{first + number - 1}" if number <= count else None

    return meaning


def _week(year: str, parts: dict[str, str]) -> str | None:
    try:
        days = [date.fromisocalendar(int(year), int(parts["week"]), day) for day in (1, 7)]
    except ValueError:
        return None
    return "/".join(day.isoformat() for day in days)


def _month_part(year: str, parts: dict[str, str]) -> str | None:
    month = f"{year}-{parts['month']}"
    whole = _moment(month)
    if not whole:
        return None
    first, last = {"first": ("01", "10"), "middle": ("11", "20"), "last": ("21", whole.latest[-2:])}[parts["part"]]
    return f"{month}-{first}/{month}-{last}"


def _year_part(year: str, parts: dict[str, str]) -> str:
    return {"first": f"{year}-33", "middle": f"{year}-04/{year}-09", "last": f"{year}-36"}[parts["part"]]


_MEANINGS: dict[str, Callable[[str, dict[str, str]], str | None]] = {
    "day": lambda year, p: f"{year}-{p.get('month') or p['monthnumber']}-{p['day']}",
    "month": lambda year, p: f"{year}-{p['month']}",
    "quarter": _coded(33, 4),
    "third": _coded(37, 3),
    "half": _coded(40, 2),
    "season": lambda year, p: f"{year}-{p['season']}" if "next" not in p or p["season"] == "24" else None,
    "week": _week,
    "month-part": _month_part,
    "year-part": _year_part,
    "turn": lambda year, _: f"{year}-12/{int(year) + 1}-01",
    "school-year": lambda year, _: f"{year}-08/{int(year) + 1}-07",
    "decade": lambda year, _: f"{year[:3]}X" if year.endswith("0") else None,
    "about": lambda year, _: f"{year}~",
    "year": lambda year, _: year,
}
KINDS = frozenset(_MEANINGS)
JOINS = frozenset(("between", "since", "until"))
