"""Repair of letters in Danish text that was read without Danish letters: a noisy channel over known words and compounds.

A word is repaired only in a text that is damaged as a whole, so that clean text stays as it is; a word that may be a
name is never repaired, only offered. Offsets of what was written instead are kept, with what was read and the margin.
Source: Kernighan, Church and Gale, 'A spelling correction program based on a noisy channel model' (COLING 1990).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from samgraf.ingest.tables import tables
from samgraf.ingest.words import Words

if TYPE_CHECKING:
    from samgraf.workspace import Workspace

_TOKEN = re.compile(r"[^\s.,;:!?()\[\]\"“”„»«/]+")
_LETTERS = re.compile(r"[^\W\d_]")
_ADDRESS = re.compile(r"[@/.]\w+\.\w|www|https?:", re.IGNORECASE)
_MOST_EDITS, _MOST_VARIANTS = 4, 400
_UNKNOWN = 1e-9
_SURE, _SURE_KNOWN, _SURE_LETTERS = 2.0, 0.7, 3.0
_FEWEST, _DAMAGED = 3, 0.02
_WEIGHT = 1.0
_CLEAR = 4.0


class Confusion(NamedTuple):
    """What was read, what was written, and how surprising that is."""

    read: str
    written: str
    cost: float


class Repair(NamedTuple):
    """One word: where it begins in the repaired text, what was read, what is likely, by how much, and what else it may be.

    An ``offered`` repair is not made: the text keeps what was read.
    """

    offset: int
    read: str
    written: str
    margin: float
    alternatives: tuple[str, ...]
    offered: bool


class Repaired(NamedTuple):
    """A text after repair, and its repairs in order. ``damaged`` tells whether the text was judged damaged at all."""

    text: str
    repairs: tuple[Repair, ...]
    damaged: bool


def known_names(workspace: str | None = None) -> frozenset[str]:
    """Read the names of persons that are never taken for words, in lower case."""
    found: set[str] = set()
    for content in tables(workspace, "names.yaml"):
        found |= {str(name).lower() for name in content["names"]}
    return frozenset(found)


def frequent_words(workspace: str | None = None) -> dict[str, float]:
    """Read which words are frequent in documents of this field, and their shares."""
    found: dict[str, float] = {}
    for content in tables(workspace, "letters.yaml"):
        found.update({str(word): float(str(share)) for word, share in dict(content.get("frequent") or {}).items()})
    return found


def confusions(workspace: str | None = None) -> tuple[Confusion, ...]:
    """Read the confusions of letters. Raises DataError when the file is not as it should be."""
    found: list[Confusion] = []
    for content in tables(workspace, "letters.yaml"):
        found += [Confusion(str(r), str(w), float(str(c))) for r, w, c in content["confusions"]]
    return tuple(found)


def repairer_for(workspace: Workspace) -> Repairer:
    """Make the repairer of a workspace: its own names and labels count as words."""
    folder = workspace.folder
    own = [text for e in workspace.entities.values() for text in (e.label.da, *e.aliases)]
    return Repairer(Words(own, frequent_words(folder)), confusions(folder), known_names(folder))


class Repairer:
    """Repairs texts with one set of words and confusions; what it found for a word is kept."""

    def __init__(self, words: Words, table: tuple[Confusion, ...], names: frozenset[str] = frozenset()) -> None:
        self.words = words
        self.table = table
        self.names = names
        self._seen: dict[str, list[tuple[float, str, tuple[Confusion, ...]]]] = {}

    def repair(self, text: str, marks: frozenset[int] = frozenset()) -> Repaired:
        """Repair a text where it is damaged. Lines stay lines; what stands at the offsets ``marks`` is no word."""
        tokens = [m for m in _TOKEN.finditer(text) if m.start() not in marks and _is_word(m[0])]
        rates = self._rates([m[0] for m in tokens])
        if rates is None:
            return Repaired(text, (), damaged=False)
        parts: list[str] = []
        repairs: list[Repair] = []
        at = shift = 0
        for number, match in enumerate(tokens):
            best = self._best(match[0], rates)
            if best is None:
                continue
            written, margin, others = best
            offered = self._may_be_name(tokens, number, written, text)
            repairs.append(Repair(match.start() + shift, match[0], written, round(margin, 2), others, offered))
            if not offered:
                parts += [text[at : match.start()], written]
                at = match.end()
                shift += len(written) - len(match[0])
        return Repaired("".join([*parts, text[at:]]), tuple(repairs), damaged=True)

    def _variants(self, word: str) -> list[tuple[float, str, tuple[Confusion, ...]]]:
        """Give what the word may have been: cost, form, confusions; itself first."""
        if word in self._seen:
            return self._seen[word]
        found: dict[str, tuple[float, str, tuple[Confusion, ...]]] = {word: (0.0, word, ())}
        waiting: list[tuple[int, float, str, tuple[Confusion, ...]]] = [(0, 0.0, word, ())]
        while waiting and len(found) < _MOST_VARIANTS:
            start, cost, form, made = waiting.pop(0)
            if len(made) == _MOST_EDITS:
                continue
            for c in self.table:
                place = form.find(c.read, start)
                while place >= 0:
                    new = form[:place] + c.written + form[place + len(c.read) :]
                    total = cost + c.cost
                    if new not in found or found[new][0] > total:
                        found[new] = (total, new, (*made, c))
                        waiting.append((place + len(c.written), total, new, (*made, c)))
                    place = form.find(c.read, place + 1)
        self._seen[word] = sorted(found.values())
        return self._seen[word]

    def _rates(self, tokens: list[str]) -> dict[str, float] | None:
        """Estimate, for each letter, how often it was misread; None for a text that is not damaged.

        Only words that are no words as read, and are words after repair, count as misread.
        """
        misread: Counter[str] = Counter()
        intact: Counter[str] = Counter()
        for token in tokens:
            low = token.lower()
            if self.words.share(low) > _UNKNOWN:
                intact.update(set(low) & set("æøå"))
                continue
            scored = [
                (math.log(share) - cost, form, made)
                for cost, form, made in self._variants(token)[1:]
                if (share := self.words.share(form.lower())) > _UNKNOWN
            ]
            if scored:
                misread.update({c.written.lower()[-1] for c in max(scored)[2]})
        total = sum(misread.values())
        if total < _FEWEST or total < _DAMAGED * len(tokens) or total < sum(intact.values()):
            return None
        return {letter: (misread[letter] + 1) / (misread[letter] + intact[letter] + 2) for letter in {*misread, *"æøå"}}

    def _best(self, token: str, rates: dict[str, float]) -> tuple[str, float, tuple[str, ...]] | None:
        """Give the likely form of a word, the margin to the next and the others; None where it is best as it stands."""
        low = token.lower()
        as_read = self.words.share(low)
        scored = []
        for cost, form, made in self._variants(token):
            share = self.words.share(form.lower())
            if share <= _UNKNOWN and made:
                continue
            rate = sum(math.log(max(rates.get(c.written.lower()[-1], 0.5), 0.02)) for c in made)
            scored.append((math.log(max(share, _UNKNOWN / 10)) - _WEIGHT * cost + rate, form))
        scored.sort(reverse=True)
        best, form = scored[0]
        if form != token and len(scored) > 1:
            margin = best - next(s for s, f in scored if f == token) if as_read > _UNKNOWN else best - scored[1][0]
            needed = _SURE_KNOWN if as_read > _UNKNOWN else 0.0
            if margin >= needed:
                return form, margin, tuple(f for s, f in scored[1:4] if s > best - _CLEAR and f != token)
            return None
        return self._by_letters(token) if as_read <= _UNKNOWN else None

    def _by_letters(self, token: str) -> tuple[str, float, tuple[str, ...]] | None:
        """Give the form of an unknown word whose letters are far more likely in the language than those read."""
        variants = self._variants(token)[:60]
        scored = sorted(
            ((self.words.likelihood(form.lower()) - cost, form) for cost, form, _ in variants), reverse=True
        )
        as_read = self.words.likelihood(token.lower())
        best, form = scored[0]
        if form == token or best - as_read < _SURE_LETTERS:
            return None
        return form, best - as_read, tuple(f for s, f in scored[1:3] if s > best - _SURE and f != token)

    def _may_be_name(self, tokens: list[re.Match[str]], number: int, written: str, text: str) -> bool:
        """Tell whether a word may be a name: with a capital, a known name or no known word, or beside another capital."""
        if not (tokens[number][0][0].isupper() and written[0].isupper()):
            return False
        if written.lower() in self.names or self.words.share(written.lower()) <= _UNKNOWN:
            return True
        before = tokens[number - 1] if number else None
        after = tokens[number + 1] if number + 1 < len(tokens) else None
        here = tokens[number]
        return (before is not None and before[0][0].isupper() and text[before.end() : here.start()] == " ") or (
            after is not None and after[0][0].isupper() and text[here.end() : after.start()] == " "
        )


def _is_word(word: str) -> bool:
    if _ADDRESS.search(word) or len(word) > 60:
        return False
    letters = len(_LETTERS.findall(word))
    return word == "|" or (letters > 0 and letters * 2 >= len(word))
