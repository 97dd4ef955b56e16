"""The contract of a store: what it answers is what the embedded store answers, or a StoreError that names the reason."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from samgraf.errors import SamgrafError
from samgraf.library import bind, find, queries
from samgraf.library.resolving import resolver

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import samgraf

SAME, REFUSED, DIFFERENT = "same", "refused", "different"


class Verdict(NamedTuple):
    """How an answer compares: ``why`` is the reason of a refusal, or how the answers differ."""

    what: str
    kind: str
    why: str = ""


class Trial(NamedTuple):
    """One thing to ask: ``ask`` gives of a graph something that can be compared."""

    what: str
    ask: Callable[[samgraf.Graph], object]


def query(name: str, values: Mapping[str, str]) -> Trial:
    """Make a named query's trial: its rows, term for term, in order."""

    def ask(graph: samgraf.Graph) -> object:
        rows = graph.reader.select(bind(find(name), values, resolver(graph.reader)))
        return rows.columns, [[None if term is None else str(term) for term in row] for row in rows.rows]

    return Trial(f"{name} {json.dumps(values, ensure_ascii=False)}", ask)


def question(text: str) -> Trial:
    """Make a question's trial: the whole reply."""
    return Trial(text, lambda graph: json.loads(json.dumps(dict(graph.ask(text)))))


def plausible(graph: samgraf.Graph) -> list[Trial]:
    """Give trials of every named query: with what it must be told, and with days and a language besides."""
    rows = graph.reader.select(
        "SELECT ?s WHERE { ?c rdf:subject|rdf:object ?s . ?s sam:primaryType ?t }"
        " GROUP BY ?s ORDER BY DESC(COUNT(?c)) ?s LIMIT 2"
    ).rows
    busiest = [str(row[0]) for row in rows]
    by_type = {"date": "2021-06-01", "class": "Organization", "number": "2"}
    trials = []
    for one in queries():
        needed = [p for p in one.parameters if p.required]
        entities = iter(busiest)
        values = {p.name: next(entities) if p.type == "entity" else by_type[p.type] for p in needed}
        trials.append(query(one.name, values))
        more = {p.name: by_type["date"] for p in one.parameters if p.type == "date" and p.name != "until"}
        trials.append(query(one.name, {**values, **more, "lang": "en"}))
    return trials


def answers(trials: Iterable[Trial], graph: samgraf.Graph) -> list[object]:
    """Give what a graph answers, trial by trial."""
    return [trial.ask(graph) for trial in trials]


def held(trials: Iterable[Trial], expected: Iterable[object], graph: samgraf.Graph) -> list[Verdict]:
    """Hold what a graph answers against what is expected, trial by trial."""
    return [_held(trial, wanted, graph) for trial, wanted in zip(trials, expected, strict=True)]


def _held(trial: Trial, expected: object, graph: samgraf.Graph) -> Verdict:
    try:
        given = trial.ask(graph)
    except SamgrafError as error:
        return Verdict(trial.what, REFUSED, str(error))
    if given == expected:
        return Verdict(trial.what, SAME)
    return Verdict(trial.what, DIFFERENT, _difference(expected, given))


def _difference(expected: object, given: object) -> str:
    pairs = [json.dumps(value, ensure_ascii=False, sort_keys=True) for value in (expected, given)]
    place = next((i for i, (a, b) in enumerate(zip(*pairs, strict=False)) if a != b), min(map(len, pairs)))
    begin = max(0, place - 60)
    return " is not ".join(text[begin : place + 60] for text in pairs)
