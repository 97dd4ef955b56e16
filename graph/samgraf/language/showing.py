"""Dates, periods and numbers as people write them, in any language that there is a file for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from samgraf.language.messages import messages

if TYPE_CHECKING:
    from collections.abc import Mapping

_SOUTH = range(29, 33)
_PARTS = ((40, "half"), (37, "third"), (33, "quarter"))


def show_date(edtf: str, language: str) -> str:
    """Write an EDTF date or interval. What is no date in a form that is known stays as it is.

    >>> show_date("2020-11-23", "da"), show_date("2022-21", "en"), show_date("2025-33", "da"), show_date("2021~", "da")
    ('23. november 2020', 'spring 2022', '1. kvartal 2025', 'ca. 2021')
    """
    if "/" in edtf:
        first, _, last = edtf.partition("/")
        return _between(first.strip("."), last.strip("."), language)
    try:
        return _one(edtf, language)
    except (ValueError, IndexError, StopIteration):
        return edtf


def show_period(start: str, end: str, language: str) -> str:
    """Write a period of two EDTF dates, either of which may be empty.

    >>> show_period("2018", "", "da"), show_period("", "2021-03", "en"), show_period("2021", "2022", "da")
    ('fra 2018', 'until March 2021', '2021–2022')
    """
    start, end = start.strip("."), end.strip(".")  # '..' is an end that is known to be open
    if start and end:
        return _between(start, end, language)
    words = messages(language).section("dates")
    return str(words["from" if start else "until"]).format(show_date(start or end, language)) if start or end else ""


def show_standing(answer: Mapping[str, Any], language: str) -> list[str]:
    """Say of an involvement, as its JSON tells it, the modality, the period and the state, each where it says something."""
    say, period = messages(language), answer["period"]
    start, end = period.get("from", ""), period.get("until", "")
    attested = show_date(answer["attested"], language) if "attested" in answer else ""
    said = [
        say.get(f"collaborations.modality.{answer['modality']}"),
        show_period(start, "" if end == ".." else end.removeprefix("../"), language),
        say(f"collaborations.state.{answer['state']}", attested)
        if attested or answer["state"] != "last-attested"
        else "",
    ]
    return [text for text in said if text]


def show_number(value: float | str, language: str, symbol: str | None = None, *, grouped: bool = True) -> str:
    """Write a number, the unit's symbol after it; ``grouped`` sets its thousands apart.

    >>> show_number(700000, "da", "kr."), show_number(60.3, "da", "%"), show_number(8, "en")
    ('700.000 kr.', '60,3 %', '8')
    """
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    whole, _, fraction = text.partition(".")
    sign = "-" if whole.startswith("-") else ""
    digits = whole.lstrip("-")
    signs = messages(language).section("numbers")
    if grouped and len(digits) > 3:
        digits = f"{int(digits):,}".replace(",", signs["thousands"])
    number = sign + digits + (signs["decimal"] + fraction if fraction else "")
    return f"{number} {symbol}" if symbol else number


def _between(first: str, last: str, language: str) -> str:
    one, other = (show_date(end, language) if end else "" for end in (first, last))
    if one == other:
        return one
    return f"{one} – {other}" if one and other and " " in one + other else f"{one}–{other}"


def _one(edtf: str, language: str) -> str:
    words = messages(language).section("dates")
    plain = edtf.rstrip("~?%")
    shown = _plain(plain, language, words)
    if edtf == plain:
        return shown
    doubt = edtf[len(plain) :]
    shown = str(words["about"]).format(shown) if doubt in ("~", "%") else shown
    return str(words["uncertain"]).format(shown) if doubt in ("?", "%") else shown


def _plain(edtf: str, language: str, words: dict[str, str]) -> str:
    year, *rest = (part for part in edtf.split("-") if part != "XX")
    if "X" in year:
        return f"{year.replace('X', '0')}–{year.replace('X', '9')}"
    if not rest:
        return year
    month = int(rest[0])
    if month <= 12:
        name = messages(language).section("months")[month - 1]
        day = int(rest[1]) if len(rest) > 1 else 0
        return words["day" if day else "month"].format(day=day, month=name, year=year)
    if month < _PARTS[-1][0]:
        season = messages(language).section("seasons")[(month - 21) % 4]
        return words["south" if month in _SOUTH else "season"].format(season=season, year=year)
    code, part = next(found for found in _PARTS if month >= found[0])
    return words[part].format(n=month - code + 1, year=year)


_FORMULA = re.compile(r'((?:^|[;\t\r\n])[ "]*)(?=[=+\-@\t\r])')


def inert(text: str) -> str:
    """Give a cell's text with an apostrophe wherever a spreadsheet would begin a formula.

    A Danish Excel separates at semicolons, so a text may hold several cells. Source: OWASP, CSV Injection.
    """
    return _FORMULA.sub(r"\1'", text)
