"""What a question mentions: names, relations, classes, dates, numbers, operators, and the kind of answer that it asks for.

A mention ties some of the question's words to something that the graph or the language knows. Nothing is decided here: words
may be part of several mentions, and a name may be several things. What no mention ties and no stop word excuses is content that
an answer has to bind by its own words.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from samgraf.ask.asked import find_asked
from samgraf.ask.question import EMPTY, STRICT, Mention, Name, Question, When, Word
from samgraf.ask.words import in_full, in_full_year, spelled_out, words_of
from samgraf.language.fold import fold, plain, stem
from samgraf.language.fold import words as words_in
from samgraf.language.messages import languages, messages
from samgraf.store.ground import names_of
from samgraf.store.names import GAP, LABEL, OTHER_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from samgraf.model import Entity
    from samgraf.store.ground import Ground, Phrase

_LONGEST = 600
_WINDOW = 22
_GAP_WORDS = 7
_APART = 3
"""How far two words of a name stand apart at most: two small words between."""
_GENITIVE = "s"


def read(text: str, ground: Ground, language: str | None = None, workspace: str | None = None) -> Question:
    """Read a question: find its language and everything that it mentions."""
    question = Question(text)
    seen = question.seen = spelled_out(in_full(plain(text)), ground)[:_LONGEST]
    words = words_of(seen, ground, question)
    as_ = ground.same([w.stem for w in words])
    question.words = [w._replace(same=in_full_year(words, n, seen) or as_[w.stem]) for n, w in enumerate(words)]
    phrases = ground.phrases({w.stem for w in question.words} | {w.folded for w in question.words})
    found = [(p, span) for p in phrases for span in _matches(p, question.words)]
    question.language = language or _language(found, seen, workspace)
    _sort(question, found)
    question.verbs = frozenset(
        p.stems[0] for p in phrases if p.slot in ("label", "inverse") and p.lang == question.language
    )
    question.names = list(_names(question, ground, workspace))
    question.words = _one_clause(question)
    question.stop -= {n for name in question.names for n in name.words if _shouted(question.words[n])}
    _dates(question, seen)
    find_asked(question, workspace)
    rare = ground.rarity({s for w in question.words for s in (w.stem, w.same)})
    top = max(rare.values(), default=1.0)
    for n, w in enumerate(question.words):
        question.rarity[n] = max(rare.get(w.same, rare.get(w.stem, top)), 0.3)
    return question


# --- phrases


def _matches(phrase: Phrase, words: Sequence[Word]) -> Iterator[frozenset[int]]:
    """Yield the places where a phrase stands in the question; a gap takes a few words of any kind."""
    written = phrase.kind in _WRITTEN
    parts: list[list[str]] = [[]]
    for s in phrase.stems:
        if s == GAP:
            parts.append([])
        else:
            parts[-1].append(s)
    for start in range(len(words)):
        at = start
        span: list[int] = []
        for number, part in enumerate(parts):
            limit = start + 1 if number == 0 else min(len(words), at + _GAP_WORDS)
            place = next((i for i in range(at, limit) if _stands(part, words, i, written=written)), None)
            if place is None:
                break
            span += range(place, place + len(part))
            at = place + len(part)
        else:
            yield frozenset(span)


def _stands(part: list[str], words: Sequence[Word], at: int, *, written: bool) -> bool:
    if at + len(part) > len(words):
        return False
    return all((words[at + i].folded if written else words[at + i].stem) == s for i, s in enumerate(part))


_WRITTEN = frozenset(
    ("stop", "chatter", "opens", "agent", "articles", "asks", "noun", "value", "several", "single", "light", "operator")
)
_GUIDE = frozenset(("stop", "opens", "articles", "asks", "noun", "value"))


def _language(found: list[tuple[Phrase, frozenset[int]]], text: str, workspace: str | None) -> str:
    """Tell which language the question is in: the one with most of its small words."""
    counts = dict.fromkeys(languages(workspace), 0)
    for phrase, span in found:
        if phrase.lang in counts:
            counts[phrase.lang] += 2 * len(span) if phrase.kind in _GUIDE else 1
    letters = {lang: sum(fold(c) != c.lower() for c in text) for lang in counts if lang == next(iter(counts))}
    return max(
        counts, key=lambda lang: (counts[lang] + letters.get(lang, 0) / 2, -list(counts).index(lang)), default=""
    )


def _sort(question: Question, found: list[tuple[Phrase, frozenset[int]]]) -> None:  # noqa: C901  (one case a kind of phrase)
    """Put each phrase that is found where it belongs; those of another language are left out."""
    relations: dict[tuple[frozenset[int], str, str], None] = {}
    classes: dict[tuple[frozenset[int], str], None] = {}
    operators: dict[str, set[int]] = {}
    stop: set[int] = set()
    narrow: set[int] = set()
    light: set[int] = set()
    idle: set[int] = set()
    agent: set[int] = set()
    for phrase, span in found:
        if phrase.lang and phrase.lang != question.language and phrase.kind not in ("relation", "class"):
            continue
        match phrase.kind:
            case "relation":
                relations[span, phrase.key, phrase.slot] = None
            case "class":
                classes[span, phrase.key] = None
            case "asks":
                question.asks.append(Mention(span, phrase.key))
            case "noun":
                question.nouns.append(Mention(span, phrase.key))
            case "operator":
                operators.setdefault(phrase.key, set()).update(span)
            case "value":
                question.values.append(Mention(span, phrase.key))
            case "number":
                question.numerals[int(phrase.key)] = span
            case "ordinal":
                question.ordinals[int(phrase.key)] = span
            case "stop" | "chatter" | "articles" | "agent":
                stop |= span
                agent |= span if phrase.kind == "agent" else set()
                idle |= span if phrase.kind == "chatter" and len(span) > 1 else set()
            case "several" | "single":
                question.number += 1 if phrase.kind == "several" else -1
            case "narrow":
                narrow |= span
            case "light":
                light |= span
    question.relations = [Mention(*key) for key in relations]
    question.classes = [Mention(*key) for key in classes if not key[0] <= stop]
    question.operators = {key: frozenset(span - idle) for key, span in operators.items() if span - idle}
    question.stop, question.narrow, question.agent = frozenset(stop), frozenset(narrow), frozenset(agent)
    question.light = (frozenset(light) | question.heads) - EMPTY.union(
        *(question.operators.get(o, EMPTY) for o in STRICT), EMPTY
    )


# --- names


def _names(question: Question, ground: Ground, workspace: str | None) -> Iterator[Name]:
    """Yield every run of words that is a name, in full or as a compound written apart or together."""
    words, spans = question.words, _spans(question)
    called = ground.called(spans)
    listed = messages(question.language, workspace).content.get("asking", {})
    articles = {fold(text) for text in listed.get("articles", ())}
    found: dict[tuple[int, int], dict[str, int]] = {}
    for key, bearers in called.items():
        for i, j in spans[key]:
            if all(n in question.stop and not _shouted(words[n]) for n in range(i, j)):
                continue
            between = {words[n].folded for n in range(i, j) if n in question.stop} - articles
            shorter = " " in key and key.count(" ") + 1 < j - i
            for bearer, kind in bearers:
                if (
                    (kind == OTHER_WORDS or shorter)
                    and between
                    and not between <= _words_of_names(ground.thing(bearer))
                ):
                    continue  # small words may be left out of a name; others than its own make it none
                here = found.setdefault((i, j), {})
                here[bearer] = min(kind, here.get(bearer, kind))
    for (i, j), bearers_ in sorted(found.items()):
        order = sorted(bearers_.items(), key=lambda b: (b[1] != LABEL, -ground.degree(b[0]), b[0]))
        yield Name(frozenset(range(i, j)), tuple(order))


def _spans(question: Question) -> dict[str, list[tuple[int, int]]]:
    """Give each run of words by all that it may stand for in the index of names."""
    words = question.words
    spans: dict[str, list[tuple[int, int]]] = {}
    for i in range(len(words)):
        for j in range(i + 1, min(len(words), i + _WINDOW) + 1):
            keys = [" ".join(w.stem for w in words[i:j])]
            if i not in question.stop and j - 1 not in question.stop:
                keys.append(stem("".join(w.folded for w in words[i:j])))
                telling = [n for n in range(i, j) if n not in question.stop]
                if all(b - a <= _APART and words[a].clause == words[b].clause for a, b in pairwise(telling)):
                    keys.append(" ".join(words[n].same for n in telling))
            last = words[j - 1].folded
            if last.endswith(_GENITIVE) and len(last) > 2:
                keys.append(" ".join([*(w.stem for w in words[i : j - 1]), stem(last.removesuffix(_GENITIVE))]))
            for key in dict.fromkeys(keys):
                spans.setdefault(key, []).append((i, j))
    for key, span in _numbered(question):
        spans.setdefault(key, []).append(span)
    return spans


def _numbered(question: Question) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the names whose first words are said of another number before: the 7 of 'initiatives 5 and 7' is 'initiative 7'."""
    words = question.words
    for n in range(2, len(words)):
        before = next((m for m in (n - 1, n - 2) if m not in question.stop), 0)
        if words[n].text.isdigit() and before and words[before].text.isdigit() and before < n:
            start = next(
                (m for m in range(before, -1, -1) if not words[m].text.isdigit() and m not in question.stop), None
            )
            if start is not None:
                yield f"{words[start].stem} {words[n].stem}", (n, n + 1)


def _words_of_names(thing: Entity) -> set[str]:
    return {word for name in names_of(thing) for word in words_in(name)}


def _shouted(word: Word) -> bool:
    """Tell whether a word is written in capitals, as abbreviations are and function words are not."""
    return len(word.text) > 1 and word.text.isupper()


def _one_clause(question: Question) -> list[Word]:
    """Take away the clauses that begin inside a name: 'Item 2.6: the plan', 'St. Croix'."""
    inside = {n for name in question.names if len(name.words) > 1 for n in name.words if n - 1 in name.words}
    words, shift, broken = [], 0, -1
    for n, word in enumerate(question.words):
        if n and word.clause > question.words[n - 1].clause and (n in inside or n - 1 == broken):
            shift += word.clause - question.words[n - 1].clause
            broken = n  # what opens a bracket inside a name closes it at its end
        elif n in inside and broken == n - 1:
            broken = n
        words.append(word._replace(clause=word.clause - shift))
    return words


# --- dates


def _dates(question: Question, text: str) -> None:
    """Find dates; the machinery is loaded only where there is a digit or a month."""
    code = question.language
    months = {fold(m) for m in messages(code).section("months")}
    if not any(any(c.isdigit() for c in w.text) for w in question.words) and not any(
        w.folded in months for w in question.words
    ):
        return
    from samgraf.language.periods import periods

    for start, end, moment in periods(code).find(text):
        span = frozenset(n for n, w in enumerate(question.words) if start <= w.start < end)
        if span:
            question.dates.append(When(span, moment))
    said = {n for d in question.dates for n in d.words}
    for n, word in enumerate(question.words):
        if word.folded in months and n not in said:
            number = [fold(m) for m in messages(code).section("months")].index(word.folded) + 1
            from samgraf.model import Moment

            question.dates.append(When(frozenset((n,)), Moment(f"XXXX-{number:02d}", "", "")))
