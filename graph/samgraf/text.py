"""Words as people write them, brought to one form: for comparing names and questions, never for showing.

It depends on nothing and is loaded by every lookup.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]+(?:[-.'’][^\W_]+)*", re.UNICODE)
_LETTERS = str.maketrans({"æ": "a", "ä": "a", "å": "a", "ø": "o", "ö": "o", "é": "e", "è": "e", "ü": "u", "’": "'"})
_PAIRS = (("ae", "a"), ("aa", "a"), ("oe", "o"))


def fold(text: str) -> str:
    """Bring a text to lower case with æ, ø, å and their usual replacements (ae, oe, aa, a, o) made one.

    >>> fold("Århus") == fold("Aarhus") == fold("arhus")
    True
    >>> fold("Ringkøbing") == fold("Ringkoebing") == fold("ringkobing")
    True
    """
    folded = text.lower().translate(_LETTERS)
    for pair, letter in _PAIRS:
        folded = folded.replace(pair, letter)
    return folded


def words(text: str) -> list[str]:
    """Give the folded words of a text, in order; punctuation is left out, inner hyphens and dots stay.

    >>> words("PLO-Midtjylland, 'Den nære psykiatri'")
    ['plo-midtjylland', 'den', 'nare', 'psykiatri']
    """
    return _WORD.findall(fold(text))


_ENDINGS = (
    "ernes", "erens", "endes", "enes", "erne", "eren", "erer", "ende", "heds",
    "ing", "ene", "ens", "ers", "ets", "est", "ede", "ere",
    "er", "en", "et", "es", "ed", "te", "e", "s", "t",
)  # fmt: skip
_SHORTEST = 3
_LONGER = {"erne": 1, "s": 1, "t": 3, "st": 3, "te": 2}


def stem(word: str) -> str:
    """Cut a folded word's Danish or English ending, so that forms of one word meet; never below three letters.

    >>> {stem(w) for w in words("kommune kommuner kommunerne kommunens")}
    {'kommun'}
    >>> stem("initiatives") == stem("initiativer") == stem("initiativ")
    True
    """
    if any(c.isdigit() for c in word):
        return word
    word = word.replace("'", "").replace("’", "")
    if word.endswith("y"):
        word = word[:-1] + "i"
    while True:
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST + _LONGER.get(ending, 0):
                word = word[: -len(ending)]
                break
        else:
            break
    return word[:-1] if len(word) > _SHORTEST and word[-1] == word[-2] else word


def tokens(text: str) -> list[str]:
    """Give the stems of a text's words, in order; hyphened words are given whole and in parts.

    >>> tokens("Udgående teams")
    ['udgand', 'team']
    """
    found = []
    for word in words(text):
        found.append(stem(word))
        if "-" in word:
            found += [stem(part) for part in word.split("-") if len(part) > 1]
    return found
