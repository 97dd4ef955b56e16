"""Operators: yes/no, leaving out, differences, counts, two dates at once, abbreviations, what is new between agreements.

Each takes the question in hand and either answers it, refuses it, or leaves it to the plain reading.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from samgraf.ask import wording
from samgraf.ask.explain import asks_for
from samgraf.ask.pattern import gather, sparql
from samgraf.ask.reply import Answer, evidence_of, show_number

if TYPE_CHECKING:
    from collections.abc import Callable

    from samgraf.ask.engine import Asked
    from samgraf.ask.index import ClaimRow
    from samgraf.ask.pattern import Pattern
    from samgraf.ask.readings import Reading
    from samgraf.ask.reply import Reply

_NAMED = 0.88
_YES = 0.8
_THAN = re.compile(r"\s+(?:end|than|i forhold til|compared (?:to|with))\s+", re.IGNORECASE)
_DENIED = re.compile(r"\b(ikke|not|aflyst|cancelled|bortfaldet|lapsed|ingen|never|aldrig|no longer|hverken)\b", re.IGNORECASE)
_PERIOD = re.compile(r"^\d{4}[-/]\d{2,4}$")


def special(asked: Asked) -> Reply | None:
    """Answer what needs an operator; None leaves the question to the plain reading."""
    question = asked.question
    handlers: list[tuple[bool, Callable[[Asked], Reply | None]]] = [
        ("most" in question.operators or "least" in question.operators, _superlative),
        (question.asks == "yesno", _yes_no),
        ("difference" in question.operators and question.asks == "number", _difference),
        (question.asks == "when", _two_dates),
        (bool({"new", "gone"} & question.operators) or question.negated, _between_agreements),
        ("link" in question.operators, _link),
        (any("abbreviation" in u.relations for u in question.units), _abbreviation),
        (question.asks == "number", _number),
        (bool(question.excepted), _all_but),
        (question.negated and question.asks != "yesno", _complement),
    ]
    for applies, handler in handlers:
        if applies:
            reply = handler(asked)
            if reply is not None:
                return reply
    return None


def outer_names(asked: Asked) -> list[tuple[int, int, list[int]]]:
    """Give the names in the question that do not lie within longer names, those that are left out excepted."""
    names = [n for n in asked.question.names if not set(range(n[0], n[1])) <= asked.question.excepted]
    return [n for n in names if not any(m is not n and m[0] <= n[0] and n[1] <= m[1] for m in names)]


def _plain(asked: Asked, text: str | None = None) -> tuple[Asked, Pattern] | None:
    """Read the question (or another text) plainly, and give the pattern of its best reading if that is good enough."""
    from samgraf.ask.engine import Asked as Again
    from samgraf.ask.engine import choose

    here = asked if text is None else Again(text, asked.store, asked.index, asked.language, asked.as_of)
    readings = here.reader.readings()
    best = choose(readings, here)
    if best is None:
        return None
    return here, gather(readings, best, here.reader.explainer, here.question, here.index)


def _yes_no(asked: Asked) -> Reply:
    from samgraf.ask.engine import unexplained

    question, explainer = asked.question, asked.reader.explainer
    readings = asked.reader.readings()
    names = outer_names(asked)

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
        return _verdict(asked, value=denied == question.negated, claims=[claim], query=sparql(pattern, asked.index, only=[claim]))
    listed = _complete_list(asked, readings)
    if listed:
        query = sparql(gather(readings, listed[0], explainer, question, asked.index), asked.index, only=[r.claim for r in listed])
        return _verdict(asked, value=question.negated, claims=[r.claim for r in listed], query=query)
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


def _verdict(asked: Asked, *, value: bool, claims: list[ClaimRow], query: str) -> Reply:
    words = {"da": ("nej", "ja"), "en": ("no", "yes")}[asked.language]
    evidence = evidence_of(asked.store, [c.iri for c in claims])
    passages = [e for c in claims for e in evidence[c.iri]]
    answer = Answer(label=words[value], value=value, aliases=[], evidence=passages)
    because = wording.describe(claims[0], asked.index, asked.language)
    return asked.reply([answer], query, None, f"{words[value].capitalize()}: {because}")


def _complete_list(asked: Asked, readings: list[Reading]) -> list[Reading]:
    """Find a list given as whole whose owner the question names and whose members do not include what it asks about."""
    question, index = asked.question, asked.index
    named = {n for _, _, numbers in outer_names(asked) for n in numbers[:1]}
    for reading in readings:
        claim = reading.claim
        if not claim.complete or claim.o is None:
            continue
        owner, member = (claim.o, "s") if claim.complete == "subjects" else (claim.s, "o")
        role = claim.role is not None and max(asked.reader.explainer.entity(claim.role), default=0.0) > _NAMED
        if owner not in named or not (role or any(asks_for(u, claim.p, "") for u in question.units)):
            continue
        others = [r for r in readings if r.claim.p == claim.p and r.claim.complete == claim.complete]
        others = [r for r in others if (r.claim.o if member == "s" else r.claim.s) == owner]
        members = {c.s if member == "s" else c.o for c in index.about(owner) if c.p == claim.p and not c.superseded}
        kinds = {t for m in members if m is not None for t in index.entity(m).types}
        asked_about = [n for n in named - {owner} if kinds & set(index.entity(n).types)]
        if asked_about and not any(n in members for n in asked_about):
            return others
    return []


def _difference(asked: Asked) -> Reply | None:
    """'How many more … than …': two figures, and the one less the other."""
    parts = _THAN.split(asked.text, maxsplit=1)
    if len(parts) != 2:  # noqa: PLR2004
        return asked.refuse(wording.not_said(asked.question, None, asked.index))
    first_text = re.sub(r"\b(flere|færre|mere|mindre|more|fewer|less|higher|lower|højere|lavere)\b", "", parts[0], count=1)
    first = _plain(asked, first_text)
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
    from samgraf.ask.engine import Asked as Again

    model = first[1].best.claim
    again = Again(f"{'antal' if asked.language == 'da' else 'number of'} {text}", asked.store, asked.index, asked.language, None)
    again.question.asks = "number"
    found = [r for r in again.reader.readings() if r.claim.id != model.id and r.claim.unit == model.unit]
    likeness = {r.claim.id: len(set(r.claim.own.split()) & set(model.own.split())) for r in found}
    found.sort(key=lambda r: (-round(r.score + 0.02 * likeness[r.claim.id], 3), r.claim.id))
    return found[0].claim if found and found[0].score > 0.4 else None  # noqa: PLR2004


def _two_dates(asked: Asked) -> Reply | None:
    """'When did it start and when does it end': both dates, each with its own reading."""
    asked_for = {u.text: u.relations & {"startDate", "endDate", "deadline", "heldOn", "issued"} for u in asked.question.units}
    wanted = [name for name in ("startDate", "endDate") if any(r == {name} or name in r for r in asked_for.values())]
    starts = any("startDate" in r and "endDate" not in r for r in asked_for.values())
    ends = any("endDate" in r and "startDate" not in r for r in asked_for.values())
    if len(wanted) < 2 or not (starts and ends):  # noqa: PLR2004
        return None
    explainer = asked.reader.explainer
    readings = asked.reader.readings()
    answers: list[Answer] = []
    claims: list[ClaimRow] = []
    from samgraf.ask.engine import run

    for name in wanted:
        fitting = [r for r in readings if r.claim.p == name and r.slot == "v" and explainer.is_named(r.claim.s)]
        if not fitting:
            return None
        pattern = gather(fitting, fitting[0], explainer, asked.question, asked.index)
        pattern.readings = pattern.readings[:1]
        answers += run(asked, pattern)[0]
        claims += pattern.claims
    both = gather(readings, next(r for r in readings if r.claim.id == claims[0].id), explainer, asked.question, asked.index)
    both.fixed.pop("o", None)
    both.readings = [r for r in readings if r.claim in claims and r.slot == "v"]
    both.shared = []
    return asked.reply(answers, sparql(both, asked.index, only=claims), None)


def _between_agreements(asked: Asked) -> Reply | None:
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
    if len(agreements) != 2:  # noqa: PLR2004
        return None
    older, newer = sorted(agreements, key=lambda n: index.entity(n).da)
    if asked.question.negated or ("gone" in asked.question.operators and "new" not in asked.question.operators):
        older, newer = newer, older

    def areas(agreement: int) -> dict[int, ClaimRow]:
        return {c.s: c for c in index.about(agreement) if c.p == "underAgreement" and c.o == agreement and c.modality == "stated"}

    fresh = {n: c for n, c in areas(newer).items() if n not in areas(older)}
    fresh = {n: c for n, c in fresh.items() if "DevelopmentArea" in index.entity(n).types}
    if not fresh or not areas(older):
        return None
    from samgraf.ask.reply import entity_answer

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


def _link(asked: Asked) -> Reply | None:
    """'What links A and B': left to the paths between them, when the question names two and asks for nothing else."""
    names = outer_names(asked)
    if len(names) != 2 or asked.question.kind is not None:  # noqa: PLR2004
        return None
    from samgraf.ask.paths import link_reply

    return link_reply(asked, names[0][2][0], names[1][2][0])


def _abbreviation(asked: Asked) -> Reply | None:
    """'What does X stand for': the full name; 'the abbreviation of …': the short one."""
    names = outer_names(asked)
    if len(names) != 1:
        return None
    i, j, numbers = names[0]
    said = " ".join(asked.question.words[i:j])
    from samgraf.ask.reply import entity_answer

    for number in numbers:
        claims = [c for c in asked.index.about(number) if c.p == "abbreviation" and c.s == number]
        entity = asked.index.entity(number)
        from samgraf.text import words

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
            f'SELECT ?answer ?label WHERE {{ ?answer sam:abbreviation "{short.da}" ; rdfs:label ?label }}'
        )
        return asked.reply([answer], query, None)
    return None


def _number(asked: Asked) -> Reply | None:
    """A number: the document's own figure, or the length of a list that a document gives as whole."""
    found = _plain(asked)
    question = asked.question
    if found is not None:
        return None if not question.negated else asked.refuse(wording.not_said(question, None, asked.index))
    question.asks = "what"
    try:
        counted = _plain(asked)
    finally:
        question.asks = "number"
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


def _all_but(asked: Asked) -> Reply | None:
    """'Apart from …': the answers without those that are named, or that stand in the named relation."""
    found = _plain(asked)
    if found is None:
        return None
    from samgraf.ask.engine import run

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
    from samgraf.text import stem

    found = asked.index.lexicon(sorted({stem(w) for w in words}))
    narrow = {key for meanings in found.values() for kind, key in meanings if kind == "relations"}
    return narrow & {"hosts", "chairs", "invitedTo", "proposedBy", "fundedBy", "dissolvedBy"}


def _kinds_of(asked: Asked, words: set[str]) -> frozenset[str]:
    from samgraf.text import stem

    found = asked.index.lexicon(sorted({stem(w) for w in words}))
    return frozenset(key for meanings in found.values() for kind, key in meanings if kind == "kinds") - {"Actor", "Person"}


def _complement(asked: Asked) -> Reply | None:
    """'Which … are not …': the rest, but only of a list that is whole; otherwise nobody can know."""
    question = asked.question
    found = _plain(asked)
    if found is None:
        return None
    best = found[1].best
    if any(v > 0.5 for v, u in zip(best.vector, question.units, strict=True) if u.bonus and "not" in u.reach):  # noqa: PLR2004
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
    from samgraf.ask.reply import entity_answer

    given = pattern.answers()
    rest = [n for n in group if n not in given]
    evidence = evidence_of(asked.store, [c.iri for c in pattern.claims])
    passages = [e for c in pattern.claims[:1] for e in evidence[c.iri]]
    answers = []
    for number in rest:
        answer = entity_answer(asked.index, asked.index.entity(number).iri, question.language)
        answer["evidence"] = list(passages)
        answers.append(answer)
    return asked.reply(answers, sparql(pattern, asked.index), None)


def _members_of_kind(asked: Asked) -> list[int]:
    """Give all entities of the kind asked for, when their number is known: the members of a group listed as whole."""
    kind = asked.question.kind
    if kind is None or "Municipality" not in kind.kinds:
        return []
    rows = asked.index.db.execute("SELECT id FROM entity WHERE types = 'Municipality' ORDER BY da")
    return [r[0] for r in rows]


def _superlative(asked: Asked) -> Reply:
    """'Who takes part in most …': counted over what the documents name, and said to be so."""
    from samgraf.ask.superlatives import superlative_reply

    return superlative_reply(asked)
