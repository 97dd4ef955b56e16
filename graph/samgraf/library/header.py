"""The header of a query file: what the query answers, what it needs, what it gives.

    # title-da: …                                   # title-en: …
    # description-da: …                             # description-en: …
    # param: NAME | TYPE | required or optional | meaning
    # column: NAME | meaning
    # label-da: NAME | what a parameter or column is called       # label-en: …
    # answer: NAME                    the column that answers a question; the first that names something where it is left out
    # example-da: a question that it answers        # example-en: …

The header ends at the first line that is neither blank nor a comment. ``param``, ``column`` and ``example`` may come
several times. This is read in every command, so it is plain string code.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from samgraf.model.text import WRITTEN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from samgraf.problems import Problem

TYPES = ("entity", "class", "predicate", "date", "text", "number")
_ONCE = tuple(f"{field}-{language}" for field in ("title", "description") for language in WRITTEN)
_AT_MOST_ONCE = ("answer",)
_MANY = ("param", "column", *(f"{field}-{language}" for field in ("example", "label") for language in WRITTEN))
_KEYS = ", ".join((*_ONCE, *_AT_MOST_ONCE, *_MANY))


class Parameter(NamedTuple):
    """What a query can be given. ``type`` is entity, class, predicate, date, text or number."""

    name: str
    type: str
    required: bool
    meaning: str


class Column(NamedTuple):
    """A column of the answer."""

    name: str
    meaning: str


class NamedQuery(NamedTuple):
    """A query with its description. ``text`` is the whole file, so that line numbers in errors are the file's.

    ``answer`` is the column that answers a question; ``labels`` say by language what parameters and columns are called, where the
    messages' words do not fit. ``ours`` tells that it comes with samgraf; any other is run in the sandbox.
    """

    name: str
    path: str
    title: dict[str, str]
    description: dict[str, str]
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    examples: dict[str, tuple[str, ...]]
    text: str
    ours: bool = False
    answer: str = ""
    labels: Mapping[str, Mapping[str, str]] = {}

    def parameter(self, name: str) -> Parameter | None:
        """Give the parameter with this name."""
        return next((p for p in self.parameters if p.name == name), None)

    def as_data(self) -> dict[str, object]:
        """Give the query as plain data, for JSON: name, title, description, parameters, columns, examples, sparql."""
        return {
            "name": self.name,
            "title": self.title,
            "description": self.description,
            "parameters": [p._asdict() for p in self.parameters],
            "columns": [c._asdict() for c in self.columns],
            "examples": {language: list(questions) for language, questions in self.examples.items()},
            "sparql": self.text,
        }

    def usage(self) -> str:
        """Say in one line which parameters there are: ``actor (entity, required), asOf (date)``."""
        said = [f"{p.name} ({p.type}{', required' if p.required else ''})" for p in self.parameters]
        return f"{self.name} takes {', '.join(said)}" if said else f"{self.name} takes no parameters"


@lru_cache(maxsize=256)
def read_query(name: str, path: str, text: str, *, complete: bool = True) -> tuple[NamedQuery, list[Problem]]:
    """Read a query file's text. Gives the query and what is wrong with its header, as problems at lines of ``path``.

    With ``complete=False`` titles, descriptions, columns and examples may be missing: for a query that is run from a
    file.
    """
    fields: dict[str, list[tuple[int, str]]] = {}
    wrong: list[tuple[int, str, str]] = []
    for number, line in enumerate(text.split("\n"), 1):
        stripped = line.strip()
        if stripped and not stripped.startswith("#"):
            break
        key, colon, value = stripped[1:].partition(":")
        key = key.strip()
        if colon and key in (*_ONCE, *_AT_MOST_ONCE, *_MANY):
            fields.setdefault(key, []).append((number, value.strip()))
        elif complete and stripped.strip("# "):
            wrong.append(
                (
                    number,
                    "header",
                    f"{stripped[:60]!r} is no header line; write one of {', '.join((*_ONCE, *_AT_MOST_ONCE, *_MANY))}",
                )
            )
    if complete:
        wrong += [
            (1, "header", f"'# {key}:' is missing")
            for key in (*_ONCE, "column", "example-da", "example-en")
            if key not in fields
        ]
    wrong += [(f[1][0], "header", f"'# {k}:' stands twice") for k, f in fields.items() if k not in _MANY and len(f) > 1]
    query = NamedQuery(
        name=name,
        path=path,
        title={language: _first(fields, f"title-{language}") for language in WRITTEN},
        description={language: _first(fields, f"description-{language}") for language in WRITTEN},
        parameters=_parameters(fields.get("param", []), wrong),
        columns=_columns(fields.get("column", []), wrong),
        examples={language: tuple(v for _, v in fields.get(f"example-{language}", [])) for language in WRITTEN},
        text=text,
        answer=_first(fields, "answer"),
        labels={language: _labels(fields.get(f"label-{language}", []), wrong) for language in WRITTEN},
    )
    if query.answer and query.answer not in {c.name for c in query.columns}:
        wrong.append((fields["answer"][0][0], "header", f"the answer {query.answer!r} is none of the columns"))
    return query, _problems(path, wrong)


def _first(fields: dict[str, list[tuple[int, str]]], key: str) -> str:
    return fields[key][0][1] if key in fields else ""


def _parameters(lines: list[tuple[int, str]], wrong: list[tuple[int, str, str]]) -> tuple[Parameter, ...]:
    found: dict[str, Parameter] = {}
    for number, line in lines:
        name, kind, need, meaning = ([part.strip() for part in line.split("|", 3)] + [""] * 4)[:4]
        if not is_name(name) or need not in ("required", "optional") or not meaning:
            wrong.append(
                (number, "header", "write a parameter as '# param: NAME | TYPE | required or optional | meaning'")
            )
        elif kind not in TYPES:
            wrong.append((number, "header", f"{kind!r} is no type of parameter; write one of {', '.join(TYPES)}"))
        elif name in found:
            wrong.append((number, "header", f"the parameter {name!r} stands twice"))
        else:
            found[name] = Parameter(name, kind, need == "required", meaning)
    return tuple(found.values())


def _columns(lines: list[tuple[int, str]], wrong: list[tuple[int, str, str]]) -> tuple[Column, ...]:
    found = []
    for number, line in lines:
        name, bar, meaning = (part.strip() for part in line.partition("|"))
        if bar and is_name(name) and meaning:
            found.append(Column(name, meaning))
        else:
            wrong.append((number, "header", "write a column as '# column: NAME | meaning'"))
    return tuple(found)


def _labels(lines: list[tuple[int, str]], wrong: list[tuple[int, str, str]]) -> dict[str, str]:
    found = {}
    for number, line in lines:
        name, _, label = (part.strip() for part in line.partition("|"))
        if is_name(name) and label:
            found[name] = label
        else:
            wrong.append((number, "header", "write what something is called as '# label-da: NAME | text'"))
    return found


def is_name(text: str) -> bool:
    """Tell whether this is a name that a SPARQL variable of ours can have: ASCII letters and digits, a letter first."""
    return text.isascii() and text.isalnum() and text[0].isalpha()


def _problems(path: str, wrong: list[tuple[int, str, str]]) -> list[Problem]:
    if not wrong:
        return []
    from samgraf.problems import Problem

    return [Problem(path, line, code, message) for line, code, message in sorted(wrong)]
