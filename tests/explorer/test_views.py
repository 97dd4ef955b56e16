"""What a person sees and does: views, search, filters, time, paths, tables, exports, the address."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from synthetic import dataset

from samgraf.explorer import write_page
from samgraf.network import components, project

pytestmark = pytest.mark.browser


def overlaps(labels):
    boxes = [label["box"] for label in labels]
    return [
        (a, b)
        for k, a in enumerate(boxes)
        for b in boxes[k + 1 :]
        if a[0] < b[2] - 0.5 and b[0] < a[2] - 0.5 and a[1] < b[3] - 2 and b[1] < a[3] - 2
    ]


@pytest.mark.parametrize("which", ["overview", "focus"])
@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_names_in_the_first_view_do_not_overlap_and_fill_it(visit, which, size):
    opened = visit(which, size=size)
    labels = opened.page.evaluate("window.samgraf.labels")
    assert len(labels) >= 10
    assert overlaps(labels) == []
    left, right = min(label["box"][0] for label in labels), max(label["box"][2] for label in labels)
    width = opened.page.locator("#canvas").bounding_box()["width"]
    marks = opened.page.evaluate("window.samgraf.shown.map((id) => window.samgraf.place(id).x)")
    assert (max(*marks, right) - min(*marks, left)) / width >= 0.6
    assert left >= 0
    assert right <= width + 1


def test_the_overview_is_agreements_areas_initiatives_actors(visit):
    opened = visit()
    shown = opened.shown()
    for kind in ("agreement", "developmentarea", "initiative", "municipality"):
        assert any(one.startswith(kind) for one in shown), kind
    assert len(shown) < 120
    assert "initiativer i 4 aftaler" in opened.page.inner_text("#headline")


def test_the_focus_is_in_the_middle_of_its_collaborations(visit, records):
    opened = visit("focus")
    near = {c["object"] for c in records["claims"] if c["subject"] == "municipality-3"} | {
        c["subject"] for c in records["claims"] if c["object"] == "municipality-3"
    }
    shown = set(opened.shown())
    assert "municipality-3" in shown
    assert len(shown & near) >= 5
    assert opened.page.inner_text("#facts h2").endswith("Kommune")


def test_the_whole_network_gives_the_giant_its_room(visit, records):
    opened = visit("overview", "#v=map")
    assert len(opened.shown()) == 300
    labels = opened.page.evaluate("window.samgraf.labels")
    assert labels
    assert overlaps(labels) == []
    network = project(records["entities"], records["claims"], records["predicates"], records["types"])
    xs = opened.page.evaluate("(ids) => ids.map((id) => window.samgraf.place(id).x)", components(network)[0])
    assert (max(xs) - min(xs)) / opened.page.locator("#canvas").bounding_box()["width"] >= 0.5


FORGIVEN = {
    "Ådal": "municipality-0", "aadal": "municipality-0", "adal": "municipality-0", "soendersoe": "municipality-2",
    "sondersø": "municipality-2", "SØNDERSØ komm": "municipality-2", "sondesro": "municipality-2",
    "raevebjerg": "municipality-13", "OR3": "body-3",
}  # fmt: skip


def test_search_forgives(visit):
    opened = visit()
    found = {typed: opened.page.evaluate("(text) => window.samgraf.find(text)", typed)[0] for typed in FORGIVEN}
    assert found == FORGIVEN


def test_search_leads_to_a_close_up_and_back_again(visit):
    opened = visit()
    page = opened.page
    first = opened.shown()
    page.fill("#search", "soendersø")
    assert page.get_attribute("#search", "aria-expanded") == "true"
    page.keyboard.press("Enter")
    assert "municipality-2" in page.url
    assert page.inner_text("#facts h2") == "Søndersø Kommune"
    page.click("#back")
    opened.wait("!location.hash")
    opened.settle()
    assert opened.shown() == first


def test_a_click_on_a_name_opens_its_facts_with_their_source(visit):
    opened = visit("focus")
    page = opened.page
    label = next(one for one in page.evaluate("window.samgraf.labels") if one["id"].startswith("initiative"))
    box = page.locator("#canvas").bounding_box()
    page.mouse.click(box["x"] + label["box"][0] + 12, box["y"] + label["box"][1] + 6)
    opened.settle()
    assert label["id"] in page.url
    page.locator("#facts details.source").first.locator("summary").click()
    opened.wait("document.querySelector('#facts .source-body').textContent.length > 0")
    text = page.locator("#facts .source-body").first.inner_text()
    assert "Afsnit" in text
    assert "linje" in text
    assert "Sådan står der." in text


def test_steps_and_expansion_show_more_or_less(visit):
    opened = visit("focus", "#tab=filters")
    page = opened.page
    two = opened.shown()
    page.click("#steps-1")
    opened.settle()
    one = opened.shown()
    assert set(one) < set(two)
    target = next(i for i in one if i.startswith("agreement"))
    page.evaluate("(id) => { location.hash = `s=${id}&n=1`; }", target)
    page.click("#tab-facts")
    page.click("#do-expand")
    opened.settle()
    assert set(opened.shown()) > set(one)


def test_kinds_documents_relations_and_certainty_filter(visit):
    opened = visit("overview", "#v=map&tab=filters")
    page = opened.page
    every = opened.page.evaluate("window.samgraf.links")
    page.locator("#filters").get_by_label("Person").first.uncheck()
    opened.settle()
    assert not any(one.startswith("person") for one in opened.shown())
    page.uncheck("#show-derived")
    opened.settle()
    fewer = page.evaluate("window.samgraf.links")
    assert fewer < every
    page.click("#fold-documents > summary")
    page.uncheck("#document-0")
    opened.settle()
    assert page.evaluate("window.samgraf.links") < fewer
    assert "3 filtre" in page.inner_text("#subline")
    page.click("#reset")
    assert "filter" not in page.inner_text("#subline")


def test_an_agreement_or_an_area_narrows_the_view(visit):
    opened = visit("overview", "#tab=filters")
    opened.page.select_option("#pick-agreement", label="Rammeaftale 2021-22")
    opened.settle()
    shown = [one for one in opened.shown() if one.startswith("agreement")]
    assert shown == ["agreement-1"]
    opened.page.select_option("#pick-area", index=1)
    opened.settle()
    assert len([one for one in opened.shown() if one.startswith("developmentarea")]) <= 1


def test_the_time_line_shows_what_held(visit):
    opened = visit()
    page = opened.page
    page.locator("#time-slider").fill(str(2019 * 4 + 1))
    opened.settle()
    early = [one for one in opened.shown() if one.startswith("agreement")]
    page.locator("#time-slider").fill(str(2025 * 4 + 1))
    opened.settle()
    late = [one for one in opened.shown() if one.startswith("agreement")]
    assert "agreement-0" in early
    assert "agreement-3" not in early
    assert "agreement-3" in late
    assert "2. kvartal 2025" in page.inner_text("#subline")
    assert "t=2025q2" in page.url
    page.click("#time-all")
    assert page.inner_text("#time-now") == "Alle år"
    page.click("#play")
    assert "t=2019q1" in page.url
    page.click("#play")


def test_a_path_is_named_step_by_step(visit):
    opened = visit("overview", "#v=path&f=person-0,municipality-7&tab=compare")
    page = opened.page
    shown = opened.shown()
    assert shown[0] == "person-0"
    assert shown[-1] == "municipality-7"
    assert page.locator("#compare .stop").count() == len(shown)
    assert page.locator("#compare .step").count() == len(shown) - 1
    assert all(text.strip() for text in page.locator("#compare .phrase").all_inner_texts())
    page.locator("#compare details.source summary").first.click()
    assert page.locator("#compare .source-body").first.inner_text().strip()


def test_what_two_or_three_have_in_common(visit):
    opened = visit("overview", "#v=common&f=municipality-0,municipality-5,municipality-10&tab=compare")
    shown = set(opened.shown())
    assert {"agreement-0", "agreement-1", "agreement-2", "agreement-3"} <= shown
    assert "fælles" in opened.page.inner_text("#headline")


def test_the_table_is_in_step_with_the_drawing(visit):
    opened = visit("focus", "#tb=1")
    page = opened.page
    rows = page.eval_on_selector_all("#table-board tbody tr", "(rows) => rows.map((row) => row.dataset.node)")
    assert sorted(rows) == sorted(opened.shown())
    page.click("#table-board [data-sort=name]")
    names = page.locator("#table-board tbody .name").all_inner_texts()
    assert page.get_attribute("#table-board th:first-child", "aria-sort") == "ascending"
    assert names[0] <= names[5]
    page.locator("#table-board tbody .name").nth(3).click()
    assert page.locator("#table-board tr[aria-selected=true]").count() == 1
    page.locator("#time-slider").fill(str(2019 * 4))
    opened.settle()
    rows = page.eval_on_selector_all("#table-board tbody tr", "(rows) => rows.map((row) => row.dataset.node)")
    assert sorted(rows) == sorted(opened.shown())


def test_the_address_restores_everything(visit, pages):
    opened = visit("overview", "#tab=filters")
    page = opened.page
    page.click("#views [data-view=map]")
    page.locator("#filters").get_by_label("Person").first.uncheck()
    page.uncheck("#show-proposed")
    page.locator("#time-slider").fill(str(2021 * 4 + 2))
    page.click("#lang-en")
    page.click("#as-graph")
    box = page.locator("#canvas").bounding_box()
    page.mouse.move(box["x"] + 400, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 480, box["y"] + 130, steps=4)
    page.mouse.up()
    page.mouse.wheel(0, -240)
    opened.wait("location.hash.includes('c=')")
    page.wait_for_timeout(300)
    label = page.evaluate("window.samgraf.labels[0]")
    page.mouse.click(box["x"] + label["box"][0] + 8, box["y"] + label["box"][1] + 8)
    opened.settle()
    before = (
        opened.state(),
        opened.shown(),
        [round(v, 1) for v in page.evaluate("window.samgraf.camera")],
        page.inner_text("#headline"),
        page.inner_text("#facts"),
    )
    again = visit("overview", page.evaluate("location.hash"))
    after = (
        again.state(),
        again.shown(),
        [round(v, 1) for v in again.page.evaluate("window.samgraf.camera")],
        again.page.inner_text("#headline"),
        again.page.inner_text("#facts"),
    )
    assert "s=" in before[0]
    assert "c=" in before[0]
    assert before == after


def test_languages_change_every_word(visit):
    opened = visit("focus")
    page = opened.page
    danish = page.inner_text("main") + page.inner_text("aside") + page.inner_text("header")
    page.click("#lang-en")
    opened.settle()
    english = page.inner_text("main") + page.inner_text("aside") + page.inner_text("header")
    assert page.get_attribute("html", "lang") == "en"
    assert "takes part in" in english
    for word in ("Søg", "Fakta", "Overblik", "Nærbillede", "er medlem af", "Kommune\n", "Alle år"):
        assert word not in english, word
    page.click("#lang-da")
    opened.settle()
    assert page.inner_text("main") + page.inner_text("aside") + page.inner_text("header") == danish


def test_exports_hold_what_is_shown(visit):
    opened = visit("focus")
    page = opened.page

    def saved(kind):
        page.click("#open-exports")
        with page.expect_download() as event:
            page.click(f"#export-{kind}")
        return Path(event.value.path()).read_bytes()

    assert saved("png").startswith(b"\x89PNG")
    root = ET.fromstring(saved("svg"))  # noqa: S314 - our own file
    texts = [one.text for one in root.iter("{http://www.w3.org/2000/svg}text")]
    assert any(text and "Kommune" in text for text in texts)
    assert "Initiativer" in texts
    text = saved("csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows
    assert all(row["subject_id"] in opened.shown() for row in rows)
    assert all(row["document"] for row in rows if row["derived"] == "false")
    assert any(row["relation"] == "er medlem af" for row in rows)


def test_ready_made_look_ups_sort_and_lead_on(visit):
    opened = visit()
    page = opened.page
    page.click("#open-gallery")
    assert "q=" in page.url
    page.locator("#gallery th button").nth(1).click()
    counts = [int(text) for text in page.locator("#gallery td.number").all_inner_texts()]
    assert counts == sorted(counts, reverse=True)
    page.locator("#gallery td button").first.click()
    opened.settle()
    assert page.locator("#gallery[open]").count() == 0
    assert "v=focus" in page.url


def test_print_lists_what_is_shown(visit):
    opened = visit("focus")
    opened.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    opened.page.emulate_media(media="print")
    assert opened.page.locator("#print-table tbody tr").count() == len(opened.shown())
    assert opened.page.locator("#print-table").is_visible()
    assert not opened.page.locator(".top").is_visible()


def test_a_large_network_opens_with_its_busiest_and_is_drawn_whole_when_asked(visit, tmp_path):
    write_page(tmp_path / "page.html", **dataset(3100))
    opened = visit(tmp_path / "page.html", "#v=map")
    assert len(opened.shown()) == 500
    opened.page.click("#notice button")
    opened.settle()
    assert len(opened.shown()) == 3100
    assert "w=1" in opened.state()
    assert opened.wrong() == []


def test_what_was_carried_on_points_to_the_agreement_that_comes(visit):
    opened = visit("overview", "#t=2019q2")
    assert "agreement-1" in opened.shown()
    assert "1 aftale" in opened.page.inner_text("#headline")
    assert "Videreført" in opened.page.inner_text("#key")


def test_the_panel_tells_what_came_before_and_after(visit):
    opened = visit("overview", "#s=developmentarea-0")
    chain = opened.page.locator("#facts .chain li").all_inner_texts()
    assert [one.split("\n")[0] for one in chain] == ["Rammeaftale 2019-20", "Rammeaftale 2021-22"]
    assert chain[0].endswith("2019–2020")
