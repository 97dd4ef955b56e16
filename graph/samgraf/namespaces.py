"""The IRIs that samgraf uses. The base is set here and nowhere else in Python."""

from __future__ import annotations

BASE = "https://w3id.org/samgraf/"
SAM = BASE + "ontology#"
ENTITY = BASE + "id/"
CLAIM = BASE + "claim/"
GRAPH = BASE + "graph/"
RULE = BASE + "rule/"

ENTITIES_GRAPH = GRAPH + "entities"
ONTOLOGY_GRAPH = GRAPH + "ontology"
DERIVED_GRAPH = GRAPH + "derived"

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCT = "http://purl.org/dc/terms/"
ORG = "http://www.w3.org/ns/org#"
PROV = "http://www.w3.org/ns/prov#"
OA = "http://www.w3.org/ns/oa#"
QB = "http://purl.org/linked-data/cube#"
FOAF = "http://xmlns.com/foaf/0.1/"
SCHEMA = "https://schema.org/"
DCAT = "http://www.w3.org/ns/dcat#"
VOID = "http://rdfs.org/ns/void#"
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"
WIKIDATA = "http://www.wikidata.org/entity/"
LANGUAGE = "http://id.loc.gov/vocabulary/iso639-1/"
"""What the code of a language (ISO 639-1) is the end of."""

PREFIXES: dict[str, str] = {
    "sam": SAM,
    "id": ENTITY,
    "claim": CLAIM,
    "graph": GRAPH,
    "rule": RULE,
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
    "skos": SKOS,
    "dct": DCT,
    "org": ORG,
    "prov": PROV,
    "oa": OA,
    "qb": QB,
    "foaf": FOAF,
    "schema": SCHEMA,
    "dcat": DCAT,
    "void": VOID,
}


def local_name(iri: str) -> str:
    """Give the part of an IRI after its last ``#`` or, without one, what follows the namespace it begins with."""
    if "#" in iri:
        return iri.rsplit("#", 1)[1]
    for base in (ENTITY, CLAIM, RULE, GRAPH):
        if iri.startswith(base):
            return iri[len(base) :]
    return iri.rsplit("/", 1)[-1]
