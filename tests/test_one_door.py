"""Files are opened in one module alone, and locks, limits and signals have a fallback each where a system has none."""

from __future__ import annotations

import ast
import http.client
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

import samgraf
from tests.conftest import COMMAND, SMALL, modules

HOME = Path(samgraf.__file__).parent
DOOR = "disk.py"
MEANT = {
    ("cli/main.py", "open"): "closed streams are given the null device",
    ("cli/main.py", "os.open"): "closed streams are given the null device",
    ("cli/main.py", "os.fdopen"): "closed streams are given the null device",
    ("sandbox/worker.py", "os.fdopen"): "the output that the worker was given",
    ("sandbox/confined.py", "os.fdopen"): "the stream for errors, which is a pipe now",
    ("store/locks.py", "os.open"): "a lock is held on an open file, which nobody reads",
}
OPENING = {"open", "os.open", "os.fdopen", "io.open", "codecs.open"}
METHODS = {"read_text", "write_text", "read_bytes", "write_bytes"}
ELSEWHERE = {"disk", "api", "webbrowser", "tarfile", "pdfplumber", "Image", "zipfile", "EmbeddedStore", "cls"}


def opened(tree: ast.AST) -> set[str]:
    """Every call that opens a file, by how it is written."""
    found = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = ast.unparse(node.func)
        owner, _, method = name.rpartition(".")
        if name in OPENING or (method in METHODS and owner not in ELSEWHERE and owner):
            found.add(name)
    return found


def test_files_are_opened_in_one_module() -> None:
    found = set()
    for module, tree in modules():
        if module != DOOR:
            found |= {(module, name) for name in opened(tree)}
    assert found == set(MEANT)


# what a system may lack: it is taken away from samgraf, and left to the libraries beneath, in every process that is started
POOR = """
import builtins, os, signal, socket
_import = builtins.__import__
def _poor(name, globals=None, locals=None, fromlist=(), level=0):
    if name in ("fcntl", "resource") and str((globals or {}).get("__name__", "")).startswith("samgraf"):
        raise ImportError(name)
    module = _import(name, globals, locals, fromlist, level)
    if name == "samgraf.sandbox" and "limits" in (fromlist or ()) or name == "samgraf.sandbox.limits":
        limits = __import__("sys").modules["samgraf.sandbox.limits"]
        limits._CALLS = {}
        limits._namespace = lambda: False
    return module
builtins.__import__ = _poor
for name in ("O_TMPFILE", "O_NONBLOCK", "O_NOCTTY", "fchmod", "setpriority", "nice", "getuid", "killpg", "geteuid"):
    if hasattr(os, name):
        delattr(os, name)
for name in ("alarm", "SIGALRM", "SIGHUP"):
    if hasattr(signal, name):
        delattr(signal, name)
"""


@pytest.fixture(scope="module")
def poor(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    place = tmp_path_factory.mktemp("poor")
    (place / "sitecustomize.py").write_text(POOR, encoding="utf-8")
    path = os.pathsep.join([str(place), str(HOME.parent)])
    here = {name: value for name, value in os.environ.items() if name != "SAMGRAF_DOCUMENTS"}
    return {**here, "PYTHONPATH": path, "SAMGRAF_CACHE": str(place / "cache")}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("poor-workspace") / "søby"
    shutil.copytree(SMALL, place)
    return place


def _call(poor: dict[str, str], folder: Path, *words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *words],
        env={**poor, "SAMGRAF_WORKSPACE": str(folder)},
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=folder,
    )


def test_every_kind_of_command_works_where_locks_limits_and_signals_are_absent(
    poor: dict[str, str], folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "referat.txt").write_text("Referat\nDato: 3. maj 2022\n\n1. Budget\nGodkendt.\n", encoding="utf-8")
    calls = [
        ("build",),
        ("spans", "--documents", str(folder / "texts")),
        ("check",),
        ("show", "Ida Strand"),
        ("initiatives", "--involving", "Ungeklyngen"),
        ("query", "-"),
        ("claims", "--format", "csv"),
        ("export", str(tmp_path / "a.trig")),
        ("explore", "-o", str(tmp_path / "a.html")),
        ("init", str(tmp_path / "mine")),
        ("add", str(tmp_path / "referat.txt")),
        ("status",),
    ]
    for words in calls:
        done = _call(poor, folder, *words, stdin="SELECT ?a { ?a a sam:Municipality }")
        assert (done.returncode, "Traceback" in done.stderr) == (0, False), (words, done)
    assert (tmp_path / "a.html").stat().st_size > 100_000
    assert (tmp_path / "mine" / "samgraf.yaml").exists()
    slow = _call(
        poor, folder, "query", "-", "--timeout", "2", stdin="SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    )
    assert slow.returncode == 4
    assert "2 seconds" in slow.stderr


def test_a_server_works_where_they_are_absent(poor: dict[str, str], folder: Path) -> None:
    with subprocess.Popen(
        [*COMMAND, "serve", "--port", "0", "--workspace", str(folder), "--timeout", "3"],
        env=poor,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr
        port = re.search(r":(\d+)/", process.stderr.readline())
        assert port
        connection = http.client.HTTPConnection("127.0.0.1", int(port[1]), timeout=60)
        connection.request("GET", "/sparql?query=ASK%20%7B%7D")
        assert connection.getresponse().read() == b'{"head":{},"boolean":true}'
        connection.close()
        process.terminate()
        assert process.wait(30) == 0
