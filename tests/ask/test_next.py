"""The next and the previous meeting: as of the day asked for, else as the newest minutes know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ENTITIES = """
havnemoede-1: {type: Event, label: {da: Havneudvalgets møde 1, en: Harbour committee meeting 1}}
havnemoede-2: {type: Event, label: {da: Havneudvalgets møde 2, en: Harbour committee meeting 2}}
havnemoede-3: {type: Event, label: {da: Havneudvalgets møde 3, en: Harbour committee meeting 3}}
"""
MINUTES = """
document:
  id: referat-{n}
  label: {{da: Referat af møde {n}, en: Minutes of meeting {n}}}
  date: 2024-0{n}-04
  background: true
sections:
  - heading: Mødet
    claims:
      - {{subject: havnemoede-{n}, predicate: underBody, object: havneudvalget}}
      - {{subject: havnemoede-{n}, predicate: heldOn, value: 2024-0{n}-04}}
      - {{subject: havnemoede-{n}, predicate: nextMeeting, object: havnemoede-{later}}}
      - {{subject: havnemoede-{later}, predicate: underBody, object: havneudvalget}}
      - {{subject: havnemoede-{later}, predicate: heldOn, value: 2024-0{later}-04, modality: expected}}
"""


@pytest.fixture
def minutes(ports: Path) -> str:
    """The ports' workspace with the minutes of two meetings and a third one planned."""
    (ports / "data" / "entities" / "moeder.yaml").write_text(ENTITIES, encoding="utf-8")
    for n in (1, 2):
        text = MINUTES.format(n=n, later=n + 1)
        (ports / "data" / "documents" / f"referat-{n}.yaml").write_text(text, encoding="utf-8")
    return str(ports)


@pytest.mark.parametrize(
    ("question", "day", "expected"),
    [
        ("Hvornår er næste møde i Havneudvalget?", None, "2024-03-04"),
        ("Hvornår er næste møde i Havneudvalget?", "2024-01-20", "2024-02-04"),
        ("When is the next meeting of the Havneudvalget?", None, "2024-03-04"),
    ],
)
def test_the_next_meeting_is_the_one_after_the_day(
    ask: Callable[..., dict[str, Any]], minutes: str, question: str, day: str | None, expected: str
) -> None:
    assert [a["value"] for a in ask(question, workspace=minutes, as_of=day)["answers"]] == [expected]
