"""The data in the page: columns of numbers and tables of strings; rows of objects would be three times as long."""

from collections.abc import Iterable, Mapping
from typing import Any

from samgraf.explorer.gallery import gallery
from samgraf.explorer.kinds import FAMILIES, look
from samgraf.network import Edge, Evidence, Fact, Label, Moment, Network

Record = Mapping[str, Any]

MODALITIES = {"stated": 0, "proposed": 1, "expected": 2}
DERIVED = 4
SUPERSEDED = 8
NONE = -1

"""Phrases for what rules derive, where the ontology's list of predicates leaves it out."""


class Table:
    """Distinct values in the order met, each with its number."""

    def __init__(self) -> None:
        """Start empty."""
        self.rows: list[Any] = []
        self._number: dict[Any, int] = {}

    def number(self, key: Any, row: Any = None) -> int:
        """Give the number of a value, adding it (as `row`, when that is given) at its first use."""
        if key not in self._number:
            self._number[key] = len(self.rows)
            self.rows.append(key if row is None else row)
        return self._number[key]

    def find(self, key: Any) -> int:
        """Give the number of a value, or -1."""
        return self._number.get(key, NONE)


def payload(
    network: Network,
    places: Mapping[str, tuple[float, float]],
    *,
    documents: Iterable[Record],
    queries: Iterable[Record],
    passages: Mapping[tuple[str, int, int], str] | None,
) -> dict[str, Any]:
    """Give everything that the page's script reads, in types that JSON has."""
    nodes, docs, kinds = Table(), Table(), Table()
    for identifier in network.nodes:
        nodes.number(identifier)
    known = {str(one["id"]): one for one in documents}
    used = {claim.document for claim in _claims(network)} | set(known)
    for identifier in sorted(used - {""}, key=lambda one: (str(known.get(one, {}).get("date", "")), one)):
        docs.number(identifier, _document(identifier, known.get(identifier, {})))
    present = {node.kind for node in network.nodes.values()}
    for name in [*network.kinds, *sorted(present - set(network.kinds))]:
        if name in present:
            label = network.kinds.get(name, Label(name, name))
            family, shape = look(name)
            kinds.number(name, {"name": name, "da": label.da, "en": label.en, "family": family, "shape": shape})
    names = {one["id"]: Label(one["da"], one["en"]) for one in docs.rows}
    columns = _Columns(network, nodes, docs, passages or {})
    return {
        "version": 1,
        "families": [{"name": name, "da": label.da, "en": label.en} for name, label in FAMILIES.items()],
        "kinds": kinds.rows,
        "documents": docs.rows,
        "nodes": _nodes(network, places, kinds),
        "claims": columns.all(),
        "relations": columns.relations.rows,
        "strings": columns.strings.rows,
        "texts": columns.texts.rows,
        "dates": columns.dates.rows,
        "queries": gallery(queries, network, names),
    }


class _Columns:
    """Claims as columns; what few claims have is kept by claim number instead."""

    def __init__(
        self, network: Network, nodes: Table, docs: Table, passages: Mapping[tuple[str, int, int], str]
    ) -> None:
        self.network, self.nodes, self.docs, self.passages = network, nodes, docs, passages
        self.relations, self.strings, self.dates, self.texts = Table(), Table(), Table(), Table()
        self.names: list[str] = []
        self.lists: dict[str, list[int]] = {name: [] for name in "spodhlefum"}
        self.sparse: dict[str, dict[int, Any]] = {}
        for name, (label, inverse) in network.relations.items():
            row = {"name": name, "da": label.da, "en": label.en, "inverse": _pair(inverse)}
            self.relations.number(name, row)

    def all(self) -> dict[str, Any]:
        """Give the columns and the sparse fields; references between claims are claim numbers."""
        claims = list(_claims(self.network))
        number = {claim.id: place for place, claim in enumerate(claims)}
        for place, claim in enumerate(claims):
            self._add(place, claim)
            self._note(place, "because", [number[one] for one in claim.because if one in number])
            if claim.superseded_by is not None:
                self._note(place, "superseded", number.get(claim.superseded_by, NONE))
        return {**self.lists, **self.sparse, "id": self.names if len(self.network.edges) <= FULL else []}

    def _note(self, place: int, name: str, value: Any) -> None:
        """Keep a field that few claims have."""
        if value not in (None, "", [], ()):
            self.sparse.setdefault(name, {})[place] = value

    def _place(self, one: Evidence) -> list[int]:
        """Write a passage: numbers of document and heading, first and last line."""
        return [self.docs.find(one.document), self.strings.number(one.section), *(one.lines or (NONE, NONE))]

    def _text(self, place: int, name: str, label: Label | None) -> None:
        """Keep a text in both languages, by its number in the table of texts."""
        if label is not None:
            self.sparse.setdefault(name, {})[place] = self.texts.number(label, _pair(label))

    def _add(self, place: int, claim: Edge | Fact) -> None:
        """Add one claim."""
        first = claim.evidence[0] if claim.evidence else None
        section = first.section if first else claim.section
        start, end = first.lines if first and first.lines else (NONE, NONE)
        mark = MODALITIES.get(claim.modality, 0) | DERIVED * claim.derived | SUPERSEDED * bool(claim.superseded_by)
        unknown = {"name": claim.predicate, "da": claim.predicate, "en": claim.predicate}
        row = {
            "s": self.nodes.find(claim.subject),
            "p": self.relations.number(claim.predicate, unknown),
            "o": self.nodes.find(claim.object) if isinstance(claim, Edge) else NONE,
            "d": self.docs.find(first.document if first else claim.document),
            "h": self.strings.number(section) if section else NONE,
            "l": start,
            "e": end - start if start != NONE else 0,
            "f": self._date(claim.valid_from),
            "u": self._date(claim.valid_until),
            "m": mark,
        }
        for name, value in row.items():
            self.lists[name].append(value)
        prefix = f"{first.document if first else claim.document}/"
        self.names.append(claim.id.removeprefix(prefix))
        self._text(place, "role", self.network.terms.get(claim.role or ""))
        represented = self.nodes.find(claim.on_behalf_of)
        self._note(place, "behalf", represented if represented != NONE else None)
        self._note(place, "note", claim.note)
        self._note(place, "whole", claim.complete)
        self._note(place, "rule", claim.rule)
        self._note(place, "via", [self.nodes.find(one) for one in claim.via if one in self.network.nodes])
        self._note(place, "more", [self._place(one) for one in claim.evidence[1:]])
        keys = [(one.document, *one.chars) if one.chars else None for one in claim.evidence]
        found = [self.passages.get(key) if key else None for key in keys]
        self._note(place, "passages", found if any(found) else None)
        if isinstance(claim, Fact):
            self._fact(place, claim)

    def _fact(self, place: int, fact: Fact) -> None:
        """Keep a fact's value: a string or number, the number of a text, or the number of a date."""
        if fact.when is not None:
            self._note(place, "when", self._date(fact.when))
        elif isinstance(fact.value, Label):
            self._text(place, "text", fact.value)
        else:
            self.sparse.setdefault("value", {})[place] = fact.value
        for name, label in (("measure", fact.measure), ("population", fact.population), ("unit", fact.unit)):
            self._text(place, name, label)
        self._note(place, "figure", fact.kind)

    def _date(self, moment: Moment | None) -> int:
        """Number a date; a row is the EDTF string and its first and last day."""
        if moment is None:
            return NONE
        row = [moment.edtf, moment.earliest, moment.latest]
        return self.dates.number(tuple(row), row)


FULL = 20_000
"""Up to this many edges every claim's identifier is in the page; beyond, the file would grow by a fifth for them."""


def _claims(network: Network) -> list[Edge | Fact]:
    """Edges, then facts by subject: the order of the columns."""
    return [*network.edges, *(fact for node in network.nodes for fact in network.facts.get(node, []))]


def _nodes(network: Network, places: Mapping[str, tuple[float, float]], kinds: Table) -> dict[str, Any]:
    """Nodes as columns; an English name that equals the Danish one is left empty."""
    everyone = list(network.nodes.values())
    spots = [places.get(node.id, (0.0, 0.0)) for node in everyone]
    return {
        "id": [node.id for node in everyone],
        "kind": [kinds.find(node.kind) for node in everyone],
        "da": [node.label.da for node in everyone],
        "en": [node.label.en if node.label.en != node.label.da else "" for node in everyone],
        "x": [round(x) for x, _ in spots],
        "y": [round(y) for _, y in spots],
        "kinds": _sparse({n: [kinds.find(k) for k in node.kinds if kinds.find(k) != NONE and k != node.kind]
                          for n, node in enumerate(everyone)}),
        "alias": _sparse({n: [*node.aliases] for n, node in enumerate(everyone)}),
        "short": _sparse({n: [*node.abbreviations] for n, node in enumerate(everyone)}),
        "note": _sparse({n: node.note for n, node in enumerate(everyone)}),
        "codes": _sparse({n: [list(one) for one in node.identifiers] for n, node in enumerate(everyone)}),
    }  # fmt: skip


def _sparse(values: Mapping[int, Any]) -> dict[int, Any]:
    """Leave out what is empty."""
    return {number: value for number, value in values.items() if value}


def _pair(label: Label) -> str | list[str]:
    """Write a label: one string when both languages have the same, else Danish and English."""
    return label.da if label.da == label.en else [label.da, label.en]


def _document(identifier: str, record: Record) -> dict[str, Any]:
    """Write a document; one that is not described is named by its id."""
    label = record.get("label") or identifier
    names = label if isinstance(label, Mapping) else {"da": label, "en": label}
    row = {"id": identifier, "da": names.get("da") or names.get("en") or identifier}
    row["en"] = names.get("en") or row["da"]
    row.update({name: str(record[name]) for name in ("date", "url") if record.get(name)})
    return row
