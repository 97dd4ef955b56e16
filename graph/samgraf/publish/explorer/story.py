"""A story: steps that lead through the page, read from a YAML file and checked line by line."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

import yaml

from samgraf.disk import read_text
from samgraf.errors import DataError, UnreachableError
from samgraf.model.text import WRITTEN, Text
from samgraf.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from samgraf.publish.explorer.sources import Sources

_KEYS = {"state", "title", "text"}
_NODES = frozenset("f s c g a".split())
_CHOICES = {
    "v": "matrix partners changes people sketch network path".split(),
    "tab": "facts filters compare".split(),
    "o": "frame count name".split(),
    "u": "count name kind".split(),
    "z": "partners things".split(),
    "l": list(WRITTEN),
    "th": "light dark".split(),
    **dict.fromkeys("imeb", ("0", "1")),
}
"""The parts of an address that have one of some values; a test holds them against the page's own."""
_FORMS = {"t": re.compile(r"\d{4}-\d\d-\d\d"), **dict.fromkeys("wn", re.compile(r"\d{1,4}"))}
_NAMES = frozenset("k h r d x q".split())
_PARTS = _NODES | _CHOICES.keys() | _FORMS.keys() | _NAMES
_STATE = re.compile(r"^#?(?:[a-z]+=[^&\s]*)(?:&[a-z]+=[^&\s]*)*$")


class Step(NamedTuple):
    """One step: the state of the page as its address has it, a title and a text in both languages."""

    state: str
    title: Mapping[str, str]
    text: Mapping[str, str]


def read_story(path: str, entities: Collection[str], names: Mapping[str, Collection[str]] | None = None) -> list[Step]:
    """Read the steps of a story: a list of `state`, `title` and `text`.

    A text is one string or one a language. `state` is what stands after `#` in a link to the page; without it the step shows
    the first view. `names` are those that the parts of an address which name something else than entities can have
    (`story_names`); without them any name is taken. Raises DataError with every problem as `path:line`, UnreachableError when
    the file cannot be read.
    """
    try:
        root = yaml.compose(read_text(path), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        text = f"{error.problem}; a text with : ? , or # in it stands in quotes"
        raise DataError([Problem(_shown(path), line, "yaml", text)]) from None
    except yaml.YAMLError as error:
        raise DataError([Problem(_shown(path), 0, "yaml", str(error))]) from None
    except OSError as error:
        msg = f"cannot read {path}: {error.strerror}"
        raise UnreachableError(msg) from error
    if isinstance(root, yaml.MappingNode) and [key.value for key, _ in root.value] == ["steps"]:
        root = root.value[0][1]
    if not isinstance(root, yaml.SequenceNode) or not root.value:
        line = root.start_mark.line + 1 if root else 1
        raise DataError([Problem(_shown(path), line, "story", "a story is a list of steps: state, title, text")])
    known = {**dict.fromkeys(_NODES, entities), **(names or {})}
    steps, problems = [], []
    for node in root.value:
        found = list(_wrong(node, known))
        problems += [Problem(_shown(path), line, "story", text) for line, text in found]
        if not found:
            steps.append(_step(node))
    if problems:
        raise DataError(problems)
    return steps


def story_names(sources: Sources) -> dict[str, set[str]]:
    """Give the names that an address can have for classes, ways of being involved, relations, documents and queries."""
    vocabulary = sources.vocabulary
    classes = set(vocabulary.classes)
    return {
        "k": classes,
        "x": classes,
        "h": set(vocabulary.involvements),
        "r": {c.predicate for c in sources.claims},
        "d": {d.id for d in sources.documents} | {c.document for c in sources.claims},
        "q": {str(query["name"]) for query in sources.queries},
    }


def _shown(path: str) -> str:
    return os.path.relpath(path)


def _wrong(node: yaml.Node, known: Mapping[str, Collection[str]]) -> Iterator[tuple[int, str]]:
    """Yield what is wrong with a step: line and text."""
    line = node.start_mark.line + 1
    if not isinstance(node, yaml.MappingNode):
        yield line, "a step is a mapping of state, title, text"
        return
    given = {key.value: value for key, value in node.value}
    for key, value in node.value:
        if key.value not in _KEYS:
            yield key.start_mark.line + 1, f"a step has no {key.value!r}; it has {', '.join(sorted(_KEYS))}"
        elif key.value == "state":
            yield from ((value.start_mark.line + 1, text) for text in _wrong_state(value, known))
        elif not isinstance(value, yaml.ScalarNode) and not _languages(value):
            yield value.start_mark.line + 1, f"{key.value} is a text, or one for each language (da, en)"
    if "title" not in given:
        yield line, "the step has no title"


def _wrong_state(node: yaml.Node, known: Mapping[str, Collection[str]]) -> Iterator[str]:
    """Yield what is wrong with a state."""
    if not isinstance(node, yaml.ScalarNode):
        yield "state is what stands after # in a link to the page"
        return
    if node.value and not _STATE.match(node.value):
        yield f"{node.value!r} is not what stands after # in a link to the page, such as v=partners&f=viborg"
        return
    for part in filter(None, node.value.lstrip("#").split("&")):
        name, _, value = part.partition("=")
        if name not in _PARTS:
            yield f"the page's address has no part {name!r}"
        elif name in _CHOICES and value not in _CHOICES[name]:
            yield f"{name} is one of {', '.join(_CHOICES[name])}, not {value!r}"
        elif name in _FORMS and not _FORMS[name].fullmatch(value):
            yield f"{name} cannot be {value!r}: it is a {'day, as 2021-06-01' if name == 't' else 'number'}"
        elif name in known and value != "-":
            for one in map(unquote, value.split(",")):
                if one not in known[name]:
                    yield f"{one!r} is no {'entity' if name in _NODES else 'name'} of this graph"


def _languages(node: yaml.Node) -> bool:
    """Tell whether a node gives a text by language."""
    return isinstance(node, yaml.MappingNode) and all(
        key.value in WRITTEN and isinstance(value, yaml.ScalarNode) for key, value in node.value
    )


def _step(node: yaml.MappingNode) -> Step:
    """Make a step of a node that has nothing wrong."""
    given = {key.value: value for key, value in node.value}
    state = given["state"].value.lstrip("#") if "state" in given else ""
    return Step(state, _text(given["title"]), _text(given["text"]) if "text" in given else dict.fromkeys(WRITTEN, ""))


def _text(node: yaml.Node) -> dict[str, str]:
    """Read a text in both languages; one that is missing takes the other's words."""
    if isinstance(node, yaml.ScalarNode):
        return dict.fromkeys(WRITTEN, str(node.value))
    found = Text({str(key.value): str(value.value) for key, value in node.value})
    return {language: str(found.within(language)) for language in WRITTEN}
