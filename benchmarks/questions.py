"""How well questions are answered: python -m benchmarks.questions FILE… [--show] [--style]

For each file: exact, wrong (answered otherwise), silent, not understood, refused (of those that no document answers), and *on the
screen*: exact, or all that is expected among the five nearest facts; by language and, where the questions tell it, by style.
Asked in this process of the built-in graph with the weights that are there; how they were learned, and what they reach on
questions that they were not learned from, stands in the head of ontology/ask-weights.json (python -m benchmarks.train_questions).
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any

from tests.ask.judging import hit, judge, read, variants

from samgraf.ask import answer

Row = dict[str, Any]
COLUMNS = ("exact", "wrong", "silent", "not-understood", "screen")


def fare(question: Row) -> Row:
    """Ask one question and tell how the reply fares."""
    reply = answer(question["question"])
    verdict, why = judge(question, reply)
    shown = [variants(f) for fact in reply["nearest"] for f in (fact, *fact.get("answers", ()))]
    expected = question["accept"] or [[a] for a in question["answers"]]
    near = bool(expected) and all(any(hit(v, forms) for v in shown) for forms in expected)
    outcome = verdict if reply["answered"] or verdict == "refused" else reply["outcome"]
    return {
        "outcome": outcome,
        "screen": verdict == "exact" or (not reply["answered"] and near),
        "why": why,
        "reply": reply,
        "question": question,
    }


def line(name: str, rows: list[Row]) -> str:
    """Write the figures of some questions as one line."""
    nones = [r for r in rows if r["question"]["answer_type"] == "none"]
    asked = [r for r in rows if r["question"]["answer_type"] != "none"]
    n = max(1, len(asked))
    counts = {c: sum(r["screen"] if c == "screen" else r["outcome"] == c for r in asked) for c in COLUMNS}
    said = "  ".join(f"{c} {v:>3} {v / n:.2f}" for c, v in counts.items())
    return f"{name:<22}{len(asked):>4}  {said}  refused {sum(r['outcome'] == 'refused' for r in nones)}/{len(nones)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", default=["tests/ask/questions.jsonl"])
    parser.add_argument("--show", action="store_true", help="list what is not exact")
    options = parser.parse_args()
    for file in options.files:
        began = time.perf_counter()
        rows = [fare(q) for q in read(file)]
        print(line(Path(file).name, rows))
        for key in ("lang", "style"):
            for value in sorted({r["question"].get(key, "") for r in rows} - {""}):
                print(line(f"  {value}", [r for r in rows if r["question"].get(key) == value]))
        print(f"  {(time.perf_counter() - began) / max(1, len(rows)):.2f} s a question")
        for r in rows if options.show else []:
            if r["outcome"] not in ("exact", "refused"):
                q = r["question"]
                given = [a["label"] for a in r["reply"]["answers"]][:4]
                shown = " (on the screen)" if r["screen"] else ""
                print(f"{q['id']} [{q['lang']}] {r['outcome']}{shown}: {q['question']}")
                print(f"    {r['why']} {given or r['reply']['message'][:200]}")


if __name__ == "__main__":
    main()
