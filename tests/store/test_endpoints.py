"""One contract for every store: over an endpoint, however it is configured, the answers are those of the snapshot."""

from __future__ import annotations

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest
from tests.conftest import SMALL
from tests.engines.starting import running

from samgraf.errors import SamgrafError, StoreError
from samgraf.library.resolving import resolver
from samgraf.namespaces import PREFIXES
from samgraf.store.embedded import EmbeddedStore
from samgraf.store.opening import open_store
from samgraf.store.remote import RemoteStore

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Run

    from samgraf.rdf.port import GraphStore

CLAIMS = "SELECT ?claim WHERE { ?claim a sam:Claim } ORDER BY ?claim"
COMMANDS = [
    ["initiatives", "--involving", "Viborg", "--format", "json"],
    ["collaborators", "Viborg", "--format", "json"],
    ["show", "Viborg", "--format", "json"],
    ["show", "Wetche, A. B.", "--format", "json"],
    ["path", "Skanderborg", "Socialstyrelsen", "--format", "json"],
    ["claims", "--about", "DASSOS", "--format", "jsonl"],
    ["query", "derived-facts", "--format", "csv"],
    ["query", "-", "--format", "csv"],
]


@pytest.fixture(scope="module", params=["oxigraph", "oxigraph-union"])
def filled(request: pytest.FixtureRequest, built_store: ox.Store) -> Iterator[str]:
    """A server of its own with the built-in graph, which no other test writes to."""
    with running(request.param) as engine:
        engine.load(ox.serialize(built_store, format=ox.RdfFormat.N_QUADS) or b"")
        yield engine.query


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_an_endpoint_answers_as_the_snapshot_does(filled: str, run: Run, words: list[str]) -> None:
    stdin = CLAIMS + " LIMIT 20" if "-" in words else ""
    here, there = run(*words, stdin=stdin), run(*words, "--store", filled, stdin=stdin)
    assert (there.code, _in_any_order(there.stdout)) == (here.code, _in_any_order(here.stdout)), there.stderr
    assert here.code == 0


def _in_any_order(text: str) -> list[list[str]]:
    """Give each line as its words: a store may join the claims of one cell in any order (SPARQL 1.1, 18.5.1.7), rows not."""
    return [sorted(re.split(r"[ ,]", line)) for line in text.splitlines()]


WRITTEN = [
    "Ida Strand", "ida  STRAND", "Strand, Ida", "I. Strand", "Strand, I.", "B. Oersted", "Ørsted, Bodil", "bodil-oersted",
    "Ungeklyngen", "unge-klyngen", "Kommune, Viborg", "Strand", "I.", ",", "", "ø", "id:ida-strand", "<https://x.dk/>",
]  # fmt: skip


def test_a_name_is_found_by_sparql_as_by_the_index(cache: Path) -> None:
    def answers(store: GraphStore) -> list[str]:
        resolve, found = resolver(store), []
        for name in WRITTEN:
            try:
                found.append(resolve(name).removeprefix(PREFIXES["id"]))
            except SamgrafError as error:
                found.append(type(error).__name__)
        return found

    snapshot = open_store(str(SMALL))
    indexed = answers(snapshot)
    assert answers(EmbeddedStore(snapshot.store)) == indexed
    assert indexed[:8] == ["ida-strand"] * 5 + ["bodil-oersted"] * 3


def test_every_claim_is_seen(filled: str, built_store: ox.Store) -> None:
    assert RemoteStore(filled).select(CLAIMS).rows == EmbeddedStore(built_store).select(CLAIMS).rows


class Strange(BaseHTTPRequestHandler):
    """An endpoint whose claims are in named graphs, and that knows the standard's parameters or none."""

    standard = True
    sound = True
    held: ox.Store

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        graphs = {
            word: [ox.NamedNode(iri) for iri in form[key]]
            for word, key in (("default_graph", "default-graph-uri"), ("named_graphs", "named-graph-uri"))
            if self.standard and key in form
        }
        query = form["query"][0]
        if not self.sound:  # as Virtuoso 7 does
            query = re.sub(r"COALESCE\((\?\w+) = (\?\w+), true\)", r"BOUND(\2) && \1 = \2", query)
        found = self.held.query(query, **graphs)  # type: ignore[arg-type]
        data = found.serialize(format=ox.QueryResultsFormat.JSON) or b""  # type: ignore[union-attr]
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def strange() -> Iterator[tuple[type[Strange], str]]:
    handler = type("Handler", (Strange,), {"held": ox.Store()})
    server = HTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield handler, f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


def claim_in_a_graph(store: ox.Store, name: str = "http://x/") -> None:
    claim = (ox.NamedNode(name + "claim"), ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"))
    store.add(ox.Quad(*claim, ox.NamedNode(PREFIXES["sam"] + "Claim"), ox.NamedNode(name + "graph")))


def test_graphs_are_named_where_the_engine_has_no_word_of_its_own(strange: tuple[type[Strange], str]) -> None:
    handler, url = strange
    claim_in_a_graph(handler.held)
    assert len(RemoteStore(url).select(CLAIMS).rows) == 1


def test_a_query_that_names_its_graphs_gets_those(strange: tuple[type[Strange], str]) -> None:
    handler, url = strange
    for name in ("http://x/", "http://y/"):
        claim_in_a_graph(handler.held, name)
    counted = {
        graphs: RemoteStore(url).foreign(f"SELECT (COUNT(*) AS ?n) {graphs} WHERE {{ ?c a sam:Claim }}").body
        for graphs in ("FROM <http://x/graph>", "")
    }
    numbers = [int(json.loads(body)["results"]["bindings"][0]["n"]["value"]) for body in counted.values()]
    assert numbers == [1, 2]


def test_what_cannot_be_adapted_is_refused_with_the_reason(strange: tuple[type[Strange], str], run: Run) -> None:
    handler, url = strange
    handler.standard = False
    claim_in_a_graph(handler.held)
    with pytest.raises(StoreError, match="default graph"):
        RemoteStore(url).select(CLAIMS)
    done = run("initiatives", "--involving", "Viborg", "--store", url)
    assert done.code == 4
    assert "union of the named graphs" in done.stderr


def test_an_engine_that_would_leave_answers_out_is_refused_with_the_reason(
    strange: tuple[type[Strange], str], run: Run, built_store: ox.Store
) -> None:
    handler, url = strange
    handler.sound = False
    handler.held.extend(ox.Quad(*quad.triple) for quad in built_store)
    done = run("initiatives", "--involving", "Viborg", "--store", url)
    assert (done.code, done.stdout) == (4, "")
    assert "COALESCE" in done.stderr
    asked = run("query", "-", "--format", "csv", "--store", url, stdin="ASK { ?claim a sam:Claim }")
    assert (asked.code, asked.stdout.split()) == (0, ["true"])


def test_an_empty_endpoint_is_no_silence_of_the_documents(strange: tuple[type[Strange], str], run: Run) -> None:
    handler, url = strange
    done = run("initiatives", "--involving", "Viborg", "--store", url)
    assert (done.code, done.stdout) == (4, "")
    assert "holds no claims" in done.stderr
    store = RemoteStore(url)
    with pytest.raises(StoreError):
        store.select(CLAIMS)
    claim_in_a_graph(handler.held)
    assert len(store.select(CLAIMS).rows) == 1
