"""Patterns as SPARQL. Only IRIs and predicate names of the index are put into a query, never words of the question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.namespaces import PREFIXES

if TYPE_CHECKING:
    from samgraf.ask.index import ClaimRow, Index
    from samgraf.ask.pattern import Pattern


def sparql(pattern: Pattern, index: Index, *, only: list[ClaimRow] | None = None) -> str:
    """Write the pattern as a SPARQL query with the columns ?answer and ?claim. ``only`` limits it to these claims."""
    best = pattern.best
    target = {"s": "rdf:subject", "o": "rdf:object", "v": "rdf:object", "r": "sam:role", "b": "sam:onBehalfOf"}
    target |= {"t": "sam:validFrom", "u": "sam:validUntil"}
    lines = []
    if only:
        lines.append(f"  VALUES ?claim {{ {' '.join(f'<{c.iri}>' for c in only)} }}")
    predicates = sorted({r.claim.p for r in pattern.readings})
    for slot, number in sorted(pattern.fixed.items()):
        lines.append(f"  ?claim {target[slot]} <{index.entity(number).iri}> .")
    named = ", ".join(f"sam:{p}" for p in predicates)
    if pattern.fixed or only or len(predicates) > 1:
        # a filter, not a triple: a store may begin by fetching all claims of the predicate
        lines.append(f"  ?claim rdf:predicate ?predicate FILTER(?predicate IN ({named}))")
    else:
        lines.append(f"  ?claim rdf:predicate {named} .")
    if best.slot:
        lines.append(f"  ?claim {target[best.slot]} ?answer .")
    lines += _around_lines(pattern, index)
    if pattern.classes:
        lines.append(f"  VALUES ?class {{ {' '.join(f'sam:{c}' for c in pattern.classes)} }}")
        lines.append("  ?answer a/rdfs:subClassOf* ?class .")
    if not only and not any(r.claim.derived for r in pattern.readings):
        lines.append(f"  ?claim sam:modality ?modality FILTER(?modality = sam:{best.claim.modality})")
    if not only and not best.claim.superseded:
        lines.append("  FILTER NOT EXISTS { ?claim sam:supersededBy ?newer }")
    columns = "?answer ?claim" if best.slot else "?claim"
    return _query(f"SELECT DISTINCT {columns} WHERE", lines, f" ORDER BY {columns}")


def _query(head: str, lines: list[str], tail: str = "") -> str:
    body = "\n".join(lines)
    prefixes = "\n".join(f"PREFIX {p}: <{iri}>" for p, iri in PREFIXES.items() if f"{p}:" in body)
    return f"{prefixes}\n{head} {{\n{body}\n}}{tail}"


def _inside(query: str) -> list[str]:
    """Give the lines of a query's pattern."""
    return query[query.index("{\n") + 2 : query.rindex("\n}")].split("\n")


def counting(query: str) -> str:
    """Turn a query for answers into one for their number."""
    return _query("SELECT (COUNT(DISTINCT ?answer) AS ?count) WHERE", _inside(query))


def subtracting(one: ClaimRow, other: ClaimRow) -> str:
    """Write the query for the difference of two figures."""
    lines = [f"  <{one.iri}> rdf:object ?one .", f"  <{other.iri}> rdf:object ?other ."]
    return _query("SELECT (ABS(?one - ?other) AS ?answer) WHERE", lines)


def leaving(query: str, kind: str) -> str:
    """Turn a query for answers into one for all of a class that are not among them."""
    lines = [f"  ?answer a sam:{kind} .", "  FILTER NOT EXISTS {", *(f"  {line}" for line in _inside(query)), "  }"]
    return _query("SELECT DISTINCT ?answer WHERE", lines, " ORDER BY ?answer")


def _around_lines(pattern: Pattern, index: Index) -> list[str]:
    lines = []
    for number, around in enumerate(pattern.shared, 1):
        claim = around.claim
        near_is_subject = claim.s == around.entity
        far = claim.o if near_is_subject else claim.s
        if around.of == "answer":
            near = "?answer"
        elif around.entity in pattern.fixed.values():
            near = f"<{index.entity(around.entity).iri}>"
        else:
            continue
        if far is None:
            continue
        other = f"<{index.entity(far).iri}>"
        subject, obj = (near, other) if near_is_subject else (other, near)
        name = f"?also{number}"
        lines.append(f"  {name} rdf:subject {subject} ; rdf:predicate sam:{claim.p} ; rdf:object {obj} .")
    return lines
