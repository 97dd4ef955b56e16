"""The firm claims between two entities: only their ends, and from when until when. For searching from one to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from samgraf.model import Claim, Moment, Period
from samgraf.namespaces import ENTITY, local_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from samgraf.rdf.port import GraphStore

_SINGLY, _WEIGHED = 40, 400
"""So many entities are read and weighed one by one; then all at once costs less."""
_LINKS = """SELECT DISTINCT ?claim ?s ?p ?o ?from ?until ?attested WHERE {
  %s ?claim a sam:Claim ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; sam:modality sam:stated ; dct:source ?document
  FILTER(ISIRI(?o))
  FILTER NOT EXISTS { ?claim sam:supersededBy ?newer }
  OPTIONAL { ?claim sam:effectiveFromEarliest ?from }
  OPTIONAL { ?claim sam:effectiveUntilLatest ?until }
  OPTIONAL { ?document sam:issuedLatest ?attested } } ORDER BY ?claim"""
_ABOUT = "VALUES ?end { %s } { ?claim rdf:subject ?end } UNION { ?claim rdf:object ?end }"
_DEGREES = f"""SELECT ?end (COUNT(DISTINCT ?claim) AS ?degree) WHERE {{
  {_ABOUT}
  ?claim a sam:Claim ; rdf:object ?o ; sam:modality sam:stated
  FILTER(ISIRI(?o))
  FILTER NOT EXISTS {{ ?claim sam:supersededBy ?newer }} }} GROUP BY ?end"""
_KINDS = "SELECT ?s WHERE { VALUES ?kind { %s } %s ?s sam:primaryType ?kind }"


class Links:
    """The links of a store about one entity after the other, read when asked for; all at once when many have been."""

    def __init__(self, store: GraphStore, apart: Iterable[str]) -> None:
        """Begin; ``apart`` are the IRIs of the classes whose entities only say something of others."""
        self._store = store
        self._kinds = " ".join(f"<{kind}>" for kind in apart)
        self._about: dict[str, list[Claim]] = {}
        self._degrees: dict[str, int] = {}
        self._apart: set[str] = set()
        self._whole = False

    def about(self, name: str) -> list[Claim]:
        """Give the links with an entity (by id) at either end, sorted by id."""
        if name not in self._about and not self._whole:
            if len(self._about) < _SINGLY:
                self._about[name] = self._read(_ABOUT % _iri(name))
            else:
                self._read_whole()
        return self._about.get(name, [])

    def weigh(self, names: Iterable[str]) -> None:
        """Look up of many at once in how many links they stand and whether they only say something of others."""
        wanted = [] if self._whole else sorted(set(names) - self._degrees.keys())
        if len(wanted) + len(self._degrees) > _WEIGHED:
            self._read_whole()
            return
        if not wanted:
            return
        every = " ".join(map(_iri, wanted))
        for end, degree in self._store.select(_DEGREES % every).rows:
            self._degrees[_name(end)] = int(getattr(degree, "value", 0))
        self._qualify(f"VALUES ?s {{ {every} }}")

    def degree(self, name: str) -> int:
        """Give in how many links an entity stands that has been weighed."""
        return len(self._about.get(name, ())) if self._whole else self._degrees.get(name, 0)

    def qualifies(self, name: str) -> bool:
        """Tell whether an entity that has been weighed only says something of others."""
        return name in self._apart

    def _read_whole(self) -> None:
        self._whole = True
        self._about = {}
        for claim in self._read(""):
            for name in {claim.subject, claim.object or ""}:
                self._about.setdefault(name, []).append(claim)
        self._qualify("")

    def _qualify(self, among: str) -> None:
        self._apart |= {_name(s) for (s,) in self._store.select(_KINDS % (self._kinds, among)).rows}

    def _read(self, among: str) -> list[Claim]:
        found = []
        for claim, subject, predicate, obj, *days in self._store.select(_LINKS % among).rows:
            name, one, relation, other = (
                local_name(getattr(term, "value", "")) for term in (claim, subject, predicate, obj)
            )
            start, until, attested = (Moment(*[getattr(day, "value", "")] * 3) if day else None for day in days)
            found.append(Claim(name, one, relation, other, attested=attested, effective=Period(start, until)))
        return found


def _iri(name: str) -> str:
    return str(ox.NamedNode(ENTITY + name))


def _name(term: object) -> str:
    return str(getattr(term, "value", "")).removeprefix(ENTITY)
