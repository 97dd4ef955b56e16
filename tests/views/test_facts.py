"""What is read once for all entities is what a store says of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.rdf.reading import read_claims, read_entities, reading_once
from samgraf.store.embedded import EmbeddedStore
from samgraf.views.facts import Source, Whole

if TYPE_CHECKING:
    import pyoxigraph as ox


def test_the_whole_gives_what_the_store_gives_of_each(built_store: ox.Store) -> None:
    store = EmbeddedStore(built_store)
    asked, whole = Source(store), Whole(store)
    every = [entity.id for entity in read_entities(store)]
    made = [
        str(row[0]).rpartition("/")[2].rstrip(">")
        for row in store.select("SELECT DISTINCT ?e { ?e prov:wasDerivedFrom ?c }").rows
    ]
    chosen = [*every[::29], *[name for name in every if name in made][:5], "nobody"]
    for names in ([name] for name in chosen):
        assert whole.claims(names) == asked.claims(names)
        assert whole.entities(names) == asked.entities(names)
    assert whole.claims(chosen) == asked.claims(chosen)
    assert whole.entities(chosen) == asked.entities(chosen)


def test_reading_once_gives_each_its_own_list(built_store: ox.Store) -> None:
    store = EmbeddedStore(built_store)
    plain = read_claims(store)
    with reading_once():
        read_claims(store).clear()
        assert read_claims(store) == plain
    assert read_claims(store) == plain
