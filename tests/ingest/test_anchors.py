"""An anchor names its passage and no other; passages are carried to a changed text or told as lost, never moved to another sentence."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samgraf.ingest.carrying import Carrier
from samgraf.workspace.anchors import anchor, replace_anchors
from samgraf.workspace.spans import find_passage

TEXT = (
    "\n".join(
        f"Punkt {i}. Udvalget drøftede sag nummer {i} om {word} og besluttede at gå videre. Sekretariatet skriver til {word}."
        for i, word in enumerate("havnen skolen broen marken byen vejen åen øen".split() * 5)
    )
    + "\n"
)


@given(st.data())
def test_an_anchor_finds_exactly_its_passage(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(TEXT) - 2))
    end = data.draw(st.integers(start + 1, min(len(TEXT), start + 200)))
    while start < end and TEXT[start].isspace():
        start += 1
    while end > start and TEXT[end - 1].isspace():
        end -= 1
    at = anchor(TEXT, start, end)
    if at is not None:
        found = find_passage("d", TEXT, at)
        assert (found.start, found.end) == (start, end)


def passages() -> list[tuple[int, int]]:
    found, at = [], 0
    for line in TEXT.splitlines():
        middle = line.index(". Sek") + 1
        found += [(at, at + middle), (at + middle + 1, at + len(line)), (at, at + len(line))]
        at += len(line) + 1
    return found


def test_a_line_put_in_moves_no_passage_to_another_sentence() -> None:
    lines = TEXT.splitlines()
    new = "\n".join([*lines[:3], "Kaffe og kage serveres i kantinen.", *lines[3:]]) + "\n"
    carrier = Carrier(TEXT, new)
    for start, end in passages():
        carried = carrier.carry(start, end)
        assert carried is not None
        assert new[carried.start : carried.end] == TEXT[start:end]


def test_one_letter_in_a_hundred_changed_carries_all_but_a_few() -> None:
    chance = random.Random(7)
    new = "".join(chance.choice("abcdefæøå") if c.isalpha() and chance.random() < 0.01 else c for c in TEXT)
    carrier = Carrier(TEXT, new)
    carried = [(p, carrier.carry(*p)) for p in passages()]
    assert sum(c is not None for _, c in carried) >= 0.99 * len(carried)
    assert all(c is None or (c.start, c.end) == p for p, c in carried)


@pytest.mark.parametrize(
    ("old", "new"), [("Prisen er 412 kr.\n", "Prisen er 512 kr.\n"), ("Anna kommer ikke.\n", "Helt anden tekst her.\n")]
)
def test_a_passage_that_says_something_else_is_not_carried(old: str, new: str) -> None:
    assert Carrier(old, new).carry(0, len(old) - 1) is None


def test_anchors_are_replaced_and_all_else_stays() -> None:
    content = "# hånd\nsections:\n  - heading: at\n    claims:\n      - {subject: at, at: ['4', \"5 a … b\"]}  # note\n      - at: 4\n        subject: x\n"
    assert replace_anchors(content, {"4": "7", "5 a … b": "8 a … b"}) == (
        '# hånd\nsections:\n  - heading: at\n    claims:\n      - {subject: at, at: ["7", "8 a … b"]}  # note\n      - at: "7"\n        subject: x\n'
    )
