"""Inference rules: SPARQL CONSTRUCT files, run in the order of their names, into a graph of their own.

Each rule sees what the earlier ones made. Since the whole graph is built anew from the claims, a claim that is removed
takes with it all that followed from it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

import pyoxigraph as ox

from samgraf import resources
from samgraf.namespaces import DERIVED_GRAPH
from samgraf.problems import Problem


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule file: its name (the file's, without ending), path and SPARQL text."""

    name: str
    path: str
    text: str


def read_rules(workspace: str | None) -> list[Rule]:
    """Read the rules of the built-in ontology and of the workspace, in the order in which they run."""
    rules = []
    for layer in resources.layers(workspace, "ontology"):
        for path in resources.files(os.path.join(layer, "rules"), ".rq"):
            with open(path, encoding="utf-8") as stream:
                rules.append(Rule(os.path.splitext(os.path.basename(path))[0], path, stream.read()))
    return sorted(rules, key=lambda r: r.name)


def infer(store: ox.Store, rules: list[Rule]) -> list[Problem]:
    """Run the rules over the store and add what follows to the derived graph. Gives the rules that cannot be run."""
    graph = ox.NamedNode(DERIVED_GRAPH)
    problems = []
    for rule in rules:
        try:
            result = store.query(rule.text, use_default_graph_as_union=True)
            if not isinstance(result, ox.QueryTriples):
                problems.append(Problem(rule.path, 1, "bad-rule", "a rule is a CONSTRUCT query"))
                continue
            store.extend([ox.Quad(t.subject, t.predicate, t.object, graph) for t in result])
        except (SyntaxError, ValueError, OSError) as error:
            problems.append(Problem(rule.path, getattr(error, "lineno", 1) or 1, "bad-rule", str(error)))
    return problems
