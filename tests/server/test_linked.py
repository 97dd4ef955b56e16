"""Every IRI that the graph mints leads to a document that speaks of it: asked by a real client, read by rdflib's parsers."""

from __future__ import annotations

import http.client
import json
import threading
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
import rdflib
from rdflib import RDF, URIRef

from samgraf import api
from samgraf.namespaces import BASE
from samgraf.server import make_server
from tests.queries.golden import WORKSPACE

if TYPE_CHECKING:
    from collections.abc import Iterator

READERS = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/ld+json": "json-ld",
    "application/rdf+xml": "xml",
}
SAM = BASE + "ontology#"
Reply = tuple[int, dict[str, str], bytes]


class Client:
    """An HTTP client that follows 303 when told to."""

    def __init__(self, port: int) -> None:
        self.port = port

    def __call__(self, path: str, *, follow: bool = True, method: str = "GET", **headers: str) -> Reply:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, headers={k.replace("_", "-"): v for k, v in headers.items()})
        reply = connection.getresponse()
        found = reply.status, {k.lower(): v for k, v in reply.getheaders()}, reply.read()
        connection.close()
        if follow and found[0] == 303:
            return self(found[1]["location"], method=method, **headers)
        return found


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    patch = pytest.MonkeyPatch()
    patch.setenv("SAMGRAF_CACHE", str(tmp_path_factory.mktemp("linked-cache")))
    server = make_server(port=0, workspace=str(WORKSPACE), seconds=20, origins=("https://elsewhere.example",))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Client(server.server_address[1])
    server.shutdown()
    server.server_close()
    patch.undo()


def minted() -> list[str]:
    """Give IRIs of every kind that the graph of the small workspace mints, some of each, as paths."""
    found: dict[str, set[str]] = {}
    for quad in api.open(str(WORKSPACE)).store:
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
            iri = getattr(term, "value", "")
            if str(term).startswith("<" + BASE):
                path = urlsplit(iri.removeprefix("https://w3id.org/samgraf")).path
                first, *rest = path.strip("/").split("/")
                kind = f"{first}/{len(rest)}/{rest[0] if first in ('claim', 'graph') else ''}"
                found.setdefault(kind, set()).add(path)
    return sorted(path for paths in found.values() for path in sorted(paths)[:3])


def read(body: bytes, accept: str) -> rdflib.Graph:
    return rdflib.Graph().parse(data=body, format=READERS[accept])


def test_every_iri_that_the_graph_mints_leads_to_a_document_about_it(
    client: Client, monkeypatch: pytest.MonkeyPatch, shared_cache: object
) -> None:
    monkeypatch.setenv("SAMGRAF_CACHE", str(shared_cache))
    paths = minted()
    assert {path.split("/")[1] for path in paths} >= {"id", "claim", "graph", "rule", "ontology"}
    for path in paths:
        status, headers, body = client(path, Accept="text/turtle")
        assert (status, headers["content-type"]) == (200, "text/turtle; charset=utf-8"), path
        graph = read(body, "text/turtle")
        told = {str(term) for triple in graph for term in triple}
        own = "https://w3id.org/samgraf" + path
        assert path.startswith("/graph/") or any(t == own or t.startswith(own + "#") for t in told), path
        assert len(graph) > 0, path


@pytest.mark.parametrize("accept", READERS)
@pytest.mark.parametrize(
    "path", ["/ontology", "/shapes", "/graph/entities", "/rule/direct", "/id/klitby", "/profile", "/.well-known/void"]
)
def test_each_format_says_the_same(client: Client, path: str, accept: str) -> None:
    status, headers, body = client(path, Accept=accept)
    assert (status, headers["content-type"].partition(";")[0]) == (200, accept)
    assert "accept" in headers["vary"].lower()
    plain = client(path, Accept="application/n-triples")[2]
    assert len(read(body, accept)) == len(read(plain, "application/n-triples"))


def test_a_thing_points_at_the_document_about_it(client: Client) -> None:
    status, headers, body = client("/id/klitby?lang=en", follow=False, Accept="text/html")
    assert (status, headers["location"], body) == (303, "/id/klitby.html?lang=en", b"")
    status, headers, _ = client("/id/klitby", follow=False, Accept="application/rdf+xml")
    assert (status, headers["location"]) == (303, "/id/klitby.rdf")
    assert client("/maintainers", follow=False)[1]["location"] == "/ontology"
    assert client("/id/klitby.html")[1]["content-type"] == "text/html; charset=utf-8"


def test_a_claim_brings_its_evidence(client: Client) -> None:
    body = client("/graph/referat-fjordudvalget-2020-09-14", Accept="text/turtle")[2]
    graph = read(body, "text/turtle")
    claim = min(str(s) for s in graph.subjects(RDF.type, URIRef(SAM + "Claim")))
    path = claim.removeprefix("https://w3id.org/samgraf")
    told = read(client(path, Accept="application/ld+json")[2], "application/ld+json")
    places = list(told.objects(URIRef(claim), URIRef(SAM + "evidence")))
    assert places
    assert all(list(told.objects(place, URIRef(SAM + "firstLine"))) for place in places)
    assert client(path + "/evidence/1/selector", follow=False)[1]["location"] == path
    assert client(path + ".ttl", Accept="text/html")[1]["content-type"].startswith("text/turtle")


def test_the_context_is_one_that_names_the_terms(client: Client) -> None:
    status, headers, body = client("/context.jsonld")
    assert (status, headers["content-type"]) == (200, "application/ld+json")
    assert json.loads(body)["@context"]["sam"] == SAM


@pytest.mark.parametrize(
    "path",
    [
        "/claim/",
        "/claim/none/000000000000",
        "/graph/none",
        "/graph/",
        "/rule/none",
        "/rule/..",
        "/claim/a%3Eb/c",
        "/ontology/x",
    ],
)
def test_what_is_not_there_is_not_found(client: Client, path: str) -> None:
    assert client(path, Accept="text/turtle")[0] == 404


@pytest.mark.parametrize("path", ["/ontology", "/shapes", "/rule/direct", "/id/klitby"])
def test_what_cannot_be_given_is_said(client: Client, path: str) -> None:
    assert client(path, Accept="image/png")[0] == 406


def test_head_and_etag_and_other_origins(client: Client) -> None:
    status, headers, body = client("/ontology", method="HEAD", Accept="text/turtle")
    assert (status, body) == (200, b"")
    again = client("/ontology", Accept="text/turtle", If_None_Match=headers["etag"])
    assert (again[0], again[2]) == (304, b"")
    origin = "https://elsewhere.example"
    assert client("/ontology", Accept="text/turtle", Origin=origin)[1]["access-control-allow-origin"] == origin
    moved = client("/id/klitby", follow=False, Origin=origin)
    assert (moved[0], moved[1]["access-control-allow-origin"]) == (303, origin)
    assert client("/ontology", Origin="https://stranger.example")[0] == 403
