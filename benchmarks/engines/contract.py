"""Every named query and a hundred questions, asked of the built-in graph in each engine.

    python -m benchmarks.engines contract [--engine NAME …] [--questions N] [--markdown]

The answers must be those of the embedded store; an engine may refuse with its reason. Exits with 1 where one differs.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter

from tests.ask.judging import QUESTIONS
from tests.engines import contract, starting

import samgraf


def chosen(count: int) -> list[contract.Trial]:
    """Give so many of the questions, evenly from the whole list."""
    import json

    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
    count = min(count, len(lines))
    return [contract.question(json.loads(lines[i * len(lines) // count])["question"]) for i in range(count)]


def main(words: list[str]) -> int:
    """Print the table, and what is not the same."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.engines contract", description=__doc__)
    parser.add_argument("--engine", action="append", choices=starting.KINDS)
    parser.add_argument("--questions", type=int, default=100)
    options = parser.parse_args(words)
    here = samgraf.open()
    parts = [contract.plausible(here), chosen(options.questions)]
    expected = [contract.answers(part, here) for part in parts]
    data = here.export("nq")
    wrong = 0
    print("| engine | version | queries: same | refused | different | questions: same | refused | different | s |")
    print("| --- " * 9 + "|")
    for kind in options.engine or starting.KINDS:
        if needed := starting.missing(kind):
            print(f"{kind} needs {needed}", file=sys.stderr)
            wrong += 1
            continue
        with starting.running(kind) as engine:
            engine.load(data)
            there = samgraf.open(store=engine.query)
            began = time.monotonic()
            found = [contract.held(*pair, there) for pair in zip(parts, expected, strict=True)]
            spent = time.monotonic() - began
        cells = [kind, engine.version]
        for verdicts in found:
            counts = Counter(v.kind for v in verdicts)
            cells += [str(counts[k]) for k in (contract.SAME, contract.REFUSED, contract.DIFFERENT)]
            wrong += counts[contract.DIFFERENT]
            for verdict in verdicts:
                if verdict.kind != contract.SAME:
                    print(f"{kind}: {verdict.kind}: {verdict.what}: {verdict.why}", file=sys.stderr)
        print("| " + " | ".join([*cells, f"{spent:.0f}"]) + " |", flush=True)
    return 1 if wrong else 0
