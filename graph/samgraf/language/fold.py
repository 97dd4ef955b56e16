"""Words as people write them, brought to one form: for comparing names and questions, never for showing.

It depends on nothing and is loaded by every lookup.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = re.compile(r"[^\W_]+(?:[-.'’][^\W_]+)*", re.UNICODE)
_LETTERS = str.maketrans({"æ": "a", "ä": "a", "å": "a", "ø": "o", "ö": "o", "é": "e", "è": "e", "ü": "u", "’": "'"})
_INSIDE = re.compile("[-.]")
_JOINS = re.compile("[-.'’]")
_UNSEEN = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
_NEVER_SEEN = f"[{_UNSEEN}]"  # compiled when first needed: most calls never do
_FILLERS = "\u115f\u1160\u2800\u3164\uffa0"
_PAIRS = (("ae", "a"), ("aa", "a"), ("oe", "o"))


def plain(text: str) -> str:
    """Give a text with composed letters (Unicode NFC) and without signs that nobody sees: soft hyphens, zero widths, marks.

    >>> plain("Voksen\u00adcirklen") == plain("Voksen\u200bcirklen") == "Voksencirklen"
    True
    """
    if text.isascii():
        return text
    from unicodedata import normalize

    return re.sub(_NEVER_SEEN, "", normalize("NFC", text))


def visible(text: str) -> bool:
    """Tell whether there is anything to see in a text.

    >>> visible("\u200b\u00a0"), visible("–")
    (False, True)
    """
    from unicodedata import category

    return any(category(c)[0] in "LNPS" and c not in _FILLERS for c in text)


def pattern(words: str) -> str:
    """Give a regular expression that finds these words however a text composes their letters and parts them in a line.

    What nobody sees may stand between them.

    >>> bool(re.search(pattern("to ord"), "to\u00a0o\u00adrd"))
    True
    """
    from unicodedata import normalize

    unseen = f"[{_UNSEEN}]*"
    found = []
    for letter in re.split(r"(\s+|.)", plain(words)):
        if letter.isspace():
            found.append(r"[^\S\n]+")
        elif letter:
            forms = dict.fromkeys((letter, normalize("NFD", letter)))
            found.append("(?:" + "|".join(map(re.escape, forms)) + ")")
    return unseen.join(found)


def fold(text: str) -> str:
    """Bring a text to lower case with æ, ø, å and their usual replacements (ae, oe, aa, a, o) made one; as `plain` besides.

    >>> fold("Århus") == fold("Aarhus") == fold("arhus")
    True
    >>> fold("Ringkøbing") == fold("Ringkoebing") == fold("ringkobing")
    True
    """
    folded = plain(text).lower().translate(_LETTERS)
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


@lru_cache(maxsize=1 << 15)  # a language has few words, and a build meets each of them a hundred times
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


def stems_of(text: str) -> list[str]:
    """Give the stems of a text's words; a hyphen or a dot parts words as a blank does.

    >>> stems_of("FACT-projektet i Midtklyngen")
    ['fact', 'projek', 'i', 'midtklyng']
    """
    return [stem(part) for word in words(text) for part in _INSIDE.split(word) if part]


def as_one(text: str) -> str:
    """Give all folded words written as one: a name, whether its parts stand together, apart or with hyphens.

    >>> {as_one(t) for t in ("Voksen-cirklen", "voksen cirklen", "VOKSENCIRKLEN")}
    {'voksencirklen'}
    """
    return "".join(part for word in words(text) for part in _JOINS.split(word))


def in_sparql(variable: str) -> str:
    """Give the SPARQL expression that brings the text of a variable to the form of `as_one`."""
    found = f"LCASE(STR({variable}))"
    by_letter: dict[str, str] = {}
    for sign, letter in _LETTERS.items():
        if letter.isalpha():
            by_letter[letter] = by_letter.get(letter, "") + chr(sign)
    steps = [(f"[{letters}]", letter) for letter, letters in by_letter.items()]
    for wanted, letter in (*steps, *_PAIRS, ("[^\\\\p{L}\\\\p{N}]", "")):
        found = f'REPLACE({found}, "{wanted}", "{letter}")'
    return found


def code(stem_: str) -> str:
    """Give the code of a stem, four hexadecimal digits: it tells whether a text has a word, and cannot be read back.

    >>> code("midtklyng")
    '0106'
    """
    from binascii import crc32

    return f"{crc32(stem_.encode()) & 0xFFFF:04x}"


def run_together(text: str) -> str:
    """Give the stem of all words written as one: what a compound is called however it is written."""
    return stem("".join(part for word in words(text) for part in _INSIDE.split(word)))


def persons_spellings(name: str) -> Iterator[str]:
    """Yield how else a person of this name is written: the last names first, and first names by their initials.

    >>> list(persons_spellings("Ida Bo Strand"))
    ['Bo Strand, Ida', 'Strand, Ida Bo', 'I. Strand', 'I. B. Strand', 'Ida B. Strand', 'Strand, I.', 'Strand, I. B.']
    """
    *first, last = name.split() or [""]
    if not first:
        return
    for at in range(1, len(first) + 1):
        yield f"{' '.join([*first[at:], last])}, {' '.join(first[:at])}"
    letters = [f"{part[0]}." for part in first]
    shortened = dict.fromkeys((letters[0], " ".join(letters), " ".join([first[0], *letters[1:]])))
    short = [text for text in shortened if text != " ".join(first)]
    yield from (f"{text} {last}" for text in short)
    yield from (f"{last}, {text}" for text in short if text.startswith(letters[0]))


def parts(text: str, shortest: int = 3) -> list[str]:
    """Give the folded words of a text and of its compounds, those with fewer letters left out."""
    return [part for word in words(text) for part in _INSIDE.split(word) if len(part) >= shortest]
