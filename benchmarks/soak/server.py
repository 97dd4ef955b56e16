"""A server through 1,000 edits with builds, killed workers and 8 hostile clients: one truth at a time, and it goes on."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import random
import re
import signal
import socket
import subprocess
import threading
import time
from collections import Counter
from pathlib import Path
from urllib.parse import quote

from benchmarks.soak.common import COMMAND, Report, call, workspace

FULL = 1_000
BAR = "through 1,000 edits, worker kills and 8 hostile clients: every answer of one snapshot, 0 5xx but honest 503"
_LABEL = "SELECT ?l WHERE { id:ida-strand rdfs:label ?l FILTER(LANG(?l) = 'da') }"
_PATHS = ["/sparql?query=" + quote(_LABEL), "/id/ida-strand.ttl", "/id/ida-strand.html"]
_ENDLESS = quote("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
_LARGE = quote("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
_NOISE = [
    b"GET /sparql?query=" + _ENDLESS.encode() + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET /sparql?query=" + _LARGE.encode() + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\nContent-Length: 60\r\n\r\nASK {}",
    b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"\x16\x03\x01\x00\xff" * 100,
    b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n\r\n",
    b"GET /queries HTTP/1.1\r\nHost: local",
]  # fmt: skip


class _Run:
    def __init__(self, folder: Path, port: int, pid: int, report: Report, chance: random.Random) -> None:
        self.folder, self.port, self.pid, self.report, self.chance = folder, port, pid, report, chance
        self.ended = threading.Event()
        self.truths: dict[str, set[str]] = {}
        self.answers: Counter[int] = Counter()
        self.lock = threading.Lock()

    def ask(self) -> None:
        """Ask all the time, and keep which snapshot said what."""
        number = 0
        while not self.ended.is_set():
            path = _PATHS[number % len(_PATHS)]
            number += 1
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
                connection.request("GET", path, headers={"Accept": "*/*"})
                reply = connection.getresponse()
                body = reply.read().decode()
                connection.close()
            except (OSError, http.client.HTTPException) as error:
                self._note(not isinstance(error, TimeoutError), f"{path}: {error!r}")
                continue
            with self.lock:
                self.answers[reply.status] += 1
            if reply.status == 200:
                snapshot = (reply.getheader("ETag") or "").strip('"').partition("-")[0]
                found = re.search(r"Ida (Strand|S\d{5})", body)
                with self.lock:
                    self.truths.setdefault(snapshot, set()).add(found[0] if found else "nothing")
            self._note(reply.status in (200, 503), f"{path}: {reply.status} {body[:200]}")

    def trouble(self, number: int) -> None:
        """Be one of the hostile clients."""
        chance = random.Random(number)
        while not self.ended.is_set():
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=2) as connection:
                    connection.sendall(chance.choice(_NOISE))
                    if chance.random() < 0.5:
                        connection.recv(65_536)
            except OSError:
                pass
            time.sleep(0.02)

    def kill(self) -> None:
        """Kill a worker now and then."""
        while not self.ended.wait(self.chance.uniform(0.3, 1.5)):
            with contextlib.suppress(OSError):
                tasks = list(Path(f"/proc/{self.pid}/task").iterdir())
                found = [int(c) for task in tasks for c in (task / "children").read_text().split()]
                if found:
                    os.kill(self.chance.choice(found), signal.SIGKILL)

    def _note(self, right: bool, what: str) -> None:
        with self.lock:
            self.report.check(right, what)


def run(count: int, seed: int) -> Report:
    report = Report("server", BAR)
    chance = random.Random(seed)
    with workspace() as folder:
        actors = folder / "data" / "entities" / "actors.yaml"
        call("build", "--workspace", str(folder))
        process = subprocess.Popen(
            [*COMMAND, "serve", "--port", "0", "--workspace", str(folder), "--timeout", "3", "--quiet"],
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stderr is not None
        address = re.search(r":(\d+)/", process.stderr.readline())
        assert address
        one = _Run(folder, int(address[1]), process.pid, report, chance)
        work = [one.ask, one.ask, one.kill, *(lambda n=n: one.trouble(n) for n in range(8))]  # type: ignore[misc]
        threads = [threading.Thread(target=w, daemon=True) for w in work]
        for thread in threads:
            thread.start()
        for number in range(count):
            text = actors.read_text(encoding="utf-8")
            actors.write_text(re.sub(r"label: Ida \w+", f"label: Ida S{number:05d}", text), encoding="utf-8")
            if chance.random() < 0.5:
                call("build", "--workspace", str(folder), seconds=120)
            time.sleep(chance.uniform(0, 1))
        one.ended.set()
        time.sleep(5)
        report.check(process.poll() is None, "the server has died")
        last = _last(one.port, f"Ida S{count - 1:05d}")
        report.check(last, "the last edit is not served")
        begin = time.monotonic()
        process.terminate()
        try:
            report.check(process.wait(20) == 0, f"SIGTERM: exit {process.returncode}")
        except subprocess.TimeoutExpired:
            report.check(False, "SIGTERM does not end it")
            process.kill()
        report.notes.append(f"ended {time.monotonic() - begin:.1f} s after SIGTERM")
        process.stderr.close()
    for snapshot, labels in one.truths.items():
        report.check(len(labels) == 1 and "nothing" not in labels, f"the snapshot {snapshot} said {sorted(labels)}")
    report.notes.append(f"{len(one.truths)} snapshots were served")
    told = ", ".join(f"{times} × {status}" for status, times in sorted(one.answers.items()))
    report.notes.append(f"{one.answers.total()} answers: {told}")
    return report


def _last(port: int, label: str) -> bool:
    """Tell whether the server comes to the last edit by itself."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", _PATHS[0])
        reply = connection.getresponse()
        body = reply.read()
        connection.close()
        if reply.status == 200 and json.loads(body)["results"]["bindings"][0]["l"]["value"] == label:
            return True
        time.sleep(1.1)
    return False
