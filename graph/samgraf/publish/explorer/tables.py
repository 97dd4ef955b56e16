"""Small tables with numbered rows: what many columns share is written once, and named by its number."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from samgraf.language.showing import show_date, show_period
from samgraf.model import Text
from samgraf.model.text import WRITTEN

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from samgraf.model import Moment, Period

NONE = -1
EPOCH = date(1970, 1, 1)
Threshold = tuple[int | None, int | None, int | None]


class Table:
    """Distinct values in the order met, each with its number."""

    def __init__(self) -> None:
        """Start empty."""
        self.rows: list[Any] = []
        self._number: dict[Hashable, int] = {}

    def number(self, key: Hashable, row: Any = None) -> int:
        """Give the number of a value, adding it (as `row`, when that is given) at its first use."""
        if key not in self._number:
            self._number[key] = len(self.rows)
            self.rows.append(key if row is None else row)
        return self._number[key]

    def find(self, key: Hashable) -> int:
        """Give the number of a value, or -1."""
        return self._number.get(key, NONE)


class Times:
    """Dates and periods by number.

    A date is its EDTF text and how people write it. A period is `[begins, sure, ends, start, until, basis, attested, spoken,
    told, started]`: the first day on which it held, the last on which that is sure, the last on which it can have held (days since
    1970, null where there is no such limit), the numbers of its two dates and of the day that a document spoke of it, how the
    period is known, the last day of that document's date, the number of the text that tells the period, and the first day of its
    start.
    """

    def __init__(self, texts: Table) -> None:
        """Start empty; `texts` is the table that the words go to."""
        self.dates, self.periods, self.texts = Table(), Table(), texts

    def date(self, moment: Moment | None) -> int:
        """Number a date."""
        if moment is None:
            return NONE
        return self.dates.number(moment.edtf, [moment.edtf, shown_date(moment.edtf)])

    def told(self, start: Moment | None, until: Moment | None) -> int:
        """Number the text that tells a period; one without known ends has none."""
        given = (start.edtf if start else "", until.edtf if until else "")
        words = tuple(show_period(*given, language) for language in WRITTEN)
        return self.texts.number(words, pair(dict(zip(WRITTEN, words, strict=True)))) if any(words) else NONE

    def period(self, effective: Period, attested: Moment | None) -> int:
        """Number a period with the day that a document last spoke of it."""
        row = (
            *thresholds(effective, attested),
            self.date(effective.start),
            self.date(effective.until),
            effective.basis,
            self.date(attested),
            _day(attested.latest) if attested else None,
            self.told(effective.start, effective.until),
            _day(effective.start.earliest) if effective.start else None,
        )
        return self.periods.number(row, list(row))


def shown_date(edtf: str) -> str | list[str]:
    """Write a date as people do, in both languages."""
    return pair({language: show_date(edtf, language) for language in WRITTEN})


def thresholds(effective: Period, attested: Moment | None) -> Threshold:
    """Give the three days that tell the state on any other; see `state_on`, which says the same as `Period.state`."""
    begins = _day(effective.begins(attested))
    ends = _day(effective.until.latest) if effective.until else None
    if ends is not None or effective.open or (effective.start and attested is None):
        return begins, None, ends
    return begins, _day(attested.latest) if attested else NEVER, ends


NEVER = -1_000_000
"""A day before all others: what is surely so until then is never sure."""


def state_on(day: int, row: Threshold) -> str:
    """Tell the state on a day, as the page's script does."""
    begins, sure, ends = row
    if begins is not None and day < begins:
        return "not-begun"
    if ends is not None and day > ends:
        return "ended"
    return "last-attested" if sure is not None and day > sure else "held"


def day_number(iso: str) -> int:
    """Give a day (ISO) as days since 1970."""
    return (date.fromisoformat(iso) - EPOCH).days


def _day(iso: str) -> int | None:
    """Give a day's number; an open end has none."""
    return day_number(iso) if iso else None


def pair(text: Mapping[str, str]) -> str | list[str]:
    """Write a text: one string when both languages have the same, else Danish and English."""
    danish, english = both(text)
    return danish if danish == english else [danish, english]


def both(text: Mapping[str, str]) -> tuple[str, str]:
    """Give a text in Danish and in English; a language that is missing takes the other's words."""
    made = Text(text)
    danish, english = map(made.within, WRITTEN)
    return danish, english


def named(name: str, text: Mapping[str, str]) -> dict[str, Any]:
    """Write a term: its name and its label in both languages."""
    return {"name": name, **dict(zip(WRITTEN, both(text), strict=True))}


def sparse(values: Mapping[int, Any]) -> dict[str, list[Any]]:
    """Write what only some numbers have: how far each number lies from the one before, and the values; numbers as steps too."""
    full = {number: values[number] for number in sorted(values) if values[number] not in (None, "", [], ())}
    given = list(full.values())
    steps = all(type(value) is int for value in given)
    return {"at": _steps(list(full)), "step" if steps else "of": _steps(given) if steps else given}


def _steps(numbers: Sequence[int]) -> list[int]:
    """Write numbers as their distances, which repeat where the numbers themselves do not."""
    return [number - before for before, number in zip([0, *numbers], numbers, strict=False)]
