"""Giving a query its parameters: ``$name`` is replaced by an RDF term, serialised by pyoxigraph, never by pasted text.

``$name`` counts only where SPARQL would read a variable: not in a string, an IRI or a comment.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from samgraf.errors import UsageError
from samgraf.namespaces import SAM, XSD
from samgraf.rdf.lexing import variables

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pyoxigraph as ox

    from samgraf.library.header import NamedQuery, Parameter

    Resolve: TypeAlias = Callable[[str], str]
    BoundTerm: TypeAlias = ox.NamedNode | ox.Literal
else:
    Resolve = BoundTerm = object

_YEAR, _MONTH, _DAY = 4, 7, 10
_LAST_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def bind(query: NamedQuery, values: Mapping[str, str], resolve: Resolve) -> str:
    """Give the query's SPARQL with its parameters bound; ``resolve`` gives an entity's IRI from its name, id or IRI.

    Raises UsageError, naming the parameters that there are, for one that is missing, unknown or of the wrong type; and
    whatever ``resolve`` raises for a name that it does not know.
    """
    terms: dict[str, BoundTerm] = {}
    for name, text in values.items():
        parameter = query.parameter(name)
        if parameter is None:
            msg = f"there is no parameter {name!r}: {query.usage()}"
            raise UsageError(msg, "unknown-parameter", name=name)
        try:
            terms[name] = term(parameter, text, resolve)
        except ValueError as error:
            msg = f"{name}={text[:80]!r} {error}: {query.usage()}"
            raise UsageError(msg, "parameter-value", name=name, value=text[:80]) from error
    missing = [p.name for p in query.parameters if p.required and p.name not in terms]
    if missing:
        msg = f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing: {query.usage()}"
        raise UsageError(msg, "missing-parameter", names=", ".join(missing))
    return bind_terms(query.text, terms)


def bind_terms(text: str, terms: Mapping[str, object]) -> str:
    """Replace every ``$name`` that ``terms`` holds by that term, an RDF term or one that is written out as SPARQL has it.

    Others stay, as the variables that they are.
    """
    parts = []
    done = 0
    for start, end in variables(text):
        name = text[start + 1 : end]
        if name in terms:
            parts += [text[done:start], str(terms[name])]
            done = end
    return "".join([*parts, text[done:]])


def bind_plain(text: str, terms: Mapping[str, object]) -> str:
    """Do the same for one of our own queries, which has no ``$`` but its parameters.

    No lexer is made, which costs a cold call as much as all its reading.
    """
    return re.sub(r"\$(\w+)", lambda found: str(terms.get(found[1], found[0])), text)


def term(parameter: Parameter, text: str, resolve: Resolve) -> BoundTerm:
    """Give the RDF term of a parameter's value. Raises ValueError, with what was expected, when it is none."""
    import pyoxigraph as ox

    if parameter.type == "entity":
        if not text.strip():
            msg = "is empty"
            raise ValueError(msg)
        return ox.NamedNode(resolve(text))
    if parameter.type in ("class", "predicate"):
        return ox.NamedNode(_vocabulary(text))
    if parameter.type == "date":
        day = _day(text.strip(), last=parameter.name != "from")
        return ox.Literal(day, datatype=ox.NamedNode(XSD + "date"))
    if parameter.type == "number":
        return ox.Literal(*_number(text.strip()))
    if "\0" in text or any("\ud800" <= c <= "\udfff" for c in text):
        msg = "holds characters that no text can have"
        raise ValueError(msg)
    return ox.Literal(text)


def _vocabulary(text: str) -> str:
    """Give the IRI of a class or predicate: one of ours by name (``memberOf``, ``sam:memberOf``), or any IRI."""
    name = text.strip().removeprefix("sam:").removeprefix(SAM)
    if name.isascii() and name.isalpha():
        return SAM + name
    if name.startswith(("http://", "https://")):
        return name
    msg = "is no name of the ontology, such as Initiative or memberOf"
    raise ValueError(msg)


def _day(text: str, *, last: bool) -> str:
    """Give a day as ``YYYY-MM-DD``. A month or a year stands for its last day, or its first."""
    digits = text.replace("-", "")
    if digits.isascii() and digits.isdigit():
        if len(text) == _YEAR:
            text += "-12" if last else "-01"
        if len(text) == _MONTH and text[_YEAR] == "-" and 1 <= int(text[5:]) <= len(_LAST_DAYS):
            text += f"-{_last_day(int(text[:4]), int(text[5:])):02}" if last else "-01"
        if len(text) == _DAY:
            from datetime import date

            return date.fromisoformat(text).isoformat()
    msg = "is no day; write 2020-11-23, 2020-11 or 2020"
    raise ValueError(msg)


def _last_day(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else _LAST_DAYS[month - 1]


def _number(text: str) -> tuple[float] | tuple[int]:
    bare = text.removeprefix("-")
    if bare.isascii() and bare.replace(".", "", 1).isdigit() and len(bare) <= 18:
        return (float(text),) if "." in text else (int(text),)
    msg = "is no number; write 24 or 3.5"
    raise ValueError(msg)
