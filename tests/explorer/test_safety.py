"""What must never happen: a request, a violation of the policy, a complaint in the console, foreign text that runs."""

from __future__ import annotations

import pytest
from synthetic import dataset

from samgraf.explorer import write_page

pytestmark = pytest.mark.browser

CORPUS = [
    "<script>window.ran=1</script>", "</script><script>window.ran=1</script>", "<img src=x onerror=window.ran=1>",
    "<!--<script>", '"><svg onload=window.ran=1>', "javascript:window.ran=1", "'-window.ran=1-'", "${window.ran=1}", "{{7*7}}",
    "<a href=javascript:window.ran=1>href</a>", "&lt;script&gt;window.ran=1&lt;/script&gt;", "\u2028window.ran=1\u2029", "]]><script>window.ran=1</script>",
    '=HYPERLINK("javascript:window.ran=1")', "__proto__", "constructor",
]  # fmt: skip


def poisoned():
    """Records with something from the corpus in every text field, ids among them."""
    data = dataset(60)
    ids = {}
    for number, entity in enumerate(data["entities"]):
        bad = CORPUS[number % len(CORPUS)]
        ids[entity["id"]] = f"{bad}{number}"
        entity.update(
            id=ids[entity["id"]], label={"da": f"{bad} da{number}", "en": f"{bad} en{number}"}, aliases=[bad, f"alias {bad}"], abbreviations=[bad],
            note=bad, identifiers={bad: bad},
        )  # fmt: skip
    documents = {one["id"]: f"{CORPUS[n]}{one['id']}" for n, one in enumerate(data["documents"])}
    for number, claim in enumerate(data["claims"]):
        bad = CORPUS[number % len(CORPUS)]
        claim["subject"], claim["object"] = ids[claim["subject"]], ids.get(claim["object"], claim["object"])
        claim.update(note=bad, section=bad, id=f"{bad}/{number}", document=documents[claim["document"]], rule=bad)
        claim["from"] = bad if claim["from"] else None
        if claim["datatype"] == "text":
            claim["value"] = {"da": bad, "en": bad}
        for passage in claim["evidence"]:
            passage.update(document=claim["document"], section=bad)
        claim["derivedFrom"] = [data["claims"][0]["id"]] if claim["derived"] else []
        claim["role"] = None
    for one in [*data["predicates"], *data["types"]]:
        one["label"] = {"da": CORPUS[0] + one["name"], "en": CORPUS[2] + one["name"]}
    for number, one in enumerate(data["documents"]):
        one.update(
            id=documents[one["id"]], label={"da": CORPUS[number], "en": CORPUS[number]}, date=CORPUS[1], url=CORPUS[5]
        )
    query = data["queries"][0]
    query.update(
        name=CORPUS[0],
        title={"da": CORPUS[0], "en": CORPUS[2]},
        description={"da": CORPUS[4], "en": CORPUS[4]},
        columns=CORPUS[:2],
    )
    query["rows"] = [[bad, bad] for bad in CORPUS]
    return data


@pytest.fixture(scope="module")
def poison(tmp_path_factory):
    path = tmp_path_factory.mktemp("poison") / "page.html"
    data = poisoned()
    passages = {(e["document"], *e["chars"]): CORPUS[1] for claim in data["claims"] for e in claim["evidence"]}
    write_page(path, **data, title=CORPUS[1], passages=passages)
    return path


def tour(opened):
    """Use everything once."""
    page = opened.page
    for view in ("map", "overview"):
        page.click(f"#views [data-view={view}]")
        opened.settle()
    page.fill("#search", "a")
    page.keyboard.press("Enter")
    opened.settle()
    for one in opened.shown()[:2]:
        at = page.evaluate("(id) => window.samgraf.place(id)", one)
        box = page.locator("#canvas").bounding_box()
        page.mouse.move(box["x"] + at["x"], box["y"] + at["y"])
        page.mouse.click(box["x"] + at["x"], box["y"] + at["y"])
        opened.settle()
        for summary in page.locator("#facts summary").all()[:3]:
            summary.click()
        page.keyboard.press("Escape")
    page.click("#as-table")
    page.locator("#table-board [data-sort=kind]").click()
    page.click("#as-graph")
    page.click("#tab-filters")
    page.locator("#filters input[type=checkbox]").first.click()
    page.click("#fold-relations > summary")
    page.click("#reset")
    page.click("#lang-en")
    page.click("#theme")
    page.click("#open-gallery")
    page.locator("#gallery th button").last.click()
    page.keyboard.press("Escape")
    page.click("#open-tour")
    for _ in range(4):
        page.click("#tour-next")
    page.click("#tour-end")
    page.locator("#time-slider").fill(page.locator("#time-slider").get_attribute("min"))
    opened.settle()
    page.click("#time-all")
    for kind in ("png", "svg", "csv"):
        page.click("#open-exports")
        with page.expect_download():
            page.click(f"#export-{kind}")


@pytest.mark.parametrize("which", ["overview", "focus"])
def test_a_full_tour_asks_for_nothing_and_complains_of_nothing(visit, which):
    opened = visit(which)
    tour(opened)
    assert [url for url in opened.wrong() if not url.startswith("blob:file")] == []


def test_foreign_text_never_runs(visit, poison):
    opened = visit(poison)
    asked = []
    opened.page.on("dialog", lambda dialog: asked.append(dialog.message))
    for bad in CORPUS:
        opened.page.fill("#search", bad)
        opened.page.keyboard.press("ArrowDown")
    opened.page.fill("#search", "")
    tour(opened)
    assert opened.page.evaluate("window.ran") is None
    assert asked == []
    assert [url for url in opened.wrong() if not url.startswith("blob:file")] == []
    links = opened.page.evaluate("[...document.querySelectorAll('a[href]')].map((one) => one.protocol)")
    assert "javascript:" not in links


BROKEN = [
    "#v=map&f=%E0%A4%A",
    "#c=1,x,2&t=99&p=1&v=<script>",
    "#s=nobody&f=nobody&v=focus",
    "#" + "x" * 5000,
    "#v=path&f=region-0",
]


def test_a_broken_address_shows_something_all_the_same(visit):
    opened = visit()
    for bad in BROKEN:
        opened.page.evaluate(
            "(hash) => { history.replaceState(null, '', hash); dispatchEvent(new PopStateEvent('popstate')); }", bad
        )
        opened.settle()
        assert opened.shown(), bad
    assert opened.wrong() == []


@pytest.mark.parametrize("size", [0, 1, 30])
def test_almost_nothing_is_shown_as_such(visit, tmp_path, size):
    data = dataset(30)
    data["entities"] = data["entities"][:size]
    write_page(tmp_path / "page.html", **data)
    opened = visit(tmp_path / "page.html")
    assert len(opened.shown()) <= size
    assert opened.wrong() == []
