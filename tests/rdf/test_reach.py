"""What rules read, told by their words, is what a parser of SPARQL says that they look for, and more."""

from __future__ import annotations

from typing import Any

import pytest
from rdflib import URIRef, Variable
from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath
from rdflib.plugins.sparql import prepareQuery

from samgraf.rdf.reach import read_by
from samgraf.rdf.rules import Rule, read_rules

RULES = read_rules(None)
PREFIX = "PREFIX sam: <https://w3id.org/samgraf/ontology#>\n"


def patterns(part: Any) -> list[tuple[Any, Any, Any]]:
    """Give every triple that a parsed query looks for, wherever it stands but in the template."""
    if isinstance(part, dict):
        own = list(part["triples"]) if "triples" in part else []
        return own + [t for key, value in part.items() if key not in ("triples", "template") for t in patterns(value)]
    if isinstance(part, (list, tuple)):
        return [t for one in part for t in patterns(one)]
    return []


def named(path: Any) -> set[str]:
    """Give the predicates of a path."""
    if isinstance(path, (SequencePath, AlternativePath)):
        return {name for one in path.args for name in named(one)}
    if isinstance(path, InvPath):
        return named(path.arg)
    if isinstance(path, MulPath):
        return named(path.path)
    assert isinstance(path, URIRef), path
    return {str(path)}


def optional_ends(triples: list[tuple[Any, Any, Any]]) -> list[tuple[Any, Any, Any]]:
    """Give the paths that may have no step and whose ends stand in nothing else: they find every node there is."""
    plain = {end for s, p, o in triples if not isinstance(p, MulPath) for end in (s, o)}
    return [t for t in triples if isinstance(t[1], MulPath) and t[1].zero and not plain & {t[0], t[2]}]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_reads_no_predicate_that_its_words_do_not_tell(rule: Rule) -> None:
    triples = patterns(prepareQuery(rule.text).algebra.p)
    assert triples
    read = read_by([rule])
    assert read is not None
    assert {name for _, p, _ in triples for name in named(p)} <= read
    free = [t for t in optional_ends(triples) if isinstance(t[0], Variable) and isinstance(t[2], Variable)]
    assert not free


@pytest.mark.parametrize(
    "body",
    [
        "?a ?b ?c",
        "?a sam:x ?c ; ?p ?d",
        "?a sam:x sam:y, sam:z ; sam:z 1.5 , 'x'@en ; ?p 3",
        "?a sam:x ?c FILTER (1 IN (1, 2) && NOT EXISTS { ?a (sam:x|sam:y)+ ?b . ?b ?p ?c })",
        "{ SELECT ?a (MAX(?b) AS ?c) WHERE { OPTIONAL { ?a ?b ?c } } GROUP BY ?a }",
        "BIND (sam:x AS ?p) ?a ?p ?c",
        "VALUES ?p { sam:x sam:y } ?a ?p ?c",
        "VALUES (?p ?q) { (sam:x sam:y) } ?a sam:x/^sam:y ?c . ?c ?p ?q",
        "GRAPH ?g { ?a ?p ?c }",
    ],
)
def test_where_a_variable_stands_for_a_predicate_all_is_read(body: str) -> None:
    text = f"{PREFIX}CONSTRUCT {{ ?a sam:x ?c }} WHERE {{ {body} }}"
    prepareQuery(text)
    assert read_by([Rule("x", "x.rq", text)]) is None


def test_of_a_rule_that_is_not_ours_nothing_is_presumed() -> None:
    text = f"{PREFIX}CONSTRUCT {{ ?a sam:x ?c }} WHERE {{ ?a sam:x ?c }}"
    assert read_by([Rule("x", "x.rq", text)])
    assert read_by([Rule("x", "x.rq", text, ours=False)]) is None
