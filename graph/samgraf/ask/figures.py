"""Numbers: the document's own figure, the length of a list given as whole, or the difference of two figures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from samgraf.ask import wording
from samgraf.ask.asked import ENOUGH, Asked, unexplained
from samgraf.ask.operators import plain
from samgraf.ask.query import counting, sparql, subtracting
from samgraf.ask.readings import Reading
from samgraf.ask.reply import Answer, evidence_of, show_number

if TYPE_CHECKING:
    from samgraf.ask.index import ClaimRow
    from samgraf.ask.pattern import Pattern
    from samgraf.ask.reply import Reply


_THAN = re.compile(r"\s+(?:end|than|i forhold til|compared (?:to|with))\s+", re.IGNORECASE)
_MORE = re.compile(r"\b(flere|færre|mere|mindre|more|fewer|less|higher|lower|højere|lavere)\b")
_LOW = 0.35
_APART = 0.18
_ALIKE = 0.2
_MANY = 30
_TIE = 0.01


def difference(asked: Asked) -> Reply | None:
    """'How many more … than …': two figures, and the one less the other."""
    pair = _compared(asked) or _pair(asked)
    if pair is None:
        return asked.refuse(wording.not_said(asked.question, None))
    one, other = pair
    value = abs(float(one.da or 0) - float(other.da or 0))
    number: float | int = int(value) if value == int(value) else round(value, 6)
    evidence = evidence_of(asked.store, [one.iri, other.iri])
    unit = asked.index.entity(one.unit).iri.rsplit("/", 1)[-1] if one.unit else None
    label = show_number(str(number), unit, asked.language)
    answer = Answer(label=label, value=number, aliases=[], evidence=[*evidence[one.iri], *evidence[other.iri]])
    return asked.reply([answer], subtracting(one, other), None, f"{label} ({one.da} − {other.da})")


def _compared(asked: Asked) -> tuple[ClaimRow, ClaimRow] | None:
    """Read what stands before 'than' and what stands after it, each for itself."""
    parts = _THAN.split(asked.text, maxsplit=1)
    if len(parts) != 2:
        return None
    first = plain(asked, _MORE.sub("", parts[0], count=1))
    second = _figure_like(asked, first, parts[1])
    if first is None or second is None:
        return None
    one = first[1].best.claim
    return (one, second) if one.datatype == "number" and one.id != second.id else None


def _pair(asked: Asked) -> tuple[ClaimRow, ClaimRow] | None:
    """Find two figures of one thing that explain the question together, each a part that the other does not."""
    asked.question.counted = None
    explainer, units = asked.reader.explainer, asked.question.units
    figures = [r for r in asked.reader.again() if r.claim.datatype == "number" and r.score > _LOW][:_MANY]
    pairs: list[tuple[float, Reading, Reading]] = []
    for n, one in enumerate(figures):
        for other in figures[n + 1 :]:
            if (one.claim.s, one.claim.unit, one.claim.kind) != (other.claim.s, other.claim.unit, other.claim.kind):
                continue
            first, second = explainer.claim(one.claim, "v"), explainer.claim(other.claim, "v")
            apart = [a - b for a, b, u in zip(first, second, units, strict=True) if not u.bonus]
            if max(apart, default=0.0) > _APART and min(apart) < -_APART:
                words, others = set(one.claim.own.split()), set(other.claim.own.split())
                alike = len(words & others) / len(words | others)
                pairs.append((explainer.score(list(map(max, first, second))) + _ALIKE * alike, one, other))
    pairs.sort(key=lambda p: -p[0])
    if not pairs or pairs[0][0] < ENOUGH or (len(pairs) > 1 and pairs[1][0] > pairs[0][0] - _TIE):
        return None
    _, one, other = pairs[0]
    together = Reading(one.claim, one.slot, list(map(max, one.vector, other.vector)), pairs[0][0])
    return None if unexplained(together, asked.question) else (one.claim, other.claim)


def _figure_like(asked: Asked, first: tuple[Asked, Pattern] | None, text: str) -> ClaimRow | None:
    """Find the figure that the second half of a comparison means: of the first one's measure, about what it names."""
    if first is None:
        return None
    model = first[1].best.claim
    again = Asked(
        f"{'antal' if asked.language == 'da' else 'number of'} {text}", asked.store, asked.index, asked.language, None
    )
    again.question.asks = "number"
    found = [r for r in again.reader.readings() if r.claim.id != model.id and r.claim.unit == model.unit]
    likeness = {r.claim.id: len(set(r.claim.own.split()) & set(model.own.split())) for r in found}
    found.sort(key=lambda r: (-round(r.score + 0.02 * likeness[r.claim.id], 3), r.claim.id))
    return found[0].claim if found and found[0].score > 0.4 else None


def number(asked: Asked) -> Reply | None:
    """A number: the document's own figure, or the length of a list that a document gives as whole."""
    found = plain(asked)
    question = asked.question
    if found is not None:
        return None if not question.negated else asked.refuse(wording.not_said(question, None))
    counted = plain(asked, asks="what")
    if counted is None:
        return None
    pattern = counted[1]
    whole = {"s": "subjects", "o": "objects"}.get(pattern.best.slot)
    if whole is None or any(c.complete != whole for c in pattern.claims):
        if question.language == "en":
            return asked.refuse("The documents do not give the number, nor a list that they call complete.")
        return asked.refuse("Dokumenterne nævner ikke antallet, og giver heller ikke en liste, der er hel.")
    count = len(pattern.answers())
    evidence = evidence_of(asked.store, [c.iri for c in pattern.claims])
    passages = [e for c in pattern.claims[:3] for e in evidence[c.iri]]
    answer = Answer(label=str(count), value=count, aliases=[], evidence=passages)
    return asked.reply([answer], counting(sparql(pattern, asked.index, only=pattern.claims)), None)
