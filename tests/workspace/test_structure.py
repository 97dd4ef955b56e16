"""Structure: references, types, cycles, duplicates; each told once, at the claim that is wrong."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from samgraf.problems import Problem
from samgraf.workspace import load
from samgraf.workspace.structure import structure

AGREEMENT = "data/documents/aftale-soebyen-2022-24.yaml"


def problems(folder: Path) -> list[Problem]:
    loaded = load(str(folder))
    assert loaded.problems == []
    return sorted(structure(loaded))


def add(folder: Path, *claims: str) -> None:
    with (folder / AGREEMENT).open("a", encoding="utf-8") as stream:
        stream.writelines(f'      - {{{claim}, at: "15"}}\n' for claim in claims)


def test_the_built_in_and_the_small_workspace_are_sound(workspace: Path) -> None:
    assert problems(workspace) == []
    builtin = load(None)
    assert [*builtin.problems, *structure(builtin)] == []


def ring(*names: str) -> list[str]:
    return [f"subject: {a}, predicate: partOf, object: {b}" for a, b in zip(names, [*names[1:], names[0]], strict=True)]


@pytest.mark.parametrize(
    "names", [["ungeklyngen"], ["ungeklyngen", "styregruppen"], ["ungeklyngen", "styregruppen", "region-oe"]], ids=len
)
def test_a_circle_of_parts_is_told_once(workspace: Path, names: list[str]) -> None:
    add(workspace, *ring(*names))
    found = problems(workspace)
    assert [p.code for p in found] == ["cycle"]
    assert " → ".join([*names, names[0]]) in found[0].message


def test_a_long_chain_of_parts_is_no_circle_and_exhausts_nothing(workspace: Path) -> None:
    count = 5000
    names = [f"part-{n}" for n in range(count)]
    (workspace / "data/entities/chain.yaml").write_text(
        "".join(f"{n}: {{type: Unit, label: {n}}}\n" for n in names), encoding="utf-8"
    )
    add(workspace, *(f"subject: {a}, predicate: partOf, object: {b}" for a, b in itertools.pairwise(names)))
    assert problems(workspace) == []
    add(workspace, f"subject: {names[-1]}, predicate: partOf, object: {names[0]}")
    assert [p.code for p in problems(workspace)] == ["cycle"]


def test_a_proposed_part_makes_no_circle(workspace: Path) -> None:
    add(workspace, "subject: faelles-front, predicate: partOf, object: aaben-doer, modality: proposed")
    assert problems(workspace) == []


def test_one_whole_in_two_others_is_no_circle(workspace: Path) -> None:
    add(
        workspace,
        *(
            f"subject: {a}, predicate: partOf, object: {b}"
            for a, b in [
                ("ungeklyngen", "soebyen"),
                ("ungeklyngen", "aakirke"),
                ("soebyen", "region-oe"),
                ("aakirke", "region-oe"),
            ]
        ),
    )
    assert problems(workspace) == []


CASES = [
    ("subject: soebyn, predicate: participatesIn, object: aaben-doer", "unknown-entity", "did you mean 'soebyen'"),
    ("subject: soebyen, predicate: participatesin, object: aaben-doer", "unknown-predicate", "did you mean 'participatesIn'"),
    ("subject: soebyen, predicate: participatesIn, object: aaben-dør", None, None),
    ("subject: aaben-doer, predicate: chairs, object: styregruppen", "wrong-type", "the subject of chairs is to be Actor"),
    ("subject: aaben-doer, predicate: usesMethod, object: soebyen", "wrong-type", "the object of usesMethod is to be Method"),
    ("subject: soebyen, predicate: participatesIn, object: aaben-doer, role: persons", "unknown-role", "no Role"),
    ("subject: soebyen, predicate: participatesIn, value: aaben-doer", "bad-object", "takes an 'object'"),
    ("subject: soebyen, predicate: goal, object: aaben-doer", "bad-object", "takes a 'value'"),
    ("subject: soebyen, predicate: startDate, value: '2020', kind: count", "unknown-field", "figure"),
    ("subject: soebyen, predicate: startDate, value: '2020', supersedes: none-such", "unknown-claim", "none-such"),
    ("subject: region-oe, predicate: participatesIn, object: aaben-doer, modality: proposed, from: 2023-22", "duplicate-claim", "says the same as data/documents"),
    ("subject: soebyen, predicate: startDate, value: '2020', id: first-date", "duplicate-id", "'first-date'"),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "code", "told"), [c for c in CASES if c[1]], ids=lambda x: str(x)[-30:])
def test_what_is_wrong_with_a_claim_is_told_at_its_line(workspace: Path, claim: str, code: str, told: str) -> None:
    add(workspace, claim)
    found = problems(workspace)
    assert [p.code for p in found] == [code], [str(p) for p in found]
    assert told in found[0].message
    if code != "duplicate-id":  # told at the later of the two files
        assert (found[0].path, found[0].line) == (
            AGREEMENT,
            (workspace / AGREEMENT).read_text(encoding="utf-8").count("\n"),
        )
