"""How well questions are answered with words that the lexicon was not given for them: python -m benchmarks.questions [--folds 5]

Cross-validation over tests/ask/questions.jsonl. For each fold, every word of the lexicon's relations, kinds and synonyms that
occurs in a question of the fold and in no other question is taken out (it could have come from there only); the graph is built
with what is left, and the fold is asked. Words that occur in no question at all stay: they came from somewhere else. Questions
are dealt to the folds by kind and language in turn, so that every fold has some of each.

Prints the figures with the whole lexicon and cross-validated, and with --show the questions that are lost between the two.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from unittest import mock

import yaml
from tests.ask.judging import Question, Score, read, score

from samgraf import resources
from samgraf.ask import answer
from samgraf.text import stem, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SECTIONS = ("relations", "kinds", "synonyms")
Lexicon = dict[str, Any]


def deal(questions: Sequence[Question], folds: int) -> list[list[Question]]:
    """Deal the questions to folds, those of one kind and language one after the other."""
    ordered = sorted(questions, key=lambda q: (q["kind"], q["lang"], q["id"]))
    return [ordered[n::folds] for n in range(folds)]


def stems(text: str) -> list[str]:
    return [stem(word) for word in words(text)]


def occurs(phrase: str, question: list[str]) -> bool:
    """Tell whether a phrase of the lexicon occurs in a question: its stems in a row, parts around '…' in order."""
    at = 0
    for part in phrase.partition(" -> ")[0].split("…"):
        wanted = stems(part)
        ends = [n + len(wanted) for n in range(at, len(question)) if question[n : n + len(wanted)] == wanted]
        if not wanted or not ends:
            return False
        at = ends[0]
    return True


def without(lexicon: Lexicon, fold: list[list[str]], rest: list[list[str]]) -> tuple[Lexicon, list[str]]:
    """Take the words out that occur in the fold and nowhere else; give the lexicon and the words."""
    gone: list[str] = []

    def kept(entry: list[object]) -> list[object]:
        left = []
        for word in entry:
            own = any(occurs(str(word), q) for q in fold) and not any(occurs(str(word), q) for q in rest)
            (gone if own else left).append(str(word))
        return left

    trimmed = dict(lexicon)
    for section in SECTIONS:
        entries = lexicon[section]
        if isinstance(entries, dict):
            trimmed[section] = {key: kept(entry) for key, entry in entries.items()}
        else:
            trimmed[section] = [left for left in map(kept, entries) if len(left) > 1]
    return trimmed, sorted(set(gone))


@contextmanager
def built_with(lexicon: Lexicon | None) -> Iterator[None]:
    """Let questions be answered from the built-in data with another lexicon, in a cache of its own."""
    home = resources.root()
    with tempfile.TemporaryDirectory() as folder:
        for name in ("data", "ontology", "queries"):
            shutil.copytree(os.path.join(home, name), os.path.join(folder, name))
        if lexicon is not None:
            with open(os.path.join(folder, "ontology", "lexicon.yaml"), "w", encoding="utf-8") as stream:
                yaml.safe_dump(lexicon, stream, allow_unicode=True, sort_keys=False)
        surroundings = {"SAMGRAF_CACHE": os.path.join(folder, "cache"), "SAMGRAF_WORKSPACE": ""}
        with mock.patch.object(resources, "root", return_value=folder), mock.patch.dict(os.environ, surroundings):
            yield


def measure(questions: list[Question], folds: int, *, say: bool) -> tuple[Score, Score, list[list[str]]]:
    """Score the questions with the whole lexicon, and each fold without the words that are its own."""
    with open(os.path.join(resources.root(), "ontology", "lexicon.yaml"), encoding="utf-8") as stream:
        lexicon: Lexicon = yaml.safe_load(stream)
    crossed = Score(questions=questions)
    with built_with(None):
        whole = score(questions, answer)
    left_out = []
    for number, fold in enumerate(deal(questions, folds), 1):
        ids = {q["id"] for q in fold}
        read_as = {q["id"]: stems(q["question"]) for q in questions}
        trimmed, gone = without(lexicon, [read_as[i] for i in ids], [s for i, s in read_as.items() if i not in ids])
        with built_with(trimmed):
            score(fold, answer, into=crossed)
        left_out.append(gone)
        if say:
            print(f"fold {number}: {len(fold)} questions, {len(gone)} words taken out", file=sys.stderr)
    return whole, crossed, left_out


def table(whole: Score, crossed: Score) -> str:
    """Both scores side by side: overall, by language, by kind."""
    rows: list[tuple[str, dict[str, str]]] = [("all", {})]
    rows += [(lang, {"lang": lang}) for lang in sorted({q["lang"] for q in whole.questions})]
    rows += [(kind, {"kind": kind}) for kind in sorted({q["kind"] for q in whole.questions})]
    lines = [f"{'':<14}{'':>9}{'whole lexicon':>24}{'cross-validated':>26}"]
    lines.append(f"{'':<14}{'questions':>9}" + f"{'exact':>10}{'wrong':>7}{'silent':>7}" * 2)
    for name, having in rows:
        if not whole.answerable(**having):
            continue
        line = f"{name:<14}{whole.answerable(**having):>9}"
        for reached in (whole, crossed):
            line += f"{reached.share('exact', **having):>10.3f}"
            line += "".join(f"{reached.count(v, **having):>7}" for v in ("wrong", "silent"))
        lines.append(line)
    asked = whole.count("refused", "answered")
    lines.append(
        f"unanswerable refused: {whole.count('refused')}/{asked}, cross-validated {crossed.count('refused')}/{asked}"
    )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--show", action="store_true", help="list what the words taken out cost, and the words")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if options.folds < 2:
        parser.error("at least two folds are needed")
    began = time.perf_counter()
    whole, crossed, left_out = measure(read(), options.folds, say=not options.json)
    if options.json:
        scores = {"whole": whole, "crossed": crossed}
        print(
            json.dumps(
                {
                    n: {v: s.count(v) for v in ("exact", "wrong", "silent", "refused", "answered")}
                    for n, s in scores.items()
                }
            )
        )
        return
    print(table(whole, crossed))
    if options.show:
        lost = {
            i
            for i, v in whole.verdicts.items()
            if v in ("exact", "refused") and crossed.verdicts[i] not in ("exact", "refused")
        }
        print("\nlost without the fold's own words")
        print("\n".join(m for m in crossed.misses if m.split()[0] in lost))
        for number, gone in enumerate(left_out, 1):
            print(f"\nfold {number} went without: {', '.join(gone)}")
    print(f"{time.perf_counter() - began:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
