"""Learn the weights of the ranker from question files: python -m benchmarks.train_questions FILE… [--write] [--folds 5] [--seed 1]

A log-linear model: the belief in a candidate is the softmax of its features' weighted sum, over all that no rule forbids. Positives
are all candidates with exactly the expected answers, in proportion to the model's own belief in them (the likelihood of the answer,
not of the route); questions that no document answers and those without a right candidate teach nothing. Gaussian prior on the
weights, gradient ascent with Adam's steps, seeded and without a clock. Prints the figures of cross-validation by file: reach (some
candidate is right), forced (the best is), exact and wrong (bound and likely enough), screen (among the best five), refused. --write
keeps the weights with these figures in ontology/ask-weights.json; --show NAME lists what is missed of the files that begin so.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from pathlib import Path
from typing import Any

import numpy as np
from tests.ask.judging import judge, read

from samgraf.ask.answering import LIKELY
from samgraf.ask.binding import SURE, aside, binds, softly
from samgraf.ask.features import Gauge
from samgraf.ask.mentions import read as read_question
from samgraf.ask.ranking import WEIGHTS, candidates
from samgraf.ask.replies import Speaker
from samgraf.ask.rules import vetoes
from samgraf.ask.scene import Scene
from samgraf.store.ground import Ground
from samgraf.store.opening import snapshot_folder

STEPS, RATE, PRIOR = 300, 0.05, 0.002
SMALLEST = 0.02
SCREEN = 5
MANY = 60
Item = dict[str, Any]


def prepare(ground: Ground, question: dict[str, Any]) -> Item:
    """Give a question's candidates as features, with what is right and what is bound."""
    asked = read_question(question["question"], ground)
    scene, speaker = Scene(asked, ground), Speaker(ground, asked.language)
    gauge = Gauge(scene)
    item: Item = {"q": question, "asked": asked, "plans": [], "features": [], "vetoed": ""}
    right, given, softened, signs = [], [], [], []
    for plan in candidates(scene):
        answers = [speaker.plain(a, plan) for a in plan.answers()] if len(plan.answers()) < MANY else []
        good = (
            question["answer_type"] != "none" and judge(question, {"answered": True, "answers": answers})[0] == "exact"
        )
        veto = vetoes(scene, plan)
        if veto:
            item["vetoed"] = veto if good else item["vetoed"]
            continue
        left = binds(scene, plan)
        item["plans"].append((plan, left))
        item["features"].append(gauge.measure(plan, left))
        right.append(good)
        given.append(not left or left <= aside(scene, plan))
        softened.append(not softly(scene, plan, left))
        signs.append(hash(tuple(sorted(map(str, set(plan.answers()))))))
    item |= {"right": np.array(right, bool), "bound": np.array(given, bool), "soft": np.array(softened, bool)}
    return {**item, "signs": np.array(signs)}


def matrix(items: list[Item], names: list[str]) -> None:
    """Put each question's features into a matrix."""
    index = {n: i for i, n in enumerate(names)}
    for item in items:
        x = np.zeros((len(item["features"]), len(names)))
        for row, features in enumerate(item["features"]):
            for name, value in features.items():
                x[row, index[name]] = value
        item["x"] = x


def believed(item: Item, w: np.ndarray) -> np.ndarray:
    """Give the belief in each candidate."""
    s = item["x"] @ w
    p = np.exp(s - s.max())
    return p / p.sum()


def learn(items: list[Item], size: int, seed: int) -> np.ndarray:
    """Give the weights that make the right answers likeliest."""
    w = np.random.default_rng(seed).normal(0, 0.01, size)
    m, v = np.zeros(size), np.zeros(size)
    usable = [i for i in items if i["right"].any()]
    for step in range(1, STEPS + 1):
        gradient = -PRIOR * w
        for item in usable:
            p = believed(item, w)
            good = p * item["right"]
            gradient += item["x"].T @ (good / max(good.sum(), 1e-12) - p) / len(usable)
        m, v = 0.9 * m + 0.1 * gradient, 0.999 * v + 0.001 * gradient**2
        w += RATE * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-8)
    return w


def outcome(item: Item, w: np.ndarray) -> dict[str, Any]:
    """Tell how a question fares under these weights."""
    if not item["features"]:
        return {
            "reach": False,
            "forced": False,
            "exact": False,
            "wrong": False,
            "refused": True,
            "screen": False,
            "best": None,
        }
    p = believed(item, w)
    belief, sign = max((float(p[item["signs"] == s].sum()), s) for s in set(item["signs"].tolist()))
    alike = item["signs"] == sign
    best = int(np.where(alike, p, -1.0).argmax())
    given = (bool(item["bound"][alike].any()) and belief >= LIKELY) or (
        bool(item["soft"][alike].any()) and belief >= SURE
    )
    shown = list(dict.fromkeys(item["signs"][n] for n in np.argsort(-p)))[:SCREEN]
    good = bool(item["right"][best])
    return {
        "reach": bool(item["right"].any()),
        "forced": good,
        "exact": given and good,
        "wrong": given and not good,
        "refused": not given,
        "screen": bool((item["right"] & np.isin(item["signs"], shown)).any()),
        "belief": belief,
        "best": best,
    }


def table(name: str, rows: list[tuple[Item, dict[str, Any]]]) -> str:
    """Write the figures of a file as one line."""
    asked = [o for i, o in rows if i["q"]["answer_type"] != "none"]
    nones = [o for i, o in rows if i["q"]["answer_type"] == "none"]
    n = max(1, len(asked))
    said = {k: sum(o[k] for o in asked) for k in ("reach", "forced", "exact", "wrong", "screen")}
    shares = " ".join(f"{k} {v}/{n}={v / n:.2f}" for k, v in said.items())
    return f"{name:<18}{shares} refused {sum(o['refused'] for o in nones)}/{len(nones)}"


def missed(item: Item, told: dict[str, Any]) -> str:
    """Write why a question is not answered exactly."""
    q = item["q"]
    why = (
        "WRONG"
        if told["wrong"]
        else "screen"
        if told["screen"]
        else "low"
        if told["reach"]
        else item["vetoed"] or "no candidate"
    )
    lines = [f"{q['id']} {q['question']} => {[a[:25] for a in q['answers'][:3]]} {why} {told.get('belief', 0):.2f}"]
    if told["best"] is not None:
        plan, left = item["plans"][told["best"]]
        answers = [str(a.key)[:28] for a in plan.answers()][:5]
        lines.append(f"    {plan.operator} {plan.relations} {plan.fixed} {plan.place} {plan.classes} {answers}")
        lines.append(f"    unbound: {item['asked'].said(left)}")
    return "\n".join(lines)


def main() -> None:
    """Cross-validate, and keep the weights if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--show", default=None)
    options = parser.parse_args()
    ground = Ground(snapshot_folder(None))
    items = [
        {**prepare(ground, question), "file": Path(file).name} for file in options.files for question in read(file)
    ]
    names = sorted({n for i in items for f in i["features"] for n in f})
    matrix(items, names)
    order = list(range(len(items)))
    random.Random(options.seed).shuffle(order)
    results: dict[int, dict[str, Any]] = {}
    for fold in range(options.folds):
        test = set(order[fold :: options.folds])
        w = learn([i for n, i in enumerate(items) if n not in test], len(names), options.seed)
        results.update({n: outcome(items[n], w) for n in test})
    figures = []
    for file in dict.fromkeys(i["file"] for i in items):
        figures.append(table(file, [(items[n], results[n]) for n in sorted(results) if items[n]["file"] == file]))
        print(figures[-1])
    for n in sorted(results) if options.show else []:
        none = items[n]["q"]["answer_type"] == "none"
        if items[n]["file"].startswith(options.show) and not (results[n]["refused"] if none else results[n]["exact"]):
            print(missed(items[n], results[n]))
    w = learn(items, len(names), options.seed)
    telling = sorted(zip(names, w, strict=True), key=lambda t: -abs(t[1]))[:10]
    print(", ".join(f"{n} {x:+.2f}" for n, x in telling), file=sys.stderr)
    if options.write:
        kept = {n: round(float(x), 3) for n, x in zip(names, w, strict=True) if abs(x) >= SMALLEST}
        command = "python -m benchmarks.train_questions " + " ".join(Path(f).name for f in options.files)
        head = {"command": command, "seed": options.seed, "cross-validated": figures, "weights": kept}
        text = json.dumps(head, ensure_ascii=False, indent=1) + "\n"
        Path("ontology", WEIGHTS).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
