"""What rules read: the predicates of all quads that can bear on what follows by them.

What has another predicate may change, and the same follows as before. Every IRI that a rule's text names is counted among
them, so that nothing of its form has to be understood but one thing: whether a predicate stands in it as a variable, which
reads all there is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.namespaces import RDF
from samgraf.rdf.lexing import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from samgraf.rdf.lexing import Token
    from samgraf.rdf.rules import Rule

_TYPE = RDF + "type"
_PATH = frozenset("/|^")
_ASIDE = frozenset(("select", "group", "order", "having", "limit", "offset", "values", "construct"))
_SUBJECT, _PREDICATE, _OBJECT, _NONE = range(4)


def read_by(rules: Iterable[Rule]) -> frozenset[str] | None:
    """Give the predicates that rules read; None when it may be all. Of a workspace's own rules nothing is presumed."""
    found: set[str] = set()
    for rule in rules:
        names = _named(rule.text) if rule.ours else None
        if names is None:
            return None
        found |= names
    return frozenset(found)


def _named(text: str) -> set[str] | None:
    """Give the IRIs that a rule names; None when a variable stands for a predicate in what it looks for."""
    prefixes: dict[str, str] = {}
    found = {_TYPE}
    places = _Places()
    declared = ""
    for token in tokens(text):
        word = text[token.start : token.end]
        if token.kind == "comment":
            continue
        if declared == "prefix":
            declared = word
        elif declared:
            prefixes[declared] = word[1:-1]
            declared = ""
        elif token.kind == "word" and word.lower() == "prefix":
            declared = "prefix"
        else:
            if token.kind == "name":
                prefix, _, local = word.partition(":")
                found.add(prefixes[f"{prefix}:"] + local)
            elif token.kind == "iri":
                found.add(word[1:-1])
            if places.step(token, word) == _PREDICATE and token.kind == "variable":
                return None
    return found


class _Places:
    """Tells of each word where in a triple it stands: subject, predicate, object, or in none."""

    def __init__(self) -> None:
        self._open = [_NONE]
        self._template = False

    def step(self, token: Token, word: str) -> int:
        """Take the next word and give its place."""
        sign = word if token.kind == "sign" else ""
        if sign in ("{", "("):
            aside = sign == "(" or self._template
            self._template = False
            self._open.append(_NONE if aside else _SUBJECT)
        elif sign in ("}", ")"):
            self._open.pop()
            if sign == "}" and len(self._open) > 1:
                self._open[-1] = _SUBJECT
            elif sign == ")" and self._open[-1] == _PREDICATE:  # a path in brackets
                self._open[-1] = _OBJECT
        elif token.kind == "word" and word.lower() in _ASIDE:
            self._template = word.lower() == "construct"
            self._open[-1] = _NONE
        elif token.kind == "word" and word not in ("a", "true", "false"):
            self._template = False
            self._open[-1] = self._open[-1] if self._open[-1] == _NONE else _SUBJECT
        elif sign:
            self._punctuated(sign)
        else:
            return self._item()
        return _NONE

    def _punctuated(self, sign: str) -> None:
        if self._open[-1] == _NONE:
            return
        if sign == ".":
            self._open[-1] = _SUBJECT
        elif sign == ";" or sign in _PATH:
            self._open[-1] = _PREDICATE
        elif sign == ",":
            self._open[-1] = _OBJECT

    def _item(self) -> int:
        place = self._open[-1]
        if place in (_SUBJECT, _PREDICATE):
            self._open[-1] = place + 1
        return place
