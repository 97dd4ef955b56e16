"""What a SPARQL endpoint is, and what it has to be told so that its default graph is the union of its graphs.

SPARQL leaves open what a default graph holds (SPARQL 1.1, 13.1): with some engines all triples, with others only those
without a graph, which are none here. Asked without care, such an engine finds nothing, and says so with confidence.
The same goes for an engine that takes an error for 'no': our queries leave a filter open where a parameter is not given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from samgraf.errors import LimitError, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Parameters = tuple[tuple[str, str], ...]

AS_IT_IS: Parameters = ()
_OXIGRAPH: Parameters = (("union-default-graph", ""),)

_SOUND = "ASK { ?claim a sam:Claim, ?it FILTER(COALESCE(?it = ?nothing, true)) }"  # SPARQL 1.1, 17.4.1.3
_IN_DEFAULT = "ASK { ?claim a sam:Claim }"
_IN_GRAPHS = "ASK { GRAPH ?graph { ?claim a sam:Claim } }"
_IN_BOTH = "ASK { ?claim a sam:Claim . GRAPH ?graph { ?claim a sam:Claim } }"


class Known(NamedTuple):
    """What is known of an endpoint: the parameters that each query needs, and whether it evaluates ours as SPARQL 1.1 has it."""

    parameters: Parameters
    sound: bool


def dataset_of(ask: Callable[[str, Parameters], bool], graphs: Callable[[], Iterable[str]], url: str) -> Known | None:
    """Find out what an endpoint is; None when it holds no claim at all.

    ``ask(sparql, parameters)`` puts a question to the endpoint, ``graphs()`` names its graphs. Raises StoreError when the
    endpoint has claims that its default graph cannot be made to show.
    """
    if ask(_SOUND, AS_IT_IS):
        return Known(AS_IT_IS, sound=True)
    if ask(_IN_DEFAULT, AS_IT_IS):
        return Known(AS_IT_IS, sound=False)
    if not ask(_IN_GRAPHS, AS_IT_IS):
        return None
    if _serves(ask, _OXIGRAPH):
        return Known(_OXIGRAPH, sound=True)
    named = sorted(graphs())
    each = tuple((kind, graph) for kind in ("default-graph-uri", "named-graph-uri") for graph in named)
    if _serves(ask, each):  # SPARQL 1.1 Protocol, 2.1.4
        return Known(each, ask(_SOUND, each))
    msg = (
        f"{url} has claims in named graphs, but not in its default graph, and takes no parameter that would change it: "
        "configure its default graph as the union of the named graphs"
    )
    raise StoreError(msg)


def _serves(ask: Callable[[str, Parameters], bool], parameters: Parameters) -> bool:
    """Tell whether the parameters make both readings work; an endpoint may refuse what it does not know."""
    try:
        return ask(_IN_BOTH, parameters)
    except LimitError:
        raise
    except StoreError:
        return False
