"""The table of collaborations in a snapshot's index: who is involved in what, and where it stands, read without a query.

The rules derive every row as a claim (``sam:Collaboration``); here the same rows stand beside the names, so that a command
reads them by an index in a millisecond. With them stand who belongs to whom, what counts with what, where each claim is
written, and the labels of the kinds that the rows name.
"""

from __future__ import annotations

import os
import sqlite3
from collections import namedtuple
from functools import lru_cache
from typing import TYPE_CHECKING

from samgraf.model import Collaboration, Entity, Moment, Passage, Period, Text
from samgraf.namespaces import ENTITY
from samgraf.store.names import FILE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from samgraf.rdf.port import GraphStore
    from samgraf.vocabulary.terms import Vocabulary

COLUMNS = (
    "id actor thing root kind involvement how via role modality basis source"
    " start start_earliest start_latest until until_earliest until_latest"
    " attested attested_earliest attested_latest collaborates everybody claims"
).split()
"""The columns of the table ``collaboration``; ``via`` and ``claims`` are ids with spaces between, an unknown date is empty."""

_SCHEMA = f"""
CREATE TABLE collaboration ({", ".join(COLUMNS)});
CREATE TABLE belonging (actor, whole, PRIMARY KEY (actor, whole)) WITHOUT ROWID;
CREATE TABLE standing (thing PRIMARY KEY, whole) WITHOUT ROWID;
CREATE TABLE place (claim, document, section, first INTEGER, last INTEGER, start INTEGER, finish INTEGER, layer);
CREATE TABLE term (family, name, place INTEGER, language, label, plural, note, PRIMARY KEY (family, name, language)) WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX collaboration_id ON collaboration(id);
CREATE INDEX collaboration_actor ON collaboration(actor);
CREATE INDEX collaboration_thing ON collaboration(thing);
CREATE INDEX collaboration_root ON collaboration(root);
CREATE INDEX place_claim ON place(claim);
"""
_AT_ONCE = 500

Label = namedtuple("Label", "name place label plural note")  # noqa: PYI024  (typing costs more to import than the query)
"""A term as people read it: ``label`` and ``plural`` are `Text`; ``note`` is the listing that shows a kind of thing, else empty."""


def write_collaborations(folder: str, store: GraphStore, vocabulary: Vocabulary) -> None:
    """Write the table, and what is read with it, into a snapshot's index, which the names have begun."""
    db = sqlite3.connect(os.path.join(folder, FILE))
    db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _SCHEMA)
    write_rows(db, store)
    write_links(db, store)
    db.executemany("INSERT INTO term VALUES (?,?,?,?,?,?,?)", _terms(vocabulary))
    db.executescript(_INDEXES)
    db.commit()
    db.close()


def write_rows(db: sqlite3.Connection, store: GraphStore, among: Iterable[str] | None = None) -> None:
    """Write what the graph says of all claims, or of those with these ids, in place of what was there."""
    from samgraf.rdf.collaborations import read_collaborations, read_places

    gone = [(claim,) for claim in among or ()]
    db.executemany("DELETE FROM collaboration WHERE id = ?", gone)
    db.executemany("DELETE FROM place WHERE claim = ?", gone)
    rows = read_collaborations(store, among=among)
    db.executemany(f"INSERT INTO collaboration VALUES ({','.join('?' * len(COLUMNS))})", map(_fields, rows))
    db.executemany(
        "INSERT INTO place VALUES (?,?,?,?,?,?,?,?)",
        (
            (claim, p.document, p.section, *p.lines, *p.chars, p.layer)
            for claim, passages in read_places(store, among).items()
            for p in passages
        ),
    )


def write_links(db: sqlite3.Connection, store: GraphStore) -> None:
    """Write who belongs to whom and what counts with what, in place of what was there."""
    from samgraf.rdf.collaborations import read_links

    for table, predicate in (("belonging", "sam:belongsTo"), ("standing", "sam:standsFor")):
        db.execute(f"DELETE FROM {table}")
        db.executemany(f"INSERT INTO {table} VALUES (?,?)", read_links(store, predicate))


def _fields(row: Collaboration) -> tuple[object, ...]:
    def days(moment: Moment | None) -> tuple[str, str, str]:
        return moment or ("", "", "")

    period = row.effective
    return (
        *(row.id, row.actor, row.thing, row.root, row.kind, row.involvement, row.how, " ".join(row.via)),
        *(row.role or "", row.modality, period.basis, period.source),
        *(*days(period.start), *days(period.until), *days(row.attested)),
        *(int(row.collaborates), int(row.everybody), " ".join(row.claims)),
    )


def _terms(vocabulary: Vocabulary) -> Iterator[tuple[object, ...]]:
    """Yield what the rows name by local name: its place in the row, its labels, and what else the vocabulary says of it."""
    terms = (
        *(("kind", t, t.plural, t.listing) for t in vocabulary.things.values()),
        *(("involvement", t, Text(), "") for t in vocabulary.involvements.values()),
        *(("how", t, Text(), "") for t in vocabulary.ways.values()),
        *(("class", t, t.plural, "") for t in vocabulary.classes.values()),
    )
    for family, term, plural, note in terms:
        for language, label in term.label.items():
            yield family, term.name, term.order, language, label, plural.get(language, ""), note


class CollaborationTable:
    """Read the table of a snapshot. Everything is named by its id, without the base of its IRI."""

    def __init__(self, folder: str) -> None:
        self._path = os.path.join(folder, FILE)
        self.db = _opened(self._path)

    def all(self) -> list[Collaboration]:
        """Give every row, sorted by id."""
        return sorted(map(_row, self.db.execute("SELECT * FROM collaboration")))

    def of_actor(self, actor: str) -> list[Collaboration]:
        """Give what an actor is involved in, sorted by id."""
        return sorted(map(_row, self.db.execute("SELECT * FROM collaboration WHERE actor = ?", (actor,))))

    def of_thing(self, thing: str) -> list[Collaboration]:
        """Give who is involved in a thing, sorted by id."""
        return sorted(map(_row, self.db.execute("SELECT * FROM collaboration WHERE thing = ?", (thing,))))

    def of_roots(self, roots: Iterable[str]) -> list[Collaboration]:
        """Give who is involved in anything that counts as one of these things, sorted by id."""
        return sorted(map(_row, self._among("SELECT * FROM collaboration WHERE root IN (%s)", roots)))

    def belonging(self, actor: str) -> frozenset[str]:
        """Give whom an actor belongs to and who belongs to it: none of them is its partner."""
        rows = self.db.execute(
            "SELECT whole FROM belonging WHERE actor = ? UNION SELECT actor FROM belonging WHERE whole = ?",
            (actor, actor),
        )
        return frozenset(name for (name,) in rows)

    def belongings(self) -> set[tuple[str, str]]:
        """Give all pairs of an actor and whom it belongs to."""
        return set(self.db.execute("SELECT actor, whole FROM belonging"))

    def standing(self, things: Iterable[str]) -> dict[str, str]:
        """Give, for each of these things that counts with another, that other: the whole of a part, what a meeting is about."""
        return dict(self._among("SELECT thing, whole FROM standing WHERE thing IN (%s)", things))

    def places(self, claims: Iterable[str]) -> dict[str, list[Passage]]:
        """Give the passages of these claims, in the order of the documents."""
        found: dict[str, list[Passage]] = {}
        for claim, document, section, first, last, start, end, layer in self._among(
            "SELECT * FROM place WHERE claim IN (%s)", claims
        ):
            found.setdefault(claim, []).append(Passage(document, section, (first, last), (start, end), layer))
        return found

    def entities(self, names: Iterable[str]) -> dict[str, Entity]:
        """Give these entities as the index has them: classes, label, and all other names as aliases."""
        rows = self._among(
            "SELECT e.iri, e.types, e.da, e.en, n.text FROM entity e JOIN name n ON n.entity = e.id WHERE e.iri IN (%s)"
            " ORDER BY n.kind, n.text",
            (ENTITY + name for name in names),
        )
        labels: dict[str, tuple[str, str, str]] = {}
        others: dict[str, list[str]] = {}
        for iri, types, da, en, text in rows:
            labels[iri] = types, da, en
            others.setdefault(iri, []).append(text)
        return {
            iri.removeprefix(ENTITY): Entity(
                iri.removeprefix(ENTITY), tuple(types.split()), Text(da=da, en=en), tuple(others[iri])
            )
            for iri, (types, da, en) in labels.items()
        }

    def terms(self, family: str) -> dict[str, Label]:
        """Give the terms of a family (``kind``, ``involvement``, ``how`` or ``class``) by name."""
        return _terms_of(self._path, family)

    def _among(self, sql: str, names: Iterable[str]) -> Iterator[Any]:
        """Run a statement with IN over as many names as there are."""
        wanted = sorted(set(names))
        for at in range(0, len(wanted), _AT_ONCE):
            part = wanted[at : at + _AT_ONCE]
            yield from self.db.execute(sql % ",".join("?" * len(part)), part)


def _opened(path: str) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)


@lru_cache(maxsize=16)  # a snapshot never changes
def _terms_of(path: str, family: str) -> dict[str, Label]:
    found: dict[str, Label] = {}
    db = _opened(path)
    for name, place, language, label, plural, note in db.execute(
        "SELECT name, place, language, label, plural, note FROM term WHERE family = ?", (family,)
    ):
        term = found.setdefault(name, Label(name, place, Text(), Text(), note))
        term.label[language] = label
        if plural:
            term.plural[language] = plural
    db.close()
    return found


def _row(fields: Any) -> Collaboration:
    id_, actor, thing, root, kind, involvement, how, via, role, modality, basis, source, *rest = fields
    began, ended, day = (Moment(*rest[n : n + 3]) if rest[n] else None for n in (0, 3, 6))
    period = Period(began, ended, basis, source)
    through, claims = tuple(via.split()), tuple(rest[11].split())
    known = (id_, actor, thing, root, kind, involvement, how, through, role or None, modality, period, day)
    return Collaboration(*known, bool(rest[9]), bool(rest[10]), claims)


class RemoteTable(CollaborationTable):
    """Read the same rows from the SPARQL endpoint at ``url``; names and labels are those of the snapshot in ``folder``."""

    def __init__(self, folder: str, url: str) -> None:
        from samgraf.store.remote import RemoteStore

        super().__init__(folder)
        self.store = RemoteStore(url)

    def all(self) -> list[Collaboration]:
        """Give every row, sorted by id."""
        from samgraf.rdf.collaborations import read_collaborations

        return read_collaborations(self.store)

    def of_actor(self, actor: str) -> list[Collaboration]:
        """Give what an actor is involved in, sorted by id."""
        from samgraf.rdf.collaborations import read_collaborations

        return read_collaborations(self.store, actor=actor)

    def of_roots(self, roots: Iterable[str]) -> list[Collaboration]:
        """Give who is involved in anything that counts as one of these things, sorted by id."""
        from samgraf.rdf.collaborations import read_collaborations

        return read_collaborations(self.store, roots=roots)

    def of_thing(self, thing: str) -> list[Collaboration]:
        """Give who is involved in a thing, sorted by id."""
        from samgraf.rdf.collaborations import read_collaborations

        return [row for row in read_collaborations(self.store) if row.thing == thing]

    def belonging(self, actor: str) -> frozenset[str]:
        """Give whom an actor belongs to and who belongs to it."""
        pairs = (pair for pair in self.belongings() if actor in pair)
        return frozenset(name for pair in pairs for name in pair if name != actor)

    def belongings(self) -> set[tuple[str, str]]:
        """Give all pairs of an actor and whom it belongs to."""
        from samgraf.rdf.collaborations import read_links

        return set(read_links(self.store, "sam:belongsTo"))

    def standing(self, things: Iterable[str]) -> dict[str, str]:
        """Give, for each of these things that counts with another, that other."""
        from samgraf.rdf.collaborations import read_links

        wanted = set(things)
        return {thing: whole for thing, whole in read_links(self.store, "sam:standsFor") if thing in wanted}

    def places(self, claims: Iterable[str]) -> dict[str, list[Passage]]:
        """Give the passages of these claims."""
        from samgraf.rdf.collaborations import read_places

        return read_places(self.store, claims)
