"""Partial dates as documents have them: EDTF text, with the earliest and the latest day that it can mean.

Source: Extended Date/Time Format, levels 0 to 2 (Library of Congress, 2019; now part of ISO 8601-2).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

_SHAPE = re.compile(
    r"(\d{4}(-\d{2}(-\d{2})?)?[~?%]?|\d{4}-\d{2}(-\d{2})?|\d{4}(-\d{2}(-\d{2})?)?/\d{4}(-\d{2}(-\d{2})?)?)"
)

_WINTER = re.compile(r"\d{4}-24")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as exactly as it is known. ``earliest`` and ``latest`` are days, both included."""

    edtf: str
    earliest: date
    latest: date

    def __str__(self) -> str:
        """Give the EDTF text."""
        return self.edtf


@lru_cache(maxsize=4096)
def parse_date(text: str) -> PartialDate:
    """Read an EDTF date: ``2020-11-23``, ``2018-03``, ``2019-21`` (spring 2019), ``2025-33`` (first quarter 2025), ``2019/2021``.

    Seasons are those of the north; the winter of a year begins in its December and ends with the February after it.

    Raises ValueError, with what was expected, when the text is no such date.
    """
    import edtf

    msg = (
        f"{text!r} is no date; write 2020-11-23, 2018-03, 2022, 2019-21 (spring), 2025-33 (first quarter) or 2019/2021"
    )
    if not _SHAPE.fullmatch(text):
        raise ValueError(msg)
    try:
        parsed = edtf.parse_edtf(text)
        earliest, latest = (date(*day[:3]) for day in (parsed.lower_strict(), parsed.upper_strict()))
        if _WINTER.fullmatch(text):  # edtf ends it with the year
            latest = date(earliest.year + 1, 3, 1) - timedelta(days=1)
    except (edtf.EDTFParseException, ValueError, TypeError, AttributeError) as error:
        raise ValueError(msg) from error
    if earliest > latest:
        raise ValueError(msg)
    return PartialDate(text, earliest, latest)
