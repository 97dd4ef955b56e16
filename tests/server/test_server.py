"""A real server on a free port: the SPARQL protocol, pages, queries, questions, and what it does not do."""

from __future__ import annotations

import csv
import html
import http.client
import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest
import rdflib

from samgraf.errors import UnreachableError
from samgraf.server import Server, make_server
from tests.queries.golden import WORKSPACE

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS = 2.0
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


class Reply(NamedTuple):
    status: int
    type: str
    body: bytes
    headers: http.client.HTTPMessage

    @property
    def text(self) -> str:
        return self.body.decode()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    patch = pytest.MonkeyPatch()
    patch.setenv("SAMGRAF_CACHE", str(tmp_path_factory.mktemp("server-cache")))
    found = make_server(port=0, workspace=str(WORKSPACE), seconds=SECONDS)
    thread = threading.Thread(target=found.serve_forever, daemon=True)
    thread.start()
    yield found
    found.shutdown()
    found.server_close()
    patch.undo()


@pytest.fixture
def ask(server: Server) -> Any:
    def call(path: str, method: str = "GET", body: bytes | str | None = None, **headers: str) -> Reply:
        """Ask as clients do: where the answer is 303, what it points at."""
        connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=60)
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        reply = connection.getresponse()
        found = Reply(reply.status, reply.getheader("Content-Type") or "", reply.read(), reply.headers)
        connection.close()
        return call(found.headers["Location"], method, **headers) if found.status == 303 else found

    return call


def sparql(query: str, **fields: str) -> str:
    return "/sparql?" + urlencode({"query": query, **fields})


def test_select_over_get(ask: Any) -> None:
    reply = ask(sparql("SELECT ?l WHERE { id:fjordby rdfs:label ?l } ORDER BY ?l"))
    assert (reply.status, reply.type) == (200, "application/sparql-results+json")
    assert [b["l"] for b in json.loads(reply.body)["results"]["bindings"]] == [
        {"type": "literal", "xml:lang": "da", "value": "Fjordby Kommune"},
        {"type": "literal", "xml:lang": "en", "value": "Fjordby Municipality"},
    ]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("ASK { id:fjordby a sam:Municipality }", "application/sparql-query"),
        ("ASK { id:fjordby a sam:Municipality }", "application/sparql-query; charset=utf-8"),
        (urlencode({"query": "ASK { id:fjordby a sam:Municipality }"}), "application/x-www-form-urlencoded"),
    ],
)
def test_post(ask: Any, body: str, kind: str) -> None:
    reply = ask("/sparql", "POST", body, Content_Type=kind)
    assert (reply.status, json.loads(reply.body)["boolean"]) == (200, True)


@pytest.mark.parametrize(
    "accept",
    ["application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"],
)
def test_rows_are_negotiated_and_read_back(ask: Any, accept: str) -> None:
    reply = ask(sparql("SELECT ?m WHERE { ?m a sam:Municipality } ORDER BY ?m"), Accept=accept)
    assert reply.status == 200
    assert reply.type.startswith(accept)
    if accept == "text/csv":
        assert next(csv.reader(io.StringIO(reply.text))) == ["m"]
        assert reply.text.count("https://w3id.org/samgraf/id/") == 3
    else:
        syntax = {"json": "JSON", "xml": "XML", "values": "TSV"}[re.split(r"[+-]", accept)[-1]]
        rows = list(ox.parse_query_results(reply.body, format=getattr(ox.QueryResultsFormat, syntax)))  # type: ignore[arg-type]
        assert len(rows) == 3


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/ld+json", "json-ld"),
        ("application/rdf+xml", "xml"),
    ],
)
def test_graphs_are_negotiated_and_read_back(ask: Any, accept: str, name: str) -> None:
    reply = ask(sparql("CONSTRUCT { ?m a sam:Municipality } WHERE { ?m a sam:Municipality }"), Accept=accept)
    assert reply.status == 200
    assert reply.type.startswith(accept)
    assert len(rdflib.Graph().parse(data=reply.body, format=name)) == 3


def test_what_cannot_be_negotiated(ask: Any) -> None:
    assert ask(sparql("ASK {}"), Accept="image/png").status == 406
    assert ask(sparql("ASK {}"), Accept="text/turtle").status == 406
    assert ask(sparql("DESCRIBE id:fjordby"), Accept="text/csv").status == 406


def test_graphs_can_be_named(ask: Any) -> None:
    graph = "https://w3id.org/samgraf/graph/aftale-fjordegnen-2020-22"
    count = "SELECT (COUNT(?c) AS ?n) WHERE { ?c a sam:Claim }"
    numbers = [
        json.loads(ask(path).body)["results"]["bindings"][0]["n"]["value"]
        for path in (
            sparql(count),
            sparql(count, **{"default-graph-uri": graph}),
            sparql(count.replace("WHERE", f"FROM <{graph}> WHERE")),
        )
    ]
    assert numbers == ["65", "38", "38"]
    assert ask(sparql(count, **{"default-graph-uri": "no iri"})).status == 400


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("SELEC ?x", 400, "line 1, column"),
        ("SELECT *\nWHERE { ?x ?y }", 400, "line 2, column"),
        ("", 400, ""),
        ("INSERT DATA { <a:a> <a:b> <a:c> }", 403, "update"),
        ("PREFIX a: <a:> DELETE WHERE { ?s ?p ?o }", 403, "update"),
        ("LOAD <http://example.org/>", 403, "update"),
        ("SELECT * { SERVICE <http://example.org/> {} }", 403, "SERVICE"),
    ],
)
def test_what_is_wrong_is_said(ask: Any, query: str, status: int, words: str) -> None:
    for reply in (ask(sparql(query)), ask("/sparql", "POST", query, Content_Type="application/sparql-query")):
        assert reply.status == status
        assert reply.type.startswith("text/plain")
        assert words in reply.text


@pytest.mark.parametrize(
    ("call", "status"),
    [
        ({"body": "INSERT DATA {}", "Content_Type": "application/sparql-update"}, 403),
        ({"body": "update=CLEAR+ALL", "Content_Type": "application/x-www-form-urlencoded"}, 403),
        ({"body": "query=ASK%20%7B%7D&update=CLEAR+ALL", "Content_Type": "application/x-www-form-urlencoded"}, 403),
        ({"body": "x", "Content_Type": "text/plain"}, 415),
        ({"body": b"\xff\xfe", "Content_Type": "application/sparql-query"}, 400),
        ({"body": "a=1", "Content_Type": "application/x-www-form-urlencoded"}, 400),
        ({"body": "&".join("a=1" for _ in range(500)), "Content_Type": "application/x-www-form-urlencoded"}, 400),
        ({"body": b"x" * (1 << 20) + b"x", "Content_Type": "application/sparql-query"}, 413),
    ],
)
def test_posts_that_are_refused(ask: Any, call: dict[str, Any], status: int) -> None:
    assert ask("/sparql", "POST", **call).status == status


def test_nothing_was_changed(ask: Any) -> None:
    assert json.loads(ask(sparql("ASK { <a:a> <a:b> <a:c> }")).body)["boolean"] is False


def test_no_query_reaches_out(ask: Any) -> None:
    asked: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        do_GET = do_POST

        def log_message(self, *_: object) -> None: ...

    listener = HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=listener.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{listener.server_address[1]}/x"
    for query in (
        f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICE SILENT <{address}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ ?a ?b trueSERVICE <{address}> {{ ?s ?p ?o }} }}",
        f"SELECT * FROM <{address}> WHERE {{ ?s ?p ?o }}",
        f"SELECT * FROM NAMED <{address}> WHERE {{ GRAPH <{address}> {{ ?s ?p ?o }} }}",
        f"DESCRIBE <{address}>",
        f"LOAD <{address}>",
    ):
        ask(sparql(query))
    listener.shutdown()
    listener.server_close()
    assert asked == []


def test_an_endless_query_is_stopped_and_the_server_goes_on(ask: Any) -> None:
    begin = time.monotonic()
    with ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(lambda _: ask(sparql(ENDLESS)), range(2)))
        assert [reply.status for reply in replies] == [503, 503]
        assert "stopped after 2 seconds" in replies[0].text
    assert time.monotonic() - begin < 4 * SECONDS
    assert ask(sparql("ASK {}")).status == 200


def test_pages_are_answered_while_a_query_runs(ask: Any) -> None:
    assert ask("/id/fjordby").status == 200  # what a page needs is loaded
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(ask, sparql(ENDLESS))
        time.sleep(0.2)
        begin = time.monotonic()
        assert ask("/id/fjordby").status == 200
        assert ask(sparql("ASK {}")).status == 200
        assert time.monotonic() - begin < SECONDS
        assert running.result().status == 503


class _Checker(HTMLParser):
    """Collects what a page holds."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]
        assert not any(name.startswith("on") or name == "style" for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def page(reply: Reply) -> _Checker:
    checker = _Checker()
    checker.feed(reply.text)
    return checker


def test_an_entity_has_a_page(ask: Any) -> None:
    reply = ask("/id/inger-holt?lang=en", Accept="text/html")
    found = page(reply)
    text = " ".join(found.texts)
    assert (reply.status, reply.type) == (200, "text/html; charset=utf-8")
    for words in (
        "Inger Holt",
        "person",
        "Holds a post in",
        "Fjordby Municipality",
        "director of social services",
        "until 31 December 2020",
        "Minutes of the fjord committee 14 September 2020 line 3",
    ):
        assert words in " ".join(text.split())
    assert "script" not in found.tags
    for link in found.links:
        if link.startswith("/"):
            assert ask(link.partition("#")[0]).status == 200, link  # browsers keep what follows the #


@pytest.mark.parametrize(
    ("path", "accept", "name"),
    [
        ("/id/klitby", "text/turtle", "turtle"),
        ("/id/klitby.ttl", "text/html", "turtle"),
        ("/id/klitby", "application/ld+json", "json-ld"),
        ("/id/klitby.jsonld", "*/*", "json-ld"),
    ],
)
def test_an_entity_has_rdf(ask: Any, path: str, accept: str, name: str) -> None:
    reply = ask(path, Accept=accept)
    graph = rdflib.Graph().parse(data=reply.body, format=name)
    node = rdflib.URIRef("https://w3id.org/samgraf/id/klitby")
    assert (node, rdflib.RDF.type, rdflib.URIRef("https://w3id.org/samgraf/ontology#Municipality")) in graph
    assert len(list(graph.subjects(rdflib.RDF.subject, node))) >= 4


@pytest.mark.parametrize(
    "path",
    [
        "/id/nobody",
        "/id/",
        "/id/../../etc/passwd",
        "/id/%2e%2e%2f",
        "/id/%3Cscript%3E",
        "/id/a%00b",
        "/nothing",
        "/queries/nope",
        "/queries/..%2fabout",
        "/sparql/",
    ],
)
def test_what_is_not_there(ask: Any, path: str) -> None:
    reply = ask(path)
    assert reply.status == 404
    assert reply.type.startswith("text/plain")


def test_the_queries_are_listed(ask: Any) -> None:
    listed = json.loads(ask("/queries?format=json").body)
    assert {"name", "title", "description", "parameters", "columns", "examples", "sparql"} == set(listed[0])
    assert len(listed) >= 28
    found = page(ask("/queries?lang=en", Accept="text/html"))
    assert "Members of a body" in found.texts
    assert ask("/queries", Accept="application/json").type == "application/json"


def test_a_query_is_run(ask: Any) -> None:
    path = "/queries/members-of-body?" + urlencode({"body": "Klitklyngen", "asOf": "2020-12-31"})
    rows = list(csv.DictReader(io.StringIO(ask(path + "&format=csv").text)))
    assert [row["label"] for row in rows] == ["Fjordby Sygehus", "Klitby Kommune"]
    assert len(json.loads(ask(path + "&format=json").body)["results"]["bindings"]) == 2
    found = page(ask(path + "&lang=en", Accept="text/html"))
    assert "Klitby Municipality" in found.texts
    assert "Agreement on vulnerable adults 2020-2022 (the text) 6" in found.texts


def test_a_query_that_lacks_something_says_so(ask: Any) -> None:
    reply = ask("/queries/members-of-body?format=json")
    assert (reply.status, "body is missing" in reply.text) == (400, True)
    assert ask("/queries/members-of-body?format=pdf&body=FJU").status == 400
    assert ask("/queries/members-of-body?format=csv&body=nobody").status == 404
    assert ask("/queries/members-of-body?format=csv&body=FJU&x=y").status == 400
    assert "form" in page(ask("/queries/members-of-body", Accept="text/html")).tags


def test_what_is_typed_is_shown_and_not_run(ask: Any) -> None:
    hostile = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    reply = ask("/queries/members-of-body?" + urlencode({"body": hostile, "asOf": hostile}), Accept="text/html")
    found = page(reply)
    assert reply.status == 404
    assert not {"script", "img"} & set(found.tags)
    assert any(hostile in text for text in found.texts)


def test_questions(ask: Any) -> None:
    reply = ask("/ask?" + urlencode({"q": "Hvem er medlem af Klitklyngen?", "lang": "da"}))
    assert reply.type == "application/json"
    labels = {answer["label"] for answer in json.loads(reply.body)["answers"]}
    assert {"Klitby Kommune", "Fjordby Sygehus", "Strandby Kommune"} <= labels
    assert ask("/ask").status == 400
    assert ask("/ask?q=x&lang=de").status == 400
    assert ask("/ask?q=x&as-of=snart").status == 400


BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def test_a_browser_sees_the_rows_of_a_query_as_a_table_that_leads_on(ask: Any) -> None:
    reply = ask(sparql("SELECT ?m { ?m a sam:Municipality }", lang="da"), Accept=BROWSER)
    assert (reply.status, reply.type) == (200, "text/html; charset=utf-8")
    assert '<a href="/id/klitby.html?lang=da">Klitby Kommune</a>' in reply.text
    graph = ask(sparql("CONSTRUCT { ?m a sam:Municipality } WHERE { ?m a sam:Municipality }"), Accept="text/html")
    assert "Klitby Kommune" in graph.text
    assert "format=turtle" in graph.text


def test_a_query_that_cannot_be_read_is_kept_beside_what_is_wrong(ask: Any) -> None:
    reply = ask(sparql("SELEC ?kept"), Accept=BROWSER)
    assert reply.status == 400
    found = page(reply)
    assert any("SELEC ?kept" in text for text in found.texts)
    assert any("Linje 1, kolonne" in text for text in found.texts)


@pytest.mark.parametrize(
    ("query", "form", "media"),
    [
        ("ASK {}", "json", "application/sparql-results+json"),
        ("ASK {}", "text/html", "text/html; charset=utf-8"),
        ("SELECT ?x {}", "csv", "text/csv"),
        ("DESCRIBE id:klitby", "json", "application/ld+json"),
        ("DESCRIBE id:klitby", "turtle", "text/turtle"),
    ],
)
def test_the_address_may_name_the_format(ask: Any, query: str, form: str, media: str) -> None:
    reply = ask(sparql(query, format=form), Accept="application/sparql-results+xml")
    assert reply.status == 200
    assert reply.type.startswith(media)
    assert ask(sparql(query, format="png")).status == 400


def test_a_question_has_a_page_that_says_what_came_of_it(ask: Any) -> None:
    answered = ask("/ask?" + urlencode({"q": "Hvem er medlem af Klitklyngen?"}), Accept=BROWSER)
    assert 'class="outcome answered"' in answered.text
    assert ">Klitby Kommune</a>" in answered.text
    lost = ask("/ask?" + urlencode({"q": "Hvem ejer <b>månen</b>?", "lang": "da"}), Accept=BROWSER)
    assert 'class="outcome answered"' not in lost.text
    assert "<b>" not in lost.text


def test_every_page_has_the_box_and_speaks_one_language(ask: Any) -> None:
    for path in ("/id/klitby.html", "/queries", "/sparql", "/ontology", "/nowhere"):
        reply = ask(f"{path}?lang=en", Accept=BROWSER)
        assert '<html lang="en">' in reply.text
        assert 'action="/search"' in reply.text


def test_the_explorer_is_one_file(ask: Any) -> None:
    reply = ask("/explorer.html")
    assert (reply.status, reply.type) == (200, "text/html; charset=utf-8")
    assert "Klitklyngen" in reply.text
    assert reply.headers["Content-Security-Policy"] == "frame-ancestors 'none'; base-uri 'none'"
    assert "default-src 'none'" in html.unescape(reply.text)
    assert ask("/explorer.html").body == reply.body


@pytest.mark.parametrize(
    "path", ["/", "/queries", "/id/fjordby", "/id/nobody", "/sparql", "/style.css", sparql("SELEC")]
)
def test_every_answer_bears_the_headers(ask: Any, path: str) -> None:
    headers = ask(path, Accept="text/html, */*").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "Access-Control-Allow-Origin" not in headers
    assert not any(char.isdigit() for char in headers["Server"].replace("samgraf/0.1.0", ""))


def test_head_has_no_body(ask: Any) -> None:
    reply = ask("/id/fjordby", "HEAD", Accept="text/html")
    assert (reply.status, reply.body) == (200, b"")
    assert int(reply.headers["Content-Length"]) == len(ask("/id/fjordby", Accept="text/html").body)


@pytest.mark.parametrize(
    ("method", "status"), [("PUT", 405), ("DELETE", 405), ("PATCH", 405), ("TRACE", 501), ("FOO", 501)]
)
def test_other_methods_are_refused(ask: Any, method: str, status: int) -> None:
    reply = ask("/sparql", method)
    assert reply.status == status
    assert status == 501 or "GET" in reply.headers["Allow"]  # RFC 9110, 15.5.6


def test_another_host_is_refused(server: Server, ask: Any) -> None:
    port = server.server_address[1]
    assert ask("/", Host=f"evil.example:{port}").status == 421
    assert ask("/queries", Host=f"localhost:{port}").status == 200
    assert ask(sparql("ASK {}"), Host="evil.example").status == 421


def test_nonsense_on_the_wire_does_not_end_it(server: Server, ask: Any) -> None:
    port = server.server_address[1]
    for noise in (
        b"\x16\x03\x01\x00",
        b"GET\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
        b"GET //[ HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n",
    ):
        with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
            connection.sendall(noise)
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(4096):
                pass
    assert ask("/queries").status == 200


def test_many_at_once(ask: Any) -> None:
    paths = ["/queries", "/id/fjordby", sparql("ASK {}"), "/queries/coverage?format=csv"] * 6
    with ThreadPoolExecutor(8) as pool:
        assert {reply.status for reply in pool.map(ask, paths)} == {200}


def test_a_port_that_is_taken(server: Server, shared_cache: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMGRAF_CACHE", str(shared_cache))
    with pytest.raises(UnreachableError, match="cannot listen"):
        make_server(port=server.server_address[1], workspace=str(WORKSPACE))


def test_the_command_serves_until_interrupted(shared_cache: Any) -> None:
    environment = {**os.environ, "SAMGRAF_CACHE": str(shared_cache)}
    command = [sys.executable, "-m", "samgraf", "serve", "--port", "0", "--workspace", str(WORKSPACE)]
    with subprocess.Popen(
        command, env=environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        first = process.stderr.readline()
        address = re.search(r"http://127\.0\.0\.1:(\d+)/", first)
        assert address, first
        connection = http.client.HTTPConnection("127.0.0.1", int(address[1]), timeout=30)
        connection.request("GET", "/sparql?query=" + quote("ASK {}"))
        assert connection.getresponse().status == 200
        connection.close()
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=20)
        assert process.returncode == 0
        assert out == ""
