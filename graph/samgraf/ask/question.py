"""Reading a question: words, names, kinds, relations, dates, operators. What matters becomes a unit to be explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.ask import phrases, references
from samgraf.ask.moments import find_moments
from samgraf.ask.units import MAX_LENGTH, NEGATION, SMALL_NUMBERS, WH, WHICH, Lexicon, Question, Unit, language_of
from samgraf.ask.vocabulary import word_units
from samgraf.text import fold, stem

if TYPE_CHECKING:
    from samgraf.ask.index import Index

_LONGEST_NAME = 16
_YES_NO = frozenset(
    fold(
        "er var har havde kan kunne skal skulle vil ville bliver blev må is are was were does do did has have had can could will"
        " would should may might must"
    ).split()
)
_DOES = frozenset(fold("does do did has have had can will should must").split())


def read_question(text: str, index: Index, language: str | None = None) -> Question:
    """Read a question. Unknown words are listed in ``unknown``; nothing is raised whatever the text."""
    text = text.replace("\x00", " ")[:MAX_LENGTH]
    question = Question(text, language or language_of(text))
    words = question.words
    stems = [stem(w) for w in words]
    lexicon = _lexicon(index, words, stems)
    ignored = {i for i, w in enumerate(words) if _has(lexicon, w, "ignored") or w in NEGATION}
    _names(question, index)
    phrases.operators(question, lexicon, stems)
    dated = _moment_units(question)
    references.events(question, index, lexicon, stems)
    references.agreements(question, index, lexicon, stems)
    _asks(question, lexicon, stems)
    word_units(question, index, lexicon, stems, ignored | dated)
    phrases.phrase_units(question, index, lexicon, stems, ignored)
    phrases.split_phrases(question, lexicon, stems)
    phrases.named_kinds(question, index, stems)
    if question.asks == "number":
        question.counted = next(
            (u for u in sorted(question.units, key=lambda u: min(u.positions)) if not u.bonus), None
        )
    _main_kind(question)
    for i, word in enumerate(words):
        if word in NEGATION and not any(a <= i < b for a, b, _ in question.names):
            question.negated = True
            unit = Unit(word, frozenset((i,)), 0.2, bonus=True)
            unit.reach = {stem(w): 1.0 for w in ("ikke", "not", word)}
            question.units.append(unit)
    return question


def _has(lexicon: Lexicon, phrase: str, section: str) -> bool:
    return any(kind == section for kind, _ in lexicon.get(phrase, ()))


def _lexicon(index: Index, words: list[str], stems: list[str]) -> Lexicon:
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
    references.numbered(question, index)
    # a name within a longer name still names its entity, but explains only its own words
    for i, j, numbers in hits:
        if not any((a, b) == (i, j) for a, b, _ in question.names):
            question.names.append((i, j, list(numbers)))


def _moment_units(question: Question) -> set[int]:
    covered: set[int] = set()
    for moment in find_moments(question.folded):
        positions = frozenset(k for k, (a, b) in enumerate(question.spans) if a < moment.end and moment.start < b)
        if not positions:
            continue
        covered |= positions
        text = question.folded[moment.start : moment.end]
        stems = frozenset(stem(question.words[k]) for k in positions)
        unit = Unit(text, positions, 1.0, moment=moment)
        unit.phrases.append((stems, 1.0))
        question.units.append(unit)
    return covered


def _asks(question: Question, lexicon: Lexicon, stems: list[str]) -> None:
    words = question.words
    found: dict[str, int] = {}
    for n in (3, 2, 1):
        for i in range(len(stems) - n + 1):
            for kind, key in lexicon.get(" ".join(stems[i : i + n]), ()):
                if kind == "asks" and key != "yesno":
                    found.setdefault(key, i)
    first_wh = next((i for i, w in enumerate(words[:4]) if w in WH), None)
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


def _main_kind(question: Question) -> None:
    """Find the kind that the answer is to be of: the noun that the question word or the beginning leads to.

    Small words, numbers and adjectives may stand between; a verb of the lexicon or a name ends the search.
    """
    words = question.words
    start = next((i for i, w in enumerate(words) if w in WH), -1)
    if question.asks in ("yesno", "when", "where", "why", "who") or (
        start >= 0 and words[start] in ("hvad", "hvordan")
    ):
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
            numbers = [SMALL_NUMBERS[w] for w in words[start + 1 : place] if w in SMALL_NUMBERS]
            question.expected = numbers[0] if numbers else None
            return
        if unit.kinds or (unit.relations and start >= 0 and question.asks != "number"):
            break
        skipped += 1
        if skipped > 2:
            break
    if start >= 0 and words[start] in WHICH:
        _noun(question, start + 1, by_place, named)


def _noun(question: Question, start: int, by_place: dict[int, Unit], named: set[int]) -> None:
    """Take the noun after 'which' as what the answer is called, where it is not the word of any kind ('which tracks')."""
    words = question.words
    numbers = [SMALL_NUMBERS[w] for w in words[start : start + 1] if w in SMALL_NUMBERS]
    place = start + len(numbers)
    run: list[Unit] = []
    while place in by_place and place not in named and not by_place[place].relations and not by_place[place].moment:
        run.append(by_place[place])
        place += 1
    ending = "e" if question.language == "da" else ""
    nouns = [u for u in run if not (ending and u.text.endswith(ending))] or run
    if nouns and not nouns[0].kinds and nouns[0].reach and place < len(words):
        question.kind = nouns[0]
        question.kind.narrow = True
        question.expected = numbers[0] if numbers else None


def _genitive(question: Question, place: int) -> bool:
    """Tell whether the word bears a genitive ending ('the Alliance's', 'alliancens')."""
    raw = question.raw[place]
    return raw.endswith(("'s", "s'")) or (question.language == "da" and raw.endswith(("ets", "ens", "nes")))
