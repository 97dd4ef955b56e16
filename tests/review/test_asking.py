"""What was accepted of minutes is asked in the words that people use of meetings."""

from __future__ import annotations

from pathlib import Path

import pytest

from samgraf.review.reviewing import Reviewing, rows_meant
from tests.conftest import Run
from tests.review.conftest import begin

ASKED = {
    "Var Carl Eg med til mødet den 3. maj 2022?": "Nej: Carl Eg deltog ikke i Havneudvalget: mødet den 3. maj 2022",
    "Deltog Anna Bech i mødet i Havneudvalget den 3. maj 2022?": "Ja: Anna Bech er med i Havneudvalget: mødet den 3. maj 2022",
    "Hvem meldte afbud til mødet den 3. maj 2022?": "Carl Eg",
    "Hvem var fraværende ved mødet den 3. maj 2022?": "Carl Eg",
    "Hvem deltog i mødet i Havneudvalget?": "Anna Bech og Bo Dam",
}


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    own = begin(tmp_path_factory.mktemp("asking"))
    reviewing = Reviewing(str(own))
    keys = rows_meant(reviewing.state("referat"), ["all"])
    reviewing.decide("referat", [{"claim": key, "verdict": "accept"} for key in keys])
    return own


@pytest.mark.parametrize("question", ASKED)
def test_a_meeting_is_asked_about(question: str, answered: Path, run: Run) -> None:
    done = run("ask", question, "--workspace", str(answered))
    assert done.code == 0, done
    assert ASKED[question] in " ".join(done.stdout.split())
    assert "referat" in done.stdout
