"""The sentences around answers, in Danish and English: short, and honest about what the documents do not say."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from samgraf.ask.index import ClaimRow, Index
    from samgraf.ask.pattern import Pattern
    from samgraf.ask.readings import Reading
    from samgraf.ask.reply import Answer
    from samgraf.ask.units import Question

_SHOWN = 5
_MOST = 8


def nothing_asked(language: str) -> str:
    """Say that there is nothing to look for in the text."""
    if language == "en":
        return (
            "There is nothing in this that I can look up. Ask about an actor, an initiative, an agreement or a meeting."
        )
    return "Der er ikke noget her, jeg kan slå op. Spørg om en aktør, et initiativ, en aftale eller et møde."


def unknown_words(question: Question, index: Index) -> str:
    """Say which words are unknown, and what comes near."""
    from samgraf.store.names import Names

    names = Names(index.folder)
    words = ", ".join(f"'{w}'" for w in question.unknown[:4])
    near: list[str] = []
    for word in question.unknown[:2]:
        near += [n.label(question.language) for n, _ in names.near(word, limit=2, cutoff=66.0)]
    if question.language == "en":
        hint = f" Did you mean {' or '.join(dict.fromkeys(near))}?" if near else ""
        return f"The documents do not say: nothing in the graph is called {words}.{hint}"
    hint = f" Mente du {' eller '.join(dict.fromkeys(near))}?" if near else ""
    return f"Det siger dokumenterne ikke: intet i grafen hedder {words}.{hint}"


def not_said(question: Question, nearest: Reading | None) -> str:
    """Say that no document answers this, and which words no claim explains."""
    missing: list[str] = []
    if nearest is not None:
        missing = [
            u.text
            for v, u in zip(nearest.vector, question.units, strict=True)
            if v < 0.4 and not u.bonus and u.weight >= 0.5
        ]
    if question.language == "en":
        tail = f" No claim accounts for: {', '.join(missing[:5])}." if missing else ""
        return f"The documents do not say.{tail}"
    tail = f" Intet udsagn dækker: {', '.join(missing[:5])}." if missing else ""
    return f"Det siger dokumenterne ikke.{tail}"


def describe(claim: ClaimRow, index: Index, language: str) -> str:
    """Write a claim as a short sentence, without a full stop."""
    index.preload([claim])
    value = claim.en if language == "en" and claim.en else claim.da
    end = index.entity(claim.o).label(language) if claim.o is not None else f"{value}"
    return f"{index.entity(claim.s).label(language)} {_verb(index, claim.p, language)} {end}"


def _verb(index: Index, predicate: str, language: str, *, backwards: bool = False) -> str:
    """Give a predicate's label, or that of its inverse ('har som medlem' for 'er medlem af')."""
    columns = [f"inverse_{language}" if backwards else language, language]
    row = index.db.execute(f"SELECT {', '.join(columns)} FROM predicate WHERE name = ?", (predicate,)).fetchone()
    return row[0] if row and row[0] else predicate


def only_those(names: list[str], language: str) -> str:
    """Say that a list is given as whole, and what it has."""
    said = "the list is given as complete, and has only" if language == "en" else "listen er givet som hel og har kun"
    return f"{said}: {_listed(names, language)}"


def ambiguous(question: Question, one: Reading, other: Reading, index: Index) -> str:
    """Say that the question can be read in two ways, and show both."""
    readings = [describe(r.claim, index, question.language) for r in (one, other)]
    if question.language == "en":
        return f"The question can be read in more than one way: {readings[0]}; or: {readings[1]}. Please say which."
    return f"Spørgsmålet kan læses på flere måder: {readings[0]}; eller: {readings[1]}. Sig gerne hvilken."


def sentence(question: Question, answers: list[Answer], pattern: Pattern | None, index: Index) -> str:
    """Sum up the answers in one sentence, which says the relation again when it is the same for all."""
    language = question.language
    if not answers:
        return "The documents do not say." if language == "en" else "Det siger dokumenterne ikke."
    names = [a["label"] for a in answers]
    listed = _listed(names, language)
    lead = _lead(pattern, index, language) if pattern is not None else ""
    if not lead:
        return f"{listed[:1].upper()}{listed[1:].removesuffix('.')}."
    mark = ":" if len(names) > 1 or pattern is None or pattern.best.claim.datatype == "text" else ""
    return f"{lead[:1].upper()}{lead[1:]}{mark} {listed.removesuffix('.')}."


def _listed(names: list[str], language: str) -> str:
    """List names, the first few only when there are many."""
    joint = " and " if language == "en" else " og "
    shown = names if len(names) <= _MOST else names[:_SHOWN]
    left = len(names) - len(shown)
    if left:
        shown = [*shown, f"{left} {'more' if language == 'en' else 'til'}"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])}{joint}{shown[-1]}"


def _lead(pattern: Pattern, index: Index, language: str) -> str:
    """Say what the answers are the answers to; nothing when the claims have no end or relation in common."""
    best, claims = pattern.best.claim, pattern.claims
    slot = pattern.best.slot
    if len({c.p for c in claims}) > 1 or best.p == "figure" or slot in ("r", "b"):
        return ""
    ends = {c.s for c in claims} if slot in ("o", "v") else {c.o for c in claims} if slot == "s" else {best.s}
    end = ends.pop() if len(ends) == 1 else None
    if slot in ("t", "u") and len(claims) == 1:
        since = {"t": ("fra", "from"), "u": ("til", "until")}[slot][language == "en"]
        return f"{describe(best, index, language)}, {since}"
    if end is None or slot in ("t", "u"):
        return ""
    return f"{index.entity(end).label(language)} {_verb(index, best.p, language, backwards=slot == 's')}"


def understood(question: Question, index: Index, pattern: Pattern | None) -> list[str]:
    """Tell, line by line, how the question was read."""
    english = question.language == "en"
    lines = []
    for i, j, numbers in question.names[:6]:
        labels = ", ".join(index.entity(n).label(question.language) for n in numbers[:3])
        lines.append(f"{' '.join(question.words[i:j])}: {labels}")
    if question.kind is not None:
        lines.append(f"{'kind of answer' if english else 'slags svar'}: {', '.join(sorted(question.kind.kinds))}")
    elif question.asks != "what":
        lines.append(f"{'kind of answer' if english else 'slags svar'}: {question.asks}")
    if pattern is not None:
        lines.append(f"relation: {describe(pattern.best.claim, index, question.language)}")
        joint = "and" if english else "og"
        lines += [f"{joint}: {describe(around.claim, index, question.language)}" for around in pattern.shared]
        lines.append(f"{'explained' if english else 'forklaret'}: {100 * min(1.0, max(0.0, pattern.best.score)):.0f} %")
    return lines
