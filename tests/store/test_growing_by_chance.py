"""Claims of all relations come, go and change by chance: a grown snapshot is each time what a build from nothing gives."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.store.test_growing import anew, told

from samgraf.errors import DataError
from samgraf.rdf.reach import read_by
from samgraf.rdf.rules import read_rules
from samgraf.store import growing
from samgraf.store.build import build_store
from samgraf.store.opening import snapshot_folder
from samgraf.workspace import load

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    import pyoxigraph as ox

    from samgraf.vocabulary.terms import Vocabulary
    from samgraf.workspace.entries import Entity

CLASSES = (
    ("Municipality", 3), ("Region", 2), ("Group", 2), ("Cluster", 2), ("Body", 2), ("Unit", 2), ("Person", 3), ("Initiative", 4),
    ("Event", 3), ("AgendaItem", 2), ("DevelopmentArea", 2), ("Agreement", 2), ("Programme", 1), ("Place", 1),
    ("Theme", 2), ("TargetGroup", 2), ("Method", 1), ("Goal", 1), ("Principle", 1), ("Vision", 1), ("Vote", 1),
    ("Product", 1), ("Role", 2), ("UnitOfMeasure", 1), ("Document", 1), ("DocumentKind", 1), ("Task", 1),
)  # fmt: skip
STATUSES = {"done": "over", "under-way": "running", "planned": "waiting"}
DAYS = ("2019", "2020-03", "2021-05-04", "2022", "2022-11", "2023-02-01")
GROUPS = [
    f'      - {{subject: [{", ".join(f"{kind}-{n}" for n in range(many))}], predicate: {said}, complete: subjects, at: "1"}}'
    for kind, many, said in (
        ("municipality", 3, "memberOf, object: group-0"),
        ("region", 2, "memberOf, object: group-1"),
        ("municipality", 3, "participatesIn, object: event-0"),
    )
]
"""Whole lists: a thing that all municipalities are in is counted apart."""
CLAIMS, EDITS = 15, 10


def entities() -> str:
    """Give the file of the entities."""
    lines = [f"{kind.lower()}-{n}: {{type: {kind}, label: {kind} {n}}}" for kind, many in CLASSES for n in range(many)]
    lines += [f"{name}: {{type: Status, label: {name}, phase: {phase}}}" for name, phase in STATUSES.items()]
    return "\n".join(lines) + "\n"


def claim(chance: random.Random, vocabulary: Vocabulary, things: dict[str, Entity]) -> str:
    """Give a claim of a relation that any of the relations may be, as a line of YAML."""
    relation = chance.choice([p for p in vocabulary.predicates.values() if not p.derived])

    def one(types: frozenset[str]) -> str:
        fit = [e.id for e in things.values() if not types or vocabulary.is_a(e.types, types)]
        return chance.choice(fit)

    fields: dict[str, Any] = {"subject": one(relation.subject_types), "predicate": relation.name}
    if relation.kind == "object":
        fields["object"] = one(relation.object_types)
        fields |= {"role": f"role-{chance.randrange(2)}"} if chance.random() < 0.2 else {}
        fields |= {"onBehalfOf": f"municipality-{chance.randrange(3)}"} if chance.random() < 0.2 else {}
        fields |= {"complete": chance.choice(["subjects", "objects"])} if chance.random() < 0.1 else {}
    elif relation.kind == "date":
        fields["value"] = chance.choice(DAYS)
    else:
        fields["value"] = chance.randrange(100) if relation.kind == "figure" else f"ord {chance.randrange(100)}"
        fields |= {"measure": "mål", "unit": "unitofmeasure-0", "kind": "result"} if relation.kind == "figure" else {}
    fields |= {"from": chance.choice(DAYS)} if relation.kind != "date" and chance.random() < 0.4 else {}
    fields |= {"modality": chance.choice(["proposed", "expected"])} if chance.random() < 0.15 else {}
    fields |= {"note": "set"} if chance.random() < 0.1 else {}
    return "      - " + json.dumps({**fields, "at": "1"}, ensure_ascii=False)


def taking_part(chance: random.Random) -> str:
    """Give a claim of one of a few taking part in one of a few things."""
    who = chance.choice([f"municipality-{chance.randrange(3)}", "group-0", "cluster-0", "person-0"])
    how, what = chance.choice(["participatesIn", "responsibleFor"]), chance.choice(["initiative", "event"])
    when = chance.choice(["", ", from: 2021", ", onBehalfOf: municipality-1"])
    return f'      - {{subject: {who}, predicate: {how}, object: {what}-{chance.randrange(3)}{when}, at: "1"}}'


def write(folder: Path, name: str, claims: list[str], date: str) -> None:
    """Write a document."""
    text = f"document: {{id: {name}, label: {name}, date: {date}}}\nsections:\n  - heading: Om alt\n    claims:\n"
    (folder / "data/documents" / f"{name}.yaml").write_text(text + "\n".join(claims) + "\n", encoding="utf-8")
    passage = f"at\tfirst_line\tlast_line\tstart\tend\tsha256\twords\n1\t1\t1\t0\t9\t{'0' * 64}\t\n"
    (folder / "data/evidence" / f"{name}.tsv").write_text(passage, encoding="utf-8")


def workspace(folder: Path) -> None:
    """Make a workspace without claims."""
    for part in ("entities", "documents", "evidence"):
        (folder / "data" / part).mkdir(parents=True)
    (folder / "samgraf.yaml").write_text("format: 2\n", encoding="utf-8")
    (folder / "data/entities/all.yaml").write_text(entities(), encoding="utf-8")
    write(folder, "first", [], "2024-05")


TYING = (
    "memberOf", "chairs", "partOf", "represents", "participatesIn", "concerns", "underAgreement", "underArea", "underBody",
    "pursues", "startDate", "endDate", "period", "heldOn", "hasStatus", "establishedBy", "collaboratesWith",
)  # fmt: skip
"""Relations whose claims bear on others."""


@pytest.mark.parametrize("seed", [2, 3])
def test_over_what_is_near_a_change_the_rules_give_the_difference_of_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    chance = random.Random(seed)
    folder = tmp_path / "near"
    workspace(folder)
    known = load(str(folder))
    vocabulary = known.vocabulary
    tying = replace(vocabulary, predicates={name: vocabulary.predicates[name] for name in TYING})
    reads = read_by(read_rules(None))
    monkeypatch.setattr(growing, "_FEWEST", 10_000)

    def built(claims: list[str]) -> ox.Store | None:
        write(folder, "first", claims, "2024-05")
        try:
            return build_store(load(str(folder)))
        except DataError:  # the same twice, or a thing above itself
            return None

    store = None
    while store is None:
        claims = [claim(chance, tying, known.entities) for _ in range(CLAIMS + 10 * seed)] + GROUPS * (seed % 2)
        store = built(claims)
    near = 0
    for _ in range(EDITS):
        at = chance.randrange(len(claims))
        new = [*claims[:at], claim(chance, tying, known.entities), *claims[at + chance.randrange(2) :]]
        now = built(new)
        if now is None:
            continue
        claims = new
        (gone, left), (come, made) = (
            tuple(
                {q for q in set(one) - set(other) if (q.graph_name == growing._DERIVED) == derived}
                for derived in (0, 1)
            )
            for one, other in ((store, now), (now, store))
        )
        growing._change(store, gone, come)
        found = growing._nearby(load(str(folder)), store, reads, gone, come)
        assert found in (None, (left, made)), claims[at]
        near += found is not None
        store = now
    assert near > EDITS // 3


@pytest.mark.long
@pytest.mark.parametrize("seed", [1])
def test_edits_by_chance_give_what_a_build_from_nothing_gives(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    chance = random.Random(seed)
    folder = tmp_path / "by-chance"
    workspace(folder)
    known = load(str(folder))
    documents = {
        name: [claim(chance, known.vocabulary, known.entities) for _ in range(CLAIMS)] for name in ("first", "second")
    }
    documents["first"] += GROUPS
    for name, claims in documents.items():
        write(folder, name, claims, "2024-05")
    snapshot_folder(str(folder))
    monkeypatch.setattr(growing, "_FEW", 10_000)
    found = []
    nearby = growing._nearby
    monkeypatch.setattr(growing, "_nearby", lambda *given: found.append(nearby(*given)) or found[-1])
    for _ in range(EDITS):
        name = chance.choice(list(documents))
        claims = documents[name]
        at = chance.randrange(len(claims))
        new = [taking_part(chance) if chance.random() < 0.6 else claim(chance, known.vocabulary, known.entities)]
        new = [line for line in new if line not in claims]
        claims[at : at + chance.randrange(2)] = new
        write(folder, name, claims, chance.choice(["2024-05"] * 9 + ["2024-06"]))
        grown, whole = told(snapshot_folder(str(folder))), anew(folder, cache, monkeypatch)
        for part in grown.keys() | whole.keys():
            assert grown.get(part) == whole.get(part), (claims[at - 1 : at + 1], part)
    assert sum(one is not None for one in found) > 1
