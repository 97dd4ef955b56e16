"""Which names the graph knows, and what a name in a document may be: known, like a known one, or new.

A name is compared folded, then however its parts are written, then by a skeleton that a reader's mistakes with letters leave
alone, then by likeness. Of persons only the very name is taken for the one known, and shown as such; a likeness is only offered.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from samgraf.language.fold import as_one, persons_spellings
from samgraf.language.fold import words as folded_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from samgraf.ingest.wordlists import Classes
    from samgraf.workspace import Workspace
    from samgraf.workspace.entries import Entity

_SOFT = re.compile(r"[aeiouyg4@0d&]+")
_LIKE, _LIKE_PERSON = 90.0, 84.0
_MOST = 3


class Match(NamedTuple):
    """What a name may be: the entity that it surely names (``id``), else those that are like it, best first."""

    id: str | None
    like: tuple[str, ...]


def folded(name: str) -> str:
    """Give a name in the form in which names are compared."""
    return " ".join(folded_words(name))


def skeleton(name: str) -> str:
    """Give a name without what readers get wrong (vowels, g, d for ø and å), so that 'Mgller' is 'Møller'."""
    return _SOFT.sub("", folded(name)).replace(" ", "-")


class Known:
    """The names of a workspace's entities, its layers included."""

    def __init__(self, workspace: Workspace, classes: Classes) -> None:
        self.person, self.actor = classes.person, classes.actor
        self.vocabulary = workspace.vocabulary
        self.entities: dict[str, Entity] = workspace.entities
        self._by_name: dict[str, list[str]] = defaultdict(list)
        self._by_one: dict[str, list[str]] = defaultdict(list)
        self._by_skeleton: dict[str, list[str]] = defaultdict(list)
        self._kinds: dict[str, str] = {}
        for entity in workspace.entities.values():
            self.learn(entity)

    def learn(self, entity: Entity) -> None:
        """Know an entity and what it is called from now on."""
        self.entities[entity.id] = entity
        self._kinds.clear()
        for name in dict.fromkeys((entity.label.da, entity.label.en or "", *entity.aliases, *entity.abbreviations)):
            if name:
                self._add(name, entity.id)
        for code in entity.identifiers.values():
            self._by_one[as_one(code)].append(entity.id)

    def _add(self, name: str, identifier: str) -> None:
        key, bones = folded(name), skeleton(name)
        if identifier not in self._by_name[key]:
            self._by_name[key].append(identifier)
        others = persons_spellings(name) if self.vocabulary.is_person(self.entities[identifier].types) else ()
        for one in map(as_one, (name, *others)):
            if identifier not in self._by_one[one]:
                self._by_one[one].append(identifier)
        if len(bones) > 3 and identifier not in self._by_skeleton[bones]:
            self._by_skeleton[bones].append(identifier)

    def is_a(self, identifier: str, *classes: str) -> bool:
        """Tell whether an entity is of one of these classes or below them."""
        return self.vocabulary.is_a(self.entities[identifier].types, frozenset(classes))

    def kind(self, name: str) -> str:
        """Tell what a name is: ``person``, ``organisation``, or nothing where it is unknown or something else."""
        if name not in self._kinds:
            ids = self._by_name.get(folded(name), [])
            person = any(self.is_a(i, self.person) for i in ids)
            actor = any(self.is_a(i, self.actor) and not self.is_a(i, self.person) for i in ids)
            self._kinds[name] = "person" if person else "organisation" if actor else ""
        return self._kinds[name]

    def find(self, name: str, wanted: str) -> Match:
        """Give what a name may be among the things of a class."""
        exact = self._of(self._by_name.get(folded(name), ()), wanted)
        if len(exact) == 1:
            return Match(exact[0], ())
        exact = exact or self._of(self._by_one.get(as_one(name), ()), wanted)
        if len(exact) == 1 and wanted != self.person:
            return Match(exact[0], ())
        if exact:
            return Match(None, tuple(exact[:_MOST]))
        bones = self._of(self._by_skeleton.get(skeleton(name), ()), wanted) if len(skeleton(name)) > 3 else []
        if len(bones) == 1 and wanted != self.person:
            return Match(bones[0], ())
        return Match(None, tuple(dict.fromkeys([*bones, *self._near(name, wanted)]))[:_MOST])

    def _of(self, ids: Iterable[str], wanted: str) -> list[str]:
        return [i for i in ids if self.is_a(i, wanted)]

    def _near(self, name: str, wanted: str) -> list[str]:
        from rapidfuzz import fuzz, process

        cutoff = _LIKE_PERSON if wanted == self.person else _LIKE
        found = process.extract(folded(name), self._by_name.keys(), scorer=fuzz.ratio, limit=8, score_cutoff=cutoff)
        return [i for key, _, _ in found for i in self._of(self._by_name[key], wanted)]
