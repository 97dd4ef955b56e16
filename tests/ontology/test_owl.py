"""The ontology in the tools of others: the OWL API, HermiT, owlready2, Protégé's catalogue, and the integrity of the data cube.

The OWL API and HermiT need a JRE (Debian: default-jre-headless, libowlapi-java). SAMGRAF_REQUIRE_JAVA makes their absence a failure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest
from rdflib import DCTERMS, OWL, RDF, SKOS, Graph, Literal, URIRef

import samgraf

HERE = Path(__file__).parent
ONTOLOGY = HERE.parents[1] / "ontology"
NAMES = ("samgraf", "profile", "reused")
BASE = "https://w3id.org/samgraf/"
SILENT = {
    str(RDF) + name for name in ("subject", "predicate", "object")
}  # the parts of a statement are reserved in OWL 2
HAS_JAVA = bool(shutil.which("java")) and bool(list(Path("/usr/share/java").glob("owlapi-*.jar")))

java = pytest.mark.skipif(
    not HAS_JAVA and not os.environ.get("SAMGRAF_REQUIRE_JAVA"), reason="needs default-jre-headless and libowlapi-java"
)


def run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a program beside this file; its stderr is Java's chatter."""
    command = [sys.executable, str(HERE / program), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


@java
def test_the_ontology_is_owl_2_dl() -> None:
    """The OWL API loads it with its imports and finds nothing outside the profile."""
    done = run("owlapi.py", str(ONTOLOGY / "samgraf.ttl"))
    assert done.returncode == 0, done.stderr
    *violations, last = done.stdout.split("\n")[:-1]
    assert [v for v in violations if v] == []
    classes, relations, axioms = map(int, last.removeprefix("read ").split())
    assert (classes > 80, relations > 90, axioms > 3000) == (True, True, True)


@java
def test_what_is_not_owl_2_dl_is_found(tmp_path: Path) -> None:
    """A class below a reserved one is a violation, so the test above can fail."""
    for name in (*(f"{n}.ttl" for n in NAMES), "catalog-v001.xml"):
        (tmp_path / name).write_text((ONTOLOGY / name).read_text("utf-8"), "utf-8")
    with (tmp_path / "samgraf.ttl").open("a", encoding="utf-8") as stream:
        stream.write("\nsam:Claim rdfs:subClassOf rdf:Statement .\n")
    assert "reserved vocabulary for class IRI: rdf:Statement" in run("owlapi.py", str(tmp_path / "samgraf.ttl")).stdout


def _written(path: Path, graph: Graph) -> Path:
    graph.serialize(path, format="nt", encoding="utf-8")
    return path


@java
def test_ontology_and_data_are_consistent_and_coherent(built_store: ox.Store, tmp_path: Path) -> None:
    """HermiT, by way of owlready2: nothing contradicts, and every class can have members."""
    wanted = {
        quad.triple
        for quad in built_store
        if quad.predicate.value not in SILENT
        and quad.predicate.value != str(OWL.imports)
        and not any("/evidence/" in str(term) for term in (quad.subject, quad.object))
    }
    path = tmp_path / "all.nt"
    path.write_bytes(ox.serialize(wanted, format=ox.RdfFormat.N_TRIPLES))
    done = run("hermit.py", str(path))
    assert done.returncode == 0, done.stderr[-2000:]
    first, *impossible = done.stdout.split("\n")
    assert int(first.removeprefix("classes ")) > 80
    assert [name for name in impossible if name] == []


@java
def test_a_contradiction_is_found_by_hermit(tmp_path: Path) -> None:
    """A municipality that is a region is a contradiction, so the test above can fail."""
    graph = Graph()
    for name in NAMES:
        graph.parse(ONTOLOGY / f"{name}.ttl")
    graph.remove((None, OWL.imports, None))
    both = URIRef(BASE + "id/both")
    for kind in ("Municipality", "Region"):
        graph.add((both, RDF.type, URIRef(f"{BASE}ontology#{kind}")))
    done = run("hermit.py", str(_written(tmp_path / "both.nt", graph)))
    assert done.returncode != 0
    assert "Inconsistent" in done.stderr


def test_the_catalogue_names_every_file() -> None:
    """Protégé finds each import, under the IRI that the file gives itself."""
    entries = ET.parse(ONTOLOGY / "catalog-v001.xml").getroot()  # noqa: S314  our own file
    found = {entry.attrib["name"]: entry.attrib["uri"] for entry in entries}
    for iri, name in found.items():
        assert (URIRef(iri), RDF.type, OWL.Ontology) in Graph().parse(ONTOLOGY / name), name
    graph = Graph().parse(ONTOLOGY / "samgraf.ttl").parse(ONTOLOGY / "profile.ttl").parse(ONTOLOGY / "shapes.ttl")
    assert {str(o) for o in graph.objects(None, OWL.imports)} <= set(found)


def test_the_ontology_says_what_it_is() -> None:
    """Version (the program's), days, makers, status and languages stand in the header."""
    graph = Graph().parse(ONTOLOGY / "samgraf.ttl")
    head = URIRef(BASE + "ontology")
    assert graph.value(head, OWL.versionInfo) == Literal(samgraf.__version__)
    assert graph.value(head, OWL.versionIRI) == URIRef(f"{BASE}ontology/{samgraf.__version__}")
    status = URIRef("http://www.w3.org/ns/adms#status")
    for name in ("created", "modified", "creator", "publisher", "license", "title", "description", "language"):
        assert graph.value(head, DCTERMS[name], any=True) is not None, name
    assert graph.value(head, status) is not None


def test_nothing_maps_a_class_as_if_it_were_a_concept() -> None:
    """SKOS mapping relations are between concepts; classes and relations have true statements or none."""
    graph = Graph()
    for name in NAMES:
        graph.parse(ONTOLOGY / f"{name}.ttl")
    mapping = (SKOS.closeMatch, SKOS.exactMatch, SKOS.relatedMatch, SKOS.broadMatch, SKOS.narrowMatch)
    assert [p for p in mapping if (None, p, None) in graph] == []


# ---------------------------------------------------------------- types and schemes in the data


def test_things_have_the_classes_of_other_vocabularies(built_store: ox.Store) -> None:
    """Who asks in the words of ORG, FOAF or SKOS finds the things, and each concept in its scheme."""
    prefixes = "PREFIX org: <http://www.w3.org/ns/org#> PREFIX foaf: <http://xmlns.com/foaf/0.1/> PREFIX cv: <http://data.europa.eu/m8g/>"
    prefixes += f"PREFIX skos: <{SKOS}> PREFIX sam: <{BASE}ontology#> PREFIX id: <{BASE}id/>"

    def ask(pattern: str) -> bool:
        return bool(built_store.query(f"{prefixes} ASK {{ {pattern} }}", use_default_graph_as_union=True))

    assert ask("id:viborg a org:FormalOrganization, cv:PublicOrganisation, foaf:Agent")
    assert not ask("?person a sam:Person FILTER NOT EXISTS { ?person a foaf:Person }")
    for kind, scheme in (("Theme", "themes"), ("TargetGroup", "targetGroups"), ("Method", "methods")):
        assert not ask(f"?x a sam:{kind} FILTER NOT EXISTS {{ ?x a skos:Concept ; skos:inScheme sam:{scheme} }}")
    assert ask("sam:proposed skos:inScheme sam:modalities")
    assert not ask("?m a org:Membership ; org:organization ?o FILTER NOT EXISTS { ?o a org:Organization }")


# ---------------------------------------------------------------- the data cube

CUBE = "PREFIX qb: <http://purl.org/linked-data/cube#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
CUBE += "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
COMPONENT = "?dataset qb:structure/qb:component/%s ?p ."
# https://www.w3.org/TR/vocab-data-cube/#wf-rules, those that say something of a cube without slices and code lists
INTEGRITY = {
    "IC-1 one data set": "{ SELECT ?o (COUNT(DISTINCT ?d) AS ?n) { ?o a qb:Observation OPTIONAL { ?o qb:dataSet ?d } } GROUP BY ?o } FILTER (?n != 1)",
    "IC-2 one structure": "{ SELECT ?d (COUNT(DISTINCT ?s) AS ?n) { ?d a qb:DataSet OPTIONAL { ?d qb:structure ?s } } GROUP BY ?d } FILTER (?n != 1)",
    "IC-3 a measure": "?s a qb:DataStructureDefinition FILTER NOT EXISTS { ?s qb:component/qb:measure [ a qb:MeasureProperty ] }",
    "IC-4 dimensions have a range": "?p a qb:DimensionProperty FILTER NOT EXISTS { ?p rdfs:range ?r }",
    "IC-5 concepts have a code list": "?p a qb:DimensionProperty ; rdfs:range skos:Concept FILTER NOT EXISTS { ?p qb:codeList ?l }",
    "IC-6 only attributes are optional": "?s qb:component ?c . ?c qb:componentRequired false FILTER NOT EXISTS { ?c qb:attribute ?a }",
    "IC-11 all dimensions": f"?o qb:dataSet ?dataset . {COMPONENT % 'qb:dimension'} FILTER NOT EXISTS {{ ?o ?p ?v }}",
    "IC-12 no two the same": """
        { SELECT ?a ?b (COUNT(*) AS ?same) { ?a qb:dataSet ?dataset . ?b qb:dataSet ?dataset FILTER (STR(?a) < STR(?b))
          ?dataset qb:structure/qb:component/qb:dimension ?p . ?a ?p ?v . ?b ?p ?v } GROUP BY ?a ?b } FILTER (?same = 2)""",
    "IC-14 all measures": f"?o qb:dataSet ?dataset . {COMPONENT % 'qb:measure'} FILTER NOT EXISTS {{ ?o ?p ?v }}",
}


@pytest.mark.parametrize("constraint", [pytest.param(c, id=name) for name, c in INTEGRITY.items()])
def test_the_data_cube_is_whole(built_store: ox.Store, constraint: str) -> None:
    """No observation breaks the constraint."""
    assert not built_store.query(f"{CUBE} ASK {{ {constraint} }}", use_default_graph_as_union=True)


def test_the_data_cube_has_its_two_dimensions(built_store: ox.Store) -> None:
    """IC-12 above counts on two."""
    found = built_store.query(f"{CUBE} SELECT ?p {{ ?c qb:dimension ?p }}", use_default_graph_as_union=True)
    assert len(list(found)) == 2  # type: ignore[arg-type]
