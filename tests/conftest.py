"""What many tests share: the built-in graph, a small workspace, and the real command in a process of its own."""

from __future__ import annotations

import ast
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from functools import cache as once
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

from tests.browsers import CHROMIUM

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyoxigraph as ox
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent
SMALL = ROOT / "tests" / "small-workspace"
COMMAND = [sys.executable, "-m", "samgraf"]
TIMEOUT = 120

# a shell that runs the tests behind itself has switched Ctrl-C off
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# the same examples on every run, and as many as the machine has time for
settings.register_profile(
    "samgraf", deadline=None, derandomize=True, max_examples=100, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("samgraf")
# nor the words of whatever code has been imported by then, which differ with what ran before
providers.is_local_module_file = lambda file: False


@once
def modules() -> list[tuple[str, ast.Module]]:
    """Give every module of the package, by its path within it, read."""
    import samgraf

    home = Path(samgraf.__file__).parent
    return [
        (path.relative_to(home).as_posix(), ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted(home.rglob("*.py"))
    ]


@dataclass(frozen=True)
class Outcome:
    """What a command did."""

    code: int
    stdout: str
    stderr: str
    raw: bytes


class Run(Protocol):
    """Run ``samgraf`` with these words; ``env`` adds to the environment, None takes a variable away."""

    def __call__(
        self,
        *words: str,
        env: dict[str, str | None] | None = None,
        cwd: str | Path | None = None,
        stdin: str | bytes = b"",
    ) -> Outcome: ...


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(autouse=True)
def _own_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the settings of whoever runs it."""
    for name in ("SAMGRAF_WORKSPACE", "SAMGRAF_DOCUMENTS", "SAMGRAF_DEBUG", "NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def built_store() -> ox.Store:
    """The whole built-in graph in memory, rules run. Shared: read it only."""
    from samgraf.store.build import build_store
    from samgraf.workspace import load

    return build_store(load("central-denmark"))


@pytest.fixture(scope="session")
def shared_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache that the tests of one worker share, so that the built-in graph is built once."""
    return tmp_path_factory.mktemp("shared-cache")


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache of the test's own, in force in this process and in the commands that ``run`` starts."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("SAMGRAF_CACHE", str(folder))
    return folder


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A small valid workspace of two documents, to be changed as the test likes; the texts stand in ``texts/``."""
    folder = tmp_path / "søbyen"  # a folder's name may have letters of its own
    shutil.copytree(SMALL, folder)
    return folder


@pytest.fixture
def run(shared_cache: Path) -> Run:
    """Run the real command in a process of its own, away from the source tree."""

    def call(
        *words: str,
        env: dict[str, str | None] | None = None,
        cwd: str | Path | None = None,
        stdin: str | bytes = b"",
    ) -> Outcome:
        surroundings: dict[str, str | None] = {"SAMGRAF_CACHE": str(shared_cache), **os.environ, **(env or {})}
        done = subprocess.run(
            [*COMMAND, *words],
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            timeout=TIMEOUT,
            cwd=cwd or ("/tmp" if os.path.isdir("/tmp") else None),
            env={k: v for k, v in surroundings.items() if v is not None},
            check=False,
        )
        return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode(), done.stdout)

    return call


_LONGEST = ("publish/explorer", "ingest", "engines", "review", "ontology", "ask", "server", "store", "views", "cli")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no process is left with it when the others are done."""
    places = {name: place for place, name in enumerate(_LONGEST)}

    def place(item: pytest.Item) -> int:
        room = (
            item.path.parent.relative_to(ROOT / "tests").as_posix() if item.path.is_relative_to(ROOT / "tests") else ""
        )
        return places.get(room, len(places))

    items.sort(key=place)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one browser of a run: playwright drives no second one from the same process."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()
