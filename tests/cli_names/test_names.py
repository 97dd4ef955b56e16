"""Names on the command line: found in any spelling, refused with suggestions, completed by the shell."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.conftest import COMMAND, Run


@pytest.mark.parametrize(
    "name",
    [
        "Søbyen Kommune",
        "Søbyen",
        "soebyen",
        "SØBYEN",
        "Søbyen Municipality",
        "id:soebyen",
        "https://w3id.org/samgraf/id/soebyen",
    ],
)
@pytest.mark.parametrize("command", ["show", "timeline", "initiatives"])
def test_any_spelling(run: Run, workspace: Path, name: str, command: str) -> None:
    words = ("--involving", name) if command == "initiatives" else (name,)
    done = run(command, *words, "--workspace", str(workspace), "--format", "json")
    assert done.code in (0, 1)
    assert "Søbyen Kommune" in done.stdout


@pytest.mark.parametrize(
    "words", [["show"], ["timeline"], ["path", "Søbyen"], ["brief", "-o", "-"], ["initiatives", "--involving"]]
)
def test_an_unknown_name_is_refused_with_what_comes_near(run: Run, workspace: Path, words: list[str]) -> None:
    done = run(*words, "Ungeklyngn", "--workspace", str(workspace))
    assert (done.code, done.stdout) == (2, "")
    assert "'Ungeklyngn'" in done.stderr
    assert "Ungeklyngen" in done.stderr.replace("'Ungeklyngn'", "")


def test_a_name_of_several_lists_them(run: Run, workspace: Path) -> None:
    with (workspace / "data/entities/more.yaml").open("w", encoding="utf-8") as stream:
        stream.write("huset-a: {type: Service, label: Huset A, aliases: [Huset]}\n")
        stream.write("huset-b: {type: Service, label: Huset B, aliases: [Huset]}\n")
    done = run("show", "Huset", "--workspace", str(workspace))
    assert done.code == 2
    assert "huset-a" in done.stderr
    assert "huset-b" in done.stderr
    assert run("show", "huset-b", "--workspace", str(workspace)).code == 1  # nothing is said of it


def complete(run: Run, shell: str, line: str, workspace: Path | None = None) -> list[str]:
    words = line.split(" ")
    env = {
        "COMP_WORDS": line,
        "COMP_CWORD": words[-1] if shell == "fish" else str(len(words) - 1),
        "SAMGRAF_WORD": words[-1],
    }
    if workspace is not None:
        env["SAMGRAF_WORKSPACE"] = str(workspace)
    done = run("completion", shell, "--answer", env={**env})
    assert done.code == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    "line",
    [
        "show Søb",
        "timeline Søb",
        "brief søb",
        "path Ungeklyngen Søb",
        "initiatives --involving Soeb",
        "explore --focus Søb",
    ],
)
def test_entity_names_are_completed(run: Run, workspace: Path, line: str) -> None:
    run("build", "--workspace", str(workspace))
    assert complete(run, "bash", f"samgraf {line}", workspace)[0] == "plain,Søbyen\\ Kommune"
    assert complete(run, "fish", f"samgraf {line}", workspace)[0].startswith("plain,Søbyen Kommune\t")
    assert complete(run, "zsh", f"samgraf {line}", workspace)[:2] == ["plain", "Søbyen Kommune"]


def test_query_names_are_completed(run: Run) -> None:
    assert "plain,initiatives-of-actor" in complete(run, "bash", "samgraf query initiatives-of-")


def test_no_snapshot_is_built_for_a_completion(run: Run, workspace: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty-cache"
    env = {
        "COMP_WORDS": "samgraf show S",
        "COMP_CWORD": "2",
        "SAMGRAF_WORKSPACE": str(workspace),
        "SAMGRAF_CACHE": str(empty),
    }
    done = run("completion", "bash", "--answer", env={**env})
    assert (done.code, done.stdout) == (0, "")
    assert not list(empty.rglob("index.sqlite"))


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["show", "Søbyen\\ K"], "Søbyen\\ Kommune"),
        (["show", '"Søbyen K'], "Søbyen Kommune"),
        (["show", "Søby"], "Søbyen\\ Kommune"),
        (["time"], "timeline"),
    ],
)
def test_bash_puts_quoted_names_on_the_line(
    run: Run, workspace: Path, tmp_path: Path, shared_cache: Path, words: list[str], expected: str
) -> None:
    run("build", "--workspace", str(workspace))
    binary = tmp_path / "bin" / "samgraf"
    binary.parent.mkdir()
    binary.write_text(f'#!/bin/sh\nexec {COMMAND[0]} -m samgraf "$@"\n', encoding="utf-8")
    binary.chmod(0o755)
    script = tmp_path / "complete.sh"
    script.write_text(
        run("completion", "bash").stdout
        + 'COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _samgraf_completion; printf "%s\\n" "${COMPREPLY[@]}"\n',
        encoding="utf-8",
    )
    env = {
        **os.environ,
        "PATH": f"{binary.parent}:{os.environ['PATH']}",
        "SAMGRAF_CACHE": os.environ.get("SAMGRAF_CACHE", str(shared_cache)),
        "SAMGRAF_WORKSPACE": str(workspace),
        "LC_ALL": "C.UTF-8",
    }
    done = subprocess.run(
        ["bash", str(script), "samgraf", *words], capture_output=True, env=env, check=True, timeout=60
    )
    assert done.stdout.decode().splitlines()[0] == expected


def test_show_as_json_is_data_only(run: Run, workspace: Path) -> None:
    done = run("show", "Ungeklyngen", "--workspace", str(workspace), "--format", "json")
    assert (done.code, done.stderr) == (0, "")
    assert json.loads(done.stdout)["id"] == "ungeklyngen"
