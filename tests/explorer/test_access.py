"""For everyone: keys alone, small screens, both schemes, what axe-core finds."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

SERIOUS = {"serious", "critical"}


def findings(page):
    """What axe-core calls serious or critical, with the elements."""
    found = Axe().run(page).response["violations"]
    return [(one["id"], [node["html"][:120] for node in one["nodes"]][:3]) for one in found if one["impact"] in SERIOUS]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_with_each_panel_open(visit, scheme):
    opened = visit("focus", scheme=scheme)
    page = opened.page
    page.locator("#facts summary").first.click()
    assert findings(page) == []
    page.fill("#search", "kommune")
    assert findings(page) == []
    page.fill("#search", "")
    page.click("#tab-filters")
    for fold in ("documents", "relations"):
        page.click(f"#fold-{fold} > summary")
    assert findings(page) == []
    page.click("#as-table")
    page.click("#open-exports")
    assert findings(page) == []
    page.keyboard.press("Escape")
    page.click("#open-gallery")
    assert findings(page) == []
    page.keyboard.press("Escape")
    page.click("#open-tour")
    assert findings(page) == []


@pytest.mark.parametrize(
    "hash_",
    ["#v=path&f=person-0,municipality-7&tab=compare", "#v=common&f=municipality-0,municipality-5&tab=compare&l=en"],
)
def test_axe_finds_nothing_serious_in_comparisons_on_a_small_screen(visit, hash_):
    opened = visit("overview", hash_, size=(390, 844))
    opened.page.click("#sheet")
    assert findings(opened.page) == []


def focused(page, expression="document.activeElement"):
    return page.evaluate(f"(() => {{ const one = {expression}; return one.id || one.className || one.tagName; }})()")


def tab_to(page, wanted, limit=60):
    """Press Tab until the wanted element has the focus."""
    for _ in range(limit):
        if page.evaluate(f"document.activeElement.matches({wanted!r})"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{wanted} was not reached, the focus is on {focused(page)}")


def test_keys_alone_lead_from_search_to_source_to_path_to_reset(visit):
    opened = visit()
    page = opened.page
    page.keyboard.press("/")
    assert focused(page) == "search"
    page.keyboard.type("soendersoe")
    page.keyboard.press("Enter")
    opened.settle()
    assert focused(page) == "facts-title"
    tab_to(page, "#facts details.source > summary")
    page.keyboard.press("Enter")
    assert page.locator("#facts details[open] .source-body").first.inner_text().strip()
    page.keyboard.press("/")
    page.keyboard.press("Tab")
    tab_to(page, "#do-path")
    page.keyboard.press("Enter")
    assert focused(page) == "compare-b"
    page.keyboard.type("person-0")
    page.keyboard.press("Control+A")
    page.keyboard.type("Ådal")
    page.keyboard.press("Enter")
    assert focused(page) == "do-shortest"
    page.keyboard.press("Enter")
    opened.settle()
    assert "v=path" in page.url
    tab_to(page, "[role=tab]")
    page.keyboard.press("ArrowLeft")
    assert focused(page) == "tab-filters"
    tab_to(page, "#reset", 120)
    page.keyboard.press("Enter")
    opened.settle()
    assert "v=" not in opened.state()


def test_keys_move_the_map_and_escape_lets_go(visit):
    opened = visit("overview", "#v=map")
    page = opened.page
    page.focus("#canvas")
    before = page.evaluate("window.samgraf.camera")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("+")
    after = page.evaluate("window.samgraf.camera")
    assert after[0] > before[0]
    assert after[2] > before[2]
    page.keyboard.press("0")
    opened.wait(f"Math.abs(window.samgraf.camera[2] - {before[2]}) < 0.01")
    page.click("#as-table")
    page.locator("#table-board .name").first.click()
    assert "s=" in opened.state()
    page.keyboard.press("Escape")
    assert "s=" not in opened.state()


@pytest.mark.parametrize("hash_", ["", "#tb=1", "#v=map", "#v=path&f=person-0,municipality-7", "#tab=filters&l=en"])
def test_a_small_screen_needs_no_scrolling_sideways_and_has_targets_for_fingers(visit, hash_):
    opened = visit("focus", hash_, size=(360, 740), has_touch=True)
    page = opened.page
    if "tab" in hash_:
        page.click("#sheet")
    wide = page.evaluate(
        "[document.documentElement.scrollWidth, document.body.scrollWidth, document.getElementById('table-board').scrollWidth]"
    )
    assert max(wide) <= 360
    small = page.evaluate("""[...document.querySelectorAll('button, summary, select, input:not([type=checkbox]), .legend-row label')]
        .map((one) => [one.id || one.textContent.trim(), one.getBoundingClientRect(), getComputedStyle(one)])
        .filter(([, box, style]) => box.width && style.visibility !== 'hidden' && (box.height < 23.9 || box.width < 23.9)).map(([name, box]) => `${name} ${box.width}x${box.height}`)""")
    assert small == []


def test_the_sheet_opens_and_closes(visit):
    opened = visit("focus", size=(390, 844))
    page = opened.page
    page.click("#sheet")
    assert page.get_attribute("#sheet", "aria-expanded") == "true"
    page.wait_for_timeout(50)
    assert page.locator("#facts h2").bounding_box()["y"] < 700
    page.keyboard.press("Escape")
    assert page.get_attribute("#sheet", "aria-expanded") == "false"


def test_screen_readers_hear_what_changes(visit):
    opened = visit("focus")
    page = opened.page
    assert "Kort med" in page.get_attribute("#canvas", "aria-label")
    page.locator("#time-slider").fill(str(2021 * 4))
    opened.settle()
    assert "Viser" in page.inner_text("#say")
    assert page.get_attribute("#time-slider", "aria-valuetext") == "1. kvartal 2021"


def test_the_tour_can_be_left_at_any_step(visit):
    opened = visit()
    page = opened.page
    page.click("#open-tour")
    page.click("#tour-next")
    page.keyboard.press("Escape")
    assert page.locator("#tour[open]").count() == 0
    assert page.locator(".lit").count() == 0
    assert focused(page) == "open-tour"
