"""Where variables, strings, IRIs and comments stand in SPARQL text, and whether a query names its own graphs.

It is no parser (pyoxigraph is): it tells the places where SPARQL would read a word from those where it would not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def variables(text: str) -> Iterator[tuple[int, int]]:
    """Yield where ``$name`` stands as a variable in SPARQL text: start and end (SPARQL 1.1, 19.8: VAR2)."""
    for kind, start, end in _pieces(text):
        if kind == "$":
            yield start, end


def hidden(text: str) -> Iterator[tuple[int, int]]:
    """Yield where strings, IRIs and comments stand in SPARQL text: what in them looks like SPARQL is none."""
    for kind, start, end in _pieces(text):
        if kind != "$":
            yield start, end


def _pieces(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield variables, comments, strings and IRIs in order: the sign that they begin with, start and end."""
    at, length = 0, len(text)
    while at < length:
        sign = text[at]
        start = at
        at += 1
        if sign == "$":
            while at < length and (text[at].isalnum() or text[at] == "_"):
                at += 1
            if at == start + 1:
                continue
        elif sign == "#":
            at = _after(text, "\n", start)
        elif sign in "\"'":
            at = _string(text, start)
        elif sign == "<":
            end = text.find(">", start)
            if end < 0 or any(c in ' \n\t<"{}|^`\\' for c in text[start + 1 : end]):
                continue
            at = end + 1
        else:
            continue
        yield sign, start, at


def _after(text: str, sign: str, at: int) -> int:
    found = text.find(sign, at)
    return len(text) if found < 0 else found + len(sign)


def _string(text: str, at: int) -> int:
    """Give the place after the string that begins here: of one or three quotation marks, with backslash escapes."""
    mark = text[at] * 3 if text.startswith(text[at] * 3, at) else text[at]
    at += len(mark)
    while at < len(text):
        if text[at] == "\\":
            at += 2
        elif text.startswith(mark, at):
            return at + len(mark)
        elif len(mark) == 1 and text[at] == "\n":
            return at
        else:
            at += 1
    return len(text)


def names_graphs(sparql: str) -> bool:
    """Tell whether a query says itself which graphs it is about (``FROM``, SPARQL 1.1, 13.2), outside strings and IRIs."""
    if "from" not in sparql.lower():
        return False
    code = []
    done = 0
    for start, end in hidden(sparql):
        code.append(sparql[done:start])
        done = end
    words = " ".join([*code, sparql[done:]]).replace("{", " ").replace("}", " ").split()
    return any(word.upper() == "FROM" for word in words)
