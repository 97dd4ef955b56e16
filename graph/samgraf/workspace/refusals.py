"""What pydantic refuses, told in the words of the data format, at the line of the field that it is about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from samgraf.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

    from samgraf.workspace.yamlfile import Mapping

_AN_ID = "an id is made of a-z and 0-9 with single hyphens between, 120 at most"
_PATTERNS = {
    "at": "a place is '106', '106-108', '106-108 first words … last words' or words that stand once in the document",
    "predicate": "a predicate is one word of the ontology, like memberOf",
    "homepage": "a homepage begins with http:// or https:// and holds no blanks",
    "url": "an address begins with http:// or https:// and holds no blanks",
}
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "é": "e", "è": "e", "ö": "oe", "ä": "ae", "ü": "u"})
_A_TEXT = "is to be a text"
_EITHER = "is to be a text, or {da: …, en: …}"


class _Given(NamedTuple):
    """One refusal: the field's name as written, what stood there, and what pydantic knows of the bound it broke."""

    field: str
    value: object
    context: dict[str, object]


def _pattern(given: _Given) -> str:
    what = _PATTERNS.get(given.field, _AN_ID)
    return what if given.field in _PATTERNS else f"{what}{_offer(given.value)}"


def _offer(value: object) -> str:
    """Offer the id that a name would have: ``Jesper Møller`` is ``jesper-moeller``."""
    name = re.sub(r"[^a-z0-9]+", "-", str(value).lower().translate(_LETTERS)).strip("-")
    return f"; write {name!r}" if name and name != value else ""


_SAID: dict[str, Callable[[_Given], str]] = {
    "string_pattern_mismatch": _pattern,
    "string_type": lambda _: _A_TEXT,
    "string_too_short": lambda _: "is empty",
    "string_too_long": lambda given: f"is longer than {given.context['max_length']} characters",
    "too_short": lambda _: "is an empty list; name at least one",
    "tuple_type": lambda _: "is to be a list: [one, another]",
    "dict_type": lambda _: "is to be a mapping: {name: value}",
    "literal_error": lambda given: f"is to be {given.context['expected']}",
    "model_type": lambda _: _EITHER,
    "model_attributes_type": lambda _: _EITHER,
    "is_instance_of": lambda _: (
        "is to be a date: 2020-11-23, 2018-03, 2022, 2019-21 (spring) or 2025-33 (first quarter)"
    ),
}


def problems_of(error: ValidationError, shown: str, where: Mapping) -> Iterator[Problem]:
    """Yield a problem for each thing refused. ``where`` holds the fields as they were written, with their lines."""
    details = error.errors(include_url=False)
    for item in details:
        field = str(item["loc"][0]) if item["loc"] else ""
        if item["type"] == "too_short" and sum(d["loc"][:1] == item["loc"][:1] for d in details) > 1:
            continue  # what was wrong with the only member is told already
        yield Problem(shown, where.lines.get(field, where.line), *_code_and_message(item, field))


def reason(error: ValidationError) -> str:
    """Give in one sentence why a single value was refused: its first fault."""
    item = error.errors(include_url=False)[0]
    return _code_and_message(item, str(item["loc"][0]) if item["loc"] else "")[1]


def _code_and_message(item: ErrorDetails, field: str) -> tuple[str, str]:
    full = ".".join(str(part) for part in item["loc"] if not isinstance(part, int))
    given = item.get("input")
    if item["type"] == "extra_forbidden":
        hint = "; put a text that holds a comma in quotes" if given is None else ""
        return "unknown-field", f"{full!r} is no field here{hint}"
    if item["type"] == "missing":
        return "missing-field", f"{full!r} is missing"
    if given is None:
        return "bad-value", f"{full} is empty; write what it is, or leave the field out"
    place = f"{full}: " if full else ""
    if item["type"] == "value_error":
        return "bad-value", place + item["msg"].removeprefix("Value error, ")
    say = _SAID.get(item["type"])
    what = say(_Given(field, given, item.get("ctx") or {})) if say else "is not what is expected here"
    shown = "" if isinstance(given, (dict, list, tuple)) else f" (it is {str(given)[:60]!r})"
    return "bad-value", f"{place}{what}{shown}"
