"""Plans as SPARQL: the query that gives a plan's answers, for people to run by hand. Only IRIs of the index are put into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.ask.plans import COMPARED, COUNT, ENTITY, NAMES, VERDICT
from samgraf.namespaces import CLAIM, PREFIXES
from samgraf.namespaces import ENTITY as IRI

if TYPE_CHECKING:
    from samgraf.ask.plans import Plan
    from samgraf.store.ground import Ground

_PLACES = {"s": "rdf:subject", "o": "rdf:object", "v": "rdf:object", "r": "sam:role", "b": "sam:onBehalfOf",
           "f": "sam:validFrom", "u": "sam:validUntil"}  # fmt: skip


def sparql(plan: Plan, ground: Ground) -> str:
    """Write a plan as SPARQL with the columns ?answer and ?claim, or ?claim alone for yes or no."""
    kind = plan.rows[0].answer.kind if plan.rows else ENTITY
    if kind == VERDICT or (not plan.rows and not plan.place):
        lines = [f"  ?claim rdf:predicate sam:{plan.relations[0]} ."] if plan.relations[0] in ground.relations else []
        lines += (
            [f"  ?claim {_PLACES[place]} <{IRI}{end}> ." for place, end in plan.fixed]
            if not plan.rows or plan.rows[0].answer.key is not False
            else []
        )
        if plan.rows and (plan.rows[0].answer.key is False or plan.operator == COMPARED):
            lines = [_values(plan, ground)]
            lines.append("  ?claim rdf:predicate ?relation .")
        return _query("SELECT DISTINCT ?claim WHERE", lines, " ORDER BY ?claim")
    if kind == NAMES:
        return _query(
            "SELECT DISTINCT ?answer WHERE",
            [f"  VALUES ?answer {{ <{IRI}{plan.fixed[0][1]}> }}", "  ?answer rdfs:label ?name ."],
        )
    if kind == COUNT:
        inside = [_values(plan, ground), f"  ?claim {_PLACES[plan.place]} ?counted ."]
        inside += _class(plan, "?counted")
        return _query("SELECT (COUNT(DISTINCT ?counted) AS ?answer) WHERE", inside)
    if plan.operator == "difference":
        one, other = plan.facts()[:2]
        lines = [
            f"  <{CLAIM}{ground.claim(one).id}> rdf:object ?one .",
            f"  <{CLAIM}{ground.claim(other).id}> rdf:object ?other .",
        ]
        return _query("SELECT (ABS(?one - ?other) AS ?answer) WHERE", lines)
    whole = plan.operator == "rows" and bool(plan.fixed) and not plan.narrowed and _gives_all(plan, ground)
    if whole:
        lines = [f"  ?claim {_PLACES[place]} <{IRI}{end}> ." for place, end in plan.fixed]
        lines.append(f"  ?claim rdf:predicate sam:{plan.relations[0]} .")
        lines.append("  FILTER NOT EXISTS { ?claim sam:supersededBy ?newer }")
    else:
        lines = [_values(plan, ground, first=True)]
    places = sorted({_PLACES[_place(plan, n, ground)] for n in _answering(plan)})
    lines.append(f"  ?claim {'|'.join(places)} ?answer .")
    lines += _class(plan, "?answer")
    if not whole and kind == ENTITY:
        answers = " ".join(f"<{IRI}{a.key}>" for a in plan.answers())
        lines.append(f"  VALUES ?answer {{ {answers} }}")
    return _query("SELECT DISTINCT ?answer ?claim WHERE", lines, " ORDER BY ?answer ?claim")


def _gives_all(plan: Plan, ground: Ground) -> bool:
    """Tell whether the pattern alone gives the plan's rows: none was left out for what the question says."""
    (place, end), *more = plan.fixed
    if more or plan.place not in {"s", "o", "v"}:
        return False
    numbers = [n for n in ground.group(plan.relations[0], place, end) if not ground.claim(n).superseded_by]
    kept = set(plan.facts())
    return all(n in kept or (plan.classes and not _of_class(plan, ground, n)) for n in numbers)


def _of_class(plan: Plan, ground: Ground, number: int) -> bool:
    claim = ground.claim(number)
    far = claim.subject if plan.place == "s" else claim.object
    return far is not None and ground.is_a(far, plan.classes)


def _answering(plan: Plan) -> list[int]:
    return list(dict.fromkeys(row.facts[0] for row in plan.rows if row.facts))


def _place(plan: Plan, number: int, ground: Ground) -> str:
    """Give the place of the claim that answers; of rows from several relations each has its own."""
    if plan.place not in {"o", "s"}:
        return plan.place
    claim = ground.claim(number)
    answers = {row.answer.key for row in plan.rows if row.facts and row.facts[0] == number}
    return "s" if claim.subject in answers else "o"


def _values(plan: Plan, ground: Ground, *, first: bool = False) -> str:
    numbers = _answering(plan) if first else plan.facts()
    return f"  VALUES ?claim {{ {' '.join(f'<{CLAIM}{ground.claim(n).id}>' for n in numbers)} }}"


def _class(plan: Plan, variable: str) -> list[str]:
    if not plan.classes:
        return []
    names = " ".join(f"sam:{c}" for c in plan.classes)
    return [f"  VALUES ?class {{ {names} }}", f"  {variable} a/rdfs:subClassOf* ?class ."]


def _query(head: str, lines: list[str], tail: str = "") -> str:
    body = "\n".join(lines)
    prefixes = "\n".join(f"PREFIX {p}: <{iri}>" for p, iri in PREFIXES.items() if f"{p}:" in body)
    return f"{prefixes}\n{head} {{\n{body}\n}}{tail}"
