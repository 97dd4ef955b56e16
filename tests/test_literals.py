"""No relation, class or entity is named in Python: what they are for stands in the vocabulary.

A string constant that equals a class's or a relation's name, or an entity's id, is either the same word in another meaning (a
key of the documented JSON, a part of a file's format), listed by module, or meant; what is meant is counted, with its reason.
"""

from __future__ import annotations

import ast

import pytest

from samgraf.language.messages import languages
from samgraf.vocabulary.reading import read_vocabulary
from samgraf.workspace import load
from tests.conftest import modules

KNOWS = "vocabulary/reading.py"
OTHER_WORDS = {
    "head", "items", "held", "months", "period", "example", "email", "address", "presenter", "host", "denmark", "description", "background", "homepage",
    "Document", "Claim", "Modality", "issued", "abbreviation", "member", "result", "baseline", "figure", "Status", "fileNumber", "approved", "Basis", "Collaboration", "operator", "Place", "Decision", "Service",
}  # fmt: skip
"""Words that are also keys of JSON and YAML, names of Python's, kinds of values and figures, states, families, terms of RDF."""

MEANT = {
    (
        "ask/sets.py",
        "collaboratesWith",
    ): "'works with' asks for what two share also where no document says that they do",
    ("views/collaborations.py", "partOf"): "a key of the documented JSON",
    ("server/pages/entities.py", "partOf"): "a key of the documented JSON",
    ("cli/involving.py", "partOf"): "a key of the documented JSON, and a column of the CSV",
    ("workspace/structure.py", "partOf"): "the check that nothing is a part of itself follows this relation",
    ("workspace/structure.py", "continues"): "the check that nothing continues itself follows this relation",
    ("workspace/structure.py", "Role"): "the field 'role' holds an entity of this class",
    ("workspace/structure.py", "UnitOfMeasure"): "the field 'unit' holds an entity of this class",
    ("workspace/structure.py", "DocumentKind"): "the field 'kind' of a document holds an entity of this class",
    ("rdf/writing.py", "documentKind"): "the field 'kind' of a document is this relation",
}


def constants(tree: ast.AST) -> set[str]:
    """All string constants but docstrings."""
    described = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body and isinstance(node.body[0], ast.Expr)
    }  # fmt: skip
    found = (
        n for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in described
    )
    return {node.value for node in found}


def test_only_the_model_of_a_text_names_a_language() -> None:
    codes = set(languages())
    named = {module for module, tree in modules() if constants(tree) & codes}
    assert named == {"model/text.py", "language/fold.py"}, (
        "the one is where they are listed, in the other 'en' is an ending"
    )


@pytest.fixture(scope="module")
def named() -> set[tuple[str, str]]:
    """Every term or entity that a module names."""
    words = read_vocabulary(None)
    known = {*words.classes, *words.predicates, *words.derived, *load(None).entities}
    found = set()
    for module, tree in modules():
        if module != KNOWS:
            found |= {(module, text) for text in constants(tree) & known - OTHER_WORDS}
    return found


def test_no_term_and_no_entity_is_named_in_python(named) -> None:
    assert sorted(named - set(MEANT)) == [], "say in ontology/profile.ttl what it is for, and read that"


def test_what_is_meant_is_little_and_still_there(named) -> None:
    assert len(MEANT) < 20
    assert set(MEANT) <= named, "take out what is no longer named"


SPEAK_BY_FILES = ("api.py", "cli/", "publish/exports/", "publish/notebook.py", "server/", "views/")
"""Rooms where no language is told from another: all that depends on one is in its file."""


def test_no_language_is_told_from_another_where_texts_come_from_files() -> None:
    codes = set(languages())
    for module, tree in modules():
        if module.startswith(SPEAK_BY_FILES):
            assert not constants(tree) & codes, module
