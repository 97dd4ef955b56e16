"""A claim in words: the only way from a claim to a sentence, which therefore never leaves out what the claim knows of itself.

Proposed or expected, superseded, on whose behalf, in what role, when (and whether the period is its own or that of what it
belongs to), of what day the source is, and what a figure counts: all that is said here, in every language that there is a file for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.language.messages import messages
from samgraf.language.showing import show_date, show_number, show_period
from samgraf.model.claim import STATED
from samgraf.model.text import Text
from samgraf.model.time import INHERITED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from samgraf.model import Claim, Entity, Passage, Period
    from samgraf.vocabulary.terms import Vocabulary

_TEXT, _FIGURE, _OBJECT = "text", "figure", "object"
_PAST, _PRESENT = "past", "present"  # as the vocabulary has them, which is not loaded for this


class Phrases:
    """Words for claims in one language, given the entities that they name and the vocabulary that they use.

    ``newest`` is the day of the newest document: what an older one says in the present tense is told with its day. Without it
    no day is added.
    """

    def __init__(
        self,
        entities: Mapping[str, Entity],
        vocabulary: Vocabulary,
        language: str,
        *,
        newest: str = "",
        workspace: str | None = None,
    ) -> None:
        self.entities = entities
        self.vocabulary = vocabulary
        self.language = language
        self.newest = newest
        self.say = messages(language, workspace)

    def label(self, name: str | None) -> str:
        """Give an entity's label by its id; the id where it has none."""
        entity = self.entities.get(name) if name else None
        return entity.label.within(self.language) if entity else name or ""

    def kind(self, name: str) -> str:
        """Give what kind of thing an entity is, in words."""
        entity = self.entities.get(name)
        return self.vocabulary.kind_of(entity.types).label.within(self.language).lower() if entity else ""

    def relation(self, claim: Claim, seen_from: str | None = None) -> str:
        """Give the predicate in words, or its inverse when the claim is seen from its object."""
        predicate = self.vocabulary.predicate(claim.predicate)
        away = seen_from is not None and seen_from == claim.object and seen_from != claim.subject
        return (predicate.inverse if away else predicate.label).within(self.language) or claim.predicate

    def value(self, claim: Claim) -> str:
        """Give the object of a claim in words: a label, a text, a date, a figure with what it measures."""
        value = claim.value
        if value is None:
            return self.label(claim.object)
        if isinstance(value, Text):
            return value.within(self.language)
        if claim.moment is not None:
            return show_date(claim.moment.edtf, self.language)
        return self._figure(claim, value) if isinstance(value, int | float) else value

    def _figure(self, claim: Claim, value: float) -> str:
        unit = self.entities.get(claim.unit) if claim.unit else None
        symbol = unit.symbol or unit.label.within(self.language) if unit else claim.unit
        number = show_number(value, self.language, symbol, grouped=claim.unit is not None)
        told = [text.within(self.language) if text else "" for text in (claim.measure, claim.population)]
        named = f"{told[0]} ({told[1]})" if all(told) else "".join(told)
        return f"{named}: {number}" if named else number

    def date(self, edtf: str) -> str:
        """Write an EDTF date."""
        return show_date(edtf, self.language)

    def span(self, period: Period, *, instant: bool = False) -> str:
        """Write a period: from when until when, or, of what happens at a moment, when."""
        start, until = (end.edtf if end else "" for end in (period.start, period.until))
        return self.date(start) if instant and start and not until else show_period(start, until, self.language)

    def period(self, claim: Claim) -> str:
        """Write when a claim itself says that it holds or happened; empty where it says nothing."""
        own = claim.effective._replace(start=claim.start, until=claim.until)
        return self.span(own, instant=self.vocabulary.predicate(claim.predicate).instant)

    def marks(self, claim: Claim, seen_from: str | None = None, *, dated: bool = True) -> list[str]:
        """Give what is said beside a claim's words: role, for whom, kind of figure, when, of what day, proposed, superseded.

        ``seen_from`` is the entity whose page it stands on; without ``dated``, dates are left out, for where they stand beside.
        """
        found = [self.label(claim.role).lower()] if claim.role and not self._says_role(claim) else []
        if claim.on_behalf_of and claim.on_behalf_of != seen_from:
            found.append(self.say("mark.on behalf of", self.label(claim.on_behalf_of)))
        if claim.kind:
            found += [text for text in (self.say.get(f"mark.figure.{claim.kind}"),) if text]
        if dated:
            found += self._when(claim, self.entities.get(seen_from or ""))
        if claim.modality != STATED:
            found.append(self.say.get(f"mark.{claim.modality}", claim.modality))
        if claim.superseded_by:
            found.append(self.say("mark.superseded"))
        return found

    def _says_role(self, claim: Claim) -> bool:
        """Tell whether the relation says what the role does: a member is a member of something."""
        kind = self.vocabulary.involvements.get(self.vocabulary.predicate(claim.predicate).involvement)
        return kind is not None and kind.label.within(self.language) == self.label(claim.role)

    def _when(self, claim: Claim, page: Entity | None) -> list[str]:
        """Say when a claim holds; a period inherited from what the page is about is said once, at its head."""
        own = self.period(claim)
        effective = claim.effective
        found = [own] if own else []
        at_head = page is not None and page.life[:2] == effective[:2]
        if not own and (effective.start or effective.until) and self._is_lasting(claim) and not at_head:
            span = self.span(effective)
            found.append(self.say("mark.inherited", span) if effective.basis == INHERITED else span)
        if claim.attested and not own and self._is_status(claim):
            found.append(self.say("mark.observed", self.date(claim.attested.edtf)))
        elif self.newest and claim.attested and claim.attested.latest < self.newest and self._is_present(claim):
            found.append(self.say("mark.attested", self.date(claim.attested.edtf)))
        return found

    def _is_status(self, claim: Claim) -> bool:
        """Tell whether the claim says how far something has come, which is true of the day on which it was seen."""
        predicate = self.vocabulary.predicate(claim.predicate)
        moment = self.vocabulary.moments.get(predicate.moment)
        return predicate.kind == _OBJECT and moment is not None and moment.tense == _PRESENT

    def _is_present(self, claim: Claim) -> bool:
        """Tell whether the claim says how things are, so that it depends on the day on which it was said."""
        return self._is_lasting(claim) and not claim.effective.until

    def _is_lasting(self, claim: Claim) -> bool:
        """Tell whether the claim says what holds for a time, not what happened once, nor a text or a date."""
        predicate = self.vocabulary.predicate(claim.predicate)
        moment = self.vocabulary.moments.get(predicate.moment)
        once = predicate.instant or (moment is not None and (bool(moment.bounds) or moment.tense == _PAST))
        return predicate.kind in (_OBJECT, _FIGURE) and not once

    def other(self, claim: Claim, seen_from: str) -> str:
        """Give the other end of a claim in words, seen from one entity, without its marks."""
        if claim.subject == seen_from:
            return self.value(claim)
        return self.label(claim.subject) if claim.object == seen_from else self.plain(claim)

    def plain(self, claim: Claim) -> str:
        """Write a claim out without its marks: subject, relation, object. For what adds the marks itself."""
        joint = ": " if self.vocabulary.predicate(claim.predicate).kind == _TEXT else " "
        return f"{self.label(claim.subject)} {self.relation(claim)}{joint}{self.value(claim)}"

    def sentence(self, claim: Claim, seen_from: str | None = None, *, dated: bool = True) -> str:
        """Write a claim out with all its marks; seen from one of its ends, only what it says of that one."""
        text = self.other(claim, seen_from) if seen_from else self.plain(claim)
        return self.marked(text, claim, seen_from, dated=dated)

    def marked(self, text: str, claim: Claim, seen_from: str | None = None, *, dated: bool = True) -> str:
        """Give other words for a claim with its marks after them, in brackets."""
        marks = self.marks(claim, seen_from, dated=dated)
        return f"{text} ({'; '.join(marks)})" if marks else text

    def place(self, passages: Iterable[Passage], most: int | None = None, *, joined: bool = False) -> str:
        """Write where something stands: ``document linje 3, 12–14``; see `places`."""
        return "; ".join(places(passages, self.language, most, joined=joined))


def places(passages: Iterable[Passage], language: str, most: int | None = None, *, joined: bool = False) -> list[str]:
    """Write passages, one text a document with all its lines; ``most`` bounds the passages of each document.

    With ``joined``, passages that overlap or follow each other are written as one. A document without lines (general
    knowledge) stands alone. The layer below that a document is of stands in brackets, unless it is called as the document is.
    """
    say = messages(language)
    spans: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for passage in sorted(passages, key=lambda p: (p.document, p.lines)):
        known = spans.setdefault((passage.document, passage.layer), [])
        first, last = passage.lines
        if not first:
            continue
        if joined and known and first <= known[-1][1] + 1:
            known[-1] = (known[-1][0], max(known[-1][1], last))
        elif (first, last) not in known:
            known.append((first, last))
    said = []
    for (document, layer), found in spans.items():
        lines = [f"{first}" if first == last else f"{first}–{last}" for first, last in found]
        word = say("place.line" if len(lines) == 1 and "–" not in lines[0] else "place.lines")
        more = say("place.more", len(lines) - most) if most is not None and len(lines) > most else ""
        text = f"{document} {word} {', '.join(lines[:most])}{more}" if lines else document
        said.append(f"{text} ({layer})" if layer not in ("", document) else text)
    return said
