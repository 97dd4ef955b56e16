"""Whether what reads about one entity is spared the rest of the graph: python -m benchmarks.reading [--claims 10000,100000]

Makes workspaces of so many claims (`benchmarks.growth`), each document with a cluster of its own, of which equally many claims
tell in all sizes; builds them, and asks of that cluster by each reading command, cold. Prints the seconds of CPU of each (the
median of the rounds), and how many times as much the largest takes as the least; ends with 1 when one is above the bar.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time

from benchmarks.growth import make

BAR = 3.0
NAME, OTHER = "Cluster 0", "Rammeaftale 0"
COMMANDS = {
    "initiatives": ["initiatives", "--involving", NAME],
    "ask": ["ask", f"Hvem er medlem af {NAME}?"],
    "show": ["show", NAME],
    "timeline": ["timeline", NAME],
    "claims --about": ["claims", "--about", NAME],
    "collaborators": ["collaborators", NAME],
    "path": ["path", NAME, OTHER],
    "brief": ["brief", NAME, "-o", "-"],
    "explore --focus": ["explore", "--focus", NAME, "-o", "page.html"],
}


def spent(words: list[str], folder: str) -> float:
    """Run a command in a process of its own; give its seconds of CPU."""
    call = [sys.executable, "-m", "samgraf", *words, "--workspace", os.path.join(folder, "workspace")]
    environment = {**os.environ, "SAMGRAF_CACHE": os.path.join(folder, "cache")}
    process = subprocess.Popen(call, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = process.stderr.read() if process.stderr else b""
    _, status, used = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(words)}: {said.decode()}")
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", default="10000,100000", help="how many, with commas between")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--keep", metavar="DIR", help="make the workspaces here and keep them; those that are there are taken"
    )
    parser.add_argument("--only", choices=list(COMMANDS), action="append")
    options = parser.parse_args()
    sizes = options.claims.split(",")
    with tempfile.TemporaryDirectory() as scratch:
        folders = [os.path.join(options.keep or scratch, size) for size in sizes]
        for size, folder in zip(sizes, folders, strict=True):
            if not os.path.isdir(folder):
                make(os.path.join(folder, "workspace"), int(size))
            spent(["build"], folder)
        time.sleep(2.5)  # until the files' times prove that they are unchanged
        sys.exit(report(sizes, folders, options.rounds, options.only or list(COMMANDS)))


def report(sizes: list[str], folders: list[str], rounds: int, commands: list[str]) -> str | None:
    """Print each command's seconds; say which are above the bar."""
    print(f"{'seconds of CPU at':<20}" + "".join(f"{int(size):>10,}" for size in sizes) + "     ratio")
    above = []
    for name in commands:
        taken = [statistics.median(spent(COMMANDS[name], folder) for _ in range(rounds)) for folder in folders]
        ratio = taken[-1] / taken[0]
        above += [name] if ratio > BAR else []
        print(f"{name:<20}" + "".join(f"{seconds:10.2f}" for seconds in taken) + f"{ratio:10.2f}", flush=True)
    return f"above {BAR}: {', '.join(above)}" if above else None


if __name__ == "__main__":
    main()
