"""Partial dates: what each form of EDTF means, what is refused, and what holds for every date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samgraf.models import parse_date

MEANINGS = [
    ("2020-11-23", "2020-11-23", "2020-11-23"),
    ("2018-03", "2018-03-01", "2018-03-31"),
    ("2020-02", "2020-02-01", "2020-02-29"),
    ("2021-02", "2021-02-01", "2021-02-28"),
    ("1900-02", "1900-02-01", "1900-02-28"),
    ("2022", "2022-01-01", "2022-12-31"),
    ("2019-21", "2019-03-01", "2019-05-31"),  # spring
    ("2019-22", "2019-06-01", "2019-08-31"),  # summer
    ("2019-23", "2019-09-01", "2019-11-30"),  # autumn
    ("2019-24", "2019-12-01", "2020-02-29"),  # winter, into the next year
    ("2020-24", "2020-12-01", "2021-02-28"),
    ("2025-33", "2025-01-01", "2025-03-31"),  # quarters
    ("2025-34", "2025-04-01", "2025-06-30"),
    ("2025-35", "2025-07-01", "2025-09-30"),
    ("2025-36", "2025-10-01", "2025-12-31"),
    ("2025-40", "2025-01-01", "2025-06-30"),  # half-years
    ("2025-41", "2025-07-01", "2025-12-31"),
    ("2021~", "2021-01-01", "2021-12-31"),
    ("2021-12~", "2021-12-01", "2021-12-31"),
    ("2021?", "2021-01-01", "2021-12-31"),
    ("2021%", "2021-01-01", "2021-12-31"),
    ("2019/2021", "2019-01-01", "2021-12-31"),
    ("2019-03/2021-06", "2019-03-01", "2021-06-30"),
    ("2019-03-02/2021-06-30", "2019-03-02", "2021-06-30"),
    ("2019/2019", "2019-01-01", "2019-12-31"),
    ("0001", "0001-01-01", "0001-12-31"),
    ("9999", "9999-01-01", "9999-12-31"),
]

REFUSED = [
    "", " ", "i går", "yesterday", "23-11-2020", "23/11/2020", "11/23/2020", "2020-13", "2020-00", "2020-02-30", "2021-02-29",
    "2020-11-00", "2020-11-32", "2020-1-1", "20-11-23", "2020.11.23", "20201123", "2020-11-23T10:00", "2021/2019", "2019/", "/2019",
    "2019/..", "../2019", "[2019]", "{2019,2020}", "2019-2X", "201X", "Y20190", "-2020", "+2020", "2020-11-23 ", " 2020", "2020\n",
    "0000", "2020-20", "2020-45", "2020-99", "٢٠٢٠", "２０２０", "2020-11-23\x00", "2020‑11‑23", "2020~?", "~2020", "2019//2020",
    "2019/2020/2021", "x" * 10_000, "9" * 10_000, "9999-24", "2020-" * 1000,
]  # fmt: skip


@pytest.mark.parametrize(("text", "earliest", "latest"), MEANINGS)
def test_a_date_spans_the_days_that_it_can_mean(text: str, earliest: str, latest: str) -> None:
    parsed = parse_date(text)
    assert (parsed.earliest.isoformat(), parsed.latest.isoformat()) == (earliest, latest)
    assert str(parsed) == parsed.edtf == text


@pytest.mark.parametrize("text", REFUSED, ids=lambda t: repr(t)[:30])
def test_what_is_no_date_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(ValueError, match="is no date; write 2020-11-23"):
        parse_date(text)


@given(st.dates())
def test_every_day_means_itself(day: date) -> None:
    parsed = parse_date(day.isoformat())
    assert parsed.earliest == parsed.latest == day


@given(st.dates(max_value=date(9999, 11, 30)))
def test_a_month_ends_on_the_day_before_the_next(day: date) -> None:
    parsed = parse_date(f"{day:%Y-%m}" if day.year > 999 else f"{day.year:04}-{day.month:02}")
    assert parsed.earliest == day.replace(day=1)
    following = parsed.latest + timedelta(days=1)
    assert following.day == 1
    assert parsed.earliest <= day <= parsed.latest


@given(st.integers(1, 9998), st.sampled_from([33, 34, 35, 36]))
def test_four_quarters_make_a_year(year: int, quarter: int) -> None:
    parsed, whole = parse_date(f"{year:04}-{quarter}"), parse_date(f"{year:04}")
    assert whole.earliest <= parsed.earliest < parsed.latest <= whole.latest
    if quarter < 36:
        assert parsed.latest + timedelta(days=1) == parse_date(f"{year:04}-{quarter + 1}").earliest


@given(st.dates(), st.dates())
def test_an_interval_holds_both_its_ends_or_is_refused(one: date, two: date) -> None:
    text = f"{one.isoformat()}/{two.isoformat()}"
    if one > two:
        with pytest.raises(ValueError, match="no date"):
            parse_date(text)
    else:
        assert (parse_date(text).earliest, parse_date(text).latest) == (one, two)


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_refused_as_such(text: str) -> None:
    try:
        parsed = parse_date(text)
    except ValueError as error:
        assert "is no date" in str(error)
    else:
        assert parsed.earliest <= parsed.latest


@given(st.from_regex(r"\A\d{4}(-\d\d){0,2}[~?%]?\Z"))
def test_what_looks_like_a_date_never_fails_otherwise(text: str) -> None:
    try:
        assert parse_date(text).earliest <= parse_date(text).latest
    except ValueError as error:
        assert "is no date" in str(error)
