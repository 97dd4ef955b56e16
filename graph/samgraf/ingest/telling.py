"""Sentences that a rule looks for: of a certain form or outcome, or after a label, in a list, table or column below one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from samgraf.ingest.attending import by_initials, initials
from samgraf.ingest.grammar import expression, label_form
from samgraf.ingest.people import Span
from samgraf.ingest.reading import ITEM, ROW
from samgraf.ingest.view import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from samgraf.ingest.finding import Finding, Search
    from samgraf.ingest.grammar import Rule
    from samgraf.ingest.view import Sentence


def sentences(search: Search, rule: Rule) -> Iterator[Finding]:
    """Find sentences of a certain form or outcome, and those that stand after a label."""
    refused = [expression(form, search.words) for form in rule.refused]
    labelled = _labelled_starts(search, rule)
    for sentence in _sentences(search, rule):
        told = sentence.text
        start = sentence.start
        for label_start, value in labelled:
            if label_start == start:
                start = value
                told = " ".join(search.text[value : sentence.end].split())
        item = search.item_at(start)
        after = _stands_after(search, rule, sentence) or (item is not None and plain(item.title.text) in rule.labels)
        heading = plain(search.view.heading_above(start))
        if not told or any(r.search(told) or r.search(heading) for r in refused):
            continue
        if rule.impersonal and _is_of_one(search, told):
            continue
        yield from _sentence(
            search, rule, sentence._replace(text=told, start=start), labelled=after or start != sentence.start
        )


def _labelled_starts(search: Search, rule: Rule) -> list[tuple[int, int]]:
    found = []
    for one in search.view.labelled:
        if label_form(one.label, rule.labels):
            value = one.value
            while value < one.end and search.text[value].isspace():
                value += 1
            found.append((one.start, value))
    return found


def _is_of_one(search: Search, told: str) -> bool:
    """Tell whether a sentence says what one of those listed does: 'Anna Bech sender et udkast', 'ABE stemte imod'."""
    listed, told = initials(search), re.sub(r"^\w+: ?", "", told)
    who = next((name for name in (*listed.values(), *listed) if told.startswith(f"{name} ")), "")
    return bool(who) and told[len(who) :].split(maxsplit=1)[0] not in search.words["passives"]


def _stands_after(search: Search, rule: Rule, sentence: Sentence) -> bool:
    """Tell whether a sentence stands right after a label, is in a list or a table below it, or in a column under it."""
    view, text = search.view, search.text
    kind = view.lines[view.line_at(sentence.start)].kind
    for one in view.labelled:
        if one.value <= sentence.start < max(one.end, one.value + 1) and label_form(one.label, rule.labels):
            between = view.lines[one.line + 1 : view.line_at(sentence.start)]
            listed = kind in (ITEM, ROW) and all(line.kind == kind or not line.text for line in between)
            first = view.line_at(one.value)
            while first + 1 < len(view.lines) and not text[one.value : view.lines[first].end].strip():
                first += 1
            return listed or sentence.start < view.lines[view.paragraph_end(first) - 1].end
    return any(start <= sentence.start < end for start, end in view.columns_under(rule.labels))


def _sentences(search: Search, rule: Rule) -> Iterator[Sentence]:
    view = search.view
    if rule.within == "items" and search.items:
        for item in search.items:
            yield from search.sentences_of(item)
    elif rule.within == "items":
        yield from view.sentences(search.head_end, len(view.lines))
    else:
        yield from view.sentences(0, len(view.lines))


def _sentence(search: Search, rule: Rule, sentence: Sentence, *, labelled: bool) -> Iterator[Finding]:
    slots: dict[str, Span] = {"sentence": Span(sentence.text, sentence.start, sentence.end)}
    values: dict[str, str] = {}
    when = set()
    outcome = next((o for o, form in rule.outcomes.items() if expression(form, search.words).search(sentence.text)), "")
    if outcome:
        values["outcome"] = outcome
        when.add("outcome")
    matched = None
    for form in rule.forms:
        matched = expression(form, search.words).search(sentence.text)
        if matched:
            break
    if not (outcome or matched or labelled):
        return
    after = sentence.start
    if matched:
        slots |= _caught(search, sentence, matched)
        tail = sentence.text[matched.end() :]
        after = max(sentence.start, sentence.end - len(tail) - 1)
    if not _is_who_is_asked_for(search, rule, slots):
        return
    if "date" in rule.find:
        dates = search.dates(after, sentence.end, search.year, since=search.date)
        if dates:
            slots["date"], values["date"] = dates[0]
            when.add("dated")
        elif "date" in {t.value for t in rule.makes}:
            return
    yield search.finding(rule, slots, sentence.start, sentence.end, values=values, when=frozenset(when))


def _caught(search: Search, sentence: Sentence, matched: re.Match[str]) -> dict[str, Span]:
    """Give what a form's groups caught, somebody's initials as the name."""
    found = {}
    for name, words in matched.groupdict().items():
        place = search.text.find(words, sentence.start, sentence.end) if words else -1
        if place >= 0:
            found[name] = Span(words, place, place + len(words))
    return found | {"person": by_initials(search, found["person"])} if "person" in found else found


def _is_who_is_asked_for(search: Search, rule: Rule, slots: dict[str, Span]) -> bool:
    """Tell whether the person, or the organisation, of whom a rule speaks is one."""
    if "person" in rule.slots and not ("person" in slots and search.people.is_person(slots["person"].text)):
        return False
    if "organisation" not in rule.slots:
        return True
    of = slots["organisation"].text if "organisation" in slots else ""
    return search.people.is_organisation(of) and of not in initials(search)
