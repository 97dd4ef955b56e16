"""Which of the mentions that overlap are meant: the longer phrase, the longer name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.ask.question import EMPTY
from samgraf.store.names import CODE

if TYPE_CHECKING:
    from samgraf.ask.question import Mention, Question


def longest(question: Question) -> list[Mention]:
    """Leave out what is only a part of a longer phrase for another relation: 'skrevet under' is not 'skrevet'."""
    mentions, turning = question.relations, EMPTY.union(*question.operators.values(), EMPTY)
    whole = [m for m in mentions if max(m.words) - min(m.words) < len(m.words) and not m.words & turning]
    return [
        m
        for m in mentions
        if len(m.words) > 1 or m.words <= question.stop or not any(m.words < o.words and m.key != o.key for o in whole)
    ]


def whole_names(question: Question) -> list[tuple[frozenset[int], tuple[tuple[str, int], ...]]]:
    """Give the names that are not inside a longer one, and those inside that name something else as a whole word of its own."""
    found = []
    for name in question.names:
        inside = [o for o in question.names if name.words < o.words]
        if inside and not (len(name.words) > 1 and len(inside) == 1 and len(inside[0].words - name.words) > 2):
            continue
        bearers = tuple(b for b in name.bearers if b[1] != CODE or len(question.said(name.words)) > 1)
        if bearers:
            found.append((name.words, bearers))
    return found
