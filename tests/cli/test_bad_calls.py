"""Bad calls: a message that says what to do, the right exit code, nothing on stdout, never a traceback."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

import pytest
from tests.conftest import COMMAND, Run

NOWHERE = "/nowhere/at/all"
DEAD = "http://127.0.0.1:9/sparql"

# the call, its exit code, a part of what stderr says
CALLS: list[tuple[list[str], int, str]] = [
    (["nonsense"], 2, "No such command 'nonsense'"),
    (["initiative"], 2, "Did you mean initiatives"),
    (["querys"], 2, "Did you mean"),
    (["--nonsense"], 2, "No such option"),
    (["-x"], 2, "No such option"),
    ([""], 2, "No such command"),
    (["build", "extra"], 2, "unexpected extra argument"),
    (["build", "--workspace"], 2, "requires an argument"),
    (["build", "--workspace", NOWHERE], 2, "is not a workspace"),
    (["build", "--workspace", "/tmp"], 2, "samgraf init"),
    (["build", "--workspace", "/dev/null"], 2, "is not a workspace"),
    (["build", "--workspace", "\x00"], 2, ""),
    (["check", "--documents", NOWHERE], 4, "is not there"),
    (["check", "--shape"], 2, "No such option"),
    (["spans"], 2, "--documents"),
    (["spans", "--documents", NOWHERE], 4, "is not there"),
    (["spans", "none", "3", "--documents", "/tmp"], 2, "there is no none.txt"),
    (["init"], 2, "Missing argument"),
    (["init", "/"], 2, "not empty"),
    (["init", "/proc/version"], 2, "not empty"),
    (["init", "/proc/x/y"], 4, "cannot write"),
    (["init", ""], 2, ""),
    (["initiatives"], 2, "--involving"),
    (["initiatives", "--involving"], 2, "requires an argument"),
    (["initiatives", "--involving", ""], 2, ""),
    (["initiatives", "--involving", "Viborgg"], 2, "Viborg"),
    (["initiatives", "--involving", "qqqqqqqq"], 2, "qqqqqqqq"),
    (["initiatives", "--involving", "Viborg", "--format", "pdf"], 2, "'pdf' is not one of"),
    (["initiatives", "--involving", "Viborg", "--lang", "de"], 2, "'de' is not one of"),
    (["initiatives", "--involving", "Viborg", "--as-of", "yesterday"], 2, "is no date"),
    (["initiatives", "--involving", "Viborg", "--as-of", "2020-13-01"], 2, "is no date"),
    (["initiatives", "--involving", "Viborg", "--as-of", ""], 2, "is no date"),
    (["initiatives", "--involving", "Viborg", "--store", DEAD], 4, "cannot be reached"),
    (["initiatives", "--involving", "Viborg", "--store", "file:///etc/passwd"], 4, "is no address"),
    (["initiatives", "--involving", "Viborg", "--store", "http://"], 4, ""),
    (["initiatives", "--involving", "Viborg", "--store", "http://a b/"], 4, ""),
    (["initiatives", "Viborg"], 2, ""),
    (["initiatives", "--involving", "Viborg", "extra"], 2, "extra"),
    (["ask"], 2, "Missing argument"),
    (["ask", "Hvad", "er", "klokken"], 2, "unexpected extra argument"),
    (["ask", "x", "--format", "xml"], 2, "is not one of"),
    (["ask", "x", "--as-of", "soon"], 2, "is no date"),
    (["ask", "Hvilke kommuner er med i Midtklyngen?", "--store", DEAD], 4, "cannot be reached"),
    (["show"], 2, "Missing argument"),
    (["show", "Skanderborgg"], 2, "Skanderborg"),
    (["show", "zzzzzzzz"], 2, "unknown"),
    (["show", "Viborg", "--lang", "fr"], 2, "is not one of"),
    (["path", "Viborg"], 2, "Missing argument"),
    (["path", "Viborg", "zzzzzzzz"], 2, "unknown"),
    (["timeline"], 2, "Missing argument"),
    (["timeline", "zzzzzzzz"], 2, "unknown"),
    (["brief", "zzzzzzzz", "-o", "/tmp/x.md"], 2, "unknown"),
    (["brief", "Viborg", "-o", "/tmp/x.pdf"], 2, ""),
    (["brief", "Viborg", "-o", "/proc/x/y.md"], 4, "cannot write"),
    (["explore", "--focus", "zzzzzzzz", "-o", "/tmp/x.html"], 2, "unknown"),
    (["explore", "-o", "/proc/x/y.html"], 4, "cannot write"),
    (["query"], 2, "Missing argument"),
    (["query", "nonsense"], 2, "nonsense"),
    (["query", "members-of-bod"], 2, "members-of-body"),
    (["query", "members-of-body"], 2, "body"),
    (["query", "members-of-body", "-p", "body"], 2, "NAME=VALUE"),
    (["query", "members-of-body", "-p", "body=zzzzzzzz"], 2, "zzzzzzzz"),
    (["query", "members-of-body", "-p", "body=DASSOS", "-p", "body=DASSOS"], 2, "twice"),
    (["query", "members-of-body", "-p", "body=DASSOS", "-p", "colour=red"], 2, "colour"),
    (["query", "members-of-body", "-p", "body=DASSOS", "--as-of", "1/1/2020"], 2, "write 2020-01-01 for"),
    (["query", "/nowhere/q.rq"], 4, "cannot be read"),
    (["query", "/tmp/.rq"], 4, ""),
    (["queries", "extra"], 2, "unknown query"),
    (["claims", "--format", "xlsx"], 2, "is not one of"),
    (["claims", "--document", "nonsense"], 2, "nonsense"),
    (["claims", "--about", "zzzzzzzz"], 2, "zzzzzzzz"),
    (["export"], 2, "Missing argument"),
    (["export", "pdf"], 2, "pdf"),
    (["export", "/proc/x/graph.ttl"], 4, "cannot write"),
    (["serve", "--port", "high"], 2, "is not a valid integer"),
    (["serve", "--port", "99999999"], 2, ""),
    (["serve", "--host", "256.256.256.256", "--port", "0"], 4, ""),
    (["completion", "powershell"], 2, "is not one of"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [c for c in CALLS if "\x00" not in "".join(c[0])],
    ids=lambda x: " ".join(x)[:50] if isinstance(x, list) else "",
)
def test_a_bad_call_is_told_what_is_wrong(run: Run, tmp_path: Path, words: list[str], code: int, told: str) -> None:
    done = run(*words, cwd=tmp_path)
    assert "Traceback" not in done.stderr, done.stderr
    assert done.code == code, done
    assert told in " ".join(done.stderr.split())
    assert done.stderr.strip()
    assert done.stdout == ""
    assert list(tmp_path.iterdir()) == [], "nothing is written"


QUERIES: list[tuple[str | bytes, int, str]] = [
    ("SELEC ?s WHERE { ?s ?p ?o }", 2, "line 1, column 10: expected CONSTRUCT"),
    ("SELECT ?s\nWHERE { ?s ?p }", 2, "line 2, column"),
    ("SELECT * WHERE { ?s unknown:p ?o }", 2, "the prefix is not declared, near 'unknown:p"),
    ("", 2, ""),
    ("# only a comment", 2, ""),
    ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", 2, "only queries"),
    ("DELETE WHERE { ?s ?p ?o }", 2, "only queries"),
    ("CLEAR ALL", 2, "only queries"),
    ("DROP ALL", 2, "only queries"),
    ("LOAD <file:///etc/passwd>", 2, "only queries"),
    ("# comment\nPREFIX a: <urn:a>\nDELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", 2, "only queries"),
    ("BASE <urn:x> insert data { <urn:a> <urn:b> <urn:c> }", 2, "only queries"),
    ("SELECT * WHERE { ?s ?p ?o } ; CLEAR ALL", 2, ""),
    (b"\xff\xfe", 4, "UTF-8"),
    ("SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 2, "SERVICE is refused"),
    ("SELECT ?x WHERE { ?x <urn:none> ?y }", 1, ""),
    ("ASK { <urn:none> ?p ?o }", 0, ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "told"), QUERIES, ids=lambda x: str(x)[:40])
def test_a_bad_query_is_told_where(run: Run, text: str | bytes, code: int, told: str) -> None:
    done = run("query", "-", stdin=text)
    assert "Traceback" not in done.stderr, done.stderr
    if text == "ASK { <urn:none> ?p ?o }":
        assert done.code in (0, 1)
        return
    assert done.code == code, done
    assert told in done.stderr


def test_an_update_changes_nothing(run: Run, workspace: Path) -> None:
    before = run("export", "nq", "--workspace", str(workspace)).stdout
    assert run("query", "-", "--workspace", str(workspace), stdin="DELETE WHERE { ?s ?p ?o }").code == 2
    assert run("export", "nq", "--workspace", str(workspace)).stdout == before


@pytest.mark.parametrize(
    "words",
    [
        ["queries"],
        ["claims"],
        ["query", "documents"],
        ["show", "DASSOS"],
        ["export", "nq"],
        ["initiatives", "--involving", "Viborg"],
        [],
    ],
    ids=" ".join,
)
def test_a_reader_that_goes_away_is_no_error(run: Run, shared_cache: Path, words: list[str]) -> None:
    run("build")
    command = shlex.join([*COMMAND, *words])
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command} | head -c 1 > /dev/null; exit ${{PIPESTATUS[0]}}"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "SAMGRAF_CACHE": str(shared_cache)},
    )
    assert "Error" not in done.stderr
    assert "Exception" not in done.stderr
    assert "a bug" not in done.stderr
    assert done.returncode == 0


def test_a_full_disk_is_told(run: Run, shared_cache: Path) -> None:
    run("build")
    done = subprocess.run(
        ["bash", "-c", f"{shlex.join(COMMAND)} claims > /dev/full"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "SAMGRAF_CACHE": str(shared_cache)},
    )
    assert "Traceback" not in done.stderr
    assert done.returncode == 4, done


def test_a_bug_is_seventy_and_one_line(workspace: Path, shared_cache: Path) -> None:
    import sys

    script = "import samgraf.cli.fast as f, samgraf.cli.main as m\ndef fail(_): raise KeyError('x')\nf.fast_call = fail\nm.main()"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 70
    assert done.stderr.startswith("samgraf: a bug: KeyError")
    assert done.stderr.count("\n") == 1


def test_debug_shows_where(shared_cache: Path) -> None:
    import os
    import sys

    script = "import samgraf.cli.fast as f, samgraf.cli.main as m\ndef fail(_): raise KeyError('x')\nf.fast_call = fail\nm.main()"
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "SAMGRAF_DEBUG": "1"},
    )
    assert "Traceback" in done.stderr
