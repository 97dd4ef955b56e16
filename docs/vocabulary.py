"""The ontology as pages of the documentation's site, one in each language, made by pyLODE.

A class or property whose label is not on a page fails the build, as does a page that loads anything from elsewhere.
"""

from __future__ import annotations

import logging
import re
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File
from pylode.profiles.ontpub import OntPub
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

logging.getLogger().setLevel(logging.WARNING)  # pyLODE turns on whatever any library tells
ONTOLOGY = Path(__file__).parent.parent / "ontology" / "samgraf.ttl"
LANGUAGES = ("da", "en")
_KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
_FETCHED = re.compile(r'<(?:script|img)[^>]+src="(?!data:)|<link[^>]+href="(?!data:)[^>]*stylesheet')


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add a page of the ontology in each language."""
    whole = Graph().parse(ONTOLOGY)
    for language in LANGUAGES:
        told = within(whole, language)
        page = OntPub(ontology=told.serialize(format="turtle"), sort_subjects=True).make_html()
        wrong = missing(told, page)
        if wrong or _FETCHED.search(page):
            msg = (
                f"the page of the ontology in {language} lacks {wrong}"
                if wrong
                else "the page of the ontology loads something"
            )
            raise PluginError(msg)
        files.append(File.generated(config, f"vocabulary-{language}.html", content=page))
    return files


def within(whole: Graph, language: str) -> Graph:
    """Give the ontology in one language, without its schemes of concepts, which pyLODE takes for ontologies of their own."""
    told = Graph()
    for prefix, iri in whole.namespaces():
        told.bind(prefix, iri)
    schemes = set(whole.subjects(RDF.type, SKOS.ConceptScheme))
    for s, p, o in whole:
        other = isinstance(o, Literal) and o.language not in (None, language)
        if not other and s not in schemes and o not in schemes:
            told.add((s, p, o))
    return told


def missing(told: Graph, page: str) -> list[str]:
    """Give the labels of classes and properties that a page has not."""
    text = unescape(page)
    own = {s for kind in _KINDS for s in told.subjects(RDF.type, kind) if isinstance(s, URIRef) and "samgraf" in s}
    return sorted(str(label) for s in own for label in told.objects(s, RDFS.label) if str(label) not in text)
