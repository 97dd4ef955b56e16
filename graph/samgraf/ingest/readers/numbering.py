"""The numbers of a Word file's lists, which stand nowhere in its text (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9


class Numbering:
    """Counts the items of every list of one document, in the order in which it is asked."""

    def __init__(self, root: Any) -> None:
        self.levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self.counters: dict[str, list[int]] = {}
        self.abstract: dict[str, str] = {}
        if root is None:
            return
        abstract = {a.get(f"{W}abstractNumId", ""): a for a in root.iter(f"{W}abstractNum")}
        for number in root.iter(f"{W}num"):
            link = number.find(f"{W}abstractNumId")
            key = link.get(f"{W}val", "") if link is not None else ""
            self.abstract[number.get(f"{W}numId", "")] = key
            if key in abstract:
                self.levels[key] = {
                    int(level.get(f"{W}ilvl", "0")): (
                        _value(level, "numFmt", "decimal"),
                        _value(level, "lvlText", ""),
                        int(_value(level, "start", "1")),
                    )
                    for level in abstract[key].iter(f"{W}lvl")
                }

    def mark(self, numbers: Any) -> str:
        """Give what Word shows before a paragraph with this ``w:numPr``: '1.2 ', '• ', or nothing."""
        if numbers is None:
            return ""
        number, level = _value(numbers, "numId", "0"), min(int(_value(numbers, "ilvl", "0")), _LEVELS - 1)
        key = self.abstract.get(number, "")
        levels = self.levels.get(key)
        if number == "0" or levels is None or level not in levels:
            return ""
        form, text, _ = levels[level]
        if form in ("bullet", "none"):
            return "• " if form == "bullet" else ""
        counters = self.counters.setdefault(key, [0] * _LEVELS)
        counters[level] = counters[level] + 1 if counters[level] else levels[level][2]
        counters[level + 1 :] = [0] * (_LEVELS - level - 1)

        def shown(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            form, _, start = levels.get(place, ("decimal", "", 1))
            return _written(counters[place] or start, form)

        return re.sub(r"%([1-9])", shown, text) + " "


def _value(element: Any, name: str, otherwise: str) -> str:
    found = element.find(f"{W}{name}")
    return found.get(f"{W}val", otherwise) if found is not None else otherwise


def _written(number: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman"):
        roman = ""
        for value, sign in ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
            while number >= value:
                roman, number = roman + sign, number - value
        return roman.upper() if form == "upperRoman" else roman
    return str(number)
