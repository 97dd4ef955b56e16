"""Names: what an abbreviation stands for, and what something that the question points to is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from samgraf.ask.operators import outer_names
from samgraf.ask.reply import Answer, entity_answer, evidence_of
from samgraf.text import words

if TYPE_CHECKING:
    from samgraf.ask.asked import Asked
    from samgraf.ask.index import ClaimRow
    from samgraf.ask.reply import Reply


def abbreviation(asked: Asked) -> Reply | None:
    """'What does X stand for': the full name; 'the abbreviation of …': the short one."""
    names = outer_names(asked)
    if len(names) != 1:
        return None
    i, j, numbers = names[0]
    said = " ".join(asked.question.words[i:j])

    for number in numbers:
        claims = [c for c in asked.index.about(number) if c.p == "abbreviation" and c.s == number]
        entity = asked.index.entity(number)
        short = next((c for c in claims if c.da and " ".join(words(c.da)) == said), None)
        if short is None:
            continue
        answer = entity_answer(asked.index, entity.iri, "da")
        folded = " ".join(words(answer["label"]))
        if folded == said:
            longest = max(answer["aliases"], key=len, default=answer["label"])
            answer["aliases"] = [answer["label"], *(a for a in answer["aliases"] if a != longest)]
            answer["label"] = longest
        answer["evidence"] = evidence_of(asked.store, [short.iri])[short.iri]
        query = (
            "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\nPREFIX sam: <https://w3id.org/samgraf/ontology#>\n"
            f"SELECT ?answer ?label WHERE {{ ?answer sam:abbreviation {ox.Literal(short.da or '')} ; rdfs:label ?label }}"
        )
        return asked.reply([answer], query, None)
    return None


def called(asked: Asked) -> Reply | None:
    """'What is focus area 3 of X called': the thing itself, when its name covers all that the question speaks of."""
    question, index = asked.question, asked.index
    for i, j, numbers in outer_names(asked):
        rest = [u for u in question.units if not u.bonus and not all(i <= p < j for p in u.positions)]
        if rest or len(numbers) != 1 or question.asks != "what":
            continue
        entity = index.entity(numbers[0])
        if " ".join(question.words[i:j]) in (" ".join(words(entity.da)), " ".join(words(entity.en))):
            continue
        claims = [c for c in index.about(entity.number) if c.s == entity.number and not c.derived and not c.superseded]
        answer = entity_answer(index, entity.iri, asked.language)
        answer["evidence"] = [
            e for found in evidence_of(asked.store, [c.iri for c in claims[:3]]).values() for e in found
        ]
        query = (
            "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n"
            f"SELECT ?answer ?label WHERE {{ VALUES ?answer {{ <{entity.iri}> }} ?answer rdfs:label ?label }}"
        )
        return asked.reply([answer], query, None)
    return None


def described(asked: Asked) -> Reply | None:
    """'Who is X', 'what is X', or the bare name: a person's posts, or what the documents say that something is or is for."""
    question, index = asked.question, asked.index
    names = outer_names(asked)
    if len(names) != 1 or question.asks not in ("who", "what"):
        return None
    i, j, numbers = names[0]
    beyond = [u for u in question.units if not all(i <= p < j for p in u.positions)]
    if any(not u.bonus or u.weight >= 1 for u in beyond):
        return None
    number = numbers[0]
    own = [c for c in index.about(number) if c.s == number and not c.derived and not c.superseded]
    own = [c for c in own if c.modality == "stated" and asked.reader.pool.holds(c)]
    for predicate in ("holdsPost", "affiliatedWith", "description", "goal", "task"):
        claims = [c for c in own if c.p == predicate]
        if claims:
            return _told(asked, number, predicate, claims)
    return None


def _told(asked: Asked, number: int, predicate: str, claims: list[ClaimRow]) -> Reply:
    index, language = asked.index, asked.language
    evidence = evidence_of(asked.store, [c.iri for c in claims])
    answers = []
    for claim in claims:
        if claim.o is None:
            text = (claim.en if language == "en" else claim.da) or claim.da or ""
            answer = Answer(label=text, aliases=[t for t in (claim.da, claim.en) if t and t != text], evidence=[])
        else:
            answer = entity_answer(index, index.entity(claim.o).iri, language)
            if claim.role is not None:
                role = index.entity(claim.role)
                answer["aliases"] = [role.da, role.en, answer["label"], *answer["aliases"]]
                answer["label"] = f"{role.label(language)}, {answer['label']}"
                answer["role"] = role.label(language)
        answer["evidence"] = evidence[claim.iri]
        answers.append(answer)
    query = (
        "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>\nPREFIX sam: <https://w3id.org/samgraf/ontology#>\n"
        f"SELECT ?answer ?role WHERE {{\n  ?claim rdf:subject <{index.entity(number).iri}> ; "
        f"rdf:predicate sam:{predicate} ; rdf:object ?answer ; sam:modality sam:stated .\n"
        "  OPTIONAL { ?claim sam:role ?role }\n  FILTER NOT EXISTS { ?claim sam:supersededBy ?newer }\n} ORDER BY ?answer"
    )
    return asked.reply(answers, query, None)
