"""The claims in the page's data: columns of numbers, and beside them what only some claims have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samgraf.publish.explorer.tables import NONE, sparse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from samgraf.model import Claim
    from samgraf.publish.explorer.numbering import Numbering

MODALITIES = {"stated": 0, "proposed": 1, "expected": 2}
DERIVED, SUPERSEDED = 4, 8
"""How a claim's modality, and what else holds of it, is one number."""


class Claims:
    """Writes claims by the numbers that all parts share; ``passages`` are the words of those whose text is at hand."""

    def __init__(self, shared: Numbering, passages: Mapping[tuple[str, int, int], str]) -> None:
        self.shared, self.passages = shared, passages

    def columns(self, *, ids: bool) -> dict[str, Any]:
        """Give the claims as columns; what few claims have is kept by claim number."""
        lists: dict[str, list[int]] = {name: [] for name in "spodhlewtm"}
        few: dict[str, dict[int, Any]] = {}
        names = []
        for place, claim in enumerate(self.shared.claims):
            for name, value in self._row(claim).items():
                lists[name].append(value)
            for name, value in self.rest(claim).items():
                if value not in (None, "", [], ()):
                    few.setdefault(name, {})[place] = value
            names.append(claim.id.removeprefix(f"{claim.document}/"))
        return {**lists, **{name: sparse(some) for name, some in few.items()}, "id": names if ids else []}

    def _row(self, claim: Claim) -> dict[str, int]:
        """Give what every claim has, as numbers."""
        first = claim.evidence[0] if claim.evidence else None
        section = first.section if first else claim.section
        start, end = first.lines if first else (NONE, NONE)
        return {
            "s": self.shared.nodes.find(claim.subject),
            "p": self.shared.relation(claim.predicate),
            "o": self.shared.nodes.find(claim.object) if claim.object else NONE,
            "d": self.shared.docs.find(first.document if first else claim.document),
            "h": self.shared.strings.number(section) if section else NONE,
            "l": start,
            "e": end - start if start != NONE else 0,
            "w": self.shared.times.period(claim.effective, claim.attested),
            "t": self.shared.times.told(claim.start, claim.until),
            "m": MODALITIES[claim.modality] | DERIVED * claim.derived | SUPERSEDED * bool(claim.superseded_by),
        }

    def rest(self, claim: Claim) -> dict[str, Any]:
        """Give what some claims have."""
        found = [self.passages.get((p.document, *p.chars)) for p in claim.evidence]
        behalf = self.shared.nodes.find(claim.on_behalf_of) if claim.on_behalf_of else NONE
        rest = {
            "role": self.shared.term(claim.role),
            "behalf": behalf if behalf != NONE else None,
            "whole": claim.complete,
            "rule": claim.rule,
            "way": list(self.shared.vocabulary.ways).index(claim.how)
            if claim.how in self.shared.vocabulary.ways
            else None,
            "via": [n for n in map(self.shared.nodes.find, claim.via) if n != NONE],
            "more": [self._passage(p.document, p.section, p.lines) for p in claim.evidence[1:]],
            "because": [self.shared.number[i] for i in claim.because if i in self.shared.number],
            "superseded": [self.shared.number[i] for i in claim.superseded_by if i in self.shared.number],
            "passages": found if any(found) else None,
        }
        return rest if claim.object in self.shared.known else rest | self._value(claim)

    def _value(self, claim: Claim) -> dict[str, Any]:
        """Give a value that is no entity: the number of a date or text, a number, a string; a figure says what it counts."""
        kept: dict[str, Any] = {"figure": claim.kind, "unit": self.shared.term(claim.unit)}
        if claim.measure:
            kept["measure"] = self.shared.text(claim.measure)
        if claim.population:
            kept["population"] = self.shared.text(claim.population)
        if claim.moment:
            return kept | {"when": self.shared.times.date(claim.moment)}
        if claim.object:
            return kept | {"text": self.shared.text(self.shared.terms[claim.object].label)}
        if isinstance(claim.value, dict):
            return kept | {"text": self.shared.text(claim.value)}
        return kept | {"value": claim.value}

    def _passage(self, document: str, section: str, lines: tuple[int, int]) -> list[int]:
        """Write a passage: numbers of document and heading, first and last line."""
        return [self.shared.docs.find(document), self.shared.strings.number(section), *lines]
