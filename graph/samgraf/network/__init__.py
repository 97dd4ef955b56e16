"""Networks: the entities and what links them, as plain nodes and edges, with measures and a place for each.

`project` makes a `Network` of records, `layout` gives every node its coordinates. Nothing here imports numpy before a
layout is asked for. For a networkx graph see `samgraf.exports.networks`.
"""

from samgraf.network.layout import layout
from samgraf.network.measures import communities, components, degrees
from samgraf.network.model import Edge, Evidence, Fact, Label, Moment, Network, Node, Statement
from samgraf.network.project import AUXILIARY, project

__all__ = [
    "AUXILIARY",
    "Edge",
    "Evidence",
    "Fact",
    "Label",
    "Moment",
    "Network",
    "Node",
    "Statement",
    "communities",
    "components",
    "degrees",
    "layout",
    "project",
]
