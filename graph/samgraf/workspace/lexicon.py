"""The lexicon: which words of a question stand for which predicates, classes and operators, as data files.

``ontology/lexicon.yaml`` of the built-in ontology and, beside it, the workspace's own (docs/ask.md has the format).
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from samgraf import resources
from samgraf.problems import Problem
from samgraf.workspace.yamlfile import Mapping, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from samgraf.vocabulary.terms import Vocabulary

MAPPINGS = ("relations", "kinds", "asks", "operators", "answers")
LISTS = ("narrow", "ignored")
SECTIONS = (*MAPPINGS, *LISTS, "synonyms")
ASKS = frozenset(("yesno", "who", "when", "where", "number", "why"))
FIGURES = frozenset(
    f"figure/{kind}" for kind in ("baseline", "target", "result", "capacity", "price", "budget", "count")
)
_SLOTS = ("subject", "object", "role")


class Entry(NamedTuple):
    """A word or phrase: its section, what it stands for there (a group's first word for synonyms), and the slot it is tied to."""

    text: str
    section: str
    key: str
    slot: str = ""


def read_lexicon(folder: str, vocabulary: Vocabulary) -> tuple[list[Entry], list[Problem]]:
    """Read the lexicon files that apply to the workspace in ``folder``. Gives the entries, and all that is wrong."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    for layer in resources.layers(folder, "ontology"):
        path = os.path.join(layer, "lexicon.yaml")
        if not os.path.isfile(path):
            continue
        shown = os.path.relpath(path, folder)
        file = read_yaml(path, shown)
        problems += file.problems
        if isinstance(file.content, Mapping):
            problems += _wrong(file.content, shown, vocabulary)
            entries += _entries(file.content)
        elif not file.problems:
            problems.append(Problem(shown, 1, "lexicon", f"is to be a mapping with {', '.join(SECTIONS)}"))
    return entries, problems


def _wrong(content: Mapping, shown: str, vocabulary: Vocabulary) -> Iterator[Problem]:
    predicates = {*vocabulary.predicates, *vocabulary.derived, *FIGURES, "onBehalfOf"}
    known = {
        "relations": (predicates, "predicate"),
        "kinds": (set(vocabulary.classes), "class"),
        "asks": (set(ASKS), "kind of question"),
    }
    for section, given in content.items():
        line = content.lines[section]
        if section not in SECTIONS:
            yield Problem(shown, line, "lexicon", f"{section!r} is no section; there are {', '.join(SECTIONS)}")
        elif section in MAPPINGS and not isinstance(given, Mapping):
            yield Problem(shown, line, "lexicon", f"{section} is to be a mapping of names to lists of words")
        elif section not in MAPPINGS and not isinstance(given, list):
            yield Problem(shown, line, "lexicon", f"{section} is to be a list")
        elif isinstance(given, Mapping):
            names, what = known.get(section, (set(given), ""))
            for key, words in given.items():
                if key not in names:
                    yield Problem(shown, given.lines[key], "lexicon", f"{section}: there is no {what} {key!r}")
                yield from _words(words, section, shown, given.lines[key])
        elif section == "synonyms" and isinstance(given, list):
            for group in given:
                yield from _words(group, section, shown, line)
        else:
            yield from _words(given, section, shown, line)


def _words(words: object, section: str, shown: str, line: int) -> Iterator[Problem]:
    if not isinstance(words, list) or any(isinstance(w, (list, dict)) or w is None for w in words):
        yield Problem(shown, line, "lexicon", f"{section}: an entry is a list of words and phrases")
        return
    for word in words:
        _, tied, slot = str(word).partition(" -> ")
        if tied and slot not in _SLOTS:
            yield Problem(
                shown, line, "lexicon", f"{section}: after '->' comes one of {', '.join(_SLOTS)}, not {slot!r}"
            )


def _entries(content: Mapping) -> Iterator[Entry]:
    for section, given in content.items():
        if isinstance(given, Mapping):
            groups = [(key, words) for key, words in given.items() if isinstance(words, list)]
        elif section == "synonyms" and isinstance(given, list):
            groups = [(str(group[0]), group) for group in given if isinstance(group, list) and group]
        else:
            groups = [(section, given)] if isinstance(given, list) else []
        for key, words in groups:
            for word in words:
                text, _, slot = str(word).partition(" -> ")
                yield Entry(text, section, key, slot)
