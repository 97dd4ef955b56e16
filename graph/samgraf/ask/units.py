"""A question as it is read: its words, the names in it, and the units that an answer has to explain."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from samgraf.text import fold

if TYPE_CHECKING:
    from samgraf.ask.moments import Moment

MAX_LENGTH = 600
MAX_WORDS = 60
WORD = re.compile(r"[^\W_]+(?:[-.'’/][^\W_]+)*|[§%]", re.UNICODE)
WH = frozenset(
    "hvem hvad hvor hvornar hvilken hvilket hvilke hvis hvordan hvorfor who whom whose what where when which how why".split()
)
WHICH = frozenset("hvilken hvilket hvilke which".split())
NEGATION = frozenset("ikke not isn't aren't uden ingen no without doesn't didn't don't".split())
SMALL_NUMBERS = {
    word: number
    for words in (
        "to tre fire fem seks syv otte ni ti elleve tolv",
        "two three four five six seven eight nine ten eleven twelve",
    )
    for number, word in enumerate(words.split(), 2)
}
_DANISH = frozenset(
    "hvem hvad hvor hvornar hvilken hvilket hvilke og er i pa af til den det de en et der som med fra for ikke har kan skal"
    " om at".split()
)
_ENGLISH = frozenset(
    "who what where when which how why the of and is are in on to for with does did do was were not has have can by from an".split()
)

Meanings = list[tuple[str, str]]
Lexicon = dict[str, Meanings]


class Unit:
    """Something in the question that an answer has to explain.

    ``reach`` gives the index's stems that match, with how well (0 to 1); ``phrases`` are sets of stems that match only
    together. ``relations`` are predicates and ``kinds`` classes that the word asks for. ``must`` units cannot stay
    unexplained; ``bonus`` units need not be explained at all. An ``identifier`` is met by names and values alone.
    """

    __slots__ = (
        "bonus",
        "identifier",
        "kinds",
        "known",
        "manners",
        "moment",
        "must",
        "narrow",
        "phrases",
        "positions",
        "reach",
        "relations",
        "text",
        "weight",
    )

    def __init__(
        self,
        text: str,
        positions: frozenset[int],
        weight: float,
        relations: set[str] | None = None,
        *,
        bonus: bool = False,
        moment: Moment | None = None,
    ) -> None:
        self.text = text
        self.positions = positions
        self.weight = weight
        self.relations = relations or set()
        self.bonus = bonus
        self.moment = moment
        self.reach: dict[str, float] = {}
        self.phrases: list[tuple[frozenset[str], float]] = []
        self.kinds: set[str] = set()
        self.manners: set[str] = set()
        self.must = moment is not None
        self.known = True
        self.narrow = False
        self.identifier = False


class Question:
    """A question as it was read. ``asks`` is yesno, who, when, where, number, why or what.

    ``names`` are places (first word, word after the last) with the entities that bear the name, by row number.
    """

    def __init__(self, text: str, language: str) -> None:
        self.text = text
        self.language = language
        folded = fold(text)
        self.folded = folded
        self.spans = [(m.start(), m.end()) for m in WORD.finditer(folded)][:MAX_WORDS]
        self.raw = [folded[a:b] for a, b in self.spans]
        self.words = [_bare(w) for w in self.raw]
        self.units: list[Unit] = []
        self.asks = "what"
        self.kind: Unit | None = None
        self.counted: Unit | None = None
        self.operators: set[str] = set()
        self.names: list[tuple[int, int, list[int]]] = []
        self.negated = False
        self.expected: int | None = None
        self.excepted: frozenset[int] = frozenset()
        self.unknown: list[str] = []

    @property
    def leads(self) -> bool:
        """Tell whether the question opens with a question word, not with key words."""
        return any(w in WH for w in self.words[:4])

    @property
    def total(self) -> float:
        """The weight of all units."""
        return sum(u.weight for u in self.units if not u.bonus) or 1.0


def _bare(word: str) -> str:
    for ending in ("'s", "’s", "'", "’"):
        word = word.removesuffix(ending)
    return word.strip(".-/") or word


def language_of(text: str) -> str:
    """Tell whether a question is Danish (``da``) or English (``en``); Danish where nothing tells."""
    found = re.findall(r"[^\W\d_]+", fold(text))
    danish = sum(w in _DANISH for w in found) + 2 * bool(re.search("[æøåÆØÅ]", text))
    english = sum(w in _ENGLISH for w in found)
    return "en" if english > danish else "da"


def asks_for(unit: Unit, predicate: str, answer: str) -> float:
    """Tell how well a word asks for a predicate, with this slot as the answer (s, o, v …; '' for none).

    A word that the lexicon ties to one slot says half as much of another; 'began' and 'ended' ask for a period's ends.
    """
    relations = unit.relations
    if predicate in relations or f"{predicate}:{answer}" in relations:
        return 1.0
    if any(r.startswith(f"{predicate}:") for r in relations):
        return 0.5 if answer else 1.0
    ends = {"t": "startDate", "u": "endDate"}
    return 0.9 if ends.get(answer) in relations else 0.0
