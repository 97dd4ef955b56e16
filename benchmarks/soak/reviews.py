"""500 kills in the middle of adding and reviewing: no decision that was told to be saved is lost, no file is left in half.

Each round forks a process that adds a document or takes decisions, and kills it (SIGKILL) after a random time. What it told to
be saved before that is what must be found afterwards, and the workspace must be whole.
"""

from __future__ import annotations

import os
import random
import signal
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.soak.common import Report, child
from samgraf.ingest.adding import Adder
from samgraf.ingest.record import read_record, was_edited
from samgraf.review import decisions as log
from samgraf.review.reviewing import Reviewing
from samgraf.workspace import load
from samgraf.workspace.evidence import verify
from samgraf.workspace.structure import structure

if TYPE_CHECKING:
    from collections.abc import Callable

FULL = 500
PARTS = True
BAR = "500 kills in add and review: 0 decisions lost, 0 half files"
_ID = "referat"


def run(count: int, seed: int) -> Report:
    from tests.review.conftest import MINUTES, begin

    report = Report("reviews", BAR)
    chance = random.Random(seed)
    told = killed = 0
    with tempfile.TemporaryDirectory() as place:
        folder, original = begin(Path(place)), Path(place) / f"{_ID}.txt"

        def add(_: int) -> None:
            list(Adder(str(folder)).add([str(original)]))

        def review(pipe: int) -> None:
            reviewing = Reviewing(str(folder))
            for row in reviewing.state(_ID).rows:
                for one in row.claims:
                    verdict = log.UNDO if one.verdict else log.ACCEPT
                    reviewing.decide(_ID, [{"claim": one.claim.key, "verdict": verdict}])
                    os.write(pipe, f"{one.claim.key} {verdict}\n".encode())

        usual = {work: _killed(work, None)[1] for work in (add, review)}
        for number in range(count):
            work: Callable[[int], None] = add if number % 4 == 0 else review
            if work is add:
                original.write_text(f"{'Kaffe. ' * (number % 7)}\n{MINUTES}", encoding="utf-8")
            saved, _, hit = _killed(work, chance.uniform(0, usual[work] * 1.1))
            killed += hit
            told += len(saved)
            judged = log.judge(log.read_log(str(folder), _ID)).claims
            lost = [key for key, verdict in saved.items() if judged.get(key, {}).get("verdict") != verdict]
            report.check(not lost, f"kill {number} in {work.__name__}: decisions lost: {lost}")
            Reviewing(str(folder)).settle(_ID)
            wrong = _wrong(folder)
            report.check(not wrong, f"kill {number} in {work.__name__}: {wrong[:3]}")
    report.notes.append(f"{killed} of them hit a live process; {told} decisions were told to be saved")
    return report


def _killed(work: Callable[[int], None], after: float | None) -> tuple[dict[str, str], float, bool]:
    """Run in a fork and kill it; None lets it end. Gives the last verdict told on each claim, seconds, and whether it lived."""
    reading, writing = os.pipe()
    begin = time.monotonic()
    pid = child(lambda: work(writing))
    os.close(writing)
    if after is not None:
        time.sleep(after)
        os.kill(pid, signal.SIGKILL)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        lines = pipe.read().split("\n")[:-1]
    hit = os.WIFSIGNALED(os.waitpid(pid, 0)[1])
    told = dict(line.split() for line in lines)
    return told, time.monotonic() - begin, hit


def _wrong(folder: Path) -> list[str]:
    """What is wrong with the workspace: problems of the check, passages that do not verify, half texts, leftovers."""
    workspace = load(str(folder))
    problems = (*workspace.problems, *structure(workspace), *verify(workspace, str(folder / "texts")).problems)
    wrong = [str(p) for p in problems]
    record = read_record(str(folder), _ID)
    if record is None or was_edited(record):
        wrong.append("the text of record is not the one that its JSON tells of")
    left = [*folder.rglob("*.tmp"), *folder.rglob(".samgraf-pending.json")]
    left += [p for p in folder.rglob(".*") if p.is_file() and not p.name.startswith(".samgraf")]
    return wrong + [str(p) for p in left]
