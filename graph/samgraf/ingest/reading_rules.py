"""A document under its grammar: which grammar fits, and all that its rules find, in the order of the grammar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.ingest.finding import Search
from samgraf.ingest.looks import LOOKS
from samgraf.ingest.view import View, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from samgraf.ingest.finding import Finding
    from samgraf.ingest.grammar import Grammar
    from samgraf.ingest.record import Record
    from samgraf.ingest.wordlists import WordLists

_HEAD = 1500
_ENOUGH_GROUPS = 3


def grammar_for(
    record: Record, grammars: Sequence[Grammar], words: WordLists, known: Callable[[str], str] = lambda _: ""
) -> Grammar | None:
    """Give the grammar whose signs stand in the beginning of a document: of several the most telling kind, then the most signs.

    Where no sign stands the rules tell: it is of the kind whose rules find facts of the most groups, three at least.
    """
    first = record.text[:_HEAD]
    closed_up = "\n".join(plain(line) for line in first.split("\n"))
    head = f"{record.about.get('original', {}).get('name', '')}\n{first}\n{closed_up}"
    scored = [(g.priority, g.recognises(head), -place) for place, g in enumerate(grammars) if g.recognises(head)]
    if scored:
        return grammars[-max(scored)[2]]
    groups = {g.grammar: len({one.group for one in find_all(record, g, words, known)}) for g in grammars}
    best = max(grammars, key=lambda g: (groups[g.grammar], g.priority), default=None)
    return best if best and groups[best.grammar] >= _ENOUGH_GROUPS else None


def find_all(
    record: Record, grammar: Grammar, words: WordLists, known: Callable[[str], str] = lambda _: ""
) -> list[Finding]:
    """Give everything that the rules find. The agenda's items are looked for first: they tell where the head ends."""
    search = Search(View(record, grammar.labels(), words["abbreviations"]), grammar, words, known)
    found: dict[str, list[Finding]] = {}
    first = [rule for rule in grammar.rules if rule.look == "items"]
    for rule in [*first, *(rule for rule in grammar.rules if rule.look != "items")]:
        found[rule.id] = list(LOOKS[rule.look](search, rule))
        for one in found[rule.id]:
            if rule.look == "head":
                search.date = search.date or one.values.get("date", "")
                search.body = search.body or one.slots.get("body")
    return [one for rule in grammar.rules for one in found[rule.id]]
