"""Everything about one entity, put in order for reading: facts by kind, what is derived and why, what changed when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from samgraf.library.claimlines import period_data
from samgraf.namespaces import ENTITY, WIKIDATA

if TYPE_CHECKING:
    from samgraf.language.phrases import Phrases
    from samgraf.library.claimlines import Lines
    from samgraf.model import Claim, Entity, Passage
    from samgraf.views.facts import Facts

_LAST = "9"


class Fact(NamedTuple):
    """One fact in words as seen from the entity, and the claims that say so, with all the places where they stand."""

    text: str
    claims: list[Claim]
    sources: list[Passage]


class Group(NamedTuple):
    """Facts of one kind. ``complete`` tells that a document gives the list as whole."""

    heading: str
    complete: bool
    facts: list[Fact]


class Derived(NamedTuple):
    """What follows from facts: what, how and through what."""

    heading: str
    fact: Fact
    how: str
    via: list[str]


class Change(NamedTuple):
    """Something that changed: when (in words; empty where no document says), and how."""

    when: str
    text: str
    sources: list[Passage]


class About(NamedTuple):
    """Everything about one entity."""

    entity: Entity
    kind: str
    language: str
    when: str
    groups: list[Group]
    derived: list[Derived]
    changes: list[Change]

    @property
    def label(self) -> str:
        """Give the entity's label."""
        return self.entity.label.within(self.language)

    @property
    def names(self) -> list[str]:
        """Give its other names."""
        entity = self.entity
        names = dict.fromkeys([*entity.label.values(), *entity.aliases, *entity.abbreviations])
        return [name for name in names if name != self.label]

    def data(self, lines: Lines) -> dict[str, Any]:
        """Give it as JSON has it; each claim is written as ``samgraf claims`` writes it."""
        return {
            "id": self.entity.id,
            "iri": ENTITY + self.entity.id,
            "label": self.label,
            "type": self.entity.type,
            "kind": self.kind,
            "names": self.names,
            "identifiers": self.entity.identifiers,
            "sameAs": [WIKIDATA + code for kind, code in self.entity.identifiers.items() if kind == "wikidata"],
            "note": self.entity.note,
            "homepage": self.entity.homepage,
            "life": period_data(self.entity.life) | {"words": self.when},
            "lang": self.language,
            "facts": [
                {"heading": g.heading, "complete": g.complete, "facts": [_data(f, lines) for f in g.facts]}
                for g in self.groups
            ],
            "derived": [
                {"heading": d.heading, "how": d.how, "via": d.via, **_data(d.fact, lines)} for d in self.derived
            ],
            "changes": [
                {"when": c.when, "text": c.text, "sources": [passage.data() for passage in c.sources]}
                for c in self.changes
            ],
        }


def _data(fact: Fact, lines: Lines) -> dict[str, Any]:
    claims = [lines.line(claim) for claim in fact.claims]
    return {"text": fact.text, "claims": claims, "sources": [passage.data() for passage in fact.sources]}


def about(facts: Facts, language: str, as_of: str | None = None) -> About:
    """Give everything about an entity in one language; with ``as_of`` (``YYYY-MM-DD``), what held that day or may have."""
    phrases = facts.phrases(language)
    held = [c for c in facts.claims if as_of is None or c.may_hold(as_of)]
    asserted = [c for c in held if not c.derived]
    derived = [c for c in held if c.derived and c.via]  # without a via it says no more than what it follows from
    return About(
        entity=facts.entity,
        kind=phrases.kind(facts.id),
        language=language,
        when=phrases.span(facts.entity.life),
        groups=_groups(asserted, phrases, facts),
        derived=_derived(derived, phrases, facts),
        changes=_changes(asserted, phrases, facts),
    )


def _groups(claims: list[Claim], phrases: Phrases, facts: Facts) -> list[Group]:
    """Put facts of the same kind, seen the same way, together; the same fact stated twice is one with two sources."""
    found: dict[tuple[bool, int, str], Group] = {}
    seen: dict[tuple[str, str, str], Fact] = {}
    for claim in claims:
        away = claim.subject != facts.id
        beside = claim.on_behalf_of == facts.id and facts.id not in claim.ends()
        heading = phrases.say("entity.on its behalf") if beside else phrases.relation(claim, facts.id)
        key = beside, facts.vocabulary.predicate(claim.predicate).order, heading
        group = found.get(key, Group(heading, complete=False, facts=[]))
        whole = claim.complete == ("subjects" if away else "objects")
        found[key] = group = group._replace(complete=group.complete or whole)
        text = phrases.sentence(claim, facts.id)
        known = seen.get((heading, text, claim.predicate))
        if known is None:
            known = seen[heading, text, claim.predicate] = Fact(text, [], [])
            group.facts.append(known)
        _add(known, claim)
    return [found[key] for key in sorted(found)]


def _add(fact: Fact, claim: Claim) -> None:
    fact.claims.append(claim)
    fact.sources.extend(passage for passage in claim.sources() if passage not in fact.sources)


def _derived(claims: list[Claim], phrases: Phrases, facts: Facts) -> list[Derived]:
    """Give derived facts; several ways of one kind to the same are one."""
    found: dict[tuple[str, str], Derived] = {}
    for claim in claims:
        text = phrases.sentence(claim, facts.id)
        way = facts.vocabulary.ways.get(claim.how or "")
        how = way.label.within(phrases.language) if way else ""
        empty = Derived(phrases.relation(claim, facts.id), Fact(text, [], []), how, [])
        derived = found.setdefault((text, how), empty)
        derived.via.extend(v for v in map(phrases.label, facts.through(claim)) if v not in derived.via)
        _add(derived.fact, claim)
    return sorted(found.values(), key=lambda d: (d.heading, d.fact.text, d.how))


def _changes(claims: list[Claim], phrases: Phrases, facts: Facts) -> list[Change]:
    """Give what changed: what was superseded by what, what was made, closed or carried on, and statuses in their order."""
    by_id = {claim.id: claim for claim in facts.claims}
    words = facts.vocabulary
    lasting = {p.name for p in words.of_family("Continuity") if not p.symmetric}
    states = {p.name for p in words.of_family("Status") if p.kind == "object"}
    statuses = [c for c in claims if c.predicate in states and c.subject == facts.id and c.start]
    found: list[tuple[str, Change]] = []
    for claim in claims:
        day = claim.start.earliest if claim.start else _LAST
        if claim.superseded_by:
            newer = [by_id[name] for name in claim.superseded_by if name in by_id]
            text = phrases.sentence(claim, dated=False)
            for one in newer:
                text = phrases.say("entity.later", text, _now(claim, one, phrases))
            sources = [passage for one in (claim, *newer) for passage in one.sources()]
            found.append((day, Change(phrases.period(claim), text, sources)))
        elif claim.predicate in lasting or (claim in statuses and len(statuses) > 1):
            text = phrases.sentence(claim, dated=False)
            found.append((day, Change(phrases.period(claim), text, list(claim.sources()))))
    return [change for _, change in sorted(found, key=lambda pair: pair[0])]


def _now(older: Claim, newer: Claim, phrases: Phrases) -> str:
    """Say what took an older claim's place: only the new value when it is of the same kind."""
    if newer.predicate == older.predicate and newer.subject == older.subject:
        return phrases.marked(phrases.say("entity.to", phrases.value(newer)), newer)
    return phrases.sentence(newer)
