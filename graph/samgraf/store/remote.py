"""Any SPARQL 1.1 endpoint, read over HTTP as the SPARQL 1.1 Protocol has it (W3C 2013, 2.1.3 query via POST directly)."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

import pyoxigraph as ox

from samgraf.errors import QueryError, StoreError
from samgraf.namespaces import PREFIXES
from samgraf.store.base import Rows, query_error, rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_ACCEPT_ROWS = "application/sparql-results+json"
_ACCEPT_TRIPLES = "application/n-triples"
_BAD_REQUEST = 400


class RemoteStore:
    """Read a graph from a SPARQL endpoint. Its default graph must be the union of the graphs, or hold all triples."""

    def __init__(self, url: str, timeout: float = 60.0) -> None:
        if not url.startswith(("http://", "https://")):
            msg = f"{url!r} is no address of a SPARQL endpoint; it begins with http:// or https://"
            raise StoreError(msg)
        self.url = url
        self.timeout = timeout
        self.folder: str | None = None

    def _post(self, sparql: str, accept: str) -> bytes:
        head = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
        request = urllib.request.Request(  # noqa: S310  (the scheme is checked above)
            self.url,
            data=(head + sparql).encode(),
            headers={"Content-Type": "application/sparql-query", "Accept": accept},
        )
        try:
            with urllib.request.urlopen(request, timeout=self.timeout) as reply:  # noqa: S310
                if reply.headers.get("X-SQL-State"):
                    msg = f"{self.url} ran out of time and gave only part of the rows"
                    raise StoreError(msg)
                return bytes(reply.read())
        except urllib.error.HTTPError as error:
            detail = error.read(500).decode("utf-8", "replace").strip()
            if error.code == _BAD_REQUEST:
                msg = f"{self.url} cannot read the query: {detail}"
                raise QueryError(msg) from error
            msg = f"{self.url} answered {error.code} {error.reason}: {detail}"
            raise StoreError(msg) from error
        except (OSError, ValueError, http.client.HTTPException) as error:
            msg = f"{self.url} cannot be reached: {getattr(error, 'reason', error)}"
            raise StoreError(msg) from error

    def _results(self, sparql: str) -> ox.QuerySolutions | ox.QueryBoolean:
        data = self._post(sparql, _ACCEPT_ROWS)
        try:
            return ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)
        except (SyntaxError, ValueError) as error:
            msg = f"{self.url} did not answer with SPARQL results: {data[:200].decode('utf-8', 'replace')}"
            raise StoreError(msg) from error

    def select(self, sparql: str) -> Rows:
        """Run a SELECT query."""
        return rows_of(self._results(sparql), f"{self.url} broke off its answer")

    def ask(self, sparql: str) -> bool:
        """Run an ASK query."""
        return bool(self._results(sparql))

    def triples(self, sparql: str) -> Sequence[ox.Triple]:
        """Run a CONSTRUCT or DESCRIBE query."""
        data = self._post(sparql, _ACCEPT_TRIPLES)
        try:
            return [quad.triple for quad in ox.parse(data, format=ox.RdfFormat.N_TRIPLES)]
        except (SyntaxError, ValueError) as error:
            raise query_error(error, sparql) from error
