"""What is understood beside plain relations: which of two, texts that say yes or no, words that say little, slips, contexts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from samgraf.ask.words import in_full

if TYPE_CHECKING:
    from collections.abc import Callable

ANSWERED = [
    # which of two: by figures, by how much they rose, by their days
    ("Are there more special places in Viborg or in Skejby?", ["Skejby"]),
    ("Er der flest særlige pladser i Skejby eller i Viborg?", ["De særlige pladser i Skejby"]),
    ("Hvor er andelen med lav livstilfredshed steget mest, i 7.-9. klasse eller 4.-6. klasse?", ["4.-6. klasse"]),
    # a text that denies the question
    ("Skal cirklerne give råd i borgersager?", ["nej"]),
    ("Did the executive committee of DASSOS hold any meetings in 2020?", ["no"]),
    # words that say little, words for what the thing is a part of, and the only one of its class
    ("By how much do the parties want to reduce the number of compulsory admissions each year?", ["10 %"]),
    ("From how many doctors had referrals come in sub-project 3 in Viborg?", ["13 doctors"]),
    # slips of the pen in a form that no name has; years with two figures
    ("hvornår skal dobeltdiagnosetilbudet være fuldt indfaset", ["2027"]),
    ("hvem laver udkastet til rammeaftalen for 21-22", ["DASSOS"]),
    # who somebody is: the posts
    ("Who is Henrik Frostholm?", ["head of office"]),
]
REFUSED = [
    "Hvor mange tvangsindlæggelser var der i Aarhus i 2023?",  # the figure is of 2021
    "formand DASSOS 2020",  # that of its committee is another's
    "What did VIVE conclude about the special places?",
    "Should the circles give advice in all citizen cases about money?",
    "hvor mange borgere fra Silkeborg Kommune var med i FACT-projektet i september 2021?",
]


@pytest.mark.parametrize(("question", "expected"), ANSWERED)
def test_it_is_understood(ask: Callable[..., dict[str, Any]], question: str, expected: list[str]) -> None:
    assert [a["label"] for a in ask(question)["answers"]] == expected


@pytest.mark.parametrize("question", REFUSED)
def test_it_is_refused(ask: Callable[..., dict[str, Any]], question: str) -> None:
    assert not ask(question)["answered"]


def test_two_years_that_follow_each_other_are_read_in_full() -> None:
    assert in_full("aftalen 21-22, kl. 10-12, punkt 3-4") == "aftalen 2021-22, kl. 10-12, punkt 3-4"
