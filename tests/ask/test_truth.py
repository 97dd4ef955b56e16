"""Yes and no, asked of the graph's own claims: as they stand, turned round, only expected or proposed, denied, out of their time."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from samgraf.ask.answering import answer_question
from samgraf.store.ground import OBJECT, SUBJECT, Ground
from samgraf.store.opening import snapshot_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from samgraf.model import Claim

EACH = 1
"""How many claims of each relation and modality are asked."""
OPENS_IN_ENGLISH = ("is", "was")


@pytest.fixture(scope="module")
def ground(shared_cache: Path) -> Iterator[Ground]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAMGRAF_CACHE", str(shared_cache))
        yield Ground(snapshot_folder(None))


def claims(ground: Ground) -> Iterator[Claim]:
    seen: Counter[tuple[str, str]] = Counter()
    for (number,) in ground.db.execute("SELECT id FROM fact WHERE o IS NOT NULL ORDER BY name").fetchall():
        claim = ground.claim(number)
        seen[claim.predicate, claim.modality] += 1
        if not claim.derived and not claim.superseded_by and seen[claim.predicate, claim.modality] <= EACH:
            yield claim


def questions(ground: Ground, claim: Claim, *, turned: bool = False) -> Iterator[str]:
    """Make questions of a claim by its relation's label: 'er medlem af' gives 'Er A medlem af B?'."""
    ends = claim.subject, claim.object or ""
    one, other = reversed(ends) if turned else ends
    for lang in ("da", "en"):
        verb, *rest = ground.relations[claim.predicate].label.within(lang).split(" ")
        if lang == "da" or verb in OPENS_IN_ENGLISH:
            yield f"{verb.capitalize()} {ground.label(one, lang)} {' '.join([*rest, ground.label(other, lang)])}?"


def told(ground: Ground, question: str) -> Any:
    reply = answer_question(question, ground)
    answers = reply["answers"]
    return (answers[0].get("value"), answers[0]["label"]) if answers else (reply["outcome"], "")


def stated(ground: Ground, claim: Claim) -> bool:
    same = (ground.claim(n) for n in ground.group(claim.predicate, SUBJECT, claim.subject))
    return any(c.object == claim.object and c.modality == "stated" for c in same)


@pytest.mark.long
def test_what_is_stated_is_yes_and_what_is_not_is_told_as_such(ground: Ground) -> None:
    asked = Counter[str]()
    wrong = []
    for claim in claims(ground):
        for question in questions(ground, claim):
            value, label = told(ground, question)
            firm = stated(ground, claim)
            asked["stated" if firm else "hedged"] += 1
            if firm:
                asked["yes"] += value is True
            elif value is True:
                wrong.append(question)
            elif label in ("forventet", "foreslået", "expected", "proposed"):
                asked["told"] += 1
    assert not wrong, wrong
    assert asked["stated"] > 60
    assert asked["yes"] >= 0.97 * asked["stated"]
    assert asked["told"] >= 0.97 * asked["hedged"]


@pytest.mark.long
def test_a_claim_turned_round_is_never_yes(ground: Ground) -> None:
    wrong, asked = [], 0
    for claim in claims(ground):
        back = any(
            ground.claim(n).object == claim.subject for n in ground.group(claim.predicate, SUBJECT, claim.object or "")
        )
        if ground.relations[claim.predicate].symmetric or back:
            continue
        for question in questions(ground, claim, turned=True):
            asked += 1
            wrong += [question] if told(ground, question)[0] is True else []
    assert asked > 60
    assert not wrong, wrong


def test_a_status_is_read_as_it_stands(ground: Ground) -> None:
    """A cancelled meeting is cancelled: the word in the status says no, the answer is yes."""
    wrong, asked = [], 0
    for (number,) in ground.db.execute("SELECT id FROM fact WHERE p = 'hasStatus' ORDER BY name").fetchall():
        claim = ground.claim(number)
        status = ground.thing(claim.object or "")
        if not status.negative or claim.modality != "stated" or claim.superseded_by:
            continue
        asked += 1
        label = status.label.within("da")
        question = f"Er {ground.label(claim.subject, 'da')} {label[:1].lower()}{label[1:]}?"
        wrong += [question] if told(ground, question)[0] is not True else []
    assert asked
    assert not wrong, wrong


def test_what_waits_is_neither_under_way_nor_over(ground: Ground) -> None:
    """Of each thing whose newest statuses all wait: asked whether it is over the answer is no, and never yes."""
    waiting: dict[str, set[str | None]] = {}
    for (number,) in ground.db.execute("SELECT id FROM fact WHERE p = 'hasStatus' ORDER BY name").fetchall():
        claim = ground.claim(number)
        if not claim.superseded_by:
            phase = ground.thing(claim.object or "").phase if claim.modality == "stated" else "expected"
            waiting.setdefault(claim.subject, set()).add(phase)
    things = sorted(name for name, phases in waiting.items() if phases == {"waiting"})[:12]
    values = {name: told(ground, f"Er {ground.label(name, 'da')} afsluttet?")[0] for name in things}
    assert len(values) > 5
    assert set(values.values()) <= {False, None}, values
    assert list(values.values()).count(False) > len(values) / 2, values


def test_no_comes_from_a_whole_list_only(ground: Ground) -> None:
    assert told(ground, "Er Herning Kommune medlem af Midtklyngen?")[0] is False
    assert told(ground, "Er Herning Kommune part i Sundhedsaftalen?")[0] != "nej"


def test_nothing_is_said_of_a_day_outside_a_period(ground: Ground) -> None:
    """What has ended, or had not begun, is not told as held on that day."""
    wrong, asked = [], 0
    for (number,) in ground.db.execute("SELECT id FROM fact WHERE p = 'memberOf' ORDER BY name").fetchall():
        claim = ground.claim(number)
        until = claim.effective.until
        if claim.derived or until is None or not until.latest or not claim.object:
            continue
        same = [ground.claim(n) for n in ground.group("memberOf", SUBJECT, claim.subject)]
        if any(c.object == claim.object and c.may_hold("2035-01-01") for c in same):
            continue
        asked += 1
        question = f"Er {ground.label(claim.subject, 'da')} medlem af {ground.label(claim.object, 'da')}?"
        reply = answer_question(question, ground, as_of="2035-01-01")
        wrong += [question] if reply["answers"] and reply["answers"][0]["value"] is True else []
    assert asked
    assert not wrong, wrong


NEVER = [
    "Does Lotte Henriksen have a dog?",
    "Har Viborg en svømmehal?",
    "Is Midtklyngen happy?",
    "Er DASSOS en fugl?",
    "Does Skive like Viborg?",
]


@pytest.mark.parametrize("question", NEVER)
def test_a_name_alone_is_no_yes(ask: Callable[..., dict[str, Any]], question: str) -> None:
    assert not ask(question)["answered"]


def test_the_ends_of_a_verdict_are_those_of_its_claim(ground: Ground) -> None:
    reply = answer_question("Er Viborg medlem af Midtklyngen?", ground)
    (answer,) = reply["answers"]
    assert (answer["value"], answer["modality"]) == (True, "stated")
    assert ground.group("memberOf", OBJECT, "midtklyngen")
    assert answer["evidence"][0]["lines"]
