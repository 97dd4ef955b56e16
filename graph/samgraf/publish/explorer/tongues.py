"""Which language another name is in: a page shows names of its own language only, and finds all of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from samgraf.language.fold import words
from samgraf.publish.explorer.tables import both

if TYPE_CHECKING:
    from collections.abc import Sequence

    from samgraf.model import Entity

_WORD = re.compile(r"[^\W\d_]+")


def other_names(entity: Entity) -> list[str]:
    """Give the aliases that say something: not those whose every word begins a word of the other names, for search finds them."""
    known = {word for name in both(entity.label) for word in words(name)}
    found = []
    for alias in dict.fromkeys(entity.aliases):
        own = words(alias)
        if not own or not all(any(word.startswith(one) for word in known) for one in own):
            found.append(alias)
            known.update(own)
    return found


def tongues(entities: Sequence[Entity], others: Sequence[Sequence[str]]) -> dict[int, str]:
    """Give for each entity with other names one letter a name: d for Danish, e for English, a blank where it may be either.

    An alias is of the language whose labels alone have a word of it; the labels of all entities tell which words those are.
    """
    labels = [both(e.label) for e in entities]
    danish = {word for da, _ in labels for word in _words(da)}
    english = {word for _, en in labels for word in _words(en)}
    only_danish, only_english = danish - english, english - danish
    found = {}
    for number, names in enumerate(others):
        letters = ""
        for alias in names:
            words = _words(alias)
            da, en = bool(words & only_danish), bool(words & only_english)
            letters += "d" if da and not en else "e" if en and not da else " "
        if letters.strip():
            found[number] = letters
    return found


def _words(text: str) -> set[str]:
    """Give the words of a text."""
    return set(_WORD.findall(text.lower()))
