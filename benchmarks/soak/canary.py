"""10,000 spellings of SERVICE, LOAD and FROM with an address that nobody may call, through every way in."""

from __future__ import annotations

import contextlib
import random
import threading
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

from benchmarks.soak.common import Canary, Report, call, workspace
from samgraf.errors import SamgrafError
from samgraf.rdf.foreign import Foreign
from samgraf.server import make_server
from samgraf.store.opening import open_store, snapshot_folder

if TYPE_CHECKING:
    from pathlib import Path

FULL = 10_000
BAR = "a canary listener hears nothing of 10,000 spellings"
_CHARS = "aZæßñλжקअ一あ\u00b7\u0300\u203f\u2040_-9\U00010000"
_SPACE = ["", " ", "  ", "\t", "\n", "\r", "\r\n", "#c\n", " # '\"<{\r", "#\n#\n"]
_BEFORE = ["", "?a ?b true", "?a ?b 1", "?a ?b 1.e0", "?a ?b 'x'", "?a ?b ?c .", "{}", "?a ?b <x:y>", "[]?a ?b."]
_BEFORE += ["FILTER(?a<'&&?b>')", "FILTER(?a<?b#>'''\n)"]
SHAPE = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix sam: <https://w3id.org/samgraf/ontology#> .
sam:Mine a sh:NodeShape ; sh:targetClass sam:Municipality ; sh:sparql [ a sh:SPARQLConstraint ; sh:message "no" ; sh:select %s ] .
"""


def spelling(chance: random.Random, url: str) -> tuple[str, str]:
    """Give a prologue and a group graph pattern, or a whole request, that would call ``url``."""
    gap = lambda: "".join(chance.choices(_SPACE, k=chance.randint(0, 2)))  # noqa: E731
    word = "".join(c.upper() if chance.random() < 0.5 else c.lower() for c in "service")
    if chance.random() < 0.2:
        place = chance.randrange(7)
        code = f"\\u{ord(word[place]):04x}" if chance.random() < 0.5 else f"\\U{ord(word[place]):08X}"
        word = word[:place] + code + word[place + 1 :]
    silent = chance.choice(["", "", "SILENT", "silent"])
    prologue = ""
    name = f"<{url}>"
    if chance.random() < 0.6:
        prefix = chance.choice(["", "a", "service", "true"]) + "".join(chance.choices(_CHARS, k=chance.randint(0, 3)))
        prologue = f"PREFIX{gap() or ' '}{prefix}:{gap()}<{url}>{gap()}\n"
        name = prefix + ":" + "".join(chance.choices(_CHARS, k=chance.randint(0, 2)))
    before = chance.choice(_BEFORE)
    end = chance.choice(["", " FILTER(?x='')", " #'''"])
    form = chance.random()
    if form < 0.08:
        return "", f"LOAD{gap() or ' '}{chance.choice(['', 'SILENT '])}<{url}>"
    if form < 0.2:
        named = chance.choice(["", "NAMED "])
        return "", f"SELECT * FROM{gap()}{named}{gap()}<{url}>{gap()}WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}"
    return prologue, f"{{ {before}{gap()}{word}{gap()}{silent}{gap()}{name}{gap()}{{ ?s ?p ?o }}{end} }}"


def _query(prologue: str, body: str, head: str = "SELECT *") -> str:
    return prologue + (f"{head} WHERE {body}" if body.startswith("{") else body)


def run(count: int, seed: int) -> Report:
    report = Report("canary", BAR)
    chance = random.Random(seed)
    canary = Canary()
    with workspace() as folder:
        store = open_store(str(folder))
        guarded = Foreign(folder=snapshot_folder(str(folder)), seconds=10)
        server = make_server(port=0, workspace=str(folder), seconds=5)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        for number in range(count):
            prologue, body = spelling(chance, canary.url)
            query = _query(prologue, body)
            with contextlib.suppress(SamgrafError):
                (guarded.evaluate if number % 2 else store.foreign)(query)
            if number % 10 == 0:
                try:
                    urlopen(f"{server.url}sparql?query={quote(query)}", timeout=20).read()  # noqa: S310
                except HTTPError as error:
                    error.read()
            if number % 200 == 0:
                _through_files(folder, prologue, body)
            report.check(not canary.heard(), query)
        server.shutdown()
        thread.join(10)
        server.server_close()
        guarded.close()
    return report


def _through_files(folder: Path, prologue: str, body: str) -> None:
    """Let a workspace bring it as a rule, a shape, a query; and let a user type it."""
    select, construct = _query(prologue, body), _query(prologue, body, "CONSTRUCT { ?s <x:p> ?o }")
    files = {
        "ontology/rules/zz.rq": construct,
        "queries/zz.rq": select,
        "ontology/shapes.ttl": SHAPE % _turtle(_query(prologue, body, "SELECT $this")),
    }
    call("query", "-", "--workspace", str(folder), "--timeout", "5", stdin=select)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
        call("check", "--workspace", str(folder), env={"SAMGRAF_TIMEOUT": "5"})
        if name.startswith("queries"):
            call("query", "zz", "--workspace", str(folder), "--timeout", "5")
        path.unlink()


def _turtle(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r") + '"'
