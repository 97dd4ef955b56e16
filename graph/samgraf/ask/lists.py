"""Lists with something taken away: all but those named, those of a kind that are missing, one agreement less another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.ask.asked import run
from samgraf.ask.operators import outer_names, plain
from samgraf.ask.query import leaving, sparql
from samgraf.ask.reply import entity_answer, evidence_of
from samgraf.text import stem

if TYPE_CHECKING:
    from samgraf.ask.asked import Asked
    from samgraf.ask.index import ClaimRow
    from samgraf.ask.reply import Reply


import re

_PERIOD = re.compile(r"^\d{4}[-/]\d{2,4}$")


def between_agreements(asked: Asked) -> Reply | None:
    """'Which area is new (or gone) from one agreement to the other': one list less the other."""
    index = asked.index
    periods = [w for w in asked.question.words if _PERIOD.match(w)]
    named = [n for _, _, ns in outer_names(asked) for n in ns[:1] if "Agreement" in index.entity(n).types]
    for period in periods:
        entities, _ = index.postings(period)
        fitting = [n for n in entities if "Agreement" in index.entity(n).types]
        fitting.sort(key=lambda n: -asked.reader.explainer.score(asked.reader.explainer.entity(n)))
        named += fitting[:1]
    agreements = list(dict.fromkeys(named))
    kind = asked.question.kind
    if kind is None or "DevelopmentArea" not in kind.kinds:
        return None
    if asked.question.negated:
        if not any({"continues", "continuedIn"} & u.relations for u in asked.question.units):
            return None
        agreements += [c.s for n in agreements for c in index.about(n) if c.p == "continues" and c.o == n]
        agreements = list(dict.fromkeys(agreements))
    if len(agreements) != 2:
        return None
    older, newer = sorted(agreements, key=lambda n: index.entity(n).da)
    if asked.question.negated or ("gone" in asked.question.operators and "new" not in asked.question.operators):
        older, newer = newer, older

    def areas(agreement: int) -> dict[int, ClaimRow]:
        return {
            c.s: c
            for c in index.about(agreement)
            if c.p == "underAgreement" and c.o == agreement and c.modality == "stated"
        }

    fresh = {n: c for n, c in areas(newer).items() if n not in areas(older)}
    fresh = {n: c for n, c in fresh.items() if "DevelopmentArea" in index.entity(n).types}
    if not fresh or not areas(older):
        return None

    evidence = evidence_of(asked.store, [c.iri for c in fresh.values()])
    answers = []
    for number, claim in sorted(fresh.items()):
        answer = entity_answer(index, index.entity(number).iri, asked.language)
        answer["evidence"] = evidence[claim.iri]
        answers.append(answer)
    query = (
        "PREFIX sam: <https://w3id.org/samgraf/ontology#>\nSELECT ?answer WHERE {\n"
        f"  ?answer sam:underAgreement <{index.entity(newer).iri}> .\n"
        f"  FILTER NOT EXISTS {{ ?answer sam:underAgreement <{index.entity(older).iri}> }}\n"
        "  ?answer a sam:DevelopmentArea .\n} ORDER BY ?answer"
    )
    return asked.reply(answers, query, None)


def all_but(asked: Asked) -> Reply | None:
    """'Apart from …': the answers without those that are named, or that stand in the named relation."""
    found = plain(asked)
    if found is None:
        return None

    pattern = found[1]
    question, index = asked.question, asked.index
    words = {w for k, w in enumerate(question.words) if k in question.excepted}
    left_out = {n for i, j, numbers in question.names if set(range(i, j)) <= question.excepted for n in numbers}
    roles = {n for n in left_out if "Role" in index.entity(n).types}
    relations = _relations_of(asked, words)
    telling = {n for n in left_out if "UnitOfMeasure" not in index.entity(n).types} - roles
    named = {p for i, j, numbers in question.names for p in range(i, j) if telling & set(numbers)}
    kinds = _kinds_of(asked, {w for k, w in enumerate(question.words) if k in question.excepted and k not in named})
    readings = []
    for reading in pattern.readings:
        number = reading.answer
        if number in left_out or reading.claim.role in roles:
            continue
        if number is not None and kinds and index.is_a(index.entity(number), kinds):
            continue
        others = index.about(number) if number is not None else []
        same_end = [c for c in others if reading.other in (c.s, c.o)]
        if any(c.p in relations or c.role in roles for c in same_end):
            continue
        readings.append(reading)
    if not readings:
        return None
    pattern.readings = readings
    answers, query = run(asked, pattern)
    return asked.reply(answers, query, pattern)


def _relations_of(asked: Asked, words: set[str]) -> set[str]:
    found = asked.index.lexicon(sorted({stem(w) for w in words}))
    narrow = {key for meanings in found.values() for kind, key in meanings if kind == "relations"}
    return narrow & {"hosts", "chairs", "invitedTo", "proposedBy", "fundedBy", "dissolvedBy"}


def _kinds_of(asked: Asked, words: set[str]) -> frozenset[str]:
    found = asked.index.lexicon(sorted({stem(w) for w in words}))
    return frozenset(key for meanings in found.values() for kind, key in meanings if kind == "kinds") - {
        "Actor",
        "Person",
    }


def complement(asked: Asked) -> Reply | None:
    """'Which … are not …': the rest, but only of a list that is whole; otherwise nobody can know."""
    question = asked.question
    found = plain(asked)
    if found is None:
        return None
    best = found[1].best
    if any(v > 0.5 for v, u in zip(best.vector, question.units, strict=True) if u.bonus and "not" in u.reach):
        return None
    if best.claim.o is None or best.claim.p in ("excludes", "baseline"):
        return None
    pattern = found[1]
    whole = {"s": "subjects", "o": "objects"}.get(pattern.best.slot)
    group = _members_of_kind(asked)
    if whole is None or any(c.complete != whole for c in pattern.claims) or not group or len(outer_names(asked)) > 1:
        if question.language == "en":
            return asked.refuse("The documents do not say who is left out: the list is not given as complete.")
        return asked.refuse("Dokumenterne siger ikke, hvem der mangler: listen er ikke givet som hel.")

    given = pattern.answers()
    rest = [n for n in group if n not in given]
    evidence = evidence_of(asked.store, [c.iri for c in pattern.claims])
    passages = [e for c in pattern.claims[:1] for e in evidence[c.iri]]
    answers = []
    for number in rest:
        answer = entity_answer(asked.index, asked.index.entity(number).iri, question.language)
        answer["evidence"] = list(passages)
        answers.append(answer)
    return asked.reply(answers, leaving(sparql(pattern, asked.index), "Municipality"), None)


def _members_of_kind(asked: Asked) -> list[int]:
    """Give all entities of the kind asked for, when their number is known: the members of a group listed as whole."""
    kind = asked.question.kind
    if kind is None or "Municipality" not in kind.kinds:
        return []
    rows = asked.index.db.execute("SELECT id FROM entity WHERE types = 'Municipality' ORDER BY da")
    return [r[0] for r in rows]
