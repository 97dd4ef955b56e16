"""The drawing as a pyvis network: pyvis keeps the nodes, the edges and vis-network's options.

What pyvis 0.3.2 would write itself (a page that loads bootstrap from a CDN, tooltips as innerHTML, physics) is
replaced: `PageNetwork` renders our template with a Jinja environment of its own that escapes. Its lists are filled at
once, because `add_node` and `add_edge` search the whole list each time.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyvis
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pyvis.edge import Edge as PyvisEdge
from pyvis.network import Network as PyvisNetwork
from pyvis.node import Node as PyvisNode

from samgraf.explorer.kinds import look
from samgraf.network import Network

HERE = Path(__file__).parent

OPTIONS: dict[str, Any] = {
    "autoResize": False,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"borderWidth": 0, "borderWidthSelected": 0, "labelHighlightBold": False, "chosen": False},
    "edges": {
        "smooth": False,
        "chosen": False,
        "selectionWidth": 0,
        "hoverWidth": 0,
        "width": 1,
        "arrows": {"to": {"enabled": False}},
    },
    "interaction": {
        "hover": True,
        "selectConnectedEdges": False,
        "hoverConnectedEdges": False,
        "hideEdgesOnDrag": False,
        "hideEdgesOnZoom": False,
        "tooltipDelay": 100000,
        "zoomSpeed": 0.6,
        "keyboard": {"enabled": False},
    },
}
"""vis-network's options: nothing moves by itself, edges are straight, names are the page's own business."""


class PageNetwork(PyvisNetwork):  # type: ignore[misc] # pyvis has no types
    """A pyvis network that is drawn by samgraf's page."""

    def __init__(self) -> None:
        """Make an empty network with the page's options and templates."""
        super().__init__(height="100%", directed=True, cdn_resources="in_line")
        self.options = OPTIONS
        self.path = "page.html.j2"
        self.templateEnv = Environment(
            loader=FileSystemLoader(HERE / "page"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )

    def render(self, **context: Any) -> str:
        """Render the page's template."""
        return str(self.templateEnv.get_template(self.path).render(**context))


def pyvis_network(network: Network, places: Mapping[str, tuple[float, float]]) -> PageNetwork:
    """Give the network with its places as a pyvis network; pyvis' own methods work on it."""
    drawing = PageNetwork()
    for node in network.nodes.values():
        x, y = places.get(node.id, (0.0, 0.0))
        made = PyvisNode(node.id, look(node.kind).shape, label=node.label.da, group=node.kind, x=round(x), y=round(y))
        drawing.nodes.append(made.options)
        drawing.node_ids.append(node.id)
        drawing.node_map[node.id] = made.options
    for edge in network.edges:
        drawing.edges.append(PyvisEdge(edge.subject, edge.object, directed=True, dashes=edge.derived).options)
    return drawing


def bundled_vis() -> str:
    """Read the vis-network that the installed pyvis carries (Apache-2.0 or MIT)."""
    folder = Path(pyvis.__file__).parent / "lib"
    newest = max(folder.glob("vis-9*"), key=lambda one: [int(part) for part in one.name[4:].split(".")])
    return (newest / "vis-network.min.js").read_text(encoding="utf-8")
