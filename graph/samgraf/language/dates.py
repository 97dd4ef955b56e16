"""Partial dates as documents have them: EDTF text, with the earliest and the latest day that it can mean.

Source: Extended Date/Time Format (Library of Congress, 2019; now part of ISO 8601-2), levels 0 and 1, with the codes
that level 2 has for quarters, thirds and halves of a year. ``shapes.ttl`` takes the same forms.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache

from samgraf.model import Moment

_ONE = re.compile(
    r"(?P<year>[0-9]{2}(?:[0-9]{2}|[0-9]X|XX))"
    r"(?:-(?P<month>[0-9]{2}|XX(?=$|[~?%]|-XX))(?:-(?P<day>[0-9]{2}|XX))?)?[~?%]?"
)
_SEASONS = (3, 6, 9, 12)
_CODES = {  # what stands in the month's place: the first month, and how many there are (EDTF 2019, 'Season' and level 2)
    **{code: (first, 3) for code, first in zip(range(21, 25), _SEASONS, strict=True)},  # spring to winter, of the north
    **{
        code: (first, 3) for code, first in zip(range(25, 29), _SEASONS, strict=True)
    },  # the same, said to be the north's
    **{
        code: (first, 3) for code, first in zip(range(29, 33), (9, 12, 3, 6), strict=True)
    },  # spring to winter, the south
    **{code: (first, 3) for code, first in zip(range(33, 37), (1, 4, 7, 10), strict=True)},  # quarters
    **{code: (first, 4) for code, first in zip(range(37, 40), (1, 5, 9), strict=True)},  # thirds
    **{code: (first, 6) for code, first in zip(range(40, 42), (1, 7), strict=True)},  # halves
}
_OPEN, _UNKNOWN = "..", ""


def is_interval(moment: Moment) -> bool:
    """Tell whether a moment has a beginning and an end of its own: two dates with a slash between."""
    return "/" in moment.edtf


def is_after(one: Moment, other: Moment) -> bool:
    """Tell whether the whole of one moment lies after the whole of another; never where an end is open or unknown."""
    return bool(one.earliest and other.latest and one.earliest > other.latest)


@lru_cache(maxsize=4096)
def parse_date(text: str) -> Moment:
    """Read an EDTF date, or an interval of two with a slash between.

    ``2020-11-23``, ``2018-03``, ``2022``; ``2019-21`` spring to ``2019-24`` winter, ``2025-33`` first quarter to ``-36``,
    ``2025-40`` first half; ``201X`` the 2010s, ``2019-XX`` some month; ``2021~`` about, ``2021?`` uncertain; ``2019/2021``,
    ``2019/..`` still open, ``2019/`` end unknown, ``../2020``. Seasons are those of the north; the winter of a year begins
    in its December and ends with the February after it.

    Raises ValueError, with what was expected, when the text is no such date.
    """
    msg = f"{text[:60]!r} is no date; write 2020-11-23, 2018-03, 2022, 2019-21 (spring), 2025-33 (first quarter) or 2019/2021"
    first, slash, last = text.partition("/")
    earliest = latest = ""
    try:
        if not slash or first not in (_OPEN, _UNKNOWN):
            earliest, latest = (day.isoformat() for day in _days(first, msg))
        if slash:
            latest = _days(last, msg)[1].isoformat() if last not in (_OPEN, _UNKNOWN) else ""
    except (ValueError, OverflowError) as error:
        raise ValueError(msg) from error
    if not (earliest or latest) or (earliest and latest and earliest > latest):
        raise ValueError(msg)
    return Moment(text, earliest, latest)


def _days(text: str, msg: str) -> tuple[date, date]:
    """Give the first and the last day of one date. Raises ValueError when it is none."""
    found = _ONE.fullmatch(text)
    if not found:
        raise ValueError(msg)
    year, month, day = found["year"], found["month"], found["day"]
    if "X" in year:
        if month:
            raise ValueError(msg)
        return date(int(year.replace("X", "0")), 1, 1), date(int(year.replace("X", "9")), 12, 31)
    number = int(year)
    if month is None or month == "XX":
        return date(number, 1, 1), date(number, 12, 31)
    if day is not None and day != "XX":
        return (whole := date(number, int(month), int(day))), whole
    code = int(month)
    if code > 12 and day:
        raise ValueError(msg)
    begin, count = _CODES.get(code, (code, 1))
    after, last = divmod(begin + count - 2, 12)
    return date(number, begin, 1), date(number + after, last + 1, monthrange(number + after, last + 1)[1])
