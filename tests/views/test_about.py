"""Everything about one entity: in words, each fact with where it stands, derived ones apart."""

from __future__ import annotations

import pytest

from samgraf.errors import UnknownNameError
from samgraf.namespaces import ENTITY
from samgraf.views.about import About, about
from samgraf.views.facts import gather


def texts(told: About, heading: str) -> list[str]:
    return [fact.text for group in told.groups if group.heading == heading for fact in group.facts]


def test_facts_are_told_from_the_entitys_side(small) -> None:
    told = about(small("ungeklyngen"), "da")
    assert (told.label, told.kind) == ("Ungeklyngen", "klynge")
    assert texts(told, "deltager i") == ["Fælles front (1. januar 2022 – 2024)"]
    assert texts(told, "har som medlem") == [
        "Søbyen Kommune (pr. ca. januar 2022)",
        "Åkirke Kommune (pr. ca. januar 2022)",
    ]
    (members,) = (g for g in told.groups if g.heading == "har som medlem")
    assert members.complete


def test_english(small) -> None:
    told = about(small("region-oe"), "en")
    assert told.label == "The Island Region"
    assert texts(told, "participates in") == ["Open Door (from summer 2023; as of about January 2022; proposed)"]


def test_a_figure_says_what_it_measures(small) -> None:
    told = about(small("faelles-front"), "da")
    assert "ventede mere end fire uger på en første samtale (unge): 37 personer (udgangspunkt; 2021)" in texts(
        told, "har tallet"
    )


def test_every_fact_has_a_place(small, real) -> None:
    for facts, language in ((small("faelles-front"), "da"), (real("dassos"), "en"), (real("region-midtjylland"), "da")):
        told = [fact for group in about(facts, language).groups for fact in group.facts]
        assert told
        for fact in told:
            assert fact.sources
            assert all(s.lines[0] or facts.documents[s.document].background for s in fact.sources), fact.text


def test_what_follows_is_told_apart_with_why(small) -> None:
    told = about(small("soebyen"), "da")
    derived = {(d.fact.text.split(" (")[0], d.how): d.via for d in told.derived}
    assert derived["Fælles front", "som medlem"] == ["Ungeklyngen"]
    assert derived["Åben dør", "gennem en enhed"] == ["Familiehuset"]
    assert not texts(told, "er involveret i")
    assert all(d.fact.sources and all(c.because for c in d.fact.claims) for d in told.derived)


def test_what_was_changed_later_stays_and_says_so(small) -> None:
    told = about(small("aabent-hus"), "da")
    assert texts(told, "holdes den") == ["9. september 2023 (afløst)", "16. september 2023"]
    (change,) = told.changes
    assert "9. september 2023" in change.text
    assert change.text.endswith("til 16. september 2023")


def test_as_of_leaves_out_what_cannot_hold(small) -> None:
    assert texts(about(small("ungeklyngen"), "da", "2021-06-01"), "deltager i") == []
    assert texts(about(small("ungeklyngen"), "da", "2023-06-01"), "deltager i")


def test_an_entity_that_is_not_there(small) -> None:
    with pytest.raises(UnknownNameError):
        gather(small("soebyen").source.store, ENTITY + "nobody")
