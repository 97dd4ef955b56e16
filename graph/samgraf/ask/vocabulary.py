"""Words of a question: what each means by the lexicon, and which stems of the index it reaches.

Endings, compounds, synonyms across the languages and small misspellings are met here, each with how well it matches.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from samgraf.ask.units import SMALL_NUMBERS, WORD, Lexicon, Meanings, Question, Unit
from samgraf.text import stem

if TYPE_CHECKING:
    from samgraf.ask.index import Index

_COMPOUND = 8
_SHORT = 4


def word_units(
    question: Question,
    index: Index,
    lexicon: Lexicon,
    stems: list[str],
    skipped: set[int],
) -> None:
    """Make a unit of each word that says something; what nothing in the graph answers to is listed as unknown."""
    skipped = skipped | question.excepted
    wanted = [i for i in range(len(stems)) if i not in skipped and question.words[i] not in SMALL_NUMBERS]
    tokens = sorted({t for i in wanted for t in [stems[i], *(stem(p) for p in re.split("[-/]", question.words[i]))]})
    frequency = index.frequency(tokens) if tokens else {}
    for i in wanted:
        meanings = lexicon.get(stems[i], ())
        if question.asks != "what" and (_only_asks(meanings) or ("asks", question.asks) in meanings):
            relations = {key for kind, key in meanings if kind == "relations"}
            if not any(r.startswith("figure/") for r in relations):
                if relations:
                    question.units.append(Unit(question.words[i], frozenset((i,)), 1.0, relations, bonus=True))
                continue
        unit = _word_unit(question.words[i], i, index, lexicon, frequency, proper=_is_proper(question, i))
        _number_after(unit, i, question, lexicon, stems)
        if not unit.known and not unit.relations and not unit.kinds and not meanings:
            in_name = any(a <= i < b and b - a > 1 for a, b, _ in question.names)
            if not in_name:
                question.unknown.append(question.words[i])
        question.units.append(unit)
    if question.asks == "why":
        named = {p for a, b, _ in question.names for p in range(a, b)}
        for unit in question.units:
            if not unit.positions & named and unit.known:
                unit.weight, unit.must = 0.3 * unit.weight, False
    question.units.sort(key=lambda u: min(u.positions))


def _number_after(unit: Unit, i: int, question: Question, lexicon: Lexicon, stems: list[str]) -> None:
    """Tie a number to the word of a kind before it ('Initiative 5 and 7'): something must bear both."""
    words = question.words
    if not unit.must or not words[i][0].isdigit():
        return
    place = i - 1
    while place > 0 and (words[place].isdigit() or words[place] in ("og", "and")):
        place -= 1
    if place >= 0 and any(kind in ("kinds", "counted") for kind, _ in lexicon.get(stems[place], ())):
        unit.reach, unit.phrases, unit.identifier = {}, [(frozenset((stems[place], stems[i])), 1.0)], True


def _only_asks(meanings: Meanings | tuple[()]) -> bool:
    return bool(meanings) and all(
        kind == "asks" or key in ("difference", "most", "least", "more", "all", "except") for kind, key in meanings
    )


def _word_unit(word: str, i: int, index: Index, lexicon: Lexicon, frequency: dict[str, int], *, proper: bool) -> Unit:
    own = stem(word)
    unit = Unit(word, frozenset((i,)), 1.0)
    meanings = lexicon.get(own, [])
    unit.relations = {key for kind, key in meanings if kind == "relations"}
    unit.kinds = {key for kind, key in meanings if kind == "kinds"}
    unit.narrow = any(kind == "narrow" for kind, _ in meanings)
    unit.manners = {
        key for kind, key in meanings if kind == "operators" and key in ("proposed", "expected", "original")
    }
    seen = 0
    if own in frequency:
        unit.reach[own] = 1.0
        seen = frequency[own]
    for kind, key in meanings:
        if kind == "synonyms":
            add_synonyms(unit, index, key)
    if word.endswith("s") and own == word and index.frequency([word[:-1]]):
        unit.reach[word[:-1]] = 1.0
    parts = [stem(p) for p in re.split("[-/]", word) if len(p) > 1]
    if len(parts) > 1:
        unit.phrases.append((frozenset(parts), 0.95))
        unit.reach.update({part: 0.75 for part in parts if part in frequency and len(part) > 2})
    if any(c.isdigit() for c in word):
        unit.must = True
        unit.weight = 1.2
        unit.known = bool(unit.reach or unit.phrases)
        return unit
    _stretch(unit, own, index, exact=own in frequency or bool(meanings), proper=proper)
    whole = all(p in frequency for p in parts) if len(parts) > 1 else bool(unit.phrases)
    unit.known = bool(unit.reach) or whole
    _weigh(unit, meanings, seen)
    return unit


def _stretch(unit: Unit, own: str, index: Index, *, exact: bool, proper: bool) -> None:
    """Let a word be met by other forms of it, and one that is not known by what it may be made of or meant as."""
    if not proper or unit.reach or unit.relations or unit.kinds:
        _add_forms(unit, own, index)
    if not exact and len(own) >= _SHORT:
        _add_misspellings(unit, own, index)
    if not unit.reach and not unit.relations and not unit.kinds and len(own) >= _COMPOUND:
        _add_compound(unit, own, index)
    if not unit.kinds and not unit.relations and not proper:
        unit.kinds = _kind_by_ending(own, index)


def _weigh(unit: Unit, meanings: Meanings, seen: int) -> None:
    """Give a unit its weight: the rarer the word in the graph, the more; unknown words weigh most and must be explained."""
    if not unit.known and not unit.relations and not unit.kinds:
        unit.weight, unit.must = 2.0, True
        return
    if meanings and (all(kind == "operators" for kind, _ in meanings) or ("operators", "more") in meanings):
        unit.weight, unit.must = 0.5, False
        return
    unit.must = unit.must or (not unit.known and bool(unit.relations) and not unit.kinds)
    unit.weight = max(0.45, min(1.6, 1.75 - 0.22 * math.log1p(seen))) if unit.known else 0.7
    if unit.relations or unit.kinds:
        unit.weight = min(1.0, unit.weight)


def add_synonyms(unit: Unit, index: Index, key: str) -> None:
    """Let a unit be met by all words of a group of synonyms as well."""
    for phrase in index.group(key):
        stems = phrase.split()
        if len(stems) == 1:
            unit.reach[stems[0]] = max(unit.reach.get(stems[0], 0.0), 0.95)
            if len(stems[0]) > 3:
                for form in index.beginning_with(stems[0], 15):
                    if len(form) - len(stems[0]) <= 3:
                        unit.reach.setdefault(form, 0.85)
        else:
            unit.phrases.append((frozenset(stems), 0.95))


def _add_forms(unit: Unit, own: str, index: Index) -> None:
    """Add longer and shorter forms of the word, and compounds that begin or end with it."""
    if len(own) >= 4:
        for form in index.beginning_with(own):
            extra = len(form) - len(own)
            unit.reach.setdefault(form, 0.88 if extra <= 3 else 0.7)
    if len(own) >= 5:
        for form in index.ending_with(own):
            unit.reach.setdefault(form, 0.72)
    if len(own) >= 7:
        shorter = {own[:n]: 0.85 if len(own) - n <= 3 else 0.6 for n in range(5, len(own))}
        endings = {own[n:]: 0.6 for n in range(1, len(own) - 4)}
        for form in index.frequency(sorted(shorter | endings)):
            unit.reach.setdefault(form, shorter.get(form, endings.get(form, 0.0)))


def _is_proper(question: Question, i: int) -> bool:
    """Tell whether a word is written as a name: a capital within the sentence."""
    starts = [m.start() for m in WORD.finditer(question.text)]
    return 0 < i < len(starts) and len(starts) == len(question.words) and question.text[starts[i]].isupper()


def _add_misspellings(unit: Unit, own: str, index: Index) -> None:
    from rapidfuzz import process
    from rapidfuzz.distance import DamerauLevenshtein

    allowed = 1 if len(own) < 8 else 2
    meant = process.extract(
        own, index.lexicon_words(own), scorer=DamerauLevenshtein.distance, score_cutoff=allowed, limit=1
    )
    for form, _, _ in meant:
        for kind, key in index.lexicon([form]).get(form, ()):
            unit.relations |= {key} if kind == "relations" else set()
            unit.kinds |= {key} if kind == "kinds" else set()
    if unit.reach or unit.relations or unit.kinds:
        return
    near = process.extract(own, index.like(own), scorer=DamerauLevenshtein.distance, score_cutoff=allowed, limit=5)
    for form, distance, _ in near:
        unit.reach[form] = 0.8 if distance == 1 else 0.7


def _add_compound(unit: Unit, own: str, index: Index) -> None:
    """Take a compound that nothing is called apart into two stems that both occur; an s or e may join them."""
    pairs = [(own[:n], own[n:]) for n in range(4, len(own) - 3)]
    pairs += [(own[: n - 1], own[n:]) for n in range(4, len(own) - 3) if own[n - 1] in "se"]
    seen = index.frequency(sorted({part for pair in pairs for part in pair}))
    both = [pair for pair in pairs if pair[0] in seen and pair[1] in seen]
    if both:
        rarest = max(both, key=lambda pair: min(map(len, pair)))
        unit.phrases.append((frozenset(rarest), 0.8))


def _kind_by_ending(own: str, index: Index) -> set[str]:
    endings = [own[n:] for n in range(1, len(own) - 4)]
    found = index.lexicon(endings) if endings else {}
    longest = max((e for e in found if any(k == "kinds" for k, _ in found[e])), key=len, default="")
    return {key for kind, key in found.get(longest, ()) if kind == "kinds"}
