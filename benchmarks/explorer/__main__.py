"""Measure the explorer in Chromium beside raw pyvis: python -m benchmarks.explorer [300 3000 10000]

Prints one table: each figure with its bar. It never fails on time; it says which bars are missed. Everything is
the median of three runs in a fresh browser context, without a network, with software rendering.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests" / "explorer"))

from playwright.sync_api import Browser, Error, Page, sync_playwright
from synthetic import dataset

from samgraf.explorer import write_page
from samgraf.network import layout, project

if TYPE_CHECKING:
    from collections.abc import Callable

RUNS = 3
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
MEGA = 1e6
BARS: dict[str, dict[int, float]] = {
    "file, MB": {300: 0.9, 3000: 1.5, 10000: 3.0},
    "export in Python, layout cached, s": {10000: 3.0},
    "export in Python, cold, s": {10000: 30.0},
    "interactive, s": {300: 1.0, 3000: 2.0, 10000: 3.5},
    "heap, MB": {3000: 30.0, 10000: 80.0},
    "pan p95, whole network, ms": {3000: 100.0, 10000: 250.0},
    "search, keystroke to results, ms": {10000: 100.0},
}
PAN = """() => new Promise((done) => {
  const canvas = document.querySelector('canvas');
  const box = canvas.getBoundingClientRect();
  const fire = (type, x, y) => canvas.dispatchEvent(new PointerEvent(type, {
    clientX: box.left + x, clientY: box.top + y, buttons: 1, pointerId: 1, isPrimary: true, bubbles: true,
    pointerType: 'mouse', button: type === 'pointermove' ? -1 : 0 }));
  const times = []; let k = 0; let last = performance.now();
  fire('pointerdown', 300, 300);
  const step = () => {
    const now = performance.now();
    if (k > 2) times.push(now - last);
    last = now; k += 1;
    if (k > 42) {
      fire('pointerup', 300, 300); times.sort((a, b) => a - b); done(times[Math.floor(times.length * 0.95)]);
      return;
    }
    fire('pointermove', 300 + (k % 20) * 6, 300 + (k % 13) * 5);
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
})"""
SEARCH = """() => {
  const field = document.getElementById('search'); const times = [];
  for (const text of ['s', 'so', 'sondre', 'psykiatri', 'ældre vest', 'recovrey', 'borgere']) {
    field.value = text; const begin = performance.now();
    field.dispatchEvent(new Event('input')); document.body.offsetHeight;
    times.push(performance.now() - begin);
  }
  field.value = ''; field.dispatchEvent(new Event('input'));
  return Math.max(...times);
}"""
STABLE = """window.stable = false;
window.addEventListener('load', () => {
  const wait = setInterval(() => {
    if (typeof network === 'undefined' || !network.once) return;
    network.once('stabilizationIterationsDone', () => { window.stable = true; });
    clearInterval(wait);
  }, 5);
});"""


def interactive(page: Page, path: Path, ready: str, limit: float, hash_: str = "") -> float | None:
    """Open a file and give the seconds until the page answers; None when the limit passes first."""
    begin = time.perf_counter()
    page.goto(f"{path.as_uri()}{hash_}", wait_until="commit", timeout=limit * 1000)
    while time.perf_counter() - begin < limit:
        try:
            if page.evaluate(ready):
                page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
                return time.perf_counter() - begin
        except Error:  # the page is between two documents
            pass
        time.sleep(0.01)
    return None


def heap(page: Page) -> float:
    """Collect garbage and give the JavaScript heap in MB."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.enable")
    session.send("HeapProfiler.collectGarbage")
    used: float = session.send("Runtime.getHeapUsage")["usedSize"]
    return used / MEGA


def middle(measure: Callable[[], float | None]) -> float | None:
    """Give the median of three runs, None when one did not end."""
    found = [measure() for _ in range(RUNS)]
    return None if any(one is None for one in found) else statistics.median(one for one in found if one is not None)


def raw_pyvis(data: dict[str, Any], path: Path) -> None:
    """Write the same graph as pyvis does it by itself, with its library inside the file."""
    from pyvis.network import Network as Plain

    plain = Plain(directed=True, cdn_resources="in_line")
    network = project(data["entities"], data["claims"], data["predicates"], data["types"])
    for node in network.nodes.values():
        plain.add_node(node.id, label=node.label.da)
    for edge in network.edges:
        plain.add_edge(edge.subject, edge.object, title=edge.predicate)
    path.write_text(plain.generate_html(), encoding="utf-8")


def python_side(data: dict[str, Any], path: Path) -> dict[str, float]:
    """Measure the making of the file."""
    begin = time.perf_counter()
    write_page(path, **data)
    cold = time.perf_counter() - begin
    places = layout(project(data["entities"], data["claims"], data["predicates"], data["types"]))
    begin = time.perf_counter()
    write_page(path, **data, layout=places)
    cached = time.perf_counter() - begin
    return {
        "file, MB": path.stat().st_size / MEGA,
        "export in Python, layout cached, s": cached,
        "export in Python, cold, s": cold,
    }


def browser_side(browser: Browser, path: Path) -> dict[str, float | None]:
    """Measure the page: time to interactive, heap, search, panning with the whole network drawn."""
    ready = "document.documentElement?.dataset.ready === 'true'"
    found: dict[str, list[float | None]] = {}
    for _ in range(RUNS):
        context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
        page = context.new_page()
        found.setdefault("interactive, s", []).append(interactive(page, path, ready, 60))
        found.setdefault("heap, MB", []).append(heap(page))
        found.setdefault("search, keystroke to results, ms", []).append(page.evaluate(SEARCH))
        context.close()
        context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
        page = context.new_page()
        found.setdefault("interactive, whole network drawn, s", []).append(
            interactive(page, path, ready, 60, "#v=map&w=1")
        )
        found.setdefault("heap, whole network drawn, MB", []).append(heap(page))
        found.setdefault("pan p95, whole network, ms", []).append(page.evaluate(PAN))
        context.close()
    return {name: statistics.median(v for v in values if v is not None) for name, values in found.items()}


def pyvis_side(browser: Browser, size: int, path: Path) -> float | None:
    """Measure raw pyvis at one size, once: it takes half a minute at 300 nodes."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    page = context.new_page()
    page.add_init_script(STABLE)
    taken = interactive(page, path, "window.stable === true", 90 if size <= 300 else 20)
    context.close()
    return taken


def main() -> None:
    """Print the table."""
    sizes = [int(word) for word in sys.argv[1:]] or [300, 3000, 10000]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        for size in sizes:
            data = dataset(size)
            path = Path(folder) / f"{size}.html"
            rows: dict[str, float | None] = dict(python_side(data, path))
            browser = play.chromium.launch(
                executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--enable-precise-memory-info"]
            )
            rows |= browser_side(browser, path)
            if size <= 300:
                raw = Path(folder) / f"pyvis-{size}.html"
                raw_pyvis(data, raw)
                rows["raw pyvis: interactive, s"] = pyvis_side(browser, size, raw)
                rows["raw pyvis: file, MB"] = raw.stat().st_size / MEGA
                ours, theirs = rows["interactive, s"], rows["raw pyvis: interactive, s"]
                rows["times faster than raw pyvis (bar 20)"] = theirs / ours if ours and theirs else None
            browser.close()
            print(f"\n{size} nodes, {3 * size} edges")
            for name, value in rows.items():
                bar = BARS.get(name, {}).get(size)
                verdict = (
                    "" if bar is None or value is None else f"  bar {bar:g}  {'met' if value <= bar else 'MISSED'}"
                )
                print(
                    f"  {name:<42} {'not within the limit' if value is None else f'{value:.2f}':>8}{verdict}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
