"""The drawing of the network: vis-network as pyvis brings it, with options of our own, and a pyvis network for notebooks."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyvis
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pyvis.network import Network as PyvisNetwork

from samgraf.disk import read_text
from samgraf.model.text import FIRST
from samgraf.publish.explorer.joint import joint, pairs

if TYPE_CHECKING:
    from samgraf.publish.explorer.sources import Sources

HERE = Path(__file__).parent

OPTIONS: dict[str, Any] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"borderWidth": 0, "borderWidthSelected": 0, "labelHighlightBold": False, "chosen": False},
    "edges": {
        "smooth": False,
        "chosen": False,
        "selectionWidth": 0,
        "hoverWidth": 0,
        "arrows": {"to": {"enabled": False}},
    },
    "interaction": {
        "hover": False,
        "selectConnectedEdges": False,
        "hoverConnectedEdges": False,
        "tooltipDelay": 100000,
        "keyboard": {"enabled": False},
    },
}
"""vis-network's options: nothing moves by itself, edges are straight."""


@functools.cache
def environment() -> Environment:
    """Give the page's templates."""
    return Environment(
        loader=FileSystemLoader(HERE / "page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def pyvis_network(sources: Sources, lang: str = FIRST) -> PyvisNetwork:
    """Give the network of actors as a `pyvis.network.Network`: joined, and sized, by the things that they share.

    Pyvis' own methods work on it; physics are off, for the places are given. Titles say on what two actors collaborate.
    """
    names = {e.id: e.label.within(lang) for e in sources.entities}
    rows, belonging = sources.collaborations, sources.belonging
    found, shared = joint(rows, belonging), pairs(rows, belonging)
    partners = {a: sum(a in pair for pair in shared) for a in found.actors}
    drawing = PyvisNetwork(height="640px", width="100%", cdn_resources="in_line")
    for actor, (x, y), group in zip(found.actors, found.places, found.communities, strict=True):
        drawing.add_node(
            actor, label=names.get(actor, actor), group=group, value=partners[actor], x=x, y=y, physics=False
        )
    for (a, b), things in sorted(shared.items()):
        drawing.add_edge(a, b, value=len(things), title=", ".join(names.get(thing, thing) for thing in sorted(things)))
    drawing.toggle_physics(status=False)
    return drawing


def bundled_vis() -> str:
    """Read the vis-network that the installed pyvis carries (Apache-2.0 or MIT)."""
    folder = Path(pyvis.__file__).parent / "lib"
    newest = max(folder.glob("vis-9*"), key=lambda one: [int(part) for part in one.name[4:].split(".")])
    return read_text(str(newest / "vis-network.min.js"))
