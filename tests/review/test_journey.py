"""The whole journey: an empty folder, three files of three kinds, a review by keys, and answers from what was accepted."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import pytest
import yaml

from samgraf.server.review import ReviewServer
from samgraf.workspace import load
from tests.conftest import Run
from tests.ingest.making import Maker

DOCUMENTS = Path(__file__).resolve().parent.parent / "ingest" / "documents"
FILES = {"01-kkr-nordjylland": "pdf", "02-klima-fyn": "docx", "03-sundhedsklynge-sydvest": "html"}
MOST_KEYS = 4.0


def review_all(folder: Path, browser: Any) -> int:
    """Go through every document in the browser as a person does who finds all right. Gives the keys and clicks."""
    server = ReviewServer(str(folder), None, "da")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    keys = 0
    context = browser.new_context()
    page = context.new_page()
    page.goto(server.url)
    for document in FILES:
        page.locator("#documents").select_option(document)
        keys += 2
        page.locator(f"#title[data-document='{document}']").wait_for()
        while "tage stilling" in page.locator("#progress").inner_text():
            before = page.locator("#progress").inner_text()
            page.keyboard.press("Shift+Enter")
            keys += 1
            page.locator("#progress").filter(has_not_text=before).wait_for()
    context.close()
    server.shutdown()
    server.server_close()
    return keys


@pytest.mark.browser
def test_from_an_empty_folder_to_answers(tmp_path: Path, run: Run, browser: Any) -> None:
    folder, files = tmp_path / "ejet", tmp_path / "filer"
    files.mkdir()
    maker = Maker()
    for name, form in FILES.items():
        maker.make(yaml.safe_load((DOCUMENTS / f"{name}.yaml").read_text(encoding="utf-8"))["html"], form, files / name)
    assert run("init", str(folder)).code == 0
    assert run("add", str(files), cwd=folder).code == 0
    keys = review_all(folder, browser)
    accepted = sum(len(d.claims) for d in load(str(folder)).documents if d.head.id in FILES)
    assert accepted > 60
    assert keys / accepted <= MOST_KEYS
    checked = run("check", "--no-shapes", cwd=folder)
    assert checked.code == 0, checked
    assert [s["open"] for s in json.loads(run("status", "--format", "json", cwd=folder).stdout)] == [0, 0, 0]
    people = run("show", "Klimaalliance Fyn: mødet den 23. januar 2023", cwd=folder)
    assert "Anders Holmskov" in people.stdout
    claims = [
        json.loads(line)
        for line in run("claims", "--format", "jsonl", "--about", "Nina Storgaard", cwd=folder).stdout.splitlines()
    ]
    assert "absentFrom" in {c["predicate"]["iri"].rsplit("#")[-1] for c in claims}
    assert run("brief", "Odense Kommune", "-o", str(tmp_path / "note.md"), cwd=folder).code == 0
    assert run("explore", "-o", str(tmp_path / "side.html"), cwd=folder).code == 0
    asked = run("ask", "Hvem deltog i mødet i Klimaalliance Fyn den 23. januar 2023?", cwd=folder)
    assert asked.code == 0
    assert "Anders Holmskov" in asked.stdout
