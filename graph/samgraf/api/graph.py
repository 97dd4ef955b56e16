"""The graph with all its methods, and the function that opens one."""

from __future__ import annotations

from samgraf.api.forms import Forms
from samgraf.api.networks import Networks
from samgraf.api.reading import Reading
from samgraf.api.telling import Telling


def open(workspace: str | None = None, store: str | None = None, *, own: bool = False) -> Graph:  # noqa: A001  (the name users expect)
    """Open the graph of a workspace's folder, of the built-in one when none is named, or of a SPARQL endpoint.

    The snapshot is built first when it is missing or stale. With ``own``, only what the workspace's own documents say, not
    those of the layers below. Raises DataError when the workspace is not valid, UsageError when the folder is no workspace,
    StoreError when the endpoint does not answer.

    >>> import samgraf
    >>> samgraf.open()
    <samgraf.Graph of the built-in workspace>
    """
    graph = Graph(workspace=workspace, url=store, own=own)
    graph.reader  # noqa: B018  (opened here, so that what is wrong is told here)
    return graph


class Graph(Reading, Telling, Networks, Forms):
    """A graph of entities and claims, each claim with the passages that state it. Made by `open`.

    Names of entities are taken in any language, as abbreviations, ids or IRIs; UnknownNameError, with names that come near, is
    raised for what nothing bears, UsageError for what several bear. ``lang`` is a language's code (Danish when none is given),
    ``as_of`` a day, ``YYYY-MM-DD``.
    """

    def _repr_html_(self) -> str:
        from samgraf.publish.notebook import graph_html

        return graph_html(repr(self), self.reader)
