"""A question on its way to an answer: what it was read as, the reading chosen, and the query run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from samgraf.ask import wording
from samgraf.ask.query import sparql
from samgraf.ask.question import read_question
from samgraf.ask.reader import Reader
from samgraf.ask.reply import Answer, QueryText, Reply, entity_answer, evidence_of, merge, value_answer

if TYPE_CHECKING:
    from samgraf.ask.index import ClaimRow, Index
    from samgraf.ask.pattern import Pattern
    from samgraf.ask.readings import Reading
    from samgraf.ask.units import Question
    from samgraf.store.base import GraphStore

ENOUGH = 0.74
_EXPLAINED = 0.45
_RELATED = 0.9
_HEAVY = 0.85


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


def choose(readings: list[Reading], asked: Asked) -> Reading | None:
    """Give the best reading that explains enough, and everything that must be explained."""
    for reading in readings[:40]:
        if reading.score < ENOUGH:
            return None
        if unexplained(reading, asked.question):
            continue
        return reading
    return None


def unexplained(reading: Reading, question: Question) -> list[str]:
    """List the words that must be explained and are not."""
    pairs = list(zip(reading.vector, question.units, strict=True))
    related = any(value >= _RELATED and unit.relations and not unit.bonus for value, unit in pairs)
    return [
        unit.text
        for value, unit in pairs
        if not unit.bonus
        and value < _EXPLAINED
        and (unit.must or unit.weight >= _HEAVY)
        and not (related and unit.relations and not unit.identifier)
    ]


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
        if (
            term.language
            and term.language != asked.language
            and claim.da != claim.en
            and (claim.en or asked.language == "da")
        ):
            return None
        unit = asked.index.entity(claim.unit).iri if claim.unit else None
        answer = value_answer(term, unit, asked.language)
        if term.language:
            answer["aliases"] = [t for t in (claim.da, claim.en) if t and t != answer["label"]]
        return answer
    return None
