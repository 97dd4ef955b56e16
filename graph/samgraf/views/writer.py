"""The writer of a note: makes sentences of claims, and keeps what they cite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.views.background import Background
from samgraf.views.sections import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from samgraf.model import Claim, Passage
    from samgraf.views.facts import Facts
    from samgraf.views.timeline import Dated


class Writer:
    """Writes sentences and keeps what they cite."""

    def __init__(self, facts: Facts, language: str, as_of: str | None) -> None:
        self.facts = facts
        self.language = language
        self.phrases = facts.phrases(language)
        self.words = self.phrases.say
        self.about = Background(facts, as_of)
        self.day = self.about.day
        self.cited: list[Passage] = []
        vocabulary = facts.vocabulary
        self.promises, self.pending, self.meetings = (
            vocabulary.in_section(name) for name in ("promises", "awaiting", "meetings")
        )
        self.bodies = vocabulary.in_section("forums") | vocabulary.in_section("people")
        self.posts = vocabulary.in_section("people") | vocabulary.in_section("forums")
        holders = {t for p in vocabulary.of_family("Office") for t in p.subject_types}
        wider = {t for name in holders for t in vocabulary.classes[name].supers - {name}}
        self.people = frozenset(holders - wider)  # the narrowest classes of those who hold posts
        ends = [p for p in vocabulary.predicates.values() if self._bounds(p.moment) == "end"]
        self.end_dates = frozenset(p.name for p in ends if p.kind == "date")
        self.closings = frozenset(p.name for p in ends if p.kind == "object")

    def _bounds(self, moment: str) -> str:
        found = self.facts.vocabulary.moments.get(moment)
        return found.bounds if found else ""

    def say(self, text: str, sources: Iterable[Passage], level: int = 0) -> Sentence:
        """Make a sentence with its citation."""
        places = list(dict.fromkeys(sources))
        self.cited += places
        text = text[:1].upper() + text[1:]
        return Sentence(text if text.endswith((".", "?", "!")) else f"{text}.", self.cite(places), level)

    def cite(self, places: list[Passage]) -> str:
        """Write where a sentence stands."""
        return self.phrases.place(places, joined=True)

    def merged(self, claims: Iterable[Claim], level: int = 0) -> list[Sentence]:
        """Write claims as sentences; what is stated twice is one sentence with both places."""
        found: dict[str, list[Passage]] = {}
        for claim in claims:
            found.setdefault(self.phrases.sentence(claim), []).extend(claim.sources())
        return [self.say(text, places, level) for text, places in found.items()]

    def dated(self, one: Dated) -> Sentence:
        """Write a moment with its date first."""
        return self.say(self.words("note.dated", self.phrases.date(one.date.edtf), one.text), one.sources)

    def is_person(self, name: str) -> bool:
        """Tell whether something is one of those that hold posts."""
        entity = self.facts.entities.get(name)
        return entity is not None and self.facts.vocabulary.is_a(entity.types[:1], self.people)

    def is_personal(self, claim: Claim) -> bool:
        """Tell whether a claim says who someone is to the actor."""
        to_it = claim.predicate in self.posts or claim.on_behalf_of == self.facts.id
        return to_it and self.is_person(claim.subject) and claim.subject != self.facts.id
