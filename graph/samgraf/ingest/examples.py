"""A grammar's examples as its tests: each rule is tried on the few lines that it brings, and must find what they say."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from samgraf.ingest.reading import HEADING, ITEM, ROW, Line, Reading
from samgraf.ingest.reading_rules import find_all
from samgraf.ingest.record import make_record
from samgraf.ingest.repair import Repairer
from samgraf.ingest.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from samgraf.ingest.finding import Finding
    from samgraf.ingest.grammar import Example, Grammar, Rule
    from samgraf.ingest.record import Record
    from samgraf.ingest.wordlists import WordLists


def failures(grammar: Grammar, words: WordLists) -> Iterator[str]:
    """Yield, for each example that is not met, the rule, what it wants and what was found."""
    for rule in grammar.rules:
        for example in rule.examples:
            wanted = [example.gives] if isinstance(example.gives, dict) else list(example.gives)
            found = _once(rule, [said(f) for f in find_all(record_of(example), grammar, words) if f.rule == rule.id])
            missing = [w for w in wanted if not any(w.items() <= f.items() for f in found)]
            if missing or len(found) > len(wanted):
                yield f"{grammar.grammar}/{rule.id}: wants {wanted}, finds {found}"


def _once(rule: Rule, found: list[dict[str, str]]) -> list[dict[str, str]]:
    """Tell an item and who presented it as one, as the examples do."""
    if rule.look != "items":
        return found
    items: dict[str, dict[str, str]] = {}
    for one in found:
        items[one["title"]] = {**items.get(one["title"], {}), **one}
    return list(items.values())


def said(finding: Finding) -> dict[str, str]:
    """Give a finding as an example writes it: slots by their words, values in place of words where there are some."""
    return {**{name: span.text for name, span in finding.slots.items()}, **finding.values}


def record_of(example: Example) -> Record:
    """Make a text of record of an example's lines."""
    lines = []
    for text in example.text.split("\n"):
        kind = ROW if " | " in text else HEADING if text.startswith("# ") else ITEM if text[:2] in ("- ", "• ") else ""
        shown = text.removeprefix("# ")
        lines.append(Line(shown, kind=kind, table=1 if kind == ROW else 0))
    return make_record("example", "example", "", "text", Reading(tuple(lines), "example"), _repairer())


@cache
def _repairer() -> Repairer:
    """Give the repair of letters that knows no names, made once."""
    return Repairer(Words(), ())
