"""What a briefing note is made of, whatever form it is written in."""

from __future__ import annotations

from typing import Any, NamedTuple


class Sentence(NamedTuple):
    """A sentence and, in words, where it stands; ``level`` is 1 for what is said of the sentence before it."""

    text: str
    cite: str
    level: int = 0


class Section(NamedTuple):
    """A heading and its sentences; ``silence`` is what is said where there are none, ``opening`` stands before them."""

    heading: str
    sentences: list[Sentence]
    silence: str
    opening: str = ""


class Reference(NamedTuple):
    """A document that sentences cite: its id, title, date in words, and the lines cited."""

    document: str
    title: str
    date: str
    lines: str


class Note(NamedTuple):
    """A briefing note, ready to be written in any form."""

    language: str
    title: str
    lead: list[str]
    sections: list[Section]
    references_heading: str
    references: list[Reference]

    def data(self) -> dict[str, Any]:
        """Give it as JSON has it."""
        return {
            "title": self.title,
            "lang": self.language,
            "lead": self.lead,
            "sections": [
                {**section._asdict(), "sentences": [sentence._asdict() for sentence in section.sentences]}
                for section in self.sections
            ],
            "references": [reference._asdict() for reference in self.references],
        }
