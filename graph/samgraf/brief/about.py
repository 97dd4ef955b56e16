"""Everything about one entity, put in order for reading: facts by kind, what is derived and why, what changed when."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from samgraf.brief.facts import holds, period_of, through
from samgraf.brief.phrases import Phrases

if TYPE_CHECKING:
    from samgraf.brief.facts import Facts, Source
    from samgraf.records import ClaimRecord

# what comes first when one reads about something; what is not named here follows in the order of the words
_ORDER = (
    "abbreviation description partOf goal background task hasVision hasPrinciple underAgreement underArea underBody "
    "hasStatus statusText period startDate endDate heldOn hours heldAt organisedBy establishedBy establishedAt dissolvedBy "
    "continues continuedIn chairs memberOf holdsPost represents affiliatedWith hosts participatesIn partyTo responsibleFor "
    "carriedOutBy collaboratesWith targets hasTheme usesMethod approvedBy consideredBy decidedBy decided discussed "
    "recommendation proposal proposedBy commitment result figure"
).split()
_WHY = {
    "da": {
        "part": "gennem en del",
        "own-unit": "gennem en enhed",
        "member": "som medlem af",
        "representation": "repræsenteret ved",
    },
    "en": {
        "part": "through a part",
        "own-unit": "through a unit of its own",
        "member": "as a member of",
        "representation": "represented by",
    },
}
_OBVIOUS = ("direct", "superproperty")
_CHANGES = ("establishedBy", "establishedAt", "dissolvedBy", "continues", "continuedIn")


class Fact(TypedDict):
    """One fact in words, as seen from the entity, with the claim that it is made of."""

    text: str
    claim: str
    subject: str
    predicate: str
    object: str | None
    value: object
    role: str | None
    start: str | None
    until: str | None
    modality: str
    supersededBy: str | None
    note: str | None
    sources: list[Source]


class Group(TypedDict):
    """Facts of one kind. ``complete`` tells that the document gives the list as whole."""

    heading: str
    complete: bool
    facts: list[Fact]


class Derived(TypedDict):
    """What follows from facts: what, through what, by which rule, and where the premises stand."""

    heading: str
    text: str
    via: list[str]
    why: str
    rule: str
    premises: list[str]
    sources: list[Source]


class Change(TypedDict):
    """Something that changed: when (in words; empty where no document says), and how."""

    when: str
    text: str
    sources: list[Source]


class About(TypedDict):
    """Everything about one entity."""

    id: str
    iri: str
    label: str
    type: str
    kind: str
    names: list[str]
    identifiers: dict[str, str]
    note: str | None
    lang: str
    facts: list[Group]
    derived: list[Derived]
    changes: list[Change]


def about(facts: Facts, language: str, as_of: str | None = None) -> About:
    """Give everything about an entity in ``da`` or ``en``; with ``as_of`` (``YYYY-MM-DD``), what can hold that day."""
    phrases = Phrases(facts, language)
    entity = facts.entity
    label = entity["label"][language]
    asserted = [c for c in facts.claims if not c["derived"] and holds(c, as_of)]
    derived = [c for c in facts.claims if c["derived"] and c["rule"] not in _OBVIOUS and holds(c, as_of)]
    names = dict.fromkeys([*entity["label"].values(), *entity["aliases"], *entity["abbreviations"]])
    return About(
        id=entity["id"],
        iri=entity["iri"],
        label=label,
        type=entity["type"],
        kind=phrases.kind(entity["id"]),
        names=[n for n in names if n != label],
        identifiers=entity["identifiers"],
        note=entity["note"],
        lang=language,
        facts=_groups(asserted, phrases, facts),
        derived=_derived(derived, phrases, facts),
        changes=_changes(asserted, phrases, facts),
    )


def _groups(claims: list[ClaimRecord], phrases: Phrases, facts: Facts) -> list[Group]:
    """Put facts of the same kind, seen the same way, together; the same fact stated twice is one with two sources."""
    found: dict[tuple[int, str], Group] = {}
    seen: dict[tuple[str, str, str], Fact] = {}
    for claim in claims:
        rank = _ORDER.index(claim["predicate"]) if claim["predicate"] in _ORDER else len(_ORDER)
        away = claim["subject"] != facts.id
        heading = phrases.relation(claim, facts.id)
        if away and claim["object"] != facts.id:
            heading = "på vegne af den" if phrases.language == "da" else "on its behalf"
            rank = len(_ORDER) + 1
        group = found.setdefault((rank, heading), Group(heading=heading, complete=False, facts=[]))
        group["complete"] |= claim["complete"] == ("subjects" if away else "objects")
        text = phrases.marked(phrases.other(claim, facts.id), claim, facts.id)
        known = seen.get((heading, text, claim["predicate"]))
        if known is None:
            fact = _fact(text, claim, facts)
            seen[heading, text, claim["predicate"]] = fact
            group["facts"].append(fact)
        else:
            known["sources"] += [s for s in facts.sources(claim) if s not in known["sources"]]
    return [found[key] for key in sorted(found)]


def _fact(text: str, claim: ClaimRecord, facts: Facts) -> Fact:
    period = period_of(claim)
    return Fact(
        text=text,
        claim=claim["id"],
        subject=claim["subject"],
        predicate=claim["predicate"],
        object=claim["object"],
        value=claim["value"],
        role=claim["role"],
        start=period.start,
        until=period.until,
        modality=claim["modality"],
        supersededBy=claim["supersededBy"],
        note=claim["note"],
        sources=list(facts.sources(claim)),
    )


def _derived(claims: list[ClaimRecord], phrases: Phrases, facts: Facts) -> list[Derived]:
    """Give derived facts; several ways to the same by one rule are one."""
    found: dict[tuple[str, str], Derived] = {}
    why = _WHY[phrases.language]
    for claim in claims:
        text = phrases.marked(phrases.other(claim, facts.id), claim, facts.id)
        rule = claim["rule"] or ""
        empty = Derived(
            heading=phrases.relation(claim, facts.id),
            text=text,
            via=[],
            why=why.get(rule, rule),
            rule=rule,
            premises=[],
            sources=[],
        )
        derived = found.setdefault((text, rule), empty)
        derived["via"] += [v for v in map(phrases.label, through(claim, facts.entities)) if v not in derived["via"]]
        derived["premises"] += [p for p in claim["derivedFrom"] if p not in derived["premises"]]
        derived["sources"] += [s for s in facts.sources(claim) if s not in derived["sources"]]
    return sorted(found.values(), key=lambda d: (d["heading"], d["text"], d["rule"]))


def _changes(claims: list[ClaimRecord], phrases: Phrases, facts: Facts) -> list[Change]:
    """Give what changed: what was superseded by what, what was made, closed or carried on, and statuses in their order."""
    by_id = {c["id"]: c for c in facts.claims}
    to, then = ("til", "siden") if phrases.language == "da" else ("to", "later")
    found: list[tuple[str, Change]] = []
    statuses = [c for c in claims if c["predicate"] == "hasStatus" and c["subject"] == facts.id and period_of(c).start]
    for claim in claims:
        day = claim["fromEarliest"] or ""
        if claim["supersededBy"]:
            newer = by_id.get(claim["supersededBy"])
            text = phrases.sentence(claim)
            tail = "" if newer is None else f"; {then}: {_now(claim, newer, phrases, to)}"
            sources = facts.sources(claim) + (facts.sources(newer) if newer else [])
            found.append((day, Change(when=phrases.period(claim), text=text + tail, sources=sources)))
        elif claim["predicate"] in _CHANGES or (claim in statuses and len(statuses) > 1):
            found.append(
                (day, Change(when=phrases.period(claim), text=phrases.sentence(claim), sources=facts.sources(claim)))
            )
    return [change for _, change in sorted(found, key=lambda pair: pair[0] or "9")]


def _now(older: ClaimRecord, newer: ClaimRecord, phrases: Phrases, to: str) -> str:
    """Say what took an older claim's place: only the new value when it is of the same kind."""
    if newer["predicate"] == older["predicate"] and newer["subject"] == older["subject"]:
        return f"{to} {phrases.value(newer)}"
    return phrases.sentence(newer)
