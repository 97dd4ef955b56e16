"""Who collaborates with whom: together in the same thing at the same time, by the table of collaborations.

The definition stands in the ontology (``sam:Collaboration``) and in docs/collaborations.md. Strength is the number of things
shared, each counted as what it counts as; things that everybody is in are counted apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from samgraf.model import Moment, Period
from samgraf.views.asking import Asked

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from samgraf.model import Collaboration
    from samgraf.store.collaborations import CollaborationTable

QUERY = "collaborators-of-actor"


class Shared(NamedTuple):
    """A thing that two actors are in together, and the pairs of rows by which they are."""

    root: str
    pairs: tuple[tuple[Collaboration, Collaboration], ...]

    @property
    def everybody(self) -> bool:
        """Whether all of a kind are in it."""
        return self.pairs[0][0].everybody

    def since(self) -> Moment | None:
        """Give from when both were in it, as far as it is known of any pair."""
        starts = [_later(one.effective.start, other.effective.start) for one, other in self.pairs]
        return min((s for s in starts if s), key=lambda m: (m.earliest, m.latest), default=None)

    def known(self) -> Moment | None:
        """Give since when both are known to be in it: from the start, or where none is told since a document spoke of it."""
        starts = [_later(*(row.effective.start or row.attested for row in pair)) for pair in self.pairs]
        return min((s for s in starts if s), key=lambda m: (m.earliest, m.latest), default=None)

    def until(self) -> Moment | None:
        """Give until when both were in it; nothing where that is not known of some pair."""
        ends = [
            min(
                (row.effective.until for row in pair if row.effective.until),
                key=lambda m: m.latest or "9999",
                default=None,
            )
            for pair in self.pairs
        ]
        return max((e for e in ends if e), key=lambda m: m.latest or "9999") if all(ends) else None

    def last(self) -> Moment | None:
        """Give when a document last spoke of both in it."""
        days = [
            min((row.attested for row in pair if row.attested), key=lambda m: m.latest, default=None)
            for pair in self.pairs
        ]
        return max((d for d in days if d), key=lambda m: m.latest, default=None)

    def claims(self) -> list[str]:
        """Give the claims by which both are in it."""
        return [claim for pair in self.pairs for row in pair for claim in row.claims]


def _later(one: Moment | None, other: Moment | None) -> Moment | None:
    """Give the later of two moments; nothing where one is not known."""
    return max(one, other, key=lambda m: (m.earliest, m.latest)) if one and other else None


def partners(table: CollaborationTable, actor: str, day: str | None = None) -> dict[str, list[Shared]]:
    """Give, for each actor that collaborates with this one, what they share; with ``day``, what both held then, or may have."""

    def held(rows: Iterable[Collaboration]) -> list[Collaboration]:
        return [row for row in rows if row.collaborates and (day is None or row.may_hold(day))]

    mine: dict[str, list[Collaboration]] = {}
    for row in held(table.of_actor(actor)):
        mine.setdefault(row.root, []).append(row)
    near = table.belonging(actor) | {actor}
    met: dict[tuple[str, str], list[tuple[Collaboration, Collaboration]]] = {}
    for other in held(table.of_roots(mine)):
        if other.actor not in near:
            met.setdefault((other.actor, other.root), []).extend(
                (own, other) for own in mine[other.root] if own.overlaps(other)
            )
    found: dict[str, list[Shared]] = {}
    for (partner, root), pairs in sorted(met.items()):
        if pairs:
            found.setdefault(partner, []).append(Shared(root, tuple(pairs)))
    return found


def collaborators(name: str, **options: str | None) -> dict[str, Any]:
    """Tell who the actor with this name collaborates with, on what, how often and since when.

    The most things shared come first. Options and errors are those of `samgraf.views.collaborations.initiatives`.
    """
    return reply_about(Asked(name, **options))


def reply_about(asked: Asked) -> dict[str, Any]:
    """Give the whole reply to who someone collaborates with."""
    found = partners(asked.table, asked.actor, asked.as_of)
    asked.learn({*found, *(shared.root for things in found.values() for shared in things)})
    places = asked.table.places({c for things in found.values() for shared in things for c in shared.claims()})
    answers = [_answer(partner, things, asked, places) for partner, things in found.items()]
    answers.sort(key=lambda a: (-a["count"], -a["everybody"], a["label"].casefold()))
    alone = sum(not answer["count"] for answer in answers)
    summary = {"answers": len(answers), "everybody": alone, "things": len({s.root for t in found.values() for s in t})}
    message = _message(answers, summary, asked) if answers else _nobody(asked)
    return asked.reply(QUERY, answers, message, summary)


def _nobody(asked: Asked) -> str:
    """Say that there is nobody, and who counts instead: whom it stands for, or who is in things through it."""
    said = [asked.say("collaborations.none.collaborators", asked.label, asked.on_day())]
    near = [n for n in sorted(asked.table.belonging(asked.actor)) if partners(asked.table, n, asked.as_of)]
    if near:
        asked.learn(near)
        said.append(asked.say("collaborations.try", asked.label, asked.listed(sorted(asked.labels(near)))))
    return " ".join(said)


def _answer(partner: str, things: Sequence[Shared], asked: Asked, places: dict[str, list[Any]]) -> dict[str, Any]:
    own = [shared for shared in things if not shared.everybody]
    counted = own or things
    since = min((m for s in counted if (m := s.known())), key=lambda m: (m.earliest, m.latest), default=None)
    last = max((m for s in counted if (m := s.last())), key=lambda m: m.latest, default=None)
    shared = [_shared(thing, asked) for thing in sorted(things, key=lambda s: (s.everybody, *asked.labels([s.root])))]
    states = [thing["state"] for thing in shared]
    answer = {
        **asked.named(partner),
        "count": len(own),
        "everybody": len(things) - len(own),
        "modality": counted[0].pairs[0][0].modality,
        "state": next(state for state in ("held", "last-attested", "not-begun", "ended") if state in states),
        "shared": shared,
        "evidence": asked.passages((claim for thing in things for claim in thing.claims()), places),
    }
    if since:
        answer["since"] = since.edtf
    if last:
        answer["attested"] = last.edtf
    return answer


def _shared(thing: Shared, asked: Asked) -> dict[str, Any]:
    named = asked.named(thing.root)
    bases = {row.effective.basis for pair in thing.pairs for row in pair}
    basis = next(b for b in ("stated", "inherited", "attested", "") if b in bases)
    return {
        **{key: named[key] for key in ("label", "iri", "type") if key in named},
        "everybody": thing.everybody,
        **asked.time(Period(thing.since(), thing.until(), basis), thing.last()),
    }


def _message(answers: list[dict[str, Any]], summary: dict[str, Any], asked: Asked) -> str:
    say = asked.say
    close = summary["answers"] - summary["everybody"]
    said = []
    if close:
        said.append(say.count("collaborations.with", close, asked.label, asked.on_day()))
        top = [a["label"] for a in answers if a["count"] == answers[0]["count"]]
        if len(top) <= 3:
            said.append(say.count("collaborations.most", answers[0]["count"], asked.listed(top)))
    if summary["everybody"]:
        said.append(
            say.count(
                "collaborations.everybody" if close else "collaborations.only everybody",
                summary["everybody"],
                asked.label,
                asked.on_day(),
            )
        )
    return " ".join(said)
