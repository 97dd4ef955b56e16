"""What is not ours runs in a process that has no network, ends in time, and takes only so much memory."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.conftest import COMMAND, Run

from samgraf.errors import LimitError, QueryError, UpdateRefusedError
from samgraf.rdf.foreign import Foreign
from samgraf.rdf.guard import RefusedError
from samgraf.sandbox import limits
from samgraf.sandbox.runner import Runner

if TYPE_CHECKING:
    from collections.abc import Iterator

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
SETUP = "samgraf.rdf.foreign:empty"


class Canary:
    """A listener that tells whether anybody has come."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.socket.setblocking(False)
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}/"

    @property
    def heard(self) -> bool:
        try:
            self.socket.accept()[0].close()
        except BlockingIOError:
            return False
        return True


@pytest.fixture
def canary() -> Iterator[Canary]:
    one = Canary()
    yield one
    one.socket.close()


def _call(canary: Canary, barriers: tuple[str, ...]) -> None:
    """Run a SERVICE past the guard, straight in the sandbox."""
    runner = Runner(SETUP, "", seconds=10, barriers=barriers)
    query = f"SELECT * {{ SERVICE SILENT <{canary.url}> {{ ?s ?p ?o }} }}"
    thread = threading.Thread(
        target=lambda: runner.call({"sparql": query, "rows": "json", "graph": None, "default": [], "named": []})
    )
    thread.start()
    thread.join(2)
    runner.stop()
    thread.join(5)
    runner.close()


def _namespaces() -> bool:
    code = "import sys; from samgraf.sandbox import limits; sys.exit(limits.close_network(('namespace',)) is None)"
    return subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


BARRIERS = [limits.BARRIERS, ("seccomp",), ("descriptors",)] if sys.platform == "linux" else [("descriptors",)]
BARRIERS += [("namespace",)] if _namespaces() else []


@pytest.mark.parametrize("barriers", BARRIERS)
def test_the_sandbox_has_no_network(canary: Canary, barriers: tuple[str, ...]) -> None:
    _call(canary, barriers)
    assert not canary.heard


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_without_a_barrier_the_canary_would_hear(canary: Canary) -> None:
    _call(canary, ())
    assert canary.heard


@pytest.fixture
def small() -> Iterator[Foreign]:
    quads = b"".join(b'<http://x/%d> <http://x/p> "%d" .\n' % (n, n) for n in range(2000))
    one = Foreign(quads=quads, seconds=1.0)
    one.evaluate("ASK {}")
    yield one
    one.close()


def test_a_query_ends_in_time_and_the_next_one_is_answered(small: Foreign) -> None:
    begin = time.monotonic()
    with pytest.raises(LimitError, match="stopped after 1 seconds"):
        small.evaluate(ENDLESS)
    assert time.monotonic() - begin < 3
    assert b"2000" in small.evaluate("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").body


def test_a_query_ends_when_it_is_stopped_from_outside(small: Foreign) -> None:
    small.runner.seconds = 60
    clock = threading.Timer(0.3, small.runner.stop)
    clock.start()
    begin = time.monotonic()
    with pytest.raises(LimitError, match="stopped"):
        small.evaluate(ENDLESS)
    assert time.monotonic() - begin < 2


def test_a_query_takes_only_so_much_memory() -> None:
    runner = Runner(SETUP, "", seconds=30, memory=400 << 20)
    many = " UNION ".join(f"{{ BIND(CONCAT(STR({n}), ?long) AS ?x) }}" for n in range(50))
    doubled = "".join(f" BIND(CONCAT(?a{n}, ?a{n}) AS ?a{n + 1})" for n in range(40))
    query = f"SELECT * {{ BIND('0123456789' AS ?a0){doubled} {many} }}"
    with pytest.raises(LimitError, match="memory"):
        runner.call({"sparql": query, "rows": "json", "graph": None, "default": [], "named": []})
    runner.close()


@pytest.mark.parametrize("query", ["ASK " + "{" * 3000 + "}" * 3000, f"SELECT ({'(' * 900}1{')' * 900} AS ?x) {{}}"])
def test_deep_nesting_is_refused(small: Foreign, query: str) -> None:
    with pytest.raises(RefusedError, match="nested"):
        small.evaluate(query)


def test_what_kills_the_process_is_told_and_the_next_query_is_answered(small: Foreign) -> None:
    small.runner.seconds = 30
    with pytest.raises((LimitError, QueryError)):
        small.evaluate("SELECT (1" + "+1" * 90_000 + " AS ?x) {}")
    assert small.evaluate("ASK {}").kind == "boolean"


def test_a_query_whose_process_somebody_killed_is_tried_again(small: Foreign) -> None:
    small.runner.seconds = 20
    assert small.runner._process is not None
    os.kill(small.runner._process.pid, signal.SIGKILL)
    assert small.evaluate("ASK {}").body
    first = small.runner._process
    clock = threading.Timer(0.2, first.kill)
    clock.start()
    assert b"3998000" in small.evaluate("SELECT (COUNT(*) AS ?n) { ?a ?p ?c . ?d ?q ?f FILTER(?c != ?f) }").body
    assert small.runner._process is not first


@pytest.mark.parametrize(
    "update", ["INSERT DATA { <a:b> <a:b> <a:b> }", "# x\nPREFIX a: <b:> LOAD <http://127.0.0.1/>", "CLEAR ALL"]
)
def test_updates_are_refused(small: Foreign, update: str) -> None:
    with pytest.raises(UpdateRefusedError):
        small.evaluate(update)


def test_ctrl_c_ends_a_query_within_a_second(shared_cache: Path) -> None:
    call = subprocess.Popen(
        [*COMMAND, "query", "-"],
        stdin=subprocess.PIPE,
        env={**os.environ, "SAMGRAF_CACHE": str(shared_cache)},
        stderr=subprocess.PIPE,
    )
    assert call.stdin
    assert call.stderr
    call.stdin.write(ENDLESS.encode())
    call.stdin.close()
    deadline = time.monotonic() + 60
    while not (children := _children(call.pid)):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    time.sleep(0.5)
    begin = time.monotonic()
    call.send_signal(signal.SIGINT)
    assert call.wait(10) in (-signal.SIGINT, 130)
    assert time.monotonic() - begin < 1
    assert call.stderr.read() == b""
    call.stderr.close()
    while any(_lives(child) for child in children):
        assert time.monotonic() - begin < 3
        time.sleep(0.05)


def _children(pid: int) -> list[int]:
    return [int(c) for c in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(") ")[1][0] != "Z"
    except OSError:
        return False


RULE = "CONSTRUCT { ?a <x:p> ?l } WHERE { %s }"
JOIN = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(STR(?a) = CONCAT(STR(?l), STR(?d)))"
SHAPE = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix sam: <https://w3id.org/samgraf/ontology#> .
sam:Foreign a sh:NodeShape ; sh:targetClass sam:Municipality ; sh:sparql [ a sh:SPARQLConstraint ; sh:message "no" ;
  sh:select "%s" ] .
"""
SHAPE_QUERIES = [
    "SELECT $this WHERE {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
    "SELECT $this FROM <{url}> WHERE {{ ?s ?p ?o }}",
    "PREFIX a·b: <{url}> SELECT $this WHERE {{ SERVICE a·b:c {{ ?s ?p ?o }} }}",
]


def test_a_rule_of_a_workspace_ends_in_time(run: Run, workspace: Path, cache: Path) -> None:
    rules = workspace / "ontology" / "rules"
    rules.mkdir(parents=True)
    (rules / "zz.rq").write_text(RULE % JOIN)
    done = run("build", "--workspace", str(workspace), env={"SAMGRAF_TIMEOUT": "1", "SAMGRAF_CACHE": str(cache)})
    assert done.code == 3
    assert "zz.rq:1: bad-rule: the query was stopped after 1 seconds" in done.stderr


def test_a_rule_of_a_workspace_works(run: Run, workspace: Path, cache: Path) -> None:
    rules = workspace / "ontology" / "rules"
    rules.mkdir(parents=True)
    (rules / "zz.rq").write_text(RULE % "?a rdfs:label ?l FILTER(LANG(?l) = 'da')")
    query = "SELECT (COUNT(*) AS ?n) { ?s <x:p> ?o }"
    env: dict[str, str | None] = {"SAMGRAF_CACHE": str(cache)}
    done = run("query", "-", "--workspace", str(workspace), "--format", "csv", stdin=query, env=env)
    assert int(done.stdout.split()[1]) > 5


@pytest.mark.parametrize("prefix", ["", "PREFIX a·b: <{url}> ", "PREFIX service‿x: <{url}> "])
def test_what_a_workspace_brings_reaches_no_network(
    run: Run, workspace: Path, cache: Path, canary: Canary, prefix: str
) -> None:
    prefix = prefix.format(url=canary.url)
    name = prefix.split()[1] + "x" if prefix else f"<{canary.url}>"
    body = f"{{ SERVICE SILENT {name} {{ ?a ?b ?l }} ?a ?b ?l }}"
    for folder in ("ontology/rules", "queries"):
        (workspace / folder).mkdir(parents=True, exist_ok=True)
    (workspace / "ontology/rules/zz.rq").write_text(f"{prefix}CONSTRUCT {{ ?a <x:p> ?l }} WHERE {body}")
    (workspace / "queries/zz.rq").write_text(f"{prefix}SELECT * {body}")
    env: dict[str, str | None] = {"SAMGRAF_CACHE": str(cache)}
    for words in (["build"], ["check"], ["query", "zz"]):
        done = run(*words, "--workspace", str(workspace), env=env)
        assert done.code in (2, 3), done
    assert not canary.heard


@pytest.mark.parametrize("query", SHAPE_QUERIES)
def test_shapes_of_a_workspace_reach_no_network(
    run: Run, workspace: Path, cache: Path, canary: Canary, query: str
) -> None:
    (workspace / "ontology").mkdir(exist_ok=True)
    (workspace / "ontology/shapes.ttl").write_text(SHAPE % query.format(url=canary.url))
    done = run("check", "--workspace", str(workspace), env={"SAMGRAF_CACHE": str(cache)})
    assert done.code == 3
    assert not canary.heard


def test_shapes_of_a_workspace_find_what_is_wrong(run: Run, workspace: Path, cache: Path) -> None:
    (workspace / "ontology").mkdir(exist_ok=True)
    select = "SELECT $this WHERE { $this <http://www.w3.org/2000/01/rdf-schema#label> ?l }"
    (workspace / "ontology/shapes.ttl").write_text(SHAPE % select)
    done = run("check", "--workspace", str(workspace), env={"SAMGRAF_CACHE": str(cache)})
    assert done.code == 3
    assert "entities" in done.stdout
    assert ": shape: no" in done.stdout


def test_no_query_of_ours_names_graphs(root: Path) -> None:
    """Ours run in this process on the union of all graphs, and FROM is not looked for."""
    from samgraf.rdf.lexing import names_graphs

    files = [*(root / "queries").glob("*.rq"), *(root / "ontology" / "rules").glob("*.rq")]
    assert files
    assert not [f.name for f in files if names_graphs(f.read_text())]
