"""The scene: a question and the graph around it, and which words each thing and claim binds."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from samgraf.ask.days import around, meets, span
from samgraf.ask.meant import longest, whole_names
from samgraf.ask.question import EMPTY, YES_OR_NO
from samgraf.language.fold import code
from samgraf.store.ground import OBJECT, SUBJECT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from samgraf.ask.question import Question
    from samgraf.model import Claim, Moment
    from samgraf.store.ground import Ground

POOL = 160
"""How many claims, the likeliest first, are looked at."""
ABOUT = 60
"""In how many claims a thing may stand for all of them to be looked at."""
MANY = 30
"""Of how many things at most a thing is looked at as a part."""
_WITHIN, _AROUND, _WEAK = "within", 0.33, 0.4
_YEAR, _COMPOUND = 4, 10


class Scene:
    """The question and the graph around it: what all candidates are made from."""

    def __init__(self, question: Question, ground: Ground, as_of: str | None = None) -> None:
        self.question = question
        self.ground = ground
        self.as_of = as_of
        self.content = question.content
        self.wanted = self.content | question.optional
        self.names = whole_names(question)
        self.named: dict[str, frozenset[int]] = {}
        self.kinds_of_name: dict[str, int] = {}
        for words, bearers in self.names:
            for bearer, kind in bearers:
                self.named[bearer] = self.named.get(bearer, EMPTY) | words
                self.kinds_of_name[bearer] = kind
        self.relation_words: dict[str, frozenset[int]] = {}
        self.weak: dict[str, frozenset[int]] = {}
        small = question.stop - question.asking if question.asked == YES_OR_NO else question.stop
        small |= question.plain
        for mention in longest(question):
            strong = bool(mention.words - small) and not any(mention.words < words for words, _ in self.names)
            target = self.relation_words if strong else self.weak
            target[mention.key] = target.get(mention.key, EMPTY) | mention.words
        self.together = EMPTY.union(
            *(m.words for m in question.relations if ground.relations.get(m.key) and ground.relations[m.key].symmetric),
            EMPTY,
        )
        self.date_words = EMPTY.union(*(d.words for d in question.dates)) if question.dates else EMPTY
        self.pool = ground.best(self._weights(), POOL)
        self.rank = {number: at for at, (number, _) in enumerate(self.pool)}
        self.score = dict(self.pool)
        ground.fetch(self.rank)
        ground.fetch_things(end for n in self.rank for end in ground.claim(n).ends())
        self._row_words: dict[tuple[int, str], frozenset[int]] = {}
        self._wholes: dict[tuple[str, str], frozenset[str]] = {}
        self._weight_of: dict[frozenset[int], float] = {}

    def _weights(self) -> dict[str, float]:
        weights: dict[str, float] = {}
        q = self.question
        for n in self.wanted:
            weight = 1.0 if n in self.content else _AROUND
            weights[q.words[n].same] = max(weight, weights.get(q.words[n].same, 0.0))
            weights.setdefault(q.words[n].stem, weight)
        for relation in self.relation_words:
            weights[f"p:{relation.partition('/')[0]}"] = 1.0
        for relation in self.weak:
            weights.setdefault(f"p:{relation}", _WEAK)
        for mention in q.classes:
            weights[f"c:{mention.key}"] = 1.0
        return weights

    # --- what binds

    def mentioned(self, claim: Claim) -> frozenset[int]:
        """Give the words that mention a claim's relation."""
        found = self.relation_words.get(claim.predicate, EMPTY)
        if claim.kind:
            found |= self.relation_words.get(f"{claim.predicate}/{claim.kind}", EMPTY)
        if not {claim.predicate, self.ground.predicate(claim.predicate).family} & self._lasting:
            return found
        for bounds, moment in (("start", claim.start), ("end", claim.until)):
            if moment and self._bounding[bounds] and (not self.date_words or self.by_dates((moment,))):
                found |= self._bounding[bounds]  # 'who steps down at the end of the year' asks of a claim until then
        return found

    @cached_property
    def _lasting(self) -> frozenset[str]:
        """The relations, and families of them, that begin and end: what was decided on a day did not begin then."""
        return self.ground.answering.get("lasting", frozenset())

    @cached_property
    def _bounding(self) -> dict[str, frozenset[int]]:
        """The words that ask for the first or the last day of something."""
        found = {"start": EMPTY, "end": EMPTY}
        for name, words in self.relation_words.items():
            known = self.ground.relations.get(name)
            dating = self.ground.moments.get(known.moment) if known and known.kind != "object" else None
            if dating and dating.bounds in found:
                found[dating.bounds] |= words
        return found

    def by_stems(self, stems: frozenset[str], *, named: bool = True) -> frozenset[int]:
        """Give the content words that these stems hold. A text, which is not a name, binds no date but a year."""
        words = self.question.words
        found = frozenset(n for n in self.wanted if words[n].stem in stems or words[n].same in stems)
        for when in self.question.dates:  # a date is bound whole or not at all: no November by the year alone
            if not when.words - self.question.stop <= found or not (named or len(when.moment.edtf) == _YEAR):
                found -= when.words
        return found

    def by_dates(self, moments: Iterable[Moment | None]) -> frozenset[int]:
        """Give the date words that one of these moments meets."""
        found: set[int] = set()
        for moment in moments:
            if moment is None:
                continue
            for when in self.question.dates:
                if meets(when.moment, moment):
                    found |= when.words
        return frozenset(found)

    def claim_words(self, number: int) -> frozenset[int]:
        """Give the words that a claim's own words, its role and its dates bind; figures do not bind by their digits."""
        key = number, "own"
        if key not in self._row_words:
            claim = self.ground.claim(number)
            period = [claim.moment, claim.start, claim.until]
            if not any(period):  # what holds around it, and its source's day, say when, where the claim itself does not
                period = [around(claim), claim.attested]
            found = self.by_stems(self.ground.own(number), named=False) | self.by_dates(period)
            if claim.start and claim.until:
                found |= self.by_dates((span(claim.start, claim.until),))
            if claim.modality != "stated" and claim.modality in self.question.operators:
                found |= self.question.operators[claim.modality]
            self._row_words[key] = found
        return self._row_words[key]

    def end_words(self, name: str) -> frozenset[int]:
        """Give the words that an entity's names bind, whether or not it is named in full."""
        key = hash(name), "end"
        if key not in self._row_words:
            stems = self.ground.name_stems(name)
            inside = {n for n in self._long for s in stems if s.startswith(self.question.words[n].stem)}
            self._row_words[key] = self.by_stems(stems) | self._dated(name) | inside
        return self._row_words[key]

    @cached_property
    def _long(self) -> list[int]:
        """The content words that are long enough to be known inside a compound of a name: 'dobbeltdiagnose'."""
        return [n for n in self.wanted - self.date_words if len(self.question.words[n].stem) >= _COMPOUND]

    def beside_name(self, name: str) -> frozenset[int]:
        """Give the words that go on with an entity's name on either side: more of its names, a word for its class.

        'The action plan for 2025-26', 'the Midtklyngen cluster': whatever stands between is no content.
        """
        key = hash(name), "beside name"
        if key not in self._row_words:
            named, question = self.named.get(name, EMPTY), self.question
            stems = self.ground.name_stems(name) if named else frozenset()
            kinds = EMPTY.union(*(m.words for m in question.classes if self.ground.is_a(name, (m.key,))), EMPTY)
            kinds -= {n for n in kinds if n - 1 in question.asking}
            found: set[int] = set()
            for step, edge in ((1, max(named, default=-1)), (-1, min(named, default=-1))):
                at = edge + step
                while named and 0 <= at < len(question.words):
                    word = question.words[at]
                    if at in kinds or word.stem in stems or word.same in stems:
                        found.add(at)
                    elif at not in question.stop:
                        break
                    at += step
            self._row_words[key] = frozenset(found) & self.wanted - named
        return self._row_words[key]

    def _dated(self, name: str) -> frozenset[int]:
        """Give the date words that meet a date of this entity: when it is held, began, is valid."""
        if not self.question.dates:
            return EMPTY
        moments: list[Moment | None] = []
        thing = self.ground.thing(name)
        moments += [thing.life.start, thing.life.until]
        for number in self.ground.group("", SUBJECT, name):
            claim = self.ground.claim(number)
            if claim.moment is not None:
                moments.append(claim.moment)
        return self.by_dates(moments)

    def beside_words(self, number: int) -> frozenset[int]:
        """Give the words that the note and the heading beside a claim bind."""
        key = number, "beside"
        if key not in self._row_words:
            self._row_words[key] = self.by_stems(self.ground.beside(number), named=False)
        return self._row_words[key]

    @cached_property
    def codes(self) -> dict[str, frozenset[int]]:
        """The content words by the codes that a passage may have them under: their own stem's and those of the same word."""
        found: dict[str, frozenset[int]] = {}
        for n in self.content:
            for stem in self.ground.alike(self.question.words[n].stem):
                found[code(stem)] = found.get(code(stem), EMPTY) | {n}
        return found

    def told_words(self, number: int) -> frozenset[int]:
        """Give the words that stand in the passages of a claim."""
        key = number, "told"
        if key not in self._row_words:
            self._row_words[key] = EMPTY.union(*(self.codes[c] for c in self.ground.told(number) & self.codes.keys()))
        return self._row_words[key]

    def linked(self, name: str) -> set[str]:
        """Give the things that a claim links to this one; none where there are too many to tell anything."""
        about = self.ground.about(name)
        if len(about) > ABOUT:
            return set()
        self.ground.fetch(about)
        return {end for n in about for end in self.ground.claim(n).ends()} - {name}

    def wholes(self, name: str, how: str = _WITHIN) -> frozenset[str]:
        """Give what a thing is a part of, step by step, by the relations under a heading of the lexicon's ``answers``."""
        if (name, how) not in self._wholes:
            ground, of = self.ground, self.ground.answering.get(how, frozenset())
            found: dict[str, None] = {}
            waiting = [name]
            while waiting and len(found) < MANY:
                numbers = ground.group("", SUBJECT, waiting.pop())
                ground.fetch(numbers)
                for claim in map(ground.claim, numbers):
                    if claim.object and ground.predicate(claim.predicate).family in of and claim.object not in found:
                        found[claim.object] = None
                        waiting.append(claim.object)
            self._wholes[name, how] = frozenset(found)
        return self._wholes[name, how]

    def within_words(self, name: str) -> frozenset[int]:
        """Give the words that name what a thing is a part of: the area of an initiative, the agreement of the area."""
        if "except" in self.question.operators or not self._parts:
            return EMPTY  # what a list is without is not what its things are a part of
        named = self.wholes(name) & self._parts.keys()
        return EMPTY.union(*(self.named[whole] for whole in named if self._is_within(name, whole)), EMPTY)

    @cached_property
    def _parts(self) -> dict[str, set[str]]:
        """The named things that have parts, with those that are parts of them without a step between."""
        of, found = self.ground.answering.get(_WITHIN, frozenset()), {}
        for whole in self.named:
            numbers = self.ground.group("", OBJECT, whole)
            self.ground.fetch(numbers)
            claims = map(self.ground.claim, numbers)
            found[whole] = {c.subject for c in claims if self.ground.predicate(c.predicate).family in of}
        return {whole: parts for whole, parts in found.items() if parts}

    def _is_within(self, name: str, whole: str) -> bool:
        """Tell whether a thing is a part of a whole; a part of a part only where the whole has none of its class itself."""
        types, direct = self.ground.thing(name).types, self._parts[whole]
        return name in direct or not any(self.ground.thing(part).types == types for part in direct)

    def near_words(self, name: str) -> frozenset[int]:
        """Give the words that what is said of an entity binds: the names and texts of its other claims."""
        key = hash(name), "near"
        if key not in self._row_words:
            found: set[int] = set()
            about = self.ground.about(name)
            if len(about) <= ABOUT:
                self.ground.fetch(about)
                for number in about:
                    claim = self.ground.claim(number)
                    far = claim.object if claim.subject == name else claim.subject
                    found |= self.claim_words(number)
                    if far:
                        found |= self.by_stems(self.ground.name_stems(far))
            self._row_words[key] = frozenset(found)
        return self._row_words[key]

    @cached_property
    def _telling(self) -> dict[int, float]:
        """How much each word tells: its rarity, and of one around the question a third."""
        q = self.question
        return {n: q.rarity[n] * (1.0 if n in self.content else _AROUND) for n in self.wanted}

    def weight(self, words: frozenset[int]) -> float:
        """Give how much these words tell together."""
        known = self._weight_of.get(words)
        if known is None:
            known = self._weight_of[words] = sum(self._telling.get(n, 0.0) for n in sorted(words))
        return known
