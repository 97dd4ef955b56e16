"""The SHACL run: the shapes of the ontology (and of the workspace) over the whole graph, as problems with path and line.

Source: Shapes Constraint Language (SHACL), W3C Recommendation 2017. Only what the ontology itself says is inferred:
``sh:class`` and ``sh:targetClass`` follow ``rdfs:subClassOf``, which stands in the graph with the data.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pyoxigraph as ox
import rdflib
from rdflib.namespace import PROV, RDF, RDFS, SH

from samgraf import disk, resources
from samgraf.namespaces import CLAIM, ENTITY, GRAPH, local_name
from samgraf.problems import Problem
from samgraf.rdf import guard
from samgraf.rdf.rules import infer, read_rules
from samgraf.rdf.writing import quads

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from samgraf.sandbox.worker import Handler
    from samgraf.workspace import Workspace

SHAPES_FILE = "shapes.ttl"
_TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
_MESSAGE_LENGTH = 80
_QUERIES = frozenset(str(SH[name]) for name in ("select", "ask", "construct", "update"))
_SECONDS, _MEMORY_PER_BYTE = 300.0, 40


def shape_problems(workspace: Workspace) -> list[Problem]:
    """Run the shapes over the graph of a workspace whose structure is valid. Gives every violation, in order.

    Each problem stands at the entity or claim that it is about; one about a derived claim, at a claim that it follows from.
    Shapes files and rules that cannot be read are problems too.
    """
    shapes, problems, foreign = _shapes(workspace)
    if problems:
        return problems
    store = ox.Store()
    store.bulk_extend(quads(workspace))
    problems += infer(store, read_rules(workspace.folder))
    if problems:
        return problems
    return sorted(set(_violations(store, shapes, workspace, foreign=foreign)))


def _shapes(workspace: Workspace) -> tuple[rdflib.Graph, list[Problem], bool]:
    """Read the shapes. Gives them, what is wrong with them, and whether some are not ours."""
    shapes = rdflib.Graph()
    problems = []
    foreign = False
    for layer in resources.layers(workspace.folder, "ontology"):
        path = os.path.join(layer, SHAPES_FILE)
        if not os.path.lexists(path):
            continue
        try:
            found = [quad.triple for quad in ox.parse(disk.read_bytes(path), format=ox.RdfFormat.TURTLE)]
        except (SyntaxError, OSError, ValueError) as error:
            shown = os.path.relpath(path, workspace.folder)
            problems.append(Problem(shown, getattr(error, "lineno", 0) or 0, "turtle", str(error)))
            continue
        if layer != os.path.join(resources.root(), "ontology"):
            foreign = True
            problems += _refused(os.path.relpath(path, workspace.folder), found)
        _fill(shapes, found)
    _lift(shapes)
    return shapes, problems, foreign


def _refused(path: str, shapes: Iterable[ox.Triple]) -> Iterator[Problem]:
    """Yield the SPARQL constraints (SHACL 5) that would ask another endpoint."""
    for triple in shapes:
        if triple.predicate.value in _QUERIES and isinstance(triple.object, ox.Literal):
            try:
                guard.check(triple.object.value)
            except guard.RefusedError as error:
                yield Problem(path, 0, "bad-shapes", str(error))


def _lift(shapes: rdflib.Graph) -> None:
    """Give property shapes the targets of the node shape that they belong to, in place of the link to it.

    The meaning is the same (SHACL 2.1.3: any shape may have targets), but a property shape with targets is validated
    for all its nodes at once, and not for each node anew: that is three times as fast.
    """
    for node in {s for target in _TARGETS for s in shapes.subjects(target, None)}:
        referenced = next(shapes.subject_predicates(node), None) is not None
        if referenced or (node, RDF.type, RDFS.Class) in shapes or (node, SH.deactivated, None) in shapes:
            continue
        for part in [p for p in shapes.objects(node, SH.property) if not isinstance(p, rdflib.Literal)]:
            for target in _TARGETS:
                for value in list(shapes.objects(node, target)):
                    shapes.add((part, target, value))
            shapes.remove((node, SH.property, part))


def _fill(graph: rdflib.Graph, triples: Iterable[ox.Triple | ox.Quad]) -> None:
    """Add Oxigraph's triples to an rdflib graph, without writing and reading them as text."""
    known: dict[object, rdflib.term.Node] = {}

    def term(node: object) -> rdflib.term.Node:
        found = known.get(node)
        if found is None:
            known[node] = found = _term(node)
        return found

    for triple in triples:
        graph.add((term(triple.subject), term(triple.predicate), term(triple.object)))


def _term(node: object) -> rdflib.term.Node:
    if isinstance(node, ox.NamedNode):
        return rdflib.URIRef(node.value)
    if isinstance(node, ox.Literal):
        if node.language:
            return rdflib.Literal(node.value, lang=node.language)
        # a plain literal and an xsd:string are one in RDF 1.1; pyshacl wants the datatype to be left out
        datatype = None if node.datatype.value.endswith("#string") else rdflib.URIRef(node.datatype.value)
        return rdflib.Literal(node.value, datatype=datatype, normalize=False)
    return rdflib.BNode(str(getattr(node, "value", node)))


def _violations(store: ox.Store, shapes: rdflib.Graph, workspace: Workspace, *, foreign: bool) -> Iterator[Problem]:
    graph = rdflib.Graph()
    _fill(graph, store)
    report = _foreign_report(store, shapes) if foreign else _report(graph, shapes)
    if isinstance(report, str):  # the shapes themselves are wrong
        yield Problem(f"ontology/{SHAPES_FILE}", 0, "bad-shapes", report)
        return
    places = _places(workspace)
    for result in report.subjects(RDF.type, SH.ValidationResult):
        focus = report.value(result, SH.focusNode)
        path, line = _place(str(focus), places, graph)
        text = " ".join(sorted(str(m) for m in report.objects(result, SH.resultMessage)))
        severity = report.value(result, SH.resultSeverity)
        message = f"{text}{_given(report, result)} [{_short(str(focus))}]"
        yield Problem(path, line, "shape", message, "error" if severity == SH.Violation else "warning")


def _report(graph: rdflib.Graph, shapes: rdflib.Graph) -> rdflib.Graph | str:
    """Validate the graph. Gives pyshacl's report, or in words what is wrong with the shapes."""
    import logging

    from pyshacl import validate

    logging.getLogger("pyshacl-validate").disabled = True  # it writes to stderr; what it finds is in its report
    report: object
    try:
        _, report, _ = validate(graph, shacl_graph=shapes, inference="none", advanced=False, inplace=True)
    except (RuntimeError, RuntimeWarning, ValueError) as error:
        report = error
    if isinstance(report, rdflib.Graph):
        return report
    return " ".join(str(report).split()).partition(" For reference, see ")[0]


def _foreign_report(store: ox.Store, shapes: rdflib.Graph) -> rdflib.Graph | str:
    """Validate with shapes that are not ours: in the sandbox, since they may hold queries."""
    from samgraf.errors import LimitError
    from samgraf.sandbox.runner import MEMORY, Runner

    data = ox.serialize((quad.triple for quad in store), format=ox.RdfFormat.N_TRIPLES) or b""
    runner = Runner(f"{__name__}:sandboxed", "", seconds=_SECONDS, memory=MEMORY + _MEMORY_PER_BYTE * len(data))
    try:
        head, body = runner.call({"data": len(data)}, data + shapes.serialize(format="nt", encoding="utf-8"))
    except LimitError as error:
        return str(error).replace("the query", "a shape", 1)
    finally:
        runner.close()
    return str(head["error"]) if "error" in head else _parsed(body)


def _parsed(data: bytes) -> rdflib.Graph:
    graph = rdflib.Graph()
    _fill(graph, (quad.triple for quad in ox.parse(data, format=ox.RdfFormat.N_TRIPLES)))
    return graph


def sandboxed(_: str) -> Handler:
    """Give the sandbox's handler: the request's ``data`` is the length of the graph, after which the shapes follow."""

    def handle(request: dict[str, int], body: bytes) -> tuple[dict[str, str], bytes]:
        try:
            report = _report(_parsed(body[: request["data"]]), _parsed(body[request["data"] :]))
        except MemoryError:
            return {"error": "a shape needed too much memory"}, b""
        except Exception as error:  # noqa: BLE001  (whatever a foreign shape makes rdflib raise is the shape's fault)
            return {"error": f"the shapes cannot be run: {type(error).__name__}: {error}"}, b""
        if isinstance(report, str):
            return {"error": report}, b""
        return {}, report.serialize(format="nt", encoding="utf-8")

    return handle


def _places(workspace: Workspace) -> dict[str, tuple[str, int]]:
    places = {GRAPH + d.head.id: (d.path, d.line) for d in workspace.documents}
    places |= {ENTITY + e.id: (e.path, e.line) for e in workspace.entities.values()}
    places |= {CLAIM + c.key: (c.path, c.line) for c in workspace.claims}
    return places


def _place(focus: str, places: dict[str, tuple[str, int]], graph: rdflib.Graph) -> tuple[str, int]:
    if focus in places:
        return places[focus]
    claim = focus.partition("/evidence/")[0]  # passages and selectors have the claim's IRI before their own
    if claim in places:
        return places[claim]
    sources = sorted(str(s) for s in graph.objects(rdflib.URIRef(focus), PROV.wasDerivedFrom))
    return next((places[s] for s in sources if s in places), ("ontology", 0))


def _given(report: rdflib.Graph, result: rdflib.term.Node) -> str:
    value, path = report.value(result, SH.value), report.value(result, SH.resultPath)
    of = f"{local_name(str(path))} " if isinstance(path, rdflib.URIRef) else ""
    return f" ({of}is {_short(str(value))!r})" if value is not None else ""


def _short(text: str) -> str:
    for base in (ENTITY, CLAIM):
        text = text.removeprefix(base)
    return text if len(text) <= _MESSAGE_LENGTH else text[: _MESSAGE_LENGTH - 1] + "…"
