"""What must never happen: a request, a violation of the policy, a complaint in the console, foreign text that runs."""

from __future__ import annotations

import pytest
from made import made

from samgraf.model import Moment, Text
from samgraf.publish.explorer import Step, write_page

pytestmark = pytest.mark.browser

CORPUS = [
    "<script>window.ran=1</script>", "</script><script>window.ran=1</script>", "<img src=x onerror=window.ran=1>",
    "<!--<script>", '"><svg onload=window.ran=1>', "javascript:window.ran=1", "'-window.ran=1-'", "${window.ran=1}", "{{7*7}}",
    "<a href=javascript:window.ran=1>href</a>", "&lt;script&gt;window.ran=1&lt;/script&gt;", "\u2028window.ran=1\u2029", "]]><script>window.ran=1</script>",
    '=HYPERLINK("javascript:window.ran=1")', "__proto__", "constructor",
]  # fmt: skip


def poisoned():
    """Sources with something from the corpus in every text field, ids among them."""
    sources = made(60)
    bad = CORPUS
    ids = {e.id: f"{bad[n % len(bad)]}{n}" for n, e in enumerate(sources.entities)}
    papers = {d.id: f"{bad[n]}{d.id}" for n, d in enumerate(sources.documents)}
    entities = [
        e._replace(id=ids[e.id], label=Text(da=f"{bad[n % len(bad)]} da{n}", en=f"{bad[n % len(bad)]} en{n}"), aliases=(bad[n % len(bad)],), abbreviations=(bad[0],), note=bad[1])
        for n, e in enumerate(sources.entities)
    ]  # fmt: skip
    names = {c.id: f"{bad[n % len(bad)]}/{n}" for n, c in enumerate(sources.claims)}
    claims = [
        c._replace(
            id=names[c.id], subject=ids[c.subject], object=ids.get(c.object), note=bad[n % len(bad)], section=bad[n % len(bad)], document=papers[c.document],
            value=Text(da=bad[n % len(bad)], en=bad[0]) if isinstance(c.value, dict) else c.value, start=Moment(bad[0], "", "") if n % 9 == 0 else None,
            evidence=tuple(e._replace(document=papers[e.document], section=bad[n % len(bad)]) for e in c.evidence), rule=None,
        )
        for n, c in enumerate(sources.claims)
    ]  # fmt: skip
    documents = [
        d._replace(id=papers[d.id], label=Text(da=bad[n], en=bad[n]), source=bad[5])
        for n, d in enumerate(sources.documents)
    ]
    rows = [
        r._replace(actor=ids[r.actor], thing=ids[r.thing], root=ids[r.root], claims=tuple(names[c] for c in r.claims))
        for r in sources.collaborations
    ]
    query = {
        "name": bad[0],
        "title": {"da": bad[0], "en": bad[2]},
        "description": {"da": bad[4], "en": bad[4]},
        "columns": bad[:2],
        "rows": [[b, b] for b in bad],
    }
    return sources._replace(entities=entities, claims=claims, documents=documents, collaborations=rows, queries=[query])


@pytest.fixture(scope="module")
def poison(tmp_path_factory):
    path = tmp_path_factory.mktemp("poison") / "page.html"
    sources = poisoned()
    passages = {(e.document, *e.chars): CORPUS[1] for claim in sources.claims for e in claim.evidence}
    write_page(
        path,
        sources,
        title=CORPUS[1],
        passages=passages,
        story=[Step(CORPUS[0], {"da": CORPUS[1], "en": CORPUS[1]}, {"da": CORPUS[2], "en": CORPUS[2]})],
    )
    return path


VIEWS = ("matrix", "changes", "people", "sketch", "network")


def tour(opened):
    """Use everything once."""
    page = opened.page
    page.fill("#search", "a")
    page.keyboard.press("Enter")
    for view in VIEWS:
        page.click(f"#views [data-view={view}]")
        if view == "network":
            opened.wait("document.documentElement.dataset.drawn === 'true'")
    page.click("#views [data-view=matrix]")
    for cell in page.locator("td[data-actor]").all()[:2]:
        cell.hover()
        cell.click()
        for summary in page.locator("#facts summary").all()[:3]:
            summary.click()
    page.keyboard.press("Escape")
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
    page.click("#time-all")
    for kind in ("png", "svg", "csv"):
        page.click("#open-exports")
        with page.expect_download():
            page.click(f"#export-{kind}")


@pytest.mark.parametrize("which", ["all", "focus"])
def test_a_full_tour_asks_for_nothing_and_complains_of_nothing(visit, which):
    opened = visit(which)
    tour(opened)
    assert [url for url in opened.wrong() if not url.startswith("blob:")] == []


def test_foreign_text_never_runs(visit, poison):
    opened = visit(poison)
    asked = []
    opened.page.on("dialog", lambda dialog: asked.append(dialog.message))
    for bad in CORPUS:
        opened.page.fill("#search", bad)
        opened.page.keyboard.press("ArrowDown")
    opened.page.fill("#search", "")
    opened.page.click("#story-start")
    tour(opened)
    assert opened.page.evaluate("window.ran") is None
    assert asked == []
    assert [url for url in opened.wrong() if not url.startswith("blob:")] == []
    links = opened.page.evaluate("[...document.querySelectorAll('a[href]')].map((one) => one.protocol)")
    assert "javascript:" not in links


BROKEN = [
    "#v=network&f=%E0%A4%A",
    "#c=1,x,2&t=99&p=1&v=<script>",
    "#s=nobody&f=nobody&v=partners",
    "#" + "x" * 5000,
    "#v=path&f=municipality-0",
]


def test_a_broken_address_shows_something_all_the_same(visit):
    opened = visit()
    for bad in BROKEN:
        opened.page.evaluate(
            "(hash) => { history.replaceState(null, '', hash); dispatchEvent(new PopStateEvent('popstate')); }", bad
        )
        opened.settle()
        assert opened.page.inner_text("#headline"), bad
        assert opened.page.locator("#view > *").count(), bad
    assert opened.wrong() == []


@pytest.mark.parametrize("size", [0, 1])
def test_almost_nothing_is_shown_as_such(visit, tmp_path, size):
    sources = made(20)
    few = sources._replace(entities=sources.entities[:size], claims=(), collaborations=(), queries=())
    write_page(tmp_path / "page.html", few)
    opened = visit(tmp_path / "page.html")
    for view in VIEWS:
        opened.page.click(f"#views [data-view={view}]")
        opened.settle()
    assert opened.wrong() == []
