"""The page's modules without a browser: node runs their tests on the data of the built-in graph's page."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest

HERE = Path(__file__).parent / "js"
DAYS = ["2018-06-01", "2019-02-15", "2020-02-15", "2021-11-15", "2022-11-15", "2024-02-15", "2025-05-01", "2026-11-15"]


def things(rows, sources):
    """For each actor and day the things that it is in, as the model tells; "" is: on no day in particular."""
    lives = {e.id: e.life for e in sources.entities}
    found = defaultdict(lambda: {day: set() for day in ["", *DAYS]})
    for row in rows:
        found[row.actor][""].add(row.thing)
        for day in DAYS:
            life = lives[row.thing]
            alive = life.state(day, None) in ("held", "last-attested") if life.start or life.until else True
            if row.state(day) in ("held", "last-attested") and alive:
                found[row.actor][day].add(row.thing)
    return {actor: {day: sorted(some) for day, some in days.items()} for actor, days in found.items()}


def partners(rows, belonging):
    """For each actor the partners with the number of things shared, as the ontology defines it."""
    inside = defaultdict(list)
    for row in rows:
        if row.collaborates and not row.everybody:
            inside[row.root].append(row)
    shared = defaultdict(lambda: defaultdict(set))
    for root, some in inside.items():
        for a in some:
            for b in some:
                if a.actor != b.actor and not {(a.actor, b.actor), (b.actor, a.actor)} & belonging and a.overlaps(b):
                    shared[a.actor][b.actor].add(root)
    return {row.actor: {p: len(r) for p, r in shared[row.actor].items()} for row in rows}


@pytest.fixture(scope="module")
def data(tmp_path_factory, builtin_page, builtin_sources):
    text = builtin_page.read_text(encoding="utf-8")
    blocks = {
        name: json.loads(re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', text, re.DOTALL)[1])
        for name in ("data", "dictionary")
    }
    size, packed = re.search(r'id="packed-rest" data-size="(\d+)">(.*?)</script>', text).groups()
    blocks["packed-rest"] = {"packed": {"textContent": packed, "dataset": {"size": size}}}
    rows = builtin_sources.collaborations
    initiatives = [e.id for e in builtin_sources.entities if e.type == "Initiative"]
    blocks["expected"] = {
        "things": things(rows, builtin_sources),
        "partners": partners(rows, set(builtin_sources.belonging)),
        "initiatives": initiatives,
    }
    path = tmp_path_factory.mktemp("scripts") / "data.json"
    path.write_text(json.dumps(blocks), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", sorted(one.name for one in HERE.glob("*.test.mjs")))
def test_the_modules_do_what_their_tests_say(data, name):
    done = subprocess.run(
        [shutil.which("node"), "--test", str(HERE / name)],
        env={**os.environ, "SAMGRAF_PAGE_DATA": str(data)},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
