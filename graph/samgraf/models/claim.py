"""Claims: one fact each, with role, period and evidence; and the documents that make them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from samgraf.models.dates import PartialDate, parse_date
from samgraf.models.entity import Bilingual, Id, Text, bilingual

At = Annotated[str, StringConstraints(pattern=r"^[1-9]\d{0,6}(-[1-9]\d{0,6})?( .+)?$", max_length=300)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][A-Za-z]*$")]


def _listed(value: object) -> object:
    return value if isinstance(value, (list, tuple)) or value is None else (value,)


def _date(value: object) -> object:
    return parse_date(str(value)) if isinstance(value, (str, int)) and not isinstance(value, bool) else value


class ClaimEntry(BaseModel):
    """A claim as it is written: lists of subjects and objects are not yet told apart."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    id: Id | None = None
    subject: Annotated[tuple[Id, ...], Field(min_length=1)]
    predicate: Name
    object: tuple[Id, ...] | None = None
    value: Bilingual | int | float | str | None = None
    role: Id | None = None
    on_behalf_of: Annotated[Id | None, Field(alias="onBehalfOf")] = None
    start: Annotated[PartialDate | None, Field(alias="from")] = None
    until: PartialDate | None = None
    modality: Literal["stated", "proposed", "expected"] = "stated"
    complete: Literal["subjects", "objects"] | None = None
    measure: Bilingual | None = None
    population: Bilingual | None = None
    unit: Id | None = None
    kind: Literal["baseline", "target", "result", "capacity", "price", "budget", "count"] | None = None
    at: tuple[At, ...] = ()
    supersedes: tuple[Id, ...] = ()
    note: Text | None = None

    _lists = field_validator("subject", "object", "at", "supersedes", mode="before")(_listed)
    _dates = field_validator("start", "until", mode="before")(_date)
    _texts = field_validator("measure", "population", mode="before")(bilingual)

    @model_validator(mode="after")
    def _one_object(self) -> ClaimEntry:
        if (self.object is None) == (self.value is None):
            msg = "a claim has either 'object' (an entity) or 'value' (a text, a date, a number)"
            raise ValueError(msg)
        if self.start and self.until and self.start.earliest > self.until.latest:
            msg = f"'from' {self.start} is after 'until' {self.until}"
            raise ValueError(msg)
        return self


class DocumentHead(BaseModel):
    """What is known of a source document. ``background`` files hold general knowledge and cite ``source``."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    id: Id
    label: Bilingual
    aliases: tuple[Text, ...] = ()
    abbreviations: tuple[Text, ...] = ()
    date: PartialDate | None = None
    language: Literal["da", "en"] = "da"
    background: bool = False
    source: Text | None = None
    note: Text | None = None

    _dates = field_validator("date", mode="before")(_date)
    _texts = field_validator("label", mode="before")(bilingual)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage: lines (from 1) and characters (from 0, end excluded) of a document, and the digest of its text."""

    document: str
    first_line: int
    last_line: int
    start: int
    end: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One fact. ``key`` is ``document/digest``: the same fact has the same key wherever it stands in the file."""

    key: str
    entry: ClaimEntry
    subject: str
    object: str | None
    document: str
    section: str
    evidence: tuple[Evidence, ...]
    path: str
    line: int

    @property
    def predicate(self) -> str:
        """The property's name in the ontology."""
        return self.entry.predicate


def claim_key(document: str, entry: ClaimEntry, subject: str, obj: str | None) -> str:
    """Give a claim's key: the document, and a digest of all that makes the claim this one and no other."""
    value = entry.value.model_dump() if isinstance(entry.value, Bilingual) else entry.value
    parts = {
        "subject": subject,
        "predicate": entry.predicate,
        "object": obj,
        "value": value,
        "role": entry.role,
        "onBehalfOf": entry.on_behalf_of,
        "from": str(entry.start or ""),
        "until": str(entry.until or ""),
        "modality": entry.modality,
        "measure": entry.measure.da if entry.measure else None,
        "population": entry.population.da if entry.population else None,
        "unit": entry.unit,
        "kind": entry.kind,
    }
    digest = hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    return f"{document}/{digest[:12]}"
