"""The answers of the named queries that need nothing to be told, for the explorer's gallery."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from samgraf.library.binding import bind_terms
from samgraf.library.evidence import is_claim_column
from samgraf.library.listing import queries
from samgraf.library.running import run
from samgraf.library.tabular import short
from samgraf.namespaces import ENTITY, SAM, XSD

if TYPE_CHECKING:
    from samgraf.rdf.port import GraphStore, Rows, Term

Texts = dict[str, str]
_MOST = 300
_TERMS = """SELECT ?term ?label WHERE {
  { ?term sam:primaryType ?type FILTER(?type IN (sam:Role, sam:Status, sam:UnitOfMeasure)) }
  UNION { ?term rdfs:isDefinedBy ?ontology }
  ?term rdfs:label ?label } ORDER BY ?term ?label"""


def gallery(store: GraphStore, workspace: str | None = None, *, most: int = _MOST) -> list[dict[str, Any]]:
    """Give the answered queries: ``name``, ``title``, ``description``, ``columns`` and ``rows`` (at most so many).

    A cell is an entity's id, a number, a text, or a name in both languages (for roles, statuses, units, predicates).
    """
    terms: dict[str, Texts] = {}
    for term, label in store.select(_TERMS).rows:
        if isinstance(term, ox.NamedNode) and isinstance(label, ox.Literal) and label.language:
            terms.setdefault(term.value, {})[label.language] = label.value
    found = []
    for query in queries(workspace):
        if any(p.required for p in query.parameters):
            continue
        rows = run(store, bind_terms(query.text, {}), ours=query.ours).rows
        if rows is None:
            continue
        columns, cells = _cells(rows, terms, most)
        if cells:
            shown = {"name": query.name, "title": query.title, "description": query.description}
            found.append({**shown, "columns": columns, "rows": cells})
    return found


def _cells(rows: Rows, terms: dict[str, Texts], most: int) -> tuple[list[str], list[list[Any]]]:
    """Leave out claims, columns without a value, and labels of what is named by its id."""
    label = {name: f"{name}Label" for name in rows.columns}
    label |= {rows.columns[0]: "label"} if "label" in rows.columns else {}
    paired = set(label.values())
    places = [i for i, name in enumerate(rows.columns) if name not in paired and not is_claim_column(name)]
    filled = [i for i in places if any(row[i] is not None for row in rows.rows)]
    cells = [[_cell(row[i], terms) for i in filled] for row in rows.rows[:most]]
    return [rows.columns[i] for i in filled], cells


def _cell(term: Term | None, terms: dict[str, Texts]) -> object:
    if isinstance(term, ox.Literal):
        kind = term.datatype.value.removeprefix(XSD)
        if kind == "integer":
            return int(term.value)
        return float(term.value) if kind in ("decimal", "double") else term.value
    if isinstance(term, ox.NamedNode):
        if term.value in terms:
            return terms[term.value]
        if term.value.startswith(ENTITY):
            return term.value.removeprefix(ENTITY)
        return terms.get(term.value, term.value.removeprefix(SAM))
    return short(term)
