"""Who is involved in what: the table of collaborations, in order, as ``samgraf initiatives`` and ``samgraf meetings`` give it.

Nothing is counted here that the table does not hold. One answer is one thing, with the nearest way of being involved in it; parts
stand after their whole. This is asked often and from other programs, so it reads the snapshot's index and opens no store.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.model import Period
from samgraf.views.asking import Asked

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from samgraf.model import Collaboration, Moment
    from samgraf.store.collaborations import CollaborationTable

INITIATIVES, MEETINGS = "initiatives", "meetings"
QUERIES = {INITIATIVES: "initiatives-of-actor", MEETINGS: "meetings-of-actor"}
_MODALITIES = ("stated", "expected", "proposed")
_STATES = ("held", "last-attested", "not-begun", "ended")


def initiatives(name: str, **options: str | None) -> dict[str, Any]:
    """Tell which initiatives, alliances and agreements the actor with this name, id or IRI is involved in.

    Options: ``lang``, ``as_of`` (a day ``YYYY-MM-DD``: only what held then, or may have), ``workspace``, ``store`` (an endpoint;
    names are looked up in the workspace's snapshot all the same), ``folder`` (of a snapshot that is open). Raises
    UnknownNameError with suggestions, UsageError for a name that several bear, DataError when the workspace is not valid,
    StoreError when the endpoint does not answer.
    """
    return involvements(INITIATIVES, Asked(name, **options))


def meetings(name: str, **options: str | None) -> dict[str, Any]:
    """Tell which bodies and meetings the actor with this name is involved in, in what capacity; as `initiatives` else."""
    return involvements(MEETINGS, Asked(name, **options))


def involvements(listing: str, asked: Asked) -> dict[str, Any]:
    """Give what an actor is involved in of the kinds that a listing shows: one answer a thing, its whole before its parts."""
    table, language = asked.table, asked.language
    kinds, ways, involved = (table.terms(family) for family in ("kind", "how", "involvement"))
    rows = asked.holding(row for row in table.of_actor(asked.actor) if kinds[row.kind].note == listing)
    by_thing: dict[str, list[Collaboration]] = {}
    for row in rows:
        by_thing.setdefault(row.thing, []).append(row)
    asked.learn(
        {*by_thing, *(v for r in rows for v in r.via), *(r.role for r in rows if r.role), *(r.root for r in rows)}
    )
    places = table.places({claim for row in rows for claim in row.claims})
    wholes = _wholes(by_thing, table)

    def place(row: Collaboration) -> tuple[bool, int, int, int]:
        """Put what is collaboration before what is not, facts before plans, the nearest way first."""
        way, kind = ways[row.how].place, involved[row.involvement].place
        return not row.collaborates, _MODALITIES.index(row.modality), way, kind

    found: dict[str, tuple[Collaboration, dict[str, Any]]] = {}
    for thing, mine in by_thing.items():
        mine.sort(key=lambda row: (*place(row), _STATES.index(row.state(asked.day)), row.id))
        first = mine[0]
        near = [row for row in mine if place(row) == place(first)]
        period, attested = _together(near)
        via = asked.labels(v for row in near for v in row.via)
        kind = involved[first.involvement].label.within(language)
        also = [
            involved[row.involvement].label.within(language) for row in mine if row.involvement != first.involvement
        ]
        answer = {
            **asked.named(thing),
            "kind": kinds[first.kind].label.within(language),
            "involvement": kind,
            "collaborates": first.collaborates,
            "how": _way(first, near, asked, ways[first.how].label.within(language)),
            "modality": first.modality,
            **asked.time(period, attested),
            "evidence": asked.passages((claim for row in near for claim in row.claims), places),
        }
        if via:
            answer["via"] = via
        if roles := asked.labels(row.role for row in near if row.role):
            answer["role"] = ", ".join(roles)
        if also:
            answer["also"] = list(dict.fromkeys(also))
        if thing in wholes:
            whole = asked.named(wholes[thing])
            answer["partOf"] = {"iri": whole["iri"], "label": whole["label"]}
        found[thing] = first, answer

    def order(thing: str) -> tuple[Any, ...]:
        first, answer = found[thing]
        own = (not first.collaborates, kinds[first.kind].place, _natural(answer["label"]))
        chain, seen = [own], {thing}
        while (above := wholes.get(thing)) and above not in seen:
            thing = above
            seen.add(thing)
            top, over = found[thing]
            chain.insert(0, (not top.collaborates, kinds[top.kind].place, _natural(over["label"])))
        return tuple(chain)

    ordered = [found[thing][1] for thing in sorted(found, key=order)]
    summary = _summary([found[t] for t in sorted(found, key=order)], wholes, asked, kinds, involved)
    message = (
        _message(summary, asked)
        if ordered
        else asked.say(f"collaborations.none.{listing}", asked.label, asked.on_day())
    )
    return asked.reply(QUERIES[listing], ordered, message, summary)


def _wholes(things: Iterable[str], table: CollaborationTable) -> dict[str, str]:
    """Give, for each thing, the nearest of these things that it counts with."""
    known, above = set(things), {}
    waiting = set(known)
    while waiting:
        step = table.standing(waiting)
        above.update(step)
        waiting = {whole for whole in step.values() if whole not in above}
    found = {}
    for thing in known:
        whole, seen = above.get(thing), {thing}
        while whole and whole not in known and whole not in seen:
            seen.add(whole)
            whole = above.get(whole)
        if whole in known and whole not in seen:
            found[thing] = whole
    return found


def _together(rows: Sequence[Collaboration]) -> tuple[Period, Moment | None]:
    """Give the period from the first beginning to the last end of rows that say the same, and when it was last spoken of."""
    starts, ends = [r.effective.start for r in rows], [r.effective.until for r in rows]
    start = min((s for s in starts if s), key=lambda s: (s.earliest, s.latest), default=None) if all(starts) else None
    until = (
        max((e for e in ends if e), key=lambda e: (e.latest or "9999", e.earliest), default=None) if all(ends) else None
    )
    days = [row.attested for row in rows if row.attested]
    basis = min((r.effective.basis for r in rows), key=("stated", "inherited", "attested", "").index)
    return Period(start, until, basis), max(days, key=lambda d: (d.latest, d.earliest), default=None)


def _way(first: Collaboration, near: Sequence[Collaboration], asked: Asked, label: str) -> str:
    """Say the way in words; of a member, what kind of body it is a member of, when there is only one kind."""
    kinds = {asked.entity(name).type for row in near for name in row.via}
    return asked.say.get(f"collaborations.through.{first.how}.{kinds.pop()}", label) if len(kinds) == 1 else label


def _natural(label: str) -> list[tuple[int, str]]:
    """Put 'Initiativ 9' before 'Initiativ 10'."""
    words = label.casefold().replace(":", " ").split()
    return [(int(word), "") if word.isdecimal() else (-1, word) for word in words]


def _summary(
    found: list[tuple[Collaboration, dict[str, Any]]], wholes: dict[str, str], asked: Asked, kinds: Any, involved: Any
) -> dict[str, Any]:
    """Count the answers: those that are collaboration by kind, with their parts, the others by kind of involvement."""
    classes = asked.table.terms("class")
    groups: dict[str, list[Collaboration]] = {}
    others: dict[str, int] = {}
    planned = 0
    for row, _ in found:
        if row.collaborates:
            groups.setdefault(row.kind, []).append(row)
        elif row.modality != _MODALITIES[0]:
            planned += 1
        else:
            others[row.involvement] = others.get(row.involvement, 0) + 1
    counted = []
    for kind in sorted(groups, key=lambda k: kinds[k].place):
        rows = groups[kind]
        parts = sum(row.thing in wholes for row in rows)
        types = {asked.entity(row.thing).type for row in rows}
        term = classes.get(types.pop(), kinds[kind]) if len(types) == 1 else kinds[kind]
        number = len(rows) - parts
        label = (term.label if number == 1 else term.plural).within(asked.language).casefold()
        counted.append({"kind": kind, "label": label, "count": number, "parts": parts})
    states: dict[str, int] = {}
    for _, answer in found:
        states[answer["state"]] = states.get(answer["state"], 0) + 1
    return {
        "answers": len(found),
        "kinds": counted,
        "others": [
            {"involvement": name, "label": involved[name].label.within(asked.language), "count": others[name]}
            for name in sorted(others, key=lambda name: involved[name].place)
        ],
        "planned": planned,
        "states": {state: states[state] for state in _STATES if state in states},
    }


def _message(summary: dict[str, Any], asked: Asked) -> str:
    """Sum up in a few sentences: how many of each kind, with how many parts; what else; and how it stood on the day asked for."""
    say, said = asked.say, []
    parts = []
    for group in summary["kinds"]:
        text = f"{group['count']} {group['label']}"
        parts.append(say.count("collaborations.parts", group["parts"], text) if group["parts"] else text)
    if parts:
        said.append(say("collaborations.in", asked.label, asked.listed(parts), asked.on_day()))
    others = sum(group["count"] for group in summary["others"])
    if others:
        listed = asked.listed([f"{group['label']} {group['count']}" for group in summary["others"]])
        said.append(
            say.count("collaborations.others" if parts else "collaborations.only others", others, asked.label, listed)
        )
    if summary["planned"]:
        said.append(say.count("collaborations.planned", summary["planned"], asked.label))
    last = summary["states"].get(_STATES[1], 0)
    if asked.as_of and last:
        said.append(say.count("collaborations.last attested", last))
    return " ".join(said)
