"""What the data files hold, as pydantic reads it: entities, documents, and claims as they are written."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    InstanceOf,
    StringConstraints,
    ValidationInfo,
    field_validator,
    model_validator,
)

from samgraf.language.dates import is_after, is_interval, parse_date
from samgraf.language.fold import visible
from samgraf.model import Moment  # noqa: TC001  (pydantic reads it)
from samgraf.model.text import FIRST, WRITTEN, Written
from samgraf.model.text import Text as ByLanguage


def _seen(text: str) -> str:
    if not visible(text):
        msg = "is empty: there is nothing to be seen in it"
        raise ValueError(msg)
    return text


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=120)]
WebAddress = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"]+$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000), AfterValidator(_seen)]


_NUMBER = re.compile(r"-?(0|[1-9]\d{0,17})(\.\d{1,17})?")
_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}([. ]\d{3})+")


def read_number(text: str) -> int | float:
    """Give the number that a text writes with digits and, at most, a decimal point.

    Raises ValueError, saying what to write, for all else; ``1.000`` is refused, since Danish readers take it for a thousand.
    """
    if _THOUSANDS.fullmatch(text):
        plain = text.replace(".", "").replace(" ", "")
        msg = f"{text!r} can be read in two ways; write {plain}, or {float(plain) / 1000:g} when that is meant"
        raise ValueError(msg)
    if not _NUMBER.fullmatch(text):
        msg = f"takes a number like 25 or 2.5, not {text[:40]!r}; the unit stands in 'unit'"
        raise ValueError(msg)
    return float(text) if "." in text else int(text)


_TRUTH = {"true": True, "false": False}


def _truth(value: object) -> object:
    if isinstance(value, str) and value not in _TRUTH:
        msg = f"is to be true or false, not {value[:40]!r}"
        raise ValueError(msg)
    return _TRUTH[value] if isinstance(value, str) else value


class Bilingual(BaseModel):
    """A text in Danish and, where there is one, in English."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    da: Text
    en: Text | None = None

    def by_language(self) -> ByLanguage:
        """Give the text by language."""
        return ByLanguage({language: words for language, words in self if words})

    def in_language(self, language: str) -> str:
        """Give the text in a language; the Danish one where there is no other."""
        return self.by_language().within(language)


def bilingual(value: object) -> object:
    """Let one plain string stand for a text that is the same in both languages."""
    return dict.fromkeys(WRITTEN, value) if isinstance(value, str) else value


Note = Annotated[
    dict[Written, Text],
    Field(min_length=1),
    BeforeValidator(lambda value: {FIRST: value} if isinstance(value, str) else value),
]
"""Our own words by their language. A plain string is in the language that the workspace's settings say."""


class Entity(BaseModel):
    """One thing that claims are about. ``types`` are classes of the ontology, the most telling first."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Id
    types: Annotated[tuple[str, ...], Field(alias="type", min_length=1)]
    label: Bilingual
    aliases: tuple[Text, ...] = ()
    abbreviations: tuple[Text, ...] = ()
    note: Note | None = None
    identifiers: dict[str, Text] = Field(default_factory=dict)
    homepage: WebAddress | None = None
    phase: Literal["waiting", "running", "over"] | None = None
    negative: bool = False
    symbol: Text | None = None
    involvement: Annotated[str, StringConstraints(pattern=r"^[a-z][A-Za-z]*$")] | None = None
    path: str = ""
    line: int = 0
    layer: str = ""

    _truths = field_validator("negative", mode="before")(_truth)

    @property
    def involvement_kind(self) -> str:
        """The name in the ontology of the kind of involvement that a role makes: involvementMember for member; empty without."""
        return f"involvement{self.involvement[:1].upper()}{self.involvement[1:]}" if self.involvement else ""

    @field_validator("types", mode="before")
    @classmethod
    def _one_or_more(cls, value: object) -> object:
        return (value,) if isinstance(value, str) else value

    @field_validator("label", mode="before")
    @classmethod
    def _same_in_both(cls, value: object) -> object:
        return bilingual(value)


At = Annotated[str, StringConstraints(pattern=r"^([1-9]\d{0,6}(-[1-9]\d{0,6})?( .+)?|[^\d\s-].*)$", max_length=300)]
Name = Annotated[str, StringConstraints(pattern=r"^[^\W\d_]\w*$", max_length=120)]


def _listed(value: object) -> object:
    return value if isinstance(value, (list, tuple)) or value is None else (value,)


def read_date(text: str, field: str = "value") -> Moment:
    """Read an EDTF date. Raises ValueError, which offers what to write for a date in words: 2025-33 for '1. kvartal 2025'."""
    try:
        return parse_date(text)
    except ValueError as error:
        from samgraf.language.periods import offered

        meant = offered(text)
        if not meant:
            raise
        first, _, last = meant.edtf.partition("/")
        edtf = {"start": first, "until": last or first}.get(field, meant.edtf)
        msg = f"write {edtf} for {text[:60]!r}"
        raise ValueError(msg) from error


def _date(value: object, info: ValidationInfo) -> object:
    return read_date(value, info.field_name or "") if isinstance(value, str) else value


def _ends(interval: Moment) -> str:
    first, _, last = interval.edtf.partition("/")
    return ", ".join(f"{name}: {end}" for name, end in (("from", first), ("until", last)) if end.strip("."))


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
    start: Annotated[InstanceOf[Moment] | None, Field(alias="from")] = None
    until: InstanceOf[Moment] | None = None
    modality: Literal["stated", "proposed", "expected"] = "stated"
    complete: Literal["subjects", "objects"] | None = None
    measure: Bilingual | None = None
    population: Bilingual | None = None
    unit: Id | None = None
    kind: Literal["baseline", "target", "result", "capacity", "price", "budget", "count"] | None = None
    at: tuple[At, ...] = ()
    supersedes: tuple[Id, ...] = ()
    note: Note | None = None

    _lists = field_validator("subject", "object", "at", "supersedes", mode="before")(_listed)
    _dates = field_validator("start", "until", mode="before")(_date)
    _texts = field_validator("measure", "population", mode="before")(bilingual)

    @model_validator(mode="after")
    def _one_object(self) -> ClaimEntry:
        if (self.object is None) == (self.value is None):
            msg = "a claim has either 'object' (an entity) or 'value' (a text, a date, a number)"
            raise ValueError(msg)
        for field, moment in (("from", self.start), ("until", self.until)):
            if moment and is_interval(moment):
                msg = f"{field!r} is one date, not an interval; write {_ends(moment)}"
                raise ValueError(msg)
        if self.start and self.until and is_after(self.start, self.until):
            msg = f"'from' {self.start} is after 'until' {self.until}"
            raise ValueError(msg)
        return self


class DocumentHead(BaseModel):
    """What is known of a source document. ``background`` files hold general knowledge and cite ``source``.

    ``kind`` is the id of a DocumentKind; a draft has the ``state`` draft; ``number`` is that of the file or case.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    id: Id
    label: Bilingual
    aliases: tuple[Text, ...] = ()
    abbreviations: tuple[Text, ...] = ()
    date: InstanceOf[Moment] | None = None
    language: Written = FIRST
    background: bool = False
    source: Text | None = None
    note: Note | None = None
    kind: Id | None = None
    state: Literal["draft", "approved"] | None = None
    number: Annotated[Text | None, Field(alias="fileNumber")] = None
    url: WebAddress | None = None

    _dates = field_validator("date", mode="before")(_date)

    @field_validator("date")
    @classmethod
    def _is_closed(cls, value: Moment | None) -> Moment | None:
        if value and not (value.earliest and value.latest):
            msg = f"a document was written on a day, in a month or in a year; {value} is open"
            raise ValueError(msg)
        return value

    _truths = field_validator("background", mode="before")(_truth)
    _texts = field_validator("label", mode="before")(bilingual)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage: lines (from 1) and characters (from 0, end excluded) of a document, the digest of its text, and its words.

    ``words`` are the codes of the stems in its lines (`samgraf.language.fold.code`), in order and parted by blanks: enough to
    tell that a passage has a word, not enough to read it.
    """

    document: str
    first_line: int
    last_line: int
    start: int
    end: int
    sha256: str
    words: str = ""


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
