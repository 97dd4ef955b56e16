"""Days, months, seasons, quarters and years in a question, in Danish and English, as EDTF periods."""

from __future__ import annotations

import re
from typing import NamedTuple

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar january jan", "februar february feb", "marts march mar", "april apr", "maj may", "juni june jun",
            "juli july jul", "august aug", "september sept sep", "oktober october okt oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_SEASONS = {
    "forar": (3, 5),
    "foraret": (3, 5),
    "spring": (3, 5),
    "sommer": (6, 8),
    "sommeren": (6, 8),
    "summer": (6, 8),
}
_SEASONS |= {
    "efterar": (9, 11),
    "efteraret": (9, 11),
    "autumn": (9, 11),
    "fall": (9, 11),
    "vinter": (12, 12),
    "winter": (12, 12),
}
_M = "|".join(sorted(MONTHS, key=len, reverse=True))
_ALONE = "|".join(m for m in sorted(MONTHS, key=len, reverse=True) if len(m) > 4)
_S = "|".join(sorted(_SEASONS, key=len, reverse=True))
_PATTERNS = (
    re.compile(rf"\b(?P<day>\d{{1,2}})\.? ?(?:of )?(?P<month>{_M})\.?,? (?P<year>(?:19|20)\d\d)\b"),
    re.compile(rf"\b(?P<month>{_M}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>(?:19|20)\d\d)\b"),
    re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)\b"),
    re.compile(r"\b(?P<day>\d{1,2})[./](?P<number>\d{1,2})[.\-/ ](?P<year>(?:19|20)?\d\d)\b"),
    re.compile(rf"\b(?P<season>{_S}) (?:of |i )?(?P<year>(?:19|20)\d\d)\b"),
    re.compile(r"\b(?P<quarter>[1-4])(?:\.|st|nd|rd|th)? (?:kvartal|quarter)(?: of| i)?,? (?P<year>(?:19|20)\d\d)\b"),
    re.compile(r"\bq(?P<quarter>[1-4]) (?P<year>(?:19|20)\d\d)\b"),
    re.compile(rf"\b(?P<month>{_M})\.?,? (?:of |i )?(?P<year>(?:19|20)\d\d)\b"),
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th)? (?:of )?(?P<month>{_M})\b"),
    re.compile(rf"\b(?P<month>{_M}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b"),
    re.compile(rf"\b(?P<month>{_ALONE})\b"),
    re.compile(r"\b(?P<year>(?:19|20)\d\d)\b(?!\s*[-–/]\s*\d)"),
)
_LAST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Moment(NamedTuple):
    """A date in a question: where it stands in the folded text, and the days it can mean (None: any year)."""

    start: int
    end: int
    earliest: str
    latest: str
    any_year: bool


def find_moments(folded: str) -> list[Moment]:
    """Find the dates in a folded question, the fullest first where they overlap; none inside a period such as 2021-22."""
    found: list[Moment] = []
    taken: list[tuple[int, int]] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(folded):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            if folded[max(0, match.start() - 1) : match.start()] in ("-", "–", "/") and match.start() > 1:
                continue
            moment = _moment(match)
            if moment:
                taken.append(match.span())
                found.append(moment)
    return sorted(found)


def _moment(match: re.Match[str]) -> Moment | None:
    parts = match.groupdict()
    year = parts.get("year")
    text = "" if year is None else year if len(year) == 4 else f"20{year}"
    first, last = 1, 12
    if parts.get("month"):
        first = last = MONTHS[parts["month"]]
    elif parts.get("number"):
        first = last = int(parts["number"])
        if not 1 <= first <= 12:
            return None
    elif parts.get("season"):
        first, last = _SEASONS[parts["season"]]
    elif parts.get("quarter"):
        first = 3 * int(parts["quarter"]) - 2
        last = first + 2
    low, high = (int(parts["day"]),) * 2 if parts.get("day") else (1, _LAST[last - 1])
    if not 1 <= low <= 31:
        return None
    if not text:
        return Moment(*match.span(), f"-{first:02d}-{low:02d}", f"-{last:02d}-{high:02d}", True)
    return Moment(*match.span(), f"{text}-{first:02d}-{low:02d}", f"{text}-{last:02d}-{high:02d}", False)


def overlaps(moment: Moment, earliest: str | None, latest: str | None) -> bool:
    """Tell whether a period (days as YYYY-MM-DD, None: open) and the moment of a question meet."""
    if moment.any_year:
        if not earliest or not latest or earliest[:4] != latest[:4]:
            return False
        return earliest[4:] <= moment.latest and latest[4:] >= moment.earliest
    return (earliest or "0000") <= moment.latest and (latest or "9999") >= moment.earliest
