"""What a text says to a question for yes or no, in so many words; and what it does not say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from samgraf.ask.mentions import read
from samgraf.store.ground import Ground
from samgraf.store.opening import snapshot_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SAID = [
    ("Can municipalities outside the Ungementorordning still buy youth mentor courses?", True),
    ("Kan kommuner uden for ungementorordningen stadig købe ungementorforløb?", True),
    ("Can Aarhus take back institutions in the specialised social area?", False),
    ("Skal vi bruge den vedhæftede sagsfremstilling?", False),
    ("Må den vedhæftede sagsfremstilling bruges?", None),
    ("Var alle de ommærkede pladser i brug pr. 26. oktober 2020?", None),
    ("is Aarhus in the adult circle or not?", True),
]


@pytest.mark.parametrize(("question", "value"), SAID)
def test_a_text_says_yes_and_no_in_so_many_words(
    ask: Callable[..., dict[str, Any]], question: str, value: bool | None
) -> None:
    reply = ask(question)
    assert [a["value"] for a in reply["answers"]] == ([] if value is None else [value]), reply["message"]


def test_a_date_binds_only_what_holds_on_it(ask: Callable[..., dict[str, Any]]) -> None:
    assert not ask("Hvad besluttede DASSOS på mødet den 4. maj 2021?")["answered"]


def test_a_decision_has_a_day_and_does_not_go_on(ask: Callable[..., dict[str, Any]]) -> None:
    reply = ask("Hvad besluttede DASSOS den 23. november 2020?")
    ends = {(a["period"]["from"], a["period"]["until"]) for a in reply["answers"]}
    assert ends == {("2020-11-23", "2020-11-23")}


def test_what_two_documents_say_alike_is_said_once(ask: Callable[..., dict[str, Any]]) -> None:
    reply = ask("Er PLO-Midtjylland med i Alliancen om den nære psykiatri?")
    assert reply["message"].count("PLO-Midtjylland er medlem") == 1
    assert len(reply["answers"][0]["evidence"]) == 2


def test_what_was_decided_on_a_day_did_not_begin_then(ask: Callable[..., dict[str, Any]]) -> None:
    assert not ask("Hvornår åbnede det nye hjerneskadetilbud i Ry?")["answered"]


def test_a_compound_asks_for_what_it_ends_in(ask: Callable[..., dict[str, Any]]) -> None:
    reply = ask("høringsfrist bemærkninger udviklingsområder rammeaftale 2021-22")
    assert [a["value"] for a in reply["answers"]] == ["2020-04-30"]


REQUESTS = [
    ("Could you tell me who chairs KKR Midtjylland?", "who"),
    ("Kan I oplyse hvornår mødet holdes?", "when"),
    ("Do you know if Aarhus is in the adult circle?", "yesno"),
    ("Kan du sige om Viborg er med i voksencirklen?", "yesno"),
    ("Could you please give me the address of the secretariat?", "what"),
    ("Can municipalities outside the scheme buy courses?", "yesno"),
    ("Are we obliged to use the presentation when we put it on the agenda?", "yesno"),
]


@pytest.mark.parametrize(("question", "asked"), REQUESTS)
def test_a_request_asks_for_what_comes_after_it(shared_cache: Path, question: str, asked: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAMGRAF_CACHE", str(shared_cache))
        assert read(question, Ground(snapshot_folder(None))).asked == asked


def test_what_whole_lists_have_in_common_is_counted(ask: Callable[..., dict[str, Any]]) -> None:
    reply = ask("How many of the DASSOS-led mental health and psychiatry initiatives for 2025-26 haven't started yet?")
    assert [a["value"] for a in reply["answers"]] == [3]
