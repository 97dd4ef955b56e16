"""A workspace in an engine of others: whole, only what changed sent again, and what went wrong told with what is missing."""

from __future__ import annotations

import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest

from samgraf.publish.pushing import Updates
from tests.engines.starting import Engine, running, send

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import Run

SECRET = {"SAMGRAF_STORE_USER": "anne", "SAMGRAF_STORE_PASSWORD": "hemmeligt"}
BASIC = "Basic YW5uZTpoZW1tZWxpZ3Q="


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with running("oxigraph") as engine:
        yield engine


def held(engine: Engine) -> set[ox.Quad]:
    assert engine.graphs
    status, dump = send("GET", engine.graphs, headers={"Accept": "application/n-quads"})
    assert status == 200
    return set(ox.parse(dump, format=ox.RdfFormat.N_QUADS))


def exported(run: Run, workspace: Path) -> set[ox.Quad]:
    return set(ox.parse(run("export", "nq", "--workspace", str(workspace)).raw, format=ox.RdfFormat.N_QUADS))


def test_only_what_changed_is_sent_and_only_what_is_gone_removed(engine: Engine, run: Run, workspace: Path) -> None:
    assert engine.graphs
    words = ["push", engine.graphs, "--workspace", str(workspace)]
    first = run(*words)
    assert first.code == 0, first.stderr
    document = workspace / "data" / "documents" / "referat-styregruppen-2023-05-04.yaml"
    document.write_text(document.read_text().replace("da: Referat", "da: Nyt referat", 1))
    other = ox.Quad(*(ox.NamedNode(f"http://example.org/{name}") for name in "spog"))
    gone = ox.NamedNode("https://w3id.org/samgraf/graph/gone")
    engine.load(ox.serialize([other, ox.Quad(*other.triple, gone)], format=ox.RdfFormat.N_QUADS) or b"")

    again = run(*words, "--query", engine.query, "--prune")
    done = Counter(line.partition(":")[0] for line in again.stderr.splitlines())
    assert done == {"sent": 1, "there already": len(first.stderr.splitlines()) - 1, "removed": 1}, again.stderr
    assert f"removed: {gone.value}" in again.stderr
    assert again.stdout.endswith("; 1 of them sent, 1 removed\n")
    assert held(engine) == {*exported(run, workspace), other}


def test_where_there_is_no_graph_store_updates_do_it(run: Run, workspace: Path) -> None:
    with running("oxigraph") as engine:
        assert engine.update
        words = ["push", engine.update, "--query", engine.query, "--workspace", str(workspace)]
        first = run(*words)
        assert first.code == 0, first.stderr
        assert held(engine) == exported(run, workspace)
        assert run(*words).stdout.endswith("; 0 of them sent\n")


class Faulty(BaseHTTPRequestHandler):
    """A store that keeps nothing, but says what the test wants it to say."""

    status = 200
    seen: list[tuple[str, str | None]]

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.seen.append((self.command, self.headers["Authorization"]))
        self.send_response(self.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_POST = do_PUT

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def faulty() -> Iterator[tuple[type[Faulty], str]]:
    handler = type("Handler", (Faulty,), {"seen": []})
    server = HTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield handler, f"http://127.0.0.1:{server.server_address[1]}/store"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (401, "SAMGRAF_STORE_USER"),
        (404, "address of a Graph Store"),
        (200, "holds 0 of its"),
    ],
)
def test_a_push_that_fails_says_why_and_what_is_missing(
    faulty: tuple[type[Faulty], str], run: Run, workspace: Path, status: int, said: str
) -> None:
    handler, url = faulty
    handler.status = status
    done = run("push", url, "--workspace", str(workspace), env=dict(SECRET))
    assert (done.code, done.stdout) == (4, "")
    assert said in done.stderr
    assert status == 401 or "0 of " in done.stderr
    assert "hemmeligt" not in done.stderr
    assert {allowed for _, allowed in handler.seen} == {BASIC}


def test_a_push_that_breaks_off_is_called_again_and_goes_on(run: Run, workspace: Path) -> None:
    graphs: dict[str, bytes] = {}
    room = [3]

    class Full(BaseHTTPRequestHandler):
        def do_PUT(self) -> None:
            graph = parse_qs(self.path.partition("?")[2])["graph"][0]
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            data = graphs.get(graph)
            if self.command == "GET":
                self.answer(404 if data is None else 200, data or b"")
            elif len(graphs) >= room[0]:
                self.answer(507, b"no room")
            else:
                graphs[graph] = body
                self.answer(204, b"")

        do_GET = do_PUT

        def answer(self, status: int, data: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Full)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    words = ["push", f"http://127.0.0.1:{server.server_address[1]}/", "--workspace", str(workspace)]
    first = run(*words)
    room[0] = 100
    second = run(*words)
    server.shutdown()
    server.server_close()
    assert first.code == 4
    assert "507: no room" in first.stderr
    assert "3 of " in first.stderr
    assert second.code == 0, second.stderr
    assert second.stderr.count("there already: ") == 3
    assert second.stderr.count("sent: ") == len(graphs) - 3 > 0


@pytest.mark.parametrize(
    "words", [["push", "{}"], ["push", "http://127.0.0.1:9/", "--query", "{}"], ["claims", "--store", "{}"]]
)
def test_a_password_in_an_address_is_refused_and_not_repeated(run: Run, words: list[str]) -> None:
    done = run(*(word.format("http://anne:hemmeligt@127.0.0.1:9/store") for word in words))
    assert (done.code, done.stdout) == (2, "")
    assert "SAMGRAF_STORE_PASSWORD" in done.stderr
    assert "hemmeligt" not in done.stderr


def test_reading_an_endpoint_takes_the_same_names_and_passwords(
    faulty: tuple[type[Faulty], str], run: Run, tmp_path: Path
) -> None:
    handler, url = faulty
    handler.status = 401
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login anne password hemmeligt\n")
    netrc.chmod(0o600)
    for env in (SECRET, {"NETRC": str(netrc)}):
        done = run("claims", "--store", url, env=dict(env))
        assert done.code == 4
        assert "SAMGRAF_STORE_USER" in done.stderr
        assert "hemmeligt" not in done.stderr
    assert set(handler.seen) == {("POST", BASIC)}


def test_removing_needs_somebody_to_ask(faulty: tuple[type[Faulty], str], run: Run, workspace: Path) -> None:
    handler, url = faulty
    handler.status = 404
    done = run("push", url, "--prune", "--workspace", str(workspace))
    assert done.code == 2
    assert "--query" in done.stderr


def test_each_address_is_told_the_password_of_its_own_host(
    faulty: tuple[type[Faulty], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What netrc keeps for the store that is written does not go to another host that answers queries."""
    handler, url = faulty
    kept = tmp_path / "netrc"
    kept.write_text("machine store.example login ida password secret\n", encoding="utf-8")
    kept.chmod(0o600)
    monkeypatch.setenv("NETRC", str(kept))
    there = Updates("http://store.example/update", url, None, None)
    there.exchange(url, "POST", b"", {})
    assert handler.seen == [("POST", None)]
    kept.write_text("machine 127.0.0.1 login ida password secret\n", encoding="utf-8")
    there.exchange(url, "POST", b"", {})
    assert handler.seen[-1][1]
