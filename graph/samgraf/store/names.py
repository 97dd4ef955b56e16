"""Names to entities: an index on disk, so that looking up a name costs the same in a large graph as in a small one.

A name is folded before it is compared: case, accents and the several ways of writing æ, ø and å (``ae``, ``a``, ``aa`` …)
make no difference. One that is not found so may be written in other parts ('voksen-cirklen'), or be a person's with initials
or the last name first: the table ``spelling`` has all these as one word. Trigrams (SQLite FTS5) find candidates for a misspelt
name; rapidfuzz ranks them.
"""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from samgraf.language.fold import as_one, fold, persons_spellings, words
from samgraf.model.text import WRITTEN, Text
from samgraf.namespaces import ENTITY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from samgraf.model import Entity
    from samgraf.workspace import Workspace

FILE = "index.sqlite"

_TABLES = ("entity", "name", "spelling", "near", "near_name")
_SCHEMA = """
CREATE TABLE entity (id INTEGER PRIMARY KEY, iri TEXT UNIQUE, types TEXT, da TEXT, en TEXT, degree INTEGER);
CREATE TABLE name (folded TEXT, kind INTEGER, entity INTEGER, text TEXT, PRIMARY KEY (folded, kind, entity)) WITHOUT ROWID;
CREATE TABLE spelling (one TEXT, kind INTEGER, entity INTEGER, text TEXT, PRIMARY KEY (one, kind, entity)) WITHOUT ROWID;
CREATE VIRTUAL TABLE near USING fts5(folded, content='', tokenize='trigram');
CREATE TABLE near_name (id INTEGER PRIMARY KEY, folded TEXT, text TEXT, entity INTEGER);
"""

LABEL, ALIAS, ABBREVIATION, CODE, SPELLING, OTHER_WORDS = 0, 1, 2, 3, 4, 5
NAME_WORD, PHRASE_WORD = 0, 1
GAP = "…"
"""Where a phrase goes on after some words."""
_FEWEST_GRAMS = 3
_TOUCHED = 3000


class Named(NamedTuple):
    """An entity as the index knows it. ``kind`` tells what was found: 0 label, 1 alias, 2 abbreviation, 3 code, 4 spelling."""

    iri: str
    types: tuple[str, ...]
    da: str
    en: str
    degree: int
    kind: int
    text: str

    def label(self, language: str) -> str:
        """Give the label in a language."""
        return Text(da=self.da, en=self.en).within(language)


class NameEntry(NamedTuple):
    """What the index takes in of one entity. ``degree`` is how many claims it stands in."""

    iri: str
    types: Sequence[str]
    da: str
    en: str
    aliases: Sequence[str]
    abbreviations: Sequence[str]
    degree: int
    person: bool = False
    codes: Sequence[str] = ()


def name_entries(workspace: Workspace, entities: Iterable[Entity]) -> Iterator[NameEntry]:
    """Give what each entity is called, and in how many claims it stands."""
    degree = _degree(workspace)
    for entity in entities:
        first, second = (entity.label.within(language) for language in WRITTEN)
        yield NameEntry(
            ENTITY + entity.id,
            entity.types,
            first,
            second,
            aliases=entity.aliases,
            abbreviations=entity.abbreviations,
            degree=degree[entity.id],
            person=workspace.vocabulary.is_person(entity.types),
            codes=list(entity.identifiers.values()),
        )


def _degree(workspace: Workspace) -> Counter[str]:
    return Counter(end for claim in workspace.claims for end in (claim.subject, claim.object) if end)


def write_degrees(db: sqlite3.Connection, workspace: Workspace) -> None:
    """Write in how many claims each entity stands, in place of what was there."""
    degree = _degree(workspace)
    db.execute("UPDATE entity SET degree = 0")
    db.executemany("UPDATE entity SET degree = ? WHERE iri = ?", [(n, ENTITY + name) for name, n in degree.items()])


def write_names(folder: str, entries: Iterable[NameEntry]) -> None:
    """Write the index into a snapshot's folder."""
    db = sqlite3.connect(os.path.join(folder, FILE))
    db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
    write_entries(db, entries)
    db.close()


def write_entries(db: sqlite3.Connection, entries: Iterable[NameEntry]) -> None:
    """Write all names, in place of what was there."""
    db.executescript("".join(f"DROP TABLE IF EXISTS {table};" for table in _TABLES) + _SCHEMA)
    count = 0
    for number, e in enumerate(entries, 1):
        db.execute("INSERT INTO entity VALUES (?,?,?,?,?,?)", (number, e.iri, " ".join(e.types), e.da, e.en, e.degree))
        texts = [(t, LABEL) for t in (e.da, e.en)] + [(t, ALIAS) for t in e.aliases]
        texts += [(t, ABBREVIATION) for t in e.abbreviations] + [(t, CODE) for t in e.codes]
        seen = set()
        for text, kind in texts:
            folded = " ".join(words(text))
            if not folded or folded in seen:
                continue
            seen.add(folded)
            db.execute("INSERT OR IGNORE INTO name VALUES (?,?,?,?)", (folded, kind, number, text))
            if kind == CODE:
                continue  # another code is another thing, however near it comes
            count += 1
            db.execute("INSERT INTO near(rowid, folded) VALUES (?,?)", (count, folded))
            db.execute("INSERT INTO near_name VALUES (?,?,?,?)", (count, folded, text, number))
            others = {as_one(text): kind}
            if e.person and kind != ABBREVIATION:
                others |= {as_one(other): SPELLING for other in persons_spellings(text) if as_one(other) not in others}
            for one, how in others.items():
                db.execute("INSERT OR IGNORE INTO spelling VALUES (?,?,?,?)", (one, how, number, text))
    db.commit()
    db.execute("INSERT INTO near(near) VALUES ('optimize')")
    db.execute("CREATE INDEX name_entity ON name(entity)")
    db.commit()


class Names:
    """Look up entities by name in a snapshot's index."""

    def __init__(self, folder: str) -> None:
        path = os.path.join(folder, FILE)
        self.db = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)

    def exact(self, name: str) -> list[Named]:
        """Give the entities that bear this name, labels before aliases, the best connected first.

        Where none bears it as it is parted, those that bear it otherwise parted, or with initials, or the last name first.
        """
        return self._bearing("name", "folded", " ".join(words(name))) or self._bearing("spelling", "one", as_one(name))

    def _bearing(self, table: str, column: str, name: str) -> list[Named]:
        rows = self.db.execute(
            f"SELECT e.iri, e.types, e.da, e.en, e.degree, n.kind, n.text FROM {table} n JOIN entity e ON e.id = n.entity"
            f" WHERE n.{column} = ? ORDER BY n.kind, e.degree DESC, e.iri",
            (name,),
        )
        found: dict[str, Named] = {}
        for row in rows:
            found.setdefault(row[0], _named(row))
        return list(found.values())

    def beginning(self, prefix: str, limit: int = 20) -> list[Named]:
        """Give the entities with a name that begins so, for completion: the best connected first, each once."""
        folded = fold(prefix)
        rows = self.db.execute(
            "SELECT e.iri, e.types, e.da, e.en, e.degree, MIN(n.kind), n.text FROM name n JOIN entity e ON e.id = n.entity"
            " WHERE n.folded >= ? AND n.folded < ? GROUP BY e.id ORDER BY e.degree DESC, e.iri LIMIT ?",
            (folded, folded + "\U0010ffff", limit),
        )
        return [_named(row) for row in rows]

    def near(self, name: str, limit: int = 3, cutoff: float = 72.0) -> list[tuple[Named, float]]:
        """Give the entities whose names come near to this one, best first, with their likeness from 0 to 100."""
        from rapidfuzz import fuzz, process

        folded = " ".join(words(name))
        grams = self._telling_grams({folded[i : i + 3] for i in range(len(folded) - 2)})
        if not grams:
            return []
        match = " OR ".join('"' + g.replace('"', '""') + '"' for g in sorted(grams))
        rows = self.db.execute(
            "SELECT e.iri, e.types, e.da, e.en, e.degree, 1, m.text, m.folded FROM near"
            " JOIN near_name m ON m.id = near.rowid JOIN entity e ON e.id = m.entity"
            " WHERE near MATCH ? ORDER BY rank LIMIT 300",
            (match,),
        ).fetchall()
        scored = process.extract(folded, [r[7] for r in rows], scorer=fuzz.ratio, limit=50, score_cutoff=cutoff)
        best: dict[str, tuple[Named, float]] = {}
        for _, score, index in scored:
            named = _named(rows[index][:7])
            best.setdefault(named.iri, (named, score))
        return sorted(best.values(), key=lambda p: (-p[1], -p[0].degree, p[0].iri))[:limit]

    def _telling_grams(self, grams: set[str]) -> list[str]:
        """Give the rarest of these trigrams: enough to find a misspelt name, few enough not to touch every name there is."""
        self.db.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.gram USING fts5vocab(main, near, row)")
        marks = ",".join("?" * len(grams))
        counted = self.db.execute(f"SELECT doc, term FROM temp.gram WHERE term IN ({marks})", sorted(grams)).fetchall()
        chosen: list[str] = []
        touched = 0
        for count, gram in sorted(counted):
            touched += count
            if len(chosen) >= _FEWEST_GRAMS and touched > _TOUCHED:
                break
            chosen.append(gram)
        return chosen

    def by_iri(self, iri: str) -> Named | None:
        """Give the entity with this IRI."""
        row = self.db.execute("SELECT iri, types, da, en, degree, 0, da FROM entity WHERE iri = ?", (iri,)).fetchone()
        return _named(row) if row else None


def _named(row: tuple[str, str, str, str, int, int, str]) -> Named:
    iri, types, da, en, degree, kind, text = row
    return Named(iri, tuple(types.split()), da, en, degree, kind, text)
