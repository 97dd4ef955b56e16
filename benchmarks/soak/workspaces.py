"""Generated workspaces: whatever passes `check` goes through every command and every export without a bug.

Names, dates (EDTF, all its seasons), figures, IRIs and texts are drawn from what people write and from what they should not.
"""

from __future__ import annotations

import json
import random
import shutil
from typing import TYPE_CHECKING

from benchmarks.soak.common import Report, child, wait, workspace
from samgraf.cli.main import run as samgraf
from samgraf.errors import BUG, DataError
from samgraf.publish.exports import FORMATS

if TYPE_CHECKING:
    from pathlib import Path

FULL = 5_000
PARTS = True
BAR = "5,000 generated workspaces: what check passes, everything bears (0 exit 70)"
_TOGETHER, _SECONDS = 25, 60
_BORNE, _REFUSED = "borne", "refused"
_NAMES = [
    "Ærø Kommune",
    "Ida",
    'O\'Brien "B" <i>',
    "=1+1",
    "a;=1",
    "100 %",
    "%zz",
    "{{x}}",
    "a\\b",
    "née",
    "😀 gruppe",
    "I",
    "Null",
]
_NAMES += [
    "true",
    "0791",
    "2020-01-01",
    "A/B",
    "#x",
    "&amp;",
    "Anna-Lise  Høj",
    "Højby; Lavby",
    "שלום",
    "x\u200by",
    "a" * 290,
]
_BAD_NAMES = ["\u202eabc", "\u200b", "-", "...", "", " "]
_DATES = [
    "2020",
    "2020-05",
    "2020-05-31",
    "2020-21",
    "2020-24",
    "2020-33",
    "2020-36",
    "1066",
    "9999-12-31",
]
_BAD_DATES = [  # the first two are dates, but none that something begins or ends on
    "2020-05/2021",
    "2020/..",
    "2020-25",
    "2020-32",
    "2020-37",
    "2020-41",
    "2020?",
    "2020~",
    "2020-02-30",
    "0000",
    "-0044",
    "Y17E7",
    "202X",
    "20XX-05",
]
_BAD_DATES += ["../2020", "1984-06?", "2020-13", "", "2020-W12", "12345", "2020-05-31T10:00:00Z"]
_PAGES = ["https://x.dk/", "https://ærø.dk/å?b=c#d", "http://x.dk/%C3%A5"]
_BAD_PAGES = ["http://x.dk/%zz", "http://[::1", "http://[::1]/", "javascript:alert(1)", "http://x.dk/ y", "x"]
_TYPES = ["Municipality", "Initiative", "Event", "Person"]  # of zz-0, zz-1, zz-2, zz-3
_PREDICATES = [  # with the number of its subject, and what it takes: the number of an entity, or a kind of value
    ("participatesIn", 0, "1"),
    ("participatesIn", 3, "2"),
    ("startDate", 1, "date"),
    ("endDate", 1, "date"),
    ("goal", 1, "text"),
    ("statusText", 1, "text"),
    ("heldOn", 2, "date"),
    ("memberOf", 0, "1"),
]


def _one(chance: random.Random, good: list[str], bad: list[str]) -> str:
    """Give what people write, and now and then what they should not."""
    return chance.choice(bad if chance.random() < 0.04 else good)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _write(chance: random.Random, folder: Path) -> list[str]:
    """Add a file of entities and one of claims; give a name or two to ask for."""
    names = [_one(chance, _NAMES, _BAD_NAMES) + f" {chance.randrange(999)}" for _ in range(4)]
    lines = []
    for number, name in enumerate(names):
        extra = chance.choice(
            ["", f", homepage: {_quoted(chance.choice(_PAGES))}", f", aliases: [{_quoted(chance.choice(_NAMES))}]"]
        )
        kind = _TYPES[number]
        lines.append(
            f"zz-{number}: {{type: {kind}, label: {{da: {_quoted(name)}, en: {_quoted(chance.choice(_NAMES))}}}{extra}}}"
        )
    (folder / "data/entities/zz.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    claims = []
    for _ in range(3):
        predicate, subject, kind = chance.choice(_PREDICATES)
        fields = [f"subject: zz-{subject}", f"predicate: {predicate}"]
        if kind.isdigit():
            fields.append(f"object: zz-{kind}")
        else:
            value = _one(chance, _DATES, _BAD_DATES) if kind == "date" else _one(chance, _NAMES, _BAD_NAMES)
            fields.append(f"value: {_quoted(value)}")
        if chance.random() < 0.5:
            fields.append(f"from: {_quoted(_one(chance, _DATES, _BAD_DATES))}")
        if chance.random() < 0.3:
            fields.append(f"until: {_quoted(_one(chance, _DATES, _BAD_DATES))}")
        if chance.random() < 0.4:
            fields.append("modality: expected")
        fields.append("at: '1'")
        claims.append(f"      - {{{', '.join(fields)}}}")
    document = (
        f"document: {{id: zz, label: {{da: {_quoted(chance.choice(_NAMES))}}}, date: '2030'}}\n"
        "sections:\n  - heading: x\n    claims:\n" + "\n".join(claims) + "\n"
    )
    (folder / "data/documents/zz.yaml").write_text(document, encoding="utf-8")
    (folder / "texts/zz.txt").write_text("linje\n", encoding="utf-8")
    return [f"zz-{n}" for n in range(2)] + names[:1]


def run(count: int, seed: int) -> Report:
    report = Report("workspaces", BAR)
    passed = 0
    with workspace() as folder:
        told = folder.parent / "told"
        for first in range(0, count, _TOGETHER):
            numbers = range(first, min(first + _TOGETHER, count))
            told.write_text("", encoding="utf-8")
            code = wait(child(lambda numbers=numbers: _batch(folder, told, seed, numbers)), _SECONDS * len(numbers))  # type: ignore[misc]
            ends: dict[int, str] = {}
            for line in told.read_text(encoding="utf-8").splitlines():
                number, what = json.loads(line)
                ends[number] = what
            for number, what in ends.items():
                passed += what == _BORNE
                report.check(what in (_BORNE, _REFUSED), f"{number}: {what}")
            report.check(code == 0, f"the process of {numbers} ended with {code}")
    report.check(passed * 4 >= count, f"only {passed} of {count} passed check: the run proves too little")
    report.notes.append(f"{passed} of {count} passed check")
    return report


def _batch(folder: Path, told: Path, seed: int, numbers: range) -> int:
    """Try some workspaces in this process; write down what each is before it is tried, and how it ended."""
    out = folder.parent / "out"
    with told.open("a", encoding="utf-8") as log:
        for number in numbers:
            chance = random.Random(f"{seed} {number}")
            names = _write(chance, folder)
            text = "".join(
                (folder / "data" / kind / "zz.yaml").read_text("utf-8") for kind in ("entities", "documents")
            )
            for what in (f"not ended:\n{text}", _tried(folder, out, names, text)):
                log.write(json.dumps([number, what]) + "\n")
                log.flush()
    return 0


def _tried(folder: Path, out: Path, names: list[str], text: str) -> str:
    """Send a workspace through every command and tell how it ended."""
    at = ["--workspace", str(folder)]
    samgraf(["spans", *at, "--documents", str(folder / "texts")])
    code = samgraf(["check", *at])
    if code:
        return _REFUSED if code == DataError.exit_code else f"check exits {code}:\n{text}"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    calls = [["build"], ["explore", "-o", str(out / "x.html")], ["claims", "--format", "csv"]]
    calls += [[verb, "--", name] for verb in ("show", "timeline") for name in names]
    calls += [["brief", "-o", str(out / f"n.{form}"), "--", names[0]] for form in ("docx", "html")]
    calls += [["ask", f"Hvem er {names[-1]}?"], ["path", "--", names[0], names[1]]]
    calls += [["export", form] for form in FORMATS]
    for words in calls:
        cut = words.index("--") if "--" in words else len(words)
        if samgraf([*words[:cut], *at, *words[cut:]]) == BUG:
            return f"exit {BUG} in {words}:\n{text}"
    return _BORNE
