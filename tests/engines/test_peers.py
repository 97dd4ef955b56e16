"""The benchmark of peers asks all of them the same: samgraf's derived tables give what SPARQL gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from benchmarks.engines.peers import SPARQL, report, run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.long
def test_derived_tables_give_what_sparql_gives(
    built_store: ox.Store,
    shared_cache: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("SAMGRAF_CACHE", str(shared_cache))
    file = str(tmp_path / "all.nq")
    ox.serialize(built_store, output=file, format=ox.RdfFormat.N_QUADS)
    found = {engine: run(engine, file, 0.01) for engine in ("samgraf", "memory")}
    assert all(found["memory"][name][1] for name in SPARQL)
    assert report(found, list(found)) == 0
    found["samgraf"]["path"][1] = []
    assert report(found, list(found)) == 1
    assert "samgraf answers 'path' otherwise" in capsys.readouterr().err
