"""Operators: words that change what is done with the answer, each in a module that only its questions load.

A handler takes the question in hand and either answers it, refuses it, or leaves it to the plain reading (None).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.ask.asked import Asked, choose
from samgraf.ask.pattern import gather

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from samgraf.ask.pattern import Pattern
    from samgraf.ask.reply import Reply


def special(asked: Asked) -> Reply | None:
    """Answer what needs an operator; None leaves the question to the plain reading."""
    return next((reply for handler in _handlers(asked) if (reply := handler(asked)) is not None), None)


def _handlers(asked: Asked) -> Iterator[Callable[[Asked], Reply | None]]:
    question = asked.question
    words = question.operators
    if "most" in words or "least" in words:
        from samgraf.ask.superlatives import superlative_reply

        yield superlative_reply
    if question.asks == "yesno":
        from samgraf.ask.verdicts import yes_no

        yield yes_no
    if "difference" in words and question.asks == "number":
        from samgraf.ask.figures import difference

        yield difference
    if question.asks == "when":
        from samgraf.ask.dates import two_dates

        yield two_dates
    if words & {"new", "gone"} or question.negated:
        from samgraf.ask.lists import between_agreements

        yield between_agreements
    if "link" in words:
        from samgraf.ask.paths import link_reply

        yield link_reply
    if any("abbreviation" in u.relations for u in question.units):
        from samgraf.ask.naming import abbreviation

        yield abbreviation
    if "called" in words:
        from samgraf.ask.naming import called

        yield called
    if question.asks == "number":
        from samgraf.ask.figures import number

        yield number
    if question.excepted:
        from samgraf.ask.lists import all_but

        yield all_but
    if question.negated:
        from samgraf.ask.lists import complement

        yield complement


def outer_names(asked: Asked) -> list[tuple[int, int, list[int]]]:
    """Give the names in the question that do not lie within longer names, those that are left out excepted."""
    names = [n for n in asked.question.names if not set(range(n[0], n[1])) <= asked.question.excepted]
    return [n for n in names if not any(m is not n and m[0] <= n[0] and n[1] <= m[1] for m in names)]


def plain(asked: Asked, text: str | None = None, *, asks: str | None = None) -> tuple[Asked, Pattern] | None:
    """Read the question (or another text) plainly, and give the pattern of its best reading if that is good enough."""
    here = asked if text is None else Asked(text, asked.store, asked.index, asked.language, asked.as_of)
    readings = here.reader.readings() if asks is None else here.reader.again(asks=asks)
    best = choose(readings, here)
    if best is None:
        return None
    return here, gather(readings, best, here.reader.explainer, here.question, here.index)
