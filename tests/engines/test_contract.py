"""Every engine answers as the embedded store does: each case of each named query, and questions, on the small workspace.

The built-in graph and a hundred questions: python -m benchmarks.engines contract.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

import samgraf
from tests.engines import contract, starting
from tests.queries.cases import CASES
from tests.queries.golden import WORKSPACE

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.long
QUESTIONS = [
    "Hvilke initiativer deltager Strandby i?",
    "Who is a member of Fjordudvalget?",
    "Hvem leder Aftencafeen?",
    "Hvilke kommuner er med i Klitklyngen?",
    "What does Klitby collaborate with Fjordby on?",
    "Hvem skrev Moby Dick?",
]
MAY_BE_MISSING = not os.environ.get("SAMGRAF_REQUIRE_JAVA")  # .ci/run installs the engines


TRIALS = [contract.query(name, CASES[name][-1]) for name in CASES] + [contract.question(text) for text in QUESTIONS]


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[samgraf.Graph]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAMGRAF_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield samgraf.open(str(WORKSPACE))


@pytest.fixture(scope="module")
def data(here: samgraf.Graph) -> bytes:
    data = here.export("nq")
    assert isinstance(data, bytes)
    return data


@pytest.fixture(scope="module")
def expected(here: samgraf.Graph) -> list[object]:
    return contract.answers(TRIALS, here)


@pytest.fixture(scope="module", params=["oxigraph", "oxigraph-union", "jena"])
def engine(request: pytest.FixtureRequest) -> Iterator[starting.Engine]:
    needed = starting.missing(request.param)
    if needed and MAY_BE_MISSING:
        pytest.skip(f"needs {needed}")
    with starting.running(request.param) as engine:
        yield engine


def test_answers_are_those_of_the_embedded_store(expected: list[object], data: bytes, engine: starting.Engine) -> None:
    engine.load(data)
    found = contract.held(TRIALS, expected, samgraf.open(str(WORKSPACE), store=engine.query))
    assert [verdict for verdict in found if verdict.kind != contract.SAME] == []


def test_a_difference_is_told(expected: list[object], data: bytes) -> None:
    with starting.running("oxigraph") as engine:
        engine.load(b"\n".join(line for line in data.split(b"\n") if b"fjordudvalget" not in line))
        found = contract.held(TRIALS[:1], expected[:1], samgraf.open(str(WORKSPACE), store=engine.query))
    assert [verdict.kind for verdict in found] == [contract.REFUSED]
    assert "unknown name: 'FJU'" in found[0].why
