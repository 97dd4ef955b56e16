"""Most and fewest: answers counted over the claims that the documents make."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.ask import wording
from samgraf.ask.reply import entity_answer, evidence_of

if TYPE_CHECKING:
    from samgraf.ask.asked import Asked
    from samgraf.ask.index import Index
    from samgraf.ask.reply import Reply

_COUNTED = ("participatesIn", "involvedIn", "hosts", "memberOf", "partyTo")
_MANY = 12
_PASSAGES = 10


def superlative_reply(asked: Asked) -> Reply:
    """Answer 'who takes part in most …' by counting distinct things per answer; refuse when nothing stands out."""
    question, index = asked.question, asked.index
    kinds = [u for u in question.units if u.kinds]
    relations = {r for u in question.units for r in u.relations}
    if question.kind is None or len(kinds) < 2 or not relations & set(_COUNTED):
        return asked.refuse(wording.not_said(question, None))
    wanted, counted = question.kind.kinds, next(u for u in kinds if u is not question.kind).kinds
    winners = _winners(index, wanted, counted, least="least" in question.operators)
    if not winners or len(winners) > _MANY:
        return asked.refuse(wording.not_said(question, None))
    evidence = evidence_of(asked.store, [iri for claims in winners.values() for iri in claims])
    answers = []
    for number, claims in winners.items():
        answer = entity_answer(index, index.entity(number).iri, question.language)
        answer["evidence"] = [e for iri in claims for e in evidence[iri]][:_PASSAGES]
        answers.append(answer)
    classes = " ".join(f"sam:{c}" for c in sorted(wanted)), " ".join(f"sam:{c}" for c in sorted(counted))
    query = (
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\nPREFIX sam: <https://w3id.org/samgraf/ontology#>\n"
        "SELECT ?answer (COUNT(DISTINCT ?thing) AS ?count) WHERE {\n"
        f"  ?answer {'|'.join(f'sam:{p}' for p in _COUNTED)} ?thing .\n"
        f"  VALUES ?kind {{ {classes[0]} }} ?answer a/rdfs:subClassOf* ?kind .\n"
        f"  VALUES ?of {{ {classes[1]} }} ?thing a/rdfs:subClassOf* ?of .\n"
        f"}} GROUP BY ?answer ORDER BY {'?count' if 'least' in question.operators else 'DESC(?count)'} ?answer"
    )
    return asked.reply(answers, query, None)


def _winners(index: Index, wanted: set[str], counted: set[str], *, least: bool) -> dict[int, list[str]]:
    """Give those that stand with most (or fewest) different things, each with the claims that say so."""
    rows = index.db.execute(
        "SELECT c.s, COUNT(DISTINCT c.o) AS n FROM claim c JOIN entity a ON a.id = c.s JOIN entity b ON b.id = c.o"
        f" WHERE {_CLAIMS} AND a.types IN ({_types(index, wanted)}) AND b.types IN ({_types(index, counted)})"
        f" GROUP BY c.s ORDER BY n {'ASC' if least else 'DESC'} LIMIT {_MANY + 1}"
    ).fetchall()
    best = [number for number, count in rows if count == rows[0][1]]
    found = {}
    for number in sorted(best):
        claims = index.db.execute(
            f"SELECT MIN(c.iri) FROM claim c JOIN entity b ON b.id = c.o WHERE c.s = ? AND {_CLAIMS}"
            f" AND b.types IN ({_types(index, counted)}) GROUP BY c.o",
            (number,),
        )
        found[number] = [row[0] for row in claims]
    return found


_CLAIMS = f"c.p IN ({', '.join(repr(p) for p in _COUNTED)}) AND c.superseded = 0 AND c.modality = 'stated'"


def _types(index: Index, wanted: set[str]) -> str:
    """Give the kinds of entities that are of these classes, as the index writes them and quoted for SQL."""
    rows = index.db.execute("SELECT DISTINCT types FROM entity")
    fitting = [t for (t,) in rows if any(wanted & index.classes[c][0] for c in t.split() if c in index.classes)]
    return ", ".join("'" + t.replace("'", "''") + "'" for t in fitting) or "''"
