"""Intents: every library query answers the questions that its header gives as examples, and those that differ in names only.

An example is read as a question is: its names are places for parameters, and so are its classes where the query has parameters
for classes; what is left are the words that it takes. A question that has exactly these words, and a name for each parameter, is
answered by the query; nothing of this stands in code, so a new file with examples is a new kind of question.
"""

from __future__ import annotations

from binascii import crc32
from typing import TYPE_CHECKING, NamedTuple

from samgraf.ask.mentions import read

if TYPE_CHECKING:
    from collections.abc import Iterable

    from samgraf.ask.question import Mention, Question
    from samgraf.library.header import NamedQuery, Parameter
    from samgraf.store.ground import Ground

_OPTIONAL_LANGUAGE = "lang"
_AS_OF = "asOf"
_MOST = 6
_PLACE = "$"
_KIND = "#"
_WHOLE = "both"
"""What the moment of an event gives of its life span."""
_FORMAT = "3"


class Intent(NamedTuple):
    """A library query with its arguments: names of entities, days, words."""

    query: NamedQuery
    values: dict[str, str]
    score: float
    exact: bool = False
    """Whether the question is an example of the header but for its names and dates."""


def intents(question: Question, ground: Ground, workspace: str | None = None, *, least: float = 0.01) -> list[Intent]:
    """Give the library queries that a question may be sent to, the nearest first; a score of 1 is a question of its header."""
    own, frames = _signature(question), (_frame(question), _frame(question, _kinds(question)))
    best: dict[str, float] = {}
    exact: set[str] = set()
    for name, language, words, asked, around in examples(ground, workspace):
        if language == question.language:
            best[name] = max(best.get(name, 0.0), _likeness(own, (frozenset(words), asked)))
            if around == frames[_KIND in around]:
                exact.add(name)
                best[name] = 1.0
    likely = sorted((name for name, score in best.items() if score >= least), key=lambda name: (-best[name], name))[
        :_MOST
    ]
    if not likely:
        return []
    from samgraf.library.listing import find

    found = []
    for name in likely:
        query = find(name, workspace)
        values = _arguments(query, question, ground)
        if values is not None:
            found.append(Intent(query, values, best[name], name in exact))
    return sorted(found, key=lambda intent: not intent.exact)


def examples(ground: Ground, workspace: str | None) -> list[tuple[str, str, list[str], str, list[str]]]:
    """Give the examples of all queries, read: query, language, the words that it takes, what it asks for, all but its names.

    They are kept in the cache.
    """
    from samgraf import disk, resources
    from samgraf.keeping import kept, written
    from samgraf.library.listing import queries

    def found() -> list[tuple[str, str, list[str], str, list[str]]]:
        made = []
        for query in queries(workspace):
            for language, given in query.examples.items():
                for example in given:
                    asked_of = read(example, ground, language, workspace)
                    words, asked = _signature(asked_of)
                    kinds = _kinds(asked_of) if any(p.type == "class" for p in query.parameters) else []
                    made.append((query.name, language, sorted(words), asked, _frame(asked_of, kinds)))
        return made

    files = [path for folder in resources.layers(workspace, "queries") for path in disk.files(folder, ".rq")]
    name = f"intents-{crc32(f'{_FORMAT}{chr(10)}{ground.folder}'.encode('utf-8', 'surrogateescape')):08x}"
    return list(kept(name, [_FORMAT, ground.folder, *map(written, files)], found))


def _signature(question: Question) -> tuple[frozenset[str], str]:
    """Give the words that say what is asked, names and dates left out, and the kind of answer."""
    named = _named(question)
    dates = frozenset(n for d in question.dates for n in d.words)
    unknown = frozenset(n for n, w in enumerate(question.words) if n and w.text[:1].isupper())
    kept = frozenset(range(len(question.words))) - named - dates - unknown
    kept -= frozenset(n for n in kept if question.words[n].text.isdigit())
    content = kept - question.stop
    relation = frozenset(n for m in question.relations for n in m.words) & kept - question.stop
    words = frozenset(question.words[n].same for n in (content or relation or kept))
    return words, question.asked


def _kinds(question: Question) -> list[Mention]:
    """Give the words for classes that are no parts of a name, nor words for a relation unless it is they that are asked for."""
    relations = frozenset(n for m in question.relations for n in m.words)
    asked = {n + 1 for n in question.asking}
    found: dict[frozenset[int], Mention] = {}
    for mention in question.classes:
        if not mention.words & _named(question) and (mention.words & asked or not mention.words & relations):
            found.setdefault(mention.words, mention)
    return [m for m in found.values() if not any(m.words < o.words for o in found.values())]


def _frame(question: Question, kinds: Iterable[Mention] = ()) -> list[str]:
    """Give the words of a question in order with one mark for each name, date or class: what two questions of one kind share."""
    places = _named(question) | frozenset(n for d in question.dates for n in d.words)
    classes = frozenset(n for m in kinds for n in m.words)
    found: list[str] = []
    for n, word in enumerate(question.words):
        if n in classes:
            found += [_KIND] if found[-1:] != [_KIND] else []
        elif n not in places:
            found.append(word.same)
        elif not found or found[-1] != _PLACE:
            found.append(_PLACE)
    return found


def _named(question: Question) -> frozenset[int]:
    """Give the words of names that are more than a word for a class, a status or a role."""
    classes = frozenset(n for m in question.classes for n in m.words)
    relations = frozenset(n for m in question.relations for n in m.words) - question.stop
    found: frozenset[int] = frozenset()
    for name in question.names:
        if not name.words <= classes and not name.words <= relations | question.stop:
            found |= name.words
    return found


def _likeness(own: tuple[frozenset[str], str], other: tuple[frozenset[str], str]) -> float:
    words, asked = own
    if not words or not other[0]:
        return 0.0
    share = len(words & other[0]) / len(words | other[0])
    return share if asked == other[1] or share < 1 else 0.99


def _arguments(query: NamedQuery, question: Question, ground: Ground) -> dict[str, str] | None:
    """Give values for a query's parameters from what the question names; None where one that is required stays empty."""
    entities = _entities(question, ground)
    if question.dates and not any(p.type == "date" for p in query.parameters):
        dated = _dated(entities, question, ground)
        if dated is None:
            return None
        entities = [dated]
    values: dict[str, str] = {}
    kinds = sorted(_kinds(question), key=lambda m: min(m.words))
    for parameter in query.parameters:
        if parameter.name == _OPTIONAL_LANGUAGE:
            values[parameter.name] = question.language
        elif parameter.type == "entity":
            if entities and (parameter.required or _fits(parameter, query)):
                values[parameter.name] = entities.pop(0)
            elif parameter.required:
                return None
        elif parameter.type == "class" and kinds:
            values[parameter.name] = kinds.pop(0).key
        elif parameter.type == "date" and parameter.name == _AS_OF and len(question.dates) == 1:
            day = question.dates[0].moment.latest
            if day:
                values[parameter.name] = day
        elif parameter.required:
            return None
    return None if entities else values


def _dated(entities: list[str], question: Question, ground: Ground) -> str | None:
    """Give the one event on the day asked for that is tied to what is named; None where there is not just one.

    A query without a date of its own cannot bind one, so the date has to choose what the query is asked of.
    """
    if len(question.dates) != 1 or len(entities) != 1:
        return None
    day = question.dates[0].moment
    tied = {n for number in ground.about(entities[0]) for n in ground.claim(number).ends()} | set(entities)
    held = set()
    for name in tied:
        for number in ground.about(name):
            claim = ground.claim(number)
            dates = ground.moments.get(ground.predicate(claim.predicate).moment)
            if claim.subject == name and claim.moment and claim.firm and dates and dates.bounds == _WHOLE:
                begins, ends = claim.moment.earliest, claim.moment.latest
                if day.earliest <= begins and ends <= day.latest and begins:
                    held.add(name)
    return held.pop() if len(held) == 1 else None


def _fits(_parameter: Parameter, _query: NamedQuery) -> bool:
    return True


def _entities(question: Question, ground: Ground) -> list[str]:
    """Give the ids of what the question names, in its order, each name once."""
    named = _named(question)
    whole = [n for n in question.names if not any(n.words < o.words for o in question.names)]
    found = [
        name.bearers[0][0]
        for name in sorted(whole, key=lambda n: min(n.words))
        if name.words <= named and not ground.kinds_qualify(name.bearers[0][0])
    ]
    return list(dict.fromkeys(found))
