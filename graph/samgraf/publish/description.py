"""The description of the data set: DCAT-AP 3 for catalogue, data set, distributions and services, VoID for what is in it.

Who publishes it, under which licence, as of which day: that is in the workspace's ``samgraf.yaml``. What is not there is left out
and can be asked for by `missing`. Nothing here is taken from the clock.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from samgraf import resources
from samgraf.language.messages import languages
from samgraf.namespaces import BASE, DCAT, DCT, ENTITY, FOAF, GRAPH, LANGUAGE, OWL, PREFIXES, RDF, SAM, VOID, XSD
from samgraf.workspace.layering import DESCRIBING, TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from samgraf.rdf.port import GraphStore

VCARD = "http://www.w3.org/2006/vcard/ns#"
SPDX = "http://spdx.org/rdf/terms#"
_EU = "http://publications.europa.eu/resource/authority/"
_MEDIA = "https://www.iana.org/assignments/media-types/"
_WANTED = (*TEXTS, "publisher", "contact-point", "license", "version", "issued", "modified", "url")


class File(NamedTuple):
    """A distribution: its format in `samgraf.publish.exports`, its media type, and its type in the EU's authority table."""

    form: str
    media: str
    kind: str


FILES = {
    "graph.ttl": File("ttl", "text/turtle", "RDF_TURTLE"),
    "graph.trig": File("trig", "application/trig", "RDF_TRIG"),
    "graph.nq": File("nq", "application/n-quads", "RDF_N_QUADS"),
    "graph.jsonld": File("jsonld", "application/ld+json", "JSON_LD"),
    "claims.csv": File("csv", "text/csv", "CSV"),
    "claims.xlsx": File("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"),
    "graph.graphml": File("graphml", "application/graphml+xml", "XML"),
    "graph.gexf": File("gexf", "application/gexf+xml", "XML"),
}
"""The distributions, by the names of their files: what `samgraf site` writes and `samgraf serve` answers with."""

Triple = tuple[str, str, ox.NamedNode | ox.Literal]


def metadata(workspace: str | None) -> dict[str, list[str]]:
    """Give what a workspace's settings say of its data set."""
    found = resources.settings(resources.workspace_folder(workspace))
    return {key: words for key, (_, words) in found.items() if key in DESCRIBING and words}


def missing(workspace: str | None) -> list[str]:
    """Name the settings that a full description wants and the workspace does not give."""
    given = metadata(workspace)
    return [key for key in _WANTED if key not in given]


def described(
    store: GraphStore,
    workspace: str | None,
    files: Mapping[str, bytes] | None = None,
    *,
    at: str | None = None,
    answers: bool = True,
) -> list[ox.Triple]:
    """Give the description as triples. With ``files``, the distributions are those of them, each with its size and checksum.

    ``at`` is where the files are, when that is not the address that the workspace gives; ``answers`` says whether queries are
    answered there too, which a site of files does not.
    """
    given = metadata(workspace)
    base = address(workspace)
    rows = [
        *_catalog(base, given),
        *_dataset(base, given),
        *_void(base, store),
        *(_services(base, at or base) if answers else ()),
        *(
            row
            for name in FILES
            if files is None or name in files
            for row in _distribution(base, at or base, name, files)
        ),
        *(
            (f"{base}distribution/{name}", DCT + "license", _iri(text))
            for name in files or FILES
            for text in given.get("license", ())
        ),
    ]
    return [ox.Triple(ox.NamedNode(s), ox.NamedNode(p), o) for s, p, o in rows]


def address(workspace: str | None) -> str:
    """Give the address at which the workspace says that it is published, ending in a slash; without one, the base IRI."""
    return f"{metadata(workspace).get('url', [BASE])[0].rstrip('/')}/"


def _iri(value: str) -> ox.NamedNode:
    return ox.NamedNode(value)


def _typed(value: str, kind: str) -> ox.Literal:
    return ox.Literal(value, datatype=ox.NamedNode(XSD + kind))


def _texts(node: str, given: Mapping[str, list[str]]) -> Iterator[Triple]:
    for key in TEXTS:
        name, _, language = key.partition("-")
        for text in given.get(key, ()):
            yield node, DCT + name, ox.Literal(text, language=language)


def _common(node: str, base: str, given: Mapping[str, list[str]]) -> Iterator[Triple]:
    """Yield what catalogue and data set have in common: texts, publisher, licence, days, languages."""
    yield from _texts(node, given)
    if "publisher" in given:
        yield node, DCT + "publisher", _iri(base + "publisher")
    for text in given.get("license", ()):
        yield node, DCT + "license", _iri(text)
    for key in ("issued", "modified"):
        for day in given.get(key, ()):
            yield node, DCT + key, _typed(day, "date")
    for code in languages():
        yield node, DCT + "language", _iri(LANGUAGE + code)
    for place in given.get("spatial", ()):
        yield node, DCT + "spatial", _iri(place)


def _catalog(base: str, given: Mapping[str, list[str]]) -> Iterator[Triple]:
    node = base + "catalog"
    yield node, RDF + "type", _iri(DCAT + "Catalog")
    yield from _common(node, base, given)
    yield node, DCAT + "dataset", _iri(base + "dataset")
    yield node, FOAF + "homepage", _iri(base)
    for name in given.get("publisher", ()):
        yield base + "publisher", RDF + "type", _iri(FOAF + "Agent")
        yield base + "publisher", FOAF + "name", ox.Literal(name)
    for page in given.get("publisher-url", ()):
        yield base + "publisher", FOAF + "homepage", _iri(page)


def _dataset(base: str, given: Mapping[str, list[str]]) -> Iterator[Triple]:
    node = base + "dataset"
    yield node, RDF + "type", _iri(DCAT + "Dataset")
    yield from _common(node, base, given)
    yield node, DCT + "identifier", ox.Literal(node)
    yield node, DCAT + "landingPage", _iri(base)
    yield node, DCT + "conformsTo", _iri(SAM.removesuffix("#"))
    yield node, DCT + "accessRights", _iri(_EU + "access-right/PUBLIC")
    for version in given.get("version", ()):
        yield node, DCAT + "version", ox.Literal(version)
        yield node, OWL + "versionInfo", ox.Literal(version)
    for theme in given.get("themes", ()):
        yield node, DCAT + "theme", _iri(f"{_EU}data-theme/{theme}")
    for contact in given.get("contact-point", ()):
        yield node, DCAT + "contactPoint", _iri(base + "contact-point")
        yield base + "contact-point", RDF + "type", _iri(VCARD + "Kind")
        mail = "@" in contact and "/" not in contact
        yield (
            base + "contact-point",
            VCARD + ("hasEmail" if mail else "hasURL"),
            _iri(f"mailto:{contact}" if mail else contact),
        )
        for name in given.get("publisher", ()):
            yield base + "contact-point", VCARD + "fn", ox.Literal(name)


def _distribution(base: str, at: str, name: str, files: Mapping[str, bytes] | None) -> Iterator[Triple]:
    _, media, kind = FILES[name]
    node, place = f"{base}distribution/{name}", _iri(f"{at.rstrip('/')}/download/{name}")
    yield base + "dataset", DCAT + "distribution", _iri(node)
    yield node, RDF + "type", _iri(DCAT + "Distribution")
    yield node, DCT + "title", ox.Literal(name)
    yield node, DCAT + "accessURL", place
    yield node, DCAT + "downloadURL", place
    yield node, DCAT + "mediaType", _iri(_MEDIA + media)
    yield node, DCT + "format", _iri(f"{_EU}file-type/{kind}")
    if media in ("text/turtle", "application/n-quads", "application/trig"):
        yield base + "dataset", VOID + "dataDump", place
    if files is not None:
        checksum = f"{node}#checksum"
        yield node, DCAT + "byteSize", _typed(str(len(files[name])), "nonNegativeInteger")
        yield node, SPDX + "checksum", _iri(checksum)
        yield checksum, RDF + "type", _iri(SPDX + "Checksum")
        yield checksum, SPDX + "algorithm", _iri(SPDX + "checksumAlgorithm_sha256")
        yield checksum, SPDX + "checksumValue", _typed(hashlib.sha256(files[name]).hexdigest(), "hexBinary")


def _licensed(base: str, given: Mapping[str, list[str]], names: Iterable[str]) -> Iterator[Triple]:
    for name in names:
        for text in given.get("license", ()):
            yield f"{base}distribution/{name}", DCT + "license", _iri(text)


def _services(base: str, at: str) -> Iterator[Triple]:
    yield base + "dataset", VOID + "sparqlEndpoint", _iri(at + "sparql")
    for name in ("sparql", "queries"):
        node = f"{base}service/{name}"
        yield base + "catalog", DCAT + "service", _iri(node)
        yield node, RDF + "type", _iri(DCAT + "DataService")
        yield node, DCT + "title", ox.Literal({"sparql": "SPARQL 1.1"}.get(name, name))
        yield node, DCAT + "endpointURL", _iri(at + name)
        yield node, DCAT + "endpointDescription", _iri(at + {"queries": "openapi.json"}.get(name, name))
        yield node, DCAT + "servesDataset", _iri(base + "dataset")
        if name == "sparql":
            yield node, DCT + "conformsTo", _iri("https://www.w3.org/TR/sparql11-protocol/")
        else:
            yield node, FOAF + "page", _iri(at + name)


def _void(base: str, store: GraphStore) -> Iterator[Triple]:
    """Yield what is in the data set, as VoID has it: the counts are of the union of all graphs."""
    node = base + "dataset"
    yield node, RDF + "type", _iri(VOID + "Dataset")
    yield node, VOID + "uriSpace", ox.Literal(ENTITY)
    for prefix in sorted(PREFIXES):
        if not PREFIXES[prefix].startswith(BASE):
            yield node, VOID + "vocabulary", _iri(PREFIXES[prefix])
    yield node, VOID + "vocabulary", _iri(SAM)
    counts = {
        "triples": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        "distinctSubjects": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
        "properties": "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
        "classes": "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }",
        "entities": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s sam:primaryType ?c }",
    }
    for name, query in counts.items():
        for row in store.select(query).rows:
            yield from _count(node, name, row[0])
    for graph, number in store.select("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g").rows:
        if isinstance(graph, ox.NamedNode) and graph.value.startswith(GRAPH):
            yield node, VOID + "subset", graph
            yield graph.value, RDF + "type", _iri(VOID + "Dataset")
            yield from _count(graph.value, "triples", number)
    yield from _partitions(node, store.select("SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c } GROUP BY ?c").rows)


def _count(node: str, name: str, number: object) -> Iterator[Triple]:
    if isinstance(number, ox.Literal):
        yield node, VOID + name, _typed(number.value, "integer")


def _partitions(node: str, rows: Iterable[tuple[object, ...]]) -> Iterator[Triple]:
    for class_, number in rows:
        if isinstance(class_, ox.NamedNode) and class_.value.startswith(SAM):
            part = f"{node}/class/{class_.value.removeprefix(SAM)}"
            yield node, VOID + "classPartition", _iri(part)
            yield part, VOID + "class", class_
            yield from _count(part, "entities", number)
