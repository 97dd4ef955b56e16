"""The site as files, behind a plain file server: no dead link, the same bytes twice, whole or not at all, nobody else's files lost."""

from __future__ import annotations

import hashlib
import http.client
import os
import re
import threading
import xml.etree.ElementTree as ET
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

import pyshacl
import pytest
import rdflib

from samgraf import api, disk
from samgraf.errors import UnreachableError, UsageError
from samgraf.server import published
from tests.queries.golden import WORKSPACE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.conftest import Run

URL = "https://data.example/samarbejde"
SHAPES = Path(__file__).parent.parent / "publish" / "dcat-ap.ttl"
ATOM = "{http://www.w3.org/2005/Atom}"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the name in the base class)
        pass


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, bytes]]:
    patch = pytest.MonkeyPatch()
    patch.setenv("SAMGRAF_CACHE", str(tmp_path_factory.mktemp("site-cache")))
    yield published.site(api.open(str(WORKSPACE)), URL)
    patch.undo()


@pytest.fixture(scope="module")
def served(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, str]]:
    """The site below a path of a file server, as GitHub Pages has it."""
    root = tmp_path_factory.mktemp("served")
    disk.replace_folder(str(root / "samarbejde"), files)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(root)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1], "/samarbejde/"
    server.shutdown()
    server.server_close()


def get(port: int, path: str) -> tuple[int, str, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    reply = connection.getresponse()
    found = reply.status, reply.getheader("Content-Type") or "", reply.read()
    connection.close()
    return found


def test_every_link_leads_somewhere(served: tuple[int, str], files: dict[str, bytes]) -> None:
    port, start = served
    seen, waiting = set(), [start]
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        status, media, body = get(port, path)
        assert status == 200, path
        if media.startswith("text/html") and not path.endswith("explorer.html"):
            for link in re.findall(r'(?:href|src)="([^"]*)"', body.decode()):
                target = urljoin(path, link.replace("&amp;", "&"))
                if not urlsplit(target).netloc:
                    assert target.startswith(start), (path, link)
                    waiting.append(unquote(urlsplit(target).path))
    reached = {path.removeprefix(start) for path in seen}
    pages = {name for name in files if name.endswith(".html")}
    assert pages - reached <= {"index.html"}
    assert {"explorer.html", "feed.atom", "feed.en.atom", "download/graph.ttl", "style.css"} <= reached


def test_what_follows_leads_to_the_reasons_on_the_page_of_its_rule(files: dict[str, bytes]) -> None:
    for name, language, why in (("fjordby", "", "Hvorfor"), ("fjordby", ".en", "Why")):
        page = files[f"id/{name}{language}.html"].decode()
        found = re.findall(rf'<a href="\.\./(rule/[^"]+)#(\w+)">{why}</a>', page)
        assert found
        for target, place in found:
            item = re.search(rf'<li id="{place}">.*?</li>', files[target].decode(), re.DOTALL)
            assert item, (target, place)
            assert re.search(r'<a href="(\.\./id/)?[^"]+#\w+">', item[0]), item[0]


def test_pages_are_in_both_languages(files: dict[str, bytes]) -> None:
    assert "Fjordby Kommune" in files["id/fjordby.html"].decode()
    assert "Fjordby Municipality" in files["id/fjordby.en.html"].decode()
    assert 'href="fjordby.en.html"' in files["id/fjordby.html"].decode()
    assert not [name for name, data in files.items() if name.startswith("id/") and b'href="/' in data]


def test_the_data_is_there_and_can_be_read(files: dict[str, bytes]) -> None:
    node = rdflib.URIRef("https://w3id.org/samgraf/id/klitby")
    for name, form in (("id/klitby.ttl", "turtle"), ("id/klitby.jsonld", "json-ld"), ("graph/entities.ttl", "turtle")):
        assert (node, rdflib.RDF.type, None) in rdflib.Graph().parse(data=files[name], format=form)
    for name, form in (
        ("ontology.rdf", "xml"),
        ("ontology.nt", "nt"),
        ("shapes.ttl", "turtle"),
        ("rule/direct.ttl", "turtle"),
    ):
        assert len(rdflib.Graph().parse(data=files[name], format=form)) > 0


def test_the_description_is_of_these_files(files: dict[str, bytes]) -> None:
    found = rdflib.Graph().parse(data=files["void.ttl"], format="turtle")
    sums = {str(o) for o in found.objects(None, rdflib.URIRef("http://spdx.org/rdf/terms#checksumValue"))}
    downloads = {data for name, data in files.items() if name.startswith("download/")}
    assert {s.lower() for s in sums} == {hashlib.sha256(data).hexdigest() for data in downloads}
    assert rdflib.URIRef(f"{URL}/download/graph.ttl") in set(found.objects(None, rdflib.DCAT.downloadURL))
    assert not list(found.subjects(rdflib.RDF.type, rdflib.DCAT.DataService))
    report = pyshacl.validate(found, shacl_graph=str(SHAPES))[2]
    assert "dcat:downloadURL" not in report


def test_the_vocabulary_is_a_page_of_it(files: dict[str, bytes]) -> None:
    page = files["ontology.html"].decode()
    assert 'id="participatesIn"' in page
    assert 'href="ontology.ttl"' in page
    assert 'href="id/fjordby.html"' in page
    assert "Municipality" in files["ontology.en.html"].decode()


@pytest.mark.browser
@pytest.mark.parametrize(("language", "page"), [("da", "id/klitby.html"), ("en", "id/klitby.en.html")])
def test_the_explorer_of_a_site_leads_back_to_its_pages(
    browser: Browser, served: tuple[int, str], language: str, page: str
) -> None:
    context = browser.new_context()
    tab = context.new_page()
    start = f"http://127.0.0.1:{served[0]}{served[1]}"
    tab.goto(f"{start}explorer.html#l={language}&f=klitby")
    tab.locator("#do-page").click()
    assert tab.url == start + page
    assert tab.locator("h1").is_visible()
    tab.go_back()
    tab.fill("#search", "klitby")
    tab.locator("#suggestions .option", has_text="Spørgsmål om" if language == "da" else "Questions about").click()
    assert tab.locator("#questions li").count() > 0
    assert tab.locator("#questions a").count() == 0  # a site of files runs no queries
    tab.keyboard.press("Escape")
    tab.click("#home")
    assert tab.locator("h1").is_visible()
    context.close()


def test_what_a_claim_says_is_found_in_its_document(files: dict[str, bytes]) -> None:
    """A site has no page for each claim: facts, dates and news lead to the sentence on the document's page."""
    page = files["id/initiativ-b.en.html"].decode()
    assert re.findall(r'<h3 id="y-(\d{4})">', page) == ["2019", "2020", "2021"]  # its timeline
    document, place = re.findall(r'href="(aftale-fjordegnen-2020-22\.en\.html)#([0-9a-f]{12})"', page)[0]
    assert f'<li id="{place}">' in files[f"id/{document}"].decode()
    new = files["new/2020-09-14.html"].decode()
    document, place = re.findall(r'href="\.\./(id/referat-[^"#]*)#([0-9a-f]{12})"', new)[0]
    assert f'<li id="{place}">' in files[document].decode()
    assert not [name for name in files if name.startswith("claim/")]


def test_checksums_are_right(files: dict[str, bytes]) -> None:
    lines = files["SHA256SUMS"].decode().splitlines()
    assert {line.partition("  ")[2]: line.partition("  ")[0] for line in lines} == {
        name: hashlib.sha256(data).hexdigest() for name, data in files.items() if name != "SHA256SUMS"
    }


def test_the_feed_tells_what_each_document_brought(files: dict[str, bytes]) -> None:
    feed = ET.fromstring(files["feed.en.atom"])  # noqa: S314  (our own)
    assert feed.findtext(f"{ATOM}id") == f"{URL}/feed.en.atom"
    days = [entry.findtext(f"{ATOM}updated", "")[:10] for entry in feed.iter(f"{ATOM}entry")]
    assert days == sorted(days, reverse=True)
    assert "2020-09-14" in days
    links = [entry.find(f"{ATOM}link").get("href", "") for entry in feed.iter(f"{ATOM}entry")]  # type: ignore[union-attr]
    assert {link.removeprefix(f"{URL}/") for link in links} <= {name for name in files if name.startswith("new/")}
    assert 'href="new.en.html"' in files["index.en.html"].decode()
    assert 'href="feed.en.atom"' in files["new.en.html"].decode()
    assert all("\n- " in entry.findtext(f"{ATOM}content", "") for entry in feed.iter(f"{ATOM}entry"))


def test_the_site_map_and_the_redirects_name_its_pages(files: dict[str, bytes]) -> None:
    found = ET.fromstring(files["sitemap.xml"])  # noqa: S314  (our own)
    places = [loc.text for loc in found.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert f"{URL}/id/fjordby.html" in places
    assert len(places) == len([name for name in files if name.endswith(".html")]) - 1  # the explorer is one page more
    rules = files["w3id.htaccess"].decode()
    assert f"RewriteRule ^id/([^/.]+)$ {URL}/id/$1.html [R=303,L]" in rules
    assert f"{URL}/ontology.html" in places
    assert f"RewriteRule ^ontology(/[0-9.]+)?$ {URL}/ontology.html [R=303,L]" in rules


def test_the_first_page_tells_what_is_new_and_leads_to_the_explorer(files: dict[str, bytes]) -> None:
    page = files["index.html"].decode()
    assert "Nyeste dokumenter" in page
    assert 'href="id/aftale-fjordegnen-2020-22.html"' in page
    assert 'href="explorer.html#l=da"' in page
    assert 'href="about.html"' in page


def test_the_same_graph_gives_the_same_bytes(files: dict[str, bytes], run: Run, tmp_path: Path) -> None:
    """The command, in a process of its own with other hashes, writes what was made here."""
    done = run("site", str(tmp_path / "one"), "--url", URL, "--workspace", str(WORKSPACE), env={"PYTHONHASHSEED": "1"})
    assert done.code == 0, done.stderr
    assert (tmp_path / "one" / "SHA256SUMS").read_bytes() == files["SHA256SUMS"]
    assert "samgraf.yaml does not say: title-da" in done.stderr


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> api.Graph:
    """A graph whose site is two files."""
    monkeypatch.setattr(
        published, "site", lambda graph, url: {"a/b.html": b"x", "SHA256SUMS": published._sums({"a/b.html": b"x"})}
    )
    return api.Graph(workspace=str(WORKSPACE))


def test_a_site_is_replaced_and_nothing_else_is(small: api.Graph, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    for _ in range(2):
        assert published.write_site(small, str(folder)) == 2
    (folder / "a" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match=re.escape("a/mine.txt; name a new folder")):
        published.write_site(small, str(folder))
    (folder / "a" / "mine.txt").unlink()
    (folder / "a" / "b.html").write_text("changed by hand", encoding="utf-8")
    with pytest.raises(UsageError, match=re.escape("a/b.html")):
        published.write_site(small, str(folder))
    assert (folder / "a" / "b.html").read_text(encoding="utf-8") == "changed by hand"
    with pytest.raises(UsageError):
        published.write_site(small, str(folder / "a" / "b.html"))


def test_it_is_whole_or_not_at_all(small: api.Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "site"
    published.write_site(small, str(folder))
    renamed = os.rename

    def fail(source: str, target: str) -> None:
        if target == str(folder) and source.endswith(".new"):
            raise OSError(28, "No space left on device")
        renamed(source, target)

    monkeypatch.setattr(os, "rename", fail)
    with pytest.raises(UnreachableError):
        published.write_site(small, str(folder))
    monkeypatch.undo()
    monkeypatch.setattr(
        published, "site", lambda graph, url: {"c.html": b"y", "SHA256SUMS": published._sums({"c.html": b"y"})}
    )
    published.write_site(small, str(folder))
    assert sorted(os.listdir(folder)) == ["SHA256SUMS", "c.html"]
    assert os.listdir(tmp_path) == ["site"]
