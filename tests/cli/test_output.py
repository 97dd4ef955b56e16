"""What reaches the terminal: æøå under any locale, 80 columns, colour on a terminal alone, data apart from words."""

from __future__ import annotations

import json
import os
import pty
import subprocess
from pathlib import Path

import pytest
from tests.conftest import COMMAND, Run

LOCALES: list[dict[str, str | None]] = [
    {"LC_ALL": "C", "LANG": None},
    {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"},
    {"LC_ALL": "en_US.ISO-8859-1", "PYTHONIOENCODING": "latin-1"},
    {"LC_ALL": None, "LANG": None, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
]

READING = [
    ["initiatives", "--involving", "Viborg"],
    ["show", "DASSOS"],
    ["claims", "--format", "table", "--about", "Viborg"],
    ["query", "documents"],
    ["queries"],
    ["ask", "Hvilke kommuner er med i Midtklyngen?"],
    ["path", "Skanderborg", "Socialstyrelsen"],
    ["timeline", "DASSOS"],
    [],
    ["--help"],
]


@pytest.mark.parametrize("locale", LOCALES, ids=lambda x: "-".join(str(v) for v in x.values()))
def test_danish_letters_survive_any_locale(run: Run, locale: dict[str, str | None]) -> None:
    for words in (
        ["initiatives", "--involving", "Viborg"],
        ["claims", "--about", "Viborg"],
        ["queries"],
        [],
        ["--help"],
        ["ask", "--help"],
    ):
        done = run(*words, env=locale)
        assert done.code == 0, done
        assert set("æøå") & set(done.stdout) or "--help" in words, words
        assert "?" not in done.stdout.split("\n")[0]


@pytest.mark.parametrize("locale", LOCALES, ids=lambda x: "-".join(str(v) for v in x.values()))
def test_danish_letters_in_a_call_and_in_an_error_survive_too(run: Run, locale: dict[str, str | None]) -> None:
    assert run("show", "Ringkøbing-Skjern", env=locale).code == 0
    done = run("show", "Blåbærgrød æøå", env=locale)
    assert done.code == 2
    assert "Blåbærgrød æøå" in done.stderr
    done = run("blåbær", env=locale)
    assert done.code == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_tables_fit_eighty_columns(run: Run, words: list[str]) -> None:
    done = run(*words, env={"COLUMNS": None})
    assert done.code == 0, done
    wide = [line for line in done.stdout.splitlines() if len(line) > 80 and "http" not in line]
    assert wide == []


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_there_is_no_colour_in_a_pipe(run: Run, words: list[str]) -> None:
    assert "\x1b" not in run(*words).stdout + run(*words).stderr


def on_a_terminal(words: list[str], cache: Path, **env: str) -> str:
    parent, child = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *words],
        stdout=child,
        stderr=child,
        env={**os.environ, "SAMGRAF_CACHE": str(cache), "TERM": "xterm-256color", **env},
    )
    os.close(child)
    output = b""
    while True:
        try:
            part = os.read(parent, 65536)
        except OSError:
            break
        if not part:
            break
        output += part
    process.wait()
    return output.decode()


def test_there_is_colour_on_a_terminal_unless_refused(run: Run, shared_cache: Path) -> None:
    run("build")
    words = ["initiatives", "--involving", "Viborg"]
    assert "\x1b[" in on_a_terminal(words, shared_cache)
    assert "\x1b[" not in on_a_terminal(words, shared_cache, NO_COLOR="1")


def test_no_label_can_drive_the_terminal(run: Run, workspace: Path) -> None:
    from samgraf.cli.output import printable

    assert printable("a\x1b[31mb\x07\x9bc\u202ed") == "a [31mb  cd" or "\x1b" not in printable(
        "a\x1b[31mb\x07\x9bc\u202ed"
    )


@pytest.mark.parametrize(
    "words",
    [
        ["initiatives", "--involving", "Viborg"],
        ["ask", "Hvilke kommuner er med i Midtklyngen?"],
        ["query", "documents"],
        ["ask", "Hvad bliver vejret i morgen?"],
    ],
    ids=" ".join,
)
def test_json_on_stdout_is_json_alone(run: Run, words: list[str]) -> None:
    done = run(*words, "--format", "json")
    assert isinstance(json.loads(done.stdout), dict | list)
    assert done.code in (0, 1)


def test_json_lines_are_json_one_by_one(run: Run) -> None:
    done = run("claims", "--format", "jsonl")
    lines = done.stdout.splitlines()
    assert len(lines) > 1000
    wanted = {
        "id",
        "subject",
        "predicate",
        "object",
        "role",
        "from",
        "until",
        "note",
        "document",
        "lines",
        "chars",
        "derived",
    }
    assert all(wanted <= set(json.loads(line)) for line in lines)


def test_first_run_says_nothing_on_stdout_but_the_answer(run: Run, tmp_path: Path, workspace: Path) -> None:
    done = run(
        "query",
        "documents",
        "--format",
        "json",
        "--workspace",
        str(workspace),
        env={"SAMGRAF_CACHE": str(tmp_path / "new")},
    )
    assert json.loads(done.stdout)
