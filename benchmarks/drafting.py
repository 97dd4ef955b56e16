"""How well minutes are drafted: attendance, agenda, the head and decisions against tables that were fixed by hand.

    python benchmarks/drafting.py [FOLDER of documents with what is expected] [--wrong]

The documents are those of the tests, printed as PDF by Chromium, scanned from that, written as DOCX, HTML, mail and text.
The rules have been mended by every set since, so that only a first run measures. That of documents-5 (ten that somebody wrote
who had not seen the tool, run before they were looked at), precision / recall: attendance .981 / .654, for whom .736 / .736,
as what .981 / .981, agenda .933 / .750, presenter 1 / .591, date 1 / 1, place 1 / .8, body 1 / .8, next meeting 1 / .9,
decisions .784 / .784; 0 absent told as present. All ten were known to be minutes. Most that was missed are lists under words
that no rule knew ('Med til mødet', 'Mødt var') and one under headings of organisations. That of documents-6, written by another
in other layouts: attendance .949 / .493, for whom .667, as what .923, agenda 1 / .796, presenter .636 / .412, date 1 / .8,
place 1 / .5, body .875 / .7, next meeting 1 / .333, decisions .920 / .697; 2 absent told as present. Two of the ten had no word
that tells minutes. What that taught: lists are told by their form where their words are not known, sentences by their verb,
headings are items where nothing is numbered, and rules tell the kind of a document where its words do not. That of documents-7,
by a third hand and after that: attendance .987 / .925, for whom .689, as what .851, agenda 1 / .576, presenter 1 / .520, date
1 / .7, place 1 / .7, body .778 / .7, next meeting 1 / .8, decisions .833 / .7; 0 absent told as present. It taught letters and
Roman numbers, years of two digits, entries that semicolons part, and titles in brackets by their form. That of documents-8, by
a fourth hand and after that: attendance .906 / .725, for whom .839, as what .935, agenda 1 / .917, presenter 1 / .321, date
1 / .9, place .714 / .5, body .8, next meeting 1 / .9, decisions .833 / .682; 3 absent told as present (two by initials, one whose
line goes on to say why). It taught initials everywhere, boxes within a cell, and all sentences of a paragraph below a label. That
of documents-9, by a fifth hand and after that, which has taught nothing yet: attendance .965 / .965, for whom .817, as what .963,
agenda .923 / .873, presenter .938 / .882, date 1 / 1, place 1 / .8, body .9 / .9, next meeting 1 / .9, decisions .911 / .759;
0 absent told as present.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.ingest.making import Maker  # noqa: E402

from samgraf.ingest.grammar import read_grammars  # noqa: E402
from samgraf.ingest.knowing import Known  # noqa: E402
from samgraf.ingest.reader import Reader  # noqa: E402
from samgraf.ingest.reading_rules import find_all, grammar_for  # noqa: E402
from samgraf.ingest.record import make_record  # noqa: E402
from samgraf.ingest.repair import repairer_for  # noqa: E402
from samgraf.ingest.wordlists import Classes, WordLists  # noqa: E402
from samgraf.workspace import load  # noqa: E402

Counts = Counter[str]


def compare(name: str, wanted: list[Any], got: list[Any], counts: Counts, wrong: list[str]) -> None:
    """Count what is right, drafted and wanted; list the differences."""
    left = list(got)
    for one in wanted:
        counts[f"{name} wanted"] += 1
        if one in left:
            left.remove(one)
            counts[f"{name} right"] += 1
        else:
            wrong.append(f"  missed {name}: {one}")
    counts[f"{name} drafted"] += len(got)
    wrong += [f"  wrong {name}: {one}" for one in left]


def judge(expected: dict[str, Any], findings: list[Any], counts: Counts) -> list[str]:
    """Compare one document's findings with what is expected of it."""
    wrong: list[str] = []
    rows = [f for f in findings if f.group == "attendance" and f.values["when"] != "open"]
    wanted = [row for row in expected["attendance"] if row[3] != "unticked"]
    compare(
        "attendance",
        [(r[0], r[3]) for r in wanted],
        [(f.slots["person"].text, f.values["when"]) for f in rows],
        counts,
        wrong,
    )
    by_name = {f.slots["person"].text: f for f in rows}
    for name, of, title, presence in wanted:
        row = by_name.get(name)
        if row is None:
            continue
        if presence == "absent" and row.values["when"] == "present":
            counts["absent told as present"] += 1
        given = row.slots["organisation"].text if "organisation" in row.slots else ""
        compare("for whom", [of.lower()], [given.lower()], counts, wrong)
        titles = {row.slots[s].text.lower() for s in ("title", "role") if s in row.slots}
        compare(
            "as what",
            [title.lower()],
            [title.lower() if title.lower() in titles or (not title and not titles) else str(titles)],
            counts,
            wrong,
        )
    items = [f for f in findings if f.rule == "agenda-item"]
    listed = [f for f in items if "listed" in f.when]
    compare(
        "agenda",
        [(i[0], i[1]) for i in expected["agenda"]],
        [(f.values.get("number", ""), f.slots["title"].text) for f in listed],
        counts,
        wrong,
    )
    compare(
        "presenter",
        [(i[0], i[2]) for i in expected["agenda"] if i[2]],
        [(f.values.get("number", ""), f.slots["presenter"].text) for f in items if "presented" in f.when],
        counts,
        wrong,
    )
    found = {slot: f for f in findings if f.group == "head" for slot in f.slots}
    meeting = expected["meeting"]
    compare("date", [meeting["date"]], [found["date"].values["date"]] if "date" in found else [], counts, wrong)
    for slot in ("place", "body"):
        compare(
            slot,
            [meeting[slot].lower()],
            [found[slot].slots[slot].text.lower()] if slot in found else [],
            counts,
            wrong,
        )
    coming = [f.values["date"] for f in findings if f.rule == "next-meeting" or "next" in f.when]
    compare("next", [meeting["next"]] if meeting["next"] else [], list(dict.fromkeys(coming)), counts, wrong)
    sentences = [f.slots["sentence"].text for f in findings if f.rule == "decision"]
    matched = [next((w for w in expected["decisions"] if s.startswith(w)), s) for s in sentences]
    compare("decision", expected["decisions"], matched, counts, wrong)
    return wrong


def main() -> None:
    """Draft every document and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", default=str(ROOT / "tests" / "ingest" / "documents"))
    parser.add_argument("--wrong", action="store_true", help="list what is missed and what is wrong")
    arguments = parser.parse_args()
    words = WordLists()
    grammars = read_grammars(None, words)
    workspace = load(None)
    known, repairer, maker = Known(workspace, Classes()), repairer_for(workspace), Maker()
    counts: Counts = Counter()
    with tempfile.TemporaryDirectory() as folder, Reader() as reader:
        for path in sorted(Path(arguments.folder).glob("*.yaml")):
            content = yaml.safe_load(path.read_text(encoding="utf-8"))
            if content["format"] == "scan" and shutil.which("tesseract") is None:
                print(f"{path.stem}: left out, since tesseract is not installed")
                continue
            made = maker.make(content["html"], content["format"], Path(folder) / path.stem)
            read = reader.read(str(made))
            record = make_record(path.stem, made.name, "", read.kind, read.reading, repairer)
            grammar = grammar_for(record, grammars, words, known.kind)
            findings = find_all(record, grammar, words, known.kind) if grammar else []
            wrong = judge(content["expected"], findings, counts)
            if arguments.wrong and wrong:
                print(path.stem, content["format"], *wrong, sep="\n")
    names = dict.fromkeys(key.rsplit(" ", 1)[0] for key in counts if key.endswith(" wanted"))
    print(f"{'':12} {'wanted':>7} {'drafted':>8} {'right':>6} {'P':>6} {'R':>6}")
    for name in names:
        wanted, drafted, right = (counts[f"{name} {k}"] for k in ("wanted", "drafted", "right"))
        print(
            f"{name:12} {wanted:7} {drafted:8} {right:6} {right / max(drafted, 1):6.3f} {right / max(wanted, 1):6.3f}"
        )
    print(f"absent told as present: {counts['absent told as present']}")


if __name__ == "__main__":
    main()
