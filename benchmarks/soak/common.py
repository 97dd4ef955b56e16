"""What the runs share: a workspace to ill-treat, processes with a time limit, and a list of what went wrong."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parent.parent.parent
COMMAND = [sys.executable, "-m", "samgraf"]
os.environ["PYTHONPATH"] = str(ROOT / "graph")


class Outcome(NamedTuple):
    """What a call did: its exit code (None: it did not end), what it said, and the seconds."""

    code: int | None
    out: str
    err: str
    seconds: float


class Report:
    """What a run tried and what failed."""

    def __init__(self, name: str, bar: str) -> None:
        self.name, self.bar = name, bar
        self.tried = 0
        self.failed: list[str] = []
        self.notes: list[str] = []

    def check(self, right: bool, what: str) -> None:
        self.tried += 1
        if not right:
            self.failed.append(what)


def part(name: str, count: int, seed: int) -> Report:
    """Run so much of a run, in this process."""
    report: Report = import_module(f"benchmarks.soak.{name}").run(count, seed)
    return report


def in_parts(name: str, count: int, seed: int) -> Report:
    """Run it in as many processes as there are processors, each with a share and a seed of its own."""
    jobs = min(os.cpu_count() or 1, count)
    sizes = [count // jobs + (number < count % jobs) for number in range(jobs)]
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        parts = list(pool.map(part, [name] * jobs, sizes, [seed + 1_000_000 * number for number in range(jobs)]))
    report = Report(parts[0].name, parts[0].bar)
    for one in parts:
        report.tried += one.tried
        report.failed += one.failed
        report.notes += one.notes
    return report


@contextmanager
def workspace() -> Iterator[Path]:
    """Give a small workspace of one's own, with a cache of its own in force."""
    with tempfile.TemporaryDirectory(prefix="samgraf-soak-") as place:
        folder = Path(place) / "søby"
        shutil.copytree(ROOT / "tests" / "small-workspace", folder)
        before = dict(os.environ)
        os.environ["SAMGRAF_CACHE"] = str(Path(place) / "cache")
        os.environ.pop("SAMGRAF_DOCUMENTS", None)  # its texts are its own
        try:
            yield folder
        finally:
            os.environ.clear()
            os.environ.update(before)


def call(
    *words: str, stdin: str = "", seconds: float = 60, env: dict[str, str] | None = None, cwd: str = "/"
) -> Outcome:
    """Run a command to its end."""
    begin = time.monotonic()
    try:
        done = subprocess.run(
            [*COMMAND, *words],
            input=stdin.encode(),
            capture_output=True,
            timeout=seconds,
            check=False,
            env={**os.environ, **(env or {})},
            cwd=cwd,
        )
    except subprocess.TimeoutExpired:
        return Outcome(None, "", "", time.monotonic() - begin)
    took = time.monotonic() - begin
    return Outcome(
        done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"), took
    )


def child(work: Callable[[], object]) -> int:
    """Run in a fork of this process, so that nothing is imported anew; give its id."""
    pid = os.fork()
    if pid:
        return pid
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    try:
        code = work()
        os._exit(code if isinstance(code, int) else 0)
    except BaseException:  # noqa: BLE001  (whatever it is, this fork must not go on as its parent)
        os._exit(70)


def wait(pid: int, seconds: float) -> int | None:
    """Wait for a child: its exit code, minus the signal that ended it, None (and it is killed) when it takes too long."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found, status = os.waitpid(pid, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.005)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return None


class Canary:
    """A listener that nobody may call."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=128)
        self._socket.setblocking(False)
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/"

    def heard(self) -> bool:
        try:
            self._socket.accept()[0].close()
        except BlockingIOError:
            return False
        return True
