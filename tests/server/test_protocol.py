"""The SPARQL 1.1 Protocol behind a proxy: the W3C's cases that a server which only reads can have, by the sections of the standard.

The cases are those of the W3C's test suite for the protocol (data-r2011, ``protocol``), asked of our own graph; those for updates
end in a refusal here, as section 2.2 lets them.
"""

from __future__ import annotations

import gzip
import http.client
import json
import threading
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

import brotli
import pytest
import rdflib

from samgraf import api
from samgraf.errors import UsageError
from samgraf.server import hosts, make_server
from tests.queries.golden import WORKSPACE

if TYPE_CHECKING:
    from collections.abc import Iterator

PUBLIC = "https://data.example/graf"
GRAPH = "https://w3id.org/samgraf/graph/"
AGREEMENT, MEETING = GRAPH + "aftale-fjordegnen-2020-22", GRAPH + "referat-fjordudvalget-2020-09-14"
QUERY, FORM, UPDATE = "application/sparql-query", "application/x-www-form-urlencoded", "application/sparql-update"
JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
RDF = ("text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json")


class Reply(NamedTuple):
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def media(self) -> str:
        return (self.headers["Content-Type"] or "").partition(";")[0]


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    patch = pytest.MonkeyPatch()
    patch.setenv("SAMGRAF_CACHE", str(tmp_path_factory.mktemp("protocol-cache")))
    server = make_server(port=0, workspace=str(WORKSPACE), seconds=20, public_url=PUBLIC)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()
    patch.undo()


@pytest.fixture
def ask(port: int) -> Any:
    def call(path: str, method: str = "GET", body: str | bytes | None = None, **headers: str) -> Reply:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        reply = connection.getresponse()
        found = Reply(reply.status, reply.headers, reply.read())
        connection.close()
        return found

    return call


def address(*fields: tuple[str, str]) -> str:
    return "/sparql?" + urlencode(fields)


def q(text: str) -> tuple[str, str]:
    return "query", text


DEFAULT, NAMED = "default-graph-uri", "named-graph-uri"
CLAIMS = "ASK { ?c a sam:Claim }"
IN_BOTH = "ASK { GRAPH ?g { ?c a sam:Claim } GRAPH ?h { ?d a sam:Claim } FILTER(?g != ?h) }"

# the W3C's name of the case, section, method, fields of the address, body, its media type, the answer: status and what ASK tells
CASES: list[tuple[str, str, str, list[tuple[str, str]], str | bytes | None, str | None, int, bool | None]] = [
    ("query_get", "2.1.1", "GET", [q("ASK {}")], None, None, 200, True),
    ("query_post_form", "2.1.2", "POST", [], urlencode([q("ASK {}")]), FORM, 200, True),
    ("query_post_direct", "2.1.3", "POST", [], "ASK {}", QUERY, 200, True),
    ("query_dataset_default_graph", "2.1.4", "POST", [(DEFAULT, AGREEMENT)], CLAIMS, QUERY, 200, True),
    ("query_dataset_default_graphs_get", "2.1.4", "GET", [q(CLAIMS), (DEFAULT, GRAPH + "x"), (DEFAULT, MEETING)], None, None, 200, True),
    ("query_dataset_default_graphs_post", "2.1.4", "POST", [(DEFAULT, GRAPH + "x"), (DEFAULT, GRAPH + "y")], CLAIMS, QUERY, 200, False),
    ("query_dataset_named_graphs_post", "2.1.4", "POST", [(NAMED, AGREEMENT), (NAMED, MEETING)], IN_BOTH, QUERY, 200, True),
    ("query_dataset_named_graphs_get", "2.1.4", "GET", [q(IN_BOTH), (NAMED, AGREEMENT)], None, None, 200, False),
    ("query_dataset_named_graphs_only", "2.1.4", "GET", [q(CLAIMS), (NAMED, AGREEMENT)], None, None, 200, False),
    ("query_dataset_full", "2.1.4", "POST", [], urlencode([q("ASK { ?c a sam:Claim GRAPH ?g { ?d a sam:Claim } }"), (DEFAULT, AGREEMENT), (NAMED, MEETING)]), FORM, 200, True),
    ("query_multiple_dataset", "2.1.4", "POST", [(DEFAULT, GRAPH + "x")], f"ASK FROM <{AGREEMENT}> {{ ?c a sam:Claim }}", QUERY, 200, False),
    ("query_multiple_dataset_2", "2.1.4", "POST", [(DEFAULT, AGREEMENT)], f"ASK FROM <{GRAPH}x> {{ ?c a sam:Claim }}", QUERY, 200, True),
    ("bad_query_method", "2.1", "PUT", [q("ASK {}")], None, None, 405, None),
    ("bad_multiple_queries", "2.1", "GET", [q("ASK {}"), q("SELECT * {}")], None, None, 400, None),
    ("bad_multiple_queries_post", "2.1", "POST", [], urlencode([q("ASK {}"), q("ASK {}")]), FORM, 400, None),
    ("bad_query_wrong_media_type", "2.1.3", "POST", [], "ASK {}", "text/plain", 415, None),
    ("bad_query_missing_form_type", "2.1.2", "POST", [], urlencode([q("ASK {}")]), None, 415, None),
    ("bad_query_missing_direct_type", "2.1.3", "POST", [], "ASK {}", None, 415, None),
    ("bad_query_non_utf8", "2.1.3", "POST", [], "ASK {}".encode("utf-16"), QUERY, 400, None),
    ("bad_query_syntax", "2.1.6", "GET", [q("ASK {")], None, None, 400, None),
    ("bad_update_get", "2.2", "GET", [("update", "CLEAR ALL")], None, None, 403, None),
    ("bad_multiple_updates", "2.2", "POST", [], urlencode([("update", "CLEAR NAMED"), ("update", "CLEAR DEFAULT")]), FORM, 403, None),
    ("bad_update_wrong_media_type", "2.2", "POST", [], "CLEAR NAMED", "text/plain", 415, None),
    ("update_post_form", "2.2.1", "POST", [], urlencode([("update", "CLEAR ALL")]), FORM, 403, None),
    ("update_post_direct", "2.2.2", "POST", [], "CLEAR ALL", UPDATE, 403, None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "section", "method", "fields", "body", "media", "status", "told"), CASES, ids=[case[0] for case in CASES]
)
def test_the_cases_of_the_w3c(
    ask: Any, name: str, section: str, method: str, fields: list[tuple[str, str]], body: Any, media: str | None, status: int, told: bool | None
) -> None:  # fmt: skip
    reply = ask(address(*fields), method, body, Accept=JSON, **({"Content_Type": media} if media else {}))
    assert reply.status == status
    if told is None:
        assert json.loads(reply.body)["status"] == status
    else:
        assert json.loads(reply.body)["boolean"] is told


@pytest.mark.parametrize(
    ("name", "query", "accept", "media"),
    [
        ("query_content_type_select", "SELECT (1 AS ?value) {}", f"{XML}, {JSON};q=0.9", XML),
        ("query_content_type_ask", "ASK {}", JSON, JSON),
        ("query_content_type_describe", "DESCRIBE id:klitby", RDF[0], RDF[0]),
        ("query_content_type_construct", "CONSTRUCT { <x:s> <x:p> 1 } WHERE {}", RDF[1], RDF[1]),
    ],
)
def test_the_types_of_the_answers(ask: Any, name: str, query: str, accept: str, media: str) -> None:
    """Section 2.1.6."""
    reply = ask(address(q(query)), Accept=accept)
    assert (reply.status, reply.media) == (200, media)
    head = ask(address(q(query)), "HEAD", Accept=accept)
    assert (head.status, head.media, head.headers["Content-Length"], head.body) == (
        200,
        media,
        str(len(reply.body)),
        b"",
    )


@pytest.mark.parametrize("accept", [*RDF, "*/*", ""])
def test_the_endpoint_describes_itself(ask: Any, accept: str) -> None:
    """SPARQL 1.1 Service Description, 2 and 3: with the graphs that are there, and where it is for who stands before the proxy."""
    reply = ask("/sparql", Accept=accept)
    assert (reply.status, reply.media) == (200, accept if accept in RDF else RDF[0])
    graph = rdflib.Graph().parse(data=reply.body, format=reply.media)
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    (node,) = graph.subjects(rdflib.RDF.type, sd.Service)
    assert str(graph.value(node, sd.endpoint)) == PUBLIC + "/sparql"
    assert graph.value(node, sd.supportedLanguage) == sd.SPARQL11Query
    assert sd.UnionDefaultGraph in graph.objects(node, sd.feature)
    formats = {str(f).rpartition("/")[2] for f in graph.objects(node, sd.resultFormat)}
    assert {"SPARQL_Results_JSON", "SPARQL_Results_CSV", "Turtle"} <= formats
    names = {str(n) for n in graph.objects(None, sd.name)}
    found = json.loads(ask(address(q("SELECT DISTINCT ?g { GRAPH ?g {} }")), Accept=JSON).body)
    assert names == {row["g"]["value"] for row in found["results"]["bindings"]}


def test_the_data_set_is_described_where_the_public_finds_it(ask: Any) -> None:
    graph = rdflib.Graph().parse(data=ask("/.well-known/void", Accept=RDF[0]).body)
    dcat = rdflib.Namespace("http://www.w3.org/ns/dcat#")
    places = {str(o) for p in (dcat.endpointURL, dcat.downloadURL) for o in graph.objects(None, p)}
    assert all(place.startswith(PUBLIC + "/") for place in places)
    for distribution in graph.subjects(rdflib.RDF.type, dcat.Distribution):
        place, media = graph.value(distribution, dcat.downloadURL), graph.value(distribution, dcat.mediaType)
        reply = ask(str(place).removeprefix("https://data.example"))
        assert (reply.status, reply.media) == (
            200,
            str(media).removeprefix("https://www.iana.org/assignments/media-types/"),
        )
        assert len(reply.body) > 1000
    assert len(places) == 2 + 8
    assert ask("/download/../site.py").status == 404


@pytest.mark.parametrize(("name", "form"), [("graph.nq", "nq"), ("claims.csv", "csv"), ("claims.xlsx", "xlsx")])
def test_a_download_is_the_export(
    ask: Any, name: str, form: str, shared_cache: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    reply = ask(f"/download/{name}")
    monkeypatch.setenv("SAMGRAF_CACHE", str(shared_cache))
    assert reply.body == api.open(str(WORKSPACE)).export(form)
    assert reply.headers["Content-Disposition"] == f"attachment; filename={name}"
    assert ask(f"/download/{name}", If_None_Match=reply.headers["ETag"]).status == 304


@pytest.mark.parametrize(
    ("path", "accept", "media", "says"),
    [
        (address(q("SELEC")), JSON, "application/problem+json", "line 1"),
        (address(q("SELEC")) + "&format=json", "text/html", "application/problem+json", "line 1"),
        (address(q("SELEC")), "text/html", "text/html", "Linje 1"),
        (address(q("SELEC")), "text/csv", "text/plain", "line 1"),
        ("/id/nobody", "application/ld+json", "application/problem+json", "nobody"),
        ("/nowhere", "application/json", "application/problem+json", "/sparql"),
        ("/ontology", "application/problem+json", "application/problem+json", "Turtle"),
        ("/queries/members-of-body?format=json", "*/*", "application/problem+json", "body"),
    ],
)
def test_errors_are_told_in_the_form_asked_for(ask: Any, path: str, accept: str, media: str, says: str) -> None:
    reply = ask(path, Accept=accept)
    assert (reply.status >= 400, reply.media) == (True, media)
    if media == "application/problem+json":
        told = json.loads(reply.body)
        assert told["status"] == reply.status
        assert says in told["detail"]
    else:
        assert says.encode() in reply.body


@pytest.mark.parametrize(
    "path", [address(q("ASK {}")), "/id/klitby.ttl", "/ontology", "/queries", "/style.css", "/sparql"]
)
def test_what_the_client_has_is_not_sent_again(ask: Any, path: str) -> None:
    first = ask(path, Accept="*/*")
    again = ask(path, Accept="*/*", If_None_Match=f'"other", {first.headers["ETag"]}')
    assert (first.status, again.status, again.body) == (200, 304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Content-Type"] is None
    assert ask(path, Accept="text/html", If_None_Match=first.headers["ETag"]).status != 304  # another answer may fit it


def test_a_query_whose_answer_the_client_has_is_not_run(ask: Any) -> None:
    tag = ask(address(q("ASK {}")), Accept=JSON).headers["ETag"]
    endless = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    assert ask(address(q(endless)), Accept=JSON, If_None_Match=tag).status == 304  # it would take 20 seconds


@pytest.mark.parametrize(
    ("encodings", "packed"), [("br, gzip", "br"), ("gzip", "gzip"), ("gzip, deflate", "gzip"), ("identity", None)]
)
def test_long_answers_are_packed(ask: Any, encodings: str, packed: str | None) -> None:
    path = address(q("SELECT * { ?s ?p ?o } LIMIT 500"), ("format", "csv"))
    reply = ask(path, Accept_Encoding=encodings)
    assert reply.headers["Content-Encoding"] == packed
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[packed]
    plain = ask(path).body
    assert unpack(reply.body) == plain
    assert packed is None or len(reply.body) < len(plain) / 4
    assert packed is None or "Accept-Encoding" in reply.headers["Vary"]
    assert ask(address(q("ASK {}")), Accept_Encoding=encodings).headers["Content-Encoding"] is None


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("data.example", 200), ("DATA.example:443", 200), ("127.0.0.1", 200), ("data.example:80", 421), ("data.example.evil.example", 421),
        ("evil.example", 421),
    ],
)  # fmt: skip
def test_the_proxy_may_keep_the_host_or_not(ask: Any, host: str, status: int) -> None:
    assert ask("/queries", Host=host).status == status


@pytest.mark.parametrize("path", ["/id/klitby?lang=en", "/graf/id/klitby?lang=en"])
def test_links_and_redirects_lead_through_the_proxy(ask: Any, path: str) -> None:
    reply = ask(path, Host="data.example", Accept="text/html")
    assert (reply.status, reply.headers["Location"]) == (303, "/graf/id/klitby.html?lang=en")
    page = ask(reply.headers["Location"], Host="data.example", Accept="text/html").body.decode()
    assert 'action="/graf/search"' in page
    assert 'href="/graf/style.css"' in page
    assert 'href="/graf/id/fjordby.html' in page
    for name in ("href", "action", "src"):
        assert page.count(f'{name}="/') == page.count(f'{name}="/graf/')
    assert "/graf/ask" in ask("/graf/", Host="data.example").body.decode()


def test_a_page_of_the_public_site_may_post(ask: Any) -> None:
    for origin, status in (("https://data.example", 200), ("https://evil.example", 403)):
        assert ask("/sparql", "POST", "ASK {}", Content_Type=QUERY, Origin=origin).status == status


@pytest.mark.parametrize(
    "url",
    [
        "example.org",
        "ftp://example.org",
        "https://",
        "https://a.example/?x",
        'https://a.example/"><b>',
        "https://a.example:x/",
    ],
)
def test_what_is_no_public_address_is_said(url: str) -> None:
    with pytest.raises(UsageError, match="is no address for a server"):
        hosts.public(url)


def test_the_command_takes_the_public_address(run: Any) -> None:
    done = run("serve", "--port", "0", "--public-url", "example.org")
    assert done.code == 2
    assert "https://example.org" in done.stderr
