"""Inference rules: SPARQL CONSTRUCT files, run in the order of their names, into a graph of their own.

Each rule sees what the earlier ones made. What a rule says with a property of the namespace ``HELP`` is a note for the rules
after it (an index that spares them a search, a period in one piece) and is gone when all have run. Since the whole graph is
built anew from the claims, a claim that is removed takes with it all that followed from it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from samgraf import disk, resources
from samgraf.errors import DataError, SamgrafError
from samgraf.namespaces import DERIVED_GRAPH, GRAPH, RULE
from samgraf.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

HELP = RULE + "help#"
_HELP_GRAPH, _DERIVED_GRAPH = ox.NamedNode(GRAPH + "help"), ox.NamedNode(DERIVED_GRAPH)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule file: its name (the file's, without ending), path and SPARQL text; ``ours`` when it comes with samgraf."""

    name: str
    path: str
    text: str
    ours: bool = True


def read_rules(workspace: str | None) -> list[Rule]:
    """Read the rules of the built-in ontology and of the workspace, in the order in which they run.

    A rule of a workspace stands for the one of the same name below it: each runs once. One that says the same as ours is ours.
    """
    rules: dict[str, Rule] = {}
    own = os.path.join(resources.root(), "ontology")
    for layer in resources.layers(workspace, "ontology"):
        for path in disk.files(os.path.join(layer, "rules"), ".rq"):
            try:
                text = disk.read_text(path)
            except OSError as error:
                raise DataError([Problem(path, 0, "bad-rule", f"cannot be read: {error.strerror}")]) from error
            name = os.path.splitext(os.path.basename(path))[0]
            if name not in rules or rules[name].text != text:
                rules[name] = Rule(name, path, text, layer == own)
    return [rules[name] for name in sorted(rules)]


def infer(store: ox.Store, rules: list[Rule]) -> list[Problem]:
    """Run the rules over the store and add what follows to the derived graph. Gives the rules that cannot be run."""
    problems = []
    for rule in rules:
        try:
            found = conclusions(rule, store)
            if found is None:
                problems.append(Problem(rule.path, 1, "bad-rule", "a rule is a CONSTRUCT query"))
                continue
            store.extend(found)
        except (SyntaxError, ValueError, OSError) as error:
            problems.append(Problem(rule.path, getattr(error, "lineno", 1) or 1, "bad-rule", str(error)))
        except SamgrafError as error:
            problems.append(Problem(rule.path, getattr(error, "line", 1) or 1, "bad-rule", str(error)))
    store.remove_graph(_HELP_GRAPH)
    return problems


def conclusions(rule: Rule, store: ox.Store) -> list[ox.Quad] | None:
    """Give what follows by one rule from what is in the store, notes for later rules included; None when it is no CONSTRUCT."""
    triples = _ours(rule, store) if rule.ours else _foreign(rule, store)
    return None if triples is None else [_quad(triple) for triple in triples]


def _quad(triple: ox.Triple) -> ox.Quad:
    helps = triple.predicate.value.startswith(HELP)
    return ox.Quad(triple.subject, triple.predicate, triple.object, _HELP_GRAPH if helps else _DERIVED_GRAPH)


def _ours(rule: Rule, store: ox.Store) -> Iterable[ox.Triple] | None:
    result = store.query(rule.text, use_default_graph_as_union=True)
    return result if isinstance(result, ox.QueryTriples) else None


def _foreign(rule: Rule, store: ox.Store) -> Iterable[ox.Triple] | None:
    """Run a workspace's own rule in the sandbox, on a copy of the store as the rules before it have left it."""
    from samgraf.rdf.foreign import Foreign

    copy = Foreign.on(store)
    try:
        result = copy.evaluate(rule.text)
    finally:
        copy.close()
    if result.kind != "graph":
        return None
    return [quad.triple for quad in ox.parse(result.body, format=ox.RdfFormat.N_TRIPLES)]
