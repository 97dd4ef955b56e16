"""A review that is killed loses no decision; `python -m benchmarks.soak reviews` kills five hundred times."""

from __future__ import annotations

from benchmarks.soak import reviews


def test_kills_lose_nothing() -> None:
    report = reviews.run(4, 3)
    assert report.failed == []
