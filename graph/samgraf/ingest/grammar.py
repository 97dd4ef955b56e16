"""Grammars: the rules for each kind of document, read from ``ontology/grammars/*.yaml``, every mistake told by file."""

from __future__ import annotations

import os
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from samgraf.errors import DataError
from samgraf.ingest.people import name_pattern
from samgraf.ingest.tables import content_of, paths
from samgraf.model.text import FIRST
from samgraf.problems import Problem

if TYPE_CHECKING:
    from samgraf.ingest.wordlists import WordLists
    from samgraf.vocabulary.terms import Vocabulary

Look = Literal["head", "people", "unnamed-people", "items", "sentences", "dates", "table", "lines"]
Words = tuple[str, ...]
FORM = "^"
"""With what a form begins where words stand too."""
_STOP = r" (?:den|d\.) \d| \d{1,2}\.| (?:man|tirs|ons|tors|fre|lør|søn)dag|\.\s|, (?:af)?holdt\b|[.:]?\s*$| (?:i|på) \w+ den|\n"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Template(_Part):
    """A claim that a rule makes. Each field names a slot or a thing; without those that it ``needs`` it is not made."""

    when: str = ""
    subject: str
    predicate: str
    object: str | None = None
    value: str | None = None
    role: str | None = None
    on_behalf_of: Annotated[str | None, Field(alias="onBehalfOf")] = None
    start: Annotated[str | None, Field(alias="from")] = None
    until: str | None = None
    modality: Literal["stated", "proposed", "expected"] = "stated"
    needs: Words = ()


class Thing(_Part):
    """An entity that a document of this kind is about: its class, in the order of trying its labels from slots, and aliases."""

    type: str
    label: Words = ()
    aliases: Words = ()


class Example(_Part):
    """A few lines, and the slots that the rule is to find in them: one finding or a list of them."""

    text: str
    gives: tuple[dict[str, str], ...] | dict[str, str]


class Rule(_Part):
    """How one kind of fact is found: where to look, by which words and forms, and which claims that makes."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z-]*$")]
    look: Look
    group: str
    confidence: Annotated[float, Field(gt=0, le=1)]
    makes: Annotated[tuple[Template, ...], Field(min_length=1)]
    examples: Annotated[tuple[Example, ...], Field(min_length=1)]
    slots: dict[str, str] = Field(default_factory=dict)
    find: dict[str, Literal["date", "period"]] = Field(default_factory=dict)
    split: str = ""
    labels: Words = ()
    forms: Words = ()
    refused: Annotated[Words, Field(alias="not")] = ()
    within: Literal["all", "items"] = "all"
    present: Words = ()
    absent: Words = ()
    roles: Words = ()
    posts: Words = ()
    sentences: Words = ()
    absences: Words = ()
    columns: dict[str, Words] = Field(default_factory=dict)
    leads: str = ""
    lists: Words = ()
    presenters: Words = ()
    outcomes: dict[str, str] = Field(default_factory=dict)
    under: Words = ()
    impersonal: bool = False
    """Whether what somebody who is listed does by themselves (writes, votes against) is left out."""

    def words(self) -> frozenset[str]:
        """Give every word, and every form (it begins with ^), that the rule takes for a label."""
        return frozenset({*self.labels, *self.present, *self.absent, *self.roles, *self.lists})


class Grammar(_Part):
    """The rules for one kind of document, and how it is recognised."""

    grammar: Annotated[str, Field(pattern=r"^[a-z][a-z-]*$")]
    label: dict[str, str]
    language: str = FIRST
    extends: str = ""
    takes: Words = ()
    replaces: str = ""
    """The relation that is drafted between two documents of one meeting, for a person to say."""
    recognise: Annotated[Words, Field(min_length=1)]
    priority: int = 2
    things: dict[str, Thing] = Field(default_factory=dict)
    groups: dict[str, dict[str, str]] = Field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    path: str = ""

    def labels(self) -> frozenset[str]:
        """Give the labels of all rules."""
        return frozenset().union(*(rule.words() for rule in self.rules))

    def recognises(self, head: str) -> int:
        """Count how many of its signs stand in the first lines of a text."""
        return sum(bool(re.search(sign, head, re.MULTILINE)) for sign in self.recognise)


def read_grammars(workspace: str | None, words: WordLists) -> list[Grammar]:
    """Read all grammars, a workspace's own after the built-in ones; one of the same name takes the place of the earlier.

    Raises DataError with every problem found.
    """
    found: dict[str, Grammar] = {}
    problems: list[Problem] = []
    for path in paths(workspace):
        content = content_of(path)
        if "grammar" not in content:
            continue
        try:
            grammar = Grammar.model_validate({**content, "path": path})
        except ValidationError as error:
            problems += _problems(path, error)
            continue
        problems += _forms(grammar, words)
        found[grammar.grammar] = grammar
    for grammar in list(found.values()):
        if grammar.extends or not grammar.rules:
            whole, wrong = _with_taken(grammar, found)
            found[grammar.grammar] = whole
            problems += wrong
    if problems:
        raise DataError(problems)
    return list(found.values())


def _with_taken(grammar: Grammar, found: dict[str, Grammar]) -> tuple[Grammar, list[Problem]]:
    """Give a grammar with the rules that it takes from another, and that one's things and groups below its own."""
    other = found.get(grammar.extends)
    known = {rule.id: rule for rule in other.rules} if other else {}
    missing = [name for name in grammar.takes if name not in known]
    if other is None or missing or not (grammar.rules or grammar.takes):
        what = (
            f"no grammar {grammar.extends!r}"
            if other is None
            else f"no rules {', '.join(missing)} in {grammar.extends}"
        )
        return grammar, [Problem(os.path.basename(grammar.path), 0, "bad-grammar", f"there is {what} to take")]
    things = {**other.things, **grammar.things}
    groups = {**other.groups, **grammar.groups}
    rules = (*(known[name] for name in grammar.takes), *grammar.rules)
    return grammar.model_copy(update={"things": things, "groups": groups, "rules": rules}), []


def _problems(path: str, error: ValidationError) -> list[Problem]:
    shown = os.path.basename(path)
    found = []
    for item in error.errors(include_url=False):
        place = ".".join(str(part) for part in item["loc"])
        what = "is no field here" if item["type"] == "extra_forbidden" else item["msg"]
        found.append(Problem(shown, 0, "bad-grammar", f"{place}: {what}"))
    return found


def _forms(grammar: Grammar, words: WordLists) -> list[Problem]:
    found = []
    for rule in grammar.rules:
        for form in (
            *rule.forms,
            *rule.presenters,
            *rule.refused,
            *rule.sentences,
            *rule.absences,
            *rule.outcomes.values(),
            *(word for word in sorted(rule.words()) if word.startswith(FORM)),
        ):
            try:
                expression(form, words)
            except re.error as error:
                message = f"rule {rule.id}: the form {form!r} cannot be read: {error}"
                found.append(Problem(os.path.basename(grammar.path), 0, "bad-form", message))
    return found


_EXPRESSIONS: dict[tuple[str, int], re.Pattern[str]] = {}


def expression(form: str, words: WordLists) -> re.Pattern[str]:
    """Compile a form: a regular expression in which {person}, {name}, {stop} … stand for longer ones (see ``places``)."""
    key = (form, id(words))
    if key not in _EXPRESSIONS:
        endings = "|".join(map(re.escape, words["body-endings"].endings))
        places = {
            "person": name_pattern(words),
            "name": r"[A-ZÆØÅ][\w&/-]*",
            "stop": _STOP,
            "body-ending": f"(?i:{endings})",
            "first-of-body": rf"(?:[A-ZÆØÅ][\w-]*)?(?i:{endings})",
        }
        written = re.sub(r"\{([a-z-]+)\}", lambda m: places.get(m[1], m[0]), form)
        _EXPRESSIONS[key] = re.compile(written, re.MULTILINE)
    return _EXPRESSIONS[key]


@lru_cache(maxsize=20_000)
def label_form(label: str, labels: Words | frozenset[str]) -> re.Match[str] | None:
    """Give how a label is one of these words or forms; None when it is none of them.

    >>> label_form("deltog fysisk", ("afbud", "^deltog (fysisk|online)"))[1]
    'fysisk'
    """
    forms = [re.escape(label)] if label in labels else [one for one in labels if one.startswith(FORM)]
    return next((found for form in forms if (found := re.fullmatch(form, label))), None)


def unknown_predicates(grammar: Grammar, vocabulary: Vocabulary) -> dict[str, list[str]]:
    """Give the relations that rules use and the ontology does not have, with the rules; their claims are left out."""
    found: dict[str, list[str]] = {}
    for rule in grammar.rules:
        for template in rule.makes:
            if template.predicate not in vocabulary.predicates:
                found.setdefault(template.predicate, []).append(rule.id)
    return found


def groups_of(grammar: Grammar, language: str) -> dict[str, Any]:
    """Give the headings of the grammar's groups in a language, by name, in their order."""
    return {name: texts.get(language) or texts[FIRST] for name, texts in grammar.groups.items()}
