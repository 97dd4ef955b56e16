"""A question as it is read: its words and all that they mention."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from samgraf.model import Moment

YES_OR_NO, ANYTHING, EITHER = "yesno", "anything", "either"
EMPTY: frozenset[int] = frozenset()
STRICT = ("not", "except", "difference", "first", "last", "most", "least", "original", "new", "gone")
"""Operators whose words turn a question round: they are never small words, and never left unbound."""


class Word(NamedTuple):
    """A word of the question: as written, folded, its stem, the stem that stands for its synonyms, its clause."""

    text: str
    folded: str
    stem: str
    same: str
    clause: int
    start: int


class Name(NamedTuple):
    """Words that are a name, and all that bear it with how (label, alias, abbreviation, code)."""

    words: frozenset[int]
    bearers: tuple[tuple[str, int], ...]


class Mention(NamedTuple):
    """Words that stand for a relation, class, operator …; ``exact`` tells that they are the vocabulary's own label."""

    words: frozenset[int]
    key: str
    slot: str = ""


class When(NamedTuple):
    """Words that are a date."""

    words: frozenset[int]
    moment: Moment


class Question:
    """A question, read: its words and all that they mention."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.seen = text
        """The text as its words stand in it: without signs that nobody sees, years in full."""
        self.language = ""
        self.words: list[Word] = []
        self.verbs: frozenset[str] = frozenset()
        self.names: list[Name] = []
        self.relations: list[Mention] = []
        self.classes: list[Mention] = []
        self.asks: list[Mention] = []
        self.nouns: list[Mention] = []
        self.operators: dict[str, frozenset[int]] = {}
        self.values: list[Mention] = []
        self.numerals: dict[int, frozenset[int]] = {}
        self.ordinals: dict[int, frozenset[int]] = {}
        self.dates: list[When] = []
        self.narrow: frozenset[int] = frozenset()
        self.stop: frozenset[int] = frozenset()
        self.agent: frozenset[int] = frozenset()
        self.light: frozenset[int] = frozenset()
        """What says little by itself: an answer may leave it aside where all else is bound."""
        self.heads: frozenset[int] = frozenset()
        """What a compound begins with whose end says what kind of answer is asked for: the 'svar' of 'svarfrist'."""
        self.optional: frozenset[int] = frozenset()
        self.unknown: list[int] = []
        self.corrected: dict[str, str] = {}
        self.plain: frozenset[int] = frozenset()
        self.number = 0
        """How many answers the form of the question's words expects: above nought several, below it one."""
        self.asked = ANYTHING
        self.also: frozenset[str] = frozenset()
        self.asking: frozenset[int] = frozenset()
        self.alone = False
        """Whether no noun after the question word is what is asked for, as after Danish 'hvad'."""
        self.rarity: dict[int, float] = {}

    @property
    def counted(self) -> frozenset[int]:
        """The first word that tells after 'how many': of what."""
        if self.asked not in ("number", "amount") or not self.asking:
            return EMPTY
        after = [n for n in self.content if n > min(self.asking) and n not in self.asking]
        telling = [n for n in after if n not in self.light] or after
        return frozenset((min(telling),)) if telling else EMPTY

    @property
    def content(self) -> frozenset[int]:
        """The words that an answer has to bind."""
        return frozenset(range(len(self.words))) - self.stop - self.optional

    def said(self, words: Iterable[int]) -> str:
        """Give these words as they were written."""
        return " ".join(self.words[n].text for n in sorted(words))

    def stem_at(self, words: Iterable[int]) -> frozenset[str]:
        """Give the stems of these words."""
        return frozenset(s for n in words for s in (self.words[n].stem, self.words[n].same))
