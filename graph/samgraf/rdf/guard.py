"""What a query that is not ours may not do: make this machine ask another one, or be too large to be read.

It is a clear word to who wrote the query; what holds when a query gets past it is the sandbox, which has no network.
``FROM <…>`` is harmless: the store reads graphs that it has, and fetches none.
"""

from __future__ import annotations

import re

from samgraf.errors import UsageError
from samgraf.rdf.lexing import tokens

_SPACE = r"(?:\s|\#[^\r\n]*)*"
_CALL = re.compile(
    rf"(?:(?<![^\W\d])(?<![:?$@-])|(?<=true)|(?<=false))service{_SPACE}(?:silent{_SPACE})?(?:[<?$]|[^\s<>\"'{{}}|^`\\()]*:)",
    re.IGNORECASE,
)
_CODE_POINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
LONGEST = 200_000
DEEPEST = 200


class RefusedError(UsageError):
    """The query is understood and not run: it would reach out of this machine, or is too large."""


def check(sparql: str) -> None:
    """Refuse a query with SERVICE (SPARQL 1.1 Federated Query), written in any way, and one too large. Raises RefusedError.

    It errs on the safe side: a text in quotes that reads like a SERVICE clause is refused too, and a prefix of that name.
    """
    if len(sparql) > LONGEST:
        msg = f"the query has {len(sparql)} characters; the limit is {LONGEST}"
        raise RefusedError(msg, "query-too-long", length=len(sparql), limit=LONGEST)
    plain = _CODE_POINT.sub(_character, sparql)
    for text in {sparql, plain}:
        if _nesting(text) > DEEPEST:
            msg = f"the query is nested more than {DEEPEST} deep"
            raise RefusedError(msg, "query-too-deep", limit=DEEPEST)
        if "service" in text.lower() and (_CALL.search(text) or _calls(text)):
            msg = "SERVICE is refused: a query here asks no other endpoint"
            raise RefusedError(msg, "service-refused")


def _calls(text: str) -> bool:
    """Tell whether the word SERVICE stands where SPARQL could read it: by itself, joined to a word, or as a prefix."""
    for token in tokens(text):
        if token.kind in ("word", "name") and "service" in text[token.start : token.end].partition(":")[0].lower():
            return True
    return False


def _nesting(text: str) -> int:
    """Give how deep brackets stand in brackets, those in strings counted too; closing ones that were not opened count nothing."""
    deepest = depth = 0
    for sign in text:
        if sign in "{([":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in "})]":
            depth = max(depth - 1, 0)
    return deepest


def _character(match: re.Match[str]) -> str:
    """Give the character of an escape (SPARQL 1.1, 19.2)."""
    point = int(match[1] or match[2], 16)
    return chr(point) if point < 0x110000 else ""
