"""What reads about one entity asks for what it names, and not for all that there is."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from benchmarks.reading import COMMANDS

import samgraf
from samgraf.library import claimlines

if TYPE_CHECKING:
    from pathlib import Path


def test_every_command_that_is_measured_is_one() -> None:
    for name, *_ in COMMANDS.values():
        assert import_module(f"samgraf.cli.commands.{name}").command


def test_claims_about_one_entity_do_not_read_all_entities(
    workspace: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    read = claimlines.read_entities
    monkeypatch.setattr(claimlines, "read_entities", lambda *given: asked.append(given[1]) or read(*given))
    graph = samgraf.open(str(workspace))
    few = graph.claims(about="Region Ø", derived=True)
    monkeypatch.setattr(claimlines, "_FEW", 0)
    assert few == graph.claims(about="Region Ø", derived=True) != []
    assert asked[0]
    assert asked[1:] == [None]
