"""Answering: read the question, rank its readings, run the best one's query, or say why there is no answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.ask.asked import Asked, choose, run, unexplained
from samgraf.ask.pattern import Pattern, gather, value_of

if TYPE_CHECKING:
    from samgraf.ask.index import Index
    from samgraf.ask.readings import Reading
    from samgraf.ask.reply import Reply
    from samgraf.ask.units import Question, Unit
    from samgraf.store.base import GraphStore

_ACTOR = frozenset(("Actor",))
_INVOLVEMENT = frozenset(("participatesIn", "involvedIn"))
_EQUAL = 0.008
_FEW = 12
_MANY = 60
_WITHIN = 0.12


def answer_question(
    text: str,
    store: GraphStore,
    index: Index,
    *,
    language: str | None = None,
    as_of: str | None = None,
    workspace: str | None = None,
) -> Reply:
    """Answer a question. Nothing is raised for any text; a question that cannot be answered says so in ``message``."""
    asked = Asked(text, store, index, language, as_of)
    question = asked.question
    if not question.units or question.unknown:
        from samgraf.ask import wording

        unknown = bool(question.units)
        return asked.refuse(
            wording.unknown_words(question, index) if unknown else wording.nothing_asked(asked.language)
        )
    actor = only_involvement(question, index)
    if actor is not None:
        from samgraf.ask.initiatives import involving

        said, number = actor
        listed = involving(index.entity(number).iri, said, store, index.folder, asked.language, as_of, workspace)
        listed["question"] = text
        return listed
    telling = [u for u in question.units if not u.bonus]
    if len(telling) == 1 and not question.names and question.asks in ("what", "yesno"):
        from samgraf.ask import wording

        return asked.refuse(wording.nothing_asked(asked.language))
    if question.kind is None and _is_bare_name(question, telling):
        from samgraf.ask.naming import described

        found = described(asked)
        if found is not None:
            return found
    if needs_operator(question):
        from samgraf.ask.operators import special

        found = special(asked)
        if found is not None:
            return found
    return answer_plain(asked)


def _is_bare_name(question: Question, telling: list[Unit]) -> bool:
    """Tell whether all that the question says lies within one name."""
    return any(all(i <= p < j for u in telling for p in u.positions) for i, j, _ in question.names)


def only_involvement(question: Question, index: Index) -> tuple[str, int] | None:
    """Give the actor when the question asks for its initiatives and nothing else: that is a query of the library."""
    kind = question.kind
    if kind is None or kind.kinds != {"Initiative"} or kind.narrow or question.asks != "what" or question.expected:
        return None
    changed = question.operators or question.excepted or question.negated
    spans = {(i, j) for i, j, _ in question.names}
    widest = max(spans, key=lambda s: s[1] - s[0], default=None)
    small = {min(u.positions) for u in question.units if u is kind or u.relations & _INVOLVEMENT}
    if changed or widest is None or any((i < widest[0] or j > widest[1]) and i not in small for i, j in spans):
        return None
    if any(widest[0] <= p < widest[1] for p in kind.positions):
        return None
    numbers = next(n for i, j, n in question.names if (i, j) == widest)
    rest = [
        u
        for u in question.units
        if u is not kind and not u.bonus and not all(widest[0] <= p < widest[1] for p in u.positions)
    ]
    asked = all(u.relations & _INVOLVEMENT and not u.moment for u in rest)
    if not asked or len(numbers) != 1 or not index.is_a(index.entity(numbers[0]), _ACTOR):
        return None
    return " ".join(question.words[widest[0] : widest[1]]), numbers[0]


def needs_operator(question: Question) -> bool:
    """Tell whether anything in the question may change what is done with the answer."""
    changed = question.operators & {"most", "least", "difference", "new", "gone", "link", "called"}
    named = any("abbreviation" in u.relations for u in question.units)
    return bool(changed or question.excepted or question.negated or named) or question.asks in (
        "yesno",
        "number",
        "when",
    )


def answer_plain(asked: Asked) -> Reply:
    """Answer with the best reading alone, no operator in play."""
    readings = asked.reader.readings()
    best = choose(readings, asked)
    if best is None:
        again = asked.reader.again(superseded=True)
        best = choose(again, asked)
        if best is not None and best.claim.superseded:
            readings = again
        else:
            best = None
    if best is None:
        from samgraf.ask import wording

        return asked.refuse(wording.not_said(asked.question, readings[0] if readings else None))
    ordered = bool({"first", "last"} & asked.question.operators)
    several = wants_several(asked.question) or ordered
    pattern = widest(readings, best, asked, several=several)
    picked = ordered and pick_by_date(pattern, asked)
    rival = None if picked else _rival(readings, pattern, asked)
    if rival is not None:
        from samgraf.ask import wording

        return asked.refuse(wording.ambiguous(asked.question, pattern.best, rival, asked.index))
    answers, query = run(asked, pattern)
    return asked.reply(answers, query, pattern)


def widest(readings: list[Reading], best: Reading, asked: Asked, *, several: bool) -> Pattern:
    """Give the pattern of the best reading; where the same claims can be read from another end, the one with most answers."""
    explainer, question, index = asked.reader.explainer, asked.question, asked.index
    pattern = gather(readings, best, explainer, question, index, several=several)
    if question.expected and len(pattern.answers()) != question.expected:
        for other in readings[:_MANY]:
            if other.score < best.score - _WITHIN or other.slot not in ("s", "o") or unexplained(other, question):
                continue
            fitting = gather(readings, other, explainer, question, index, several=several)
            if len(fitting.answers()) == question.expected:
                return fitting
    claims = {best.claim.id, *(a.claim.id for a in best.around)}
    for other in readings[:_FEW]:
        same = other is not best and other.slot == best.slot and other.answer == best.answer and best.answer is not None
        if (
            same
            and other.score > best.score - _EQUAL
            and {other.claim.id, *(a.claim.id for a in other.around)} == claims
        ):
            wider = gather(readings, other, explainer, question, index, several=several)
            if len(wider.answers()) > len(pattern.answers()):
                pattern = wider
    return pattern


def pick_by_date(pattern: Pattern, asked: Asked) -> bool:
    """Keep the first or the last of several dated answers; give False, and change nothing, where dates are missing."""

    def date(reading: Reading) -> str | None:
        claim = reading.claim
        if claim.value_earliest or (reading.answer is None and claim.start_earliest):
            return claim.value_earliest or claim.start_earliest
        dated = asked.index.about(reading.answer) if reading.answer is not None else []
        days = [c.value_earliest for c in dated if c.value_earliest and c.s == reading.answer and not c.superseded]
        return min(days) if days else claim.start_earliest

    dates = {id(r): date(r) for r in pattern.readings}
    if len(pattern.readings) < 2 or None in dates.values():
        return False
    chosen = (max if "last" in asked.question.operators else min)(str(d) for d in dates.values())
    pattern.readings = [r for r in pattern.readings if dates[id(r)] == chosen]
    pattern.best = pattern.readings[0]
    return True


def _days(reading: Reading) -> tuple[str, str]:
    """Give the first and the last day that a reading's date can mean."""
    c = reading.claim
    pairs = {
        "v": (c.value_earliest, c.value_latest),
        "t": (c.start_earliest, c.start_latest),
        "u": (c.until_earliest, c.until_latest),
    }
    first, last = pairs[reading.slot]
    return first or "", last or "9"


def _most_exact(pattern: Pattern) -> bool:
    """Of dates that lie one within the other ('2018' and 'March 2018') keep the most exact; give False where they do not."""
    if pattern.best.claim.datatype in ("number", "text", "string") and pattern.best.slot == "v":
        return False
    days = [_days(r) for r in pattern.readings]
    exact = next((d for d in days if all(o[0] <= d[0] and d[1] <= o[1] for o in days)), None)
    if exact is None:
        return False
    pattern.readings = [r for r in pattern.readings if _days(r) == exact]
    pattern.best = pattern.readings[0]
    return True


def _rival(readings: list[Reading], pattern: Pattern, asked: Asked) -> Reading | None:
    """Give a reading that explains the question just as well and answers something else."""
    best, own = pattern.best, pattern.answers()
    if best.slot in ("v", "t", "u") and len(own) > 1 and not wants_several(asked.question):
        if len({r.claim.s for r in pattern.readings}) == len(pattern.readings) and best.claim.datatype == "edtf":
            return None  # each of several things has its date: all of them are the answer
        if not _most_exact(pattern):
            return pattern.readings[1]
    for reading in readings:
        if reading.score < best.score - 0.004:
            return None
        simpler = len(reading.around) <= len(best.around)
        if simpler and reading not in pattern.readings and not unexplained(reading, asked.question):
            other = reading.answer if reading.answer is not None else value_of(reading)
            if other not in own and reading.slot == best.slot and reading.claim.p == best.claim.p:
                return reading
    return None


def wants_several(question: Question) -> bool:
    """Tell whether the question asks for more than one date or text."""
    plural = {
        "dator",
        "dates",
        "hvilke",
        "frister",
        "deadlines",
        "mal",
        "aims",
        "goals",
        "formal",
        "purposes",
        "opgaver",
        "tasks",
    }
    plural |= {
        "beslutninger",
        "decisions",
        "anbefalinger",
        "recommendations",
        "forslag",
        "proposals",
        "krav",
        "kriterier",
    }
    return bool(plural & set(question.words)) or question.asks in ("what", "why")
