"""Numbers: the document's own figure, the length of a list given as whole, or the difference of two figures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from samgraf.ask import wording
from samgraf.ask.asked import Asked
from samgraf.ask.operators import plain
from samgraf.ask.query import sparql
from samgraf.ask.reply import Answer, evidence_of, show_number

if TYPE_CHECKING:
    from samgraf.ask.index import ClaimRow
    from samgraf.ask.pattern import Pattern
    from samgraf.ask.reply import Reply


_THAN = re.compile(r"\s+(?:end|than|i forhold til|compared (?:to|with))\s+", re.IGNORECASE)


def difference(asked: Asked) -> Reply | None:
    """'How many more … than …': two figures, and the one less the other."""
    parts = _THAN.split(asked.text, maxsplit=1)
    if len(parts) != 2:
        return asked.refuse(wording.not_said(asked.question, None, asked.index))
    first_text = re.sub(r"\b(flere|færre|mere|mindre|more|fewer|less|higher|lower|højere|lavere)\b", "", parts[0], count=1)
    first = plain(asked, first_text)
    second = _figure_like(asked, first, parts[1])
    if first is None or second is None:
        return asked.refuse(wording.not_said(asked.question, None, asked.index))
    one, other = first[1].best.claim, second
    if one.da is None or other.da is None or one.datatype != "number" or one.id == other.id:
        return asked.refuse(wording.not_said(asked.question, None, asked.index))
    value = float(one.da) - float(other.da)
    number: float | int = int(value) if value == int(value) else round(value, 6)
    number = abs(number)
    evidence = evidence_of(asked.store, [one.iri, other.iri])
    unit = asked.index.entity(one.unit).iri.rsplit("/", 1)[-1] if one.unit else None
    label = show_number(str(number), unit, asked.language)
    answer = Answer(label=label, value=number, aliases=[], evidence=[*evidence[one.iri], *evidence[other.iri]])
    query = sparql(first[1], asked.index, only=[one, other])
    return asked.reply([answer], query, None, f"{label} ({one.da} − {other.da})")


def _figure_like(asked: Asked, first: tuple[Asked, Pattern] | None, text: str) -> ClaimRow | None:
    """Find the figure that the second half of a comparison means: of the first one's measure, about what it names."""
    if first is None:
        return None

    model = first[1].best.claim
    again = Asked(f"{'antal' if asked.language == 'da' else 'number of'} {text}", asked.store, asked.index, asked.language, None)
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
        return None if not question.negated else asked.refuse(wording.not_said(question, None, asked.index))
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
    return asked.reply([answer], sparql(pattern, asked.index, only=pattern.claims), None)
