"""Take the pictures of the explorer that the README and the docs show: python -m benchmarks.screenshots [--all FOLDER]

Builds the page of the built-in workspace and writes docs/images/. With `--all` every view is taken, wide and narrow,
light and dark, Danish and English, into a folder: to be looked at, not to be committed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
WIDE = (1440, 900)
NARROW = (390, 844)


class Shot(NamedTuple):
    """A picture: the page's focus, the hash, the size of the window and its colours."""

    focus: str
    hash: str = ""
    size: tuple[int, int] = WIDE
    scheme: str = "light"
    sheet: bool = False


README = {
    "explorer-viborg": Shot("viborg"),
    "explorer-partners": Shot("viborg", "#v=partners"),
    "explorer-changes": Shot("", "#v=changes", scheme="dark"),
    "explorer-network": Shot("", "#v=network"),
    "explorer-phone": Shot("viborg", size=NARROW),
}
VIEWS = {
    "first": ("", ""),
    "focus": ("viborg", ""),
    "panel": ("viborg", "#s=initiativ-8"),
    "partners": ("viborg", "#v=partners"),
    "changes": ("", "#v=changes"),
    "people": ("viborg", "#v=people"),
    "sketch": ("viborg", "#v=sketch&s=skive"),
    "network": ("", "#v=network"),
    "themes": ("", "#v=network&x=Theme"),
    "path": ("", "#v=path&f=skanderborg,socialstyrelsen&tab=compare"),
    "compared": ("", "#f=viborg,silkeborg&tab=compare"),
    "then": ("viborg", "#t=2020-06-01"),
    "filters": ("", "#tab=filters"),
    "look-ups": ("", "#q=most-connected"),
}


def every_view() -> dict[str, Shot]:
    """Give each view in both sizes, schemes and languages."""
    made = {}
    for name, (focus, hash_) in VIEWS.items():
        for size, width in ((WIDE, "wide"), (NARROW, "narrow")):
            for scheme, lang in (("light", "da"), ("dark", "en")):
                address = f"{hash_ or '#'}{'&' if hash_ else ''}l={lang}"
                sheet = name in {"panel", "filters"}
                made[f"{name}-{width}-{scheme}-{lang}"] = Shot(focus, address, size, scheme, sheet=sheet)
    return made


def pages(folder: Path) -> dict[str, Path]:
    """Write the page without a focus and the one of Viborg."""
    made = {}
    for focus in ("", "viborg"):
        made[focus] = folder / f"page-{focus}.html"
        words = ["explore", "-o", str(made[focus]), *(["--focus", focus] if focus else [])]
        subprocess.run([sys.executable, "-m", "samgraf", *words], check=True, stdout=subprocess.DEVNULL)
    return made


def take(browser: Browser, page: Path, shot: Shot, target: Path) -> None:
    """Take one picture."""
    context = browser.new_context(
        viewport={"width": shot.size[0], "height": shot.size[1]},
        color_scheme="dark" if shot.scheme == "dark" else "light",
        reduced_motion="reduce",
        offline=True,
    )
    tab = context.new_page()
    tab.goto(f"{page.as_uri()}{shot.hash}")
    tab.wait_for_timeout(700)
    if shot.sheet and shot.size == NARROW:
        tab.click("#sheet")
        tab.wait_for_timeout(300)
    tab.screenshot(path=target)
    context.close()


def main() -> None:
    """Take the pictures that were asked for."""
    shots, target = README, ROOT / "docs" / "images"
    if "--all" in sys.argv:
        shots, target = every_view(), Path(sys.argv[sys.argv.index("--all") + 1])
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        made = pages(Path(folder))
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, shot in shots.items():
            take(browser, made[shot.focus], shot, target / f"{name}.png")
            print(target / f"{name}.png", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
