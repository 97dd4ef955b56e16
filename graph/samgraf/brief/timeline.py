"""What happened to an entity, and when: every dated fact about it, and the dates of what it takes part in, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from samgraf.brief.facts import period_of
from samgraf.brief.phrases import Phrases

if TYPE_CHECKING:
    from samgraf.brief.facts import Facts, Source
    from samgraf.records import ClaimRecord

_DATES = {
    "da": {
        "startDate": "begynder",
        "endDate": "slutter",
        "heldOn": "holdes",
        "deadline": "frist",
        "period": "gælder",
        "issued": "er dateret",
    },
    "en": {
        "startDate": "begins",
        "endDate": "ends",
        "heldOn": "is held",
        "deadline": "deadline",
        "period": "is valid",
        "issued": "is dated",
    },
}
_ENDS = {"da": ("begynder", "slutter"), "en": ("begins", "ends")}
_KINDS = {
    "startDate": "start",
    "endDate": "end",
    "heldOn": "event",
    "deadline": "deadline",
    "approvedBy": "approval",
    "hasStatus": "status",
    "statusText": "status",
    "decided": "decision",
    "decidedBy": "decision",
}
# by these an entity has a part in something whose own dates then belong to its story
_LINKS = frozenset(
    "organisedBy underBody participatesIn hosts partyTo carriedOutBy establishedBy establishedAt decidedBy invitedTo chairs "
    "responsibleFor partOf underArea underAgreement memberOf presentedBy".split()
)
_LINKED_DATES = frozenset(("startDate", "endDate", "heldOn", "deadline", "decided"))
_LINKED_TYPES = frozenset(
    "Event AgendaItem Initiative Agreement Circle Alliance Service Programme DevelopmentArea Method".split()
)


class Moment(TypedDict):
    """A dated fact. ``date`` is EDTF, ``earliest`` and ``latest`` the days it stands for, ``when`` the date in words.

    ``kind`` is start, end, event, deadline, approval, status, decision or fact; ``modality`` tells what is only proposed or
    expected, ``superseded`` what was changed later.
    """

    date: str
    earliest: str
    latest: str
    when: str
    kind: str
    text: str
    modality: str
    superseded: bool
    claim: str
    predicate: str
    sources: list[Source]


def timeline(facts: Facts, language: str) -> list[Moment]:
    """Give the dated facts of an entity in the order of time, in ``da`` or ``en``; the same fact stated twice is one."""
    phrases = Phrases(facts, language)
    own = [c for c in facts.claims if not c["derived"]]
    found = [m for c in own for m in moments_of(c, phrases, facts)]
    for claim in facts.more(linked(facts)):
        if claim["predicate"] in _LINKED_DATES and facts.id not in (
            claim["subject"],
            claim["object"],
            claim["onBehalfOf"],
        ):
            found += moments_of(claim, phrases, facts)
    merged: dict[tuple[str, str], Moment] = {}
    for moment in found:
        known = merged.setdefault((moment["date"], moment["text"]), moment)
        known["sources"] += [s for s in moment["sources"] if s not in known["sources"]]
    return sorted(merged.values(), key=lambda m: (m["earliest"], m["latest"], m["text"]))


def linked(facts: Facts) -> set[str]:
    """Give the ids of the events, initiatives, agreements and other undertakings that an entity has a part in itself."""
    found = set()
    for claim in facts.claims:
        if claim["derived"] or claim["predicate"] not in _LINKS or claim["object"] is None:
            continue
        other = claim["object"] if claim["subject"] == facts.id else claim["subject"]
        if claim["predicate"] in ("partOf", "underArea", "underAgreement") and claim["subject"] == facts.id:
            continue  # what it is a part of has a story of its own
        if facts.entities[other]["type"] in _LINKED_TYPES if other in facts.entities else False:
            found.add(other)
        if claim["onBehalfOf"] == facts.id:
            found.add(claim["object"])
    return found - {facts.id}


def moments_of(claim: ClaimRecord, phrases: Phrases, facts: Facts) -> list[Moment]:
    """Give the moments of one claim: a date that is its value, the day it happened, or the ends of its period."""
    predicate = claim["predicate"]
    marks = [m for m in phrases.marks(claim, facts.id) if m != phrases.period(claim)]
    tail = f" ({'; '.join(marks)})" if marks else ""
    if claim["valueEarliest"] and claim["valueLatest"]:
        words = _DATES[phrases.language].get(predicate) or phrases.relation(claim)
        label = phrases.label(claim["subject"])
        held = predicate == "heldOn" and claim["subject"] != facts.id  # a meeting's name says enough
        text = f"{label}{tail}" if held else f"{label}: {words}{tail}"
        return [_moment(claim, str(claim["value"]), claim["valueEarliest"], claim["valueLatest"], text, phrases, facts)]
    period = period_of(claim)
    sentence = phrases.sentence(claim) if claim["datatype"] != "text" else _told(claim, phrases)
    found = []
    begins, ends = _ENDS[phrases.language]
    momentary = predicate in facts.instants or predicate in ("hasStatus", "statusText")
    if period.start and period.earliest:
        text = f"{sentence}{tail}" if momentary else f"{begins}: {sentence}{tail}"
        latest = claim["fromLatest"] or period.earliest
        found.append(_moment(claim, period.start, period.earliest, latest, text, phrases, facts))
    if period.until and period.latest and not momentary:
        earliest = claim["untilEarliest"] or period.latest
        text = f"{ends}: {sentence}{tail}"
        found.append(_moment(claim, period.until, earliest, period.latest, text, phrases, facts))
    return found


def _told(claim: ClaimRecord, phrases: Phrases) -> str:
    """Write a text of a claim with whom it is about before it."""
    return f"{phrases.label(claim['subject'])} – {phrases.relation(claim)}: {phrases.value(claim)}"


def _moment(
    claim: ClaimRecord, date: str, earliest: str, latest: str, text: str, phrases: Phrases, facts: Facts
) -> Moment:
    return Moment(
        date=date,
        earliest=earliest,
        latest=latest,
        when=phrases.date(date),
        kind=_KINDS.get(claim["predicate"], "fact"),
        text=text,
        modality=claim["modality"],
        superseded=claim["supersededBy"] is not None,
        claim=claim["id"],
        predicate=claim["predicate"],
        sources=list(facts.sources(claim)),
    )
