"""For everyone: keys alone, small screens, both schemes, what axe-core finds, hover and focus included."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.long]

VIEWS = ["matrix", "partners", "changes", "people", "sketch", "network"]
HOVERED = [
    "td[data-actor]",
    "th.what",
    "th.who",
    ".chip",
    ".action",
    ".action.first",
    ".segments button",
    ".spot",
    "details.source summary",
    ".fact-name",
    ".tool",
]


COLOUR = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""What the mouse over an element can change: its looks. Of the state itself all is asked once."""


def findings(page, options=None):
    """What axe-core calls wrong, at any level, with the elements."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate("(options) => axe.run(document, {resultTypes: ['violations'], ...options})", options or {})[
        "violations"
    ]
    return [(one["id"], [node["html"][:140] for node in one["nodes"]][:3]) for one in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_view(visit, scheme):
    opened = visit("focus", scheme=scheme)
    for view in VIEWS:
        opened.go(f"#v={view}&s=initiative-3")
        if view == "network":
            opened.wait("document.documentElement.dataset.drawn === 'true'")
        assert findings(opened.page) == [], view


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_with_each_panel_open_nor_under_the_mouse(visit, scheme):
    opened = visit("focus", "#s=initiative-3", scheme=scheme)
    page = opened.page
    page.locator("#facts summary").first.click()
    assert findings(page) == []
    for selector in HOVERED:
        if page.locator(selector).locator("visible=true").count():
            page.locator(selector).locator("visible=true").first.hover()
            assert findings(page, COLOUR) == [], selector
    page.fill("#search", "kommune")
    assert findings(page) == []
    page.fill("#search", "")
    page.click("#tab-filters")
    for fold in ("documents", "relations"):
        page.click(f"#fold-{fold} > summary")
    assert findings(page) == []
    page.click("#tab-compare")
    page.click("#open-exports")
    assert findings(page) == []
    page.keyboard.press("Escape")
    page.click("#open-gallery")
    assert findings(page) == []
    page.keyboard.press("Escape")
    page.click("#open-tour")
    assert findings(page) == []


def test_axe_finds_nothing_on_a_small_screen(visit):
    opened = visit("focus", size=(390, 844))
    for hash_ in ["", "#v=changes", "#f=municipality-0,municipality-5&l=en", "#v=path&f=person-0,municipality-7"]:
        opened.go(hash_)
        assert findings(opened.page) == [], hash_
        opened.page.click("#open-side")
        assert findings(opened.page) == [], hash_
        opened.page.keyboard.press("Escape")


def focused(page, expression="document.activeElement"):
    return page.evaluate(f"(() => {{ const one = {expression}; return one.id || one.className || one.tagName; }})()")


def tab_to(page, wanted, limit=80):
    """Press Tab until the wanted element has the focus."""
    for _ in range(limit):
        if page.evaluate(f"document.activeElement.matches({wanted!r})"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{wanted} was not reached, the focus is on {focused(page)}")


def test_keys_alone_lead_from_search_through_the_matrix_to_a_source(visit):
    opened = visit()
    page = opened.page
    page.keyboard.press("/")
    assert focused(page) == "search"
    page.keyboard.type("soendersoe")
    page.keyboard.press("Enter")
    opened.settle()
    assert focused(page) == "headline"
    tab_to(page, ".matrix th, .matrix td")
    for _ in range(40):
        if page.evaluate("document.activeElement.matches('td[data-actor]')"):
            break
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowLeft")
        if page.evaluate("document.activeElement.cellIndex") == 0:
            page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.matches('td[data-actor]')")
    page.keyboard.press("Enter")
    assert focused(page) == "facts-title"
    assert "c=" in page.url
    tab_to(page, "#facts details.source > summary")
    page.keyboard.press("Enter")
    assert page.locator("#facts details[open] .source-body").first.inner_text().strip()
    page.keyboard.press("Escape")
    assert "c=" not in page.url


def test_one_tab_stop_leads_into_the_matrix_and_one_out_of_it(visit):
    page = visit("focus").page
    expect(page.locator(".matrix [tabindex='0']")).to_have_count(1)
    page.locator(".matrix [tabindex='0']").focus()
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.matches('td, th')")


def test_keys_move_the_network_within_its_bounds(visit):
    opened = visit("focus", "#v=network")
    page = opened.page
    opened.wait("document.documentElement.dataset.drawn === 'true'")
    page.focus("#canvas")
    before = page.evaluate("window.samgraf.network.getViewPosition().x")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("window.samgraf.network.getViewPosition().x") > before
    for _ in range(60):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("+")
    visible = page.evaluate("""(() => { const n = window.samgraf.network; const box = document.getElementById('canvas').getBoundingClientRect();
        return n.body.nodeIndices.map((i) => n.canvasToDOM(n.getPosition(i))).filter((p) => p.x > 0 && p.x < box.width).length; })()""")
    assert visible > 0
    page.keyboard.press("0")
    assert abs(page.evaluate("window.samgraf.network.getViewPosition().x") - before) < 40


STATES = ["", "#v=partners", "#v=changes", "#v=people", "#v=network", "#f=-", "#f=municipality-0,municipality-1&l=en"]
SMALL = """[...document.querySelectorAll('button, summary, select, input:not([type=checkbox]), .legend-row label, td[data-actor]')]
    .map((one) => [one.id || one.textContent.trim(), one.getBoundingClientRect(), getComputedStyle(one)])
    .filter(([, box, style]) => box.width && style.visibility !== 'hidden' && (box.height < 23.9 || box.width < 23.9))
    .map(([name, box]) => `${name} ${box.width}x${box.height}`)"""


@pytest.mark.parametrize("size", [(320, 640), (360, 225), (390, 844)])
def test_a_small_screen_needs_no_scrolling_sideways_and_has_targets_for_fingers(visit, size):
    opened = visit("focus", size=size, has_touch=True)
    page = opened.page
    for hash_ in STATES:
        opened.go(hash_)
        widths = page.evaluate("[document.documentElement.scrollWidth, document.body.scrollWidth]")
        assert max(widths) <= size[0], hash_
        assert page.evaluate(SMALL) == [], hash_
        assert page.locator("#view").bounding_box()["height"] >= 100, hash_


def test_targets_of_the_matrix_are_large_enough(visit):
    page = visit("focus", size=(1024, 768)).page
    sizes = page.evaluate(
        "[...document.querySelectorAll('.matrix td[data-actor], .matrix th')].map((one) => one.getBoundingClientRect()).map((b) => Math.min(b.width, b.height))"
    )
    assert min(sizes) >= 24


def test_the_panel_opens_over_a_small_window_and_closes(visit):
    page = visit("focus", size=(1024, 768)).page
    assert not page.locator("#facts").is_visible()
    page.locator("th.what").first.click()
    assert page.locator("#facts-title").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#facts").is_visible()


def test_the_wheel_scrolls_lists_and_leaves_the_network_alone(visit):
    opened = visit("all", size=(1024, 500))
    page = opened.page
    page.mouse.move(500, 380)
    page.mouse.wheel(0, 300)
    opened.wait("document.getElementById('view').scrollTop > 100")
    opened = visit("all", "#v=network")
    opened.wait("document.documentElement.dataset.drawn === 'true'")
    scale = opened.page.evaluate("window.samgraf.network.getScale()")
    box = opened.page.locator("#canvas").bounding_box()
    opened.page.mouse.move(box["x"] + 200, box["y"] + 200)
    opened.page.mouse.wheel(0, 300)
    opened.settle()
    assert opened.page.evaluate("window.samgraf.network.getScale()") == scale


def test_screen_readers_hear_what_changes_and_what_a_cell_says(visit):
    opened = visit("focus")
    page = opened.page
    page.locator("#time-day").fill("2021-06-01")
    page.locator("#time-day").dispatch_event("change")
    opened.settle()
    assert "Pr. 1. juni 2021" in page.inner_text("#say")
    assert page.get_attribute("#time-slider", "aria-valuetext") == "1. juni 2021"
    assert page.locator(".matrix").get_attribute("role") == "grid"
    assert "deltager" in page.locator("td[data-actor] .hidden").first.text_content()


def test_the_tour_can_be_left_at_any_step(visit):
    opened = visit()
    page = opened.page
    page.click("#open-tour")
    page.click("#tour-next")
    page.keyboard.press("Escape")
    expect(page.locator("#tour[open]")).to_have_count(0)
    opened.wait("!document.querySelector('.lit-stop')")
    assert focused(page) == "open-tour"
