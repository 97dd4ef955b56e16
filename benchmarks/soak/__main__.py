"""Run the bars of reliability and print them.

    python -m benchmarks.soak [NAME…] [--share 0.1] [--seed 1]

NAME is one of the modules of this folder; ``--share`` runs a part of each. The exit code is 1 when anything failed.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from importlib import import_module

from benchmarks.soak.common import in_parts

NAMES = ("canary", "interrupts", "snapshots", "kills", "endpoints", "lanes", "server", "reviews", "workspaces")
_SHOWN = 12


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"any of {', '.join(NAMES)}; default: all")
    parser.add_argument("--share", type=float, default=1.0, help="the part of each run, 1 is all of it")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    names = given.names or NAMES
    bad = 0
    for name in names:
        if len(names) > 1:  # each in a process of its own: some fork, which threads that others left do not bear
            alone = [
                sys.executable,
                "-m",
                "benchmarks.soak",
                name,
                "--share",
                str(given.share),
                "--seed",
                str(given.seed),
            ]
            bad += bool(subprocess.run(alone, check=False).returncode)
            continue
        module = import_module(f"benchmarks.soak.{name}")
        begin = time.monotonic()
        count = max(1, round(module.FULL * given.share))
        report = in_parts(name, count, given.seed) if hasattr(module, "PARTS") else module.run(count, given.seed)
        bad += bool(report.failed)
        print(
            f"{name}: {module.BAR}\n    tried {report.tried}, failed {len(report.failed)}"
            f" (seed {given.seed}, {time.monotonic() - begin:.0f} s)",
            flush=True,
        )
        for line in [*report.notes, *(f"FAILED {what}" for what in report.failed[:_SHOWN])]:
            print(f"    {line}", flush=True)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
