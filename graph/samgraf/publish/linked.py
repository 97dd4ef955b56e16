"""What stands behind each IRI that the graph mints: the document that tells of it, as triples of the graph or of a file.

Source: Cool URIs for the Semantic Web (W3C Interest Group Note 2008): a document answers, a thing points at its document.
"""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph as ox

from samgraf import disk, resources
from samgraf.namespaces import BASE, CLAIM, DCT, ENTITY, GRAPH, ONTOLOGY_GRAPH, PREFIXES, RDF, RDFS, RULE
from samgraf.publish.description import described
from samgraf.publish.endpoint import endpoint
from samgraf.publish.exports.context import context_of, written_context
from samgraf.rdf.port import GRAPH_FORMATS
from samgraf.rdf.reading import vocabulary
from samgraf.rdf.rules import read_rules

if TYPE_CHECKING:
    from collections.abc import Iterable

    from samgraf.rdf.port import GraphStore

SH = "http://www.w3.org/ns/shacl#"
_PART = re.compile(r"(claim/[^/]+/[^/]+)/evidence/\d+(?:/selector)?")
_VERSION = re.compile(r"ontology/\d+(?:\.\d+)*")
_HEADER = re.compile(r"^# (rule|title|description)(?:\.(\w+))?: (.+)$", re.MULTILINE)
_TEXTS = {"title": RDFS + "label", "description": DCT + "description"}
_FILES = ("shapes", "profile", "reused")
_CONTEXT = "context.jsonld"
VOID_PATH, ENDPOINT = ".well-known/void", "sparql"
ELSEWHERE = {
    "maintainers": "ontology",
    **dict.fromkeys(("dataset", "catalog", "publisher", "contact-point"), VOID_PATH),
}
"""Things that are told of in a document about more than them."""
_PARTS = ("dataset/class/", "distribution/", "service/")


class Linked(NamedTuple):
    """What an address leads to: one of a query of the graph, triples, bytes as they are, or the path of another document."""

    query: str = ""
    triples: tuple[ox.Triple, ...] = ()
    body: bytes = b""
    elsewhere: str = ""

    def serialized(self, store: GraphStore, form: str) -> bytes:
        """Give the triples in a format of GRAPH_FORMATS, in a stable order."""
        triples = store.triples(self.query) if self.query else self.triples
        return serialized(triples, form)


def serialized(triples: Iterable[ox.Triple], form: str) -> bytes:
    """Give triples in a format of GRAPH_FORMATS, each once and sorted."""
    rows = sorted(set(triples), key=lambda t: (str(t.subject), str(t.predicate), str(t.object)))
    named = None if form == "ntriples" else PREFIXES
    return ox.serialize(rows, format=GRAPH_FORMATS[form], prefixes=named) or b""


def dcat(store: GraphStore, workspace: str | None = None) -> bytes:
    """Give the description of the data set (DCAT-AP, VoID) as Turtle."""
    return serialized(described(store, workspace), "turtle")


def linked(store: GraphStore, workspace: str | None, path: str, at: str | None = None) -> Linked | None:
    """Tell what stands at a path below the base IRI (``id/…``, ``claim/…``, ``ontology`` …); None when nothing does.

    ``at`` is the address of the server that answers, where it is another than the one that the workspace is published at.
    """
    if path == "ontology" or _VERSION.fullmatch(path):
        return Linked(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{ONTOLOGY_GRAPH}> {{ ?s ?p ?o }} }}")
    if path in (VOID_PATH, ENDPOINT):
        told = described(store, workspace, at=at) if path == VOID_PATH else endpoint(store, workspace, at)
        return Linked(triples=tuple(told))
    if path in ELSEWHERE or path.startswith(_PARTS):
        return Linked(elsewhere=ELSEWHERE.get(path, VOID_PATH))
    if path == _CONTEXT:
        context = context_of(vocabulary(store).triples, written_context())
        return Linked(body=(json.dumps({"@context": context}, ensure_ascii=False, indent=1) + "\n").encode())
    if path in _FILES:
        return Linked(triples=_file_triples(workspace, path))
    if BASE + path in (CLAIM, ENTITY, GRAPH, RULE):
        return None
    if part := _PART.fullmatch(path):
        return Linked(elsewhere=part[1])
    return _of_graph(store, workspace, BASE + path)


def _of_graph(store: GraphStore, workspace: str | None, iri: str) -> Linked | None:
    if iri.startswith(RULE):
        triples = rule_triples(workspace, iri.removeprefix(RULE))
        return Linked(triples=triples) if triples else None
    try:
        node = str(ox.NamedNode(iri))
    except ValueError:
        return None
    if iri.startswith(ENTITY) and store.ask(f"ASK {{ {node} sam:primaryType ?c }}"):
        return Linked(
            "CONSTRUCT { ?s ?p ?o } WHERE {"
            f" {{ {node} ?p ?o BIND({node} AS ?s) }}"
            f" UNION {{ ?s rdf:subject {node} ; ?p ?o }} UNION {{ ?s rdf:object {node} ; ?p ?o }} }}"
        )
    if iri.startswith(CLAIM) and store.ask(f"ASK {{ {node} ?p ?o }}"):
        return Linked(
            f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {{ {node} ?p ?o BIND({node} AS ?s) }}"
            f" UNION {{ {node} sam:evidence ?s . ?s ?p ?o }}"
            f" UNION {{ {node} sam:evidence/oa:hasSelector ?s . ?s ?p ?o }}"
            f" UNION {{ ?s prov:wasDerivedFrom {node} ; ?p ?o VALUES ?p {{ rdf:type prov:wasDerivedFrom }} }} }}"
        )
    if iri.startswith(GRAPH) and store.ask(f"ASK {{ GRAPH {node} {{ ?s ?p ?o }} }}"):
        return Linked(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {node} {{ ?s ?p ?o }} }}")
    return None


def addresses(store: GraphStore, workspace: str | None) -> list[str]:
    """Give the paths of all documents of data but those of single claims, which are in their graph's: what `linked` leads to."""
    things = store.select("SELECT DISTINCT ?s { ?s sam:primaryType ?c }").rows
    graphs = store.select("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }").rows
    paths = {row[0].value.removeprefix(BASE) for row in (*things, *graphs) if isinstance(row[0], ox.NamedNode)}
    rules = (_HEADER.findall(rule.text) for rule in read_rules(workspace))
    paths |= {f"rule/{text}" for header in rules for key, _, text in header if key == "rule"}
    return sorted({*paths, "ontology", _CONTEXT, *_FILES})


def _file_triples(workspace: str | None, name: str) -> tuple[ox.Triple, ...]:
    """Read a file of the ontology with what the layers add to it."""
    found: list[ox.Triple] = []
    nameless: dict[object, ox.BlankNode] = {}

    def named(term: Any) -> Any:
        """Give a node without a name one by its place in the file: the parser's own are by chance."""
        return (
            nameless.setdefault(term, ox.BlankNode(f"n{len(nameless):05}")) if isinstance(term, ox.BlankNode) else term
        )

    for folder in resources.layers(workspace, "ontology"):
        path = os.path.join(folder, f"{name}.ttl")
        if os.path.isfile(path):
            data = disk.read_bytes(path)
            quads = ox.parse(data, format=ox.RdfFormat.TURTLE, base_iri=BASE + name)
            found += [ox.Triple(named(q.subject), q.predicate, named(q.object)) for q in quads]
    return tuple(found)


def rule_triples(workspace: str | None, name: str) -> tuple[ox.Triple, ...]:
    """Give the description of the rule that calls itself ``name``, its query included (SHACL-AF, 8.4); empty when none does."""
    found: list[ox.Triple] = []
    node = ox.NamedNode(RULE + name) if re.fullmatch(r"[\w-]+", name) else None
    for rule in read_rules(workspace) if node else ():
        header = _HEADER.findall(rule.text)
        if node is None or ("rule", "", name) not in header:
            continue
        found.append(ox.Triple(node, ox.NamedNode(RDF + "type"), ox.NamedNode(SH + "SPARQLRule")))
        found.append(ox.Triple(node, ox.NamedNode(SH + "construct"), ox.Literal(rule.text)))
        for key, language, text in header:
            if key in _TEXTS:
                found.append(ox.Triple(node, ox.NamedNode(_TEXTS[key]), ox.Literal(text, language=language or None)))
    return tuple(found)
