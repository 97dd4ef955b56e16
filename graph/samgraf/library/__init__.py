"""The named queries: .rq files that are listed, described, bound and run.

A query is one file ``queries/NAME.rq``: a header of ``#`` lines that says what it answers and what it needs, then
SPARQL. A workspace's own ``queries/`` add to the built-in ones and replace those of the same name.
"""

from __future__ import annotations

from samgraf.library.binding import Resolve, bind, bind_terms, term
from samgraf.library.header import Column, NamedQuery, Parameter, read_query
from samgraf.library.listing import check, find, queries

__all__ = [
    "Column",
    "NamedQuery",
    "Parameter",
    "Resolve",
    "bind",
    "bind_terms",
    "check",
    "find",
    "queries",
    "read_query",
    "term",
]
