"""What the pages say is so: generated pages are fresh, every command shown runs, every link leads somewhere."""

from __future__ import annotations

import importlib.util
import re
import shlex
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from tests.conftest import ROOT, Run

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("path", generator().PAGES, ids=lambda p: Path(p).name)
def test_a_generated_page_is_fresh(path: str) -> None:
    fresh = generator().PAGES[path]()
    assert Path(path).read_text(encoding="utf-8") == fresh, "run: make docs"


def commands(text: str) -> list[str]:
    """Every samgraf command in a code block or between backticks that can be run as it stands."""
    found = re.findall(
        r"^\s*\$? ?(samgraf [^\n#]*)",
        "\n".join(re.findall(r"```(?:sh|console|text)?\n(.*?)```", text, re.DOTALL)),
        re.MULTILINE,
    )
    found += re.findall(r"`(samgraf [^`\n]+)`", text)
    found += re.findall(r"^    \$? ?(samgraf [^\n#]*)", text, re.MULTILINE)
    return found


PLACEHOLDER = re.compile(r"[A-Z]{4,}|<[a-z]|…|\[|\b(DIR|FILE|URL|ID|A B|NAME)\b|\||my-")
RUNNABLE = sorted(
    {
        c.strip()
        for page in PAGES
        if page.name != "cli.md"
        for c in commands(page.read_text(encoding="utf-8"))
        if not PLACEHOLDER.search(c)
    }
)
# these do not end, open a window, need another store, or need documents or a workspace of your own
NOT_HERE = (
    "serve",
    "push",
    "review",
    "status",
    "--open",
    "--documents",
    "spans",
    "add",
)  # "add" needs a file of the reader's


def test_there_are_commands_to_run() -> None:
    assert len(RUNNABLE) > 5


@pytest.mark.parametrize("command", [c for c in RUNNABLE if not any(w in c for w in NOT_HERE)])
def test_every_command_shown_runs(run: Run, tmp_path: Path, command: str) -> None:
    words = shlex.split(command)[1:]
    if "|" in words:
        pytest.fail("a pipe in a documented command: write it in a form that the test can run")
    done = run(*words, cwd=tmp_path)
    assert done.code == 0, (command, done)


def test_the_readmes_python_runs(tmp_path: Path, shared_cache: Path) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    checks = "\nassert len(store) > 10_000 and len(dataset) > 10_000 and len(network) > 100\n"
    done = subprocess.run(
        [sys.executable, "-c", code + checks], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("\n") > 3


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    anchors = {
        re.sub(r"[^\w -]", "", h).strip().lower().replace(" ", "-")
        for h in re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    }
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if target.startswith(("http://", "https://")):
            continue
        if target.startswith("#"):
            assert target[1:] in anchors, target
        elif not target.startswith("docs/images/"):
            assert (page.parent / target.partition("#")[0]).exists(), target


def test_every_make_target_that_is_named_is_there() -> None:
    rules = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for page in PAGES:
        for target in re.findall(
            r"\bmake ((?:(?:demo|test|lint|types|contracts|bench|docs|format)\b ?)+)", page.read_text(encoding="utf-8")
        ):
            assert set(target.split()) <= rules


def test_the_pages_speak_of_the_project_alone() -> None:
    for page in [*PAGES, ROOT / "CHANGELOG.md"]:
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"/w[o]rk/|/root/|/tmp/|\bsession\b|\bprompt\b|\bassistant\b", text), page


def test_no_help_shows_the_marks_that_it_is_written_with() -> None:
    assert "\\b" not in (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")
