"""The vocabulary as a snapshot's index has it, for who reads questions and answers without a query."""

from __future__ import annotations

import json
import os
import sqlite3
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from samgraf.model import Moment, Text
from samgraf.model.text import FIRST
from samgraf.store.names import FILE

if TYPE_CHECKING:
    from collections.abc import Iterable


class Relation(NamedTuple):
    """A relation as the vocabulary has it."""

    name: str
    label: Text
    inverse: Text
    kind: str
    family: str
    moment: str
    involvement: str
    actor_side: str
    denies: str
    symmetric: bool
    instant: bool
    derived: bool
    subject_types: frozenset[str]
    object_types: frozenset[str]
    supers: frozenset[str]
    order: int


class Kind(NamedTuple):
    """A class as the vocabulary has it."""

    name: str
    label: Text
    plural: Text
    supers: frozenset[str]
    qualifier: bool
    order: int


class Way(NamedTuple):
    """A kind of involvement, or in what way an actor is involved: itself, or through what."""

    name: str
    label: Text


class Dating(NamedTuple):
    """What a dated claim dates: the end of the life span that it bounds, and the tense past where it cannot lie ahead."""

    name: str
    bounds: str
    tense: str


class Terms:
    """The terms of one snapshot's index, opened read-only: relations, classes, kinds of involvement and what dates date.

    What is asked of them by name is as in `samgraf.vocabulary.terms.Vocabulary`.
    """

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.db = sqlite3.connect(f"file:{os.path.join(folder, FILE)}?mode=ro&immutable=1", uri=True)

    def _terms(self, kind: str) -> Any:
        return json.loads(self.db.execute("SELECT data FROM terms WHERE kind = ?", (kind,)).fetchone()[0])

    @cached_property
    def relations(self) -> dict[str, Relation]:
        """All relations by name."""
        made = (
            Relation._make(
                [r[0], Text(r[1]), Text(r[2]), *r[3:12], frozenset(r[12]), frozenset(r[13]), frozenset(r[14]), r[15]]
            )
            for r in self._terms("predicates")
        )
        return {r.name: r for r in made}

    @cached_property
    def kinds(self) -> dict[str, Kind]:
        """All classes by name."""
        return {k[0]: Kind(k[0], Text(k[1]), Text(k[2]), frozenset(k[3]), k[4], k[5]) for k in self._terms("classes")}

    @cached_property
    def involvements(self) -> dict[str, Way]:
        """The kinds of involvement by name."""
        return {name: Way(name, Text(label)) for name, label in self._terms("involvements")}

    @cached_property
    def ways(self) -> dict[str, Way]:
        """The ways of being involved (itself, or through what) by name."""
        return {name: Way(name, Text(label)) for name, label in self._terms("ways")}

    @cached_property
    def moments(self) -> dict[str, Dating]:
        """What dated claims date, by name."""
        return {m[0]: Dating(*m) for m in self._terms("moments")}

    def predicate(self, name: str) -> Relation:
        """Give a relation; one that is not declared is known by its name alone (as `Vocabulary.predicate` does)."""
        nothing: frozenset[str] = frozenset()
        return self.relations.get(name) or Relation(
            name,
            Text({FIRST: name}),
            Text(),
            "object",
            "",
            "",
            "",
            "",
            "",
            False,
            False,
            False,
            nothing,
            nothing,
            nothing,
            0,
        )

    def kind_of(self, types: Iterable[str]) -> Kind:
        """Give the most telling class of these (as `Vocabulary.kind_of` does)."""
        names = list(types)
        found = next((self.kinds[t] for t in names if t in self.kinds), None)
        return found or Kind("", Text({FIRST: names[0] if names else ""}), Text(), frozenset(), False, 0)

    @cached_property
    def documents(self) -> dict[str, tuple[Text, Moment | None]]:
        """Label and date of the documents, by id."""
        return {d[0]: (Text(d[1]), Moment(*d[2]) if d[2] else None) for d in self._terms("documents")}

    @cached_property
    def answering(self) -> dict[str, frozenset[str]]:
        """What may answer a question word: names of classes, families and relations."""
        found: dict[str, set[str]] = {}
        for stems, key in self.db.execute("SELECT stems, key FROM phrase WHERE first = '' AND kind = 'answers'"):
            found.setdefault(key, set()).add(stems)
        return {key: frozenset(names) for key, names in found.items()}

    @cached_property
    def contractions(self) -> list[tuple[str, str]]:
        """What the languages write as one word and mean as two: as it is written, and in full."""
        rows = self.db.execute("SELECT stems, key FROM phrase WHERE first = '' AND kind = 'contraction'")
        return sorted(rows, key=lambda row: (-len(row[0]), row[0]))
