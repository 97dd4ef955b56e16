"""Names that come near a word, by spelling or by meaning, in any language: for what nobody bears, and for looking up terms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from samgraf.language.fold import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MOST = 3
_ENOUGH = 70.0
_AMONG_OTHERS = 0.95
_EXPLAINING = 0.8
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|[-_]")


def nearest(
    word: str,
    names: Mapping[str, Iterable[str]],
    explained: Mapping[str, Iterable[str]] | None = None,
    *,
    most: int = MOST,
) -> list[str]:
    """Give the keys whose names come nearest to a word, best first, ``most`` of them; none that is not near.

    ``names`` are by key, and the key is one of them. A word of ``explained`` texts counts for less than a name.

    >>> nearest("deltager", {"participatesIn": ["deltager i"], "memberOf": ["er medlem af"]})
    ['participatesIn']
    """
    wanted = _plain(word)
    scores: dict[str, float] = {}
    for key, own in names.items():
        best = max(_likeness(wanted, _plain(name)) for name in (key, *own))
        meant = max((_likeness(wanted, _plain(text)) for text in (explained or {}).get(key, ())), default=0.0)
        scores[key] = max(best, _EXPLAINING * meant)
    found = sorted((key for key, score in scores.items() if score >= _ENOUGH), key=lambda key: (-scores[key], key))
    return found[:most]


def _plain(text: str) -> str:
    return " ".join(words(_HUMP.sub(" ", text)))


def _likeness(one: str, other: str) -> float:
    from rapidfuzz import fuzz

    return max(float(fuzz.ratio(one, other)), _AMONG_OTHERS * float(fuzz.token_set_ratio(one, other)))
