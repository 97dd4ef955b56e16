"""The ontology, the shapes, the rules and the context: that they hold together, and that the built-in data keep to them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import owlrl
import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import DCTERMS, FOAF, ORG, OWL, PROV, QB, RDF, RDFS, SDO, SH, SKOS, TIME, VANN, XSD, Graph, Literal, URIRef
from rdflib.collection import Collection

import samgraf
from samgraf.rdf.rules import infer, read_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib.term import Node

HERE = Path(__file__).parent
ONTOLOGY = HERE.parents[1] / "ontology"
SAM = "https://w3id.org/samgraf/ontology#"
RULE = "https://w3id.org/samgraf/rule/"
ENTITY = "https://w3id.org/samgraf/id/"
CLAIM = "https://w3id.org/samgraf/claim/"
ONTOLOGY_GRAPH = ox.NamedNode("https://w3id.org/samgraf/graph/ontology")

# rdflib knows every term of these; what it does not know is listed term by term.
CLOSED = {str(n): n for n in (DCTERMS, FOAF, ORG, OWL, PROV, QB, RDF, RDFS, SDO, SKOS, TIME, VANN, XSD)}
SINGLE_TERMS = {
    "http://www.w3.org/ns/oa#SpecificResource",
    "http://www.w3.org/ns/oa#TextPositionSelector",
    "http://www.w3.org/ns/oa#hasSelector",
    "http://www.w3.org/ns/oa#hasSource",
    "http://www.w3.org/ns/oa#hasTarget",
    "http://www.w3.org/ns/oa#start",
    "http://www.w3.org/ns/oa#end",
    "http://data.europa.eu/m8g/PublicOrganisation",
    "http://data.europa.eu/m8g/Participation",
    "http://id.loc.gov/datatypes/edtf/EDTF",
    "http://creativecommons.org/ns#license",
    "http://www.w3.org/ns/adms#status",
    "http://purl.org/adms/status/UnderDevelopment",
    "http://id.loc.gov/vocabulary/iso639-1/da",
    "http://id.loc.gov/vocabulary/iso639-1/en",
    "https://creativecommons.org/licenses/by/4.0/",
    "http://www.w3.org/ns/opengov#VoteEvent",
    "http://www.w3.org/ns/opengov#Vote",
    "https://schema.oparl.org/1.1/result",
    "https://schema.oparl.org/1.1/reference",
    "http://www.w3.org/1999/xhtml/vocab#next",
    "http://www.w3.org/ns/oa",
    "http://www.w3.org/ns/org",
    "http://www.w3.org/ns/prov",
    "http://data.europa.eu/m8g",
}


def sam(name: str) -> URIRef:
    """Give the IRI of a term of the ontology."""
    return URIRef(SAM + name)


@pytest.fixture(scope="module")
def ontology() -> Graph:
    """The ontology as rdflib reads it."""
    found = Graph()
    for name in ("samgraf", "profile", "reused"):
        found.parse(ONTOLOGY / f"{name}.ttl")
    return found


@pytest.fixture(scope="module")
def shapes() -> Graph:
    """The shapes as rdflib reads them."""
    return Graph().parse(ONTOLOGY / "shapes.ttl")


def copied(quads: Iterator[ox.Quad]) -> Graph:
    """Give the quads as one rdflib graph, each triple once."""
    triples = ox.serialize({quad.triple for quad in quads}, format=ox.RdfFormat.N_TRIPLES)
    return Graph().parse(data=triples, format="nt")


def terms(ontology: Graph) -> list[URIRef]:
    """Give the terms and rules that the ontology declares; a component of the data cube has no name of its own."""
    own = {s for s in ontology.subjects(RDF.type) if isinstance(s, URIRef) and str(s).startswith((SAM, RULE))}
    return sorted(own - set(ontology.subjects(RDF.type, QB.ComponentSpecification)))


def external(graph: Graph) -> set[str]:
    """Give every IRI in the graph that is not samgraf's own."""
    iris = {str(t) for triple in graph for t in triple if isinstance(t, URIRef)}
    iris |= {str(t.datatype) for t in graph.objects() if isinstance(t, Literal) and t.datatype}
    return {iri for iri in iris if not iri.startswith("https://w3id.org/samgraf/")}


def unknown(iris: set[str]) -> list[str]:
    """Give the IRIs that belong to no vocabulary that we use."""

    def known(iri: str) -> bool:
        namespace = re.match(r".*[#/]", iri)
        names = CLOSED.get(namespace.group()) if namespace else None
        return iri in SINGLE_TERMS or (names is not None and URIRef(iri) in names)

    return sorted(iri for iri in iris if not known(iri))


# ---------------------------------------------------------------- the ontology


@pytest.mark.parametrize("predicate", [RDFS.label, SKOS.definition])
def test_every_term_is_named_and_defined_in_both_languages(ontology: Graph, predicate: URIRef) -> None:
    """Every class, property, value and rule has one label and one definition in Danish and in English."""
    expected = ["da", "en"]
    found = {
        t: sorted(str(o.language) for o in ontology.objects(t, predicate) if isinstance(o, Literal))
        for t in terms(ontology)
    }
    assert {t: languages for t, languages in found.items() if languages != expected} == {}
    assert len(found) > 150


def test_every_claim_predicate_says_what_it_takes(ontology: Graph) -> None:
    """A claim predicate has one kind of value; between entities, it reads in both directions."""
    for predicate in ontology.subjects(RDF.type, sam("ClaimPredicate")):
        kinds = [str(o) for o in ontology.objects(predicate, sam("valueKind"))]
        assert len(kinds) == 1, predicate
        assert kinds[0] in {"object", "text", "date", "string", "figure"}, predicate
        inverse = {o.language for o in ontology.objects(predicate, sam("inverseLabel")) if isinstance(o, Literal)}
        assert inverse == ({"da", "en"} if kinds[0] == "object" else set()), predicate
        expected = OWL.ObjectProperty if kinds[0] == "object" else OWL.DatatypeProperty
        assert (predicate, RDF.type, expected) in ontology


def test_what_the_annotations_name_is_declared(ontology: Graph) -> None:
    """Subject types, object types, domains and ranges are declared classes; sub-properties have declared ends."""
    classes = set(ontology.subjects(RDF.type, OWL.Class))
    for annotation in (
        sam("subjectType"),
        sam("objectType"),
        RDFS.domain,
        RDFS.range,
        OWL.disjointWith,
        sam("claimClass"),
    ):
        named = {o for o in ontology.objects(None, annotation) if str(o).startswith(SAM)}
        assert named <= classes, annotation
    upper = {o for o in ontology.objects(None, RDFS.subPropertyOf) if str(o).startswith(SAM)}
    assert upper <= set(ontology.subjects(RDF.type))


def test_domain_and_range_say_no_more_than_the_loader_checks(ontology: Graph) -> None:
    """A domain (range) of a claim predicate is its one subject (object) type, so a reasoner adds no class that was not asked for."""
    for predicate in ontology.subjects(RDF.type, sam("ClaimPredicate")):
        for axiom, annotation in ((RDFS.domain, sam("subjectType")), (RDFS.range, sam("objectType"))):
            said = {o for o in ontology.objects(predicate, axiom) if str(o).startswith(SAM)}
            assert said in (set(), set(ontology.objects(predicate, annotation))), (predicate, axiom)
            assert len(said) <= 1, (predicate, axiom)


def test_external_terms_are_real(ontology: Graph, shapes: Graph) -> None:
    """Every term of another vocabulary exists there."""
    assert unknown(external(ontology)) == []
    assert unknown({i for i in external(shapes) if URIRef(i) not in SH}) == []


def test_nothing_in_the_ontology_is_nameless(ontology: Graph) -> None:
    """The ontology goes into the store, where blank nodes would make each build differ."""
    assert [t for t in ontology if not all(isinstance(x, (URIRef, Literal)) for x in t)] == []


# ---------------------------------------------------------------- the shapes


def test_targets_are_declared(ontology: Graph, shapes: Graph) -> None:
    """Each shape's target, and each class, property and value that a shape names, is declared."""
    targets = {
        t
        for p in (SH.targetClass, SH.targetSubjectsOf, SH["class"], SH.path, SH.hasValue)
        for t in shapes.objects(None, p)
    }
    for values in shapes.objects(None, SH["in"]):
        targets |= set(Collection(shapes, values))
    own = {t for t in targets if str(t).startswith(SAM)}
    assert own - set(ontology.subjects(RDF.type)) == set()
    assert len(own) > 100


def test_shapes_are_core_and_every_constraint_has_a_message(shapes: Graph) -> None:
    """No shape needs SHACL-SPARQL, and every property shape that stands alone says what to do."""
    assert not set(shapes.predicates()) & {SH.sparql, SH.rule, SH.js, SH.target}
    inside = {m for p in (SH["or"], SH.xone) for head in shapes.objects(None, p) for m in Collection(shapes, head)}
    for owner, shape in shapes.subject_objects(SH.property):
        assert owner in inside or len(list(shapes.objects(shape, SH.message))) == 1, list(
            shapes.predicate_objects(shape)
        )
    for shape in shapes.subjects(RDF.type, SH.NodeShape):
        own = set(shapes.predicates(shape)) - {RDF.type, SH.targetClass, SH.targetSubjectsOf, SH.property, SH.message}
        assert not own or (shape, SH.message, None) in shapes, shape


def _classes(shapes: Graph, shape: Node) -> set[Node]:
    one = set(shapes.objects(shape, SH["class"]))
    for head in shapes.objects(shape, SH["or"]):
        one |= {c for member in Collection(shapes, head) for c in shapes.objects(member, SH["class"])}
    return one


def test_shapes_and_ontology_agree_on_what_properties_link(ontology: Graph, shapes: Graph) -> None:
    """The shapes repeat sam:subjectType, sam:objectType and sam:valueKind, no more and no less."""
    for predicate in ontology.subjects(RDF.type, sam("ClaimPredicate")):
        kind = str(ontology.value(predicate, sam("valueKind")))
        subject_types: set[Node] = set()
        object_types: set[Node] = set()
        checked = False
        for shape in shapes.subjects(SH.targetSubjectsOf, predicate):
            if len(list(shapes.objects(shape, SH.targetSubjectsOf))) == 1:
                subject_types |= _classes(shapes, shape)
            for part in shapes.objects(shape, SH.property):
                if shapes.value(part, SH.path) == predicate:
                    checked = True
                    object_types |= _classes(shapes, part)
        if predicate == sam("figure"):
            assert kind == "figure"
        assert checked, predicate
        assert subject_types == set(ontology.objects(predicate, sam("subjectType"))), predicate
        assert object_types == set(ontology.objects(predicate, sam("objectType"))), predicate


def validated(graph: Graph, shapes: Graph) -> dict[str, list[str]]:
    """Give the nodes that fail, by message."""
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes, inplace=True)
    failed: dict[str, list[str]] = {}
    assert isinstance(report, Graph)
    for result in report.subjects(RDF.type, SH.ValidationResult):
        message = str(report.value(result, SH.resultMessage))
        failed.setdefault(message, []).append(str(report.value(result, SH.focusNode)))
    return {m: sorted(nodes)[:5] for m, nodes in sorted(failed.items())}


@pytest.fixture(scope="module")
def right(ontology: Graph) -> bytes:
    """What the shapes need of the ontology, and a small graph that conforms, as N-Triples."""
    needed = Graph()
    for predicate in (RDF.type, RDFS.subClassOf):
        for triple in ontology.triples((None, predicate, None)):
            needed.add(triple)
    needed.parse(HERE / "right.ttl")
    return needed.serialize(format="nt", encoding="utf-8")


def test_the_right_graph_conforms(right: bytes, shapes: Graph) -> None:
    """The graph that the wrong ones are added to has no fault of its own."""
    assert validated(Graph().parse(data=right, format="nt"), shapes) == {}


def _wrong(header: str) -> list[tuple[Path, list[str]]]:
    found = []
    for path in sorted((HERE / "wrong").glob("*.ttl")):
        lines = [
            x.removeprefix(f"# {header}: ")
            for x in path.read_text("utf-8").splitlines()
            if x.startswith(f"# {header}: ")
        ]
        if lines:
            found.append((path, sorted(lines)))
    return found


@pytest.mark.parametrize(("path", "expected"), [pytest.param(p, e, id=p.stem) for p, e in _wrong("expect")])
def test_a_wrong_graph_fails_with_its_message(path: Path, expected: list[str], right: bytes, shapes: Graph) -> None:
    """Each graph in wrong/ fails for the reasons at its top, and for no other."""
    graph = Graph().parse(data=right, format="nt").parse(path)
    assert sorted(validated(graph, shapes)) == expected


def test_every_wrong_graph_is_used() -> None:
    """No graph in wrong/ lacks its header, and every message about claims has a graph that shows it."""
    assert len(_wrong("expect")) + len(_wrong("contradiction")) == len(list((HERE / "wrong").glob("*.ttl")))
    shown = {message for _, messages in _wrong("expect") for message in messages}
    shapes = Graph().parse(ONTOLOGY / "shapes.ttl")
    messages = {str(m) for m in shapes.objects(None, SH.message)}
    generic = ("The subject of ", "The object of ", "The value of ")
    assert sorted(m for m in messages - shown if not m.startswith(generic)) == []


# ---------------------------------------------------------------- reasoning

# Passages and names take no part in reasoning, and leaving them out makes the closure five times quicker.
_SILENT = {str(p) for p in (RDFS.label, SKOS.altLabel, SKOS.prefLabel, SKOS.definition, RDFS.isDefinedBy)}
_SILENT |= {SAM + name for name in ("section", "note", "inverseLabel", "usageNote")}


def _reasons(quad: ox.Quad) -> bool:
    return quad.predicate.value not in _SILENT and not any(
        "/evidence/" in str(term) for term in (quad.subject, quad.object)
    )


def contradictions(graph: Graph) -> list[str]:
    """Give what OWL 2 RL finds wrong: its error messages and the members of owl:Nothing."""
    closure = owlrl.OWLRL_Semantics(graph, axioms=False, daxioms=False)
    closure.closure()
    nothing = [f"{node} is in owl:Nothing" for node in graph.subjects(RDF.type, OWL.Nothing)]
    return sorted({*closure.error_messages, *nothing})


def one_of_a_kind(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Leave out claims that a reasoner cannot tell from one before: the same properties, with ends of the same classes."""
    kept = list(quads)
    classes: dict[object, set[str]] = {}
    claims: dict[object, list[ox.Quad]] = {}
    for quad in kept:
        if quad.predicate.value == str(RDF.type):
            classes.setdefault(quad.subject, set()).add(str(quad.object))
        if str(quad.subject).startswith(f"<{CLAIM}"):
            claims.setdefault(quad.subject, []).append(quad)
    told = str(RDF.predicate), str(RDF.type)
    kinds: dict[frozenset[tuple[str, str]], object] = {}
    for claim, own in claims.items():
        kind = frozenset(
            (p := q.predicate.value, str(q.object) if p in told else str(sorted(classes.get(q.object, ()))))
            for q in own
        )
        kinds.setdefault(kind, claim)
    left_out = claims.keys() - set(kinds.values())
    return (quad for quad in kept if quad.subject not in left_out)


@pytest.mark.long
def test_the_built_data_contradict_nothing(built_store: ox.Store) -> None:
    """The OWL 2 RL closure of ontology and data has no contradiction, and gives no entity a class from nowhere."""
    graph = copied(one_of_a_kind(quad for quad in built_store if _reasons(quad)))
    before = {s: set(graph.objects(s, RDF.type)) for s in set(graph.subjects(RDF.type)) if str(s).startswith(ENTITY)}
    below: dict[Node, set[Node]] = {}
    for classes in before.values():
        for class_ in classes - below.keys():
            below[class_] = {c for c in graph.transitive_objects(class_, RDFS.subClassOf) if c is not None}
    assert contradictions(graph) == []
    for entity, classes in before.items():
        reached = set().union(*(below[c] for c in classes))
        inferred = {t for t in graph.objects(entity, RDF.type) if str(t).startswith(SAM)}
        assert inferred <= reached, entity


@pytest.mark.parametrize(("path", "expected"), [pytest.param(p, e, id=p.stem) for p, e in _wrong("contradiction")])
def test_a_contradiction_is_found(path: Path, expected: list[str], ontology: Graph) -> None:
    """The reasoner sees what the ontology rules out, so the test above can fail."""
    graph = Graph() + ontology
    graph.parse(HERE / "right.ttl").parse(path)
    found = contradictions(graph)
    assert found
    assert all(any(e in f for f in found) for e in expected), found


# ---------------------------------------------------------------- the built-in data


def test_every_class_of_the_data_has_a_shape(built_store: ox.Store, shapes: Graph) -> None:
    """Whatever class the data use, a shape targets it."""
    outside = (q for q in built_store if q.graph_name != ONTOLOGY_GRAPH and q.predicate.value == str(RDF.type))
    used = {URIRef(q.object.value) for q in outside if isinstance(q.object, ox.NamedNode)}
    own = {iri for iri in used if iri.startswith(SAM)}  # the classes of others follow from these
    assert sorted(own - set(shapes.objects(None, SH.targetClass))) == []


def test_the_data_use_declared_terms_only(built_store: ox.Store, ontology: Graph) -> None:
    """Every class and property in the data is declared here or is a real term of another vocabulary."""
    declared = {str(s) for s in ontology.subjects(RDF.type)}
    used: set[str] = set()
    for quad in built_store:
        if quad.graph_name != ONTOLOGY_GRAPH:
            used.add(quad.predicate.value)
            if quad.predicate.value == str(RDF.type) and isinstance(quad.object, ox.NamedNode):
                used.add(quad.object.value)
            if isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith((SAM, RULE)):
                used.add(quad.object.value)
    own = {iri for iri in used if iri.startswith("https://w3id.org/samgraf/")}
    assert sorted(own - declared) == []
    assert unknown(used - own) == []


def _ours(term: Node) -> bool:
    return str(term).startswith(SAM)


def _iri(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""


def test_every_class_is_used_or_explained(built_store: ox.Store, ontology: Graph) -> None:
    """A class that no data use says why it is there."""
    types = {_iri(q.object) for q in built_store.quads_for_pattern(None, ox.NamedNode(str(RDF.type)), None)}
    for class_ in filter(_ours, ontology.subjects(RDF.type, OWL.Class)):
        explained = {o.language for o in ontology.objects(class_, sam("usageNote")) if isinstance(o, Literal)}
        assert str(class_) in types or explained == {"da", "en"}, class_


# ---------------------------------------------------------------- the context


def test_the_context_has_every_term(ontology: Graph) -> None:
    """The JSON-LD context names every class, property and value, with the kind of value the ontology gives it."""
    context = json.loads((ONTOLOGY / "context.jsonld").read_text("utf-8"))["@context"]
    nameless = {
        s
        for kind in (QB.DataSet, QB.DataStructureDefinition, SKOS.ConceptScheme)
        for s in ontology.subjects(RDF.type, kind)
    }
    for term in terms(ontology):
        if term in nameless or str(term).startswith(RULE):
            continue
        name = term.removeprefix(SAM)
        meant = context.get(name)
        definition = {"@id": meant} if isinstance(meant, str) else meant
        assert definition is not None, name
        assert definition["@id"] == f"sam:{name}"
        if (term, RDF.type, OWL.ObjectProperty) in ontology:
            assert definition["@type"] in {"@id", "@vocab"}, name
        if (term, RDFS.range, RDF.langString) in ontology:
            assert definition["@container"] == "@language", name
        datatype = ontology.value(term, RDFS.range)
        if datatype in {XSD.date, XSD.integer, XSD.boolean, URIRef("http://id.loc.gov/datatypes/edtf/EDTF")}:
            prefix, _, local = definition["@type"].partition(":")
            assert context[prefix] + local == str(datatype), name


def test_a_document_in_the_context_reads_back() -> None:
    """What is written with the context's names means what the ontology means."""
    context = json.loads((ONTOLOGY / "context.jsonld").read_text("utf-8"))
    written = {
        **context,
        "iri": "id:viborg",
        "type": "Municipality",
        "label": {"da": "Viborg Kommune", "en": "Viborg Municipality"},
        "memberOf": "id:midtklyngen",
        "startDate": "1970-04",
    }
    graph = Graph().parse(data=json.dumps(written), format="json-ld")
    viborg = URIRef(ENTITY + "viborg")
    assert (viborg, RDF.type, sam("Municipality")) in graph
    assert (viborg, sam("memberOf"), URIRef(ENTITY + "midtklyngen")) in graph
    assert (viborg, RDFS.label, Literal("Viborg Municipality", lang="en")) in graph
    start = graph.value(viborg, sam("startDate"))
    assert isinstance(start, Literal)
    assert str(start.datatype) == "http://id.loc.gov/datatypes/edtf/EDTF"


# ---------------------------------------------------------------- the rules

_KINDS = {
    "viborg": "Municipality",
    "skive": "Municipality",
    "region": "Region",
    "psychiatry": "Unit",
    "ward": "Unit",
    "home": "Service",
    "cluster": "Cluster",
    "clusters": "Group",
    "alliance": "Alliance",
    "steering": "Body",
    "ane": "Person",
    "project": "Initiative",
    "workshop": "Initiative",
    "programme": "Initiative",
    "meeting": "Event",
}
_THINGS = ("project", "workshop", "programme", "meeting")
_PREFIXES = """@prefix : <https://w3id.org/samgraf/id/> . @prefix sam: <https://w3id.org/samgraf/ontology#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix dct: <http://purl.org/dc/terms/> .
"""


def _inferred(facts: list[str]) -> ox.Store:
    """Run the rules over facts such as ``viborg memberOf cluster ; sam:role :host``, each one claim; 'proposed:' goes before one."""
    turtle = _PREFIXES + "".join(
        f":{name} a sam:{kind} ; sam:primaryType sam:{kind} .\n" for name, kind in _KINDS.items()
    )
    turtle += ":advised sam:involvement sam:involvementTouched .\n:paper sam:isBackground false .\n"
    for number, fact in enumerate(facts, 1):
        text, _, more = fact.removeprefix("proposed: ").partition(" ; ")
        s, p, o = text.split()
        modality = "proposed" if fact.startswith("proposed: ") else "stated"
        turtle += f"<https://w3id.org/samgraf/claim/paper/{number:012x}> a sam:Claim ; rdf:subject :{s} ; rdf:predicate sam:{p} ; "
        turtle += f"rdf:object :{o} ; sam:modality sam:{modality} ; dct:source :paper{' ; ' + more if more else ''} .\n"
        if modality == "stated" and "supersededBy" not in more:
            turtle += f":{s} sam:{p} :{o} .\n"
    store = ox.Store()
    for name in ("samgraf.ttl", "profile.ttl"):
        store.load(path=ONTOLOGY / name, format=ox.RdfFormat.TURTLE, to_graph=ONTOLOGY_GRAPH)
    store.load(
        turtle.encode(), format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode("https://w3id.org/samgraf/graph/paper")
    )
    assert infer(store, read_rules(None)) == []
    return store


def _local(term: object) -> str:
    return re.split(r"[/#]", term.value)[-1] if isinstance(term, (ox.NamedNode, ox.Literal)) else ""


def _derived(store: ox.Store, select: str, where: str) -> list[tuple[str, ...]]:
    prefixes = """PREFIX sam: <https://w3id.org/samgraf/ontology#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
    PREFIX prov: <http://www.w3.org/ns/prov#> """
    query = f"{prefixes} SELECT DISTINCT {select} WHERE {{ ?d a sam:DerivedClaim ; rdf:predicate ?p ; rdf:subject ?s ; rdf:object ?o . {where} }}"
    found = store.query(query, use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    return sorted(tuple(_local(term) for term in row) for row in found)


def _involvements(facts: list[str]) -> list[str]:
    """Give who is involved in the initiatives and the meeting, as stated; what it takes to be in a cluster is left out."""
    things = "FILTER (?o IN (<https://w3id.org/samgraf/id/" + ">, <https://w3id.org/samgraf/id/".join(_THINGS) + ">))"
    where = f"{things} ?d sam:viaKind ?k ; sam:modality sam:stated . OPTIONAL {{ ?d sam:via ?v }}"
    rows = _derived(_inferred(facts), "?s ?o ?k ?d ?v", where)
    found: dict[tuple[str, ...], list[str]] = {}
    for s, o, k, d, v in rows:
        found.setdefault((s, o, k, d), []).append(v)
    return sorted(f"{s} {o} {k} {' '.join(sorted(v))}".strip() for (s, o, k, _), v in found.items())


CASES = {
    "direct": (["viborg participatesIn project"], ["viborg project direct"]),
    "host": (["viborg hosts project"], ["viborg project direct"]),
    "chair": (["ane chairs project"], ["ane project direct"]),
    "carries out": (["project carriedOutBy viborg"], ["viborg project direct"]),
    "responsible": (["steering responsibleFor project"], ["steering project direct"]),
    "a meeting": (["viborg participatesIn meeting"], ["viborg meeting direct"]),
    "only proposed": (["proposed: viborg participatesIn project"], []),
    "superseded": (["viborg participatesIn project ; sam:supersededBy <https://w3id.org/samgraf/claim/paper/0>"], []),
    "two claims, two kinds of involvement": (
        ["viborg participatesIn project", "viborg responsibleFor project"],
        ["viborg project direct", "viborg project direct"],
    ),
    "two claims, one involvement": (
        ["viborg participatesIn project", "viborg participatesIn project"],
        ["viborg project direct"],
    ),
    "member": (
        ["viborg memberOf cluster", "cluster participatesIn project"],
        ["cluster project direct", "viborg project member cluster"],
    ),
    "member, only proposed": (
        ["proposed: viborg memberOf cluster", "cluster participatesIn project"],
        ["cluster project direct"],
    ),
    "chair of a body that takes part": (
        ["ane chairs steering", "steering participatesIn project"],
        ["ane project member steering", "steering project direct"],
    ),
    "a body's responsibility is its own": (
        ["viborg memberOf steering", "steering responsibleFor project"],
        ["steering project direct"],
    ),
    "a group's responsibility is its members'": (
        ["viborg memberOf clusters", "clusters responsibleFor project"],
        ["clusters project direct", "viborg project group clusters"],
    ),
    "a whole list takes no part's participants": (
        [
            "skive participatesIn project ; sam:completeness sam:completeSubjects",
            "viborg participatesIn workshop",
            "workshop partOf project",
        ],
        ["skive project direct", "viborg workshop direct"],
    ),
    "a whole list takes the members of a group on it": (
        ["clusters participatesIn project ; sam:completeness sam:completeSubjects", "viborg memberOf clusters"],
        ["clusters project direct", "viborg project group clusters"],
    ),
    "a whole list takes no organisation for its unit": (
        ["ward participatesIn project ; sam:completeness sam:completeSubjects", "ward partOf region"],
        ["ward project direct"],
    ),
    "who is advised is touched, and nobody through it": (
        ["viborg memberOf cluster", "cluster participatesIn workshop ; sam:role :advised", "workshop partOf project"],
        ["cluster workshop direct"],
    ),
    "member of a member": (
        [
            "viborg memberOf cluster",
            "cluster memberOf clusters",
            "clusters memberOf alliance",
            "alliance participatesIn project",
        ],
        [
            "alliance project direct",
            "cluster project group alliance clusters",
            "clusters project member alliance",
            "viborg project member alliance cluster clusters",
        ],
    ),
    "a municipality is no collective": (
        ["ane memberOf viborg", "viborg participatesIn project"],
        ["viborg project direct"],
    ),
    "unit": (
        ["ward partOf psychiatry", "psychiatry partOf region", "ward participatesIn project"],
        ["psychiatry project ownUnit ward", "region project ownUnit ward", "ward project direct"],
    ),
    "service": (
        ["home partOf viborg", "home participatesIn project"],
        ["home project direct", "viborg project ownUnit home"],
    ),
    "a unit of a cluster does not draw in its members": (
        ["viborg memberOf cluster", "ward partOf cluster", "ward participatesIn project"],
        ["ward project direct"],
    ),
    "a unit's cluster": (
        ["psychiatry partOf region", "psychiatry memberOf cluster", "cluster participatesIn project"],
        ["cluster project direct", "psychiatry project member cluster", "region project ownUnit cluster psychiatry"],
    ),
    "on behalf": (
        ["ane participatesIn project ; sam:onBehalfOf :region"],
        ["ane project direct", "region project representation ane"],
    ),
    "a unit on behalf of its own organisation": (
        ["ward partOf region", "ward participatesIn project ; sam:onBehalfOf :region"],
        ["region project representation ward", "ward project direct"],
    ),
    "part of a part": (
        ["viborg participatesIn workshop", "workshop partOf project", "project partOf programme"],
        ["viborg programme part workshop", "viborg project part workshop", "viborg workshop direct"],
    ),
    "a member in a part": (
        ["viborg memberOf cluster", "cluster participatesIn workshop", "workshop partOf project"],
        [
            "cluster project part workshop",
            "cluster workshop direct",
            "viborg project part cluster workshop",
            "viborg workshop member cluster",
        ],
    ),
    "itself in the part, so not again through the cluster": (
        [
            "viborg memberOf cluster",
            "cluster participatesIn workshop",
            "viborg participatesIn workshop",
            "workshop partOf project",
        ],
        [
            "cluster project part workshop",
            "cluster workshop direct",
            "viborg project part workshop",
            "viborg workshop direct",
            "viborg workshop member cluster",
        ],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_who_is_involved(name: str) -> None:
    """The rules derive these involvements from these claims, and no others."""
    facts, expected = CASES[name]
    assert _involvements(facts) == expected
    assert _involvements(facts[::-1]) == expected


def test_superproperties_keep_to_the_classes() -> None:
    """A chair is a member of a body but not of a meeting; a host takes part."""
    store = _inferred(["ane chairs steering", "ane chairs meeting", "viborg hosts meeting ; sam:role :host"])
    assert _derived(store, "?s ?p ?o", "FILTER (?p != sam:involvedIn)") == [
        ("ane", "memberOf", "steering"),
        ("viborg", "participatesIn", "meeting"),
    ]
    assert (
        _derived(_inferred(["ane chairs steering", "ane memberOf steering"]), "?s", "FILTER (?p = sam:memberOf)") == []
    )


def _when(side: str, day: str) -> str:
    return (
        f'sam:valid{side} "{day}" ; sam:valid{side}Earliest "{day}"^^xsd:date ; sam:valid{side}Latest "{day}"^^xsd:date'
    )


@pytest.mark.parametrize(
    ("membership", "participation", "expected"),
    [
        ("", "", [("", "")]),
        ("", _when("From", "2021-01-01"), [("2021-01-01", "")]),
        (_when("From", "2018-01-01"), "", [("2018-01-01", "")]),
        (_when("From", "2018-01-01"), _when("From", "2021-01-01"), [("2021-01-01", "")]),
        (_when("From", "2022-01-01"), _when("From", "2021-01-01"), [("2022-01-01", "")]),
        (_when("Until", "2022-01-01"), _when("From", "2021-01-01"), [("2021-01-01", "2022-01-01")]),
        (_when("Until", "2022-01-01"), _when("Until", "2023-01-01"), [("", "2022-01-01")]),
        (_when("Until", "2020-01-01"), _when("From", "2021-01-01"), []),
        (_when("From", "2022-01-01"), _when("Until", "2021-01-01"), []),
    ],
)
def test_a_member_is_involved_while_both_hold(
    membership: str, participation: str, expected: list[tuple[str, str]]
) -> None:
    """The period is the one that membership and participation share; where they share none, nothing is derived."""
    facts = [f"viborg memberOf cluster{' ; ' * bool(membership)}{membership}"]
    facts += [f"cluster participatesIn project{' ; ' * bool(participation)}{participation}"]
    period = "FILTER (?k = sam:member) ?d sam:viaKind ?k . OPTIONAL { ?d sam:effectiveFrom ?f } OPTIONAL { ?d sam:effectiveUntil ?u }"
    assert _derived(_inferred(facts), "?f ?u", period) == expected


def test_a_derived_claim_names_the_claims_it_follows_from() -> None:
    """Premises are claims of documents, however many rules lie between."""
    store = _inferred(
        ["viborg memberOf cluster", "cluster hosts workshop", "workshop partOf project", "skive participatesIn project"]
    )
    where = "?d prov:wasDerivedFrom ?c . FILTER (?s = <https://w3id.org/samgraf/id/viborg> && ?o = <https://w3id.org/samgraf/id/project>)"
    assert [c[-1] for (c,) in _derived(store, "?c", where)] == ["1", "2", "3"]


def test_rules_are_declared_and_described(ontology: Graph) -> None:
    """Each rule file is one rule of the ontology, by the same name and with the same titles."""
    named = {}
    for path in sorted((ONTOLOGY / "rules").glob("*.rq")):
        header = dict(re.findall(r"^# ([a-z.]+): (.+)$", path.read_text("utf-8"), re.MULTILINE))
        assert set(header) == {"rule", "title.da", "title.en", "description.da", "description.en"}, path
        assert re.fullmatch(rf"\d\d-{header['rule']}\.rq", path.name)
        if "sam:derivedBy" in path.read_text("utf-8"):
            assert f"sam:derivedBy <{RULE}{header['rule']}>" in path.read_text("utf-8")
        named[URIRef(RULE + header["rule"])] = {
            Literal(header["title.da"], lang="da"),
            Literal(header["title.en"], lang="en"),
        }
    declared = {r: set(ontology.objects(r, RDFS.label)) for r in ontology.subjects(RDF.type, sam("Rule"))}
    assert named == declared


@pytest.mark.long
@pytest.mark.parametrize(
    ("more", "conforms", "violations"),
    [("", True, 0), ('id:viborg sam:note "Et."@da, "To."@da ; sam:kommunekode "79" .', False, 3)],
)
def test_the_shapes_hold_in_another_engine_as_they_are_shipped(
    shared_cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: str, conforms: bool, violations: int
) -> None:
    """Rudof reads the exported graph, the ontology and ``shapes.ttl`` from their files. A second code is a third violation."""
    pyrudof = pytest.importorskip("pyrudof")
    monkeypatch.setenv("SAMGRAF_CACHE", str(shared_cache))
    samgraf.open().export(str(tmp_path / "graph.ttl"))
    files = [tmp_path / "graph.ttl", *(ONTOLOGY / f"{name}.ttl" for name in ("samgraf", "profile", "reused"))]
    prefixes = "@prefix sam: <https://w3id.org/samgraf/ontology#> . @prefix id: <https://w3id.org/samgraf/id/> .\n"
    whole = "\n".join([*(file.read_text(encoding="utf-8") for file in files), prefixes + more])
    (tmp_path / "whole.ttl").write_text(whole, encoding="utf-8")
    engine = pyrudof.Rudof(pyrudof.RudofConfig())
    engine.read_data(str(tmp_path / "whole.ttl"))
    engine.read_shacl(str(ONTOLOGY / "shapes.ttl"))
    report = engine.validate_shacl()
    assert (report.conforms, len(report.violations)) == (conforms, violations), report.violations[:3]
