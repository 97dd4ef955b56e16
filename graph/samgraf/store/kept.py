"""Claims and periods as the snapshot's index keeps them, in JSON, made what they are."""

from __future__ import annotations

from typing import Any

from samgraf.model import Claim, Moment, Passage, Period, Text


def moment_of(data: list[str] | None) -> Moment | None:
    """Give the date of its three fields, if there is one."""
    return Moment(*data) if data else None


def period_of(data: list[Any] | None) -> Period:
    """Give the period of its four fields; an empty one where there are none."""
    return Period(moment_of(data[0]), moment_of(data[1]), data[2], data[3]) if data else Period()


def claim_of(data: dict[str, Any]) -> Claim:
    """Make a claim of its JSON."""
    for key in ("moment", "start", "until", "attested"):
        if key in data:
            data[key] = Moment(*data[key])
    for key in ("measure", "population"):
        if key in data:
            data[key] = Text(data[key])
    if isinstance(data.get("value"), dict):
        data["value"] = Text(data["value"])
    data["effective"] = period_of(data.get("effective"))
    if not data["effective"].basis:
        data["effective"] = Period(data.get("start"), data.get("until"), "stated" if data.get("start") else "")
    for key in ("evidence", "whole"):
        data[key] = tuple(
            Passage(document, section, (first, last), (start, end), layer)
            for document, section, (first, last), (start, end), layer in data.get(key, ())
        )
    for key in ("superseded_by", "via", "because"):
        data[key] = tuple(data.get(key, ()))
    return Claim(**data)
