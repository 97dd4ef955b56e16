"""Answering: read the question, rank its readings, run the best one's query, or say why there is no answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from samgraf.ask import wording
from samgraf.ask.index import ClaimRow, Index
from samgraf.ask.pattern import Pattern, gather, sparql, value_of
from samgraf.ask.question import Question, read_question
from samgraf.ask.readings import Reader, Reading
from samgraf.ask.reply import Answer, QueryText, Reply, entity_answer, evidence_of, merge, value_answer

if TYPE_CHECKING:
    from samgraf.store.base import GraphStore

ENOUGH = 0.74
_EXPLAINED = 0.45
_RELATED = 0.9
_EQUAL = 0.016
_FEW = 12
_MANY = 60
_WITHIN = 0.12


class Asked:
    """One question on its way to an answer; what it was understood as can be read off afterwards."""

    def __init__(self, text: str, store: GraphStore, index: Index, language: str | None, as_of: str | None) -> None:
        self.text = text
        self.store = store
        self.index = index
        self.as_of = as_of
        self.question = read_question(text, index, language)
        self.language = self.question.language
        self.reader = Reader(self.question, index, as_of)

    def refuse(self, message: str) -> Reply:
        """Give the reply that says why there is no answer."""
        return Reply(
            question=self.text,
            lang=self.language,
            answered=False,
            query=QueryText(sparql=""),
            answers=[],
            message=message,
            understood=wording.understood(self.question, self.index, None),
        )

    def reply(self, answers: list[Answer], query: str, pattern: Pattern | None, message: str | None = None) -> Reply:
        """Give the reply with these answers."""
        answers = merge(answers)
        return Reply(
            question=self.text,
            lang=self.language,
            answered=bool(answers),
            query=QueryText(sparql=query),
            answers=answers,
            message=message or wording.sentence(self.question, answers, pattern, self.index),
            understood=wording.understood(self.question, self.index, pattern),
        )


def answer_question(
    text: str, store: GraphStore, index: Index, *, language: str | None = None, as_of: str | None = None
) -> Reply:
    """Answer a question. Nothing is raised for any text; a question that cannot be answered says so in ``message``."""
    asked = Asked(text, store, index, language, as_of)
    question = asked.question
    if not question.units:
        return asked.refuse(wording.nothing_asked(asked.language))
    if question.unknown:
        return asked.refuse(wording.unknown_words(question, index))
    from samgraf.ask.operators import special

    found = special(asked)
    if found is not None:
        return found
    return answer_plain(asked)


def answer_plain(asked: Asked) -> Reply:
    """Answer with the best reading alone, no operator in play."""
    readings = asked.reader.readings()
    best = choose(readings, asked)
    if best is None:
        asked.reader.superseded = True
        again = asked.reader.readings()
        best = choose(again, asked)
        if best is not None and best.claim.superseded:
            readings = again
        else:
            best = None
    if best is None:
        return asked.refuse(wording.not_said(asked.question, readings[0] if readings else None, asked.index))
    ordered = bool({"first", "last"} & asked.question.operators)
    several = wants_several(asked.question) or ordered
    pattern = widest(readings, best, asked, several=several)
    picked = ordered and pick_by_date(pattern, asked)
    rival = None if picked else _rival(readings, pattern, asked)
    if rival is not None:
        return asked.refuse(wording.ambiguous(asked.question, pattern.best, rival, asked.index))
    answers, query = run(asked, pattern)
    return asked.reply(answers, query, pattern)


def choose(readings: list[Reading], asked: Asked) -> Reading | None:
    """Give the best reading that explains enough, and everything that must be explained."""
    for reading in readings[:40]:
        if reading.score < ENOUGH:
            return None
        if unexplained(reading, asked.question):
            continue
        return reading
    return None


def widest(readings: list[Reading], best: Reading, asked: Asked, *, several: bool) -> Pattern:
    """Give the pattern of the best reading; where the same claims can be read from another end, the one with most answers."""
    explainer, question, index = asked.reader.explainer, asked.question, asked.index
    pattern = gather(readings, best, explainer, question, index, several=several)
    if question.expected and len(pattern.answers()) != question.expected:
        for other in readings[:_MANY]:
            if other.score < best.score - _WITHIN or other.slot not in ("s", "o") or unexplained(other, question):
                continue
            fitting = gather(readings, other, explainer, question, index, several=several)
            if len(fitting.answers()) == question.expected:
                return fitting
    claims = {best.claim.id, *(a.claim.id for a in best.around)}
    for other in readings[:_FEW]:
        same = other is not best and other.slot == best.slot and other.answer == best.answer and best.answer is not None
        if same and other.score > best.score - _EQUAL and {other.claim.id, *(a.claim.id for a in other.around)} == claims:
            wider = gather(readings, other, explainer, question, index, several=several)
            if len(wider.answers()) > len(pattern.answers()):
                pattern = wider
    return pattern


def unexplained(reading: Reading, question: Question) -> list[str]:
    """List the words that must be explained and are not."""
    pairs = list(zip(reading.vector, question.units, strict=True))
    related = any(value >= _RELATED and unit.relations and not unit.bonus for value, unit in pairs)
    return [
        unit.text
        for value, unit in pairs
        if not unit.bonus
        and value < _EXPLAINED
        and (unit.must or unit.weight >= 0.85)  # noqa: PLR2004
        and not (related and unit.relations and not unit.identifier)
    ]


def pick_by_date(pattern: Pattern, asked: Asked) -> bool:
    """Keep the first or the last of several dated answers; give False, and change nothing, where dates are missing."""

    def date(reading: Reading) -> str | None:
        claim = reading.claim
        if claim.value_earliest or (reading.answer is None and claim.start_earliest):
            return claim.value_earliest or claim.start_earliest
        dated = asked.index.about(reading.answer) if reading.answer is not None else []
        days = [c.value_earliest for c in dated if c.value_earliest and c.s == reading.answer and not c.superseded]
        return min(days) if days else claim.start_earliest

    dates = {id(r): date(r) for r in pattern.readings}
    if len(pattern.readings) < 2 or None in dates.values():  # noqa: PLR2004
        return False
    chosen = (max if "last" in asked.question.operators else min)(str(d) for d in dates.values())
    pattern.readings = [r for r in pattern.readings if dates[id(r)] == chosen]
    pattern.best = pattern.readings[0]
    return True


def _rival(readings: list[Reading], pattern: Pattern, asked: Asked) -> Reading | None:
    """Give a reading that explains the question just as well and answers something else."""
    best, own = pattern.best, pattern.answers()
    if best.slot in ("v", "t", "u") and len(own) > 1 and not wants_several(asked.question):
        return pattern.readings[1]
    for reading in readings:
        if reading.score < best.score - 0.004:
            return None
        simpler = len(reading.around) <= len(best.around)
        if simpler and reading not in pattern.readings and not unexplained(reading, asked.question):
            other = reading.answer if reading.answer is not None else value_of(reading)
            if other not in own and reading.slot == best.slot and reading.claim.p == best.claim.p:
                return reading
    return None


def wants_several(question: Question) -> bool:
    """Tell whether the question asks for more than one date or text."""
    plural = {"dator", "dates", "hvilke", "frister", "deadlines", "mal", "aims", "goals", "formal", "purposes", "opgaver", "tasks"}
    plural |= {"beslutninger", "decisions", "anbefalinger", "recommendations", "forslag", "proposals", "krav", "kriterier"}
    return bool(plural & set(question.words)) or question.asks in ("what", "why")


def run(asked: Asked, pattern: Pattern) -> tuple[list[Answer], str]:
    """Run the pattern's query; when the shape alone gives more claims than were meant, it is limited to those."""
    chosen = {c.iri for c in pattern.claims}
    query = sparql(pattern, asked.index)
    rows = asked.store.select(query).rows
    given = {row[-1].value for row in rows if isinstance(row[-1], ox.NamedNode)}
    if given != chosen:
        query = sparql(pattern, asked.index, only=_sorted(pattern.claims))
        rows = asked.store.select(query).rows
    by_iri = {r.claim.iri: r for r in pattern.readings}
    evidence = evidence_of(asked.store, by_iri)
    ordered: list[tuple[int, Answer]] = []
    order = {c.iri: n for n, c in enumerate(_sorted(pattern.claims))}
    for term, claim in ((row[0], row[-1]) for row in rows):
        if not isinstance(claim, ox.NamedNode) or claim.value not in by_iri:
            continue
        answer = _answer(term, by_iri[claim.value].claim, asked)
        if answer is not None:
            answer["evidence"] = list(evidence[claim.value])
            ordered.append((order[claim.value], answer))
    return [a for _, a in sorted(ordered, key=lambda p: p[0])], query


def _sorted(claims: list[ClaimRow]) -> list[ClaimRow]:
    return sorted(claims, key=lambda c: c.id)


def _answer(term: object, claim: ClaimRow, asked: Asked) -> Answer | None:
    if isinstance(term, ox.NamedNode):
        return entity_answer(asked.index, term.value, asked.language)
    if isinstance(term, ox.Literal):
        if term.language and term.language != asked.language and claim.da != claim.en and (claim.en or asked.language == "da"):
            return None
        unit = asked.index.entity(claim.unit).iri if claim.unit else None
        answer = value_answer(term, unit, asked.language)
        if term.language:
            answer["aliases"] = [t for t in (claim.da, claim.en) if t and t != answer["label"]]
        return answer
    return None
