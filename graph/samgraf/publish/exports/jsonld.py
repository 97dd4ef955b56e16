"""The graph as compact JSON-LD 1.1: names in place of IRIs, by the ontology's context where it has one.

A value is written in the short form of its term (a bare string, a map by language) only when every value of that
property fits it; otherwise the property goes under its prefixed name, with values in full. So nothing is lost or
bent.
"""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from samgraf.namespaces import RDF, XSD
from samgraf.publish.exports.context import context_of, written_context
from samgraf.publish.exports.rdf import quads
from samgraf.rdf.reading import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from samgraf.rdf.port import GraphStore

Json = dict[str, Any]


def jsonld(store: GraphStore) -> bytes:
    """Give the graph as JSON-LD: one object a named graph, with its nodes sorted by IRI."""
    context = context_of(vocabulary(store).triples, written_context())
    names = Names(context)
    graphs = [
        {"@id": names.node(graph), "@graph": names.nodes(members)}
        for graph, members in groupby(quads(store), key=lambda q: q.graph_name)
    ]
    content = {"@context": context, "@graph": graphs}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


class Names:
    """What a context calls things."""

    def __init__(self, context: Json) -> None:
        self.prefixes = {k: v for k, v in context.items() if isinstance(v, str) and v.endswith(("/", "#")) and ":" in v}
        self.terms: dict[str, list[tuple[str, Mapping[str, Any]]]] = {}
        for name, value in context.items():
            definition = value if isinstance(value, dict) else {"@id": value}
            target = definition.get("@id")
            if not isinstance(target, str) or name.startswith("@") or "@reverse" in definition:
                continue
            if name not in self.prefixes and ":" not in name:
                self.terms.setdefault(self.expanded(target), []).append((name, definition))

    def expanded(self, name: str) -> str:
        """Give the IRI of a prefixed name."""
        prefix, _, rest = name.partition(":")
        return self.prefixes[prefix] + rest if prefix in self.prefixes and not rest.startswith("//") else name

    def short(self, iri: str) -> str:
        """Give the prefixed name of an IRI, or the IRI itself."""
        for prefix, base in self.prefixes.items():
            rest = iri[len(base) :]
            if iri.startswith(base) and rest and not rest.startswith("//"):
                return f"{prefix}:{rest}"
        return iri

    def node(self, term: object) -> str:
        """Give what a node is called as an ``@id``."""
        return self.short(term.value) if isinstance(term, ox.NamedNode) else str(term)

    def nodes(self, members: Iterable[ox.Quad]) -> list[Json]:
        """Give the node objects of one graph."""
        return [self._object(subject, list(own)) for subject, own in groupby(members, key=lambda q: q.subject)]

    def _object(self, subject: object, own: list[ox.Quad]) -> Json:
        found: Json = {"@id": self.node(subject)}
        types = [self._type(q.object) for q in own if q.predicate.value == RDF + "type"]
        if types:
            found["@type"] = types if len(types) > 1 else types[0]
        for predicate, of_it in groupby(own, key=lambda q: q.predicate.value):
            if predicate != RDF + "type":
                key, value = self._property(predicate, [q.object for q in of_it])
                found[key] = value
        return found

    def _type(self, term: object) -> str:
        iri = term.value if isinstance(term, ox.NamedNode) else str(term)
        plain = next((n for n, d in self.terms.get(iri, []) if set(d) <= {"@id", "@context", "@protected"}), None)
        return plain or self.short(iri)

    def _property(self, iri: str, values: list[Any]) -> tuple[str, Any]:
        for name, definition in self.terms.get(iri, []):
            compact = self._compact(definition, values)
            if compact is not None:
                return name, compact
        full = [self._full(v) for v in values]
        return self.short(iri), full if len(full) > 1 else full[0]

    def _compact(self, definition: Mapping[str, Any], values: list[Any]) -> object | None:
        """Give the values in the short form that a term's definition allows, None when they do not fit it."""
        coercion, container = definition.get("@type"), definition.get("@container")
        if not set(definition) <= {"@id", "@type", "@container", "@protected"}:
            return None
        literals = [v for v in values if isinstance(v, ox.Literal)]
        if container == "@language":
            by_language = {v.language: v.value for v in literals if v.language}
            return by_language if len(by_language) == len(values) else None
        if container not in (None, "@set"):
            return None
        short: list[Any]
        if coercion in ("@id", "@vocab"):
            short = [self.node(v) for v in values if not isinstance(v, ox.Literal)]
        elif coercion is None:
            short = [self._full(v) for v in values]
        else:
            wanted = self.expanded(coercion)
            short = [v.value for v in literals if not v.language and v.datatype.value == wanted]
        if len(short) != len(values):
            return None
        return short if len(short) > 1 or container == "@set" else short[0]

    def _full(self, term: Any) -> object:
        """Give a value that means the same whatever the context says."""
        if not isinstance(term, ox.Literal):
            return {"@id": self.node(term)}
        if term.language:
            return {"@value": term.value, "@language": term.language}
        datatype = term.datatype.value
        if datatype == XSD + "string":
            return {"@value": term.value}
        return {"@value": term.value, "@type": self.short(datatype)}
