"""How long a cold call takes, beside the bare store asked the same: python -m benchmarks.cold [--rounds N] [--json]

Each round runs, one right after the other and each in a process of its own,

  oxigraph     oxigraph query (the binary of the PyPI package oxigraph) of the SPARQL that initiatives reports, on the same store
  initiatives  samgraf initiatives --involving Viborg --format json
  ask          samgraf ask of a one-step question --format json
  python       python -c pass, for scale

The ratios are the medians of the ratios within a round, so that whatever else the machine does weighs on both sides alike.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

QUESTION = "Hvilke kommuner er med i Midtklyngen?"
GOALS = {"initiatives / oxigraph": 1.3, "ask / initiatives": 2.0}


def command(name: str) -> str:
    """The program as it is installed beside this Python, else on the path."""
    beside = os.path.join(os.path.dirname(sys.executable), name)
    found = beside if os.path.exists(beside) else shutil.which(name)
    if not found:
        sys.exit(f"{name} is not installed; run: make bench")
    return found


def timed(words: list[str]) -> float:
    """Milliseconds from start to end of a process that must succeed."""
    began = time.perf_counter()
    done = subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    spent = time.perf_counter() - began
    if done.returncode:
        sys.exit(f"{' '.join(words)} failed: {done.stderr.decode()}")
    return 1000 * spent


def measure(rounds: int) -> dict[str, list[float]]:
    samgraf, oxigraph = command("samgraf"), command("oxigraph")
    initiatives = [samgraf, "initiatives", "--involving", "Viborg", "--format", "json"]
    ask = [samgraf, "ask", QUESTION, "--format", "json"]
    folder = subprocess.run([samgraf, "build"], capture_output=True, text=True, check=True).stdout.strip()
    answer = json.loads(subprocess.run(initiatives, capture_output=True, check=True).stdout)
    with tempfile.TemporaryDirectory() as scratch:
        query = os.path.join(scratch, "initiatives.rq")
        with open(query, "w", encoding="utf-8") as stream:
            stream.write(with_prefixes(answer["query"]["sparql"]))
        bare = [oxigraph, "query", "--location", os.path.join(folder, "store"), "--query-file", query]
        bare += ["--results-format", "json", "--union-default-graph"]
        rows = json.loads(subprocess.run(bare, capture_output=True, check=True).stdout)["results"]["bindings"]
        print(f"{len(answer['answers'])} answers from {len(rows)} rows; {rounds} rounds", file=sys.stderr)
        calls = {"oxigraph": bare, "initiatives": initiatives, "ask": ask, "python": [sys.executable, "-c", "pass"]}
        for words in calls.values():
            timed(words)
        times: dict[str, list[float]] = {name: [] for name in calls}
        for _ in range(rounds):
            for name, words in calls.items():
                times[name].append(timed(words))
    return times


def with_prefixes(sparql: str) -> str:
    """The query as any SPARQL engine takes it: with the declarations that samgraf adds by itself."""
    from samgraf.namespaces import PREFIXES

    head = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items() if f"PREFIX {name}:" not in sparql)
    return head + sparql


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    times = measure(options.rounds)
    medians = {name: statistics.median(values) for name, values in times.items()}
    ratios = {}
    for pair in GOALS:
        above, below = pair.split(" / ")
        ratios[pair] = statistics.median(a / b for a, b in zip(times[above], times[below], strict=True))
    if options.json:
        print(json.dumps({"medians_ms": medians, "ratios": ratios, "goals": GOALS}))
        return
    for name, median in medians.items():
        low, high = min(times[name]), max(times[name])
        print(f"{name:<24}{median:8.1f} ms   ({low:.1f} to {high:.1f})")
    for pair, ratio in ratios.items():
        print(f"{pair:<24}{ratio:8.2f}      goal at most {GOALS[pair]:.1f}")


if __name__ == "__main__":
    main()
