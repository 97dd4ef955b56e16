"""Measure the explorer in Chromium beside raw vis-network: python -m benchmarks.explorer [300 3000 10000]

Prints one table: each figure with its bar. It never fails on time; it says which bars are missed. Everything is the
median of five runs in a fresh browser context, without a network, with software rendering, in a tab where an empty file is
open already: what a browser takes to start a process for a page is not the page's. 'Work' is what the page's main thread did
until it answered, which other processes of the machine hardly change. 'Raw' is vis-network with all entities as marks and
all claims between them as lines, places given and physics off, as one would draw the graph by hand; it is measured by turns.
"""

from __future__ import annotations

import json
import random
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests" / "publish" / "explorer"))

from made import made
from playwright.sync_api import Browser, Page, sync_playwright

from samgraf.publish.explorer import write_page
from samgraf.publish.explorer.drawing import OPTIONS, bundled_vis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from samgraf.publish.explorer import Sources

RUNS = 5
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
MEGA = 1e6
BARS: dict[str, dict[int, float]] = {
    "file, MB": {300: 0.9, 3000: 1.5, 10000: 3.0},
    "export in Python, s": {10000: 30.0},
    "interactive, s": {300: 1.0, 3000: 2.0, 10000: 3.5},
    "heap, MB": {3000: 30.0, 10000: 80.0},
    "search, keystroke to results, ms": {10000: 100.0},
    "network: work, beside raw": {3000: 0.5, 10000: 0.5},
    "network: interactive, beside raw": {3000: 0.5, 10000: 0.5},
    "network: heap, beside raw": {3000: 0.5, 10000: 0.5},
}
READY, DRAWN = "ready", "drawn"
WATCH = """
new MutationObserver((_, watch) => {
  if (document.documentElement?.dataset['%s'] !== 'true') return;
  watch.disconnect();
  requestAnimationFrame(() => requestAnimationFrame(() => { window.answered = performance.now(); }));
}).observe(document, { attributes: true, subtree: true, attributeFilter: ['data-%s'] });
"""
"""Notes by the page's own clock when it says that it is ready (or drawn), two frames later."""
SEARCH = """() => {
  const field = document.getElementById('search'); const times = [];
  field.value = 'xyz'; field.dispatchEvent(new Event('input'));
  for (const text of ['s', 'so', 'sondre', 'psykiatri', 'ældre vest', 'recovrey', 'borgere']) {
    field.value = text; const begin = performance.now();
    field.dispatchEvent(new Event('input')); document.body.offsetHeight;
    times.push(performance.now() - begin);
  }
  field.value = ''; field.dispatchEvent(new Event('input'));
  return Math.max(...times);
}"""


def interactive(page: Page, path: Path, ready: str, hash_: str = "", limit: float = 90) -> float:
    """Open a file and give the seconds until the page answers; infinite when the limit passes first."""
    page.add_init_script(WATCH % (ready, ready))
    end = time.perf_counter() + limit
    page.goto(f"{path.as_uri()}{hash_}", wait_until="commit", timeout=limit * 1000)
    while time.perf_counter() < end:
        time.sleep(0.3)
        if answered := page.evaluate("window.answered ?? 0"):
            return float(answered) / 1000
    return float("inf")


def heap(page: Page) -> float:
    """Collect garbage and give the JavaScript heap in MB."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.enable")
    session.send("HeapProfiler.collectGarbage")
    used: float = session.send("Runtime.getHeapUsage")["usedSize"]
    return used / MEGA


def raw_vis(sources: Sources, path: Path) -> None:
    """Write the whole graph as vis-network draws it by itself, with its library inside the file."""
    chance, known = random.Random(0), {e.id for e in sources.entities}
    width = 100 * len(known) ** 0.5
    nodes = [
        {"id": e.id, "label": e.label["da"], "shape": "dot", "x": chance.random() * width, "y": chance.random() * width}
        for e in sources.entities
    ]
    edges = [{"from": c.subject, "to": c.object} for c in sources.claims if c.object in known]
    path.write_text(
        "<!DOCTYPE html><html><body><div id='net' style='width:1400px;height:860px'></div>"
        f"<script>{bundled_vis()}</script><script>const net = new vis.Network(document.getElementById('net'), "
        f"{{nodes: new vis.DataSet({json.dumps(nodes)}), edges: new vis.DataSet({json.dumps(edges)})}}, {json.dumps(OPTIONS)});"
        "net.once('afterDrawing', () => { document.documentElement.dataset.drawn = 'true'; });</script></body></html>",
        encoding="utf-8",
    )


class Run(NamedTuple):
    """What one opening of a page took: seconds until it answered, seconds of work, MB, and ms of search (0 where there is none)."""

    taken: float
    work: float
    memory: float
    search: float


def opened(browser: Browser, path: Path, ready: str, hash_: str = "") -> Run:
    """Open a page once."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    page = context.new_page()
    empty = path.with_name("empty.html")
    empty.write_text("<!DOCTYPE html><title>empty</title>", encoding="utf-8")
    page.goto(empty.as_uri())
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    taken = interactive(page, path, ready, hash_)
    work = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}["TaskDuration"]
    search = page.evaluate(SEARCH) if page.locator("#search").count() else 0
    memory = heap(page)
    context.close()
    return Run(taken, work, memory, search)


def medians(runs: Sequence[Run]) -> Run:
    """Give the median of each figure."""
    return Run(*(statistics.median(one) for one in zip(*runs, strict=True)))


def rows_of(browser: Browser, size: int, folder: Path) -> dict[str, float]:
    """Measure one size."""
    sources, path, raw = made(size), folder / f"{size}.html", folder / f"raw-{size}.html"
    begin = time.perf_counter()
    write_page(path, sources)
    export = time.perf_counter() - begin
    raw_vis(sources, raw)
    first = medians([opened(browser, path, READY) for _ in range(RUNS)])
    turns = [(opened(browser, path, DRAWN, "#v=network"), opened(browser, raw, DRAWN)) for _ in range(RUNS)]
    network, plain = (medians(one) for one in zip(*turns, strict=True))
    return {
        "file, MB": path.stat().st_size / MEGA,
        "export in Python, s": export,
        "interactive, s": first.taken,
        "heap, MB": first.memory,
        "search, keystroke to results, ms": first.search,
        "network: interactive, s": network.taken,
        "network: work, s": network.work,
        "network: heap, MB": network.memory,
        "raw vis-network: interactive, s": plain.taken,
        "raw vis-network: work, s": plain.work,
        "raw vis-network: heap, MB": plain.memory,
        "network: interactive, beside raw": network.taken / plain.taken,
        "network: work, beside raw": network.work / plain.work,
        "network: heap, beside raw": network.memory / plain.memory,
    }


def main() -> None:
    """Print the table."""
    sizes = [int(word) for word in sys.argv[1:]] or [300, 3000, 10000]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        for size in sizes:
            browser = play.chromium.launch(
                executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--enable-precise-memory-info"]
            )
            rows = rows_of(browser, size, Path(folder))
            browser.close()
            print(f"\n{size} entities")
            for name, value in rows.items():
                bar = BARS.get(name, {}).get(size)
                verdict = "" if bar is None else f"  bar {bar:g}  {'met' if value <= bar else 'MISSED'}"
                print(f"  {name:<42} {value:8.2f}{verdict}", flush=True)


if __name__ == "__main__":
    main()
