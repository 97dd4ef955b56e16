"""1,000 kills over build, spans, init, export and explore: nothing half, nothing left behind, the next call is right."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import time
from pathlib import Path

from benchmarks.soak.common import Report, child, wait, workspace
from samgraf.cli.main import run as samgraf

FULL = 1_000
PARTS = True
BAR = "1,000 kills over build, spans, init, exports, explore: 0 leftovers, 0 half workspaces"


def run(count: int, seed: int) -> Report:
    report = Report("kills", BAR)
    chance = random.Random(seed)
    killed = 0
    with workspace() as folder:
        out = folder.parent / "out"
        out.mkdir()
        at = ["--workspace", str(folder)]
        kinds: dict[str, list[str]] = {
            "build": ["build", *at],
            "spans": ["spans", *at, "--documents", str(folder / "texts")],
            "init": ["init", str(out / "mine")],
            "csv": ["export", str(out / "a.csv"), *at],
            "xlsx": ["export", str(out / "a.xlsx"), *at],
            "trig": ["export", str(out / "a.trig"), *at],
            "explore": ["explore", "-o", str(out / "a.html"), *at],
        }
        usual: dict[str, float] = {}
        for name, words in kinds.items():
            _prepare(name, folder, out, "x")
            begin = time.monotonic()
            code = wait(child(lambda words=words: samgraf(words)), 120)  # type: ignore[misc]
            usual[name] = time.monotonic() - begin
            report.check(code == 0, f"{name}: exit {code} before any kill")
        for number in range(count):
            name = chance.choice(list(kinds))
            words = kinds[name]
            _prepare(name, folder, out, f"{number}")
            pid = child(lambda words=words: samgraf(words))  # type: ignore[misc]
            time.sleep(chance.uniform(0, usual[name] * 1.1))
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            killed += os.WIFSIGNALED(os.waitpid(pid, 0)[1])
            half = name == "init" and (out / "mine" / "data").exists() and not (out / "mine" / "README.md").exists()
            left = [p.name for p in out.iterdir() if p.name.endswith(".tmp")]
            code = wait(child(lambda words=words: samgraf(words)), 120)  # type: ignore[misc]
            if name == "init" and code == 2:  # it was done before the kill came
                code = 0
            left += [p.name for p in [*out.iterdir(), *folder.rglob(".*")] if p.name.startswith(".")]
            left += [p.name for p in Path(os.environ["SAMGRAF_CACHE"]).glob("*/.*")]
            report.check(
                code == 0 and not left and not half, f"{name}: exit {code}, left {sorted(set(left))}, half {half}"
            )
    report.notes.append(f"{killed} of them hit a live process")
    return report


def _prepare(name: str, folder: Path, out: Path, mark: str) -> None:
    """Give the command something to do."""
    import shutil

    if name == "init":
        shutil.rmtree(out / "mine", ignore_errors=True)
    elif name == "spans":
        for path in (folder / "data" / "evidence").glob("*.tsv"):
            path.unlink()
    else:
        path = folder / "data" / "entities" / "actors.yaml"
        text = path.read_text(encoding="utf-8").split("\n# mark")[0]
        path.write_text(f"{text}\n# mark {mark}\n", encoding="utf-8")
