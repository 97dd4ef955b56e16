"""What is refused before it reaches the store: SERVICE in any writing, and requests for another host."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samgraf.rdf import guard
from samgraf.server import hosts
from samgraf.server.negotiation import GRAPHS, PAGES, ROWS, choose

REFUSED = [
    "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }",
    "SELECT * { service<http://x/>{} }",
    "SELECT * { SERVICE SILENT <http://x/> {} }",
    "SELECT * { SERVICESILENT<http://x/> {} }",
    "SELECT * { SERVICE ?where {} }",
    "SELECT * { SERVICE $where {} }",
    "PREFIX a: <http://x/> SELECT * { SERVICE a:b {} }",
    "PREFIX : <http://x/> SELECT * { SERVICE:b {} }",
    "SELECT * { SERVICE # why\n # not\r <http://x/> {} }",
    "SELECT * { SERVICE\t\n\r<http://x/> {} }",
    "SELECT * { ?a ?b trueSERVICE <http://x/> {} }",
    "SELECT * { ?a ?b falseSERVICE <http://x/> {} }",
    "SELECT * { ?a ?b 1SERVICE <http://x/> {} }",
    "SELECT * { ?a ?b 1.e0SERVICE <http://x/> {} }",
    "SELECT * { ?a ?b 'x'SERVICE <http://x/> {} }",
    "SELECT * { ?a ?b ?c .SERVICE <http://x/> {} }",
    "SELECT * { {}SERVICE <http://x/> {} }",
    "SELECT * { \\u0053ERVICE <http://x/> {} }",
    "SELECT * { SERVIC\\U00000045 <http://x/> {} }",
    "SELECT * { SERVICE \\u003Chttp://x/> {} }",
    "CONSTRUCT { ?s ?p ?o } WHERE { OPTIONAL { SERVICE <http://x/> { ?s ?p ?o } } }",
]
ANY = "0.0.0.0"
ALLOWED = [
    "SELECT * { ?service ?p ?o }",
    "SELECT * { ?s a sam:Service . ?s ?p ?o }",
    "SELECT * { ?s a sam:Service ; rdfs:label ?l }",
    "SELECT * { VALUES ?t { sam:Service sam:Unit } }",
    "SELECT * { ?s rdfs:label ?l FILTER(CONTAINS(?l, 'the service offered')) }",
    "SELECT * { ?s ex:my-service ?x }",
    "SELECT * { $service ?p <http://x/service> }",
    "ASK {}",
]


@pytest.mark.parametrize("sparql", REFUSED)
def test_service_is_refused(sparql: str) -> None:
    with pytest.raises(guard.RefusedError):
        guard.check(sparql)


@pytest.mark.parametrize("sparql", ALLOWED)
def test_the_word_alone_is_not(sparql: str) -> None:
    guard.check(sparql)


def test_a_query_that_is_too_long_is_refused() -> None:
    with pytest.raises(guard.RefusedError):
        guard.check("#" * 300_000)


@given(st.text())
def test_any_text_can_be_checked(text: str) -> None:
    try:
        guard.check(text)
    except guard.RefusedError:
        assert "service" in text.lower() or "\\" in text


@pytest.mark.parametrize(
    ("header", "bound", "allowed"),
    [
        ("localhost:80", "127.0.0.1", True), ("127.0.0.1:80", "127.0.0.1", True), ("127.0.0.1", "127.0.0.1", True),
        ("[::1]:80", "::1", True), ("LOCALHOST:80", "127.0.0.1", True), ("localhost.:80", "127.0.0.1", True),
        ("localhost:81", "127.0.0.1", False), ("evil.example:80", "127.0.0.1", False), ("127.0.0.1.evil.example:80", "127.0.0.1", False),
        ("localhost.evil.example", "127.0.0.1", False), ("evil.example@localhost", "127.0.0.1", False), ("", "127.0.0.1", False),
        (None, "127.0.0.1", False), ("192.168.1.5:80", "127.0.0.1", False), ("192.168.1.5:80", ANY, True),
        ("evil.example:80", ANY, False), ("my-machine:80", "my-machine", True), ("localhost:8٠", "127.0.0.1", False), ("[::1", "::1", True),
    ],
)  # fmt: skip
def test_hosts(header: str | None, bound: str, allowed: bool) -> None:
    assert hosts.allowed_host(header, bound, 80) is allowed


@given(st.text())
def test_any_host_header_can_be_read(header: str) -> None:
    hosts.allowed_host(header, "127.0.0.1", 80)


@pytest.mark.parametrize(
    ("accept", "offered", "expected"),
    [
        (None, ROWS, "json"), ("", ROWS, "json"), ("*/*", ROWS, "json"), ("text/csv", ROWS, "csv"), ("text/csv;q=0.1, application/xml", ROWS, "xml"),
        ("TEXT/CSV", ROWS, "csv"), ("text/*", ROWS, "csv"), ("image/png", ROWS, None), ("text/csv;q=0", ROWS, None), ("text/csv;q=x", ROWS, None),
        ("text/turtle;q=0.2, application/ld+json;q=0.9", GRAPHS, "jsonld"), ("*/*;q=0.1, text/turtle", PAGES, "turtle"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", PAGES, "html"), (",;,", ROWS, None),
    ],
)  # fmt: skip
def test_negotiation(accept: str | None, offered: dict[str, str], expected: str | None) -> None:
    assert choose(accept, offered) == expected
