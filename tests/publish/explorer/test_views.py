"""What a person sees and does: views, search, filters, days, comparisons, exports, the address."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from made import made
from playwright.sync_api import expect

from samgraf.publish.explorer import Step, write_page
from samgraf.publish.explorer.page import render_page

pytestmark = pytest.mark.browser

SVG = "{http://www.w3.org/2000/svg}"


def text_of(page, selector):
    return page.locator(selector).all_inner_texts()


def test_the_view_of_everything_has_every_initiative_at_every_size(visit, sources):
    wanted = {e.id for e in sources.entities if e.type == "Initiative"}
    for size in [(2560, 1440), (1024, 768)]:
        opened = visit("all", size=size)
        assert wanted <= set(opened.things())
        expect(opened.page.locator(".matrix tr[data-thing]")).to_have_count(len(opened.things()))
        assert (
            f"{len(wanted)} initiativer" in text_of(opened.page, "#headline")[0].replace("\n", " ")
            or "med" in text_of(opened.page, "#headline")[0]
        )


def test_the_headline_is_the_same_at_every_size(visit):
    page, found = visit("focus").page, set()
    for width, height in [(320, 640), (390, 844), (1024, 768), (1440, 900), (2560, 1440)]:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(250)  # until the page has seen it
        found.add(page.inner_text("#headline").replace("\n", " "))
    assert len(found) == 1


def test_the_focus_shows_its_things_and_partners(visit, sources):
    opened = visit("focus")
    own = {r.thing for r in sources.collaborations if r.actor == "municipality-3"}
    folded = {r.thing for r in sources.collaborations if r.everybody}
    assert set(opened.things()) == own - folded
    assert opened.actors()[0] == "municipality-3"
    opened.page.click("#unfold")
    opened.settle()
    assert set(opened.things()) == own
    assert "e=1" in opened.state()


def test_a_cell_opens_the_passage_that_says_it(visit):
    opened = visit("focus")
    page = opened.page
    page.locator("td[data-actor]").nth(1).click()
    expect(page.locator("td.chosen")).to_have_count(1)
    page.locator("#facts details.source summary").first.click()
    opened.wait("document.querySelector('#facts .source-body').textContent.length > 0")
    text = page.locator("#facts .source-body").first.inner_text()
    for part in ("Afsnit", "linje", "Sådan står der."):
        assert part in text


def test_the_crosshair_follows_the_mouse(visit):
    page = visit("focus").page
    page.locator("td[data-actor]").nth(1).hover()
    expect(page.locator("tr.cross")).to_have_count(1)
    expect(page.locator("col.cross")).to_have_count(1)
    expect(page.locator("thead th.cross")).to_have_count(1)


def test_rows_and_columns_sort_and_filter_with_live_counts(visit):
    opened = visit("focus")
    page = opened.page
    before = opened.actors()
    page.select_option("#sort-columns", "name")
    opened.settle()
    assert sorted(opened.actors()[1:]) == sorted(before[1:])
    assert opened.actors() != before
    page.select_option("#sort-rows", "name")
    opened.settle()
    names = text_of(page, ".matrix tr[data-thing] .what-name")
    assert page.locator(".matrix .group").count() <= 1
    assert len(names) == len(opened.things())
    chip = page.locator(".chip").first
    count = int(chip.inner_text().split()[-1])
    chip.click()
    opened.settle()
    assert len(opened.actors()) == len(before) - count
    assert page.locator(".chip").first.get_attribute("aria-pressed") == "false"


def test_on_a_phone_lists_unfold(visit):
    opened = visit("focus", size=(390, 844))
    page = opened.page
    expect(page.locator("table")).to_have_count(0)
    things = page.locator(".fold-row").count()
    assert things >= len(opened.things()) + len(opened.actors()) - 1
    page.locator(".fold-row summary").first.click()
    page.locator(".fold-row .line").first.click()
    assert page.locator("#facts-title").is_visible()


def test_partners_are_ranked_with_on_what_since_when_and_last_mentioned(visit, sources):
    page = visit("focus", "#v=partners").page
    numbers = [int(one) for one in text_of(page, ".ranked td.bar b")]
    assert numbers == sorted(numbers, reverse=True)
    assert len(numbers) == int("".join(c for c in page.inner_text("#headline").split(" med ")[-1] if c.isdigit()))
    row = page.locator(".ranked tbody tr").first
    expect(row.locator("li")).to_have_count(numbers[0])
    assert "20" in row.locator(".day").last.inner_text()


def test_what_changed_stands_side_by_side(visit):
    page = visit("all", "#v=changes").page
    heads = text_of(page, ".changes thead th .name")
    assert heads == ["Rammeaftale 2019-2020", "Rammeaftale 2021-2022", "Rammeaftale 2023-2024"]
    marks = set(text_of(page, ".changes .turn-sign"))
    assert marks <= {"+", "→", "○", "✕"}
    assert "+" in marks
    sums = page.locator(".changes thead th").nth(1).locator(".sums .turn-new [aria-hidden]").inner_text()
    assert int(sums.split()[1]) == page.locator(".changes tbody td:nth-child(2).turn-new").count()


def test_people_stand_with_role_place_day_and_source(visit):
    page = visit("all", "#v=people").page
    expect(page.locator(".people tbody")).to_have_count(int(page.inner_text("#headline").split()[0]))
    page.locator(".people details.source summary").first.click()
    assert "linje" in page.locator(".people .source-body").first.inner_text()


def test_two_are_set_side_by_side(visit, sources):
    opened = visit("all", "#f=municipality-0,municipality-1")
    page = opened.page
    inside = {
        i: {r.thing for r in sources.collaborations if r.actor == i} for i in ("municipality-0", "municipality-1")
    }
    assert set(opened.things()) == inside["municipality-0"] | inside["municipality-1"]
    groups = text_of(page, ".matrix .group")
    assert groups[0] == "Begge"
    both = page.locator(".matrix tbody").first.locator("tr[data-thing]").count()
    assert both == len(inside["municipality-0"] & inside["municipality-1"])


def test_the_sketch_lights_both_legs_and_never_dims_the_focus(visit):
    opened = visit("focus", "#v=sketch")
    page = opened.page
    expect(page.locator(".leg")).to_have_count(0)
    page.locator(".strip").nth(2).locator(".spot").nth(2).hover()
    expect(page.locator(".spot.self.lit")).to_have_count(1)
    expect(page.locator(".leg").nth(1)).to_be_attached()
    assert page.evaluate("getComputedStyle(document.querySelector('.spot.self')).opacity") == "1"
    page.locator(".strip").nth(1).locator(".spot").first.focus()
    expect(page.locator(".spot.lit").nth(1)).to_be_attached()


@pytest.mark.parametrize("width", [390, 320])
def test_the_sketch_fits_a_phone(visit, width):
    page = visit("focus", "#v=sketch", size=(width, 844)).page
    assert page.evaluate("document.getElementById('view').scrollWidth <= document.getElementById('view').clientWidth")
    page.locator(".strip").nth(1).locator(".spot").first.focus()
    expect(page.locator(".leg").nth(1)).to_be_attached()
    edges = page.locator(".leg").evaluate_all(
        "(all) => all.map((one) => one.getBoundingClientRect()).map((b) => [b.left, b.right])"
    )
    assert all(left >= 0 and right <= width for left, right in edges)


def test_the_sketch_keeps_what_is_pointed_at_when_the_window_changes(visit):
    page = visit("focus", "#v=sketch").page
    spot = page.locator(".strip").nth(2).locator(".spot").nth(2)
    spot.hover()
    before = page.locator(".leg").count()
    assert before > 1
    page.wait_for_timeout(250)  # the view has been measured for the first time
    assert page.locator(".leg").count() == before
    page.mouse.move(0, 0)
    spot.focus()
    first = page.locator(".leg").first.get_attribute("d")
    page.set_viewport_size({"width": 1300, "height": 860})
    page.wait_for_timeout(250)
    assert page.locator(".leg").count() == before
    assert page.locator(".leg").first.get_attribute("d") != first
    spot.click()
    expect(page.locator(".spot.chosen.lit")).to_have_count(1)


FORGIVEN = {
    "Ådal": "municipality-0", "aadal": "municipality-0", "adal": "municipality-0", "soendersoe": "municipality-2",
    "sondersø": "municipality-2", "SØNDERSØ komm": "municipality-2", "sondesro": "municipality-2", "raevebjerg": "municipality-13",
}  # fmt: skip


def test_search_forgives_and_finds_facts(visit):
    page = visit().page
    assert {typed: page.evaluate("(text) => window.samgraf.find(text)", typed)[0] for typed in FORGIVEN} == FORGIVEN
    found = page.evaluate("window.samgraf.findFacts('ådal rammeaftale')")
    assert ["municipality-0", "participatesIn", "agreement-0"] in found
    page.fill("#search", "bedre hjælp")
    page.locator(".option", has_text="bedre hjælp").first.click()
    expect(page.locator("#facts details.source[open]")).to_have_count(1)


def test_search_leads_to_a_close_up_and_back_again(visit):
    opened = visit()
    page = opened.page
    first = opened.things()
    page.fill("#search", "soendersø")
    assert page.get_attribute("#search", "aria-expanded") == "true"
    page.keyboard.press("Enter")
    assert "municipality-2" in page.url
    assert page.inner_text("#facts h2") == "Søndersø Kommune"
    page.click("#back")
    opened.wait("!location.hash")
    opened.settle()
    assert opened.things() == first


def test_choices_narrow_and_count_what_is_left(visit):
    opened = visit("all", "#tab=filters")
    page = opened.page
    every = len(opened.page.evaluate("window.samgraf.rows"))
    page.uncheck("#show-proposed")
    opened.settle()
    fewer = len(page.evaluate("window.samgraf.rows"))
    assert fewer < every
    page.click("#fold-documents > summary")
    page.uncheck("#documents-0")
    opened.settle()
    assert len(page.evaluate("window.samgraf.rows")) < fewer
    assert "2 valg" in page.inner_text("#subline")
    page.select_option("#pick-agreement", label="Rammeaftale 2021-2022")
    opened.settle()
    assert not {"agreement-0", "agreement-2"} & set(opened.things())
    page.click("#reset")
    assert "valg" not in page.inner_text("#subline")


def test_a_day_shows_what_held_then(visit):
    opened = visit("focus", "#e=1")
    page = opened.page
    page.locator("#time-day").fill("2020-06-01")
    page.locator("#time-day").dispatch_event("change")
    opened.settle()
    assert "agreement-0" in opened.things()
    assert "agreement-1" not in opened.things()
    assert "t=2020-06-01" in page.url
    assert "Pr. 1. juni 2020" in page.inner_text("#subline")
    page.click("#time-all")
    opened.settle()
    assert "agreement-1" in opened.things()


def test_a_path_is_named_step_by_step(visit):
    page = visit("all", "#v=path&f=person-0,municipality-7").page
    stops, steps = page.locator("#view .stop").count(), page.locator("#view .step").count()
    assert stops == steps + 1 >= 2
    assert all(text.strip() for text in text_of(page, "#view .phrase"))
    page.locator("#view details.source summary").first.click()
    assert page.locator("#view .source-body").first.inner_text().strip()


def test_the_network_is_drawn_when_it_is_opened_and_says_what_it_means(visit):
    opened = visit("all")
    assert opened.page.evaluate("typeof vis") == "undefined"
    opened.page.click("#views [data-view=network]")
    opened.wait("document.documentElement.dataset.drawn === 'true'")
    drawn = opened.page.evaluate("window.samgraf.network.body.nodeIndices.length")
    assert f"{drawn} aktører" in opened.page.inner_text("#headline")
    for word in ("Størrelsen", "nær hinanden", "farven"):
        assert word in opened.page.inner_text("#network-words")
    assert opened.wrong() == []


def test_the_network_shows_themes_and_the_like_when_asked(visit, builtin_page):
    opened = visit(builtin_page, "#v=network")
    opened.wait("document.documentElement.dataset.drawn === 'true'")
    count = "window.samgraf.network.body.nodeIndices.length"
    actors = opened.page.evaluate(count)
    kinds = opened.page.locator("#pick-also option").all_inner_texts()
    assert {"Temaer", "Dagsordenspunkter", "Initiativer"} <= set(kinds)
    assert not {"Kommuner", "Personer"} & set(kinds)
    opened.page.select_option("#pick-also", label="Temaer")
    opened.wait("document.documentElement.dataset.drawn === 'true'")
    themes = opened.page.evaluate(count) - actors
    assert themes > 10
    assert f"{themes} temaer" in opened.page.inner_text("#network-words")
    assert "x=Theme" in opened.state()
    assert len([row for row in opened.page.evaluate("window.samgraf.rows") if not row[2]]) >= themes
    assert opened.wrong() == []


@pytest.fixture(scope="module")
def large_page(tmp_path_factory):
    path = tmp_path_factory.mktemp("large") / "page.html"
    write_page(path, made(4000))
    return path


def test_a_large_network_opens_on_its_communities(visit, large_page):
    opened = visit(large_page, "#v=network")
    opened.wait("document.documentElement.dataset.drawn === 'true'", 30)
    groups = opened.page.evaluate("window.samgraf.network.body.nodeIndices.length")
    assert groups < 300
    assert "Hver prik er en gruppe" in opened.page.inner_text("#network-words")
    opened.page.locator(".groups .fact-name").first.click()
    opened.settle()
    assert opened.page.evaluate("window.samgraf.network.body.nodeIndices.every((i) => i >= 0)")
    assert "Hver prik er en aktør" in opened.page.inner_text("#network-words")
    opened.page.click("#all-groups")
    assert opened.page.evaluate("window.samgraf.network.body.nodeIndices.length") == groups


def test_what_is_not_all_says_so(visit, large_page):
    opened = visit(large_page)
    text = opened.page.inner_text(".cut")
    assert "Viser 166 af" in text
    opened.page.click("#show-more")
    opened.settle()
    assert "Viser 332 af" in opened.page.inner_text(".cut")
    assert len(opened.page.evaluate("window.samgraf.things")) > 332


def test_the_address_restores_everything(visit):
    opened = visit("all", "#tab=filters")
    page = opened.page
    page.uncheck("#show-proposed")
    page.select_option("#sort-columns", "kind")
    page.locator("#time-day").fill("2021-06-01")
    page.locator("#time-day").dispatch_event("change")
    page.click("#lang-en")
    page.locator("th.what").nth(2).click()
    opened.settle()
    before = (opened.state(), opened.things(), opened.actors(), page.inner_text("#headline"), page.inner_text("#facts"))
    again = visit("all", page.evaluate("location.hash"))
    after = (
        again.state(),
        again.things(),
        again.actors(),
        again.page.inner_text("#headline"),
        again.page.inner_text("#facts"),
    )
    assert "s=" in before[0]
    assert before == after


def test_languages_change_every_word(visit):
    opened = visit("focus")
    page = opened.page
    danish = page.inner_text("main") + page.inner_text("aside") + page.inner_text("header")
    page.click("#lang-en")
    opened.settle()
    english = page.inner_text("main") + page.inner_text("aside") + page.inner_text("header")
    assert page.get_attribute("html", "lang") == "en"
    assert "together with" in english or "with" in english
    for word in ("Søg", "Oplysninger", "Hvem", "Partnere", "er medlem af", "Alle år", "deltager"):
        assert word not in english, word
    page.click("#lang-da")
    opened.settle()
    assert page.inner_text("main") + page.inner_text("aside") + page.inner_text("header") == danish


def saved(page, kind):
    page.click("#open-exports")
    with page.expect_download() as event:
        page.click(f"#export-{kind}")
    return Path(event.value.path()).read_bytes()


@pytest.mark.parametrize("view", ["matrix", "partners", "changes", "people", "sketch", "network"])
def test_exports_open_again_and_hold_all_of_the_view(visit, view):
    opened = visit("focus", f"#v={view}")
    page = opened.page
    if view == "network":
        opened.wait("document.documentElement.dataset.drawn === 'true'")
    assert saved(page, "png").startswith(b"\x89PNG")
    root = ET.fromstring(saved(page, "svg"))  # noqa: S314 - our own file
    texts = [one.text or "" for one in root.iter(f"{SVG}text")]
    assert any("Kilder til og med" in text for text in texts)
    assert not any("Klik" in text for text in texts)
    if view == "matrix":
        assert any("i et dokument" in text for text in texts)
        names = [
            one.rsplit(maxsplit=1)[0]
            for one in page.locator("th.who").evaluate_all("(all) => all.map((one) => one.title.split(' · ')[0])")
        ]
        assert names
        assert all(any(name in text for text in texts) for name in names)
    data = saved(page, "csv")
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    assert len({len(row) for row in rows}) == 1
    assert rows[0][0] in ("Hvad", "Hvem", "Navn", "Første")
    page.click("#lang-en")
    assert b";" not in saved(page, "csv").split(b"\r\n")[0]


def test_ready_made_look_ups_sort_and_lead_on(visit):
    opened = visit()
    page = opened.page
    page.click("#open-gallery")
    assert "q=" in page.url
    page.locator("#gallery th button").nth(1).click()
    counts = [int(text) for text in text_of(page, "#gallery td.number")]
    assert counts == sorted(counts, reverse=True)
    page.locator("#gallery td button").first.click()
    opened.settle()
    expect(page.locator("#gallery[open]")).to_have_count(0)
    assert "f=municipality" in page.url


def test_print_gives_the_matrix_whole_with_numbered_sources(visit):
    opened = visit("focus")
    page = opened.page
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    things = {row[0] for row in page.evaluate("window.samgraf.rows.slice(1)")}
    expect(page.locator("#paper tr[data-thing]")).to_have_count(len(things))
    expect(page.locator("#paper .paper-sources li").first).to_be_attached()
    for state in ("last-attested", "ended"):  # what stands in the table stands in its legend
        drawn = page.locator(f"#paper td .is-{state}").count()
        assert bool(drawn) == bool(page.locator(f"#paper .paper-key .is-{state}").count())
    assert page.locator("#paper .paper-key .sign").count() > 1
    assert not page.locator(".top").is_visible()
    assert len(page.pdf(prefer_css_page_size=True).split(b"/Type /Page\n")) <= 3


def test_names_take_the_room_that_the_columns_leave(visit, builtin_page):
    opened = visit(builtin_page, "#f=viborg", size=(1440, 900))
    page = opened.page
    narrow = page.locator("th.what").first.bounding_box()["width"]
    page.set_viewport_size({"width": 2560, "height": 1440})
    opened.settle()
    assert page.locator("th.what").first.bounding_box()["width"] > narrow
    assert page.locator("th.who").first.bounding_box()["height"] > 122


def test_a_look_up_on_a_phone_breaks_no_number(visit):
    page = visit("all", "#q=per-town", size=(390, 844)).page
    lines = page.locator("#gallery td.number").evaluate_all(
        """(all) => all.map((one) => { const all = document.createRange(); all.selectNodeContents(one); return all.getClientRects().length; })"""
    )
    assert set(lines) == {1}
    assert page.locator("#gallery th").last.evaluate("(one) => getComputedStyle(one).overflowWrap") == "normal"


def test_paper_is_not_a_phone(visit):
    page = visit("focus", "#v=changes", size=(700, 900)).page
    page.emulate_media(media="print")
    assert page.locator(".changes td > span:not(.turn-sign, .hidden)").first.is_visible()


def test_the_network_rings_what_the_page_is_about(visit):
    opened = visit("focus", "#v=network")
    opened.wait("document.documentElement.dataset.drawn === 'true'")
    ringed = opened.page.evaluate(
        "Object.values(window.samgraf.network.body.nodes).filter((one) => one.options.borderWidth > 0).map((one) => one.id)"
    )
    assert ringed == [opened.page.evaluate("window.samgraf.index('municipality-3')")]


def test_a_comparison_on_a_phone_says_who_is_in_what(visit):
    page = visit("all", "#f=municipality-0,municipality-1", size=(390, 844)).page
    assert text_of(page, ".view h3")[0] == "Begge"
    assert {"Kun Ådal Kommune", "Kun Østerby Kommune"} <= set(text_of(page, ".view h3"))


def test_an_embedded_page_shows_the_view_alone(visit):
    page = visit("focus", "#embed=1").page
    assert page.locator(".matrix").is_visible()
    for one in (".top", ".side", ".foot"):
        assert not page.locator(one).is_visible()


def test_a_story_leads_from_state_to_state(visit, tmp_path, sources):
    steps = [
        Step("v=partners&f=municipality-3", {"da": "Partnere", "en": "Partners"}, {"da": "Hvem er med?", "en": "Who?"}),
        Step(
            "f=municipality-3,municipality-4", {"da": "To", "en": "Two"}, {"da": "Side om side", "en": "Side by side"}
        ),
    ]
    write_page(tmp_path / "page.html", sources, story=steps)
    opened = visit(tmp_path / "page.html")
    page = opened.page
    page.click("#story-start")
    assert page.inner_text("#story h2") == "Partnere"
    assert page.locator(".ranked").is_visible()
    page.click("#story-next")
    assert page.inner_text("#story p") == "Side om side"
    assert "step=1" in page.url
    page.click("#story-back")
    assert page.locator(".ranked").is_visible()


def test_under_a_server_the_search_box_asks_too(visit, sources, tmp_path):
    path = tmp_path / "served.html"
    path.write_text(
        render_page(sources, pages={"da": {"ask": "https://samgraf.example/ask?lang=da&q={}"}}), encoding="utf-8"
    )
    opened = visit(path)
    page = opened.page
    page.route("https://samgraf.example/**", lambda route: route.fulfill(body="asked"))
    page.fill("#search", "hvem leder & styrer?")
    option = page.locator("#suggestions .option").last
    expect(option).to_contain_text("Spørg: hvem leder & styrer?")
    option.click()
    page.wait_for_url("https://samgraf.example/ask?lang=da&q=hvem%20leder%20%26%20styrer%3F")


def test_a_page_by_itself_offers_no_answers_that_it_cannot_give(visit):
    page = visit().page
    expect(page.locator("#home")).to_be_hidden()
    expect(page.locator("#do-page")).to_have_count(0)
    page.fill("#search", "hvem leder")
    expect(page.locator("#suggestions li").first).to_be_visible()
    expect(page.locator("#suggestions", has_text="Spørg:")).to_have_count(0)
