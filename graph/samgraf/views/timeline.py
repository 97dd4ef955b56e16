"""What happened to an entity, and when: every dated fact about it, and the dates of what it takes part in, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from samgraf.vocabulary.terms import PAST, SUBJECT

if TYPE_CHECKING:
    from samgraf.language.phrases import Phrases
    from samgraf.library.claimlines import Lines
    from samgraf.model import Claim, Moment, Passage
    from samgraf.views.facts import Facts
    from samgraf.vocabulary.terms import Predicate

_PREFIX, _FACT = "moment", "fact"


class Dated(NamedTuple):
    """A dated fact: when, what kind of moment (``start``, ``end``, ``event`` …, ``fact`` for what has none), and in words.

    ``claims`` are the claims that say so, the first of them the one that the words are made of.
    """

    date: Moment
    kind: str
    text: str
    claims: tuple[Claim, ...]
    sources: tuple[Passage, ...]

    @property
    def claim(self) -> Claim:
        """Give the claim that the words are made of."""
        return self.claims[0]

    def data(self, phrases: Phrases, lines: Lines) -> dict[str, Any]:
        """Give it as JSON has it; each claim is written as ``samgraf claims`` writes it."""
        return {
            "date": self.date.edtf,
            "earliest": self.date.earliest,
            "latest": self.date.latest,
            "when": phrases.date(self.date.edtf),
            "kind": self.kind,
            "text": self.text,
            "modality": self.claim.modality,
            "superseded": bool(self.claim.superseded_by),
            "claims": [lines.line(claim) for claim in self.claims],
            "sources": [passage.data() for passage in self.sources],
        }


def timeline(facts: Facts, language: str, as_of: str | None = None) -> list[Dated]:
    """Give the dated facts of an entity in the order of time; the same fact stated twice is one.

    With ``as_of`` (``YYYY-MM-DD``), what lies after that day is left out.
    """
    phrases = facts.phrases(language)
    found = [m for claim in facts.claims if not claim.derived for m in moments_of(claim, phrases, facts)]
    for claim in facts.more(linked(facts)):
        if facts.id not in claim.ends() and _dates_a_story(facts.vocabulary.predicate(claim.predicate), facts):
            found += moments_of(claim, phrases, facts)
    merged: dict[tuple[Moment, str], Dated] = {}
    for one in found:
        known = merged.get((one.date, one.text))
        merged[one.date, one.text] = one if known is None else _both(known, one)
    told = sorted(merged.values(), key=lambda m: (m.date.earliest, m.date.latest, m.text))
    return [one for one in told if as_of is None or one.date.earliest <= as_of]


def _both(known: Dated, other: Dated) -> Dated:
    sources = dict.fromkeys((*known.sources, *other.sources))
    return known._replace(claims=(*known.claims, *other.claims), sources=tuple(sources))


def _dates_a_story(predicate: Predicate, facts: Facts) -> bool:
    """Tell whether claims with a relation date what those who have a part in their subject want to know of it."""
    moment = facts.vocabulary.moments.get(predicate.moment)
    if moment is None:
        return False
    return predicate.kind == "date" or (predicate.kind == "text" and moment.tense == PAST)


def linked(facts: Facts) -> set[str]:
    """Give the ids of what an entity is involved in, what is a part of it or under it, and what is done on its behalf."""
    found = set()
    for claim in facts.claims:
        if claim.derived or claim.object is None:
            continue
        predicate = facts.vocabulary.predicate(claim.predicate)
        if predicate.involvement:
            actor, thing = (claim.subject, claim.object)
            if predicate.actor_side != SUBJECT:
                actor, thing = thing, actor
            if facts.id in (actor, claim.on_behalf_of):
                found.add(thing)
        if predicate.inherits_life and claim.object == facts.id:
            found.add(claim.subject)
    return found - {facts.id}


def moments_of(claim: Claim, phrases: Phrases, facts: Facts) -> list[Dated]:
    """Give the moments of one claim: a date that is its value, the day it happened, or the ends of its period."""
    predicate = facts.vocabulary.predicate(claim.predicate)
    moment = facts.vocabulary.moments.get(predicate.moment)
    kind = predicate.moment.removeprefix(_PREFIX).lower() or _FACT
    say = phrases.say

    def dated(date: Moment, text: str) -> Dated:
        return Dated(date, kind, text, (claim,), claim.sources())

    if claim.moment is not None:
        words = moment.label.within(phrases.language) if moment else phrases.relation(claim)
        form = say.get(f"timeline.moments.{kind}", say("timeline.dated"))
        text = form.format(phrases.label(claim.subject), words)
        return [dated(claim.moment, phrases.marked(text, claim, facts.id, dated=False))]
    sentence = phrases.sentence(claim, dated=False)
    momentary = predicate.instant or moment is not None
    found = []
    if claim.start:
        found.append(dated(claim.start, sentence if momentary else say("timeline.begins", sentence)))
    if claim.until and not momentary:
        found.append(dated(claim.until, say("timeline.ends", sentence)))
    return found
