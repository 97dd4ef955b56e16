"""Lists of people under words that a rule knows: labelled lists, tables with a column of names, sentences of a form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from samgraf.ingest.chunks import stripped
from samgraf.ingest.grammar import expression, label_form
from samgraf.ingest.people import ABSENT, INITIALS, OPEN, PRESENT, Span
from samgraf.ingest.prose import is_prose, people_in
from samgraf.ingest.reading import HEADING, ITEM, ROW
from samgraf.ingest.rows import Row, group_of, rows_in
from samgraf.ingest.view import plain

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from samgraf.ingest.finding import Search
    from samgraf.ingest.grammar import Rule
    from samgraf.ingest.view import Labelled

_MARKED = re.compile(r"\s*(?:[-*•] )?(?:\[[ xX]?\]|[☐☒☑✓✔])")


def named_rows(search: Search, rule: Rule) -> Iterator[Row]:
    """Yield who stands in lists and tables under words that the rule knows, and in its sentences."""
    end = search.view.lines[search.items[0].first].start if search.items else len(search.text)
    in_tables = list(_tables(search, rule))
    tables = {line for line, _ in in_tables}
    labelled = {one.start for one in search.view.labelled}
    for one in search.view.labelled:
        if one.line in tables or one.line + 1 in tables:
            continue
        if label_form(one.label, rule.present) and one.start <= end:
            group = _named_in_label(search, rule, one)
            yield from list_below(search, one._replace(end=min(_with_groups(search, one), end)), PRESENT, tables, group)
        elif label_form(one.label, rule.absent) and one.start <= end:
            yield from list_below(search, one._replace(end=min(_with_groups(search, one), end)), ABSENT, tables)
        elif label_form(one.label, rule.roles) and one.start <= end:
            yield from _role(search, rule, one)
    yield from (row for _, row in in_tables)
    for forms, presence in ((rule.sentences, PRESENT), (rule.absences, ABSENT)):
        for form in forms:
            for match in expression(form, search.words).finditer(search.text):
                if "organisation" not in match.groupdict():
                    yield from _in_sentence(search, *match.span("people"), presence)
                elif match.start() < end and match.start() not in labelled:
                    named = match["organisation"]
                    group = group_of(search.people, Span(named, *match.span("organisation"))) if named else None
                    yield from rows_in(
                        search.people, search.text, *match.span("people"), presence, single=False, group=group
                    )


def _in_sentence(search: Search, start: int, end: int, presence: str) -> Iterator[Row]:
    """Read 'NAME fra ORGANISATION og NAME'."""
    text = search.text
    leads = search.words["group-leads"].pattern()
    yield from rows_in(search.people, text, start, end, presence, single=False)
    for match in re.compile(rf"({search.people.name.pattern}) (?:{leads}) ([A-ZÆØÅ][^,.;\n]*)").finditer(
        text, start, end
    ):
        if search.people.is_person(match[1]):
            person, of = Span(match[1], *match.span(1)), Span(match[2].strip(), *match.span(2))
            yield Row(person, of, None, None, presence, None, match.start(), match.end())


def _role(search: Search, rule: Rule, one: Labelled) -> Iterator[Row]:
    text = search.text
    stop = text.find("\n", one.value, one.end)
    form = label_form(one.label, rule.roles)
    end = one.start + len((form and form.groupdict().get("role")) or one.label)
    label = Span(text[one.start : end].lower(), one.start, end)
    for row in rows_in(search.people, text, one.value, stop if stop >= 0 else one.end, PRESENT, single=True):
        yield row._replace(role=label, start=one.start)


def _named_in_label(search: Search, rule: Rule, one: Labelled) -> Span | None:
    """Give the organisation that the label of a list names: 'Til stede fra Havnerådet: …'."""
    form = label_form(one.label, rule.present)
    low = (form and form.groupdict().get("organisation")) or ""
    place = search.text.lower().find(low, one.start, one.value) if low else -1
    if place < 0 or not search.text[place].isupper():
        return None
    return group_of(search.people, Span(search.text[place : place + len(low)], place, place + len(low)))


def list_below(
    search: Search, one: Labelled, presence: str, tables: Container[int] = (), group: Span | None = None
) -> Iterator[Row]:
    """Read a labelled list: the rest of the label's line, then its lines, each one person with what belongs to it."""
    view, text, people = search.view, search.text, search.people
    first = view.line_at(one.value)
    stop = min(one.end, view.lines[first].end)
    rest = text[one.value : stop].strip()
    number = first + 1
    if rest and not (
        number < len(view.lines) and view.lines[number].kind == ITEM and view.lines[number].start < one.end
    ):
        end = stop
        while number < len(view.lines) and view.lines[number].start < one.end:
            end = view.lines[number].end
            number += 1
        yield from rows_in(people, text, one.value, end, presence, single=False, group=group)
        return
    if rest:
        yield from rows_in(people, text, one.value, stop, presence, single=True, group=group)
    last = view.line_at(max(one.end - 1, 0)) + 1
    if number < last and is_prose(search, number):
        for sentence in view.sentences(number, last):
            yield from people_in(search, sentence.start, sentence.end, presence)
        return
    marked = any(_MARKED.match(line.text) for line in view.lines[number:last])
    top = next((line.text for line in view.lines[number:last] if line.text), "")
    led = _is_only_organisation(search, top)  # organisations stand above their people, and not behind them
    while number < len(view.lines) and view.lines[number].start < one.end:
        line = view.lines[number]
        number += 1
        if not line.text or line.kind == ROW or (number - 1) in tables:
            continue
        heads = _heads_group(search, number - 1) or (led and _is_only_organisation(search, line.text))
        if (line.text.endswith(":") and line.kind != HEADING) or heads:
            group = group_of(people, stripped(text, line.start, line.end - line.text.endswith(":")))
            continue
        end = line.end
        while number < len(view.lines) and view.lines[number].start < one.end and _goes_on(search, number):
            end = view.lines[number].end
            number += 1
        open_list = marked and not _MARKED.match(line.text)
        found = rows_in(people, text, line.start, end, OPEN if open_list else presence, single=True, group=group)
        yield from found or rows_in(people, text, line.start, end, presence, single=False, group=group)


def _with_groups(search: Search, one: Labelled) -> int:
    """Give where a labelled list ends that is parted by headings of organisations: 'Deltagere', 'Skive Kommune', people."""
    view, end = search.view, one.end
    number = view.line_at(max(end - 1, one.start)) + 1
    starts = {other.line for other in view.labelled}
    while number < len(view.lines) and number not in starts:
        line = view.lines[number]
        if line.kind == HEADING and not _heads_group(search, number):
            break
        if line.text:
            if end == one.end and line.kind != HEADING:
                break
            end = line.end
        number += 1
    return end


def _is_only_organisation(search: Search, text: str) -> bool:
    """Tell whether a line names an organisation and nothing else, as 'Anna Bech, Skive Kommune' does."""
    return not re.search(r"[,;:(|]", text) and search.people.is_organisation(text)


def _heads_group(search: Search, number: int) -> bool:
    """Tell whether a line is no more than an organisation, and a heading or above the items of a list."""
    lines = search.view.lines
    line = lines[number]
    below = next((other for other in lines[number + 1 :] if other.text), None)
    heads = line.kind == HEADING or (line.kind == "" and below is not None and below.kind == ITEM)
    return heads and search.people.is_organisation(line.text)


def _goes_on(search: Search, number: int) -> bool:
    """Tell whether a line of a list goes on the one before: it begins small, or that one ended with a comma."""
    before, here = search.view.lines[number - 1], search.view.lines[number]
    return (
        bool(here.text)
        and here.kind == before.kind == ""
        and (here.text[0].islower() or before.text.endswith((",", "(")))
    )


def _tables(search: Search, rule: Rule) -> Iterator[tuple[int, Row]]:
    """Read tables with a column of names; what the other columns hold is told by their heads."""
    view, text, people = search.view, search.text, search.people
    for numbers in view.tables():
        header = [plain(text[a:b]) for a, b in view.lines[numbers[0]].cells()]
        places = {slot: header.index(w) for slot, words in rule.columns.items() for w in words if w in header}
        labels = [h for h in header if label_form(h, rule.present) or label_form(h, rule.absent)]
        if len(labels) > 1 and len(labels) == len(header):
            yield from _columns(search, rule, numbers, header)
            continue
        if "person" not in places or len(header) < 2:
            continue
        places.setdefault("organisation", _column_of_organisations(search, numbers, set(places.values())))
        for number in numbers[1:]:
            cells = view.lines[number].cells()
            spans = {slot: Span(text[a:b], a, b) for slot, p in places.items() if p < len(cells) for a, b in [cells[p]]}
            of = spans.get("organisation")
            group = of if of and of.text.strip() else None
            default = OPEN if "presence" in places else PRESENT
            for row in rows_in(
                people, text, spans["person"].start, spans["person"].end, default, single=True, group=group
            ):
                whole = row._replace(start=view.lines[number].start, end=view.lines[number].end, in_table=True)
                yield number, _with_columns(search, whole, spans)


def _column_of_organisations(search: Search, numbers: list[int], taken: set[int]) -> int:
    """Give the column whose cells are organisations, whatever stands above it; beyond all columns where there is none."""
    rows = [search.view.lines[number].cells() for number in numbers[1:]]
    width = len(search.view.lines[numbers[0]].cells())
    for place in sorted(set(range(width)) - taken):
        said = [search.text[slice(*cells[place])].strip() for cells in rows if place < len(cells)]
        named = [one for one in said if search.people.is_organisation(one) and not INITIALS.fullmatch(one)]
        if len(named) * 2 > len(rows):
            return place
    return width


def _columns(search: Search, rule: Rule, numbers: list[int], header: list[str]) -> Iterator[tuple[int, Row]]:
    """Read a table whose columns are lists, those who were there in one and those who were not in another."""
    of = {i: PRESENT for i, h in enumerate(header) if label_form(h, rule.present)} | {
        i: ABSENT for i, h in enumerate(header) if label_form(h, rule.absent)
    }
    if len(of) < 2:
        return
    for number in numbers[1:]:
        cells = search.view.lines[number].cells()
        for place, presence in of.items():
            if place < len(cells):
                yield from (
                    (number, row) for row in rows_in(search.people, search.text, *cells[place], presence, single=False)
                )


def _with_columns(search: Search, row: Row, spans: dict[str, Span]) -> Row:
    people = search.people
    if "initials" in spans and INITIALS.fullmatch(short := spans["initials"].text.strip()):
        row = row._replace(initials=short)
    for slot in ("presence", "remark", "title", "absence"):
        span = spans.get(slot)
        if span is None or not span.text.strip():
            continue
        if slot == "absence":
            row = row._replace(presence=ABSENT)
            continue
        said = people.presence_of(span.text, whole=slot != "presence")
        other = people.instead_of(span)
        main, _, bracket = span.text.partition("(")
        inner = people.presence_of(bracket.rstrip(") ")) if bracket else ""
        if said or inner:
            row = row._replace(
                presence=ABSENT if ABSENT in (said, row.presence if slot == "remark" else "") else said or inner
            )
        if other is not None:
            row = row._replace(instead_of=other)
        words = (main if inner or people.is_organisation(bracket.rstrip(") ")) else span.text).strip()
        if not said and words and (slot == "title" or people.is_title(words.split()[0])):
            title = Span(words if slot == "title" else words.split()[0], span.start, span.start + len(words))
            row = row._replace(title=row.title or title) if slot == "title" else row._replace(role=row.role or title)
    return row
