"""Where the claims of an answer stand: document, heading, lines and characters, by the claim's IRI."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from samgraf.namespaces import CLAIM, ENTITY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from samgraf.rdf.port import GraphStore, Rows, Term

_BATCH = 500
_QUERY = """SELECT ?claim ?premise ?document ?section ?first ?last ?start ?end WHERE {{
  VALUES ?claim {{ {claims} }}
  {premise}
  ?premise sam:evidence ?passage ; sam:section ?section .
  ?passage oa:hasSource ?document ; sam:firstLine ?first ; sam:lastLine ?last ; oa:hasSelector ?selector .
  ?selector oa:start ?start ; oa:end ?end
}} ORDER BY ?claim ?document ?start ?end ?premise"""
_ITSELF, _PREMISES = "BIND(?claim AS ?premise)", "?claim prov:wasDerivedFrom ?premise ."
_DERIVED = CLAIM + "derived/"


class Passage(NamedTuple):
    """A place in a document: its id, the heading, lines from 1, characters from 0 with the end excluded."""

    document: str
    section: str
    lines: tuple[int, int]
    chars: tuple[int, int]

    def __str__(self) -> str:
        """Give ``document 106-108``."""
        first, last = self.lines
        return f"{self.document} {first}" + (f"-{last}" if last != first else "")


def claims_of(rows: Rows) -> list[list[str]]:
    """Give, for each row, the IRIs of the claims that it names, in ``claim``, ``claims`` or ``…Claim``."""
    found = []
    places = [i for i, c in enumerate(rows.columns) if is_claim_column(c)]
    if "claims" in rows.columns:
        places = [rows.columns.index("claims")]
    for row in rows.rows:
        iris = [
            iri
            for i in places
            if (term := row[i]) is not None and not isinstance(term, ox.Triple)
            for iri in term.value.split()
        ]
        found.append(list(dict.fromkeys(iri for iri in iris if iri.startswith(CLAIM))))
    return found


def is_claim_column(name: str) -> bool:
    """Tell whether a column of this name holds claims."""
    return name in ("claim", "claims", "claimA", "claimB", "newer") or name.endswith("Claim")


def passages(store: GraphStore, claims: Iterable[str]) -> dict[str, list[Passage]]:
    """Give the passages of claims by IRI; those of a derived claim are its premises'."""
    found: dict[str, list[Passage]] = {}
    wanted = sorted(set(claims))
    for premise, iris in (
        (_ITSELF, [iri for iri in wanted if not iri.startswith(_DERIVED)]),
        (_PREMISES, [iri for iri in wanted if iri.startswith(_DERIVED)]),
    ):
        for begin in range(0, len(iris), _BATCH):
            names = " ".join(str(ox.NamedNode(iri)) for iri in iris[begin : begin + _BATCH])
            for claim, _, *place in store.select(_QUERY.format(claims=names, premise=premise)).rows:
                if isinstance(claim, ox.NamedNode):
                    found.setdefault(claim.value, []).append(_passage(place))
    return {iri: list(dict.fromkeys(places)) for iri, places in found.items()}


def _passage(terms: list[Term | None]) -> Passage:
    document, section, first, last, start, end = (
        t.value if isinstance(t, (ox.NamedNode, ox.Literal)) else "" for t in terms
    )
    return Passage(document.removeprefix(ENTITY), section, (int(first), int(last)), (int(start), int(end)))
