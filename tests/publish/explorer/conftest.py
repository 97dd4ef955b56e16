"""A browser without a network, pages made of synthetic records, and a page that remembers what went wrong in it."""

from __future__ import annotations

import shutil
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parent))  # so that the tests and the benchmarks share made.py

from made import made

from samgraf import api
from samgraf.cli.commands.explore import command
from samgraf.publish.explorer import read_sources, write_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from playwright.sync_api import Browser, Page

    from samgraf.publish.explorer import Sources

collect_ignore = [] if shutil.which("node") else ["test_scripts.py"]
if not (shutil.which("firefox-esr") or shutil.which("firefox")):
    collect_ignore.append("test_firefox.py")
"""Node is a tool of development; without it the modules are tested in the browser only. Firefox is a second browser."""

WATCH = """
window.wrong = [];
document.addEventListener('securitypolicyviolation', (event) => window.wrong.push(`csp ${event.violatedDirective} ${event.blockedURI}`));
"""
GO = "([hash]) => { history.replaceState(null, '', hash || '#'); dispatchEvent(new PopStateEvent('popstate')); }"


@dataclass
class Opened:
    """A page in the browser, and what it asked for or complained of."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def state(self) -> str:
        """The state as the hash has it."""
        return str(self.page.evaluate("window.samgraf.state"))

    def things(self) -> list[str]:
        """Ids of the things in the rows."""
        return list(self.page.evaluate("window.samgraf.things"))

    def actors(self) -> list[str]:
        """Ids of the actors in the columns."""
        return list(self.page.evaluate("window.samgraf.actors"))

    def go(self, hash_: str) -> None:
        """Go on to another state, as the way back in the history does: the page is not read again."""
        self.page.evaluate(GO, [hash_])
        self.settle()

    def told(self, hashes: Sequence[str], expression: str) -> list[Any]:
        """Give what an expression is in each of some states, without drawing them for anybody."""
        return list(
            self.page.evaluate(
                f"(hashes) => hashes.map((one) => {{ ({GO})([one]); return {expression}; }})", list(hashes)
            )
        )

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
def sources() -> Sources:
    return made(300)


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory, sources: Sources) -> dict[str, Path]:
    """The view of everything and a focus, of the same sources."""
    folder = tmp_path_factory.mktemp("pages")
    found = {"all": folder / "all.html", "focus": folder / "focus.html"}
    passages = {(e.document, *e.chars): "Sådan står der." for claim in sources.claims for e in claim.evidence}
    write_page(found["all"], sources)
    write_page(found["focus"], sources, focus="municipality-3", passages=passages)
    return found


@pytest.fixture(scope="session")
def builtin_sources() -> Sources:
    return read_sources(api.open().reader)


@pytest.fixture(scope="session")
def builtin_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the built-in graph, as the command writes it."""
    path = tmp_path_factory.mktemp("builtin") / "builtin.html"
    done = CliRunner().invoke(command, ["-o", str(path)])
    assert done.exit_code == 0, done.output
    return path


@pytest.fixture
def visit(browser: Browser, pages: dict[str, Path]) -> Iterator[Callable[..., Opened]]:
    """Open a page by name or path, with a hash, at a size, in a colour scheme."""
    contexts = []

    def open_page(
        which: str | Path = "all",
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
