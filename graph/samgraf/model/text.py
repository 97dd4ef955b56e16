"""A text in one or more languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Iterable

ENGLISH: Final = "en"
"""The language of what programs and those who write data are told: error messages, the description of the interface."""
FIRST: Final = "da"
"""The language that every text has: the documents' own."""
Written = Literal["da", "en"]
WRITTEN: tuple[str, ...] = get_args(Written)
"""The languages that the vocabulary, the queries and the page are written in; answers speak every language that has a file."""


class Text(dict[str, str]):
    """A text by language code (BCP 47). Equal texts are equal dictionaries, and JSON writes them as they are.

    >>> Text(da="kommune", en="municipality").within("en")
    'municipality'
    >>> Text(da="rammeaftale").within("en")
    'rammeaftale'
    """

    def within(self, language: str) -> str:
        """Give the text in a language; where it has none in that, the documents' language, else whichever there is."""
        return self.get(language) or self.get(FIRST) or next(iter(self.values()), "")


def text_of(pairs: Iterable[tuple[str, str]]) -> Text:
    """Make a text of (language, words) pairs, in the order of their languages; words without one are in the first."""
    found: dict[str, str] = {}
    for language, words in pairs:
        found.setdefault(language or FIRST, words)
    return Text(sorted(found.items()))
