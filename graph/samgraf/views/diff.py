"""What is new between two states of a graph: claims added, changed, ended, superseded and removed, and whom they concern.

A state is the graph of a workspace, or that graph as its documents had it on a day: what documents of that day and before say.
A claim is the same in both where subject, relation and object are; what it says of role, period and modality may change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from samgraf.library.claimlines import Lines
from samgraf.model.text import FIRST, Text
from samgraf.rdf.reading import read_claims, read_entities, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from samgraf.model import Claim, Entity
    from samgraf.rdf.port import GraphStore
    from samgraf.vocabulary.terms import Vocabulary

Key = tuple[str, str, str]
KINDS = ADDED, CHANGED, ENDED, SUPERSEDED, REMOVED = ("added", "changed", "ended", "superseded", "removed")
_ENDED = "ended"
_SUBJECT = "subject"


class State(NamedTuple):
    """The asserted claims of a graph, all or those known on ``day`` (ISO), with the entities and words to tell them."""

    claims: list[Claim]
    entities: Mapping[str, Entity]
    vocabulary: Vocabulary
    day: str | None = None

    def on(self, day: str) -> State:
        """Give what the documents of that day and before say. Background is always known."""
        known = [c for c in self.claims if c.attested is None or (c.attested.latest or day) <= day]
        return self._replace(claims=known, day=day)

    def ended(self, claim: Claim) -> bool:
        """Tell whether a claim has ended: by the day, or without one, whether it says until when it holds.

        What is of one moment has happened, and does not end.
        """
        held = claim.effective
        if held.start is not None and held.start == held.until:
            return False
        return claim.state(self.day) == _ENDED if self.day else claim.until is not None

    def superseded(self) -> frozenset[str]:
        """Give the ids of the claims whose place another claim that is known here takes."""
        known = {c.id for c in self.claims}
        return frozenset(c.id for c in self.claims if not known.isdisjoint(c.superseded_by))


class Change(NamedTuple):
    """One change: what kind, the claim as it is now (or was), and, where it was there before, as it was."""

    kind: str
    claim: Claim
    before: Claim | None = None

    def fields(self) -> list[str]:
        """Give the names of what is not as it was."""
        return [] if self.before is None else [n for n in _MARKS if getattr(self.claim, n) != getattr(self.before, n)]


_MARKS = ("role", "start", "until", "modality", "on_behalf_of", "unit")
"""What of a claim may change without its being another."""


def state(store: GraphStore) -> State:
    """Give the state of a graph as it is."""
    claims = [c for c in read_claims(store) if not c.derived]
    return State(claims, {entity.id: entity for entity in read_entities(store)}, vocabulary(store))


def _key(claim: Claim) -> Key:
    """Give what makes a claim the same one: its ends and relation; of a figure, also what is counted."""
    value = claim.value.within(FIRST) if isinstance(claim.value, Text) else claim.value
    counted = claim.measure.within(FIRST) if claim.measure else ""
    return claim.subject, claim.predicate, claim.object or f"{counted} {value}"


def _marks(claim: Claim) -> tuple[object, ...]:
    return tuple(getattr(claim, name) for name in _MARKS)


def changes(before: State, after: State) -> list[Change]:
    """Give what happened between two states, each kind in the order of the documents."""
    old: dict[Key, list[Claim]] = {}
    for claim in before.claims:
        old.setdefault(_key(claim), []).append(claim)
    ids = {claim.id: claim for claim in before.claims}
    taken, were = after.superseded(), before.superseded()
    found: list[Change] = []
    for claim in after.claims:
        same = ids.get(claim.id)
        others = old.get(_key(claim), [])
        if same is None and not others:
            found.append(Change(ADDED, claim))
            continue
        was = same or others[-1]
        if claim.id in taken and was.id not in were:
            found.append(Change(SUPERSEDED, claim, was))
        elif after.ended(claim) and not before.ended(was):
            found.append(Change(ENDED, claim, was))
        elif same is None and all(_marks(other) != _marks(claim) for other in others):
            found.append(Change(CHANGED, claim, was))
    there = {_key(claim) for claim in after.claims}
    found += [Change(REMOVED, claim) for claim in before.claims if _key(claim) not in there]
    return sorted(found, key=lambda change: KINDS.index(change.kind))


def actors(claim: Claim, words: Vocabulary) -> tuple[str, ...]:
    """Give the ids of the actors that a claim concerns: who it says is involved in something, and on whose behalf."""
    predicate = words.predicate(claim.predicate)
    involved = claim.subject if predicate.actor_side == _SUBJECT else claim.object
    named = (involved if predicate.involvement else None, claim.on_behalf_of)
    return tuple(dict.fromkeys(name for name in named if name))


def told(
    before: State, after: State, names: tuple[str, str], language: str, about: str | None = None
) -> dict[str, Any]:
    """Tell what is new as `samgraf diff` prints it: each change as a claim's JSON, and how many of each kind an actor has.

    ``names`` say what was compared. With ``about``, the id of an entity, only what concerns it.
    """
    words = after.vocabulary
    lines = Lines({**before.entities, **after.entities}, words, language)
    found = [c for c in changes(before, after) if about is None or about in _concerned(c.claim, words)]
    given: dict[str, list[dict[str, Any]]] = {kind: [] for kind in KINDS}
    for change in found:
        concerned = [lines.entity(name)["iri"] for name in actors(change.claim, words)]
        line = {**lines.line(change.claim, after.day), "changed": change.fields(), "actors": concerned}
        if change.before is not None:
            line["before"] = lines.line(change.before, before.day)
        given[change.kind].append(line)
    return {
        "from": names[0],
        "to": names[1],
        "lang": language,
        "about": lines.entity(about) if about else None,
        "summary": {kind: len(claims) for kind, claims in given.items()},
        **given,
        "actors": _by_actor(found, words, lines),
    }


def _concerned(claim: Claim, words: Vocabulary) -> Iterable[str]:
    return {*claim.ends(), *actors(claim, words)}


def _by_actor(found: list[Change], words: Vocabulary, lines: Lines) -> list[dict[str, Any]]:
    counts: dict[str, dict[str, int]] = {}
    for change in found:
        for name in actors(change.claim, words):
            own = counts.setdefault(name, dict.fromkeys(KINDS, 0))
            own[change.kind] += 1
    rows = [{**{k: v for k, v in lines.entity(name).items() if k != "aliases"}, **own} for name, own in counts.items()]
    return sorted(rows, key=lambda row: (-sum(int(row[kind]) for kind in KINDS), str(row["label"])))
