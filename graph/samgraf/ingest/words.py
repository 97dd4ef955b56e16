"""Which words there are: a word list with frequencies where one is installed, and the names and words of the graph's own labels."""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from samgraf.model.text import FIRST

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
_OWN, _RARE, _LEAST = 0.3, 2e-6, 20_000
_JOINTS = ("", "s", "e")
_SHORTEST_PART = 4
_ENDS = "\0"
_GRAM = 4


class Words:
    """Word frequencies (shares of running text), compounds, and how likely a row of letters is in the language.

    ``own`` are texts whose words are right: labels of the graph, clean documents; ``frequent`` are shares that go before
    the word list's, since minutes have words of their own.
    """

    def __init__(
        self, own: Iterable[str] = (), frequent: Mapping[str, float] | None = None, language: str = FIRST
    ) -> None:
        self.shares: dict[str, float] = dict(_installed(language))
        counted = Counter(word.lower() for text in own for word in WORD.findall(text))
        total = max(sum(counted.values()), _LEAST)
        for word, count in counted.items():
            self.shares[word] = max((1 - _OWN) * self.shares.get(word, 0.0) + _OWN * count / total, _RARE)
        for word, share in (frequent or {}).items():
            self.shares[word] = max(share, self.shares.get(word, 0.0))
        self._grams: Counter[str] = Counter()
        self._starts: Counter[str] = Counter()
        for word, share in self.shares.items():
            weight = int(math.log10(share * 1e9)) if share > 1e-9 else 1
            padded = _ENDS * 2 + word + _ENDS
            for i in range(len(padded) - _GRAM + 1):
                self._grams[padded[i : i + _GRAM]] += weight
                self._starts[padded[i : i + _GRAM - 1]] += weight
        self._parts: dict[str, float] = {w: s for w, s in self.shares.items() if len(w) >= _SHORTEST_PART}

    def share(self, word: str) -> float:
        """Give a lower-case word's share; that of a compound is put together from its parts; 0 for what is no word."""
        known = self.shares.get(word)
        return known if known is not None else self._compound(word, 3)

    def _compound(self, word: str, parts: int) -> float:
        best = 0.0
        for i in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            head = word[:i]
            share = self._parts.get(head, 0.0)
            for joint in _JOINTS[1:]:
                if head.endswith(joint):
                    share = max(share, self._parts.get(head[:-1], 0.0))
            if share < 1e-7:
                continue
            tail = self._parts.get(word[i:], 0.0)
            if not tail and parts > 2:
                tail = self._compound(word[i:], parts - 1)
            best = max(best, share * tail * 0.05)
        return best

    def likelihood(self, word: str) -> float:
        """Give the mean log likelihood of a word's letters, from its groups of four."""
        padded = _ENDS * 2 + word + _ENDS
        total = 0.0
        count = len(padded) - _GRAM + 1
        for i in range(count):
            total += math.log(
                (self._grams[padded[i : i + _GRAM]] + 0.05) / (self._starts[padded[i : i + _GRAM - 1]] + 3.0)
            )
        return total


@lru_cache(maxsize=2)
def _installed(language: str) -> dict[str, float]:
    """Give the installed word list (wordfreq, the extra samgraf[letters]); empty when there is none."""
    try:
        from wordfreq import get_frequency_dict
    except ImportError:
        return {}
    found: dict[str, float] = get_frequency_dict(language, wordlist="best")
    return found
