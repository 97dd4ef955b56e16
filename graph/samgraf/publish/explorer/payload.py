"""The data in the page: columns of numbers and tables of strings; rows of objects would be three times as long.

All that is a matter of the model comes from here: what a relation is for, in which order facts stand, how a class looks, who
is involved in what and since when, where a thing stands. The page's scripts filter, sort, count and draw.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samgraf.model.text import WRITTEN
from samgraf.publish.explorer.claims import MODALITIES, Claims
from samgraf.publish.explorer.documents import document_row, when, years
from samgraf.publish.explorer.frames import Frames
from samgraf.publish.explorer.gallery import Gallery
from samgraf.publish.explorer.joint import joint
from samgraf.publish.explorer.kinds import involvements, ordered, people, place_of
from samgraf.publish.explorer.numbering import Numbering
from samgraf.publish.explorer.tables import NONE, both, named, pair, sparse
from samgraf.publish.explorer.tongues import other_names, tongues

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from samgraf.model import Collaboration, Entity
    from samgraf.publish.explorer.sources import Sources

COLLABORATES, EVERYBODY = 4, 8


def payload(
    sources: Sources,
    passages: Mapping[tuple[str, int, int], str] | None = None,
    focus: str | None = None,
    *,
    ids: bool = False,
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give everything that the page's script reads, in types that JSON has: what a first view needs, and the rest.

    The first view is that of ``focus``, or of everything. ``ids``, those of the claims, are there with passages, or where they are
    asked for. The same sources give the same data.
    """
    made = _Payload(sources, passages or {}, focus, ids=ids or bool(passages))
    return made.first(), made.later()


class _Payload:
    """The parts of the data, by the numbers that they share."""

    def __init__(
        self, sources: Sources, passages: Mapping[tuple[str, int, int], str], focus: str | None, *, ids: bool
    ) -> None:
        self.sources, self.ids, self.focus = sources, ids, focus
        self.shared, self.vocabulary = Numbering(sources), sources.vocabulary
        self.claims = Claims(self.shared, passages)
        for claim in self.shared.claims:
            if claim.subject == focus:
                self.claims.rest(claim)  # the texts of what the first view is about come first
        self.near = len(self.shared.texts.rows)
        self.others = [other_names(e) for e in self.shared.entities]
        self.tongues = tongues(self.shared.entities, self.others)

    def first(self) -> dict[str, Any]:
        """Give what views are drawn from."""
        self._documents()
        self.queries = self._gallery()
        self.people = people(self.vocabulary)
        self._kinds()
        rows = [r for r in self.sources.collaborations if r.actor in self.shared.known and r.thing in self.shared.known]
        rows.sort(key=lambda r: self.shared.nodes.find(r.thing))
        return {
            "version": 2,
            "looks": [named(t.name.removeprefix("look-"), t.label) for t in self.vocabulary.looks.values()],
            "kinds": self.shared.kinds.rows,
            "things": [
                named(t.name, t.label) | {"plural": pair(t.plural), "listing": t.listing}
                for t in sorted(self.vocabulary.things.values(), key=lambda t: (t.order, t.name))
            ],
            "involvements": involvements(self.vocabulary),
            "ways": [named(t.name, t.label) for t in self.vocabulary.ways.values()],
            "documents": self.shared.docs.rows,
            "nodes": self._nodes(),
            "claims": self.claims.columns(ids=self.ids),
            "table": self._table(rows),
            "frames": self._frames(rows),
            "belonging": self._belonging(),
            "joint": self._joint(rows),
            "queries": len(self.queries),
            "questions": list(self.sources.questions),
            "rules": {name: pair(title) for name, title in self.sources.rules.items() if title},
            "relations": self.shared.relations.rows,
            "strings": self.shared.strings.rows,
            "words": self.shared.words.rows,
            "texts": self.shared.texts.rows[: self.near],
            "dates": self.shared.times.dates.rows,
            "periods": self.shared.times.periods.rows,
            "span": years(self.sources.entities, self.sources.documents),
        }

    def later(self) -> dict[str, Any]:
        """Give what no first view needs; it comes after `first`, which numbers the texts."""
        texts = [(text, text) if isinstance(text, str) else text for text in self.shared.texts.rows[self.near :]]
        names = [(n, e) for n, e in enumerate(self.shared.entities) if e.id != self.focus]
        return {
            **self._names(names),
            WRITTEN[1]: [
                english if english != danish else ""
                for danish, english in (both(e.label) for e in self.shared.entities)
            ],
            "notes": sparse({n: c.note for n, c in enumerate(self.shared.claims)}),
            "texts": [[danish for danish, _ in texts], [english for _, english in texts]],
            "queries": self.queries,
        }

    def _names(self, entities: Iterable[tuple[int, Entity]]) -> dict[str, Any]:
        """Give the other names of entities, in which language they are, and their notes."""
        numbers = dict(entities)
        return {
            "alias": sparse({n: self.others[n] for n in numbers}),
            "tongue": sparse({n: letters for n, letters in self.tongues.items() if n in numbers}),
            "note": sparse({n: e.note for n, e in numbers.items()}),
        }

    def _gallery(self) -> list[dict[str, Any]]:
        """Give the answers of the named queries."""
        labels: dict[str, Mapping[str, str]] = {row["id"]: row for row in self.shared.docs.rows}
        labels |= {name: kind.label for name, kind in self.vocabulary.classes.items()}
        labels |= {name: term.label for name, term in self.shared.terms.items()}
        return Gallery(self.shared.nodes, self.shared.times, self.shared.texts, labels).tables(self.sources.queries)

    def _documents(self) -> None:
        """Number the documents that claims come from, by date."""
        described = {d.id: d for d in self.sources.documents}
        used = (
            {c.document for c in self.shared.claims}
            | {p.document for c in self.shared.claims for p in c.evidence}
            | set(described)
        )
        for name in sorted(used - {""}, key=lambda d: (when(described.get(d)), d)):
            self.shared.docs.number(name, document_row(name, described.get(name)))

    def _kinds(self) -> None:
        """Number the classes in use, in the vocabulary's order."""
        present = {t for e in self.shared.entities for t in e.types} & set(self.vocabulary.classes)
        primary = {e.type for e in self.shared.entities}
        for name in sorted(present | primary, key=lambda n: (self.vocabulary.kind_of([n]).order, n)):
            kind = self.vocabulary.kind_of([name])
            row = named(name, kind.label) | {
                "plural": pair(kind.plural or kind.label),
                "look": kind.look.removeprefix("look-") or self._plain(),
                "shape": kind.mark or "dot",
                "thing": place_of(kind.thing_kind, self.vocabulary),
                "person": name in self.people,
            }
            self.shared.kinds.number(name, row)

    def _plain(self) -> str:
        """Give the last colour family: that of classes which have none."""
        return next(reversed(self.vocabulary.looks), "").removeprefix("look-")

    def _nodes(self) -> dict[str, Any]:
        """Give the entities as columns."""
        return {
            "id": [e.id for e in self.shared.entities],
            "kind": [self.shared.kinds.find(e.type) for e in self.shared.entities],
            WRITTEN[0]: [both(e.label)[0] for e in self.shared.entities],
            "kinds": sparse({n: [k for k in map(self.shared.kinds.find, e.types[1:]) if k != NONE]
                              for n, e in enumerate(self.shared.entities)}),
            **self._names((n, e) for n, e in enumerate(self.shared.entities) if e.id == self.focus),
            "short": sparse({n: list(dict.fromkeys(e.abbreviations)) for n, e in enumerate(self.shared.entities)}),
            "life": sparse({n: self.shared.times.period(e.life, None)
                             for n, e in enumerate(self.shared.entities) if e.life.start or e.life.until}),
        }  # fmt: skip

    def _table(self, rows: Sequence[Collaboration]) -> dict[str, Any]:
        """Give the table of collaborations: columns by number, roles, ways and claims by row."""
        ways, kinds = list(self.vocabulary.ways), [i.name for i in ordered(self.vocabulary)]
        marks = [MODALITIES[r.modality] | COLLABORATES * r.collaborates | EVERYBODY * r.everybody for r in rows]
        return {
            "actor": [self.shared.nodes.find(r.actor) for r in rows],
            "thing": [self.shared.nodes.find(r.thing) for r in rows],
            "root": [self.shared.nodes.find(r.root) for r in rows],
            "how": [kinds.index(r.involvement) if r.involvement in kinds else NONE for r in rows],
            "way": [ways.index(r.how) if r.how in ways else NONE for r in rows],
            "period": [self.shared.times.period(r.effective, r.attested) for r in rows],
            "mark": marks,
            "role": sparse({n: self.shared.term(r.role) for n, r in enumerate(rows)}),
            "via": sparse(
                {n: [v for v in map(self.shared.nodes.find, r.via) if v != NONE] for n, r in enumerate(rows)}
            ),
            "claims": sparse({n: self._grounds(r) for n, r in enumerate(rows)}),
        }

    def _grounds(self, row: Collaboration) -> list[int]:
        """Give the numbers of the claims that a row stands on: those that documents state."""
        return list(self.shared.premises(row.claims))

    def _frames(self, rows: Iterable[Collaboration]) -> dict[str, Any]:
        """Give where each thing stands, and the agreements that follow each other."""
        frames = Frames(self.shared.entities, self.shared.claims, self.vocabulary)
        things = {r.thing for r in rows} | frames.framing | self._shown()
        series = frames.series(sorted(things - frames.agreements))
        find = self.shared.nodes.find
        return {
            "place": sparse({find(t): [find(one) if one else NONE for one in frames.place(t)] for t in things}),
            "whole": {find(one): find(up) for one, up in sorted(frames.wholes()) if one in self.shared.known},
            "stands": {find(a): find(b) for a, b in self.sources.standing if a in self.shared.known and b in self.shared.known},
            "above": sparse({find(t): [find(a) for a in frames.under(t)[:-1]] for t in sorted(things)}),
            "agreements": [find(a) for a in sorted(frames.agreements, key=frames.begins)],
            "series": [
                {"agreements": list(map(find, one.agreements)), "things": [find(t) for t, _ in one.rows],
                 "marks": [m for _, m in one.rows]}
                for one in series
            ],
        }  # fmt: skip

    def _shown(self) -> set[str]:
        """Give the things of the first kind (initiatives): they are listed even when nobody is known to be in them."""
        first = (
            min(self.vocabulary.things.values(), key=lambda t: (t.order, t.name)).name if self.vocabulary.things else ""
        )
        return {e.id for e in self.shared.entities if first and self.vocabulary.kind_of(e.types).thing_kind == first}

    def _belonging(self) -> dict[int, list[int]]:
        """Give what each actor belongs to."""
        found: dict[int, list[int]] = {}
        for actor, whole in self.sources.belonging:
            if actor in self.shared.known and whole in self.shared.known:
                found.setdefault(self.shared.nodes.find(actor), []).append(self.shared.nodes.find(whole))
        return found

    def _joint(self, rows: Sequence[Collaboration]) -> dict[str, Any]:
        """Give the network of actors: places and communities."""
        found = joint(rows, self.sources.belonging)
        return {
            "actor": [self.shared.nodes.find(a) for a in found.actors],
            "x": [x for x, _ in found.places],
            "y": [y for _, y in found.places],
            "community": list(found.communities),
        }
