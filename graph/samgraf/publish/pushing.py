"""Load the graph into another store, one named graph at a time, so document by document.

By the SPARQL 1.1 Graph Store HTTP Protocol (W3C 2013) or, where an address does not speak it, by SPARQL 1.1 Update. A graph that
is there already, triple for triple, is not sent again: a push that broke off is called again, and a changed document is one graph
to send. What was sent is fetched and held against what was meant.
"""

from __future__ import annotations

import http.client
from abc import ABC, abstractmethod
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlencode, urlsplit

import pyoxigraph as ox

from samgraf import resources
from samgraf.errors import StoreError, UsageError
from samgraf.store.credentials import PASSWORD, USER, authorization

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

_TRIPLES = "application/n-triples"
_ROWS = "application/sparql-results+json"
_FORM = "application/x-www-form-urlencoded"
_OK = range(200, 300)
_FORBIDDEN = (401, 403)
_MISSING = 404
_AT_ONCE = 5000
_NOWHERE = "urn:samgraf:no-such-graph"
SENT, THERE, REMOVED = "sent", "there already", "removed"


class Pushed(NamedTuple):
    """What became of one named graph: its triples, their digest, and whether it was sent, there already or removed.

    ``digest`` is the SHA-256 of the sorted lines of N-Triples, as the store gives them back (without blank nodes, that is what
    RDF Dataset Canonicalization, W3C 2024, gives).
    """

    graph: str
    triples: int
    digest: str
    done: str


class Target(ABC):
    """A store that is written to: ``url`` is where it is written, ``query`` where it answers queries, if that is known.

    Each address is told the name and password that are given, or what is kept for its own host.
    """

    def __init__(self, url: str, query: str | None, user: str | None, password: str | None) -> None:
        self.url = url
        self.query = query
        self._login = user, password

    @abstractmethod
    def get(self, graph: str) -> set[ox.Triple]:
        """Fetch a named graph; one that is not there is empty."""

    @abstractmethod
    def put(self, graph: str, triples: Collection[ox.Triple]) -> None:
        """Put these triples in the place of a named graph."""

    @abstractmethod
    def drop(self, graph: str) -> None:
        """Take a named graph away."""

    def graphs(self) -> list[str]:
        """Name the graphs that the store holds. Raises UsageError where nobody can be asked."""
        if self.query is None:
            msg = "only a query tells which graphs there are: name the address for queries with --query"
            raise UsageError(msg)
        return _names(self.query, self.asked("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }", _ROWS))

    def asked(self, sparql: str, accept: str) -> bytes:
        """Give what a query is answered with."""
        url = self.query or self.url
        body = urlencode({"query": sparql}).encode()
        return self.accepted(url, *self.exchange(url, "POST", body, {"Content-Type": _FORM, "Accept": accept}))

    def exchange(self, url: str, method: str, body: bytes | None, more: dict[str, str]) -> tuple[int, bytes]:
        """Send a request and give status and body of the answer."""
        parts = urlsplit(url)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection = kind(parts.hostname or "", parts.port, timeout=resources.timeout())
        try:
            connection.request(method, target, body, {**authorization(url, *self._login), **more})
            reply = connection.getresponse()
            return reply.status, reply.read()
        except (OSError, ValueError, http.client.HTTPException) as error:
            msg = f"{url} cannot be reached or broke off: {error}"
            raise StoreError(msg) from error
        finally:
            connection.close()

    def accepted(self, url: str, status: int, data: bytes) -> bytes:
        """Give what came, or raise the StoreError that tells why nothing did."""
        if status in _OK:
            return data
        if status in _FORBIDDEN:
            msg = f"{url} lets nobody in without leave ({status}): set {USER} and {PASSWORD}, use netrc, or name --user"
            raise StoreError(msg)
        said = " ".join(data[:200].decode("utf-8", "replace").split())
        detail = "".join(c for c in said if c.isprintable())
        msg = f"{url} answered {status}: {detail}; is it the address of a Graph Store, or of updates (then name --query too)?"
        raise StoreError(msg)


class GraphStore(Target):
    """A store that speaks the Graph Store Protocol at ``url`` (Oxigraph: ``/store``, Fuseki: ``/data``)."""

    def get(self, graph: str) -> set[ox.Triple]:
        """Fetch a named graph (Graph Store Protocol, 5.2)."""
        status, data = self._exchange("GET", graph)
        return set() if status == _MISSING else _triples(self.url, self.accepted(self.url, status, data))

    def put(self, graph: str, triples: Collection[ox.Triple]) -> None:
        """Put triples in the place of a named graph (5.3)."""
        self.accepted(self.url, *self._exchange("PUT", graph, ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)))

    def drop(self, graph: str) -> None:
        """Take a named graph away (5.4)."""
        status, data = self._exchange("DELETE", graph)
        if status != _MISSING:
            self.accepted(self.url, status, data)

    def speaks(self) -> bool:
        """Tell whether the address speaks the protocol: whether it gives a graph that is not there as none, or as empty."""
        status, data = self._exchange("GET", _NOWHERE)
        if status in _FORBIDDEN:
            self.accepted(self.url, status, data)
        if status == _MISSING:
            return True
        try:
            return status in _OK and not _triples(self.url, data)
        except StoreError:
            return False

    def _exchange(self, method: str, graph: str, body: bytes | None = None) -> tuple[int, bytes]:
        url = f"{self.url}{'&' if urlsplit(self.url).query else '?'}graph={quote(graph, safe='')}"
        return self.exchange(url, method, body, {"Accept": _TRIPLES, "Content-Type": _TRIPLES})


class Updates(Target):
    """A store that is written by SPARQL 1.1 Update at ``url``."""

    def get(self, graph: str) -> set[ox.Triple]:
        """Fetch a named graph by a query."""
        return _triples(
            self.query or self.url,
            self.asked(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}", _TRIPLES),
        )

    def put(self, graph: str, triples: Collection[ox.Triple]) -> None:
        """Put triples in the place of a named graph, some thousands at a time."""
        self.drop(graph)
        lines = [f"{triple} ." for triple in triples]
        for start in range(0, len(lines), _AT_ONCE):
            part = "\n".join(lines[start : start + _AT_ONCE])
            self._update(f"INSERT DATA {{ GRAPH <{graph}> {{\n{part}\n}} }}")

    def drop(self, graph: str) -> None:
        """Take a named graph away."""
        self._update(f"DROP SILENT GRAPH <{graph}>")

    def _update(self, sparql: str) -> None:
        body = urlencode({"update": sparql}).encode()
        self.accepted(self.url, *self.exchange(self.url, "POST", body, {"Content-Type": _FORM}))


def target(url: str, *, query: str | None = None, user: str | None = None, password: str | None = None) -> Target:
    """Find out how a store is written at ``url``: by the Graph Store Protocol, else by updates.

    ``query`` is the address for queries, where it is another. Raises UsageError for what is no address, StoreError when nobody
    answers there or the name and password are not enough.
    """
    for one in (url, query or url):
        parts = urlsplit(one)
        authorization(one)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            msg = f"{one!r} is no address of a store; it begins with http:// or https://"
            raise UsageError(msg)
    store = GraphStore(url, query, user, password)
    return store if store.speaks() else Updates(url, query, user, password)


def push(there: Target, quads: Iterable[ox.Quad], *, gone_under: str | None = None) -> Iterator[Pushed]:
    """Yield each named graph as soon as the store holds it whole.

    With ``gone_under``, graphs of the store whose names begin so and that are not among the quads are removed at last; other
    graphs stay as they are. Raises StoreError that says which graphs are not there, when the store refuses one or holds others.
    """
    graphs: dict[str, set[ox.Triple]] = {}
    for quad in quads:
        if isinstance(quad.graph_name, ox.NamedNode):
            graphs.setdefault(quad.graph_name.value, set()).add(quad.triple)
    held = there.graphs() if gone_under else []
    gone = [graph for graph in held if gone_under and graph.startswith(gone_under) and graph not in graphs]
    missing = sorted(graphs)
    try:
        for graph in sorted(graphs):
            yield _pushed(there, graph, graphs[graph])
            missing.remove(graph)
        for graph in gone:
            there.drop(graph)
            yield Pushed(graph, 0, _digest(set()), REMOVED)
    except StoreError as error:
        done = len(graphs) - len(missing)
        rest = f"not known to be whole: {', '.join(missing)}" if missing else "not all that are gone are removed"
        msg = f"{error}\n{done} of {len(graphs)} graphs are there; {rest}\ncall again to go on"
        raise StoreError(msg) from error


def _pushed(there: Target, graph: str, triples: set[ox.Triple]) -> Pushed:
    if there.get(graph) == triples:
        return Pushed(graph, len(triples), _digest(triples), THERE)
    there.put(graph, triples)
    held = there.get(graph)
    if held != triples:
        strange = next(iter(sorted(map(str, held - triples))), "")
        instead = f", among others: {strange[:200]}" if strange else ""
        msg = f"{there.url} took {graph}, but holds {len(held & triples)} of its {len(triples)} triples{instead}"
        raise StoreError(msg)
    return Pushed(graph, len(held), _digest(held), SENT)


def _digest(triples: set[ox.Triple]) -> str:
    return sha256("".join(sorted(f"{triple} .\n" for triple in triples)).encode()).hexdigest()


def _triples(url: str, data: bytes) -> set[ox.Triple]:
    try:
        return {quad.triple for quad in ox.parse(data, format=ox.RdfFormat.N_TRIPLES)}
    except (SyntaxError, ValueError) as error:
        msg = f"{url} did not answer with N-Triples; is it the address of a store?"
        raise StoreError(msg) from error


def _names(url: str, data: bytes) -> list[str]:
    try:
        found = ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)
        rows = list(found) if isinstance(found, ox.QuerySolutions) else []
    except (SyntaxError, ValueError) as error:
        msg = f"{url} did not answer with SPARQL results; is it the address for queries?"
        raise StoreError(msg) from error
    return sorted(row[0].value for row in rows if isinstance(row[0], ox.NamedNode))
