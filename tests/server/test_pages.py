"""The pages for readers, over a real server: what they tell is what the graph says, and they work without a script."""

from __future__ import annotations

import ast
import http.client
import io
import re
import urllib.request
import xml.etree.ElementTree as ET
from html import escape, unescape
from typing import TYPE_CHECKING, NamedTuple, Protocol
from urllib.parse import urlencode

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe

from samgraf import api
from samgraf.language.messages import languages, messages
from samgraf.language.showing import show_standing
from samgraf.server import editor
from tests.conftest import modules
from tests.queries.golden import WORKSPACE

if TYPE_CHECKING:
    from playwright.sync_api import Browser


class Page(NamedTuple):
    status: int
    text: str
    words: str
    links: list[str]


class Visit(Protocol):
    def __call__(self, path: str) -> Page: ...


@pytest.fixture(scope="module")
def visit(port: int) -> Visit:
    def call(path: str) -> Page:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", path, headers={"Accept": "text/html"})
        reply = connection.getresponse()
        text = reply.read().decode()
        connection.close()
        if reply.status == 303:
            return call(reply.getheader("Location") or "")
        words = " ".join(unescape(re.sub(r"<(pre|script).*?</\1>|<[^>]+>", " ", text, flags=re.DOTALL)).split())
        return Page(reply.status, text, words, [unescape(link) for link in re.findall(r'href="(/[^"#]*)', text)])

    return call


@pytest.mark.parametrize(
    ("language", "things", "newest"),
    [
        ("da", "Initiativer", "Aftale om udsatte voksne 2020-2022 (teksten)"),
        ("en", "Initiatives", "Agreement on vulnerable adults 2020-2022 (the text)"),
    ],
)
def test_home_tells_what_there_is_and_every_link_of_it_leads_somewhere(
    visit: Visit, language: str, things: str, newest: str
) -> None:
    page = visit(f"/?lang={language}")
    assert things in page.words
    assert newest in page.words
    for link in page.links if language == "da" else ():
        assert visit(link).status == 200, link


def test_what_home_asks_is_answered(visit: Visit) -> None:
    asked = [link for link in visit("/?lang=da").links if link.startswith("/ask?")]
    assert len(asked) >= 3
    for link in asked:
        assert 'class="outcome answered"' in visit(link).text, link


def test_search_finds_names_in_any_spelling_and_what_claims_say(visit: Visit) -> None:
    page = visit("/search?q=fjordby+kommune&lang=da")
    assert page.links.index("/id/fjordby.html?lang=da") < 12
    assert "udsagn" in page.words
    assert "/id/fjordby.html?lang=en" in visit("/search?q=fjordby+municipality&lang=en").links
    assert "Fjordby Kommune" in visit("/search?q=fjrodby&lang=da").words  # what is misspelt is asked back


def test_search_answers_what_is_a_question_and_offers_the_ready_made(visit: Visit) -> None:
    page = visit("/search?q=Hvem+samarbejder+Fjordby+med%3F&lang=da")
    assert 'class="outcome answered"' in page.text
    assert "/queries/collaborators-of-actor?lang=da" in page.links


def test_search_says_that_silence_is_no_no(visit: Visit) -> None:
    assert "betyder ikke" in visit("/search?q=xyzzy&lang=da").words
    assert "<script>" not in visit("/search?q=%3Cscript%3E&lang=da").text


def test_search_gives_all_of_a_kind(visit: Visit) -> None:
    page = visit("/search?type=Municipality&lang=da")
    assert {f"/id/{name}.html?lang=da" for name in ("fjordby", "klitby")} <= set(page.links)


def test_an_entity_page_has_its_sentence_partners_people_reasons_and_timeline(visit: Visit) -> None:
    page = visit("/id/fjordby.html?lang=da")
    assert "Fjordby Kommune er med i" in page.words
    assert "/id/klitby.html?lang=da" in page.links
    for heading in ("Er med i", "Samarbejder med", "Hvad der følger af andre udsagn", "Tidslinje"):
        assert f"<h2>{heading}</h2>" in page.text, heading
    people = visit("/id/region-fjordland.html?lang=en")
    assert "<h2>People</h2>" in people.text
    assert "/explorer.html" in page.links


@pytest.mark.parametrize(
    ("page", "shown", "others"),
    [
        ("fjordby.html?lang=da", '<span lang="da">Nær vandet.</span>', ["By the water", "Note ("]),
        ("fjordby.html?lang=en", '<span lang="en">By the water.</span>', ["Nær vandet", "Note ("]),
        ("klitby.html?lang=da", '<span lang="da">Bag klitten.</span>', ["Note ("]),
        ("klitby.html?lang=en", 'Note (dansk): <span lang="da">Bag klitten.</span>', []),
    ],
)
def test_a_note_is_shown_in_the_language_of_the_page_or_says_its_own(
    visit: Visit, page: str, shown: str, others: list[str]
) -> None:
    text = visit(f"/id/{page}").text
    assert shown in text
    assert [one for one in others if one in text] == []


@pytest.mark.parametrize(("name", "language"), [("fjordby", "da"), ("region-fjordland", "en")])
def test_what_an_actor_is_in_is_told_with_its_standing_and_its_source(visit: Visit, name: str, language: str) -> None:
    page = visit(f"/id/{name}.html?lang={language}")
    answers = api.open(str(WORKSPACE)).initiatives(name, lang=language)["answers"]
    assert answers
    for answer in answers:
        (row,) = re.findall(
            rf"<tr[^>]*>(?:(?!</tr>).)*>{re.escape(escape(answer['label']))}</(?:a|td)>(?:(?!</tr>).)*</tr>",
            page.text,
            re.DOTALL,
        )[:1]
        for text in show_standing(answer, language):
            assert escape(text) in row, (answer["label"], text)
        for passage in answer["evidence"]:
            assert f"/id/{passage['document']}.html" in row


def test_every_fact_of_an_entity_leads_to_its_claim_and_its_document(visit: Visit) -> None:
    page = visit("/id/initiativ-b.html?lang=da")
    claims = [link for link in page.links if link.startswith("/claim/")]
    assert claims
    document = next(link for link in page.links if link.startswith("/id/aftale-fjordegnen-2020-22.html"))
    assert "Aftale om udsatte voksne 2020-2022 (teksten)" in visit(claims[0]).words
    assert visit(document).status == 200


def test_a_claim_tells_its_passage_its_period_and_what_follows_and_why(visit: Visit) -> None:
    facts = visit("/id/fjordby.html?lang=da")
    pages = [visit(link) for link in dict.fromkeys(facts.links) if link.startswith("/claim/")]
    derived = next(page for page in pages if "Udsagn, der følger af andre" in page.words)
    assert "<h2>Hvorfor det følger</h2>" in derived.text
    reasons = derived.text.partition("Hvorfor det følger")[2]
    said = visit(re.findall(r'href="(/claim/[^"]+)"', reasons)[0])
    assert "<h2>Hvad der følger af det</h2>" in said.text
    assert {"Modalitet", "oplyst"} <= set(said.words.split())
    rule = next(link for link in derived.links if link.startswith("/rule/"))
    assert "CONSTRUCT" in visit(rule).text


def test_a_claims_own_address_is_a_page_for_people(visit: Visit) -> None:
    link = next(one for one in visit("/id/klitby.html").links if one.startswith("/claim/"))
    assert "<h1>" in visit(link.partition(".html")[0]).text


def test_a_document_page_says_what_it_says_by_heading_each_with_a_place_of_its_own(visit: Visit) -> None:
    page = visit("/id/aftale-fjordegnen-2020-22.html?lang=da")
    assert "Hvad dokumentet siger" in page.words
    places = set(re.findall(r'href="#([^"]+)"', page.text)) - {"main"}
    assert places
    assert places <= set(re.findall(r'<h3 id="([^"]+)"', page.text))


def test_about_says_what_the_workspace_does_and_what_is_missing(visit: Visit) -> None:
    page = visit("/about?lang=da")
    assert "Aftale om udsatte voksne 2020-2022 (teksten)" in page.words
    assert "samgraf.yaml" in page.words


def test_every_term_of_the_vocabulary_has_its_place_on_the_page_about_it(visit: Visit) -> None:
    page = visit("/ontology?lang=da")
    places = re.findall(r' id="([^"]+)"', page.text)
    assert len(places) == len(set(places))
    terms = api.open(str(WORKSPACE)).query(
        "SELECT DISTINCT ?t { GRAPH graph:ontology { ?t rdfs:label ?l } FILTER(STRSTARTS(STR(?t), STR(sam:))) }"
    )
    assert {str(row["t"]).partition("#")[2] for row in terms} <= set(places)
    assert set(re.findall(r'href="#([^"]+)"', page.text)) <= set(places)


def article(page: Page, name: str) -> str:
    return page.text.partition(f'<article class="term" id="{name}"')[2].partition("</article>")[0]


def test_a_relation_of_the_vocabulary_says_what_it_links_how_it_reads_and_what_is_above_it(visit: Visit) -> None:
    page = visit("/ontology?lang=en")
    told = article(page, "memberOf")
    claim = unescape(re.findall(r'href="(/claim/[^"]+)"', told)[0])
    sentence = unescape(re.findall(r'href="/claim/[^"]+">([^<]+)<', told)[0])
    subject, _, rest = sentence.partition(" is a member of ")
    assert sentence in visit(claim).words
    assert f"{rest.partition(' (')[0]} has as a member {subject}" in told
    assert 'href="#Actor"' in told
    drawing = told.partition("<svg")[2]
    assert 'href="#chairs"' in drawing
    assert "is a member of" in drawing
    assert "<code>from</code> says when" in page.text
    assert "A was absent from B" in article(page, "absentFrom")  # of which the graph has no claim


def test_a_class_of_the_vocabulary_leads_to_its_things_and_to_what_other_vocabularies_call_it(visit: Visit) -> None:
    told = article(visit("/ontology?lang=da"), "Municipality")
    assert 'href="/search?type=Municipality&amp;lang=da"' in told
    assert 'href="/id/fjordby.html?lang=da"' in told
    assert {"#Organisation", "http://www.w3.org/ns/org#FormalOrganization"} <= set(re.findall('href="([^"]+)"', told))


def test_a_kind_and_a_relation_lead_to_what_the_vocabulary_says_of_them(visit: Visit) -> None:
    thing = visit("/id/fjordby.html?lang=da")
    assert 'href="/ontology.html?lang=da#Municipality">kommune</a>' in thing.text
    claim = visit(next(link for link in thing.links if link.startswith("/claim/")))
    place = re.findall(r'href="/ontology.html\?lang=da#([^"]+)"', claim.text)[0]
    assert f'id="{place}"' in visit("/ontology.html?lang=da").text


def test_a_graph_leads_people_to_the_page_of_its_document(visit: Visit, port: int) -> None:
    assert "Hvad dokumentet siger" in visit("/graph/aftale-fjordegnen-2020-22?lang=da").words
    assert "Ordforråd" in visit("/graph/ontology?lang=da").words
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/graph/aftale-fjordegnen-2020-22", headers={"Accept": "text/turtle"})
    assert connection.getresponse().status == 200
    connection.close()


def test_the_timeline_of_an_entity_is_by_years_and_leads_to_claims(visit: Visit) -> None:
    page = visit("/id/initiativ-b.html?lang=da")
    told = page.text.partition("<h2>Tidslinje</h2>")[2]
    years = re.findall(r'<h3 id="y-(\d{4})">', told)
    assert years == sorted(set(years))
    assert len(years) > 1
    for claim in re.findall(r'href="(/claim/[^"]+)"', told):
        assert visit(claim).status == 200


def test_what_is_new_is_told_by_day_and_actor_and_leads_to_claims(visit: Visit) -> None:
    assert "/new.html?lang=en" in visit("/?lang=en").links
    listed = visit("/new.html?lang=en")
    assert "Agreement on vulnerable adults 2020-2022 (the text) 38 new claims · 1 ended" in listed.words
    days = [link for link in listed.links if link.startswith("/new/")]
    assert days == ["/new/2021-12-31.html?lang=en", "/new/2020-09-14.html?lang=en"]
    page = visit(days[0])
    heads = [unescape(re.sub("<[^>]+>", "", head)) for head in re.findall(r'<h2 id="a-.*?</h2>', page.text)]
    assert heads[0] == "Fjordby Municipality"  # of whom most is new
    holt = page.text.partition(">Inger Holt</a></h2>")[2].partition("</section>")[0]
    assert "<h3>Ended</h3>" in holt
    assert "Inger Holt chairs The fjord committee (until 31 December 2020)" in holt
    for link in re.findall(r'href="(/claim/[^"]+)"', holt):
        assert visit(unescape(link)).status == 200
    assert visit("/new/2020-09-15.html").status == 404


def test_a_reader_of_feeds_is_led_to_the_page_of_each_day(visit: Visit, port: int) -> None:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/feed.atom?lang=en") as reply:
        assert reply.headers["Content-Type"].startswith("application/atom+xml")
        feed = ET.fromstring(reply.read())  # noqa: S314  (our own)
    atom = "{http://www.w3.org/2005/Atom}"
    links = [entry.find(f"{atom}link").get("href") for entry in feed.iter(f"{atom}entry")]  # type: ignore[union-attr]
    assert len(links) == 2
    for link in links:
        assert link
        assert visit(link.partition(str(port))[2]).status == 200
    assert 'type="application/atom+xml"' in visit("/?lang=en").text


QUERY = "/queries/collaborators-of-actor?actor=Klitby&lang=da"


def cells(page: Page) -> list[list[str]]:
    rows = re.findall(r'<tr role="row">(.*?)</tr>', page.text, flags=re.DOTALL)
    return [[unescape(re.sub("<[^>]+>", "", cell)) for cell in re.findall(r"<td.*?</td>", row)] for row in rows[1:]]


def test_a_query_page_speaks_the_language_of_the_page(visit: Visit) -> None:
    page = visit(QUERY)
    for english in ("the actor", "partner *", "optional", "sharedLabel", "everybody"):
        assert english not in page.words
    assert {"Aktør", "Partner", "Kilde"} <= set(page.words.split())
    assert "Together with" in visit(QUERY.replace("=da", "=en")).words


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_parameter_and_column_of_the_library_has_words(language: str) -> None:
    say = messages(language)
    for query in api.queries():
        shown = {c.name for c in query.columns if not c.name.lower().endswith("label") and "laim" not in c.name}
        for name in {p.name for p in query.parameters if p.name != "lang"} | shown:
            assert say.get(f"words.{name}"), (query.name, name)


def test_a_query_page_sorts_and_filters_by_its_address_and_keeps_both(visit: Visit) -> None:
    rows = cells(visit(QUERY))
    forwards, backwards = cells(visit(QUERY + "&sort=shared")), cells(visit(QUERY + "&sort=-shared"))
    assert sorted(rows) == sorted(forwards) == sorted(backwards)
    assert [row[1] for row in forwards] == [row[1] for row in backwards][::-1]
    few = visit(QUERY + "&find=" + rows[0][0].split()[0].lower() + "&sort=shared")
    assert 0 < len(cells(few)) < len(rows)
    assert all(rows[0][0].split()[0] in " ".join(row) for row in cells(few))
    links = re.findall(r'href="([^"]*sort=-[^"]*)"', few.text)
    assert any("find=" in link and "actor=Klitby" in link for link in links)


def test_days_are_sorted_as_days_and_figures_told_in_words(visit: Visit) -> None:
    page = visit("/queries/figures?lang=en&sort=from")
    heads = re.findall(r"<th .*?>([^<>]+?) *(?:<span|</a>)", page.text)
    days = [row[heads.index("From")] for row in cells(page)]
    shown = [re.findall(r"\d{4}", day)[0] for day in days if day]
    assert len(set(shown)) > 1
    assert shown == sorted(shown)
    danish = visit("/queries/figures?lang=da")
    assert "kapacitet" in danish.words
    assert "capacity" not in danish.words
    assert "Ingen rækker har de ord." in visit("/queries/figures?lang=da&find=xyzzy").words


def test_a_query_downloads_as_a_workbook_with_the_words_of_the_page(port: int) -> None:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{QUERY}&format=xlsx") as reply:
        sheet = openpyxl.load_workbook(io.BytesIO(reply.read())).active
    assert sheet is not None
    heads, *rows = sheet.iter_rows(values_only=True)
    assert heads[:2] == ("Partner", "Fælles om")
    assert rows
    assert sheet.tables


def test_an_answer_leads_to_the_document_that_says_it(visit: Visit) -> None:
    page = visit("/ask?q=Hvem+samarbejder+Klitby+med%3F&lang=da")
    assert 'class="outcome answered"' in page.text
    assert any(link.startswith("/id/aftale-fjordegnen-2020-22.html") for link in page.links)
    assert "Aftale om udsatte voksne 2020-2022 (teksten)" in page.words


def test_an_address_with_nothing_says_so_in_the_language_of_the_page(visit: Visit) -> None:
    page = visit("/nowhere?lang=da")
    assert page.status == 404
    assert "Der er ikke noget på denne adresse." in page.words


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        (
            "/sparql?query=ASK+{%0Aid:klitby+nothing+}",
            400,
            "Linje 2, kolonne 18: det kan ikke læses som SPARQL, ved 'nothing }'",
        ),
        ("/sparql?query=ASK+{", 400, "Linje 1, kolonne 6: det kan ikke læses som SPARQL"),
        ("/sparql?query=CLEAR+ALL", 403, "Det er en ændring; her kan man kun spørge"),
        ("/sparql?query=ASK+{SERVICE+<http://x>+{}}", 403, "SERVICE er ikke tilladt"),
        ("/sparql?query=" + "{" * 300, 403, "mere end 200 parenteser"),
        ("/id/klitbi", 404, "Intet hedder 'klitbi'."),
        ("/queries/collaborators-of-actor?actor=Klitbyy", 404, "Mente du 'Klitby"),
        ("/queries/events-in-period?from=i+morgen&until=2020", 400, "'i morgen' kan ikke stå i feltet from."),
        ("/queries/figures?fro=2020", 400, "Der er intet felt, der hedder 'fro'."),
        ("/ask?q=Hvem+er+Klitby%3F&as-of=i+dag", 400, "'i dag' er ingen dag; skriv den som 2020-11-23."),
        ("/ask?q=", 400, "Skriv et spørgsmål."),
    ],
)
def test_what_is_wrong_is_said_in_the_language_of_the_page(visit: Visit, path: str, status: int, said: str) -> None:
    page = visit(path + ("&" if "?" in path else "?") + "lang=da")
    assert page.status == status
    found = re.search(r'<p class="message"[^>]* lang="da">(.*?)</p>', page.text)
    assert found, page.words[-300:]
    assert said in unescape(found[1])


def test_every_code_of_an_error_has_a_sentence_in_every_language_and_no_sentence_is_left_over() -> None:
    named = {node.value for _, tree in modules() for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    raised = {
        call.args[1].value
        for _, tree in modules()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and len(call.args) > 1 and ast.unparse(call.func).endswith(("Error", ".__init__"))
        if isinstance(call.args[1], ast.Constant) and re.fullmatch(r"[a-z]+(-[a-z]+)+", str(call.args[1].value))
    }
    assert {"unknown-name", "unreadable-query"} <= raised
    for language in languages():
        sentences = messages(language).table("wrong").keys()
        assert raised <= sentences
        assert {sentence.partition(" ")[0] for sentence in sentences} <= named


TRIPLES = "CONSTRUCT { ?a sam:participatesIn ?b } WHERE { ?a sam:participatesIn ?b }"


def test_triples_are_drawn_as_a_map_and_told_in_the_language_of_the_page(visit: Visit) -> None:
    page = visit("/sparql?" + urlencode({"query": TRIPLES, "lang": "da"}))
    drawing = page.text.partition("<svg")[2].partition("</svg>")[0]
    assert drawing.count("<line") >= 2
    assert "deltager i" in drawing
    assert re.search(r'href="/id/[a-z-]+.html.lang=da"', drawing)
    assert {"Subjekt", "Relation", "Objekt"} <= set(page.words.split())
    assert "<svg" not in visit("/sparql?" + urlencode({"query": "SELECT ?s { ?s a sam:Municipality }"})).text


@pytest.fixture
def without_editor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in for a machine where the extra samgraf[editor] is not installed."""
    monkeypatch.setattr(editor, "find_spec", lambda _name: None)


@pytest.mark.browser
def test_the_field_for_a_query_finds_the_error_and_remembers(browser: Browser, port: int, without_editor: None) -> None:
    context = browser.new_context()
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"http://127.0.0.1:{port}/sparql?lang=da")
    page.fill("#query", "ASK {\n  id:klitby nothing }")
    page.keyboard.press("Control+Enter")
    page.locator("#message").wait_for()
    at = page.evaluate("document.getElementById('query').selectionStart")
    assert at > len("ASK {\n")  # the caret stands in the second line, where it went wrong
    page.fill("#query", "ASK { id:klitby a sam:Municipality }")
    page.keyboard.press("Control+Enter")
    page.locator("h2").first.wait_for()
    assert page.locator("#history li").count() == 1
    page.goto(f"http://127.0.0.1:{port}/sparql?lang=da")
    page.click("#history summary")
    assert "id:klitby a sam:Municipality" in page.inner_text("#history li")
    page.click("#history button")
    assert not page.locator("#history").is_visible()
    # a refused query is a 400, which the browser writes to its console
    assert [one for one in complaints if "400" not in one] == []
    context.close()


def test_without_the_extra_no_file_of_the_editor_is_asked_for(visit: Visit, without_editor: None) -> None:
    page = visit("/sparql?lang=da")
    assert "<textarea" in page.text
    assert "editor" not in page.text
    assert visit("/editor/ace.js").status == 404


@pytest.mark.skipif(editor.folder() is None, reason="the extra samgraf[editor] is not installed")
def test_of_the_editors_package_only_the_editor_is_served(visit: Visit) -> None:
    assert visit("/editor/ace.js").status == 200
    for name in ("mode-css.js", "../../../widgets.py", "css/../ace.js", "css/main-0.png", ""):
        assert visit(f"/editor/{name}").status == 404, name


@pytest.mark.browser
@pytest.mark.skipif(editor.folder() is None, reason="the extra samgraf[editor] is not installed")
def test_the_editor_paints_completes_and_goes_to_the_error(browser: Browser, port: int) -> None:
    context = browser.new_context()
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"http://127.0.0.1:{port}/sparql?lang=da")
    page.locator("#query[data-learnt]").wait_for(state="attached")
    offers = page.locator(".ace_autocomplete .ace_line")

    def write(text: str) -> None:
        page.keyboard.type(text, delay=1)

    page.get_by_text("En SPARQL 1.1-forespørgsel").click()  # the label leads into the field
    page.keyboard.press("Control+a")
    write("ASK { # hvem\nid:klitb")  # Enter ends a line, whatever could be offered for it
    offers.filter(has_text="Klitby Kommune").first.wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    write(" sam:deltager")  # a term is found by what it is called
    offers.filter(has_text="sam:participatesIn").first.wait_for()
    page.keyboard.press("Escape")
    assert page.input_value("#query").split() == ["ASK", "{", "#", "hvem", "id:klitby", "sam:deltager"]
    assert page.locator(".editor .ace_qname").all_inner_texts() == ["id:klitby", "sam:deltager"]
    page.keyboard.press("Control+Enter")  # it breaks off
    page.locator("#message").wait_for()
    assert page.locator(".editor .ace_gutter-cell.ace_error").inner_text() == "2"
    assert page.locator(".editor textarea").get_attribute("aria-describedby") == "message"
    assert Axe().run(page).response["violations"] == []
    page.keyboard.press("Control+a")
    write("ASK { id:klitby a sam:Municipality }")
    page.keyboard.press("Control+Enter")
    page.locator("h2").first.wait_for()
    assert "id:klitby a sam:Municipality" in page.inner_text(".editor .ace_content")
    page.keyboard.press("Tab")  # it holds no one who goes by the keyboard
    assert page.evaluate("document.activeElement.closest('.editor')") is None
    # a refused query is a 400, which the browser writes to its console
    assert [one for one in complaints if "400" not in one] == []
    context.close()


@pytest.mark.browser
def test_the_explorer_works_when_it_is_opened_again(browser: Browser, port: int) -> None:
    context = browser.new_context()
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    for _ in range(2):
        page.goto(f"http://127.0.0.1:{port}/explorer.html#l=en&f=klitby")
        page.reload()
        page.locator("#facts h2, #facts h3").first.wait_for()
    assert complaints == []
    context.close()


@pytest.mark.browser
def test_one_goes_from_an_entity_to_the_explorer_and_back_and_on_to_a_claim(browser: Browser, port: int) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(f"http://127.0.0.1:{port}/id/klitby.html?lang=en")
    page.click("text=See on the map")
    page.locator("#facts-title").wait_for()
    assert page.inner_text("#facts-title") == "Klitby Municipality"
    source = page.locator("#facts details.source").first
    source.locator("summary").click()
    source.locator(".claim-id a").click()
    assert page.locator("dl.facts").is_visible()
    page.go_back()
    page.click("#do-page")
    assert page.inner_text("h1") == "Klitby Municipality"
    assert page.url.endswith("/id/klitby.html?lang=en")
    page.go_back()
    page.click("#lang-da")
    page.click("#home")
    assert page.url == f"http://127.0.0.1:{port}/?lang=da"
    assert complaints == []
    context.close()


LOOKED_AT = [
    "/",
    "/search?q=Fjordby",
    "/id/fjordby.html",
    "/id/aftale-fjordegnen-2020-22.html",
    "/about",
    "/new.html",
    "/new/2020-09-14.html",
    "/queries",
    "/ask?q=Hvem+samarbejder+Klitby+med%3F",
    "/ontology.html",
    "/queries/collaborators-of-actor?actor=Klitby",
    "/sparql?" + urlencode({"query": TRIPLES}),
]


@pytest.mark.long
@pytest.mark.browser
@pytest.mark.parametrize(("language", "scheme"), [("da", "light"), ("en", "dark")])
def test_axe_finds_nothing_and_nothing_is_wider_than_a_small_screen(
    browser: Browser, port: int, language: str, scheme: str
) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 700}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for path in LOOKED_AT:
        page.goto(f"http://127.0.0.1:{port}{path}{'&' if '?' in path else '?'}lang={language}")
        found = Axe().run(page).response["violations"]
        assert [(one["id"], [node["html"][:140] for node in one["nodes"]][:3]) for one in found] == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
    assert complaints == []
    context.close()
