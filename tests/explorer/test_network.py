"""The projection of records to a network, its layout and its measures."""

from __future__ import annotations

import pytest
from synthetic import dataset

from samgraf.network import communities, components, degrees, layout, project


@pytest.fixture(scope="module")
def records():
    return dataset(300)


@pytest.fixture(scope="module")
def network(records):
    return project(records["entities"], records["claims"], records["predicates"], records["types"])


def test_entities_become_nodes_and_what_only_qualifies_becomes_terms(network):
    assert len(network.nodes) == 300
    assert set(network.terms) == {"i-gang", "tovholder", "borgere"}
    assert network.nodes["municipality-0"].label.en.endswith("Municipality")
    assert network.nodes["municipality-0"].identifiers == (("kommunekode", "0700"),)


def test_claims_between_nodes_become_edges_and_the_rest_facts(network, records):
    between = [c for c in records["claims"] if c["object"] in network.nodes]
    assert len(network.edges) == len(between)
    assert {fact.predicate for facts in network.facts.values() for fact in facts} == {
        "goal",
        "hasStatus",
        "figure",
        "period",
    }
    status = next(fact for fact in network.facts["initiative-0"] if fact.predicate == "hasStatus")
    assert (status.datatype, status.value) == ("term", network.terms["i-gang"])
    period = network.facts["agreement-0"][0]
    assert (period.when.edtf, period.when.earliest, period.when.latest) == ("2019/2020", "2019-01-01", "2020-12-31")


def test_derived_edges_are_told_apart_and_keep_their_grounds(network):
    derived = list(network.derived)
    assert derived
    assert all(edge.because and edge.rule for edge in derived)
    assert len(derived) + len(list(network.asserted)) == len(network.edges)


@pytest.mark.parametrize(
    ("claim", "edges", "facts"),
    [
        ({"subject": "a", "predicate": "memberOf", "object": "b"}, 1, 0),
        ({"subject": "a", "predicate": "memberOf", "object": "nobody"}, 0, 0),
        ({"subject": "nobody", "predicate": "memberOf", "object": "b"}, 0, 0),
        ({"subject": "a", "predicate": "goal", "object": None, "value": "ord", "datatype": "text"}, 0, 1),
        ({"subject": "a", "predicate": "figure", "object": None, "value": 0, "datatype": "number"}, 0, 1),
        ({"subject": "a", "predicate": "goal", "object": None, "value": None}, 0, 0),
    ],
)
def test_a_claim_goes_where_it_belongs(claim, edges, facts):
    made = project(
        [{"id": "a", "type": "X", "label": "A"}, {"id": "b", "type": "X", "label": {"en": "B"}}],
        [{"id": "d/1", **claim}],
        [],
        [],
    )
    assert (len(made.edges), sum(map(len, made.facts.values()))) == (edges, facts)
    assert made.nodes["b"].label.da == "B"


def test_order_of_the_records_does_not_matter(records, network):
    turned = project(records["entities"][::-1], records["claims"][::-1], records["predicates"], records["types"])
    assert list(turned.nodes) == list(network.nodes)
    assert turned.edges == network.edges


@pytest.mark.parametrize("size", [300, 1500])
def test_the_layout_is_seeded_whole_and_gives_the_giant_most_of_the_width(size):
    data = dataset(size)
    made = project(data["entities"], data["claims"], data["predicates"], data["types"])
    places = layout(made, 7)
    assert places == layout(made, 7)
    assert set(places) == set(made.nodes)
    assert all(x == int(x) and y == int(y) for x, y in places.values())
    giant = components(made)[0]
    width = [max(places[n][0] for n in nodes) - min(places[n][0] for n in nodes) for nodes in (giant, places)]
    assert width[0] / width[1] >= 0.5


def test_layouts_of_almost_nothing():
    empty = project([], [], [], [])
    assert layout(empty) == {}
    two = project([{"id": i, "type": "X", "label": i} for i in "ab"], [], [], [])
    assert len(set(layout(two).values())) == 2


def test_measures(network):
    degree = degrees(network)
    assert degree["agreement-0"] >= 19
    groups = communities(network.neighbours(), 3)
    assert sorted(node for group in groups for node in group) == sorted(network.nodes)
    assert groups == communities(network.neighbours(), 3)
