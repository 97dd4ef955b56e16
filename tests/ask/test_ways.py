"""How a question is understood: names in other words, what a thing is a part of, who is willing, how long, and what 'what' asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from samgraf.ask.mentions import read
from samgraf.ask.scene import Scene
from samgraf.store.facts import _by_years, _in_other_words
from samgraf.store.ground import Ground
from samgraf.store.opening import snapshot_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def ground() -> Ground:
    return Ground(snapshot_folder(None))


def named(text: str, ground: Ground) -> set[str]:
    """Give all that a question's words name."""
    return {bearer for name in read(text, ground).names for bearer, _ in name.bearers}


@pytest.mark.parametrize(
    ("stems", "key"),
    [
        (("aftal", "2025", "2026"), "2025 2026"),
        (("2025", "2026"), ""),
        (("aftal", "2025"), ""),
        (("aftal", "nord", "2025", "2026"), ""),
        (("aftal", "25", "26"), ""),
    ],
)
def test_a_class_word_and_two_years_may_be_named_by_the_years(stems: tuple[str, ...], key: str) -> None:
    assert _by_years(stems) == key


def test_a_name_in_synonyms_and_without_small_words_is_one_key() -> None:
    same = {"naer": "naer", "near": "naer", "psychiatri": "psykiatri"}
    keys = {_in_other_words(text, same, frozenset(("den",))) for text in ("den naer psykiatri", "naer psykiatri")}
    assert len(keys) == 1
    assert _in_other_words("psykiatri", same, frozenset()) == ""


def test_a_thing_is_found_by_another_word_for_its_name(ground: Ground) -> None:
    assert "omraade-den-naere-psykiatri" in named("the development area near psychiatry", ground)
    assert "rammeaftale-2025-2026" in named("og den for 2025-26, hvem har indgået den?", ground)


def test_a_word_that_two_names_do_not_share_does_not_join_them(ground: Ground) -> None:
    question = read("Hvad besluttede DASSOS om Forretningsudvalget?", ground)
    assert "dassos" in {b for name in question.names for b, _ in name.bearers if len(name.words) == 1}
    assert all(len(name.words) == 1 for name in question.names)


def test_a_thing_has_its_area_and_the_agreement_of_the_area_as_wholes(ground: Ground) -> None:
    wholes = Scene(read("initiativ 5", ground), ground).wholes("initiativ-5")
    assert {"omraade-den-naere-psykiatri", "rammeaftale-2021-2022"} <= wholes


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Vil Socialstyrelsen gerne være med i cirklerne?", True),
        ("Is Socialstyrelsen willing to take part in the circles?", True),
        ("Vil Viborg Kommune gerne være med i cirklerne?", None),
    ],
)
def test_who_says_in_a_text_that_it_wants_to_is_willing(ask: Ask, question: str, value: bool | None) -> None:
    assert [a["value"] for a in ask(question)["answers"]] == ([] if value is None else [value])


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("Hvor længe varer rammeaftale 2021-22?", "2021–2022"),
        ("How long does the framework agreement 2021-22 run?", "2021–2022"),
        ("How long is the term of the executive committee?", "2 years"),
    ],
)
def test_how_long_asks_for_a_period_or_a_figure_in_units_of_time(ask: Ask, question: str, label: str) -> None:
    assert [a["label"] for a in ask(question)["answers"]] == [label]


def test_how_long_is_no_count_and_no_period_of_something_else(ask: Ask) -> None:
    for question in ("Hvor længe er man udpeget til voksencirklen?", "How long is initiative 7?"):
        assert not ask(question)["answered"]


def test_a_day_may_be_said_without_its_year(ask: Ask) -> None:
    reply = ask("Hvilket møde blev holdt den 11. februar?")
    assert [a["label"] for a in reply["answers"]] == ["DASSOS-mødet den 11. februar 2021"]


@pytest.mark.parametrize(
    "question",
    ["Hvad er kommunekoden for Skive?", "kommunekode Skive", "What is the municipality code of Skive?"],
)
def test_a_code_is_asked_for_in_several_ways(ask: Ask, question: str) -> None:
    assert [a["label"] for a in ask(question)["answers"]] == ["0779"]


def test_what_was_decided_is_not_who_decided_it(ask: Ask) -> None:
    for question in ("What was decided about the guideline on effect?", "Hvad blev godkendt af KKR?"):
        assert not {"dassos", "kkr-midtjylland"} & {
            str(a.get("iri", "")).rpartition("/")[2] for a in ask(question)["answers"]
        }


def test_where_asks_for_the_place_not_for_what_is_there(ask: Ask) -> None:
    reply = ask("And where was the DASSOS meeting of 11 February 2021 moved to?")
    assert [a["label"] for a in reply["answers"]] == ["Brande"]


def test_what_is_counted_has_to_be_what_the_figure_counts(ask: Ask) -> None:
    """The figure of children referred is not that of the doctors, whatever the doctors are tied to."""
    reply = ask("Hvor mange læger har henvist børn og unge til Viborg Kommune i delprojekt 3?")
    assert 26 not in [a["value"] for a in reply["answers"]]


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Er der flere særlige pladser i Viborg end i Skejby?", False),
        ("Er der færre særlige pladser i Viborg end i Skejby?", True),
        ("Er der flere særlige pladser i Viborg end i Aalborg?", None),
    ],
)
def test_two_figures_are_compared_for_yes_or_no(ask: Ask, question: str, value: bool | None) -> None:
    assert [a["value"] for a in ask(question)["answers"]] == ([] if value is None else [value])
