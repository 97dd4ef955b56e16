"""The words of a question as they are meant: split, parted where written as one, slips of the pen corrected."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from samgraf.ask.question import Word
from samgraf.language.fold import fold, stem
from samgraf.store.names import PHRASE_WORD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from samgraf.ask.question import Question
    from samgraf.store.ground import Ground

_MOST_WORDS = 80
_SHORT = 6
_LONG = 8
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|%")
_YEARS = re.compile(r"(?<![\d/.-])(\d\d)[-/](\d\d)(?![\d/.-]|\.\d)")
_CENTURY = "20"
_JOINT = "s"
_JOINED = ("-", "/", "–")
_CLAUSE = re.compile(r"[,;:?!()\n]|(?<!\d)\.(?=\s|$)|\.(?=\s+[A-ZÆØÅ])|\s[-–—]\s")


def in_full(text: str) -> str:
    """Give a text with two years that follow each other in full, where both are written with two figures.

    >>> in_full("rammeaftalen for 21-22, punkt 3-4")
    'rammeaftalen for 2021-22, punkt 3-4'
    """
    return _YEARS.sub(lambda m: f"{_CENTURY}{m[0]}" if int(m[2]) == int(m[1]) + 1 else m[0], text)


def spelled_out(text: str, ground: Ground) -> str:
    """Give a text with what its languages write as one word, and mean as two, written as two: 'haven't'."""
    for short, full in ground.contractions:
        for written in {short, short.replace("'", "’")}:
            text = text.replace(written, full)
    return text


def in_full_year(words: Sequence[Word], at: int, text: str) -> str:
    """Give the year in full that two figures stand for after a year and a hyphen ('2023-25'), else nothing."""
    word, before = words[at], words[at - 1] if at else None
    if before is None or len(word.text) != len(_CENTURY) or not (word.text + before.text).isdigit():
        return ""
    joined = text[before.start + len(before.text) : word.start] in _JOINED and before.text.startswith(_CENTURY)
    return _CENTURY + word.text if joined and before.text[len(_CENTURY) :] < word.text else ""


def words_of(text: str, ground: Ground, question: Question) -> list[Word]:
    """Give the words of a question's text; what is corrected and what nothing knows is noted in the question."""
    return _corrected(_parted(_split(text), ground, question), ground, question)


def _split(text: str) -> list[Word]:
    clauses = [m.start() for m in _CLAUSE.finditer(text)]
    words = []
    for match in _WORD.finditer(text):
        folded = fold(match[0])
        clause = sum(at < match.start() for at in clauses)
        words.append(Word(match[0], folded, stem(folded), "", clause, match.start()))
    return words[:_MOST_WORDS]


def _parted(words: list[Word], ground: Ground, question: Question) -> list[Word]:
    """Part a word that is unknown as it stands: a question phrase written as one, a compound of a noun that asks.

    So are 'hvormange' and 'svarfrist'. What such a compound begins with may be left aside.
    """
    found: list[Word] = []
    posted = ground.rarity([w.stem for w in words])
    for word in words:
        parts = (
            ground.written_as_one(word.folded) if len(word.folded) > _SHORT and not ground.known(word.folded) else None
        )
        if not parts and len(word.folded) >= _LONG and word.stem not in posted and not ground.known(word.folded):
            tail = ground.asking_tail(word.folded)
            if tail:
                parts = [word.folded.removesuffix(tail).removesuffix(_JOINT), tail]
                question.heads |= {len(found)}
        at = word.start
        for part in parts or ():
            found.append(word._replace(text=part, folded=part, stem=stem(part), start=at))
            at += len(part)
        if not parts:
            found.append(word)
    return found


def _corrected(words: list[Word], ground: Ground, question: Question) -> list[Word]:
    """Correct a word that is in no name, phrase or claim to a known word that it is nearly like."""
    posted = ground.rarity([w.stem for w in words])
    same = ground.same([w.stem for w in words])
    posted |= {w.stem: 1.0 for w in words if same[w.stem] != w.stem}
    result = []
    for at, word in enumerate(words):
        short = len(word.folded) < 3 or any(c.isdigit() for c in word.folded)
        if not short and len(word.folded) > _SHORT - 1 and word.stem in posted and not ground.known(word.folded):
            word = word._replace(folded=_form(word, ground))  # noqa: PLW2901
        if short or ground.known(word.folded) or (word.stem in posted and len(word.folded) > 3):
            result.append(word)
            continue
        near = _near(word, ground, first=at == 0)
        if near is None and word.stem not in posted:
            question.unknown.append(at)
        if near is not None:
            question.corrected[word.text] = near
            word = word._replace(folded=near, stem=stem(near))  # noqa: PLW2901
        result.append(word)
    return result


def _form(word: Word, ground: Ground) -> str:
    """Give the known word with the same stem that this one is a slip of, so that it is read as it is written: 'betwen'."""
    from rapidfuzz.distance import DamerauLevenshtein

    alike = [w for w, _ in ground.known_near(word.folded) if stem(w) == word.stem]
    slips = [
        w
        for w in alike
        if not w.startswith(word.folded)
        and not word.folded.startswith(w)
        and DamerauLevenshtein.distance(word.folded, w, score_cutoff=2) <= 2
    ]
    return min(slips, default=word.folded)


def _near(word: Word, ground: Ground, *, first: bool) -> str | None:
    """Give the known word that this one is a slip of: function words by one letter changed place or dropped, names by more.

    What a question begins with is first tried as a question word, its first letter included: 'vornår', 'wat'.
    """
    from rapidfuzz.distance import DamerauLevenshtein

    if first:
        asking = [w for w in ground.asking() if DamerauLevenshtein.distance(word.folded, w, score_cutoff=1) == 1]
        if asking:
            return max(asking, key=lambda w: (sorted(w) == sorted(word.folded), _dropped(word.folded, w), w))
    capital = word.text[:1].isupper() and not first
    best: tuple[int, bool, bool, int, str] | None = None
    for other, kind in ground.known_near(word.folded):
        if other[0] != word.folded[0]:
            continue
        length = max(len(other), len(word.folded))
        if kind == PHRASE_WORD and capital and len(word.folded) < 6:
            continue
        allowed = 1 if length < 8 else 2
        if (
            length < 5
            and (kind != PHRASE_WORD or sorted(other) != sorted(word.folded))
            and not (kind == PHRASE_WORD and length == len(word.folded) + 1 and _dropped(word.folded, other))
        ):
            continue
        if 5 <= length < 6 and kind != PHRASE_WORD and not capital:
            continue
        distance = DamerauLevenshtein.distance(word.folded, other, score_cutoff=allowed)
        turned, kept = sorted(other) != sorted(word.folded), not _dropped(word.folded, other)
        if distance <= allowed and (best is None or (distance, turned, kept, -kind, other) < best):
            best = distance, turned, kept, -kind, other
    return best[-1] if best else _inflected(word, ground)


def _inflected(word: Word, ground: Ground) -> str | None:
    """Give the known word whose form with another ending this long one is a slip of: 'dobeltdiagnosetilbudet'."""
    from rapidfuzz.distance import DamerauLevenshtein

    if len(word.stem) < _LONG:
        return None
    near = {
        w: DamerauLevenshtein.distance(word.stem, stem(w), score_cutoff=2)
        for w, _ in ground.known_near(word.folded, len(word.folded) - len(word.stem) + 1)
        if w[0] == word.folded[0]
    }
    return min((w for w, far in near.items() if far <= 1), key=lambda w: (near[w], w), default=None)


def _dropped(short: str, whole: str) -> bool:
    return any(whole[:n] + whole[n + 1 :] == short for n in range(len(whole)))
