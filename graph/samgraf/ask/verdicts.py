"""Yes and no: a claim that says so, a record that denies it, or a list given as whole without it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from samgraf.ask import wording
from samgraf.ask.asked import unexplained
from samgraf.ask.operators import outer_names
from samgraf.ask.pattern import gather
from samgraf.ask.query import sparql
from samgraf.ask.reply import Answer, evidence_of

if TYPE_CHECKING:
    from samgraf.ask.asked import Asked
    from samgraf.ask.index import ClaimRow
    from samgraf.ask.readings import Reading
    from samgraf.ask.reply import Reply


_NAMED = 0.88
_YES = 0.8
_DENIED = re.compile(
    r"\b(ikke|not|aflyst|cancelled|bortfaldet|lapsed|ingen|never|aldrig|no longer|hverken)\b", re.IGNORECASE
)


def yes_no(asked: Asked) -> Reply:
    """Answer yes or no; where no document says either, say that."""
    question, explainer = asked.question, asked.reader.explainer
    readings = asked.reader.readings()
    names = [n for n in outer_names(asked) if n[1] - n[0] > 1 or explainer.tells(n[2])]

    def meets(reading: Reading) -> bool:
        units = [k for i, j, _ in names for k, u in enumerate(question.units) if all(i <= p < j for p in u.positions)]
        vector = reading.vector if reading.claim.o is not None else explainer.strictly(reading.claim)
        if not all(vector[k] >= _NAMED * 0.7 for k in units):
            return False
        ends = {reading.claim.s, reading.claim.o, reading.claim.behalf, reading.claim.role}
        touched = sum(bool(ends & set(numbers)) for _, _, numbers in names)
        return reading.claim.o is None or touched >= min(2, len(names))

    refuted = _refuted(asked)
    if refuted is not None:
        return refuted
    best = next((r for r in readings if r.score >= _YES - 0.03 and meets(r) and not unexplained(r, question)), None)
    if best is not None:
        pattern = gather(readings, best, explainer, question, asked.index)
        pattern.readings = [best]
        claim = best.claim
        words = " ".join(filter(None, (claim.da, claim.en))) if claim.o is None else ""
        if claim.p == "hasStatus" and claim.o is not None:
            words = asked.index.entity(claim.o).en
        denied = bool(_DENIED.search(words)) or claim.p == "excludes"
        return _verdict(
            asked, value=denied == question.negated, claims=[claim], query=sparql(pattern, asked.index, only=[claim])
        )
    listed = _complete_list(asked, readings)
    if listed:
        query = sparql(
            gather(readings, listed[0], explainer, question, asked.index), asked.index, only=[r.claim for r in listed]
        )
        ends = [r.claim.s if r.claim.complete == "subjects" else r.claim.o for r in listed]
        members = [asked.index.entity(n).label(asked.language) for n in ends if n is not None]
        because = wording.only_those(list(dict.fromkeys(members)), asked.language)
        return _verdict(asked, value=question.negated, claims=[r.claim for r in listed], query=query, because=because)
    if question.language == "en":
        return asked.refuse("No document says so; and none gives a complete list that would rule it out.")
    return asked.refuse("Det siger intet dokument; og intet dokument giver en hel liste, der udelukker det.")


def _refuted(asked: Asked) -> Reply | None:
    """'Was it held / begun': no, when its recorded status says that it was not."""
    question, index = asked.question, asked.index
    verbs = {"hasStatus", "heldOn", "startDate"}
    if not any(verbs & u.relations and not u.bonus for u in question.units):
        return None
    for _, _, numbers in outer_names(asked):
        for claim in index.about(numbers[0]):
            denied = claim.p == "hasStatus" and claim.s == numbers[0] and claim.o is not None and not claim.superseded
            if denied and _DENIED.search(index.entity(claim.o or 0).en + " " + index.entity(claim.o or 0).da):
                query = (
                    "PREFIX sam: <https://w3id.org/samgraf/ontology#>\n"
                    f"SELECT ?status WHERE {{ <{index.entity(claim.s).iri}> sam:hasStatus ?status }}"
                )
                return _verdict(asked, value=question.negated, claims=[claim], query=query)
    return None


def _verdict(asked: Asked, *, value: bool, claims: list[ClaimRow], query: str, because: str | None = None) -> Reply:
    words = {"da": ("nej", "ja"), "en": ("no", "yes")}[asked.language]
    evidence = evidence_of(asked.store, [c.iri for c in claims])
    passages = [e for c in claims for e in evidence[c.iri]]
    answer = Answer(label=words[value], value=value, aliases=[], evidence=passages)
    because = because or wording.describe(claims[0], asked.index, asked.language)
    return asked.reply([answer], query, None, f"{words[value].capitalize()}: {because.removesuffix('.')}.")


def _complete_list(asked: Asked, readings: list[Reading]) -> list[Reading]:
    """Find a list given as whole whose owner the question names and whose members do not include what it asks about."""
    index = asked.index
    named = {n for _, _, numbers in outer_names(asked) for n in numbers[:1]}
    for reading in readings:
        claim = reading.claim
        if not claim.complete or claim.o is None:
            continue
        owner, member = (claim.o, "s") if claim.complete == "subjects" else (claim.s, "o")
        role = claim.role is not None and max(asked.reader.explainer.entity(claim.role), default=0.0) > _NAMED
        if owner not in named or not (role or any(asked.reader.explainer.asks(claim.p, ""))):
            continue
        others = [r for r in readings if r.claim.p == claim.p and r.claim.complete == claim.complete]
        others = [r for r in others if (r.claim.o if member == "s" else r.claim.s) == owner]
        members = {c.s if member == "s" else c.o for c in index.about(owner) if c.p == claim.p and not c.superseded}
        kinds = {t for m in members if m is not None for t in index.entity(m).types}
        asked_about = [n for n in named - {owner} if kinds & set(index.entity(n).types)]
        if asked_about and not any(n in members for n in asked_about):
            return others
    return []
