"""What can be said of a day: not begun, held, last attested, ended."""

from __future__ import annotations

import pytest

from samgraf.model import Moment, Period

SPRING, YEAR = Moment("2019-21", "2019-03-01", "2019-05-31"), Moment("2022", "2022-01-01", "2022-12-31")
AT_LATEST, OPEN = Moment("../2020-11-23", "", "2020-11-23"), Moment("..", "", "")
SPOKEN = Moment("2021", "2021-01-01", "2021-12-31")


@pytest.mark.parametrize(
    ("period", "attested", "day", "state"),
    [
        (Period(SPRING), SPOKEN, "2019-02-28", "not-begun"),
        (Period(SPRING), SPOKEN, "2019-03-01", "held"),
        (Period(SPRING), SPOKEN, "2021-12-31", "held"),
        (Period(SPRING), SPOKEN, "2022-01-01", "last-attested"),
        (Period(SPRING, YEAR), SPOKEN, "2022-12-31", "held"),
        (Period(SPRING, YEAR), SPOKEN, "2023-01-01", "ended"),
        (Period(SPRING, OPEN), SPOKEN, "2030-01-01", "held"),
        (Period(None, YEAR), SPOKEN, "2010-01-01", "not-begun"),
        (Period(None, YEAR), SPOKEN, "2022-06-01", "held"),
        (Period(None, AT_LATEST), SPOKEN, "2020-11-24", "not-begun"),
        (Period(None, AT_LATEST), Moment("2020-11-23", "2020-11-23", "2020-11-23"), "2020-11-24", "ended"),
        (Period(), SPOKEN, "2020-12-31", "not-begun"),
        (Period(), SPOKEN, "2021-06-01", "held"),
        (Period(), SPOKEN, "2022-01-01", "last-attested"),
        (Period(SPRING), None, "2030-01-01", "held"),
        (Period(), None, "2030-01-01", "last-attested"),
    ],
)
def test_state(period: Period, attested: Moment | None, day: str, state: str) -> None:
    assert period.state(day, attested) == state
    assert period.may_hold(day, attested) == (state in ("held", "last-attested"))
