"""A place for every node, and the measures that it rests on."""

from __future__ import annotations

import pytest
from synthetic import dataset

from samgraf.views.network import communities, components, degrees, layout


def neighbours(size):
    """Who is next to whom by the claims of a synthetic graph, in the order of the ids."""
    data = dataset(size)
    qualifiers = {e.id for e in data["entities"] if data["vocabulary"].kind_of(e.types).qualifier}
    around = {e.id: set() for e in sorted(data["entities"]) if e.id not in qualifiers}
    for claim in data["claims"]:
        if claim.object in around and claim.subject in around and claim.subject != claim.object:
            around[claim.subject].add(claim.object)
            around[claim.object].add(claim.subject)
    return around


@pytest.fixture(scope="module")
def around():
    return neighbours(300)


@pytest.mark.parametrize("size", [300, 1500])
def test_the_layout_is_seeded_whole_and_gives_the_giant_most_of_the_width(size):
    made = neighbours(size)
    places = layout(made, 7)
    assert places == layout(made, 7)
    assert set(places) == set(made)
    assert all(x == int(x) and y == int(y) for x, y in places.values())
    giant = components(made)[0]
    width = [max(places[n][0] for n in nodes) - min(places[n][0] for n in nodes) for nodes in (giant, places)]
    assert width[0] / width[1] >= 0.5


def test_layouts_of_almost_nothing():
    assert layout({}) == {}
    assert len(set(layout({"a": set(), "b": set()}).values())) == 2


def test_measures(around):
    assert degrees(around)["agreement-0"] >= 19
    groups = communities(around, 3)
    assert sorted(node for group in groups for node in group) == sorted(around)
    assert groups == communities(around, 3)
