"""Reading the snapshot's index: names, words, claims, lexicon. Everything is fetched when asked for, and kept."""

from __future__ import annotations

import os
import sqlite3
from typing import NamedTuple

from samgraf.store.names import CLAIM_WORD, ENTITY_WORD, FILE


class Entity(NamedTuple):
    """An entity: row number in the index, IRI, direct types (the most telling first), labels, number of claims."""

    number: int
    iri: str
    types: tuple[str, ...]
    da: str
    en: str
    degree: int

    def label(self, language: str) -> str:
        """Give the label in ``da`` or ``en``."""
        return self.en if language == "en" else self.da


class ClaimRow(NamedTuple):
    """A claim as the index has it; entities by row number, words as stems."""

    id: int
    iri: str
    s: int
    p: str
    o: int | None
    role: int | None
    behalf: int | None
    unit: int | None
    document: int | None
    datatype: str | None
    da: str | None
    en: str | None
    start: str | None
    start_earliest: str | None
    start_latest: str | None
    until: str | None
    until_earliest: str | None
    until_latest: str | None
    value_earliest: str | None
    value_latest: str | None
    modality: str
    superseded: int
    derived: int
    complete: str | None
    kind: str | None
    own_da: str
    own_en: str
    own: str
    beside: str

    def at(self, slot: str) -> int | None:
        """Give the entity in a slot: s subject, o object, b on whose behalf, r role; None for slots that hold values."""
        if slot == "s":
            return self.s
        if slot == "o":
            return self.o
        return self.behalf if slot == "b" else self.role if slot == "r" else None

    def far(self, entity: int) -> int | None:
        """Give the end of the claim that is not this entity."""
        return self.o if self.s == entity else self.s


class Index:
    """The index of one snapshot, opened read-only."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.db = sqlite3.connect(f"file:{os.path.join(folder, FILE)}?mode=ro&immutable=1", uri=True)
        self._entities: dict[int, Entity] = {}
        self._claims: dict[int, ClaimRow] = {}
        self._about: dict[int, list[ClaimRow]] = {}
        self._is_a: dict[tuple[tuple[str, ...], frozenset[str]], bool] = {}
        self.instants = {r[0] for r in self.db.execute("SELECT name FROM predicate WHERE instant")}
        self._written: dict[int, tuple[str, str] | None] = {}
        self.classes: dict[str, tuple[frozenset[str], str, str]] = {
            name: (frozenset(supers.split()), da, en)
            for name, supers, da, en in self.db.execute("SELECT name, supers, da, en FROM class")
        }

    def entity(self, number: int) -> Entity:
        """Give the entity with this row number."""
        if number not in self._entities:
            self._load_entities([number])
        return self._entities[number]

    def _load_entities(self, numbers: list[int]) -> None:
        missing = [n for n in numbers if n not in self._entities]
        for at in range(0, len(missing), 500):
            part = missing[at : at + 500]
            marks = ",".join("?" * len(part))
            for row in self.db.execute(
                f"SELECT id, iri, types, da, en, degree FROM entity WHERE id IN ({marks})", part
            ):
                self._entities[row[0]] = Entity(row[0], row[1], tuple(row[2].split()), row[3], row[4], row[5])

    def is_a(self, entity: Entity, wanted: frozenset[str]) -> bool:
        """Tell whether an entity is of one of these classes or below it."""
        key = (entity.types, wanted)
        if key not in self._is_a:
            self._is_a[key] = any(wanted & self.classes[t][0] for t in entity.types if t in self.classes)
        return self._is_a[key]

    def written(self, document: int | None) -> tuple[str, str] | None:
        """Give the first and the last day on which a document can have been written; None where that is not known."""
        if document is not None and document not in self._written:
            row = self.db.execute("SELECT earliest, latest FROM document WHERE entity = ?", (document,)).fetchone()
            self._written[document] = row
        return self._written[document] if document is not None else None

    def aliases(self, numbers: list[int]) -> dict[int, list[str]]:
        """Give the names of these entities, each as stems joined by blanks."""
        found: dict[int, list[str]] = {}
        for at in range(0, len(numbers), 500):
            part = numbers[at : at + 500]
            marks = ",".join("?" * len(part))
            for number, joined in self.db.execute(f"SELECT entity, tokens FROM alias WHERE entity IN ({marks})", part):
                found.setdefault(number, []).append(joined)
        return found

    def about(self, number: int, limit: int = 1500) -> list[ClaimRow]:
        """Give the claims in which an entity is subject or object, at most ``limit``."""
        if number not in self._about:
            rows = self.db.execute("SELECT * FROM claim WHERE s = ?1 OR o = ?1 LIMIT ?2", (number, limit)).fetchall()
            self._about[number] = self._keep(rows)
        return self._about[number]

    def claims(self, ids: list[int]) -> list[ClaimRow]:
        """Give the claims with these row numbers."""
        missing = [i for i in ids if i not in self._claims]
        for at in range(0, len(missing), 500):
            part = missing[at : at + 500]
            marks = ",".join("?" * len(part))
            self._keep(self.db.execute(f"SELECT * FROM claim WHERE id IN ({marks})", part).fetchall())
        return [self._claims[i] for i in ids if i in self._claims]

    def on_behalf(self, number: int) -> list[ClaimRow]:
        """Give the claims in which somebody acts on behalf of this entity."""
        return self._keep(self.db.execute("SELECT * FROM claim WHERE behalf = ?", (number,)).fetchall())

    def _keep(self, rows: list[tuple[object, ...]]) -> list[ClaimRow]:
        kept = []
        for row in rows:
            claim = ClaimRow(*row)  # type: ignore[arg-type]
            kept.append(self._claims.setdefault(claim.id, claim))
        return kept

    def preload(self, claims: list[ClaimRow]) -> None:
        """Fetch all entities that these claims speak of in one go."""
        numbers = {n for c in claims for n in (c.s, c.o, c.role, c.behalf, c.unit, c.document) if n is not None}
        self._load_entities(sorted(numbers))

    def frequency(self, tokens: list[str]) -> dict[str, int]:
        """Give how often each of these stems occurs; those that do not occur are left out."""
        marks = ",".join("?" * len(tokens))
        return dict(self.db.execute(f"SELECT token, df FROM token WHERE token IN ({marks})", tokens))

    def beginning_with(self, stem: str, limit: int = 40) -> list[str]:
        """Give the stems that begin so."""
        rows = self.db.execute(
            "SELECT token FROM token WHERE token > ? AND token < ? LIMIT ?", (stem, stem + "\U0010ffff", limit)
        )
        return [row[0] for row in rows]

    def ending_with(self, stem: str, limit: int = 40) -> list[str]:
        """Give the stems that end so."""
        back = stem[::-1]
        rows = self.db.execute(
            "SELECT token FROM token WHERE reversed > ? AND reversed < ? LIMIT ?", (back, back + "\U0010ffff", limit)
        )
        return [row[0] for row in rows]

    def like(self, stem: str) -> list[str]:
        """Give stems of about this length that begin or end with the same two letters: candidates for a misspelling."""
        rows = self.db.execute(
            "SELECT token FROM token WHERE ((token >= ?1 AND token < ?1 || char(1114111))"
            " OR (reversed >= ?2 AND reversed < ?2 || char(1114111)))"
            " AND length(token) BETWEEN ?3 AND ?4 LIMIT 3000",
            (stem[:2], stem[::-1][:2], len(stem) - 1, len(stem) + 1),
        )
        return [row[0] for row in rows]

    def lexicon_words(self, stem: str) -> list[str]:
        """Give single words of the lexicon that begin as this stem does and are about as long."""
        rows = self.db.execute(
            "SELECT DISTINCT phrase FROM lexicon WHERE phrase >= ?1 AND phrase < ?1 || char(1114111)"
            " AND length(phrase) BETWEEN ?2 AND ?3 AND kind IN ('relations', 'kinds') AND phrase NOT LIKE '% %'",
            (stem[:2], len(stem) - 1, len(stem) + 1),
        )
        return [row[0] for row in rows]

    def held(self, earliest: str, latest: str, limit: int = 4) -> list[int]:
        """Give what was held between these days."""
        rows = self.db.execute(
            "SELECT DISTINCT s FROM claim WHERE p = 'heldOn' AND value_earliest BETWEEN ?1 AND ?2 AND value_latest <= ?2 LIMIT ?3",
            (earliest, latest, limit),
        )
        return [row[0] for row in rows]

    def postings(self, token: str, limit: int = 3000) -> tuple[list[int], list[int]]:
        """Give the entities whose names, and the claims whose words, hold this stem."""
        entities: list[int] = []
        claims: list[int] = []
        for what, ref in self.db.execute("SELECT what, ref FROM posting WHERE token = ? LIMIT ?", (token, limit)):
            (entities if what == ENTITY_WORD else claims if what == CLAIM_WORD else []).append(ref)
        return entities, claims

    def lexicon(self, phrases: list[str]) -> dict[str, list[tuple[str, str]]]:
        """Give what the lexicon says of these phrases (stems joined by blanks): section and key."""
        found: dict[str, list[tuple[str, str]]] = {}
        for at in range(0, len(phrases), 500):
            part = phrases[at : at + 500]
            marks = ",".join("?" * len(part))
            for phrase, kind, key in self.db.execute(
                f"SELECT phrase, kind, key FROM lexicon WHERE phrase IN ({marks})", part
            ):
                found.setdefault(phrase, []).append((kind, key))
        return found

    def group(self, key: str) -> list[str]:
        """Give all phrases of a group of synonyms."""
        return [r[0] for r in self.db.execute("SELECT phrase FROM lexicon WHERE kind = 'synonyms' AND key = ?", (key,))]

    def named(self, folded: list[str]) -> dict[str, list[int]]:
        """Give the entities that bear exactly these folded names."""
        found: dict[str, list[int]] = {}
        for at in range(0, len(folded), 500):
            part = folded[at : at + 500]
            marks = ",".join("?" * len(part))
            for name, number in self.db.execute(
                f"SELECT n.folded, n.entity FROM name n JOIN entity e ON e.id = n.entity WHERE n.folded IN ({marks})"
                " ORDER BY n.kind, e.degree DESC",
                part,
            ):
                found.setdefault(name, []).append(number)
        return found
