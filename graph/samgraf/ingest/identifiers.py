"""Ids from names: the Danish name in a-z, 0-9 and hyphens."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ß": "ss", "đ": "d", "ł": "l", "&": " og "})
_LONGEST = 100


def identifier(name: str) -> str:
    """Give the id of a name; never empty.

    >>> identifier("Ringkøbing-Skjern Kommune"), identifier("Åse Ærø"), identifier("<b>")
    ('ringkoebing-skjern-kommune', 'aase-aeroe', 'b')
    """
    low = unicodedata.normalize("NFC", name).lower().translate(_LETTERS)
    plain = unicodedata.normalize("NFKD", low).encode("ascii", "ignore").decode()
    found = "-".join(re.findall(r"[a-z0-9]+", plain))[:_LONGEST].strip("-")
    return found or "uden-navn"
