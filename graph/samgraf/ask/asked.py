"""What a question asks for: the clause that asks, the kind of answer, and which words stand around it only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.ask.question import ANYTHING, EITHER, EMPTY, STRICT, YES_OR_NO, Mention
from samgraf.language.fold import fold
from samgraf.language.messages import messages

if TYPE_CHECKING:
    from samgraf.ask.question import Name, Question

_OPEN_TO_NOUN = frozenset(("what", "which", "about", "how"))
_ABOUT, _AGENT = "about", frozenset(("who",))
_OF_TWO = (YES_OR_NO, "where")
_NEAR = 7
_COMPARING = frozenset(("most", "least", "greater", "lesser", "first", "last"))
_ASKS = "?"
_FEW = 2


def find_asked(question: Question, workspace: str | None) -> None:
    """Find the clause that asks, the kind of answer that it asks for, and which words stand around the question only."""
    named = frozenset(n for name in question.names for n in name.words)
    clause = [w.clause for w in question.words]
    asks = [a for a in question.asks if not a.words <= named or len(a.words) == 1]
    nouns = [
        a
        for a in question.nouns
        if not any(a.words < name.words for name in question.names)
        and not any(a.words < o.words for o in question.nouns)
    ]
    starts = [(clause[min(a.words)], min(a.words)) for a in asks]
    polite = _requests(question, workspace)
    opens = [(clause[n], n) for n in _opens(question, workspace) if n not in polite]
    opens += [(clause[n], n) for n in _whether(question, polite, workspace)]
    requested = [clause[n] for n in polite]
    later = {(c, n) for c, n in opens if n and clause[n - 1] == c and any(s < c for s, _ in starts)}
    opens = [o for o in opens if o not in later]  # 'which town is it, that they have moved to' asks no yes or no
    asking = max((*requested, *(c for c, _ in starts + opens)), default=None)
    first = min((n for c, n in starts if c == asking), default=None)
    opened = min((n for c, n in opens if c == asking), default=None)
    if first is not None and (opened is None or first < opened):
        leading = [a for a in asks if min(a.words) == first]
        wide = max(leading, key=lambda a: len(a.words))
        noun = next((a for a in nouns if clause[min(a.words)] == asking and 0 < min(a.words) - first < _NEAR), None)
        if wide.key in _OPEN_TO_NOUN and noun is not None:
            wide = Mention(wide.words, noun.key)
        question.also = frozenset(a.key for a in leading)
        question.asked, question.asking = wide.key, wide.words | frozenset(n for a in leading for n in a.words)
        alone = _small(question, workspace, "alone")
        question.alone = all(question.words[n].folded in alone for n in question.asking)
        plainly = question.also & _AGENT
        rest = frozenset(range(len(clause))) - question.stop - question.asking
        if (
            wide.key == _ABOUT
            and plainly
            and not any(rest <= name.words and _follows(question, name, workspace) for name in question.names)
        ):  # 'who is X' is about X; 'who is in X', 'who is the chair of X' ask for somebody
            question.asked = next(iter(plainly))
    elif opened is not None:
        question.asked, question.asking = YES_OR_NO, frozenset((opened,))
    elif nouns:
        question.asked = next((a.key for a in nouns if clause[min(a.words)] == asking), nouns[-1].key)
    else:
        question.asked = "when" if _dated(question) else ANYTHING
    if question.asked in _OF_TWO and "or" in question.operators and question.operators.keys() & _COMPARING:
        question.asked = EITHER
    question.stop |= polite
    question.plain = question.stop
    strict = EMPTY.union(*(question.operators.get(o, EMPTY) for o in STRICT), EMPTY)
    question.stop = (question.stop - strict) | question.asking
    if asking is not None:
        goes_on = {asking, *(c for c, _ in later)} | {clause[n] for n in strict if clause[n] > asking}
        goes_on |= _listed(question, asking, named)
        if question.operators.keys() & _COMPARING:
            goes_on |= {clause[n] for n in question.operators.get("or", EMPTY) if clause[n] > asking}
        inside = frozenset(n for n, c in enumerate(clause) if c in goes_on)
        inside |= _pointed_back(question, inside, min(inside), workspace)
        few = len(inside - question.stop) < _FEW
        question.optional = frozenset(range(len(clause))) - inside - question.stop - (named if few else EMPTY)


def _dated(question: Question) -> bool:
    """Tell whether a word for a date stands by itself among keywords: 'year', but no 'theme day' and no 'KL'."""
    longer = [n.words for n in question.names] + [m.words for m in (*question.classes, *question.relations)]
    return any(
        v.key == "date"
        and not v.words <= question.stop
        and not any(v.words < words for words in longer)
        and not any(question.words[n].text.isupper() for n in v.words)
        for v in question.values
    )


def _follows(question: Question, name: Name, workspace: str | None) -> bool:
    """Tell whether a name stands right after the question word, but for articles and small talk."""
    small = _small(question, workspace, "articles", "chatter")
    between = range(max(question.asking, default=-1) + 1, min(name.words))
    return all(question.words[n].folded in small for n in between)


def _listed(question: Question, asking: int, named: frozenset[int]) -> set[int]:
    """Give the clauses that go on with a list of names after a comma: 'who is in the council, the harbour and the club'."""
    seen, words, found = question.seen, question.words, {asking}
    for n in range(1, len(words)):
        between = seen[words[n - 1].start + len(words[n - 1].text) : words[n].start].strip()
        if (
            words[n - 1].clause in found
            and words[n].clause not in found
            and between == ","
            and n in named | question.stop
        ):
            clause = {m for m, w in enumerate(words) if w.clause == words[n].clause}
            if clause & named and clause <= named | question.stop:
                found.add(words[n].clause)
    return found


def _pointed_back(question: Question, inside: frozenset[int], first: int, workspace: str | None) -> frozenset[int]:
    """Give the names of what goes before a question that points back to it: 'which of them', 'its members'."""
    back = _small(question, workspace, "back")
    if not any(question.words[n].folded in back for n in inside):
        return EMPTY
    return EMPTY.union(*(name.words for name in question.names if max(name.words) < first), EMPTY)


def _opens(question: Question, workspace: str | None) -> list[int]:
    """Give the words that open a clause as a verb does which asks for yes or no; small talk before them does not count."""
    opens, chatter = (_small(question, workspace, kind) for kind in ("opens", "chatter"))
    found, before, waiting = [], None, False
    for n, word in enumerate(question.words):
        if word.clause != before:
            before, waiting = word.clause, True
        named = any(n + 1 in name.words or n + 2 in name.words for name in question.names)
        if waiting and (word.folded in opens or (word.stem in question.verbs and named and _ASKS in question.text)):
            found.append(n)
        waiting = waiting and word.folded in chatter
    return found


def _requests(question: Question, workspace: str | None) -> frozenset[int]:
    """Give the words that only ask for an answer, at the head of a clause: 'could you tell me', 'I would like to know'."""
    section = messages(question.language, workspace).content.get("asking", {})
    phrases = [[fold(word) for word in text.split(" ")] for text in section.get("requests", ())]
    kinds = ("opens", "chatter", "requests", "articles", "light", "stop")
    small, asks = _small(question, workspace, *kinds), {n for a in question.asks for n in a.words}
    found: set[int] = set()
    words = [w.folded for w in question.words]
    for start in range(len(words)):
        if start and question.words[start].clause == question.words[start - 1].clause:
            continue
        end = start
        while end < len(words) and question.words[end].clause == question.words[start].clause:
            if words[end] not in small or end in asks:
                break
            end += 1
        for phrase in phrases:
            places = [at for at in range(start, end) if words[at : at + len(phrase)] == phrase]
            if places:
                found |= set(range(start, places[0] + len(phrase)))
    return frozenset(found)


def _whether(question: Question, polite: frozenset[int], workspace: str | None) -> list[int]:
    """Give the words after such a request that ask for yes or no: 'do you know whether'."""
    words = _small(question, workspace, "whether")
    last = max(polite, default=-1)
    return [n for n in (last + 1,) if polite and n < len(question.words) and question.words[n].folded in words]


def _small(question: Question, workspace: str | None, *kinds: str) -> set[str]:
    """Give the single words, folded, that the question's language lists as of these kinds."""
    listed = messages(question.language, workspace).content.get("asking", {})
    return {fold(word) for kind in kinds for text in listed.get(kind, ()) for word in text.split(" ")}
