"""A browser without a network, pages made of synthetic records, and a page that remembers what went wrong in it."""

from __future__ import annotations

import shutil
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parent))  # so that the tests and the benchmarks share synthetic.py

from synthetic import dataset

from samgraf.explorer import write_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
WATCH = """
window.wrong = [];
document.addEventListener('securitypolicyviolation', (event) => window.wrong.push(`csp ${event.violatedDirective} ${event.blockedURI}`));
"""


@dataclass
class Opened:
    """A page in the browser, and what it asked for or complained of."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def state(self) -> str:
        """The state as the hash has it."""
        return str(self.page.evaluate("window.samgraf.state"))

    def shown(self) -> list[str]:
        """Ids of the nodes drawn."""
        return list(self.page.evaluate("window.samgraf.shown"))

    def wait(self, expression: str, seconds: float = 10) -> None:
        """Wait until an expression is true. Playwright's own waiting needs eval, which the page's policy forbids."""
        end = time.monotonic() + seconds
        while not self.page.evaluate(expression):
            assert time.monotonic() < end, f"never true: {expression}"
            self.page.wait_for_timeout(25)

    def settle(self) -> None:
        """Wait until a change is drawn."""
        self.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def wrong(self) -> list[str]:
        """All that must not happen: requests beyond the file itself, console messages, violations of the policy."""
        return [*self.requests[1:], *self.complaints, *self.page.evaluate("window.wrong")]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def records() -> dict[str, Any]:
    return dataset(300)


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory, records: dict[str, Any]) -> dict[str, Path]:
    """The overview and a focus, of the same records."""
    folder = tmp_path_factory.mktemp("pages")
    made = {"overview": folder / "overview.html", "focus": folder / "focus.html"}
    passages = {
        (e["document"], *e["chars"]): "Sådan står der." for claim in records["claims"] for e in claim["evidence"]
    }
    write_page(made["overview"], **records)
    write_page(made["focus"], **records, focus="municipality-3", passages=passages)
    return made


@pytest.fixture
def visit(browser: Browser, pages: dict[str, Path]) -> Iterator[Callable[..., Opened]]:
    """Open a page by name or path, with a hash, at a size, in a colour scheme."""
    contexts = []

    def open_page(
        which: str | Path = "overview",
        hash_: str = "",
        size: tuple[int, int] = (1440, 900),
        scheme: str = "light",
        **options: Any,
    ) -> Opened:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme=scheme,
            reduced_motion="reduce",
            offline=True,
            **options,
        )
        contexts.append(context)
        context.add_init_script(WATCH)
        context.set_default_timeout(8000)
        opened = Opened(context.new_page())
        opened.page.on("request", lambda request: opened.requests.append(request.url))
        opened.page.on("console", lambda message: opened.complaints.append(f"{message.type}: {message.text}"))
        opened.page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        path = which if isinstance(which, Path) else pages[which]
        opened.page.goto(f"{path.as_uri()}{hash_}")
        opened.wait("document.documentElement.dataset.ready === 'true'")
        opened.settle()
        return opened

    yield open_page
    for context in contexts:
        context.close()
