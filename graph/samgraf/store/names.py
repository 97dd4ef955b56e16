"""Names to entities: an index on disk, so that looking up a name costs the same in a large graph as in a small one.

A name is folded before it is compared: case, accents and the several ways of writing æ, ø and å (``ae``, ``a``, ``aa`` …)
make no difference. Trigrams (SQLite FTS5) find candidates for a misspelt name; rapidfuzz ranks them.
"""

from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING, NamedTuple

from samgraf.text import fold, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FILE = "index.sqlite"

_SCHEMA = """
CREATE TABLE entity (id INTEGER PRIMARY KEY, iri TEXT UNIQUE, types TEXT, da TEXT, en TEXT, degree INTEGER);
CREATE TABLE name (folded TEXT, kind INTEGER, entity INTEGER, text TEXT, PRIMARY KEY (folded, kind, entity)) WITHOUT ROWID;
CREATE VIRTUAL TABLE near USING fts5(folded, content='', tokenize='trigram');
CREATE TABLE near_name (id INTEGER PRIMARY KEY, folded TEXT, text TEXT, entity INTEGER);
"""

LABEL, ALIAS, ABBREVIATION = 0, 1, 2
ENTITY_WORD, CLAIM_WORD = 0, 1
_FEWEST_GRAMS = 3
_TOUCHED = 3000


class Named(NamedTuple):
    """An entity as the index knows it. ``kind`` tells by what it was found: 0 label, 1 alias, 2 abbreviation."""

    iri: str
    types: tuple[str, ...]
    da: str
    en: str
    degree: int
    kind: int
    text: str

    def label(self, language: str) -> str:
        """Give the label in ``da`` or ``en``."""
        return self.en if language == "en" else self.da


class NameEntry(NamedTuple):
    """What the index takes in of one entity. ``degree`` is how many claims it stands in."""

    iri: str
    types: Sequence[str]
    da: str
    en: str
    aliases: Sequence[str]
    abbreviations: Sequence[str]
    degree: int


def write_names(folder: str, entries: Iterable[NameEntry]) -> None:
    """Write the index into a snapshot's folder."""
    db = sqlite3.connect(os.path.join(folder, FILE))
    db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _SCHEMA)
    count = 0
    for number, e in enumerate(entries, 1):
        db.execute("INSERT INTO entity VALUES (?,?,?,?,?,?)", (number, e.iri, " ".join(e.types), e.da, e.en, e.degree))
        texts = [(t, LABEL) for t in (e.da, e.en)] + [(t, ALIAS) for t in e.aliases]
        texts += [(t, ABBREVIATION) for t in e.abbreviations]
        seen = set()
        for text, kind in texts:
            folded = " ".join(words(text))
            if not folded or folded in seen:
                continue
            seen.add(folded)
            count += 1
            db.execute("INSERT OR IGNORE INTO name VALUES (?,?,?,?)", (folded, kind, number, text))
            db.execute("INSERT INTO near(rowid, folded) VALUES (?,?)", (count, folded))
            db.execute("INSERT INTO near_name VALUES (?,?,?,?)", (count, folded, text, number))
    db.commit()
    db.execute("INSERT INTO near(near) VALUES ('optimize')")
    db.commit()
    db.close()


class Names:
    """Look up entities by name in a snapshot's index."""

    def __init__(self, folder: str) -> None:
        path = os.path.join(folder, FILE)
        self.db = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)

    def exact(self, name: str) -> list[Named]:
        """Give the entities that bear exactly this name (folded), labels before aliases, the best connected first."""
        return self.folded(" ".join(words(name)))

    def folded(self, folded: str) -> list[Named]:
        """Give the entities of a name that is folded already."""
        rows = self.db.execute(
            "SELECT e.iri, e.types, e.da, e.en, e.degree, n.kind, n.text FROM name n JOIN entity e ON e.id = n.entity"
            " WHERE n.folded = ? ORDER BY n.kind, e.degree DESC, e.iri",
            (folded,),
        )
        return [_named(row) for row in rows]

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
