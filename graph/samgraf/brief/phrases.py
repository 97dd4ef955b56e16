"""Facts in words, Danish or English: names, values, periods, marks and places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.ask.initiatives import show_period
from samgraf.ask.reply import show_date, show_number
from samgraf.brief.facts import period_of

if TYPE_CHECKING:
    from samgraf.brief.facts import Facts, Source
    from samgraf.records import ClaimRecord

_MARKS = {
    "da": {
        "proposed": "foreslået",
        "expected": "forventet",
        "superseded": "senere ændret",
        "behalf": "på vegne af",
        "figure": {
            "baseline": "udgangspunkt",
            "target": "mål",
            "result": "resultat",
            "budget": "budget",
            "price": "pris",
        },
    },
    "en": {
        "proposed": "proposed",
        "expected": "expected",
        "superseded": "changed later",
        "behalf": "on behalf of",
        "figure": {
            "baseline": "baseline",
            "target": "target",
            "result": "result",
            "budget": "budget",
            "price": "price",
        },
    },
}
_TOLD = {"participant": "participatesIn", "member": "memberOf", "host": "hosts", "chair": "chairs", "party": "partyTo"}
_DATE_KIND = "edtf"


class Phrases:
    """Words for the facts of one entity in one language."""

    def __init__(self, facts: Facts, language: str) -> None:
        self.facts = facts
        self.language = language

    def label(self, name: str | None) -> str:
        """Give an entity's label by its id; the id where it has none."""
        if not name:
            return ""
        entity = self.facts.entities.get(name)
        return entity["label"][self.language] if entity else name

    def kind(self, name: str) -> str:
        """Give what kind of thing an entity is, in words."""
        entity = self.facts.entities.get(name)
        return self.type(entity["type"]) if entity else ""

    def type(self, name: str) -> str:
        """Give the label of a class."""
        return self.facts.types.get(name, {}).get(self.language, name).lower()

    def relation(self, claim: ClaimRecord, seen_from: str | None = None) -> str:
        """Give the predicate in words, or its inverse when the claim is seen from its object."""
        predicate = self.facts.predicates.get(claim["predicate"])
        if predicate is None:
            return claim["predicate"]
        inverse = seen_from is not None and seen_from == claim["object"] and seen_from != claim["subject"]
        return (predicate["inverse"] if inverse else predicate["label"]).get(self.language) or claim["predicate"]

    def value(self, claim: ClaimRecord) -> str:
        """Give the object of a claim in words: a label, a text, a date, a figure with what it measures."""
        value = claim["value"]
        if value is None:
            return self.label(claim["object"])
        if isinstance(value, dict):
            return value.get(self.language) or value.get("da", "")
        if claim["datatype"] == _DATE_KIND:
            return self.date(str(value))
        if isinstance(value, str):
            return value.replace("/", "–") if claim["predicate"] == "hours" else value
        return self._figure(claim, value)

    def _figure(self, claim: ClaimRecord, value: float) -> str:
        number = str(int(value)) if float(value).is_integer() else repr(value)
        text = show_number(number, claim["unit"], self.language)
        if claim["unit"] and claim["unit"] not in ("percent", "dkk"):
            text += f" {self.label(claim['unit'])}"
        measure = (claim["measure"] or {}).get(self.language, "")
        population = (claim["population"] or {}).get(self.language, "")
        told = f"{measure} ({population})" if measure and population else measure or population
        return f"{told}: {text}" if told else text

    def date(self, edtf: str) -> str:
        """Write an EDTF date; what is no date that can be written so stays as it is."""
        try:
            return show_date(edtf, self.language)
        except (ValueError, IndexError):
            return edtf

    def period(self, claim: ClaimRecord) -> str:
        """Write when a claim holds, or when it happened; empty where nothing is stated."""
        period = period_of(claim)
        if not period.start and not period.until:
            return ""
        if claim["predicate"] in self.facts.instants and period.start and not period.until:
            return self.date(period.start)
        return show_period(period.start or "", period.until or "", self.language)

    def marks(self, claim: ClaimRecord, seen_from: str | None = None) -> list[str]:
        """Give what is to be said beside a fact: role, for whom, period, kind of figure, proposed, expected, changed."""
        words = _MARKS[self.language]
        told = not claim["role"] or _TOLD.get(claim["role"]) == claim["predicate"]
        found = [] if told else [self.label(claim["role"]).lower()]
        if claim["onBehalfOf"] and claim["onBehalfOf"] != seen_from:
            found.append(f"{words['behalf']} {self.label(claim['onBehalfOf'])}")
        kinds = words["figure"]
        if claim["kind"] and isinstance(kinds, dict) and claim["kind"] in kinds:
            found.append(kinds[claim["kind"]])
        found += [text for text in (self.period(claim),) if text]
        if claim["modality"] != "stated":
            found.append(str(words.get(claim["modality"], claim["modality"])))
        return [*found, str(words["superseded"])] if claim["supersededBy"] else found

    def other(self, claim: ClaimRecord, seen_from: str) -> str:
        """Give the other end of a claim in words, seen from one entity."""
        if claim["subject"] == seen_from:
            return self.value(claim)
        if claim["object"] == seen_from:
            return self.label(claim["subject"])
        return f"{self.label(claim['subject'])} {self.relation(claim)} {self.value(claim)}"

    def sentence(self, claim: ClaimRecord) -> str:
        """Write a claim out: subject, relation, object."""
        return f"{self.label(claim['subject'])} {self.relation(claim)} {self.value(claim)}"

    def marked(self, text: str, claim: ClaimRecord, seen_from: str | None = None) -> str:
        """Give a text with the claim's marks after it, in brackets."""
        marks = self.marks(claim, seen_from)
        return f"{text} ({'; '.join(marks)})" if marks else text

    def place(self, sources: list[Source], most: int | None = None, *, joined: bool = False) -> str:
        """Write where something stands: ``document linje 3, 12–14``; ``most`` bounds the passages of each document.

        With ``joined``, passages that overlap or follow each other are written as one. A document of background
        knowledge has no lines; there its id stands alone.
        """
        spans: dict[str, list[tuple[int, int]]] = {}
        for source in sorted(sources, key=lambda s: (s["document"], s["lines"])):
            known = spans.setdefault(source["document"], [])
            if not source["lines"]:
                continue
            first, last = source["lines"]
            if joined and known and first <= known[-1][1] + 1:
                known[-1] = (known[-1][0], max(known[-1][1], last))
            elif (first, last) not in known:
                known.append((first, last))
        word = "line" if self.language == "en" else "linje"
        many = "lines" if self.language == "en" else "linje"
        said = []
        for document, found in spans.items():
            lines = [f"{first}" if first == last else f"{first}–{last}" for first, last in found]
            one = len(lines) == 1 and "–" not in lines[0]
            more = f" +{len(lines) - most}" if most is not None and len(lines) > most else ""
            said.append(f"{document} {word if one else many} {', '.join(lines[:most])}{more}" if lines else document)
        return "; ".join(said)
