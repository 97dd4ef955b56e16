"""The derived claims of who is involved in what, read as rows: by SPARQL, from any store."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

from samgraf.model import Collaboration, Moment, Passage, Period
from samgraf.namespaces import CLAIM, ENTITY, local_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from samgraf.model import Basis, Modality
    from samgraf.rdf.port import GraphStore, Term

_ROWS = """SELECT ?row ?actor ?thing ?root ?kind ?involvement ?how ?role ?modality ?basis ?source
  ?from ?fromEarliest ?fromLatest ?until ?untilEarliest ?untilLatest ?day ?earliest ?latest ?collaborates ?everybody WHERE {
  %s
  ?row a sam:Collaboration ; rdf:subject ?actor ; rdf:object ?thing ; sam:countsAs ?root ; sam:thingKind ?kind ;
    sam:involvement ?involvement ; sam:viaKind ?how ; sam:modality ?modality ; sam:basis ?basis .
  OPTIONAL { ?row sam:role ?role }
  OPTIONAL { ?row sam:basisSource ?source }
  OPTIONAL { ?row sam:effectiveFrom ?from }
  OPTIONAL { ?row sam:effectiveFromEarliest ?fromEarliest }
  OPTIONAL { ?row sam:effectiveFromLatest ?fromLatest }
  OPTIONAL { ?row sam:effectiveUntil ?until }
  OPTIONAL { ?row sam:effectiveUntilEarliest ?untilEarliest }
  OPTIONAL { ?row sam:effectiveUntilLatest ?untilLatest }
  OPTIONAL { ?row sam:attested ?day }
  OPTIONAL { ?row sam:attestedEarliest ?earliest }
  OPTIONAL { ?row sam:attestedLatest ?latest }
  OPTIONAL { ?row sam:collaborates ?collaborates }
  OPTIONAL { ?row sam:everybody ?everybody } }
ORDER BY ?row ?source"""
_MANY = "SELECT ?row ?other WHERE { %s ?row a sam:Collaboration ; %s ?other } ORDER BY ?row ?other"
_PLACES = """SELECT ?claim ?source ?first ?last ?start ?end ?section ?layer WHERE {
  %s
  ?claim sam:evidence ?evidence ; sam:section ?section .
  ?evidence oa:hasSource ?source ; sam:firstLine ?first ; sam:lastLine ?last ; oa:hasSelector ?selector .
  ?selector oa:start ?start ; oa:end ?end
  OPTIONAL { ?source sam:layer ?layer } } ORDER BY ?claim ?source ?start ?end"""


def read_collaborations(
    store: GraphStore,
    *,
    actor: str | None = None,
    roots: Iterable[str] | None = None,
    among: Iterable[str] | None = None,
) -> list[Collaboration]:
    """Give all rows sorted by id, or those of one actor (an entity's id), that count as one of ``roots``, or with these ids."""
    limit = ""
    if actor is not None:
        limit = f"?row rdf:subject {ox.NamedNode(ENTITY + actor)} ."
    elif roots is not None:
        limit = f"VALUES ?root {{ {_nodes(ENTITY, roots)} }} ?row sam:countsAs ?root ."
    elif among is not None:
        limit = f"VALUES ?row {{ {_nodes(CLAIM, among)} }}"
    via, premises = (_many(store, limit, p) for p in ("sam:via", "prov:wasDerivedFrom"))
    found: dict[str, Collaboration] = {}
    for row, *fields in store.select(_ROWS % limit).rows:
        iri = _text(row)
        if iri not in found:  # inherited from several claims: the first of them is named
            found[iri] = _row(iri, fields, via.get(iri, ()), premises.get(iri, ()))
    return sorted(found.values())


def read_places(store: GraphStore, claims: Iterable[str] | None = None) -> dict[str, list[Passage]]:
    """Give the passages of claims by their ids, all of them or those named."""
    limit = "" if claims is None else f"VALUES ?claim {{ {_nodes(CLAIM, claims)} }}"
    found: dict[str, list[Passage]] = {}
    for claim, source, *numbers, section, layer in store.select(_PLACES % limit).rows:
        first, last, start, end = (int(_text(n)) for n in numbers)
        passage = Passage(_id(source), _text(section), (first, last), (start, end), _text(layer))
        found.setdefault(_id(claim), []).append(passage)
    return found


def read_links(store: GraphStore, predicate: str) -> list[tuple[str, str]]:
    """Give the two ends of each triple with this derived property (prefixed, as in a query), as ids, sorted."""
    rows = store.select(f"SELECT DISTINCT ?a ?b WHERE {{ ?a {predicate} ?b }}").rows
    return sorted((_id(a), _id(b)) for a, b in rows)


def _nodes(base: str, names: Iterable[str]) -> str:
    return " ".join(str(ox.NamedNode(base + name)) for name in sorted(set(names)))


def _text(term: Term | None) -> str:
    return term.value if isinstance(term, (ox.NamedNode, ox.Literal)) else ""


def _id(term: Term | None) -> str:
    return local_name(_text(term))


def _many(store: GraphStore, limit: str, predicate: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for row, other in store.select(_MANY % (limit, predicate)).rows:
        found.setdefault(_text(row), []).append(_id(other))
    return {row: tuple(others) for row, others in found.items()}


def _moment(edtf: Term | None, earliest: Term | None, latest: Term | None) -> Moment | None:
    return None if edtf is None else Moment(_text(edtf), _text(earliest), _text(latest))


def _row(iri: str, fields: list[Term | None], via: Iterable[str], premises: Iterable[str]) -> Collaboration:
    actor, thing, root, kind, involvement, how, role, modality, basis, source, *rest = fields
    began, ended, day = (_moment(*rest[n : n + 3]) for n in (0, 3, 6))
    name = _id(basis).removeprefix("basis").lower()
    return Collaboration(
        id=iri.removeprefix(CLAIM),
        actor=_id(actor),
        thing=_id(thing),
        root=_id(root),
        kind=_id(kind),
        involvement=_id(involvement),
        how=_id(how),
        via=tuple(via),
        role=_id(role) or None,
        modality=cast("Modality", _id(modality)),
        effective=Period(began, ended, cast("Basis", name), _id(source)),
        attested=day,
        collaborates=rest[9] is not None,
        everybody=rest[10] is not None,
        claims=tuple(premises),
    )
