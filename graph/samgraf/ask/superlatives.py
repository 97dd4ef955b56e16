"""Most and fewest: answers counted over the claims, or the largest of like figures."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from samgraf.ask import wording
from samgraf.ask.reply import entity_answer, evidence_of

if TYPE_CHECKING:
    from samgraf.ask.asked import Asked
    from samgraf.ask.reply import Reply


def superlative_reply(asked: Asked) -> Reply:
    """Answer 'who takes part in most …' by counting distinct things per answer; refuse when nothing stands out."""
    question, index = asked.question, asked.index
    kinds = [u for u in question.units if u.kinds]
    relations = {r for u in question.units for r in u.relations}
    if (
        question.kind is None
        or len(kinds) < 2
        or not relations & {"participatesIn", "involvedIn", "memberOf", "partyTo"}
    ):
        return asked.refuse(wording.not_said(question, None))
    wanted, counted = frozenset(question.kind.kinds), frozenset(next(u for u in kinds if u is not question.kind).kinds)
    rows = index.db.execute(
        "SELECT s, o, iri FROM claim WHERE p IN ('participatesIn', 'involvedIn', 'hosts', 'memberOf', 'partyTo')"
        " AND superseded = 0 AND modality = 'stated' AND o IS NOT NULL"
    )
    pairs: dict[tuple[int, int], str] = {}
    for s, o, iri in rows:
        if index.is_a(index.entity(s), wanted) and index.is_a(index.entity(o), counted):
            pairs.setdefault((s, o), iri)
    tally = Counter(s for s, _ in pairs)
    if not tally:
        return asked.refuse(wording.not_said(question, None))
    best = (min if "least" in question.operators else max)(tally.values())
    winners = sorted(n for n, count in tally.items() if count == best)
    claims = {n: [iri for (s, _), iri in pairs.items() if s == n] for n in winners}
    evidence = evidence_of(asked.store, [iri for group in claims.values() for iri in group])
    answers = []
    for number in winners:
        answer = entity_answer(index, index.entity(number).iri, question.language)
        answer["evidence"] = [e for iri in claims[number] for e in evidence[iri]][:10]
        answers.append(answer)
    classes = " ".join(f"sam:{c}" for c in sorted(wanted)), " ".join(f"sam:{c}" for c in sorted(counted))
    query = (
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\nPREFIX sam: <https://w3id.org/samgraf/ontology#>\n"
        "SELECT ?answer (COUNT(DISTINCT ?thing) AS ?count) WHERE {\n"
        "  ?answer sam:participatesIn|sam:involvedIn|sam:hosts|sam:memberOf|sam:partyTo ?thing .\n"
        f"  VALUES ?kind {{ {classes[0]} }} ?answer a/rdfs:subClassOf* ?kind .\n"
        f"  VALUES ?of {{ {classes[1]} }} ?thing a/rdfs:subClassOf* ?of .\n"
        "} GROUP BY ?answer ORDER BY DESC(?count) ?answer"
    )
    return asked.reply(answers, query, None)
