"""Facts of the small workspace and of the built-in graph, read from stores in memory."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from tests.conftest import SMALL

from samgraf.namespaces import ENTITY
from samgraf.store.build import build_store
from samgraf.store.embedded import EmbeddedStore
from samgraf.views.facts import Facts, gather
from samgraf.workspace import load

if TYPE_CHECKING:
    import pyoxigraph as ox

Read = Callable[[str], Facts]


@pytest.fixture(scope="session")
def small() -> Read:
    """Give the facts about an entity of the small workspace, by its id."""
    store = EmbeddedStore(build_store(load(str(SMALL))))
    return lambda name: gather(store, ENTITY + name)


@pytest.fixture(scope="session")
def real(built_store: ox.Store) -> Read:
    """Give the facts about an entity of the built-in graph, by its id."""
    store = EmbeddedStore(built_store)
    return lambda name: gather(store, ENTITY + name)
