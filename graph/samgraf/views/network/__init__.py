"""Networks as neighbours by node: a place for each node, and measures.

A network of claims is made where it is used (`samgraf.publish.exports.networks` for networkx, the explorer for the page); here
it is only who is next to whom. Nothing imports numpy before a layout is asked for.
"""

from samgraf.views.network.layout import layout
from samgraf.views.network.measures import Neighbours, communities, components, degrees

__all__ = ["Neighbours", "communities", "components", "degrees", "layout"]
