"""YAML files as plain data with the line of every value, and every problem by line.

The text is read event by event with a stack of our own, so that no input, however deep or long, can exhaust
the interpreter. A scalar is the text that its author wrote, quoted or not: ``no``, ``0791``, ``1.10``, ``12:30``, ``true`` and
``~`` are not turned into anything here (YAML 1.2.2, 10.1 failsafe schema). What a place holds, a text, a number, a date or a
truth value, is for the model to decide. Only a key with nothing after it gives None.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from errno import EFBIG
from typing import TYPE_CHECKING

import yaml

from samgraf import disk
from samgraf.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES = 20_000_000
MAX_DEPTH = 40
_TOO_DEEP = f"is nested deeper than {MAX_DEPTH} levels"
_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]"
)  # not fit for XML, spreadsheets or terminals
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Mapping(dict[str, object]):
    """A YAML mapping that remembers the line (from 1) where it begins, and where each of its keys stands."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


@dataclass(slots=True)
class _Open:
    """A collection that is being read."""

    value: Mapping | list[object]
    key: str | None = None
    line: int = 0


@dataclass(slots=True)
class YamlFile:
    """What a file holds: ``content`` (None where nothing could be read) and the problems met on the way."""

    content: object = None
    problems: list[Problem] = field(default_factory=list)


def read_yaml(path: str, shown: str) -> YamlFile:
    """Read one YAML file. ``shown`` is the path that problems name. Nothing is raised for bad content."""
    result = YamlFile()

    def problem(line: int, code: str, message: str) -> None:
        result.problems.append(Problem(shown, line, code, message))

    try:
        data = disk.read_bytes(path, MAX_BYTES)
    except OSError as error:
        if error.errno == EFBIG:
            problem(
                0, "too-large", f"is larger than {MAX_BYTES // 1_000_000} MB; split it into files of one document each"
            )
            return result
        problem(0, "unreadable", f"cannot be read: {error.strerror}")
        return result
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        problem(line, "encoding", "is not UTF-8; save the file as UTF-8")
        return result
    try:
        result.content = _build(text, shown, result.problems)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if error.problem and "nesting depth" in error.problem:  # PyYAML's own bound, met while it reads ahead of us
            problem(mark.line + 1 if mark else 0, "yaml", _TOO_DEEP)
            return result
        what = " ".join(str(part) for part in (error.context, error.problem) if part)
        tab = mark is not None and "\t" in "".join(text.split("\n")[mark.line : mark.line + 1])
        hint = "; use spaces, never tabs, to indent" if tab else ""
        problem(mark.line + 1 if mark else 0, "yaml", f"{what}{hint}")
    except yaml.YAMLError as error:
        position = getattr(error, "position", 0)
        problem(text.count("\n", 0, position) + 1, "yaml", "holds a character that YAML does not allow")
    except _RefusedError as error:
        problem(error.line, "yaml", str(error))
    return result


class _RefusedError(Exception):
    """Something that YAML allows and these files do not."""

    def __init__(self, line: int, message: str) -> None:
        self.line = line
        super().__init__(message)


def _build(text: str, shown: str, problems: list[Problem]) -> object:
    stack: list[_Open] = []
    top: list[object] = []
    for event in _events(text):
        line = (event.start_mark.line if event.start_mark else 0) + 1
        if isinstance(event, yaml.DocumentStartEvent) and top:
            raise _RefusedError(line, "holds more than one YAML document; keep one a file")
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _RefusedError(line, "uses an anchor or alias (& or *); write the value out")
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            if len(stack) >= MAX_DEPTH:
                raise _RefusedError(line, _TOO_DEEP)
            value: Mapping | list[object] = Mapping(line) if isinstance(event, yaml.MappingStartEvent) else []
            _put(stack, top, value, line, shown, problems)
            stack.append(_Open(value))
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            stack.pop()
        elif isinstance(event, yaml.ScalarEvent):
            control = _CONTROL.search(event.value)
            if control:
                message = f"holds a character that cannot be shown (U+{ord(control[0]):04X}); take it out"
                problems.append(Problem(shown, line, "control-character", message))
            written = event.value if event.value or event.style else None  # plain scalars have no style
            _put(stack, top, written, line, shown, problems)
    return top[0] if top else None


def _events(text: str) -> Iterator[yaml.Event]:
    yield from yaml.parse(text, Loader=_LOADER)


def _put(stack: list[_Open], top: list[object], value: object, line: int, shown: str, problems: list[Problem]) -> None:
    """Put a value where it belongs: the document, the open list, or the open mapping's next key or value."""
    if not stack:
        top.append(value)
        return
    here = stack[-1]
    if isinstance(here.value, list):
        here.value.append(value)
    elif here.key is None:
        if isinstance(value, (Mapping, list)):
            raise _RefusedError(line, "has a key that is a list or a mapping; a key is a word")
        here.key, here.line = str(value or ""), line
    else:
        if here.key in here.value:
            first = here.value.lines[here.key]
            problems.append(Problem(shown, here.line, "duplicate-key", f"{here.key!r} stands here and in line {first}"))
        here.value[here.key] = value
        here.value.lines[here.key] = here.line
        here.key = None
