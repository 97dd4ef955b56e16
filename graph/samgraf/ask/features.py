"""Features: what speaks for and against a candidate, each a number with a name. Their weights are learned, none is set by hand."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

from samgraf.ask.groups import sharpness, told_by
from samgraf.ask.involvement import is_half
from samgraf.ask.plans import COUNT, DATE, ENTITY, NUMBER, TEXT
from samgraf.ask.question import EMPTY
from samgraf.ask.rules import head_of
from samgraf.language.fold import fold
from samgraf.store.ground import BEHALF, ROLE, START, SUBJECT, UNTIL

if TYPE_CHECKING:
    from samgraf.ask.plans import Plan
    from samgraf.ask.question import Mention
    from samgraf.ask.scene import Scene

_FEW = 4
_FAMILIES = ("Involvement", "Membership", "Party", "Office", "Structure", "About", "Text", "Status", "Date", "Figure",
             "Decision", "Process", "Paper", "Continuity", "Place", "Identity", "Promise")  # fmt: skip


class Gauge:
    """Measures the candidates of one question."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.total = max(scene.weight(scene.wanted), 1e-6)
        self.heads = head_of(scene)
        self.head_words = frozenset(n for m in self.heads for n in m.words)
        q = scene.question
        self.plural = _plural(scene, self.heads)
        self.counted = q.counted
        self.labelled = {
            m.key: m for m in sorted(q.relations, key=lambda m: len(m.words)) if m.slot in ("label", "inverse")
        }
        self.slotted: dict[str, set[str]] = {}
        for m in q.relations:
            self.slotted.setdefault(m.key, set()).add(m.slot)
        self.named = EMPTY.union(*(w for w, _ in scene.names), EMPTY) - q.stop
        self.most_said = max((scene.weight(w) for w in scene.relation_words.values()), default=0.0)

    def _share(self, words: frozenset[int]) -> float:
        return self.scene.weight(words) / self.total

    def _is_half(self, plan: Plan) -> bool:
        """Tell whether a list has only those of one kind of involvement, though no word says which and there are others."""
        several = plan.relations if len(plan.relations) == len(plan.fixed) else plan.relations[-1:] * len(plan.fixed)
        return any(is_half(self.scene, relation, *end) for relation, end in zip(several, plan.fixed, strict=True))

    def measure(self, plan: Plan, unbound: frozenset[int]) -> dict[str, float]:  # noqa: PLR0915  (one line a feature)
        """Give the features of a candidate that are not nought; ``unbound`` is what it leaves unbound."""
        scene, q = self.scene, self.scene.question
        bound = plan.bound
        share = self._share
        answers = plan.answers()
        first = scene.ground.claim(plan.rows[0].facts[0]) if plan.rows[0].facts else None
        relation = plan.relations[-1]
        said = bound.get("relation", EMPTY) | bound.get("said", EMPTY)
        taken = bound.get("name", EMPTY)
        kind_of = answers[0].kind
        f: dict[str, float] = {}
        f["name words"] = share(taken)
        f["end words"] = share(bound.get("end", EMPTY) - taken)
        taken = taken | bound.get("end", EMPTY)
        f["relation words"] = share(said - taken)
        f["relation words beside names"] = share(said & taken)
        taken |= said
        f["class words"] = share(bound.get("class", EMPTY) - taken)
        taken |= bound.get("class", EMPTY)
        for kind in ("own", "answer", "other", "beside"):
            f[f"{kind} words"] = share(bound.get(kind, EMPTY) - taken)
            taken |= bound.get(kind, EMPTY)
        f["words of some rows"] = share(bound.get("some", EMPTY) - taken)
        f["all words"] = share(scene.content - unbound)
        f["words unbound"] = float(min(4, len(unbound)))
        f["all bound"] = float(not unbound)
        ends = [end for _, end in plan.fixed]
        near = EMPTY.union(*(scene.near_words(e) for e in ends)) if ends and 0 < len(unbound) < _FEW else EMPTY
        f["unbound words near the end"] = share(unbound & near)
        f["unbound words in every passage"] = share(unbound & told_by(scene, plan.rows)) if len(unbound) < _FEW else 0.0
        f["names left"] = float(len({w for w, _ in scene.names if w & scene.content and not w & plan.words()}))
        f["names unbound"] = share(self.named & unbound)
        f["relation is said"] = float(bool(said))
        weak = bound.get("weak", EMPTY) if not said else EMPTY
        f["relation is said by a weak word"] = float(len(weak) == 1)
        f["relation is said by weak words"] = float(len(weak) > 1)
        f["a status where it is asked how far"] = float(q.asked == "far" and kind_of == ENTITY and plan.place == "o")
        f["relation is the best said"] = float(bool(said) and scene.weight(said) >= self.most_said - 1e-9)
        f["a better said relation"] = max(0.0, (self.most_said - scene.weight(said)) / self.total)
        label = self.labelled.get(relation)
        f["relation by its label"] = float(bool(label and label.words - q.stop))
        slots = self.slotted.get(relation, set())
        f["direction fits"] = float(
            ("object" in slots and plan.place == "o")
            or ("subject" in slots and plan.place == SUBJECT)
            or ("role" in slots and plan.place == ROLE)
        )
        f["direction differs"] = float(
            ("object" in slots and plan.place == SUBJECT)
            or ("subject" in slots and plan.place == "o")
            or ("role" in slots and plan.place != ROLE and slots == {"role"})
        )
        f["fixed end"] = float(bool(plan.fixed))
        f["fixed end named"] = float(any(e in scene.named for e in ends))
        f["fixed end named by its label"] = float(any(scene.kinds_of_name.get(e, 9) == 0 for e in ends))
        f["fixed end not named"] = float(bool(ends) and not any(e in scene.named for e in ends))
        f["subject stands fast"] = float(any(p == SUBJECT for p, _ in plan.fixed))
        f["fixed end only by a small part"] = float(
            bool(ends) and not bound.get("name") and share(bound.get("end", EMPTY)) < 0.2
        )
        f[f"operator {plan.operator}"] = 1.0
        f["narrowed"] = float(plan.narrowed)
        if kind_of in (NUMBER, COUNT) and self.counted:
            told = EMPTY.union(*(bound.get(k, EMPTY) for k in ("own", "class", "answer")))
            f["what is counted is told"] = float(self.counted <= told)
        f["half of those involved"] = float(self._is_half(plan))
        f["class asked for"] = float(bool(self.head_words and self.head_words <= bound.get("class", EMPTY)))
        f["answers"] = log(len(answers))
        f["one answer, several asked"] = float(len(answers) == 1 and self.plural > 0)
        f["several answers, one asked"] = float(len(answers) > 1 and self.plural < 0)
        f["several values"] = float(len(answers) > 1 and answers[0].kind in (NUMBER, DATE, TEXT))
        expected = set(q.numerals) & set(range(2, 21))
        f["as many as asked"] = float(len(answers) in expected)
        f["not as many as asked"] = float(bool(expected) and len(answers) not in expected)
        f["whole list"] = float(plan.complete)
        kind = answers[0].kind
        f[f"asked {q.asked}, gives {kind}"] = 1.0
        if plan.place in (ROLE, BEHALF, START, UNTIL):
            f[f"place {plan.place}"] = 1.0
        family = (
            scene.ground.relations[relation].family.removeprefix("family") if relation in scene.ground.relations else ""
        )
        if family in _FAMILIES:
            f[f"family {family}"] = 1.0
        f["text not asked for"] = float(kind == TEXT and not said and family in ("Text", "Decision", "Promise"))
        f["derived"] = float(bool(first and first.derived and plan.operator == "rows"))
        claims = [scene.ground.claim(n) for r in plan.rows for n in r.facts[:1]]
        f["not stated"] = sum(c.modality != "stated" for c in claims) / max(1, len(claims))
        f["not stated though asked as fact"] = f["not stated"] * float(
            not (q.operators.keys() & {"expected", "proposed"})
        )
        if kind == NUMBER:
            f["sharpness of a figure"] = max(sharpness(scene, row, bound) for row in plan.rows if row.facts)
            f[f"figure is {claims[0].kind or 'count'}"] = 1.0
        if family == "Status":
            newest = max((c.attested.earliest for c in claims if c.attested), default="")
            f["latest status"] = float(all(c.attested is None or c.attested.earliest == newest for c in claims))
            f["several statuses"] = float(len(claims) > 1 and bool(plan.fixed) and plan.fixed[0][0] == SUBJECT)
        places = [scene.rank[n] for r in plan.rows for n in r.facts if n in scene.rank]
        f["rank of its best claim"] = 1.0 / (1.0 + min(places)) if places else 0.0
        f["best claim far down"] = min(places) / 160 if places else 1.0
        f["dates left"] = float(bool(scene.date_words & unbound))
        f["all of one date"] = float(bool(scene.date_words) and not scene.date_words & unbound)
        if kind == COUNT:
            f["count, figure not said"] = float("figure" not in scene.relation_words)
        return {k: v for k, v in f.items() if v}


def _plural(scene: Scene, heads: tuple[Mention, ...]) -> int:
    """Tell whether the question asks for several (above nought), for one (below), or does not say: by the form of its words."""
    number = scene.question.number
    for mention in heads:
        kind = scene.ground.kinds[mention.key]
        written = " ".join(scene.question.words[n].folded for n in sorted(mention.words))
        number += any(fold(t) == written for t in kind.plural.values())
        number -= any(fold(t) == written for t in kind.label.values())
    return number
