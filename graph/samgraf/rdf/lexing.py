"""The words of SPARQL text: where variables, names, strings, IRIs and comments stand (SPARQL 1.1, 19.8: the terminals).

It is no parser (pyoxigraph is): it tells the places where SPARQL would read a word from those where it would not. The
classes of characters are the grammar's own. Where a name could end in two places, the shorter reading is taken.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

# PN_CHARS_BASE, PN_CHARS_U, PN_CHARS
BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_MARKS = "\u00b7\u0300-\u036f\u203f-\u2040"
NAME = rf"\-{BASE}_0-9{_MARKS}"
_ESCAPE = r"\\[tbnrf\\\"']"

_GRAMMAR = rf"""
    (?P<comment>  \#[^\r\n]* )
  | (?P<iri>      <[^<>"{{}}|^`\\\x00-\x20]*> )
  | (?P<string>   \"\"\" (?:(?:\"\"?)?(?:[^"\\]|{_ESCAPE}))* \"\"\" | ''' (?:(?:''?)?(?:[^'\\]|{_ESCAPE}))* '''
                | "(?:[^"\\\r\n]|{_ESCAPE})*" | '(?:[^'\\\r\n]|{_ESCAPE})*' )
  | (?P<variable> [?$][{BASE}_0-9][{BASE}_0-9{_MARKS}]* )
  | (?P<blank>    _:[{BASE}_0-9][{NAME}]* )
  | (?P<language> @[A-Za-z]+(?:-[A-Za-z0-9]+)* )
  | (?P<name>     (?:[{BASE}](?:[{NAME}.]*[{NAME}])?)?:(?:[{BASE}_:0-9][{NAME}:]*)? )
  | (?P<word>     [{BASE}_][{NAME}]* )
  | (?P<number>   [0-9]+ )
  | (?P<sign>     [^\s] )
"""


class Token(NamedTuple):
    """A piece of SPARQL text: its kind (a group of the grammar above), start and end, and how many braces are open."""

    kind: str
    start: int
    end: int
    depth: int


@cache
def _lexer() -> re.Pattern[str]:
    return re.compile(_GRAMMAR, re.VERBOSE)


def tokens(text: str) -> Iterator[Token]:
    """Yield the pieces of SPARQL text in order, all but white space."""
    depth = 0
    for match in _lexer().finditer(text):
        kind = match.lastgroup or "sign"
        if kind == "sign":
            sign = match[0]
            depth += (sign == "{") - (sign == "}")
        yield Token(kind, match.start(), match.end(), depth)


@lru_cache(maxsize=64)
def variables(text: str) -> tuple[tuple[int, int], ...]:
    """Give where ``$name`` stands as a variable in SPARQL text: start and end (SPARQL 1.1, 19.8: VAR2)."""
    if "$" not in text:
        return ()
    found = (token for token in tokens(text) if token.kind == "variable")
    return tuple((token.start, token.end) for token in found if text[token.start] == "$")


def names_graphs(sparql: str) -> bool:
    """Tell whether a query says itself which graphs it is about (``FROM``, SPARQL 1.1, 13.2)."""
    if "from" not in sparql.lower():
        return False
    before = ""
    for token in tokens(sparql):
        word = sparql[token.start : token.end].lower()
        if token.kind == "word" and (word == "from" or (token.depth == 0 and word.startswith("from"))):
            return True
        if token.kind == "name" and token.depth == 0 and word.startswith("from") and before != "prefix":
            return True  # 'FROM:x' is read as FROM and the name ':x'
        before = word
    return False


def form_of(sparql: str) -> str:
    """Tell what a query gives: ``rows``, ``boolean`` or ``graph``; ``rows`` too for what no parser would take."""
    forms = {"select": "rows", "ask": "boolean", "construct": "graph", "describe": "graph"}
    for token in tokens(sparql):
        if token.kind == "word" and (found := forms.get(sparql[token.start : token.end].lower())):
            return found
    return "rows"
