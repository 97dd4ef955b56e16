"""Entities: what there is, as the authority files have it."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=120)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]


class Bilingual(BaseModel):
    """A text in Danish and, where there is one, in English."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    da: Text
    en: Text | None = None

    def in_language(self, language: str) -> str:
        """Give the text in ``da`` or ``en``; the Danish one where there is no other."""
        return self.en if language == "en" and self.en else self.da


def bilingual(value: object) -> object:
    """Let one plain string stand for a text that is the same in both languages."""
    return {"da": value, "en": value} if isinstance(value, str) else value


class Entity(BaseModel):
    """One thing that claims are about. ``types`` are classes of the ontology, the most telling first."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Id
    types: Annotated[tuple[str, ...], Field(alias="type", min_length=1)]
    label: Bilingual
    aliases: tuple[Text, ...] = ()
    abbreviations: tuple[Text, ...] = ()
    note: Text | None = None
    identifiers: dict[str, Text] = Field(default_factory=dict)
    homepage: Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"]+$")] | None = None
    path: str = ""
    line: int = 0

    @field_validator("types", mode="before")
    @classmethod
    def _one_or_more(cls, value: object) -> object:
        return (value,) if isinstance(value, str) else value

    @field_validator("label", mode="before")
    @classmethod
    def _same_in_both(cls, value: object) -> object:
        return bilingual(value)
