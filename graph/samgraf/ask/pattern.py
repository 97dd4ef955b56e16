"""From readings to one graph pattern: which readings belong together, and the SPARQL that gives their answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from samgraf.namespaces import PREFIXES

if TYPE_CHECKING:
    from samgraf.ask.explain import Explainer
    from samgraf.ask.index import ClaimRow, Index
    from samgraf.ask.question import Question
    from samgraf.ask.readings import Around, Reading

_NEAR = 0.045
_NEAR_VALUE = 0.02
_NEAR_DATE = 0.06
_TIE = 0.003
_INVOLVEMENT = frozenset(("participatesIn", "involvedIn"))


@dataclass(slots=True)
class Pattern:
    """Readings that say the same of different answers. ``fixed`` slots are named by the question or shared by all."""

    best: Reading
    readings: list[Reading]
    fixed: dict[str, int] = field(default_factory=dict)
    shared: list[Around] = field(default_factory=list)
    classes: tuple[str, ...] = ()

    @property
    def claims(self) -> list[ClaimRow]:
        """The main claims, in the order of the readings."""
        return [r.claim for r in self.readings]

    def answers(self) -> set[object]:
        """What the readings answer: entity numbers, or values."""
        found: set[object] = set()
        for r in self.readings:
            found.add(r.answer if r.answer is not None else value_of(r))
        return found


def value_of(reading: Reading) -> str | None:
    """Give the value that a reading answers with: the claim's value, or the beginning or end of its period."""
    claim = reading.claim
    return {"v": claim.da, "t": claim.start, "u": claim.until}.get(reading.slot)


def gather(
    readings: list[Reading], best: Reading, explainer: Explainer, question: Question, index: Index, *, several: bool = True
) -> Pattern:
    """Put together the readings that belong with the best one."""
    fixed = _fixed(best, explainer)
    near = _NEAR if best.slot in ("s", "o", "b", "r") else _NEAR_VALUE if several else _TIE
    if several and best.claim.datatype == "edtf":
        near = _NEAR_DATE
    chosen: list[Reading] = []
    outer = {n for _, _, numbers in question.names for n in numbers}
    for r in readings:
        same = r.slot == best.slot and _family(r.claim.p) == _family(best.claim.p)
        if not same or r.score < best.score - near:
            continue
        if any(_slot(r.claim, s) != n for s, n in fixed.items()) or r.claim.derived > best.claim.derived:
            continue
        if r.claim.modality != best.claim.modality or not _explains_as_much(r, best, question):
            continue
        if any(_far(a) in outer and not _has(r, a) for a in best.around if a.of == "answer"):
            continue
        chosen.append(r)
    pattern = Pattern(best, chosen, fixed)
    pattern.shared = [a for a in best.around if all(_has(r, a) for r in chosen)]
    if question.kind is not None and best.answer is not None:
        wanted = frozenset(question.kind.kinds)
        if all(r.answer is not None and index.is_a(index.entity(r.answer), wanted) for r in chosen):
            pattern.classes = tuple(sorted(wanted))
    return pattern


def _family(predicate: str) -> str:
    return "involvement" if predicate in _INVOLVEMENT else predicate


def _slot(claim: ClaimRow, slot: str) -> int | None:
    return {"s": claim.s, "o": claim.o, "r": claim.role, "b": claim.behalf}[slot]


def _fixed(best: Reading, explainer: Explainer) -> dict[str, int]:
    """Give the slots of the best reading that the question names: those hold for every answer."""
    fixed = {}
    for slot in ("s", "o", "r", "b"):
        number = _slot(best.claim, slot)
        if slot != best.slot and number is not None:
            if explainer.is_named(number) and (slot in ("s", "o") or max(explainer.entity(number)) > 0.95):
                fixed[slot] = number
    return fixed


def _explains_as_much(reading: Reading, best: Reading, question: Question) -> bool:
    return all(
        a >= b - 0.3 or unit.bonus or unit is question.kind
        for a, b, unit in zip(reading.vector, best.vector, question.units, strict=True)
    )


def _has(reading: Reading, wanted: Around) -> bool:
    def same(a: Around) -> bool:
        if a.of != wanted.of or a.claim.p != wanted.claim.p:
            return False
        return (a.claim.s == a.entity) == (wanted.claim.s == wanted.entity) and _far(a) == _far(wanted)

    return any(same(a) for a in reading.around)


def _far(around: Around) -> object:
    """Give the end of a claim that is not the entity it was found from."""
    claim = around.claim
    return claim.o if claim.s == around.entity else claim.s


def sparql(pattern: Pattern, index: Index, *, only: list[ClaimRow] | None = None) -> str:
    """Write the pattern as a SPARQL query with the columns ?answer and ?claim. ``only`` limits it to these claims."""
    best = pattern.best
    target = {"s": "rdf:subject", "o": "rdf:object", "v": "rdf:object", "r": "sam:role", "b": "sam:onBehalfOf"}
    target |= {"t": "sam:validFrom", "u": "sam:validUntil"}
    lines = []
    if only:
        lines.append(f"  VALUES ?claim {{ {' '.join(f'<{c.iri}>' for c in only)} }}")
    predicates = sorted({r.claim.p for r in pattern.readings})
    if len(predicates) == 1:
        lines.append(f"  ?claim rdf:predicate sam:{predicates[0]} .")
    else:
        lines.append(f"  VALUES ?predicate {{ {' '.join(f'sam:{p}' for p in predicates)} }}")
        lines.append("  ?claim rdf:predicate ?predicate .")
    if best.slot:
        lines.append(f"  ?claim {target[best.slot]} ?answer .")
    for slot, number in sorted(pattern.fixed.items()):
        lines.append(f"  ?claim {target[slot]} <{index.entity(number).iri}> .")
    lines += _around_lines(pattern, index)
    if pattern.classes:
        lines.append(f"  VALUES ?class {{ {' '.join(f'sam:{c}' for c in pattern.classes)} }}")
        lines.append("  ?answer a/rdfs:subClassOf* ?class .")
    if best.claim.derived == 0 or best.claim.modality != "stated":
        lines.append(f"  ?claim sam:modality sam:{best.claim.modality} .") if not any(r.claim.derived for r in pattern.readings) else None
    if not best.claim.superseded:
        lines.append("  FILTER NOT EXISTS { ?claim sam:supersededBy ?newer }")
    body = "\n".join(lines)
    used = [p for p in PREFIXES if f"{p}:" in body]
    head = "\n".join(f"PREFIX {p}: <{PREFIXES[p]}>" for p in used)
    columns = "?answer ?claim" if best.slot else "?claim"
    return f"{head}\nSELECT DISTINCT {columns} WHERE {{\n{body}\n}} ORDER BY {columns}"


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
