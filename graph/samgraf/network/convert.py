"""Networks for networkx."""

from typing import TYPE_CHECKING

from samgraf.network.model import Network

if TYPE_CHECKING:
    import networkx as nx


def to_networkx(network: Network) -> "nx.MultiDiGraph[str]":
    """Give the network as a directed multigraph: one edge a claim, keyed by the claim's id.

    Nodes carry `label`, `label_en` and `kind`; edges `predicate`, `document`, `from`, `until`, `modality`, `role` and
    `derived`. All attributes are strings or truth values, so that GraphML and GEXF can hold them.
    """
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in network.nodes.values():
        graph.add_node(node.id, label=node.label.da, label_en=node.label.en, kind=node.kind)
    for edge in network.edges:
        extra = {
            "predicate": edge.predicate,
            "document": edge.document,
            "from": edge.valid_from.edtf if edge.valid_from else "",
            "until": edge.valid_until.edtf if edge.valid_until else "",
            "modality": edge.modality,
            "role": edge.role or "",
            "derived": edge.derived,
        }
        graph.add_edge(edge.subject, edge.object, key=edge.id, **extra)
    return graph
