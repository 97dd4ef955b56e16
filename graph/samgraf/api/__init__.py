"""The graph from Python, in a few lines; every command is a method.

    >>> import samgraf
    >>> graph = samgraf.open()
    >>> graph.find("Viborg")["label"]["da"]
    'Viborg Kommune'

What a method gives is what the command of the same name prints as JSON: plain dictionaries, which show themselves in a
notebook. The same graph is there as a pyoxigraph store, as an rdflib Dataset and as a networkx graph. It is read-only: what is
to change is changed in the workspace's files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from samgraf.api.forms import design as design
    from samgraf.api.graph import Graph as Graph
    from samgraf.api.graph import open as open  # noqa: A004  (the name users expect)
    from samgraf.api.networks import as_csv as as_csv
    from samgraf.api.querying import Results as Results
    from samgraf.api.querying import named as named
    from samgraf.api.querying import queries as queries
    from samgraf.api.querying import written as written
    from samgraf.library import NamedQuery as NamedQuery

__all__ = ["Graph", "Results", "as_csv", "design", "named", "open", "queries", "written"]

_HOME = {"Graph": "graph", "open": "graph", "design": "forms", "as_csv": "networks"} | dict.fromkeys(
    ("Results", "named", "queries", "written"), "querying"
)


def __getattr__(name: str) -> object:
    """Load a name from the module that defines it (PEP 562): a command that tells one thing loads what tells it."""
    if name not in _HOME:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
