"""Candidates made from the graph around what a question mentions.

The unit is a *group*: a relation, a fixed end and a place that answers, with **all** its rows; the words that are left over then
narrow the rows. Everything else is made of groups by the functions of `samgraf.ask.operators`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.ask.plans import ENTITY, NUMBER, TEXT, Plan, Row, answer_at, in_whatever_way
from samgraf.ask.question import EMPTY
from samgraf.ask.scene import ABOUT, POOL
from samgraf.language.fold import stems_of
from samgraf.store.ground import BEHALF, OBJECT, ROLE, START, SUBJECT, UNTIL, VALUE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from samgraf.ask.scene import Scene
    from samgraf.model import Claim

_ROWS = 250


Key = tuple[str, str, str, str]


def _keys(claim: Claim) -> Iterator[Key]:
    p, s, o = claim.predicate, claim.subject, claim.object
    if o:
        yield p, SUBJECT, s, OBJECT
        yield p, OBJECT, o, SUBJECT
        for place, there in (
            (ROLE, claim.role),
            (BEHALF, claim.on_behalf_of),
            (START, claim.start),
            (UNTIL, claim.until),
        ):
            if there:
                yield p, SUBJECT, s, place
                yield p, OBJECT, o, place
    else:
        yield p, SUBJECT, s, VALUE
        yield p, "", "", SUBJECT
        yield p, "", "", VALUE
        if claim.start and claim.datatype != "number":
            yield p, SUBJECT, s, START


def groups(scene: Scene) -> list[Plan]:
    """Give all groups around what is mentioned, each with its rows and with the rows that the words left over leave."""
    ground = scene.ground
    keys: dict[Key, None] = dict.fromkeys(_found(scene))
    mentioned = {r.partition("/")[0] for r in (*scene.relation_words, *scene.weak)}
    anyhow = in_whatever_way(scene.ground.relations.values())
    for name in scene.named:
        about = ground.about(name)
        few = len(about) <= ABOUT
        ground.fetch(about)
        for number in about:
            claim = ground.claim(number)
            if few or claim.predicate in mentioned or claim.predicate in anyhow:
                for key in _keys(claim):
                    if key[2] == name:
                        keys[key] = None
    free = not any(kind == 0 or len(words) > 1 for words, bearers in scene.names for _, kind in bearers)
    if free:
        for number in list(scene.rank)[: POOL // 2]:
            claim = ground.claim(number)
            if claim.object and claim.predicate in mentioned:
                keys[claim.predicate, "", "", SUBJECT] = None
                keys[claim.predicate, "", "", OBJECT] = None
    ground.fetch_groups((relation, place, end) for relation, place, end, _ in keys if place)
    plans: list[Plan] = []
    for key in keys:
        plans += _of_group(scene, key)
    return plans


def _found(scene: Scene) -> Iterator[Key]:
    """Yield the groups that the likeliest claims stand in; what rules add of a thing only where it is named or asked for."""
    for claim in map(scene.ground.claim, scene.rank):
        said = not claim.derived or claim.predicate in scene.relation_words
        yield from (key for key in _keys(claim) if said or key[2] in scene.named)


def _rows(scene: Scene, key: Key) -> list[Row]:
    relation, place, end, answering = key
    ground, question = scene.ground, scene.question
    if place:
        numbers = ground.group(relation, place, end)
    else:
        numbers = [n for n in scene.rank if ground.claim(n).predicate == relation]
        if relation in scene.relation_words:
            numbers = sorted({*numbers, *ground.all_of(relation, _ROWS)})
    ground.fetch(numbers)
    known = ground.relations.get(relation)
    if known and not known.derived and any(not ground.claim(n).derived for n in numbers):
        numbers = [n for n in numbers if not ground.claim(n).derived]  # what rules add is another question's answer
    rows = []
    superseded, ahead = "original" in question.operators, "next" in question.operators
    said = {w.stem for w in question.words}
    for number in numbers[:_ROWS]:
        claim = ground.claim(number)
        answer = answer_at(claim, answering)
        if answer is None or (bool(claim.superseded_by) and not superseded):
            continue
        if superseded and not claim.superseded_by:
            continue
        if scene.as_of and not claim.may_hold(scene.as_of) and not (ahead and claim.moment):
            continue
        if answer.kind == ENTITY and scene.named.get(str(answer.key), EMPTY) - question.stop:
            continue  # what only repeats the question is no answer
        if answer.kind == TEXT and claim.datatype == "string" and set(stems_of(str(claim.value))) <= said:
            continue
        rows.append(Row((number,), answer))
    return rows


def _of_group(scene: Scene, key: Key) -> Iterator[Plan]:
    """Yield a group's plans: with and without its class, with all rows and with those that the words left over single out."""
    relation, place, end, answering = key
    rows = _rows(scene, key)
    if not rows:
        return
    ground = scene.ground
    first = ground.claim(rows[0].facts[0])
    fixed = ((place, end),) if place else ()
    base: dict[str, frozenset[int]] = {}
    if place:
        base["name"] = scene.named.get(end, EMPTY)
        base["end"] = (scene.end_words(end) | scene.beside_name(end)) - base["name"]
    if "original" in scene.question.operators:
        base["operator"] = scene.question.operators["original"]  # the rows are those that no longer hold
    relation_words = scene.relation_words.get(relation, EMPTY)
    base["relation"] = relation_words
    base["weak"] = scene.weak.get(relation, EMPTY)
    if place and base["weak"] <= base["name"]:
        base["weak"] = EMPTY  # the 'to' of a title asks for nothing
    complete = bool(place) and any(
        ground.claim(n).complete == ("subjects" if answering == SUBJECT else "objects") for r in rows for n in r.facts
    )
    for classes, class_words, kept in by_class(scene, rows):
        bound = {**base, "class": class_words}
        taken = EMPTY.union(*bound.values())
        plan = Plan("rows", (relation,), fixed, answering, (), {}, classes, complete)
        yield from _narrowed(scene, kept, taken, plan, bound, first)


def by_class(scene: Scene, rows: list[Row]) -> Iterator[tuple[tuple[str, ...], frozenset[int], list[Row]]]:
    """Yield rows as they are, and those whose answers are of a class that the question has a word for, with its words."""
    yield (), EMPTY, rows
    if rows[0].answer.kind != ENTITY:
        return
    tried = set()
    relation = scene.ground.claim(rows[0].facts[0]).predicate
    spoken = scene.relation_words.get(relation, EMPTY) | scene.weak.get(relation, EMPTY)
    doubles = EMPTY.union(*scene.relation_words.values()) if scene.relation_words else EMPTY
    for mention in scene.question.classes:
        kept = [
            r
            for r in rows
            if scene.ground.is_a(str(r.answer.key), (mention.key,))
            and (
                not mention.words & scene.question.narrow
                or mention.words & scene.question.narrow <= scene.by_stems(scene.ground.name_stems(str(r.answer.key)))
            )
        ]
        words = frozenset().union(
            *(m.words for m in scene.question.classes if m.key == mention.key and m.words & mention.words)
        )
        if words <= doubles and not spoken:
            continue  # 'members' is a class only where membership, or something else that is said, is asked for
        sign = tuple(r.answer for r in kept), words
        if kept and sign not in tried:
            tried.add(sign)
            yield (mention.key,), words, kept


def _narrowed(
    scene: Scene,
    rows: list[Row],
    taken: frozenset[int],
    plan: Plan,
    bound: dict[str, frozenset[int]],
    first: Claim,
) -> Iterator[Plan]:
    """Yield the plan with all rows and, where the words left over tell rows apart, the one with the rows that bind most of them."""

    def make(kept: list[Row], words: dict[str, frozenset[int]], narrowed: bool) -> Plan:
        whole = plan.complete and not narrowed
        return plan._replace(rows=tuple(kept), bound=words, complete=whole, narrowed=narrowed)

    left = scene.wanted - taken - scene.question.light
    each = [bound_by(scene, row, plan.place) for row in rows]
    yield make(rows, _joined(bound, each), False)
    if not left or len(rows) < 2:
        return
    weights = [_told(scene, b, left) for b in each]
    best = max(weights)
    chosen = [n for n, w in enumerate(weights) if w >= best - 1e-9]
    if best > 0 and len(chosen) < len(rows):
        yield make([rows[n] for n in chosen], _joined(bound, [each[n] for n in chosen]), True)
    known = scene.ground.relations.get(first.predicate)
    if known and known.family == "familyStatus":
        days = [known_since(scene.ground.claim(r.facts[0])) for r in rows]
        newest = [n for n, d in enumerate(days) if d == max(days)]
        if len(newest) < len(rows):
            yield make([rows[n] for n in newest], {**_joined(bound, [each[n] for n in newest])}, False)
    if rows[0].answer.kind == NUMBER and len(chosen) > 1:
        sharp = [sharpness(scene, rows[n], each[n]) for n in chosen]
        sharpest = [n for n, share in zip(chosen, sharp, strict=True) if share == max(sharp)]
        if len(sharpest) < len(chosen):
            yield make([rows[n] for n in sharpest], _joined(bound, [each[n] for n in sharpest]), True)
    counted = [n for n, b in enumerate(each) if scene.question.counted and scene.question.counted <= b["own"]]
    if rows[0].answer.kind == NUMBER and counted:
        best = max(weights[n] for n in counted)
        told = [n for n in counted if weights[n] >= best - 1e-9]
        if told != chosen:
            yield make([rows[n] for n in told], _joined(bound, [each[n] for n in told]), True)
    full = [
        n
        for n, b in enumerate(each)
        if left & scene.date_words and (left & scene.date_words) <= EMPTY.union(*b.values())
    ]
    if full and len(full) < len(rows) and full != chosen:
        yield make([rows[n] for n in full], _joined(bound, [each[n] for n in full]), True)


def _told(scene: Scene, bound: dict[str, frozenset[int]], left: frozenset[int]) -> float:
    """Give how much of what is left a row binds; what only stands beside its claim, in the heading or the note, counts half."""
    own = EMPTY.union(*(words for kind, words in bound.items() if kind != "beside")) & left
    return scene.weight(own) + scene.weight((bound["beside"] - own) & left) / 2


def known_since(claim: Claim) -> str:
    """Give the day from which a claim is told: its own, else its document's."""
    moment = claim.start or claim.attested
    return moment.earliest if moment else ""


def sharpness(scene: Scene, row: Row, bound: dict[str, frozenset[int]]) -> float:
    """Give how much of what a figure measures the question says: 'all places' is not 'the free places of one town'."""
    stems = scene.ground.own(row.facts[0])
    said = {s for n in bound["own"] for s in (scene.question.words[n].stem, scene.question.words[n].same)}
    return len(stems & said) / max(1, len(stems))


def bound_by(scene: Scene, row: Row, answering: str) -> dict[str, frozenset[int]]:
    """Give the words that one row binds: by its claim's words and dates, and by the names of its other ends."""
    own: frozenset[int] = EMPTY
    answer: frozenset[int] = EMPTY
    other: frozenset[int] = EMPTY
    beside: frozenset[int] = EMPTY
    mentioned: frozenset[int] = EMPTY
    for number in row.facts:
        claim = scene.ground.claim(number)
        own |= scene.claim_words(number)
        beside |= scene.beside_words(number)
        mentioned |= scene.mentioned(claim)
        mentioned |= scene.named.get(claim.document, EMPTY) | scene.beside_name(
            claim.document
        )  # 'according to the letter'
        if claim.on_behalf_of:
            mentioned |= scene.relation_words.get("onBehalfOf", EMPTY)
        for end in (claim.subject, claim.object):
            if end and not (row.answer.kind == ENTITY and end == row.answer.key):
                other |= scene.end_words(end)
    if row.answer.kind == ENTITY:
        answer = scene.end_words(str(row.answer.key))
    other |= scene.within_words(
        str(row.answer.key) if row.answer.kind == ENTITY else scene.ground.claim(row.facts[0]).subject
    )
    if answering in (START, UNTIL):
        own -= scene.date_words
    if row.answer.kind == NUMBER:
        value = f"{row.answer.key:g}" if isinstance(row.answer.key, int | float) else ""
        own = frozenset(n for n in own if scene.question.words[n].folded != value)
    return {"own": own, "answer": answer, "other": other, "beside": beside, "said": mentioned}


def told_by(scene: Scene, rows: Iterable[Row]) -> frozenset[int]:
    """Give the words that stand in a passage of every row."""
    each = [EMPTY.union(*(scene.told_words(n) for n in row.facts)) for row in rows]
    return frozenset.intersection(*each) if each else EMPTY


def _joined(bound: dict[str, frozenset[int]], each: list[dict[str, frozenset[int]]]) -> dict[str, frozenset[int]]:
    """Give what is bound by every row, and beside it (as ``some``) what only some rows bind."""
    joined = dict(bound)
    for kind in each[0]:
        every = frozenset.intersection(*(b[kind] for b in each))
        joined[kind] = every
    joined["some"] = EMPTY.union(*(w for b in each for w in b.values()))
    return joined
