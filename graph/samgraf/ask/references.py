"""What a question points to without naming it: by a number, by a day, or by the parties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.ask.units import WH, Lexicon, Question

if TYPE_CHECKING:
    from samgraf.ask.index import Index

_AND = frozenset(("og", "and"))
_BETWEEN = frozenset(("mellem", "between"))


def numbered(question: Question, index: Index) -> None:
    """'Initiative 5, 7 and 9' names three: a number that follows another bears the same word before it."""
    words = question.words
    found = []
    for i, j, _ in question.names:
        if j - i != 2 or not words[j - 1].isdigit():
            continue
        k = j
        while k < len(words) and (words[k].isdigit() or words[k] in _AND):
            if words[k].isdigit():
                found += [(k, k + 1, numbers) for numbers in index.named([f"{words[i]} {words[k]}"]).values()]
            k += 1
    question.names += found


def events(question: Question, index: Index, lexicon: Lexicon, stems: list[str]) -> None:
    """'The meeting of 11 February 2021' names what was held on that day, unless the question asks which meeting it was."""
    for unit in [
        u for u in question.units if u.moment and u.moment.earliest[:8] == u.moment.latest[:8] and not u.moment.any_year
    ]:
        first, last = min(unit.positions), max(unit.positions)
        near = [k for k in range(max(0, first - 4), min(len(stems), last + 3)) if k not in unit.positions]
        said = [k for k in near if ("kinds", "Event") in lexicon.get(stems[k], ())]
        if not said or any(w in WH for w in question.words[max(0, said[-1] - 2) : said[-1]]):
            continue
        place = min(said[-1], first), max(said[-1], last) + 1
        held = index.held(unit.moment.earliest, unit.moment.latest) if unit.moment else []
        if held and not any(a <= place[0] and place[1] <= b for a, b, _ in question.names):
            question.names.append((*place, held))


def agreements(question: Question, index: Index, lexicon: Lexicon, stems: list[str]) -> None:
    """'The agreement between A and B' names the one that these two have made, not a wider one that they are both under."""
    words = question.words
    for k, word in enumerate(words):
        before = [j for j in range(max(0, k - 2), k) if ("kinds", "Agreement") in lexicon.get(stems[j], ())]
        if word not in _BETWEEN or not before:
            continue
        first = _name_at(question, k + 1)
        joined = first is not None and first[1] < len(words) and words[first[1]] in _AND
        second = _name_at(question, first[1] + 1) if first is not None and joined else None
        if first is None or second is None:
            continue
        both = _made_by(index, first[2]) & _made_by(index, second[2])
        parties = {n: sum(c.p == "partyTo" and c.o == n for c in index.about(n)) for n in both}
        fewest = [n for n in sorted(both) if parties[n] == min(parties.values())]
        if len(fewest) == 1 and not any(i <= before[0] and second[1] <= j for i, j, _ in question.names):
            question.names.append((before[0], second[1], fewest))


def _name_at(question: Question, place: int) -> tuple[int, int, list[int]] | None:
    """Give the longest name that begins here, or after an article."""
    starts = [n for n in question.names if n[0] == place or (n[0] == place + 1 and question.words[place] == "the")]
    return max(starts, key=lambda n: n[1], default=None)


def _made_by(index: Index, numbers: list[int]) -> set[int]:
    claims = [c for n in numbers[:3] for c in index.about(n) if c.p == "partyTo" and c.s == n and not c.superseded]
    return {c.o for c in claims if c.o is not None}
