"""The same page in Debian's Firefox: every view says what it says in Chromium, and nothing complains."""

from __future__ import annotations

import shutil

import pytest
from bidi import Firefox

pytestmark = [pytest.mark.browser, pytest.mark.long]
PROGRAM = shutil.which("firefox-esr") or shutil.which("firefox")
VIEWS = ["matrix", "partners", "changes", "people", "sketch", "network"]


@pytest.fixture(scope="module")
def firefox(tmp_path_factory):
    assert PROGRAM
    opened = Firefox(PROGRAM, str(tmp_path_factory.mktemp("firefox")))
    yield opened
    opened.close()


def test_every_view_says_what_it_says_in_chromium(firefox, visit, builtin_page):
    for view in VIEWS:
        hash_ = f"#v={view}&f=viborg"
        chromium = visit(builtin_page, hash_)
        firefox.open("about:blank")
        firefox.open(f"{builtin_page.as_uri()}{hash_}")
        firefox.wait("document.documentElement.dataset.ready === 'true'")
        if view == "network":
            firefox.wait("document.documentElement.dataset.drawn === 'true'")
            assert firefox.run("window.samgraf.network.body.nodeIndices.length") > 10
        for told in ("headline", "rows", "state"):
            assert firefox.run(f"window.samgraf.{told}") == chromium.page.evaluate(f"window.samgraf.{told}"), (
                view,
                told,
            )
    assert firefox.complaints == []


def test_a_cell_opens_and_the_search_finds(firefox, builtin_page):
    firefox.open(f"{builtin_page.as_uri()}#f=viborg&l=en")
    firefox.wait("document.documentElement.dataset.ready === 'true'")
    firefox.run("(document.querySelectorAll('td[data-actor]')[1].click(), 1)")
    assert "Viborg" in firefox.run("document.getElementById('facts-title').textContent") or firefox.run(
        "window.samgraf.state"
    ).count("c=")
    assert firefox.run("window.samgraf.findFacts('formand').length") >= 3
    assert firefox.complaints == []
