"""Words to entities and claims: the index that questions are understood with, and the lexicon compiled for it.

Everything that a question can touch is kept as stems (``samgraf.text.stem``): the names of entities, the words of each
claim's value, measure, population and note, and the entries of ``ontology/lexicon.yaml``.
"""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from typing import TYPE_CHECKING

from samgraf.namespaces import CLAIM, ENTITY
from samgraf.records import claims as claim_records
from samgraf.store.embedded import EmbeddedStore
from samgraf.store.names import CLAIM_WORD, ENTITY_WORD, FILE
from samgraf.text import fold, stem, tokens
from samgraf.text import words as words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyoxigraph as ox

    from samgraf.loader import Workspace
    from samgraf.loader.lexicon import Entry
    from samgraf.records import ClaimRecord

_SCHEMA = """
CREATE TABLE alias (entity INTEGER, tokens TEXT);
CREATE TABLE class (name TEXT PRIMARY KEY, supers TEXT, da TEXT, en TEXT) WITHOUT ROWID;
CREATE TABLE predicate (name TEXT PRIMARY KEY, kind TEXT, da TEXT, en TEXT, inverse_da TEXT, inverse_en TEXT,
  instant INTEGER) WITHOUT ROWID;
CREATE TABLE claim (
  id INTEGER PRIMARY KEY, iri TEXT, s INTEGER, p TEXT, o INTEGER, role INTEGER, behalf INTEGER, unit INTEGER,
  document INTEGER, datatype TEXT, da TEXT, en TEXT, start TEXT, start_earliest TEXT, start_latest TEXT,
  until TEXT, until_earliest TEXT, until_latest TEXT, value_earliest TEXT, value_latest TEXT,
  modality TEXT, superseded INTEGER, derived INTEGER, complete TEXT, kind TEXT, own_da TEXT, own_en TEXT, own TEXT, beside TEXT);
CREATE TABLE document (entity INTEGER PRIMARY KEY, earliest TEXT, latest TEXT);
CREATE TABLE posting (token TEXT, what INTEGER, ref INTEGER, PRIMARY KEY (token, what, ref)) WITHOUT ROWID;
CREATE TABLE token (token TEXT PRIMARY KEY, reversed TEXT, df INTEGER) WITHOUT ROWID;
CREATE TABLE lexicon (phrase TEXT, kind TEXT, key TEXT, PRIMARY KEY (phrase, kind, key)) WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX alias_entity ON alias(entity);
CREATE INDEX claim_s ON claim(s);
CREATE INDEX claim_o ON claim(o);
CREATE INDEX claim_held ON claim(value_earliest) WHERE p = 'heldOn';
CREATE INDEX token_reversed ON token(reversed);
CREATE INDEX lexicon_key ON lexicon(kind, key);
"""


def write_words(folder: str, workspace: Workspace, store: ox.Store) -> None:
    """Write the words into a snapshot's index."""
    db = sqlite3.connect(os.path.join(folder, FILE))
    db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _SCHEMA)
    numbers = {iri: number for number, iri in db.execute("SELECT id, iri FROM entity")}
    frequency: Counter[str] = Counter()
    postings: set[tuple[str, int, int]] = set()
    for entity in workspace.entities.values():
        number = numbers[ENTITY + entity.id]
        label = entity.label
        seen: set[str] = set()
        for text in (label.da, label.en or label.da, *entity.aliases, *entity.abbreviations):
            stems = tokens(text)
            joined = " ".join(stems)
            if joined and joined not in seen:
                seen.add(joined)
                db.execute("INSERT INTO alias VALUES (?,?)", (number, joined))
                postings.update((t, ENTITY_WORD, number) for t in stems)
    for document in workspace.documents:
        if document.head.date:
            written = document.head.date
            row = numbers[ENTITY + document.head.id], written.earliest.isoformat(), written.latest.isoformat()
            db.execute("INSERT INTO document VALUES (?,?,?)", row)
    for number, record in enumerate(claim_records(EmbeddedStore(store)), 1):
        fields = _claim_row(number, record, numbers)
        db.execute(f"INSERT INTO claim VALUES ({','.join('?' * len(fields))})", fields)
        if not record["derived"]:
            postings.update((t, CLAIM_WORD, number) for t in f"{fields[-2]} {fields[-1]}".split())
    frequency.update(t for t, _, _ in postings)
    db.executemany("INSERT INTO posting VALUES (?,?,?)", sorted(postings))
    db.executemany("INSERT INTO token VALUES (?,?,?)", sorted((t, t[::-1], n) for t, n in frequency.items()))
    _vocabulary(db, workspace)
    db.executemany("INSERT OR IGNORE INTO lexicon VALUES (?,?,?)", sorted(set(_lexicon(workspace.lexicon))))
    db.executescript(_INDEXES)
    db.commit()
    db.execute("VACUUM")
    db.close()


def _claim_row(number: int, record: ClaimRecord, numbers: dict[str, int]) -> tuple[object, ...]:
    def entity(name: str | None) -> int | None:
        return numbers.get(ENTITY + name) if name else None

    value = record["value"]
    texts = value if isinstance(value, dict) else {"da": "" if value is None else str(value)}
    spoken = {language: [texts.get(language) or texts.get("da") or ""] for language in ("da", "en")}
    for part in (record["measure"], record["population"]):
        for language, said in spoken.items():
            said.append(part.get(language, "") if part else "")
    by_language = {k: list(dict.fromkeys(t for text in v for t in tokens(text))) for k, v in spoken.items()}
    own = list(dict.fromkeys(t for bag in by_language.values() for t in bag))
    beside = list(dict.fromkeys(tokens(record["note"] or "") + tokens(record["section"])))
    began = (record["from"], record["fromEarliest"], record["fromLatest"])
    ended = (record["until"], record["untilEarliest"], record["untilLatest"])
    return (
        number,
        CLAIM + record["id"],
        entity(record["subject"]),
        record["predicate"],
        entity(record["object"]),
        entity(record["role"]),
        entity(record["onBehalfOf"]),
        entity(record["unit"]),
        entity(record["document"]),
        record["datatype"],
        texts.get("da"),
        texts.get("en"),
        *began,
        *ended,
        record["valueEarliest"],
        record["valueLatest"],
        record["modality"],
        int(record["supersededBy"] is not None),
        int(record["derived"]),
        record["complete"],
        record["kind"],
        " ".join(by_language["da"]),
        " ".join(by_language["en"]),
        " ".join(own),
        " ".join(beside),
    )


def _vocabulary(db: sqlite3.Connection, workspace: Workspace) -> None:
    for c in workspace.vocabulary.classes.values():
        labels = c.label.get("da", c.name), c.label.get("en", c.name)
        db.execute("INSERT INTO class VALUES (?,?,?,?)", (c.name, " ".join(sorted(c.supers)), *labels))
    for p in (*workspace.vocabulary.predicates.values(), *workspace.vocabulary.derived.values()):
        labels = p.label.get("da", p.name), p.label.get("en", p.name)
        inverse = p.inverse.get("da", ""), p.inverse.get("en", "")
        db.execute("INSERT INTO predicate VALUES (?,?,?,?,?,?,?)", (p.name, p.kind, *labels, *inverse, int(p.instant)))


def _lexicon(entries: Iterable[Entry]) -> Iterator[tuple[str, str, str]]:
    """Yield the lexicon's entries as (phrase in stems, section, key); what is ignored stays as it is written."""
    for text, section, key, slot in entries:
        if section == "ignored":
            phrase = fold(text)
        else:
            parts = (" ".join(map(stem, words_of(part))) for part in text.split(" … "))
            phrase = " … ".join(parts)
        if section == "synonyms":
            key = " ".join(tokens(key))  # noqa: PLW2901  (a group goes by the stems of its first word)
        yield phrase or text, section, f"{key}:{slot[0]}" if slot else key
