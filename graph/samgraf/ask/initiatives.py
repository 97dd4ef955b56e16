"""The initiatives that an actor is involved in: the library's query, given as a reply with how, role, period and evidence.

This is asked often and from other programs, so it takes the shortest way: no question is read, and one query gives the
involvements and another the passages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from samgraf.ask.reply import Answer, QueryText, Reply, evidence_of, show_date
from samgraf.library.binding import bind
from samgraf.library.listing import find
from samgraf.library.resolving import resolver
from samgraf.namespaces import local_name
from samgraf.store.embedded import EmbeddedStore
from samgraf.store.names import Names
from samgraf.store.opening import open_store, snapshot_folder

if TYPE_CHECKING:
    from collections.abc import Iterable

    from samgraf.ask.reply import Evidence
    from samgraf.store.base import GraphStore, Term

QUERY = "initiatives-of-actor"

# the nearest way first; a member's way is named by what it is a member of
_WAYS = ("direct", "representation", "ownUnit", "member", "part", "group")
_WORDS = {
    "da": {
        "direct": "direkte",
        "representation": "ved en repræsentant",
        "ownUnit": "gennem en enhed",
        "part": "gennem en del",
        "member": "som medlem",
        "group": "gennem en gruppe",
        "Cluster": "gennem en klynge",
        "Circle": "gennem en cirkel",
        "Alliance": "gennem en alliance",
        "Body": "gennem et organ",
    },
    "en": {
        "direct": "directly",
        "representation": "through a representative",
        "ownUnit": "through its own unit",
        "part": "through a part",
        "member": "as a member",
        "group": "through a group",
        "Cluster": "through a cluster",
        "Circle": "through a circle",
        "Alliance": "through an alliance",
        "Body": "through a body",
    },
}
_OF_TYPE = ("Cluster", "Circle", "Alliance", "Body")


class _Involvement:
    """What the query's rows say of one initiative, in the nearest way that there is."""

    def __init__(self, iri: str, label: str, way: str) -> None:
        self.iri = iri
        self.label = label
        self.way = way
        self.via: dict[str, str] = {}
        self.roles: dict[str, None] = {}
        self.periods: dict[str, None] = {}
        self.claims: dict[str, None] = {}


class _Entity:
    """An entity's names, as the index has them."""

    def __init__(self, types: str, da: str, en: str) -> None:
        self.types = tuple(types.split())
        self.da = da
        self.en = en
        self.names: list[str] = []


def initiatives(
    name: str,
    *,
    lang: str | None = None,
    as_of: str | None = None,
    workspace: str | None = None,
    store: str | None = None,
) -> Reply:
    """Tell which initiatives the actor with this name, id or IRI is involved in, as of a day ``YYYY-MM-DD`` if given.

    One answer an initiative, with the nearest way of being involved: those it is in itself first. Names are looked up in the
    workspace's snapshot also when ``store`` (an endpoint) is asked. Raises UnknownNameError with suggestions, UsageError for
    a name that several bear, DataError when the workspace is not valid, StoreError when the endpoint does not answer.
    """
    folder = snapshot_folder(workspace)
    graph: GraphStore = open_store(workspace, store) if store else EmbeddedStore.open(folder)
    actor = resolver(graph if isinstance(graph, EmbeddedStore) else EmbeddedStore(ox.Store(), folder))(name)
    return involving(actor, name, graph, folder, lang or "da", as_of, workspace)


def involving(
    actor: str, name: str, graph: GraphStore, folder: str, language: str, as_of: str | None, workspace: str | None
) -> Reply:
    """Tell which initiatives the actor with this IRI, asked for by ``name``, is involved in."""
    values = {"actor": f"<{actor}>", "lang": language, **({"asOf": as_of} if as_of else {})}
    named = find(QUERY, workspace)
    query = bind(named._replace(text=_body(named.text)), values, lambda _: actor)
    found = _gather(graph.select(query).rows, language)
    passages = evidence_of(graph, [c for i in found for c in i.claims])
    entities = _entities(Names(folder), {actor, *(i.iri for i in found), *(v for i in found for v in i.via)})
    answers = [_answer(i, entities, passages, language) for i in sorted(found, key=lambda i: _order(i, entities))]
    label = _label(entities.get(actor), actor, language)
    return Reply(
        question=f"Which initiatives involve {label}?" if language == "en" else f"Hvilke initiativer er {label} med i?",
        lang=language,
        answered=bool(answers),
        query=QueryText(sparql=query, name=QUERY),
        answers=answers,
        message=_sentence(label, answers, as_of, language)
        if answers
        else _nothing(label, entities.get(actor), as_of, language),
        understood=_understood(name, label, entities.get(actor), as_of, language),
    )


def _body(text: str) -> str:
    """Give a query file's SPARQL without the header that describes it."""
    lines = text.split("\n")
    start = next((n for n, line in enumerate(lines) if line.strip() and not line.startswith("#")), 0)
    return "\n".join(lines[start:]).rstrip()


def _gather(rows: Iterable[tuple[Term | None, ...]], language: str) -> list[_Involvement]:
    """Put the rows of each initiative together, keeping the nearest way only."""
    found: dict[str, _Involvement] = {}
    for initiative, label, how, _, via, via_label, _, role, start, end, _, claims in rows:
        iri, way = _text(initiative), local_name(_text(how))
        known = found.get(iri)
        if known is None or _rank(way) < _rank(known.way):
            found[iri] = known = _Involvement(iri, _text(label) or local_name(iri), way)
        if way != known.way:
            continue
        known.claims.update(dict.fromkeys(_text(claims).split()))
        if via is not None:
            known.via[_text(via)] = _text(via_label) or local_name(_text(via))
        if role is not None:
            known.roles[_text(role)] = None
        if start is not None or end is not None:
            known.periods[show_period(_text(start), _text(end), language)] = None
    return list(found.values())


def _text(term: Term | None) -> str:
    return term.value if isinstance(term, (ox.NamedNode, ox.Literal)) else ""


def _rank(way: str) -> int:
    return _WAYS.index(way) if way in _WAYS else len(_WAYS)


def _order(found: _Involvement, entities: dict[str, _Entity]) -> tuple[int, bool, list[tuple[int, str]]]:
    """Put the nearest way first, initiatives before agreements, 'Initiativ 9' before 'Initiativ 10'."""
    entity = entities.get(found.iri)
    agreement = entity is not None and entity.types[:1] == ("Agreement",)
    words = [(int(w), "") if w.isdecimal() else (-1, w) for w in found.label.casefold().replace(":", " ").split()]
    return _rank(found.way), agreement, words


def show_period(start: str, end: str, language: str) -> str:
    """Write a period of two EDTF dates, either of which may be empty, as people do.

    >>> show_period("2018", "", "da"), show_period("", "2021-03", "en"), show_period("2021", "2022", "da")
    ('fra 2018', 'until March 2021', '2021–2022')
    """
    if start and end:
        first, last = show_date(start, language), show_date(end, language)
        return first if first == last else f"{first}–{last}" if " " not in first + last else f"{first} – {last}"
    if start:
        return f"{'from' if language == 'en' else 'fra'} {show_date(start, language)}"
    return f"{'until' if language == 'en' else 'til'} {show_date(end, language)}"


def _entities(names: Names, iris: Iterable[str]) -> dict[str, _Entity]:
    """Give labels, types and other names of these entities; those that the index does not have are left out."""
    found: dict[str, _Entity] = {}
    wanted = sorted(set(iris))
    for at in range(0, len(wanted), 500):
        part = wanted[at : at + 500]
        rows = names.db.execute(
            "SELECT e.iri, e.types, e.da, e.en, n.text FROM entity e JOIN name n ON n.entity = e.id"
            f" WHERE e.iri IN ({','.join('?' * len(part))}) ORDER BY e.iri, n.kind, n.text",
            part,
        )
        for iri, types, da, en, text in rows:
            found.setdefault(iri, _Entity(types, da, en)).names.append(text)
    return found


def _label(entity: _Entity | None, iri: str, language: str) -> str:
    if entity is None:
        return local_name(iri)
    return entity.en if language == "en" else entity.da


def _answer(
    found: _Involvement, entities: dict[str, _Entity], passages: dict[str, list[Evidence]], language: str
) -> Answer:
    entity = entities.get(found.iri)
    names = [entity.da, entity.en, *entity.names] if entity else []
    answer = Answer(
        label=found.label,
        iri=found.iri,
        aliases=[n for n in dict.fromkeys(names) if n != found.label],
        how=_how(found, entities, language),
        evidence=[],
    )
    if entity:
        answer["type"] = entity.types[0]
    if found.via:
        parts = [label for iri, label in found.via.items() if iri in entities and "Initiative" in entities[iri].types]
        answer["via"] = (found.way == "part" and parts) or list(found.via.values())
    if found.roles:
        answer["role"] = ", ".join(found.roles)
    if found.periods:
        answer["period"] = ", ".join(found.periods)
    for claim in found.claims:
        answer["evidence"] += [p for p in passages.get(claim, []) if p not in answer["evidence"]]
    return answer


def _how(found: _Involvement, entities: dict[str, _Entity], language: str) -> str:
    """Say the way in words; of a member, what kind of body it is a member of, when there is only one kind."""
    key = found.way
    if key == "member":
        kinds = {t for iri in found.via if iri in entities for t in entities[iri].types if t in _OF_TYPE}
        key = kinds.pop() if len(kinds) == 1 else key
    return _WORDS[language].get(key, key)


def _sentence(label: str, answers: list[Answer], as_of: str | None, language: str) -> str:
    """Sum up in one sentence: how many, and how many in each way."""
    ways: dict[str, int] = {}
    for answer in answers:
        ways[answer["how"]] = ways.get(answer["how"], 0) + 1
    english = language == "en"
    count = len(answers)
    noun = ("initiative" if english else "initiativ") if count == 1 else ("initiatives" if english else "initiativer")
    said = [f"{n} {how}" for how, n in ways.items()] if len(ways) > 1 else list(ways)
    split = said[0] if len(said) == 1 else f"{', '.join(said[:-1])} {'and' if english else 'og'} {said[-1]}"
    mark = ", " if len(ways) == 1 else ": "
    day = _day(as_of, language)
    undated = sum("period" not in answer for answer in answers) if as_of else 0
    tail = ""
    if undated:
        tail = (
            f" For {undated} of them no document gives a period."
            if english
            else f" For {undated} af dem står der ingen periode."
        )
    return f"{label} {'is involved in' if english else 'er med i'} {count} {noun}{day}{mark}{split}.{tail}"


def _nothing(label: str, entity: _Entity | None, as_of: str | None, language: str) -> str:
    if entity is not None and "Initiative" in entity.types:
        own = "{} is itself an initiative; who is involved in it: samgraf show"
        return (own if language == "en" else "{} er selv et initiativ; hvem der er med i det: samgraf show").format(
            label
        )
    day = _day(as_of, language)
    if language == "en":
        return f"The documents do not say: none of them names an initiative that {label} is involved in{day}."
    return f"Det siger dokumenterne ikke: ingen af dem nævner et initiativ, som {label} er med i{day}."


def _day(as_of: str | None, language: str) -> str:
    if not as_of:
        return ""
    return f" {'on' if language == 'en' else 'pr.'} {show_date(as_of, language)}"


def _understood(name: str, label: str, entity: _Entity | None, as_of: str | None, language: str) -> list[str]:
    kind = f" ({entity.types[0]})" if entity else ""
    lines = [f"{name}: {label}{kind}", f"{'query' if language == 'en' else 'forespørgsel'}: {QUERY}"]
    return [*lines, f"{'as of' if language == 'en' else 'pr.'} {show_date(as_of, language)}"] if as_of else lines
