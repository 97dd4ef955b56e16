"""The word tables of ``ontology/grammars/words.yaml`` and of the workspace's own file: data by which lines are told apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from samgraf.ingest.tables import tables

if TYPE_CHECKING:
    from collections.abc import Iterable


class WordList:
    """Words and endings; ``in`` asks for a word, in any case."""

    def __init__(self, words: Iterable[str]) -> None:
        given = [word.lower() for word in words]
        self.whole = frozenset(w for w in given if not (w.startswith("-") and len(w) > 1)) | {
            w[1:] for w in given if w.startswith("-") and len(w) > 1
        }
        self.endings = tuple(w[1:] for w in given if w.startswith("-") and len(w) > 1)

    def __contains__(self, word: object) -> bool:
        """Tell whether this word is listed, or ends as a listed ending does."""
        low = str(word).lower().strip(".")
        return low in self.whole or (bool(self.endings) and low.endswith(self.endings))

    def pattern(self) -> str:
        """Give a regular expression of the whole words, the longest first."""
        return "(?:" + "|".join(re.escape(w) for w in sorted(self.whole, key=lambda w: (-len(w), w))) + ")"


class WordLists:
    """All tables by name."""

    def __init__(self, workspace: str | None = None) -> None:
        found: dict[str, list[str]] = {}
        for content in tables(workspace, "words.yaml"):
            for name, words in content.items():
                found.setdefault(name, []).extend(str(word) for word in words)
        self._lists = {name: WordList(words) for name, words in found.items()}

    def __getitem__(self, name: str) -> WordList:
        """Give a table; an empty one where there is none of this name."""
        return self._lists.get(name) or WordList(())


class Classes:
    """Which class a word of a name points at, and what persons and actors are called in the ontology."""

    def __init__(self, workspace: str | None = None) -> None:
        self.person = self.actor = self.other = ""
        self._words: list[tuple[str, WordList]] = []
        for content in tables(workspace, "classes.yaml"):
            self.person = str(content.get("person", self.person))
            self.actor = str(content.get("actor", self.actor))
            self.other = str(content.get("otherwise", self.other))
            self._words += [(name, WordList(words)) for name, words in (content.get("classes") or {}).items()]

    def of(self, label: str, wanted: str) -> str:
        """Give the class of a new thing: the one wanted, or for an actor the one that a word of its name points at."""
        if wanted != self.actor:
            return wanted
        return next((name for name, words in self._words if any(w in words for w in label.split())), self.other)
