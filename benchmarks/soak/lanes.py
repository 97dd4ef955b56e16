"""How long small queries take beside two hostile clients that send queries without end, and beside nobody."""

from __future__ import annotations

import http.client
import threading
import time
from typing import TYPE_CHECKING
from urllib.parse import quote

from benchmarks.soak.common import Report, workspace
from samgraf.server import make_server

if TYPE_CHECKING:
    from collections.abc import Callable

FULL = 2_000
BAR = "p99 of small queries beside 2 hostile clients at most 10 times that beside nobody"
_SMALL = "/sparql?query=" + quote("SELECT ?m WHERE { ?m a sam:Municipality }")
_ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } #"
_HOSTILE, _TIMES = 2, 10


def run(count: int, seed: int) -> Report:
    del seed
    report = Report("lanes", BAR)
    with workspace() as folder:
        server = make_server(port=0, workspace=str(folder), seconds=5)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        port = server.server_address[1]
        ended = threading.Event()
        _measure(port, 50, report)
        idle = _measure(port, count, report)
        crowd = [threading.Thread(target=_attack, args=(port, ended.is_set, n), daemon=True) for n in range(_HOSTILE)]
        for one in crowd:
            one.start()
        time.sleep(1)
        beside = _measure(port, count, report)
        ended.set()
        server.shutdown()
        thread.join(20)
        server.server_close()
    report.check(beside <= _TIMES * idle, f"p99 {1000 * beside:.1f} ms beside {1000 * idle:.1f} ms")
    report.notes.append(
        f"p99 {1000 * idle:.1f} ms idle, {1000 * beside:.1f} ms beside {_HOSTILE} hostile: {beside / idle:.1f} ×"
    )
    return report


def _measure(port: int, count: int, report: Report) -> float:
    """Give the p99 of so many small queries, one after another."""
    times = []
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for _ in range(count):
        begin = time.perf_counter()
        connection.request("GET", _SMALL)
        reply = connection.getresponse()
        reply.read()
        times.append(time.perf_counter() - begin)
        report.check(reply.status == 200, f"a small query was answered {reply.status}")
    connection.close()
    return sorted(times)[int(len(times) * 0.99)]


def _attack(port: int, ended: Callable[[], bool], number: int) -> None:
    """Send heavy queries, each another text, and do not wait long for answers."""
    asked = number * 1_000_000
    while not ended():
        asked += 1
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2 if asked % 2 else 30)
        try:
            connection.request("GET", "/sparql?query=" + quote(f"{_ENDLESS}{asked}"))
            connection.getresponse().read()
        except (OSError, http.client.HTTPException):
            pass
        connection.close()
