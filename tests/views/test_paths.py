"""Ways between two entities: what is read on the way gives what all links give."""

from __future__ import annotations

from itertools import combinations

import pytest
from tests.conftest import SMALL

from samgraf.rdf import links
from samgraf.rdf.reading import read_entities
from samgraf.store.build import build_store
from samgraf.store.embedded import EmbeddedStore
from samgraf.views.paths import ways
from samgraf.workspace import load


@pytest.mark.parametrize("as_of", [None, "2023-06-01"])
def test_links_read_on_the_way_give_the_same_ways_as_all_links(
    monkeypatch: pytest.MonkeyPatch, as_of: str | None
) -> None:
    store = EmbeddedStore(build_store(load(str(SMALL))))
    pairs = list(combinations(sorted(e.id for e in read_entities(store)), 2))[::23]

    def told() -> list[list[list[str]]]:
        return [
            [[s.claim.id for s in steps] for steps in ways(store, *pair, most=3, as_of=as_of).steps] for pair in pairs
        ]

    found = []
    for singly, weighed in ((1000, 1000), (3, 1000), (1000, 8), (0, 0)):
        monkeypatch.setattr(links, "_SINGLY", singly)
        monkeypatch.setattr(links, "_WEIGHED", weighed)
        found.append(told())
    assert any(found[0])
    assert all(one == found[0] for one in found)
