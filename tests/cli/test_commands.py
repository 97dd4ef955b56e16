"""The commands as a user meets them: exit codes, help, init, and what a plain call loads."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest
from tests.conftest import Run

import samgraf
from samgraf.cli.app import COMMANDS, app
from samgraf.cli.fast import COMMANDS as FAST
from samgraf.cli.fast import parse
from samgraf.language.messages import languages


def declared(name: str) -> click.Command:
    found = app.get_command(click.Context(app), name)
    assert found is not None
    return found


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_there_with_help(run: Run, name: str) -> None:
    done = run(name, "--help")
    assert done.code == 0
    assert f"Usage: samgraf {name}" in done.stdout
    assert declared(name).name == name
    assert run(name, "-h").stdout == done.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_says_what_it_does(name: str) -> None:
    for parameter in declared(name).params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.opts}"


def test_alone_it_opens_with_what_to_try(run: Run) -> None:
    done = run()
    assert done.code == 0
    assert "samgraf initiatives --involving Viborg" in done.stdout


def test_the_version_is_that_of_the_package(run: Run) -> None:
    assert samgraf.__version__ in run("--version").stdout


# --- exit codes ---


def test_exit_codes(run: Run, workspace: Path) -> None:
    place = ("--workspace", str(workspace))
    assert run("initiatives", "--involving", "Søbyen", *place).code == 0
    assert run("initiatives", "--involving", "Ida Strand", *place).code == 1
    assert run("query", "-", *place, stdin="SELECT ?s WHERE { ?s <urn:none> ?o }").code == 1
    assert run("ask", "Hvad koster en is?", *place).code == 1
    assert run("initiatives", "--involving", "Nogen helt anden", *place).code == 2
    (workspace / "data/entities/actors.yaml").write_text("x: [", encoding="utf-8")
    done = run("initiatives", "--involving", "Søbyen", *place)
    assert (done.code, done.stdout) == (3, "")
    assert "data/entities/actors.yaml:" in done.stderr
    assert run("check", *place).code == 3
    assert run("initiatives", "--involving", "Viborg", "--store", "http://127.0.0.1:9/").code == 4


def test_the_workspace_may_come_from_the_environment(run: Run, workspace: Path) -> None:
    done = run("show", "Søbyen", env={"SAMGRAF_WORKSPACE": str(workspace)})
    assert done.code == 0
    assert "Ungeklyngen" in done.stdout


# --- init ---


def test_a_new_workspace_checks_clean_and_answers(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "ny mappe" / "æ"
    done = run("init", str(folder))
    assert done.code == 0, done
    assert all(Path(line).is_file() for line in done.stdout.splitlines())
    place = ("--workspace", str(folder))
    checked = run("check", *place, "--documents", str(folder / "texts"))
    assert (checked.code, checked.stdout) == (0, "")
    assert "4 of 4 claims verified" in checked.stderr
    assert "Ungeindsatsen" in run("initiatives", "--involving", "Havby", *place).stdout
    assert "unge med angst" in run("query", "target-groups-of", "-p", "initiative=Ungeindsatsen", *place).stdout
    before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    assert run("spans", *place, "--documents", str(folder / "texts")).code == 0
    assert {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()} == before


def test_init_takes_an_empty_folder_and_no_other(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert run("init", str(tmp_path / "empty")).code == 0
    assert run("init", str(tmp_path / "empty")).code == 2
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert run("init", str(tmp_path / "file")).code == 2
    (tmp_path / "dangling").symlink_to(tmp_path / "none")
    assert run("init", str(tmp_path / "dangling")).code == 2


def test_the_commands_of_a_new_workspaces_readme_are_right(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "w"
    run("init", str(folder))
    for line in (folder / "README.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("    samgraf "):
            done = run(*line.split()[1:], cwd=folder)
            assert done.code == 0, (line, done)


# --- the fast path ---


@pytest.mark.parametrize("name", FAST)
def test_the_fast_path_and_click_declare_the_same(name: str) -> None:
    fast, slow = FAST[name], declared(name)
    options = {p for p in slow.params if isinstance(p, click.Option)}
    values = {o: p.name for p in options if not p.is_flag and p.expose_value for o in p.opts if o.startswith("--")}
    flags = {
        o: p.name
        for p in options
        if p.is_flag and p.expose_value
        for o in p.opts
        if o.startswith("--") and o != "--help"
    }
    assert fast.values == values
    assert fast.flags == flags
    choices = {p.name: tuple(p.type.choices) for p in options if isinstance(p.type, click.Choice)}
    assert {**fast.choices, "lang": languages()} == choices
    required = {p.name for p in slow.params if p.required}
    assert set(fast.required) == required
    arguments = [p.name for p in slow.params if isinstance(p, click.Argument)]
    assert arguments == ([fast.argument] if fast.argument else [])


CALLS = [
    ["--involving", "Viborg"], ["--involving=Viborg"], ["--involving", "Viborg", "--format", "json"], ["--format=json", "--involving", "Viborg", "--lang", "en"],
    ["--involving", "Viborg", "--as-of", "2020-11-23"], ["--involving", "Viborg", "--show-sparql"], ["--involving", "A", "--involving", "Viborg"],
    ["--involving", "Viborg", "--explain"], ["--involving="], ["--involving", "--format"], ["--invol", "Viborg"], ["--involving", "Viborg", "--", "x"], ["--help"],
    ["--involving", "Viborg", "--as-of", "2020"], ["--involving", "Viborg", "--format", "JSON"], ["--involving", "=", "--format", "csv"],
]  # fmt: skip


@pytest.mark.parametrize("words", CALLS, ids=" ".join)
def test_the_fast_path_reads_a_call_as_click_does_or_leaves_it_to_click(words: list[str]) -> None:
    found = parse(FAST["initiatives"], words)
    if found is None:
        return
    context = declared("initiatives").make_context("initiatives", list(words))
    assert {k: v for k, v in context.params.items() if k in found} == found


HEAVY = ["click", "yaml", "pydantic", "rdflib", "networkx", "pyvis", "rich", "hashlib", "edtf", "jinja2", "oxrdflib", "pyshacl", "openpyxl", "rustworkx", "numpy", "urllib.request", "typing_extensions", "asyncio", "tempfile", "subprocess"]  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        ["initiatives", "--involving", "Viborg", "--format", "json"],
        ["ask", "Hvilke kommuner er med i Midtklyngen?", "--format", "json"],
    ],
    ids=lambda w: w[0],
)
def test_a_plain_call_loads_only_what_it_needs(
    run: Run, shared_cache: Path, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    run("build")
    run(*words)
    probe = f"import sys, json\nfrom samgraf.cli.main import run\ncode = run({words!r})\nprint(json.dumps([code, sorted(sys.modules)]), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", probe],
        capture_output=True,
        text=True,
        check=True,
        env={"SAMGRAF_CACHE": str(shared_cache), **os.environ},
    )
    code, modules = json.loads(done.stderr.splitlines()[-1])
    assert code == 0
    assert json.loads(done.stdout)["answered"] is True
    assert [m for m in HEAVY if m in modules] == []


def test_importing_samgraf_loads_nothing_of_its_own() -> None:
    script = "import sys, samgraf; print([m for m in sys.modules if m.startswith('samgraf.')])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['samgraf.version']"


def test_the_welcome_names_what_the_workspace_tells(run: Run, tmp_path: Path) -> None:
    own = tmp_path / "own"
    assert "Midtklyngen" in run(cwd=tmp_path).stdout
    assert run("init", str(own)).code == 0
    before = run(cwd=own).stdout
    assert "samgraf add" in before
    assert "Midtklyngen" not in before
    assert run("initiatives", "--involving", "Havby", cwd=own).code == 0
    after = run(cwd=own).stdout
    assert "Midtklyngen" not in after
    named = [line for line in after.splitlines() if "--involving" in line]
    assert named
    words = named[0].split('"')
    assert run(words[0].split()[1], "--involving", words[1], cwd=own).code == 0
