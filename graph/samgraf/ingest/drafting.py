"""From findings to a draft: names linked to what the graph knows, claims made by the rules' templates, passages as anchors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from samgraf.ingest.draft import NAMED_FIELDS, Draft, DraftClaim, Name, claim_key
from samgraf.ingest.grammar import groups_of, unknown_predicates
from samgraf.ingest.identifiers import identifier
from samgraf.ingest.knowing import folded
from samgraf.ingest.outside import gate
from samgraf.ingest.personal import personal_data, private_form
from samgraf.ingest.reading_rules import find_all
from samgraf.language.messages import messages
from samgraf.workspace.anchors import anchor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from samgraf.ingest.finding import Finding
    from samgraf.ingest.grammar import Grammar, Rule, Template
    from samgraf.ingest.knowing import Known
    from samgraf.ingest.record import Record
    from samgraf.ingest.wordlists import Classes, WordLists

_PLACE = re.compile(r"\{([a-z-]+)\}")
_PRECISION = 3
_LONGEST, _LONGEST_LABEL = 2000, 200
_UNSURE = 0.5


class Kit(NamedTuple):
    """What drafting needs besides the document: words, known names, classes by word, confidence by rule in this workspace."""

    words: WordLists
    known: Known
    classes: Classes
    confidence: Mapping[str, float]


class _Names:
    """The names met in one document, each linked once."""

    def __init__(self, kit: Kit, language: str) -> None:
        self.kit = kit
        self.language = language
        self.by_key: dict[str, Name] = {}
        self._seen: dict[tuple[str, str], str] = {}

    def key_of(self, label: str, wanted: str) -> str:
        """Give the key of a name; the same words of the same class are one name."""
        place = (folded(label), wanted)
        if place not in self._seen:
            known = self.kit.known
            match = known.find(label, wanted)
            kind = known.entities[match.id].types[0] if match.id else self.kit.classes.of(label, wanted)
            key = match.id or self._free(identifier(label))
            self.by_key[key] = Name(key, label, kind, match.id, match.like)
            self._seen[place] = key
        return self._seen[place]

    def known_key(self, entity: str) -> str | None:
        """Give the key of an entity of the graph by its id; None when there is none."""
        found = self.kit.known.entities.get(entity)
        if found is None:
            return None
        self.by_key.setdefault(entity, Name(entity, found.label.da, found.types[0], entity))
        return entity

    def _free(self, wanted: str) -> str:
        taken = {*self.by_key, *self.kit.known.entities}
        key, number = wanted, 2
        while key in taken:
            key, number = f"{wanted}-{number}", number + 1
        return key


class _Drafter:
    def __init__(self, record: Record, grammar: Grammar, head: dict[str, Any], kit: Kit) -> None:
        self.record = record
        self.grammar = grammar
        self.kit = kit
        self.names = _Names(kit, grammar.language)
        self.rules = {rule.id: rule for rule in grammar.rules}
        self.titles = groups_of(grammar, grammar.language)
        self.flags = personal_data(record.text, private_form(kit.words))
        self.context: dict[str, str] = {"title-of-document": head["label"]}
        self.claims: dict[str, DraftClaim] = {}
        self.left_out = 0
        self.document = head["id"]

    def draft(self, findings: list[Finding]) -> None:
        """Make the claims of all findings."""
        for one in findings:
            if self.rules[one.rule].look == "head":
                if "date" in one.values:
                    self.context["meeting-date"] = one.values["date"]
                if "body" in one.slots:
                    self.context["body"] = one.slots["body"].text
        unknown = unknown_predicates(self.grammar, self.kit.known.vocabulary)
        for number, one in enumerate(findings):
            rule = self.rules[one.rule]
            for template in rule.makes:
                if template.predicate not in unknown and (not template.when or template.when in one.when):
                    self._make(rule, template, one, f"r{number}")

    def _make(self, rule: Rule, template: Template, one: Finding, row: str) -> None:
        if any(one.start < f.end and f.start < one.end for f in self.flags):
            self.left_out += 1
            return
        at = anchor(self.record.text, one.start, one.end)
        fields = self._fields(rule, template, one)
        if fields is None or at is None:
            return
        key = claim_key(fields, self.names.by_key)
        heading = one.heading if rule.group == "decisions" and one.heading else self.titles.get(rule.group, rule.group)
        confidence = round(self.kit.confidence.get(rule.id, rule.confidence), _PRECISION)
        claim = DraftClaim(key, rule.id, confidence, rule.group, heading, row, fields, at)
        self.claims.setdefault(key, claim)

    def _fields(self, rule: Rule, template: Template, one: Finding) -> dict[str, Any] | None:
        subject = self._name(rule, template.subject, one)
        if subject is None:
            return None
        fields: dict[str, Any] = {"subject": subject, "predicate": template.predicate}
        if template.object:
            other = self._name(rule, template.object, one)
            if other is None or other == subject:
                return None
            fields["object"] = other
        if template.value:
            value = self._value(template, one)
            if value is None:
                return None
            fields["value"] = value
        for field, named in (("role", template.role), ("onBehalfOf", template.on_behalf_of)):
            found = self._name(rule, named, one) if named else None
            if found and found != subject:
                fields[field] = found
        if any(need not in fields for need in template.needs):
            return None
        for field, wanted in (("from", template.start), ("until", template.until)):
            day = self.context.get(wanted) or one.values.get(wanted) if wanted else None
            if day:
                fields[field] = day
        if template.modality != "stated":
            fields["modality"] = template.modality
        return fields

    def _value(self, template: Template, one: Finding) -> object | None:
        name = template.value or ""
        given = one.values.get(name) or (one.slots[name].text if name in one.slots else None)
        if given is None:
            return None
        kind = self.kit.known.vocabulary.predicate(template.predicate).kind
        return {self.grammar.language: given[:_LONGEST]} if kind == "text" else given

    def _name(self, rule: Rule, wanted: str, one: Finding) -> str | None:
        """Give the key of what a template's word stands for: a thing of the grammar, or a slot of the finding."""
        if wanted == "document":
            return str(self.document)
        thing = self.grammar.things.get(wanted)
        if thing and thing.label:
            label = self._label(thing.label, one)
            if label is None:
                return None
            key = self.names.key_of(label, thing.type)
            aliases = dict.fromkeys(filter(None, (self._label((form,), one) for form in thing.aliases)))
            self.names.by_key[key] = self.names.by_key[key]._replace(aliases=tuple(aliases))
            return key
        if wanted == "status":
            return self.names.known_key(one.values.get("outcome", ""))
        if wanted in one.slots and wanted in rule.slots:
            return self.names.key_of(one.slots[wanted].text, rule.slots[wanted])
        return None

    def _label(self, forms: tuple[str, ...], one: Finding) -> str | None:
        """Give the first label whose places can all be filled."""
        known = {**self.context, **{k: s.text for k, s in one.slots.items()}, **one.values}
        known["body"] = self.context.get("body", known.get("body", ""))
        if "item" not in one.slots and one.item:
            known |= {"number": one.item, "title": one.heading.partition(". ")[2]}
        for form in forms:
            places = _PLACE.findall(form)
            if all(known.get(place) for place in places):
                return _PLACE.sub(lambda m: self._shown(m[1], known[m[1]]), form)[:_LONGEST_LABEL].rstrip(" .")
        return None

    def _shown(self, place: str, text: str) -> str:
        return _day(text, self.grammar.language) if place in ("date", "meeting-date") else text[:1].upper() + text[1:]


def with_twin(draft: Draft, record: Record, grammar: Grammar, kit: Kit, twin: str) -> Draft:
    """Give a draft that asks whether it replaces another document of the same meeting: its draft, or the approved one."""
    first = next((line for line in record.lines if line.text), None)
    at = anchor(record.text, first.start, first.end) if first else None
    if not (grammar.replaces in kit.known.vocabulary.predicates and twin in kit.known.entities and at):
        return draft
    found = kit.known.entities[twin]
    names = {**draft.names, twin: Name(twin, found.label.da, found.types[0], twin)}
    fields = {"subject": draft.id, "predicate": grammar.replaces, "object": twin}
    group = next(iter(grammar.groups))
    heading = groups_of(grammar, grammar.language)[group]
    claim = DraftClaim(claim_key(fields, names), "same-meeting", _UNSURE, group, heading, "twin", fields, at)
    return draft._replace(names=names, claims=(claim, *draft.claims))


def with_outside(
    draft: Draft, record: Record, kit: Kit, given: list[Any], heading: str
) -> tuple[Draft, dict[str, int]]:
    """Give a draft with the claims of a drafter from outside that can be proved, and how many were dropped, by reason."""
    names = _Names(kit, str(draft.head.get("language", "")))
    names.by_key = dict(draft.names)
    outside = gate(given, record, kit.known.vocabulary, names.key_of, names.by_key, heading)
    known = {claim.key for claim in draft.claims}
    claims = (*draft.claims, *(claim for claim in outside.claims if claim.key not in known))
    used = {c.fields.get(f) for c in claims for f in NAMED_FIELDS}
    kept = {key: name for key, name in names.by_key.items() if key in used}
    about = {**draft.about, "outside": len(outside.claims), "dropped": outside.dropped}
    return draft._replace(names=kept, claims=claims, about=about), outside.dropped


def _day(edtf: str, language: str) -> str:
    """Write a day as people do: '14. marts 2024'."""
    year, month, day = edtf.split("-")
    return f"{int(day)}. {messages(language).section('months')[int(month) - 1]} {year}"


def make_draft(record: Record, grammar: Grammar, head: dict[str, Any], kit: Kit) -> Draft:
    """Draft a document: find by the grammar's rules, link names, make claims. Personal data is counted and never drafted."""
    drafter = _Drafter(record, grammar, head, kit)
    findings = find_all(record, grammar, kit.words, kit.known.kind)
    drafter.draft(findings)
    if drafter.context.get("meeting-date"):
        head = {**head, "date": head.get("date") or drafter.context["meeting-date"]}
    if grammar.grammar in kit.known.entities:
        head = {**head, "kind": grammar.grammar}
    order = list(grammar.groups)
    claims = sorted(drafter.claims.values(), key=lambda c: order.index(c.group) if c.group in order else len(order))
    used = {c.fields.get(f) for c in claims for f in NAMED_FIELDS}
    names = {key: name for key, name in drafter.names.by_key.items() if key in used}
    counts: dict[str, int] = {}
    for flag in drafter.flags:
        counts[flag.kind] = counts.get(flag.kind, 0) + 1
    meeting = [drafter.context.get("body", "").lower(), drafter.context.get("meeting-date", "")]
    about: dict[str, Any] = {
        "grammar": grammar.grammar,
        "text": record.about.get("sha256", ""),
        "personal": counts,
        "leftOut": drafter.left_out,
        **({"meeting": " ".join(meeting)} if all(meeting) else {}),
    }
    return Draft(record.id, head, about, names, tuple(claims))
