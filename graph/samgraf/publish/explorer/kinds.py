"""What the page's data has of the vocabulary: kinds of involvement with their letters, classes of people, the order of things."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from samgraf.model.text import WRITTEN
from samgraf.publish.explorer.tables import NONE, named

if TYPE_CHECKING:
    from samgraf.vocabulary.terms import Vocabulary


def ordered(vocabulary: Vocabulary) -> list[Any]:
    """Give the kinds of involvement in their order."""
    return sorted(vocabulary.involvements.values(), key=lambda one: (one.order, one.name))


def involvements(vocabulary: Vocabulary) -> list[dict[str, Any]]:
    """Write the kinds of involvement, each with a letter of its own in each language, or two where none is left."""
    rows = [named(one.name, one.label) | {"collaborates": one.collaborates} for one in ordered(vocabulary)]
    for language in WRITTEN:
        taken: Counter[str] = Counter()
        for row in rows:
            letters = [c for c in row[language].upper() if c.isalpha()]
            chosen = next((c for c in letters if not taken[c]), row[language][:2].capitalize() or "•")
            taken[chosen] += 1
            row.setdefault("letter", {})[language] = chosen
    return rows


def people(vocabulary: Vocabulary) -> frozenset[str]:
    """Give the classes of people: those that alone can hold an office."""
    holders = {next(iter(p.subject_types)) for p in vocabulary.of_family("Office") if len(p.subject_types) == 1}
    above = {up for one in holders if one in vocabulary.classes for up in vocabulary.classes[one].supers - {one}}
    return frozenset(name for name, kind in vocabulary.classes.items() if kind.supers & (holders - above))


def place_of(name: str, vocabulary: Vocabulary) -> int:
    """Give the place of a kind of thing in its order, or -1."""
    order = [t.name for t in sorted(vocabulary.things.values(), key=lambda t: (t.order, t.name))]
    return order.index(name) if name in order else NONE
