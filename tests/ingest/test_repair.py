"""Misread letters are repaired in damaged text alone, names are offered and not repaired, clean text stays as it is."""

from __future__ import annotations

import pytest

from samgraf.ingest.repair import Repairer, confusions, frequent_words, known_names
from samgraf.ingest.words import Words

CLEAN = """Rådet drøftede behovet for fælles løsninger på området og tog status til efterretning.
Børn og unge får bedre forløb, når kommunerne og regionen følger planen for de næste år.
Jørgen Møller oplyste, at der er afsat økonomi til indsatsen, som også gælder de små øer.
"""
DAMAGED = (
    CLEAN.replace("ø", "g")
    .replace("å", "a")
    .replace("fælles", "feelles")
    .replace("æ", "ae")
    .replace("Møller", "Mgller")
)


@pytest.fixture(scope="module")
def repairer() -> Repairer:
    pytest.importorskip("wordfreq")
    return Repairer(Words((), frequent_words()), confusions(), known_names())


def test_damaged_text_is_repaired_but_for_its_names(repairer: Repairer) -> None:
    found = repairer.repair(DAMAGED)
    assert found.damaged
    words = dict(zip(CLEAN.split(), found.text.split(), strict=True))
    wrong = {a: b for a, b in words.items() if a != b}
    assert wrong.keys() <= {"Jørgen", "Møller", "øer."}
    offered = {r.read: r.written for r in found.repairs if r.offered}
    assert offered["Mgller"] == "Møller"


def test_offsets_of_repairs_point_into_the_repaired_text(repairer: Repairer) -> None:
    found = repairer.repair(DAMAGED)
    for repair in found.repairs:
        stands = repair.read if repair.offered else repair.written
        assert found.text[repair.offset :].startswith(stands)


def test_clean_text_is_left_alone(repairer: Repairer) -> None:
    assert repairer.repair(CLEAN * 5) == (CLEAN * 5, (), False)


def test_bars_between_cells_are_no_letters(repairer: Repairer) -> None:
    text = DAMAGED + "Navn | Kommune\n"
    bar = text.index("|")
    assert repairer.repair(text, frozenset({bar})).text.endswith("Navn | Kommune\n")
    assert not repairer.repair(text).text.endswith("Navn | Kommune\n")
