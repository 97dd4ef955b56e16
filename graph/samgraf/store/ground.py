"""What a question is read against: claims, things and words of the snapshot's index, fetched when asked for and kept."""

from __future__ import annotations

import json
from array import array
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from samgraf.language.fold import stems_of
from samgraf.model import Entity, Text
from samgraf.model.text import FIRST
from samgraf.store.kept import claim_of, period_of
from samgraf.store.names import LABEL
from samgraf.store.terms import Terms

if TYPE_CHECKING:
    from collections.abc import Iterable

    from samgraf.model import Claim

SUBJECT, OBJECT, VALUE, ROLE, START, UNTIL, BEHALF = "s", "o", "v", "r", "f", "u", "b"
"""The places of a claim: its ends, its value, in what role, from when, until when, on whose behalf."""


def names_of(entity: Entity) -> list[str]:
    """Give all names of an entity, labels first."""
    return [*entity.label.values(), *entity.aliases, *entity.abbreviations]


class Phrase(NamedTuple):
    """Words that stand for something: ``kind`` is what sort of thing, ``key`` which, ``slot`` in what direction."""

    stems: tuple[str, ...]
    kind: str
    key: str
    slot: str
    lang: str


class Ground(Terms):
    """The index of one snapshot, opened read-only, with its terms."""

    def __init__(self, folder: str) -> None:
        super().__init__(folder)
        self._claims: dict[int, Claim] = {}
        self._things: dict[str, Entity] = {}
        self._groups: dict[tuple[str, str, str], list[int]] = {}
        self._same: dict[str, str] = {}
        self._own: dict[int, frozenset[str]] = {}
        self._beside: dict[int, frozenset[str]] = {}
        self._told: dict[int, frozenset[str]] = {}
        self._names: dict[str, frozenset[str]] = {}
        self._degree: dict[str, int] = {}

    def get(self, name: str) -> Entity:
        """Give an entity, as a mapping of entities does."""
        return self.thing(name)

    # --- claims

    def claim(self, number: int) -> Claim:
        """Give a claim by its number in the index."""
        found = self._claims.get(number)
        if found is None:
            self.fetch((number,))
            found = self._claims[number]
        return found

    def fetch(self, numbers: Iterable[int]) -> None:
        """Read many claims at once."""
        wanted = [n for n in numbers if n not in self._claims]
        for at in range(0, len(wanted), 500):
            part = wanted[at : at + 500]
            marks = ",".join("?" * len(part))
            for number, data in self.db.execute(f"SELECT id, data FROM fact WHERE id IN ({marks})", part):
                fields = json.loads(data)
                self._own[number] = frozenset(fields.pop("own", ()))
                self._beside[number] = frozenset(fields.pop("beside", ()))
                self._told[number] = frozenset(fields.pop("told", ()))
                self._claims[number] = claim_of(fields)

    def called_claim(self, name: str) -> list[Claim]:
        """Give the claim with this id, if there is one."""
        found = self.db.execute("SELECT id FROM fact WHERE name = ?", (name,)).fetchall()
        return [self.claim(row[0]) for row in found]

    def group(self, relation: str, place: str, end: str) -> list[int]:
        """Give the numbers of all claims with this relation (any where empty) and this entity in this place."""
        key = relation, place, end
        if key not in self._groups:
            column = "s" if place == SUBJECT else "o"
            if relation:
                found = self.db.execute(
                    f"SELECT id FROM fact WHERE {column} = ? AND p = ? ORDER BY id", (end, relation)
                )
            else:
                found = self.db.execute(f"SELECT id FROM fact WHERE {column} = ? ORDER BY id", (end,))
            self._groups[key] = [row[0] for row in found]
        return self._groups[key]

    def fetch_groups(self, wanted: Iterable[tuple[str, str, str]]) -> None:
        """Read the claims of many groups (relation, place, end) at once."""
        missing = [key for key in dict.fromkeys(wanted) if key not in self._groups]
        for place, column in ((SUBJECT, "s"), (OBJECT, "o")):
            keys = [key for key in missing if key[1] == place]
            self._groups.update((key, []) for key in keys)
            for at in range(0, len(keys), 250):
                part = keys[at : at + 250]
                rows = self.db.execute(
                    f"WITH wanted(p, e) AS (VALUES {','.join(['(?,?)'] * len(part))}) SELECT wanted.p, wanted.e, id"
                    f" FROM wanted CROSS JOIN fact ON fact.{column} = wanted.e AND fact.p = wanted.p ORDER BY id",
                    [field for relation, _, end in part for field in (relation, end)],
                )
                for relation, end, number in rows:
                    self._groups[relation, place, end].append(number)
        self.fetch(n for key in missing for n in self._groups[key])

    def about(self, end: str) -> list[int]:
        """Give the numbers of all claims with this entity at either end."""
        return sorted({*self.group("", SUBJECT, end), *self.group("", OBJECT, end)})

    def all_of(self, relation: str, limit: int = 2000) -> list[int]:
        """Give the numbers of all claims with a relation."""
        return [r[0] for r in self.db.execute("SELECT id FROM fact WHERE p = ? ORDER BY id LIMIT ?", (relation, limit))]

    def best(self, weights: dict[str, float], limit: int) -> list[tuple[int, float]]:
        """Give the claims that these stems point at (BM25), the best first, with their scores."""
        scores: dict[int, float] = {}
        marks = ",".join("?" * len(weights))
        for stem, idf, facts, impacts in self.db.execute(
            f"SELECT stem, idf, facts, weights FROM posting WHERE stem IN ({marks}) ORDER BY stem", list(weights)
        ):
            weight = weights[stem] * idf
            numbers, values = array("I"), array("f")
            numbers.frombytes(facts)
            values.frombytes(impacts)
            for number, value in zip(numbers, values, strict=True):
                scores[number] = scores.get(number, 0.0) + weight * value
        return sorted(scores.items(), key=lambda s: (-s[1], s[0]))[:limit]

    def rarity(self, stems: Iterable[str]) -> dict[str, float]:
        """Give how telling each of these stems is: its inverse frequency; those that no claim has are left out."""
        wanted = list(stems)
        marks = ",".join("?" * len(wanted))
        return dict(self.db.execute(f"SELECT stem, idf FROM posting WHERE stem IN ({marks})", wanted))

    # --- things

    def thing(self, name: str) -> Entity:
        """Give an entity by id; one that is not there is known by its id alone."""
        if name not in self._things:
            row = self.db.execute("SELECT data FROM thing WHERE id = ?", (name,)).fetchone()
            self._things[name] = self._thing(name, json.loads(row[0]) if row else {})
        return self._things[name]

    def fetch_things(self, names: Iterable[str]) -> None:
        """Read many entities at once."""
        wanted = sorted({n for n in names if n not in self._things})
        for at in range(0, len(wanted), 500):
            part = wanted[at : at + 500]
            for name, data in self.db.execute(
                f"SELECT id, data FROM thing WHERE id IN ({','.join('?' * len(part))})", part
            ):
                self._things[name] = self._thing(name, json.loads(data))

    def _thing(self, name: str, data: dict[str, Any]) -> Entity:
        self._degree[name] = data.pop("degree", 0)
        self._names[name] = frozenset(data.pop("stems", ()))
        data.setdefault("id", name)
        data["types"] = tuple(data.get("types", ()))
        data["label"] = Text(data.get("label") or {FIRST: name})
        for key in ("aliases", "abbreviations"):
            data[key] = tuple(data.get(key, ()))
        data["life"] = period_of(data.get("life"))
        return Entity(**data)

    def degree(self, name: str) -> int:
        """Give in how many claims an entity stands."""
        self.thing(name)
        return self._degree[name]

    def is_a(self, name: str, kinds: Iterable[str]) -> bool:
        """Tell whether an entity is of one of these classes, or of one below."""
        wanted = set(kinds)
        return any(t in self.kinds and not self.kinds[t].supers.isdisjoint(wanted) for t in self.thing(name).types)

    def kinds_qualify(self, name: str) -> bool:
        """Tell whether an entity only says something of others (a role, a status, a unit of measure)."""
        return any(t in self.kinds and self.kinds[t].qualifier for t in self.thing(name).types)

    def called(self, keys: Iterable[str]) -> dict[str, list[tuple[str, int]]]:
        """Give, for each of these names in stems, the entities that bear it and as what (label, alias, abbreviation, code)."""
        wanted = list(dict.fromkeys(keys))
        found: dict[str, list[tuple[str, int]]] = {}
        for at in range(0, len(wanted), 500):
            part = wanted[at : at + 500]
            rows = self.db.execute(
                f"SELECT stems, entity, kind FROM called WHERE stems IN ({','.join('?' * len(part))}) ORDER BY stems, kind, entity",
                part,
            )
            for stems, entity, kind in rows:
                found.setdefault(stems, []).append((entity, kind))
        return found

    def same(self, stems: Iterable[str]) -> dict[str, str]:
        """Give, for each of these stems, the one that stands for all its synonyms: itself where it has none."""
        wanted = [s for s in stems if s not in self._same]
        if wanted:
            self._same.update((s, s) for s in wanted)
            rows = self.db.execute(f"SELECT stem, as_ FROM same WHERE stem IN ({','.join('?' * len(wanted))})", wanted)
            self._same.update(dict(rows))
        return self._same

    def phrases(self, words: Iterable[str]) -> list[Phrase]:
        """Give all phrases that begin with one of these stems or written words."""
        wanted = list(dict.fromkeys(words))
        rows = self.db.execute(
            "SELECT stems, kind, key, slot, lang FROM phrase WHERE first IN"
            f" ({','.join('?' * len(wanted))}) ORDER BY stems, kind, key, slot, lang",
            wanted,
        )
        return [Phrase(tuple(stems.split(" ")), *rest) for stems, *rest in rows]

    def known(self, word: str) -> bool:
        """Tell whether a written (folded) word stands in a name or a phrase."""
        return self.db.execute("SELECT 1 FROM known WHERE word = ?", (word,)).fetchone() is not None

    def asking(self) -> list[str]:
        """Give the words that questions begin with, of three letters or more, as they are written."""
        rows = self.db.execute(
            "SELECT DISTINCT first FROM phrase WHERE kind = 'asks' AND length(first) > 2 ORDER BY first"
        )
        return [row[0] for row in rows]

    def written_as_one(self, word: str) -> list[str] | None:
        """Give the words of a question phrase that is written as one word, if it is one."""
        row = self.db.execute(
            "SELECT stems FROM phrase WHERE kind = 'asks' AND replace(stems, ' ', '') = ? AND stems <> ?", (word, word)
        ).fetchone()
        return row[0].split(" ") if row else None

    def asking_tail(self, word: str) -> str | None:
        """Give the noun for a kind of answer that a compound ends in: the 'frist' of 'svarfrist'."""
        row = self.db.execute(
            "SELECT stems FROM phrase WHERE kind = 'noun' AND length(stems) >= 4 AND length(stems) < length(?) - 1"
            " AND substr(?, -length(stems)) = stems ORDER BY length(stems) DESC",
            (word, word),
        ).fetchone()
        return row[0] if row else None

    def known_near(self, word: str, shorter: int = 1) -> list[tuple[str, int]]:
        """Give the known words of about this length, and whether each is of a name (0) or of a phrase (1)."""
        return list(
            self.db.execute(
                "SELECT word, kind FROM known WHERE length(word) BETWEEN ? AND ?", (len(word) - shorter, len(word) + 1)
            )
        )

    # --- words

    def name_stems(self, name: str) -> frozenset[str]:
        """Give the stems of all names of an entity."""
        self.thing(name)
        return self._names.get(name, frozenset())

    def own(self, number: int) -> frozenset[str]:
        """Give the stems of a claim's own words: value, measure, population, unit, role and on whose behalf."""
        self.claim(number)
        return self._own[number]

    def beside(self, number: int) -> frozenset[str]:
        """Give the stems of what stands beside a claim: its note and the heading over it."""
        self.claim(number)
        return self._beside[number]

    def told(self, number: int) -> frozenset[str]:
        """Give the codes of the words of a claim's passages (`samgraf.language.fold.code`)."""
        self.claim(number)
        return self._told[number]

    def alike(self, stem: str) -> list[str]:
        """Give a stem and all that the lexicon has as the same word."""
        rows = self.db.execute("SELECT stem FROM same WHERE as_ = ?", (self.same((stem,))[stem],)).fetchall()
        return [stem, self._same[stem], *(row[0] for row in rows)]

    @lru_cache(maxsize=2000)  # noqa: B019
    def label_stems(self, text: str) -> tuple[str, ...]:
        """Give the stems of a relation's label, in order."""
        return tuple(stems_of(text))

    def label(self, name: str, language: str) -> str:
        """Give the label of an entity."""
        return self.thing(name).label.within(language)

    def named_exactly(self, name: str, stems: str) -> bool:
        """Tell whether these stems are one of the entity's labels."""
        return (name, LABEL) in self.called([stems]).get(stems, [])
