"""Open an ontology with the OWL API (Debian: libowlapi-java and a JRE) and print, one a line, what is not OWL 2 DL in it.

A program of its own, so that no Java lives in the process of the tests: ``python owlapi.py FILE``, its imports found by the
catalogue beside it. The last line counts the classes, the relations and the axioms that were read.
"""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import jpype

JARS = sorted(str(path) for path in Path("/usr/share/java").glob("*.jar"))
CATALOGUE = "{urn:oasis:names:tc:entity:xmlns:xml:catalog}uri"


def main(path: Path) -> None:
    """Print the violations of the profile, sorted."""
    jpype.startJVM(classpath=JARS)
    iri = jpype.JClass("org.semanticweb.owlapi.model.IRI")
    mapper = jpype.JClass("org.semanticweb.owlapi.util.SimpleIRIMapper")
    file = jpype.JClass("java.io.File")
    manager = jpype.JClass("org.semanticweb.owlapi.apibinding.OWLManager").createOWLOntologyManager()
    for entry in ET.parse(path.parent / "catalog-v001.xml").iter(CATALOGUE):  # noqa: S314  our own file
        place = iri.create(file(str(path.parent / entry.attrib["uri"])))
        manager.getIRIMappers().add(mapper(iri.create(entry.attrib["name"]), place))
    ontology = manager.loadOntologyFromOntologyDocument(file(str(path)))
    report = jpype.JClass("org.semanticweb.owlapi.profiles.OWL2DLProfile")().checkOntology(ontology)
    included = jpype.JClass("org.semanticweb.owlapi.model.parameters.Imports").INCLUDED
    print(*sorted({str(v).replace("\n", " ") for v in report.getViolations()}), sep="\n")
    counts = (
        ontology.getClassesInSignature(included).size(),
        ontology.getObjectPropertiesInSignature(included).size(),
        ontology.getAxiomCount(included),
    )
    print("read", *counts)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
