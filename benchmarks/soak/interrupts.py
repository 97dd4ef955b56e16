"""Ctrl-C in any command, at any moment after it has begun: it ends within a second, without a traceback."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time

from benchmarks.soak.common import COMMAND, Report, call, workspace

FULL = 200
BAR = "Ctrl-C in any command: at most 1 s"
_BEGUN = 0.3  # before that it is the interpreter that hears it, and says KeyboardInterrupt
_ENDLESS = b"SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
_RULE = "CONSTRUCT { ?a <x:p> ?l } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(STR(?a) = CONCAT(STR(?l), STR(?d))) }"
_COMMANDS = [
    ["query", "-"],
    ["build"],
    ["check"],
    ["export", "trig"],
    ["explore", "-o", "/dev/null"],
    ["show", "Ida Strand"],
    ["serve", "--port", "0"],
    ["claims"],
]


def run(count: int, seed: int) -> Report:
    report = Report("interrupts", BAR)
    chance = random.Random(seed)
    longest = 0.0
    signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # what a shell starts behind its back is deaf to it, and passes that on
    with workspace() as folder:
        call("build", "--workspace", str(folder))
        for number in range(count):
            words = chance.choice(_COMMANDS)
            path = folder / "ontology" / "rules" / "zz.rq"
            path.parent.mkdir(parents=True, exist_ok=True)
            if words[0] in ("build", "check") and chance.random() < 0.5:
                path.write_text(f"# {number}\n{_RULE}", encoding="utf-8")
            else:
                path.unlink(missing_ok=True)
            with subprocess.Popen(
                [*COMMAND, *words, "--workspace", str(folder)],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env=os.environ,
            ) as process:
                assert process.stdin is not None
                assert process.stderr is not None
                process.stdin.write(_ENDLESS)
                process.stdin.close()
                time.sleep(chance.uniform(_BEGUN, 4))
                begin = time.monotonic()
                process.send_signal(signal.SIGINT)
                try:
                    process.wait(30)
                except subprocess.TimeoutExpired:
                    process.kill()
                took = time.monotonic() - begin
                said = process.stderr.read()
            longest = max(longest, took)
            report.check(took <= 1 and b"Traceback" not in said, f"{words}: {took:.1f} s, {said[-200:]!r}")
    report.notes.append(f"the longest took {longest:.2f} s")
    return report
