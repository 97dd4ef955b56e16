"""Lists set against one another, lists of names, and questions that lean on what goes before them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.queries.golden import WORKSPACE as SMALL

if TYPE_CHECKING:
    from collections.abc import Callable

    Ask = Callable[..., dict[str, Any]]


def named(reply: dict[str, Any]) -> set[str]:
    return {a["label"] for a in reply["answers"]}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "Which municipalities are members of Midtklyngen but do not participate in the adult circle?",
            {"Skive Municipality", "Silkeborg Municipality"},
        ),
        (
            "Hvilke kommuner deltager i Ungementorordningen, men er ikke medlem af Midtklyngen?",
            {"Favrskov Kommune", "Horsens Kommune", "Norddjurs Kommune", "Skanderborg Kommune", "Syddjurs Kommune"},
        ),
    ],
)
def test_what_one_list_has_and_another_has_not(ask: Ask, question: str, expected: set[str]) -> None:
    assert named(ask(question)) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "Which municipalities are in Midtklyngen, the youth mentor scheme and the adult circle?",
            "Viborg Municipality",
        ),
        ("Hvilke kommuner er med i både Midtklyngen, Voksencirklen og Ungementorordningen?", "Viborg Kommune"),
    ],
)
def test_no_name_of_a_list_is_passed_over(ask: Ask, question: str, expected: str) -> None:
    """A comma between names begins nothing new: the answer is what all three have in common."""
    assert named(ask(question)) == {expected}


def test_a_question_points_back_to_what_was_named_before_it(ask: Ask) -> None:
    reply = ask("Vi ser på Den nære psykiatri. Hvilke af dens initiativer deltager Skive i?")
    assert {label.partition(":")[0] for label in named(reply)} == {"Initiativ 7", "Initiativ 8"}


def test_who_is_not_turned_into_how_much_by_a_noun(ask: Ask) -> None:
    assert named(ask("Who presented the item on vacant capacity in the special places?")) == {
        "Anders Kjærulff",
        "Tina Ebler",
    }


@pytest.mark.parametrize("question", ["Hvem er med i voksencirklen?", "Who is in the adult circle?"])
def test_who_is_in_a_thing_asks_for_all_that_are(ask: Ask, question: str) -> None:
    reply = ask(question)
    iris = {a["iri"].rsplit("/", 1)[1] for a in reply["answers"]}
    assert {"skanderborg", "region-midtjylland", "viborg", "favrskov", "hedensted", "aarhus"} <= iris


def test_who_is_in_a_thing_of_another_field(ask: Ask) -> None:
    """Who somebody is and who is in something are two questions, with the same small words around."""
    reply = ask("Hvem er med i Initiativ B: Aftencafeen?", workspace=str(SMALL))
    assert [a["label"] for a in reply["answers"]] == ["Klitklyngen"]
