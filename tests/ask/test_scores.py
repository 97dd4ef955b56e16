"""The whole list of questions, asked and judged. Floors stand a little below what is reached, so that a loss is seen."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from tests.ask.judging import Score, norm, read, score

from samgraf.ask import answer
from samgraf.ask.answering import answer_question
from samgraf.store.ground import Ground
from samgraf.store.opening import snapshot_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EXACT = 0.55
WRONG = 0.08
EXACT_IN = {"da": 0.50, "en": 0.50}
OTHERS = os.environ.get("SAMGRAF_QUESTIONS")


@pytest.fixture(scope="module")
def reached(shared_cache: Path) -> Iterator[Score]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAMGRAF_CACHE", str(shared_cache))
        ground = Ground(snapshot_folder(None))
        yield score(read(), lambda question: answer_question(question, ground))


@pytest.mark.long
def test_the_figures_by_kind_and_language(reached: Score, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\n{reached}")
    assert reached.answerable() > 250
    assert reached.count("refused", "answered") > 30


@pytest.mark.long
def test_as_many_questions_are_answered_exactly_as_before(reached: Score) -> None:
    misses = "\n".join(reached.misses)
    assert reached.share("exact") >= EXACT, misses
    for lang, floor in EXACT_IN.items():
        assert reached.share("exact", lang=lang) >= floor, misses


@pytest.mark.long
def test_silence_is_better_than_a_wrong_answer(reached: Score) -> None:
    assert reached.share("wrong") <= WRONG, "\n".join(reached.misses)


@pytest.mark.long
def test_what_the_documents_do_not_say_is_refused(reached: Score) -> None:
    answered = [i for i, v in reached.verdicts.items() if v == "answered"]
    assert not answered, [m for m in reached.misses if m.split()[0] in answered]


if OTHERS:

    def test_a_list_of_questions_from_elsewhere(capsys: pytest.CaptureFixture[str]) -> None:
        found = score(read(str(OTHERS)), answer)
        with capsys.disabled():
            print(f"\n{OTHERS}\n{found}\n" + "\n".join(found.misses))
        assert found.share("exact") >= 0.60
        assert found.share("wrong") <= 0.05
        assert found.count("answered") == 0


FORMS = [
    ("Viborg Kommune", "viborg"),
    ("The Adult Circle", "adult circle"),
    ("1.250 kr.", "1250"),
    ("72,2 %", "72.2"),
    ("8.", "8"),
    ("4. maj 2021", "2021-05-04"),
    ("september 2022", "2022-09"),
    ("2019-21", "2019-21"),
    (True, "ja"),
    ("No", "nej"),
]


@pytest.mark.parametrize(("text", "form"), FORMS)
def test_answers_are_compared_by_what_they_mean(text: object, form: str) -> None:
    assert norm(text) == form


def test_the_list_has_five_of_every_kind_in_each_language() -> None:
    questions = read()
    assert len({q["id"] for q in questions}) == len(questions)
    for kind in {q["kind"] for q in questions}:
        for lang in ("da", "en"):
            assert sum(q["kind"] == kind and q["lang"] == lang for q in questions) >= 5, (kind, lang)
