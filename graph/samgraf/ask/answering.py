"""Answering: read the question, rank its candidates, accept the best one or show what is nearest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.ask.binding import SURE, aside, softly
from samgraf.ask.library import is_example, run_intent
from samgraf.ask.mentions import read
from samgraf.ask.nearest import nearest
from samgraf.ask.ranking import Ranked, Ranking
from samgraf.ask.replies import Data, Speaker
from samgraf.ask.scene import Scene
from samgraf.ask.sparql import sparql
from samgraf.ask.truth import verdicts

if TYPE_CHECKING:
    from collections.abc import Callable

    from samgraf.ask.intents import Intent
    from samgraf.ask.plans import Plan
    from samgraf.ask.question import Question
    from samgraf.rdf.port import GraphStore
    from samgraf.store.ground import Ground

LIKELY_ALONE, LIKELY = 0.5, 0.65
"""How likely an answer has to be: likelier than all others together, and much so with those that say a part of it. Of strangers'
questions between half and this most were answered wrongly; what is nearest is shown in their place."""
_SHOWN = 2
_SUGGESTED = 3
_TELLING = 6
ANSWERED, SILENT, NOT_UNDERSTOOD = "answered", "silent", "not-understood"


def answer_question(
    text: str,
    ground: Ground,
    *,
    language: str | None = None,
    as_of: str | None = None,
    workspace: str | None = None,
    store: Callable[[], GraphStore] | None = None,
) -> Data:
    """Answer a question. Nothing is raised for any text."""
    question = read(text, ground, workspace=workspace)
    speaker = Speaker(ground, language or question.language, as_of, workspace)
    if not question.content:
        return _reply(text, speaker, NOT_UNDERSTOOD, speaker.say("asking.nothing"))
    scene = Scene(question, ground, as_of)
    intents = _likely(question, ground, workspace) if store else []
    literal = next((i for i in intents if is_example(i, text, question.language)), None)
    literal = literal or next((i for i in intents if i.exact), None)
    if literal is not None and store is not None:
        return run_intent(question, literal, speaker, store)
    ranking = Ranking(scene, workspace)
    ranked = ranking.free
    best = believed(scene, ranked)
    if best is not None and accepted(scene, best, ranked):
        best = _plainest(ranked, best)
        return _answered(text, scene, ranked, best, speaker)
    if len(intents) == 1 and store is not None:
        return run_intent(question, intents[0], speaker, store)
    silent = (
        next((p for p in verdicts(scene) if not p.rows and not _unbound(scene, p)), None)
        if question.asked == "yesno"
        else None
    )
    if silent is not None:
        reply = _reply(text, speaker, SILENT, speaker.say("asking.silent", what=speaker.read_as(silent)))
        reply["query"] = {"sparql": sparql(silent, ground)}
    else:
        reply = _reply(text, speaker, NOT_UNDERSTOOD, _why_not(scene, best, speaker))
    reply["understood"] = _explained(scene, ranked, speaker)
    reply["nearest"] = nearest(scene, ranking.every, speaker)
    reply["queries"] = _queries(question, ground, workspace)
    return reply


def believed(scene: Scene, ranked: list[Ranked]) -> Ranked | None:
    """Give the candidate of the likeliest answers: the best that may be one, else the best."""
    most = max((r.belief for r in ranked), default=0.0)
    alike = [r for r in ranked if r.belief == most]
    return next((r for r in alike if accepted(scene, r, ranked)), alike[0] if alike else None)


def accepted(scene: Scene, best: Ranked, ranked: list[Ranked]) -> bool:
    """Tell whether a candidate is an answer: every word that tells bound and much likelier than not, or so by what is near.

    Another reading whose answers are all among its own speaks for it.
    """
    if not best.unbound or best.unbound <= aside(scene, best.plan):
        answers = set(best.plan.answers())
        within = {frozenset(r.plan.answers()): r.belief for r in ranked if answers.issuperset(r.plan.answers())}
        return best.belief >= LIKELY_ALONE and sum(within.values()) >= LIKELY
    return best.belief >= SURE and not softly(scene, best.plan, best.unbound)


def _plainest(ranked: list[Ranked], best: Ranked) -> Ranked:
    """Give, of the candidates with the same answers that leave no more unbound, the one whose relation the question says."""
    same = [r for r in ranked if set(r.plan.answers()) == set(best.plan.answers()) and r.unbound <= best.unbound]
    return max(
        same, key=lambda r: (bool(r.plan.bound.get("relation")), not r.features.get("derived"), r.score), default=best
    )


def _unbound(scene: Scene, plan: Plan) -> frozenset[int]:
    bound = frozenset(n for words in plan.bound.values() for n in words)
    classes = frozenset(
        n for _, end in plan.fixed for m in scene.question.classes if scene.ground.is_a(end, (m.key,)) for n in m.words
    )
    return scene.content - bound - classes


def _reply(text: str, speaker: Speaker, outcome: str, message: str) -> Data:
    return {
        "question": text,
        "lang": speaker.language,
        "outcome": outcome,
        "answered": outcome == ANSWERED,
        "query": {"sparql": ""},
        "answers": [],
        "complete": False,
        "message": message,
        "understood": [],
        "nearest": [],
        "queries": [],
    }


def _answered(text: str, scene: Scene, ranked: list[Ranked], best: Ranked, speaker: Speaker) -> Data:
    plan = best.plan
    answers = [speaker.answer(a, plan) for a in plan.answers()]
    reply = _reply(text, speaker, ANSWERED, speaker.message(plan, answers))
    reply["query"] = {"sparql": sparql(plan, scene.ground)}
    reply["answers"] = answers
    reply["complete"] = plan.complete
    reply["understood"] = _explained(scene, ranked, speaker)
    return reply


def _why_not(scene: Scene, best: Ranked | None, speaker: Speaker) -> str:
    """Say what was read and which words could not be bound, or that several readings fit alike; and names that come near."""
    question = scene.question
    parts = [speaker.say("asking.not-understood")]
    if best is not None and best.belief >= LIKELY_ALONE / 2:
        parts.append(speaker.say("asking.reading", what=speaker.read_as(best.plan)))
    unknown = [question.words[n].text for n in question.unknown if n in scene.content]
    unbound = [question.words[n].text for n in sorted(best.unbound if best else scene.content)]
    if unknown:
        parts.append(speaker.say("asking.unknown", words=_quoted(unknown)))
        near = _near_names(unknown, scene.ground, speaker.language)
        if near:
            parts.append(speaker.say("asking.did-you-mean", names=_quoted(near)))
    left = [w for w in unbound if w not in unknown]
    if left and best is not None:
        parts.append(speaker.say("asking.unbound", words=_quoted(left)))
    elif best is not None and not unknown:
        parts.append(speaker.say("asking.unsure"))
    return " ".join(parts)


def _near_names(words: list[str], ground: Ground, language: str) -> list[str]:
    """Give names of things that unknown words come near to."""
    from samgraf.store.names import Names

    names = Names(ground.folder)
    found = [named.label(language) for word in words for named, _ in names.near(word, limit=2)]
    return list(dict.fromkeys(found))[:_SUGGESTED]


def _quoted(words: list[str]) -> str:
    return ", ".join(f"'{w}'" for w in words[:8])


def _explained(scene: Scene, ranked: list[Ranked], speaker: Speaker) -> list[str]:
    """Give what was read, and of the likeliest candidates the belief and the features that say most."""
    from samgraf.ask.ranking import weights

    question = scene.question
    said = [
        f"{question.said(words)} = {', '.join(speaker.ground.label(b, question.language) for b, _ in bearers[:3])}"
        for words, bearers in scene.names
    ]
    said += [f"{question.said(words)} → {relation}" for relation, words in sorted(scene.relation_words.items())]
    said.append(f"? {question.asked} → " + ", ".join(sorted(speaker.ground.answering.get(question.asked, ()))))
    known = weights()
    for r in ranked[:3]:
        told = sorted(((known.get(n, 0.0) * v, n) for n, v in r.features.items()), key=lambda t: -abs(t[0]))[:_TELLING]
        free = f" − {question.said(r.unbound)}" if r.unbound else ""
        said.append(f"{r.belief:.0%} {speaker.read_as(r.plan)}{free}: " + ", ".join(f"{n} {w:+.1f}" for w, n in told))
    return said


# --- library queries


def _likely(question: Question, ground: Ground, workspace: str | None) -> list[Intent]:
    """Give the library queries whose header has this question, names apart."""
    from samgraf.ask.intents import intents

    return intents(question, ground, workspace, least=1.0)


def _queries(question: Question, ground: Ground, workspace: str | None) -> list[Data]:
    """Give up to two library queries with their arguments filled in, ready to paste."""
    from samgraf.ask.intents import intents

    return [_call(i) for i in intents(question, ground, workspace)[:_SHOWN]]


def _call(intent: Intent) -> Data:
    values = {k: v for k, v in intent.values.items() if k != "lang"}
    arguments = "".join(f" -p {name}={_shell(value)}" for name, value in values.items())
    return {"name": intent.query.name, "parameters": values, "command": f"samgraf query {intent.query.name}{arguments}"}


def _shell(value: str) -> str:
    return value if value.replace("-", "").isalnum() else "'" + value.replace("'", "'\\''") + "'"
