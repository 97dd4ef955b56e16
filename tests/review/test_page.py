"""The review page in Chromium: keys decide, what is decided is on disk when the page says saved, and no other page gets in."""

from __future__ import annotations

import http.client
import json
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from samgraf.review import decisions as log
from samgraf.server.review import ReviewServer
from samgraf.workspace import load

ID = "referat"


@pytest.fixture
def server(own: Path) -> Iterator[ReviewServer]:
    made = ReviewServer(str(own), ID, "da")
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()


@pytest.fixture
def page(server: ReviewServer, browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda m: problems.append(m.text) if m.type == "error" else None)
    page.goto(server.url)
    page.wait_for_selector(".here")
    yield page
    context.close()
    assert problems == []


def press(page: Any, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def saved(page: Any) -> None:
    """Wait until the page says that it has saved, and no more."""
    page.locator("#status", has_text=re.compile("^Gemt$")).wait_for()
    page.evaluate("document.getElementById('status').textContent = ''")


@pytest.mark.browser
def test_enter_accepts_a_row_and_goes_on(own: Path, page: Any) -> None:
    first = page.locator(".here").get_attribute("data-row")
    press(page, "Enter")
    saved(page)
    assert page.locator(".here").get_attribute("data-row") != first
    assert {d["verdict"] for d in log.read_log(str(own), ID)} == {"accept"}
    assert any(d.head.id == ID for d in load(str(own)).documents)


@pytest.mark.browser
def test_the_whole_document_takes_few_keys(own: Path, page: Any) -> None:
    keys = 0
    while page.locator("#progress").inner_text() != "Alt er gennemgået":
        press(page, "Shift+Enter")
        saved(page)
        keys += 1
        assert keys < 12
    accepted = sum(len(d.claims) for d in load(str(own)).documents if d.head.id == ID)
    assert accepted > 10
    assert keys / accepted < 1


@pytest.mark.browser
def test_the_passage_is_marked_beside_the_row(page: Any) -> None:
    page.locator("tr", has_text="Bo Dam").first.click()
    assert page.locator("#text mark").first.inner_text() == "Bo Dam, Bakkeby Kommune"


@pytest.mark.browser
def test_a_row_is_rejected_with_a_reason_and_taken_back(own: Path, page: Any) -> None:
    page.locator("tr", has_text="Bo Dam").first.click()
    press(page, "x")
    page.keyboard.type("er ikke medlem")
    press(page, "Enter")
    saved(page)
    assert log.read_log(str(own), ID)[-1]["reason"] == "er ikke medlem"
    page.locator("tr", has_text="Bo Dam").first.click()
    press(page, "u")
    saved(page)
    assert log.read_log(str(own), ID)[-1]["verdict"] == "undo"


@pytest.mark.browser
def test_a_value_and_a_name_are_mended(own: Path, page: Any) -> None:
    page.locator("tr", has_text="holdes den").first.click()
    press(page, "e")
    page.locator("dialog input[name^=value]").first.fill("2022-05-04")
    press(page, "Enter")
    saved(page)
    page.locator("tr", has_text="Bo Dam").first.click()
    press(page, "e")
    page.locator("dialog input[name='name-bo-dam']").fill("Bo Damgaard")
    press(page, "Enter")
    saved(page)
    assert "Bo Damgaard" in [e.label.da for e in load(str(own)).entities.values()]
    values = [str(c.entry.value) for d in load(str(own)).documents if d.head.id == ID for c in d.claims]
    assert "2022-05-04" in values
    assert "2022-05-03" not in values


@pytest.mark.browser
def test_a_selection_becomes_a_claim(own: Path, page: Any) -> None:
    page.evaluate(
        """() => { const line = [...document.querySelectorAll('#text .line')].find((l) => l.textContent.includes('Havneudvalget'));
        const node = [...line.childNodes].filter((n) => n.nodeType === 3 || n.tagName === 'MARK').find((n) => n.textContent.includes('Havneudvalget'));
        const text = node.nodeType === 3 ? node : node.firstChild; const at = text.textContent.indexOf('Havneudvalget');
        const range = document.createRange(); range.setStart(text, at); range.setEnd(text, at + 13);
        const s = getSelection(); s.removeAllRanges(); s.addRange(range); }"""
    )
    page.locator("#own").click()
    page.locator("dialog select[name=subjectKind]").select_option("Body")
    page.locator("dialog select[name=predicate]").select_option("partOf")
    page.locator("dialog input[name=object]").fill("Havby Kommune")
    page.locator("dialog select[name=objectKind]").select_option("Municipality")
    page.locator("dialog button[type=submit]").click()
    saved(page)
    found = [
        (c.subject, c.predicate, c.object, c.evidence[0].first_line)
        for d in load(str(own)).documents
        if d.head.id == ID
        for c in d.claims
    ]
    assert found == [("havneudvalget", "partOf", "havby", 1)]


def request(server: ReviewServer, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> int:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
    connection.putrequest(method, path, skip_host="Host" in headers)
    for name, value in {**headers, **({"Content-Length": str(len(body))} if method == "POST" else {})}.items():
        connection.putheader(name, value)
    connection.endheaders(body)
    status = connection.getresponse().status
    connection.close()
    return status


def test_only_the_page_itself_gets_in(server: ReviewServer, own: Path) -> None:
    key = {"Cookie": f"samgraf-review={server.key}"}
    body = json.dumps({"decisions": []}).encode()
    posted = {**key, "Content-Type": "application/json"}
    assert request(server, "GET", "/", {}) == 403
    assert request(server, "GET", f"/data/{ID}", {}) == 403
    assert request(server, "GET", f"/data/{ID}", {**key, "Host": "evil.example"}) == 421
    assert request(server, "POST", f"/decide/{ID}", posted, body) == 403
    assert request(server, "POST", f"/decide/{ID}", {**posted, "Origin": "http://evil.example"}, body) == 403
    assert (
        request(server, "POST", f"/decide/{ID}", {"Content-Type": "application/json", "Origin": server.origin}, body)
        == 403
    )
    assert request(server, "POST", f"/decide/{ID}", {**posted, "Origin": server.origin}, body) == 200
    assert request(server, "GET", "/data/..%2f..%2fetc", key) == 400
    assert request(server, "GET", f"/page/..%2f{ID}/1", key) == 400


def test_the_token_opens_once(server: ReviewServer) -> None:
    path = server.url.removeprefix(server.origin)
    assert request(server, "GET", path, {}) == 200
    assert request(server, "GET", path, {}) == 403


@pytest.mark.browser
def test_who_was_there_is_a_table(page: Any) -> None:
    table = page.locator("section[data-group='attendance'] table")
    heads = [head.strip() for head in table.locator("thead th").all_inner_texts()]
    rows = [
        dict(zip(heads, row.locator("td").all_inner_texts(), strict=True)) for row in table.locator("tbody tr").all()
    ]
    told = [(row["Hvem eller hvad"], row["Relation"], row["På vegne af"]) for row in rows if row["På vegne af"]]
    assert told == [
        ("Anna Bech ny", "deltager i", "Havby Kommune"),
        ("Bo Dam ny", "deltager i", "Bakkeby Kommune"),
        ("Carl Eg ny", "deltog ikke i", "Lemvig Kommune"),
    ]
    assert "2022-05-03" not in page.locator("#claims").inner_text(), "dates are told in words"
