"""What questions are understood with, written into the snapshot's index: claims, things, their words, and phrases.

Everything is kept as stems (`samgraf.language.fold.stem`), so that a question needs no text but its own to be read:

    fact       every claim as JSON, findable by subject, object and relation
    thing      every entity as JSON, and its names in ``called`` (by stems and, for compounds, run together)
    posting    for each stem the claims that have it in their ends, relation, role, value or note, with its weight (BM25)
    phrase     the words that stand for relations, classes, operators … (`samgraf.store.phrases`)
    known      each word of names and phrases as it is written, for telling a slip of the pen from an unknown word
"""

from __future__ import annotations

import json
import os
import sqlite3
from array import array
from collections import Counter
from functools import lru_cache
from math import log
from typing import TYPE_CHECKING, Any, NamedTuple

from samgraf import disk
from samgraf.language.fold import parts, persons_spellings, run_together, stem, stems_of
from samgraf.rdf.reading import place_of, read_claims, read_documents
from samgraf.store.ground import names_of
from samgraf.store.names import ABBREVIATION, ALIAS, CODE, FILE, LABEL, NAME_WORD, OTHER_WORDS, PHRASE_WORD, SPELLING
from samgraf.store.phrases import phrase_words, phrases, same_stems, small_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from samgraf.model import Claim, Entity
    from samgraf.rdf.port import GraphStore
    from samgraf.vocabulary.terms import Predicate, Vocabulary
    from samgraf.workspace import Workspace

_CLAIMS = """
CREATE TABLE fact (id INTEGER PRIMARY KEY, name TEXT, s TEXT, p TEXT, o TEXT, whole INTEGER, data TEXT);
CREATE TABLE posting (stem TEXT PRIMARY KEY, idf REAL, facts BLOB, weights BLOB) WITHOUT ROWID;
"""
_THINGS = """
CREATE TABLE thing (id TEXT PRIMARY KEY, data TEXT) WITHOUT ROWID;
CREATE TABLE called (stems TEXT, entity TEXT, kind INTEGER, PRIMARY KEY (stems, entity)) WITHOUT ROWID;
CREATE TABLE known (word TEXT PRIMARY KEY, kind INTEGER) WITHOUT ROWID;
"""
_WORDS = """
CREATE TABLE phrase (first TEXT, stems TEXT, kind TEXT, key TEXT, slot TEXT, lang TEXT,
  PRIMARY KEY (first, stems, kind, key, slot, lang)) WITHOUT ROWID;
CREATE TABLE same (stem TEXT PRIMARY KEY, as_ TEXT) WITHOUT ROWID;
CREATE TABLE terms (kind TEXT PRIMARY KEY, data TEXT) WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX fact_s ON fact(s, p);
CREATE INDEX fact_o ON fact(o, p);
CREATE INDEX fact_p ON fact(p);
CREATE INDEX fact_name ON fact(name);
"""
_KEPT = "claims.json"
_TWO, _YEAR = 2, 4
Told = dict[tuple[str, int, int], list[str]]
_K1, _B = 1.2, 0.6


class Fact(NamedTuple):
    """A claim as the index has it: what it is sorted by, its row but for the number, and what it can be found by.

    ``ends`` are the entities that it ties together, ``named`` these and all others whose names are in its row.
    """

    place: tuple[bool, str, tuple[int, int], str]
    row: tuple[object, ...]
    bag: dict[str, int]
    ends: tuple[str, ...]
    named: frozenset[str]

    @property
    def name(self) -> str:
        """The claim's id."""
        return self.place[-1]

    @property
    def document(self) -> str:
        """The document that makes the claim; empty for a derived one."""
        return self.place[1]

    @property
    def told(self) -> list[str]:
        """The codes of the words of its passages."""
        told: list[str] = json.loads(str(self.row[-1]))["told"]
        return told


def write_facts(folder: str, workspace: Workspace, store: GraphStore, entities: Iterable[Entity]) -> None:
    """Write what questions are understood with into a snapshot's index."""
    db = sqlite3.connect(os.path.join(folder, FILE))
    db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _WORDS)
    things = {e.id: e for e in entities}
    claims = read_claims(store)
    vocabulary = workspace.vocabulary
    degree = Counter(end for claim in claims for end in claim.ends())
    write_things(db, things, degree, workspace)
    write_claims(db, folder, facts_of(claims, things, workspace))
    db.executemany("INSERT OR IGNORE INTO same VALUES (?,?)", sorted(same_stems(workspace.lexicon).items()))
    db.executemany("INSERT OR IGNORE INTO phrase VALUES (?,?,?,?,?,?)", phrases(workspace))
    predicates = [_predicate(p) for p in (*vocabulary.predicates.values(), *vocabulary.derived.values())]
    classes = [[c.name, c.label, c.plural, sorted(c.supers), c.qualifier, c.order] for c in vocabulary.classes.values()]
    moments = [[m.name, m.bounds, m.tense] for m in vocabulary.moments.values()]
    told: dict[str, list[list[Any]]] = {"predicates": predicates, "classes": classes, "moments": moments}
    told["involvements"] = [[k.name, k.label] for k in vocabulary.involvements.values()]
    told["ways"] = [[w.name, w.label] for w in vocabulary.ways.values()]
    for kind, data in told.items():
        db.execute("INSERT INTO terms VALUES (?,?)", (kind, json.dumps(data, ensure_ascii=False)))
    write_documents(db, store)
    db.commit()
    db.close()


def write_documents(db: sqlite3.Connection, store: GraphStore) -> None:
    """Write what the documents are called, in place of what was there."""
    documents = [[d.id, d.label, d.date] for d in read_documents(store)]
    db.execute("INSERT OR REPLACE INTO terms VALUES ('documents',?)", (json.dumps(documents, ensure_ascii=False),))


def facts_of(claims: Iterable[Claim], things: dict[str, Entity], workspace: Workspace) -> list[Fact]:
    """Give what is kept of these claims; ``things`` has the entities that they name."""
    same, told = same_stems(workspace.lexicon), told_in(workspace)
    return [
        Fact(
            place_of(c),
            (
                c.id,
                c.subject,
                c.predicate,
                c.object,
                int(c.complete is not None),
                json.dumps(_trim(c, things, same, told), ensure_ascii=False),
            ),
            _bag(c, things, workspace.vocabulary, same),
            c.ends(),
            frozenset(name for name in (*c.ends(), c.role, c.unit) if name),
        )
        for c in claims
    ]


def write_claims(db: sqlite3.Connection, folder: str, facts: list[Fact]) -> None:
    """Write all claims, in place of what was there: they are numbered in order, and weighed against each other."""
    db.executescript("DROP TABLE IF EXISTS fact; DROP TABLE IF EXISTS posting;" + _CLAIMS)
    db.executemany("INSERT INTO fact VALUES (?,?,?,?,?,?,?)", [(n, *fact.row) for n, fact in enumerate(facts, 1)])
    _write_postings(db, [fact.bag for fact in facts])
    db.executescript(_INDEXES)
    kept = [[fact.place, fact.bag, fact.ends, sorted(fact.named)] for fact in facts]
    disk.write_whole(os.path.join(folder, _KEPT), json.dumps(kept, ensure_ascii=False))


def read_facts(db: sqlite3.Connection, folder: str) -> list[Fact]:
    """Give all claims of a snapshot's index, in their order. Raises OSError or ValueError when they cannot be read."""
    rows = db.execute("SELECT name, s, p, o, whole, data FROM fact ORDER BY id")
    kept = json.loads(disk.read_bytes(os.path.join(folder, _KEPT)))
    return [
        Fact((derived, document, (start, end), name), row, bag, tuple(ends), frozenset(named))
        for row, ((derived, document, (start, end), name), bag, ends, named) in zip(rows, kept, strict=True)
    ]


def remove_things(db: sqlite3.Connection, names: Iterable[str]) -> None:
    """Take entities out of the index, to be written again."""
    gone = [(name,) for name in names]
    db.executemany("DELETE FROM thing WHERE id = ?", gone)
    db.executemany("DELETE FROM called WHERE entity = ?", gone)


def write_things(db: sqlite3.Connection, things: dict[str, Entity], degree: Counter[str], workspace: Workspace) -> None:
    """Write all entities and the words of their names, in place of what was there."""
    db.executescript("".join(f"DROP TABLE IF EXISTS {t};" for t in ("thing", "called", "known")) + _THINGS)
    add_things(db, things.values(), degree, workspace)
    known = {w: NAME_WORD for e in things.values() for t in names_of(e) for w in parts(t)}
    known |= dict.fromkeys(phrase_words(workspace), PHRASE_WORD)
    db.executemany("INSERT OR REPLACE INTO known VALUES (?,?)", sorted(known.items()))


def _predicate(p: Predicate) -> list[object]:
    return [
        p.name, p.label, p.inverse, p.kind, p.family, p.moment, p.involvement, p.actor_side, p.denies, p.symmetric,
        p.instant, p.derived, sorted(p.subject_types), sorted(p.object_types), sorted(p.supers), p.order,
    ]  # fmt: skip


@lru_cache(maxsize=1 << 15)
def _stems(text: str) -> tuple[str, ...]:
    """Give the stems of a text: names, labels and headings come again with every claim."""
    return tuple(stems_of(text))


def told_in(workspace: Workspace) -> Told:
    """Give the codes of the words of each passage, by document and offsets."""
    passages = (e for d in workspace.documents for c in d.claims for e in c.evidence)
    return {(e.document, e.start, e.end): e.words.split() for e in passages}


def told_by(passages: Iterable[tuple[str, int, int]], told: Told) -> list[str]:
    """Give the codes of the words of these passages together."""
    return sorted({word for passage in passages for word in told.get(passage, ())})


def _trim(claim: Claim, things: dict[str, Entity], same: dict[str, str], told: Told) -> dict[str, object]:
    """Give a claim as the fields that say something, with the stems of its own words, of those beside it, and its passages'."""
    data = {k: v for k, v in claim._asdict().items() if v not in (None, (), "", False)}
    texts: list[str] = []
    for part in (claim.value if claim.moment is None else None, claim.measure, claim.population):
        texts += part.values() if isinstance(part, dict) else [part] if isinstance(part, str) else []
    for end in (claim.role, claim.unit, claim.on_behalf_of):
        texts += names_of(things[end]) if end in things else []
    data["own"] = _with_same((s for t in texts for s in _stems(t)), same)
    data["beside"] = _with_same((s for t in (*(claim.note or {}).values(), claim.section) for s in _stems(t)), same)
    data["told"] = told_by(((e.document, *e.chars) for e in claim.evidence), told)
    return data


def _with_same(stems: Iterable[str], same: dict[str, str]) -> list[str]:
    """Give stems and, beside each, the one that stands for its synonyms."""
    return list(dict.fromkeys(s for stem in stems for s in (stem, same.get(stem, stem))))


def add_things(db: sqlite3.Connection, things: Iterable[Entity], degree: Counter[str], workspace: Workspace) -> None:
    """Write entities; by name only those that are written can be asked about, not what a rule has named after them."""
    same, small = same_stems(workspace.lexicon), small_words(workspace)
    for entity in things:
        data = {k: v for k, v in entity._asdict().items() if v not in (None, (), "", False, {})}
        data["degree"] = degree[entity.id]
        data["stems"] = _with_same(dict.fromkeys(s for t in names_of(entity) for s in _stems(t)), same)
        db.execute("INSERT INTO thing VALUES (?,?)", (entity.id, json.dumps(data, ensure_ascii=False)))
        if entity.id not in workspace.entities:
            continue
        named = [(t, LABEL) for t in entity.label.values()] + [(t, ALIAS) for t in entity.aliases]
        named += [(t, ABBREVIATION) for t in entity.abbreviations] + [(c, CODE) for c in entity.identifiers.values()]
        if workspace.vocabulary.is_person(entity.types):
            named += [
                (other, SPELLING) for text, kind in named if kind < ABBREVIATION for other in persons_spellings(text)
            ]
        for text, kind in named:
            stems = stems_of(text)
            keys = [(" ".join(stems), kind), (run_together(text), kind)]
            keys += [(key, OTHER_WORDS) for key in (_in_other_words(text, same, small), _by_years(stems))]
            for key, how in keys:
                if key:
                    db.execute("INSERT OR IGNORE INTO called VALUES (?,?,?)", (key, entity.id, how))


def _by_years(stems: Sequence[str]) -> str:
    """Give the years that one of a kind is told from the others by: 'the one for 2025-26' is 'Agreement 2025-2026'."""
    years = stems[1:]
    told = len(years) == _TWO and not stems[0].isdigit() and all(len(y) == _YEAR and y.isdigit() for y in years)
    return " ".join(years) if told else ""


def _in_other_words(text: str, same: Mapping[str, str], small: frozenset[str]) -> str:
    """Give a name as all names are that say the same in synonyms, without small words: 'near psychiatry', 'den nære psykiatri'."""
    stems = [stem(word) for word in parts(text, 1) if word not in small]
    return " ".join(same.get(s, s) for s in stems) if len(stems) > 1 else ""


def _bag(claim: Claim, things: dict[str, Entity], vocabulary: Vocabulary, same: dict[str, str]) -> Counter[str]:
    """Give what a claim can be found by: stems of its ends, words and notes, and its relation and classes as such."""
    found: Counter[str] = Counter()
    texts: list[str] = [*(claim.note or {}).values(), claim.section]
    for part in (claim.value, claim.measure, claim.population):
        texts += part.values() if isinstance(part, dict) else [str(part or "")]
    for end in (*claim.ends(), claim.role, claim.unit):
        if end in things:
            texts += dict.fromkeys(names_of(things[end]))
    predicate = vocabulary.predicate(claim.predicate)
    texts += [*predicate.label.values(), *predicate.inverse.values()]
    for token in dict.fromkeys(t for text in texts for t in _stems(text)):
        found[same.get(token, token)] += 1
    found[f"p:{claim.predicate}"] += 1
    for end in claim.ends():
        if end in things:
            for kind in things[end].types:
                found[f"c:{kind}"] += 1
    return found


def _write_postings(db: sqlite3.Connection, bags: list[dict[str, int]]) -> None:
    lengths = [sum(bag.values()) for bag in bags]
    mean = sum(lengths) / max(1, len(lengths))
    found: dict[str, tuple[array[int], array[float]]] = {}
    for number, (bag, length) in enumerate(zip(bags, lengths, strict=True), 1):
        for token, count in bag.items():
            facts, weights = found.setdefault(token, (array("I"), array("f")))
            facts.append(number)
            weights.append(count * (_K1 + 1) / (count + _K1 * (1 - _B + _B * length / mean)))
    total = len(bags)
    db.executemany(
        "INSERT INTO posting VALUES (?,?,?,?)",
        [
            (token, log(1 + (total - len(facts) + 0.5) / (len(facts) + 0.5)), facts.tobytes(), weights.tobytes())
            for token, (facts, weights) in sorted(found.items())
        ],
    )
