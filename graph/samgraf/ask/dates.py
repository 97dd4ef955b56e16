"""Dates: when something began and ended, asked in one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.ask.asked import run
from samgraf.ask.pattern import gather
from samgraf.ask.query import sparql

if TYPE_CHECKING:
    from samgraf.ask.asked import Asked
    from samgraf.ask.index import ClaimRow
    from samgraf.ask.reply import Answer, Reply


def two_dates(asked: Asked) -> Reply | None:
    """'When did it start and when does it end': both dates, each with its own reading."""
    asked_for = {
        u.text: u.relations & {"startDate", "endDate", "deadline", "heldOn", "issued"} for u in asked.question.units
    }
    wanted = [name for name in ("startDate", "endDate") if any(r == {name} or name in r for r in asked_for.values())]
    starts = any("startDate" in r and "endDate" not in r for r in asked_for.values())
    ends = any("endDate" in r and "startDate" not in r for r in asked_for.values())
    if len(wanted) < 2 or not (starts and ends):
        return None
    explainer = asked.reader.explainer
    readings = asked.reader.readings()
    answers: list[Answer] = []
    claims: list[ClaimRow] = []

    for name in wanted:
        fitting = [r for r in readings if r.claim.p == name and r.slot == "v" and explainer.is_named(r.claim.s)]
        if not fitting:
            return None
        pattern = gather(fitting, fitting[0], explainer, asked.question, asked.index)
        pattern.readings = pattern.readings[:1]
        answers += run(asked, pattern)[0]
        claims += pattern.claims
    both = gather(
        readings, next(r for r in readings if r.claim.id == claims[0].id), explainer, asked.question, asked.index
    )
    both.fixed.pop("o", None)
    both.readings = [r for r in readings if r.claim in claims and r.slot == "v"]
    both.shared = []
    return asked.reply(answers, sparql(both, asked.index, only=claims), None)
