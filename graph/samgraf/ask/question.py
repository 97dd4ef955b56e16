"""Reading a question: words, names, kinds, relations, dates, operators. What matters becomes a unit to be explained."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from samgraf.ask.moments import Moment, find_moments
from samgraf.text import fold, stem

if TYPE_CHECKING:
    from samgraf.ask.index import Index

MAX_LENGTH = 600
MAX_WORDS = 60
_WORD = re.compile(r"[^\W_]+(?:[-.'’/][^\W_]+)*|[§%]", re.UNICODE)
_LONGEST_NAME = 16
_YES_NO = frozenset(
    fold("er var har havde kan kunne skal skulle vil ville bliver blev må is are was were does do did has have had can could will"
    " would should may might must").split()
)
_WH = frozenset(
    "hvem hvad hvor hvornar hvilken hvilket hvilke hvis hvordan hvorfor who whom whose what where when which how why".split()
)
_DANISH = frozenset(
    "hvem hvad hvor hvornar hvilken hvilket hvilke og er i pa af til den det de en et der som med fra for ikke har kan skal om at".split()
)
_ENGLISH = frozenset(
    "who what where when which how why the of and is are in on to for with does did do was were not has have can by from an".split()
)
_SMALL_NUMBERS = {
    word: number
    for words in ("to tre fire fem seks syv otte ni ti elleve tolv", "two three four five six seven eight nine ten eleven twelve")
    for number, word in enumerate(words.split(), 2)
}
_DOES = frozenset(fold("does do did has have had can will should must").split())
_NAMED_KINDS = frozenset(("Municipality", "Cluster", "Region", "Alliance"))
_NEGATION = frozenset("ikke not isn't aren't uden ingen no without doesn't didn't don't".split())


@dataclass(slots=True)
class Unit:
    """Something in the question that an answer has to explain.

    ``reach`` gives the index's stems that match, with how well (0 to 1); ``phrases`` are sets of stems that match only
    together. ``relations`` are predicates and ``kinds`` classes that the word asks for. ``must`` units cannot stay unexplained.
    """

    text: str
    positions: frozenset[int]
    weight: float
    reach: dict[str, float] = field(default_factory=dict)
    phrases: list[tuple[frozenset[str], float]] = field(default_factory=list)
    relations: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    moment: Moment | None = None
    must: bool = False
    known: bool = True
    bonus: bool = False
    narrow: bool = False
    identifier: bool = False
    manners: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Question:
    """A question as it was read. ``asks`` is yesno, who, when, where, number, why or what."""

    text: str
    language: str
    words: list[str]
    raw: list[str] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    asks: str = "what"
    kind: Unit | None = None
    counted: Unit | None = None
    operators: set[str] = field(default_factory=set)
    names: list[tuple[int, int, list[int]]] = field(default_factory=list)
    negated: bool = False
    expected: int | None = None
    excepted: frozenset[int] = frozenset()
    unknown: list[str] = field(default_factory=list)

    @property
    def leads(self) -> bool:
        """Tell whether the question opens with a question word, not with key words."""
        return any(w in _WH for w in self.words[:4])

    @property
    def total(self) -> float:
        """The weight of all units."""
        return sum(u.weight for u in self.units if not u.bonus) or 1.0


def language_of(text: str) -> str:
    """Tell whether a question is Danish (``da``) or English (``en``); Danish where nothing tells."""
    found = re.findall(r"[^\W\d_]+", fold(text))
    danish = sum(w in _DANISH for w in found) + 2 * bool(re.search("[æøåÆØÅ]", text))
    english = sum(w in _ENGLISH for w in found)
    return "en" if english > danish else "da"


def read_question(text: str, index: Index, language: str | None = None) -> Question:
    """Read a question. Unknown words are listed in ``unknown``; nothing is raised whatever the text."""
    text = text.replace("\x00", " ")[:MAX_LENGTH]
    folded = fold(text)
    spans = [(m.start(), m.end()) for m in _WORD.finditer(folded)][:MAX_WORDS]
    words = [_bare(folded[a:b]) for a, b in spans]
    question = Question(text, language or language_of(text), words, [folded[a:b] for a, b in spans])
    stems = [stem(w) for w in words]
    lexicon = _lexicon(index, words, stems)
    ignored = {i for i, w in enumerate(words) if _has(lexicon, w, "ignored") or w in _NEGATION}
    _names(question, index)
    _operators(question, lexicon, stems)
    dated = _moment_units(question, folded, spans)
    _asks(question, lexicon, stems)
    _word_units(question, index, lexicon, stems, ignored | dated)
    _phrase_units(question, index, lexicon, stems, ignored)
    _split_phrases(question, lexicon, stems)
    _named_kinds(question, index, stems)
    if question.asks == "number":
        question.counted = next((u for u in sorted(question.units, key=lambda u: min(u.positions)) if not u.bonus), None)
    _main_kind(question)
    for i, word in enumerate(words):
        if word in _NEGATION and not any(a <= i < b for a, b, _ in question.names):
            question.negated = True
            reach = {stem(w): 1.0 for w in ("ikke", "not", word)}
            question.units.append(Unit(word, frozenset((i,)), 0.2, reach=reach, bonus=True))
    return question


def _bare(word: str) -> str:
    for ending in ("'s", "’s", "'", "’"):
        word = word.removesuffix(ending)
    return word.strip(".-/") or word


def _has(lexicon: dict[str, list[tuple[str, str]]], phrase: str, section: str) -> bool:
    return any(kind == section for kind, _ in lexicon.get(phrase, ()))


def _lexicon(index: Index, words: list[str], stems: list[str]) -> dict[str, list[tuple[str, str]]]:
    phrases = {" ".join(stems[i : i + n]) for n in range(1, 5) for i in range(len(stems) - n + 1)}
    phrases |= set(words)
    phrases |= {f"{a} … {b}" for i, a in enumerate(stems) for b in stems[i + 2 : i + 14]}
    return index.lexicon(sorted(phrases))


def _names(question: Question, index: Index) -> None:
    """Find the names of entities, the longest first where they overlap; a genitive s is forgiven."""
    words = question.words
    spans: dict[str, list[tuple[int, int]]] = {}
    for i in range(len(words)):
        for j in range(i + 1, min(len(words), i + _LONGEST_NAME) + 1):
            name = " ".join(words[i:j])
            for form in {name, name.removesuffix("s"), " ".join(question.raw[i:j])}:
                spans.setdefault(form, []).append((i, j))
    named = index.named(sorted(spans))
    hits = [(i, j, numbers) for form, numbers in named.items() for i, j in spans[form]]
    hits.sort(key=lambda h: (h[0] - h[1], h[0]))
    for i, j, numbers in hits:
        same = [n for n in question.names if n[0] == i and n[1] == j]
        if same:
            same[0][2].extend(n for n in numbers if n not in same[0][2])
        elif not any(a < j and i < b for a, b, _ in question.names):
            question.names.append((i, j, list(numbers)))
    # a name within a longer name still names its entity, but explains only its own words
    for i, j, numbers in hits:
        if not any((a, b) == (i, j) for a, b, _ in question.names):
            question.names.append((i, j, list(numbers)))


def _operators(question: Question, lexicon: dict[str, list[tuple[str, str]]], stems: list[str]) -> None:
    for i, a in enumerate(stems):
        for b in stems[i + 2 : i + 14]:
            question.operators |= {key for kind, key in lexicon.get(f"{a} … {b}", ()) if kind == "operators"}
    for n in (4, 3, 2, 1):
        for i in range(len(stems) - n + 1):
            for kind, key in lexicon.get(" ".join(stems[i : i + n]), ()):
                extreme = question.words[i].endswith(("st", "ste"))
                if key in ("most", "least") and (not extreme or (i and question.words[i - 1] == "at")):
                    continue
                if kind != "operators":
                    continue
                question.operators.add(key)
                if key == "except" and not question.excepted:
                    question.excepted = _excepted(question, i, n)


def _excepted(question: Question, i: int, n: int) -> frozenset[int]:
    """Give the positions of what is to be left out: to the next comma, or the longest name that follows, or three words."""
    folded = fold(question.text)
    spans = [(m.start(), m.end()) for m in _WORD.finditer(folded)]
    for k in range(i + n - 1, len(question.words) - 1):
        between = folded[spans[k][1] : spans[k + 1][0]]
        if "," in between or ";" in between:
            return frozenset(range(i, k + 1))
    following = [(a, b) for a, b, _ in question.names if i + n <= a <= i + n + 1]
    end = max((b for _, b in following), default=min(i + n + 2, len(question.words)))
    return frozenset(range(i, end))


def _moment_units(question: Question, folded: str, spans: list[tuple[int, int]]) -> set[int]:
    covered: set[int] = set()
    for moment in find_moments(folded):
        positions = frozenset(k for k, (a, b) in enumerate(spans) if a < moment.end and moment.start < b)
        if not positions:
            continue
        covered |= positions
        text = folded[moment.start : moment.end]
        stems = frozenset(stem(question.words[k]) for k in positions)
        unit = Unit(text, positions, 1.0, moment=moment, must=True)
        unit.phrases.append((stems, 1.0))
        question.units.append(unit)
    return covered


def _asks(question: Question, lexicon: dict[str, list[tuple[str, str]]], stems: list[str]) -> None:
    words = question.words
    found: dict[str, int] = {}
    for n in (3, 2, 1):
        for i in range(len(stems) - n + 1):
            for kind, key in lexicon.get(" ".join(stems[i : i + n]), ()):
                if kind == "asks" and key != "yesno":
                    found.setdefault(key, i)
    first_wh = next((i for i, w in enumerate(words[:4]) if w in _WH), None)
    if not words:
        return
    opens = any(kind == "asks" and key == "yesno" for kind, key in lexicon.get(stems[0], ()))
    if first_wh is None and (words[0] in _YES_NO or (opens and question.text.rstrip().endswith("?"))):
        question.asks = "yesno"
        return
    order = [(found[k], k) for k in ("when", "number", "who", "where", "why") if k in found]
    if "number" in found and (first_wh is None or found["number"] <= 4):
        question.asks = "number"
        if "when" in found and found["when"] < found["number"]:
            question.asks = "when"
    elif order:
        question.asks = min(order)[1]


def _word_units(
    question: Question,
    index: Index,
    lexicon: dict[str, list[tuple[str, str]]],
    stems: list[str],
    skipped: set[int],
) -> None:
    skipped = skipped | question.excepted
    wanted = [i for i in range(len(stems)) if i not in skipped and question.words[i] not in _SMALL_NUMBERS]
    tokens = sorted({t for i in wanted for t in [stems[i], *(stem(p) for p in re.split("[-/]", question.words[i]))]})
    frequency = index.frequency(tokens) if tokens else {}
    for i in wanted:
        meanings = lexicon.get(stems[i], ())
        if question.asks != "what" and (_only_asks(meanings) or ("asks", question.asks) in meanings):
            relations = {key for kind, key in meanings if kind == "relations"}
            if not any(r.startswith("figure/") for r in relations):
                if relations:
                    question.units.append(Unit(question.words[i], frozenset((i,)), 1.0, relations=relations, bonus=True))
                continue
        unit = _word_unit(question.words[i], i, index, lexicon, frequency, proper=_is_proper(question, i))
        before = lexicon.get(stems[i - 1], ()) if i else ()
        if unit.must and question.words[i][0].isdigit() and any(kind in ("kinds", "counted") for kind, _ in before):
            unit.reach, unit.phrases, unit.identifier = {}, [(frozenset((stems[i - 1], stems[i])), 1.0)], True
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


def _only_asks(meanings: list[tuple[str, str]] | tuple[()]) -> bool:
    return bool(meanings) and all(
        kind == "asks" or key in ("difference", "most", "least", "all", "except") for kind, key in meanings
    )


def _word_unit(
    word: str, i: int, index: Index, lexicon: dict[str, list[tuple[str, str]]], frequency: dict[str, int], *, proper: bool
) -> Unit:
    own = stem(word)
    unit = Unit(word, frozenset((i,)), 1.0)
    meanings = lexicon.get(own, [])
    unit.relations = {key for kind, key in meanings if kind == "relations"}
    unit.kinds = {key for kind, key in meanings if kind == "kinds"}
    unit.narrow = any(kind == "narrow" for kind, _ in meanings)
    unit.manners = {key for kind, key in meanings if kind == "operators" and key in ("proposed", "expected")}
    seen = 0
    if own in frequency:
        unit.reach[own] = 1.0
        seen = frequency[own]
    for kind, key in meanings:
        if kind == "synonyms":
            _add_synonyms(unit, index, key)
    if word.endswith("s") and own == word and index.frequency([word[:-1]]):
        unit.reach[word[:-1]] = 1.0
    parts = [stem(p) for p in re.split("[-/]", word) if len(p) > 1]
    if len(parts) > 1:
        unit.phrases.append((frozenset(parts), 0.95))
        unit.reach.update({part: 0.75 for part in parts if part in frequency and len(part) > 2})  # noqa: PLR2004
    if any(c.isdigit() for c in word):
        unit.must = True
        unit.weight = 1.2
        unit.known = bool(unit.reach or unit.phrases)
        return unit
    if not proper or unit.reach or unit.relations or unit.kinds:
        _add_forms(unit, own, index)
    if not unit.reach and not unit.relations and not unit.kinds and len(own) >= 4:
        _add_misspellings(unit, own, index)
    if not unit.kinds and not unit.relations and not proper:
        unit.kinds = _kind_by_ending(own, index)
    unit.known = bool(unit.reach or (len(parts) > 1 and all(p in frequency for p in parts)))
    if not unit.known and not unit.relations and not unit.kinds:
        unit.weight, unit.must = 2.0, True
    else:
        if meanings and all(kind == "operators" for kind, _ in meanings):
            unit.weight, unit.must = 0.5, False
            return unit
        unit.must = unit.must or (not unit.known and bool(unit.relations) and not unit.kinds)
        unit.weight = max(0.45, min(1.6, 1.75 - 0.22 * math.log1p(seen))) if unit.known else 0.7
        if (unit.relations or unit.kinds) and unit.weight > 1.0:
            unit.weight = 1.0
    return unit


def _add_synonyms(unit: Unit, index: Index, key: str) -> None:
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
    starts = [m.start() for m in _WORD.finditer(question.text)]
    if len(starts) != len(question.words) or i == 0:
        return False
    return question.text[starts[i]].isupper()


def _add_misspellings(unit: Unit, own: str, index: Index) -> None:
    from rapidfuzz import process
    from rapidfuzz.distance import DamerauLevenshtein

    allowed = 1 if len(own) < 8 else 2
    meant = process.extract(own, index.lexicon_words(own), scorer=DamerauLevenshtein.distance, score_cutoff=allowed, limit=1)
    for form, _, _ in meant:
        for kind, key in index.lexicon([form]).get(form, ()):
            unit.relations |= {key} if kind == "relations" else set()
            unit.kinds |= {key} if kind == "kinds" else set()
    near = process.extract(own, index.like(own), scorer=DamerauLevenshtein.distance, score_cutoff=allowed, limit=5)
    for form, distance, _ in near:
        unit.reach[form] = 0.8 if distance == 1 else 0.7


def _kind_by_ending(own: str, index: Index) -> set[str]:
    endings = [own[n:] for n in range(1, len(own) - 4)]
    found = index.lexicon(endings) if endings else {}
    longest = max((e for e in found if any(k == "kinds" for k, _ in found[e])), key=len, default="")
    return {key for kind, key in found.get(longest, ()) if kind == "kinds"}


def _phrase_units(
    question: Question, index: Index, lexicon: dict[str, list[tuple[str, str]]], stems: list[str], ignored: set[int]
) -> None:
    """Let phrases of the lexicon lend their meaning to the words in them; phrases of small words become units of their own."""
    for n in (4, 3, 2, 1):
        for i in range(len(stems) - n + 1):
            positions = frozenset(range(i, i + n))
            meanings = lexicon.get(" ".join(stems[i : i + n]), ())
            relations = {key for kind, key in meanings if kind == "relations"}
            kinds = {key for kind, key in meanings if kind == "kinds"}
            groups = [key for kind, key in meanings if kind == "synonyms" and n > 1]
            if not relations and not kinds and not groups:
                continue
            inside = [u for u in question.units if u.positions <= positions and not u.moment]
            for unit in inside if n > 1 else ():
                unit.relations |= relations
                unit.kinds |= kinds
                if len(inside) == 1 or groups:
                    unit.must = unit.must and unit.known
            small = relations and positions <= ignored and not any(question.words[k] in _WH for k in positions)
            text = " ".join(question.words[i : i + n])
            if small and not any(u.bonus and (positions <= u.positions or u.text == text) for u in question.units):
                question.units.append(Unit(text, positions, 0.2, relations=relations, bonus=True))
            for key in groups:
                question.units = [u for u in question.units if u not in inside or u.relations or u.kinds]
                merged = Unit(" ".join(question.words[i : i + n]), positions, 1.2)
                merged.phrases = [(frozenset(stems[i : i + n]), 1.0)]
                for unit in inside:
                    merged.relations |= unit.relations
                    merged.kinds |= unit.kinds
                question.units = [u for u in question.units if u not in inside]
                question.units.append(merged)
                _add_synonyms(merged, index, key)


def _named_kinds(question: Question, index: Index, stems: list[str]) -> None:
    """'Horsens cluster', 'Odense Kommune': when the named thing is of another kind, something must bear the whole name."""
    for unit in question.units:
        place = min(unit.positions)
        before = [n for n in question.names if n[1] == place and n[1] - n[0] == 1]
        if len(unit.positions) > 1 or not before or not unit.kinds & _NAMED_KINDS or _plural(question, place):
            continue
        if any(index.is_a(index.entity(n), frozenset(unit.kinds)) for _, _, numbers in before for n in numbers):
            continue
        if any(i < place < j for i, j, _ in question.names):
            continue
        unit.reach, unit.kinds, unit.relations = {}, set(), set()
        unit.phrases, unit.identifier, unit.must = [(frozenset((stems[place - 1], stems[place])), 1.0)], True, True


def _plural(question: Question, place: int) -> bool:
    return question.words[place].endswith("er" if question.language == "da" else "s")


def _split_phrases(question: Question, lexicon: dict[str, list[tuple[str, str]]], stems: list[str]) -> None:
    """Phrases with something in between ('står … for') become units of their own."""
    for i, a in enumerate(stems):
        for j in range(i + 2, min(len(stems), i + 14)):
            relations = {key for kind, key in lexicon.get(f"{a} … {stems[j]}", ()) if kind == "relations"}
            if relations:
                text = f"{question.words[i]} … {question.words[j]}"
                question.units.append(Unit(text, frozenset((i, j)), 1.0, relations=relations, bonus=True))


def _main_kind(question: Question) -> None:
    """Find the kind that the answer is to be of: the noun that the question word or the beginning leads to.

    Small words, numbers and adjectives may stand between; a verb of the lexicon or a name ends the search.
    """
    words = question.words
    start = next((i for i, w in enumerate(words) if w in _WH), -1)
    if question.asks in ("yesno", "when", "where", "why", "who") or (start >= 0 and words[start] in ("hvad", "hvordan")):
        return
    if start >= 0 and words[start] == "what" and words[start + 1 : start + 2] and words[start + 1] in _DOES:
        return
    by_place = {min(u.positions): u for u in question.units if not u.bonus}
    named = {p for i, j, numbers in question.names if j - i > 1 or numbers for p in range(i, j)}
    skipped = 0
    for place in range(start + 1, min(len(words), start + 7)):
        unit = by_place.get(place)
        if unit is None or place in question.excepted:
            continue
        if unit.kinds and not (place in named and _genitive(question, place)):
            question.kind = unit
            numbers = [_SMALL_NUMBERS[w] for w in words[start + 1 : place] if w in _SMALL_NUMBERS]
            question.expected = numbers[0] if numbers else None
            return
        if unit.kinds or unit.relations and not unit.kinds and start >= 0 and question.asks != "number":
            return
        skipped += 1
        if skipped > 2:  # noqa: PLR2004
            return


def _genitive(question: Question, place: int) -> bool:
    """Tell whether the word bears a genitive ending ('the Alliance's')."""
    raw = question.raw[place]
    return raw.endswith(("'s", "s'"))
