"""Every rule's examples hold, every form can be read, and a grammar with a mistake is told by its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from samgraf.errors import DataError
from samgraf.ingest.examples import failures
from samgraf.ingest.grammar import Grammar, read_grammars
from samgraf.ingest.wordlists import WordLists

WORDS = WordLists()
GRAMMARS = read_grammars(None, WORDS)


@pytest.mark.parametrize("grammar", GRAMMARS, ids=lambda g: g.grammar)
def test_every_rule_finds_what_its_examples_say(grammar: Grammar) -> None:
    assert list(failures(grammar, WORDS)) == []


@pytest.mark.parametrize("grammar", GRAMMARS, ids=lambda g: g.grammar)
def test_every_group_of_a_rule_has_a_heading(grammar: Grammar) -> None:
    assert {rule.group for rule in grammar.rules} <= grammar.groups.keys()


def test_a_wrong_example_is_told() -> None:
    grammar = GRAMMARS[0]
    rule = grammar.rules[0]
    wrong = rule.model_copy(
        update={"examples": (rule.examples[0].model_copy(update={"gives": {"body": "Noget andet"}}),)}
    )
    (told,) = failures(grammar.model_copy(update={"rules": (wrong,)}), WORDS)
    assert "Noget andet" in told
    assert rule.id in told


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("grammar: own\nlabel: {da: x}\nrecognise: [x]\nrules: [{id: a}]\n", "rules.0.look"),
        ("grammar: own\nlabel: {da: x}\nrecognise: [x]\nrules: []\nrulez: 1\n", "rulez: is no field here"),
        ("grammar: [1\n", "yaml"),
    ],
)
def test_a_mistake_in_a_workspaces_grammar_is_told(own: Path, content: str, said: str) -> None:
    (own / "ontology" / "grammars").mkdir(parents=True)
    (own / "ontology" / "grammars" / "own.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(DataError) as error:
        read_grammars(str(own), WORDS)
    assert any(said in str(problem) for problem in error.value.problems)


def test_a_workspace_has_a_grammar_of_its_own(own: Path) -> None:
    (own / "ontology" / "grammars").mkdir(parents=True)
    (own / "ontology" / "grammars" / "log.yaml").write_text(
        """
grammar: log
label: {da: logbog}
recognise: ['^logbog']
groups: {all: {da: Alt}}
rules:
  - {id: day, look: lines, group: all, confidence: 0.5, forms: ['^Dag: (?P<date>.*)$'], find: {date: date},
     makes: [{subject: document, predicate: issued, value: date}], examples: [{text: "Dag: 3. maj 2022", gives: {date: "2022-05-03"}}]}
""",
        encoding="utf-8",
    )
    found = {g.grammar: g for g in read_grammars(str(own), WORDS)}
    assert "minutes" in found
    assert list(failures(found["log"], WORDS)) == []
