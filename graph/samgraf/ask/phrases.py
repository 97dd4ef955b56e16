"""Phrases of a question: several words that mean something together, and operators such as 'apart from'."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.ask.units import WH, Lexicon, Question, Unit
from samgraf.ask.vocabulary import add_synonyms

if TYPE_CHECKING:
    from samgraf.ask.index import Index

_NAMED_KINDS = frozenset(("Municipality", "Cluster", "Region", "Alliance"))


def operators(question: Question, lexicon: Lexicon, stems: list[str]) -> None:
    """Find the operators, and what 'apart from' leaves out."""
    for i, a in enumerate(stems):
        for b in stems[i + 2 : i + 14]:
            found = {key for kind, key in lexicon.get(f"{a} … {b}", ()) if kind == "operators"}
            question.operators |= found
            if "original" in found:
                _earlier(question, frozenset((i,)))
    for n in (4, 3, 2, 1):
        for i in range(len(stems) - n + 1):
            for kind, key in lexicon.get(" ".join(stems[i : i + n]), ()):
                extreme = question.words[i].endswith(("st", "ste"))
                if key in ("most", "least") and (not extreme or (i and question.words[i - 1] == "at")):
                    continue
                if kind != "operators":
                    continue
                question.operators.add(key)
                if key == "original" and n > 1:
                    _earlier(question, frozenset(range(i, i + n)))
                if key == "except" and not question.excepted:
                    question.excepted = _excepted(question, i, n)


def _earlier(question: Question, positions: frozenset[int]) -> None:
    """Let a phrase such as 'before the move' be met by what was said first and is no longer so."""
    unit = Unit(" ".join(question.words[k] for k in sorted(positions)), positions, 0.5, bonus=True)
    unit.manners = {"original"}
    question.units.append(unit)


def _excepted(question: Question, i: int, n: int) -> frozenset[int]:
    """Give the positions of what is to be left out: to the next comma, or the longest name that follows, or three words."""
    folded, spans = question.folded, question.spans
    for k in range(i + n - 1, len(question.words) - 1):
        between = folded[spans[k][1] : spans[k + 1][0]]
        if "," in between or ";" in between:
            return frozenset(range(i, k + 1))
    following = [(a, b) for a, b, _ in question.names if i + n <= a <= i + n + 1]
    end = max((b for _, b in following), default=min(i + n + 2, len(question.words)))
    while following and end < len(question.words) and question.words[end] in ("og", "and"):
        more = [b for a, b, _ in question.names if a == end + 1]
        if not more:
            break
        end = max(more)
    return frozenset(range(i, end))


def phrase_units(question: Question, index: Index, lexicon: Lexicon, stems: list[str], ignored: set[int]) -> None:
    """Let phrases of the lexicon lend their meaning to the words in them; phrases of small words become units of their own."""
    for n in (4, 3, 2, 1):
        for i in range(len(stems) - n + 1):
            positions = frozenset(range(i, i + n))
            meanings = lexicon.get(" ".join(stems[i : i + n]), ())
            relations = {key for kind, key in meanings if kind == "relations"}
            kinds = {key for kind, key in meanings if kind == "kinds"}
            groups = [key for kind, key in meanings if kind == "synonyms" and n > 1]
            if not relations and not kinds and not groups:
                continue
            inside = [u for u in question.units if u.positions <= positions and not u.moment]
            for unit in inside if n > 1 else ():
                unit.relations |= relations
                unit.kinds |= kinds
                if len(inside) == 1 or groups:
                    unit.must = unit.must and unit.known
            small = relations and positions <= ignored and not any(question.words[k] in WH for k in positions)
            text = " ".join(question.words[i : i + n])
            if small and not any(u.bonus and (positions <= u.positions or u.text == text) for u in question.units):
                question.units.append(Unit(text, positions, 0.2, relations, bonus=True))
            for key in groups:
                question.units = [u for u in question.units if u not in inside or u.relations or u.kinds]
                merged = Unit(" ".join(question.words[i : i + n]), positions, 1.2)
                merged.phrases = [(frozenset(stems[i : i + n]), 1.0)]
                for unit in inside:
                    merged.relations |= unit.relations
                    merged.kinds |= unit.kinds
                question.units = [u for u in question.units if u not in inside]
                question.units.append(merged)
                add_synonyms(merged, index, key)


def split_phrases(question: Question, lexicon: Lexicon, stems: list[str]) -> None:
    """Phrases with something in between ('står … for') become units of their own."""
    for i, a in enumerate(stems):
        for j in range(i + 2, min(len(stems), i + 14)):
            relations = {key for kind, key in lexicon.get(f"{a} … {stems[j]}", ()) if kind == "relations"}
            if relations:
                text = f"{question.words[i]} … {question.words[j]}"
                question.units.append(Unit(text, frozenset((i, j)), 1.0, relations, bonus=True))


def named_kinds(question: Question, index: Index, stems: list[str]) -> None:
    """'Horsens cluster', 'Odense Kommune': when the named thing is of another kind, something must bear the whole name."""
    for unit in question.units:
        place = min(unit.positions)
        before = [n for n in question.names if n[1] == place and n[1] - n[0] == 1]
        if len(unit.positions) > 1 or not before or not unit.kinds & _NAMED_KINDS or _plural(question, place):
            continue
        if any(index.is_a(index.entity(n), frozenset(unit.kinds)) for _, _, numbers in before for n in numbers):
            continue
        if any(i < place < j for i, j, _ in question.names):
            continue
        unit.reach, unit.kinds, unit.relations = {}, set(), set()
        unit.phrases, unit.identifier, unit.must = [(frozenset((stems[place - 1], stems[place])), 1.0)], True, True


def _plural(question: Question, place: int) -> bool:
    return question.words[place].endswith("er" if question.language == "da" else "s")
