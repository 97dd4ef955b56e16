"""Replies: answers in their place, as the JSON that other programs rely on (see the README, 'Questions')."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from samgraf.ask.plans import COUNT, DATE, ENTITY, NAMES, NUMBER, VERDICT, WORDS, Answer, Plan
from samgraf.language.messages import Messages, messages
from samgraf.language.phrases import Phrases
from samgraf.language.showing import show_date, show_number
from samgraf.namespaces import ENTITY as IRI
from samgraf.store.ground import OBJECT, ROLE, SUBJECT, names_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from samgraf.model import Claim, Entity
    from samgraf.store.ground import Ground
    from samgraf.vocabulary.terms import Vocabulary

Data = dict[str, Any]
"""JSON of an answer, a fact or a whole reply."""

_LISTED = 4


class Speaker:
    """Puts answers and claims into words and JSON, in one language."""

    def __init__(self, ground: Ground, language: str, as_of: str | None = None, workspace: str | None = None) -> None:
        self.ground = ground
        self.language = language
        self.as_of = as_of
        self.say: Messages = messages(language, workspace)
        entities = cast("Mapping[str, Entity]", ground)
        self.phrases = Phrases(entities, cast("Vocabulary", ground), language, workspace=workspace)

    def answer(self, answer: Answer, plan: Plan) -> Data:
        """Give one answer of a plan: label, value, and how its claims hold, with all their evidence."""
        facts = [self.ground.claim(n) for r in plan.rows if r.answer == answer for n in r.facts]
        return {**self.plain(answer, plan), **self.held(facts, answer)}

    def plain(self, answer: Answer, plan: Plan) -> Data:
        """Give an answer's label, value, IRI, type and other names."""
        ground = self.ground
        if answer.kind in (ENTITY, NAMES):
            thing = ground.thing(str(answer.key))
            if plan.place == ROLE:
                return self._post(thing, plan, answer)
            label = thing.label.within(self.language)
            if answer.kind == NAMES and thing.abbreviations and plan.fixed and plan.place == SUBJECT:
                label = thing.abbreviations[0]
            names = [n for n in dict.fromkeys(names_of(thing)) if n != label]
            return {"label": label, "iri": IRI + thing.id, "type": thing.type, "aliases": names}
        if answer.kind == DATE:
            forms = dict.fromkeys(show_date(str(answer.key), lang) for lang in (self.language, *self._others()))
            return {"label": next(iter(forms)), "value": answer.key, "aliases": [*forms][1:]}
        if answer.kind in (NUMBER, COUNT):
            first = next(ground.claim(n) for r in plan.rows if r.answer == answer for n in r.facts)
            unit = ground.thing(first.unit) if first.unit and answer.kind == NUMBER else None
            symbol = unit.symbol or unit.label.within(self.language) if unit else None
            shown = show_number(cast("float", answer.key), self.language, symbol, grouped=unit is not None)
            return {"label": shown, "value": answer.key, "aliases": []}
        if answer.kind == WORDS:
            return {"label": answer.key, "aliases": []}
        if answer.kind == VERDICT:
            name = {True: "yes", False: "no"}.get(cast("bool", answer.key), str(answer.key))
            truth = answer.key if isinstance(answer.key, bool) else None
            return {"label": self.say(f"asking.{name}"), "value": truth, "aliases": []}
        claim = next(ground.claim(n) for r in plan.rows if r.answer == answer for n in r.facts)
        value = claim.value
        if isinstance(value, dict):
            return {
                "label": value.within(self.language),
                "aliases": [v for v in value.values() if v != value.within(self.language)],
            }
        return {"label": str(value), "aliases": []}

    def _post(self, thing: Entity, plan: Plan, answer: Answer) -> Data:
        """Give a role with, as its other names, what it is called with the body that it is held in."""
        claims = [self.ground.claim(n) for r in plan.rows if r.answer == answer for n in r.facts[:1]]
        bodies = [name for c in claims if c.object for name in names_of(self.ground.thing(c.object))]
        whole = [
            form.format(role=role, body=body)
            for form in self.say.content.get("asking", {}).get("posts", ())
            for role in thing.label.values()
            for body in bodies
        ]
        label = thing.label.within(self.language)
        names = [n for n in dict.fromkeys((*names_of(thing), *whole)) if n != label]
        return {"label": label, "iri": IRI + thing.id, "type": thing.type, "aliases": names}

    def _others(self) -> list[str]:
        from samgraf.language.messages import languages

        return [code for code in languages() if code != self.language]

    def held(self, claims: list[Claim], answer: Answer | None = None) -> Data:
        """Give how claims hold: modality, state on the day asked for, period with its basis, source's day, role, via, evidence."""
        first = claims[0] if claims else None
        data: Data = {}
        if first is None:
            return {"modality": "stated", "evidence": []}
        firm = [c for c in claims if c.modality == "stated"] or claims
        if answer is not None and answer.kind == VERDICT and not isinstance(answer.key, bool):
            firm = claims
        best = firm[0]
        if best.via:
            data["via"] = [self.ground.label(v, self.language) for v in best.via]
        if best.how:
            way = self.ground.ways.get(best.how)
            data["how"] = way.label.within(self.language) if way else best.how
        if best.role:
            data["role"] = self.ground.label(best.role, self.language)
        data["modality"] = best.modality
        day = self.as_of or (best.attested.latest if best.attested else "")
        data["state"] = best.state(day) if day else "held"
        start, until = best.effective.start, best.effective.until
        if self.phrases.vocabulary.predicate(best.predicate).instant and not best.until:
            until = start  # what happens at a moment does not go on
        period = {
            "from": start.edtf if start else None,
            "until": until.edtf if until else None,
            "basis": best.effective.basis or None,
        }
        if period["from"] or period["until"]:
            data["period"] = {k: v for k, v in period.items() if v}
        if best.attested:
            data["attested"] = best.attested.edtf
        if best.on_behalf_of:
            data["onBehalfOf"] = self.ground.label(best.on_behalf_of, self.language)
        if best.superseded_by:
            data["superseded"] = True
        passages = [p.data() for c in claims for p in self.passages(c)]
        data["evidence"] = [p for n, p in enumerate(passages) if p not in passages[:n]]
        return data

    def passages(self, claim: Claim) -> list[Any]:
        """Give where a claim stands; a derived one where the claims stand that it follows from."""
        if claim.evidence or not claim.derived:
            return list(claim.sources())
        return [p for name in claim.because for c in self.ground.called_claim(name) for p in c.sources()]

    def sentence(self, claim: Claim) -> str:
        """Write a claim out, with all its marks."""
        return self.phrases.sentence(claim)

    def listed(self, labels: list[str], most: int = _LISTED) -> str:
        """Write several labels as one list."""
        if len(labels) > most:
            return ", ".join(labels[:most]) + " " + self.say("asking.more", n=len(labels) - most)
        return (
            labels[0]
            if len(labels) == 1
            else f"{', '.join(labels[:-1])} {self.say('asking.and')} {labels[-1]}"
            if labels
            else ""
        )

    def read_as(self, plan: Plan) -> str:
        """Say what was understood: the relation, its fixed ends, the class and the place that answers."""
        ground = self.ground
        parts = []
        for relation in plan.relations:
            if relation in ground.relations:
                known = ground.relations[relation]
                inverse = plan.fixed and plan.fixed[0][0] == OBJECT and known.inverse
                parts.append((known.inverse if inverse else known.label).within(self.language))
        ends = [ground.label(end, self.language) for _, end in plan.fixed]
        kinds = [ground.kinds[k].label.within(self.language).lower() for k in plan.classes if k in ground.kinds]
        text = " · ".join(
            part for part in (self.listed(ends, 9), ", ".join(dict.fromkeys(parts)), ", ".join(kinds)) if part
        )
        return text or plan.operator

    def message(self, plan: Plan, answers: list[Data]) -> str:
        """Write the answer as a sentence: the claim itself where it is one, else what is asked with all that answers it."""
        facts = plan.facts()
        if plan.rows[0].answer.kind == VERDICT:
            label = answers[0]["label"]
            head = label[:1].upper() + label[1:]
            told = dict.fromkeys(self.sentence(self.ground.claim(n)) for n in facts)  # two documents may say the same
            said = f"{head}: {self.listed(list(told), 2)}."
            if isinstance(plan.rows[0].answer.key, bool):
                return said
            return " ".join([said, *(f"{self.sentence(claim)}." for claim in self._standing(facts))])
        if len(facts) == 1 and len(answers) == 1:
            return f"{self.sentence(self.ground.claim(facts[0]))}."
        labels = [self._marked(a) for a in answers]
        return f"{self.read_as(plan)}: {self.listed(labels, 12)}."

    def _standing(self, facts: Iterable[int]) -> list[Claim]:
        """Give what is stated of how the subjects of claims stand: what is only expected is told beside it."""
        ground = self.ground
        statuses = [r.name for r in ground.relations.values() if r.family == "familyStatus" and r.kind == "object"]
        subjects = dict.fromkeys(ground.claim(n).subject for n in facts)
        told = [ground.claim(n) for s in subjects for r in statuses for n in ground.group(r, SUBJECT, s)]
        return [c for c in told if c.modality == "stated" and not c.superseded_by and not c.derived]

    def _marked(self, answer: Data) -> str:
        if answer.get("modality", "stated") == "stated":
            return str(answer["label"])
        return f"{answer['label']} ({self.say('asking.' + answer['modality'])})"
