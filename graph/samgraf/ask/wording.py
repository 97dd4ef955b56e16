"""The sentences around answers, in Danish and English: short, and honest about what the documents do not say."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from samgraf.ask.index import ClaimRow, Index
    from samgraf.ask.pattern import Pattern
    from samgraf.ask.readings import Reading
    from samgraf.ask.reply import Answer
    from samgraf.ask.units import Question

_SHOWN = 3


def nothing_asked(language: str) -> str:
    """Say that there is nothing to look for in the text."""
    if language == "en":
        return "There is nothing in this that I can look up. Ask about an actor, an initiative, an agreement or a meeting."
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


def not_said(question: Question, nearest: Reading | None, index: Index) -> str:
    """Say that no document answers this, and which words no claim explains."""
    missing: list[str] = []
    if nearest is not None:
        missing = [
            u.text for v, u in zip(nearest.vector, question.units, strict=True) if v < 0.4 and not u.bonus and u.weight >= 0.5
        ]
    if question.language == "en":
        tail = f" No claim accounts for: {', '.join(missing[:5])}." if missing else ""
        return f"The documents do not say.{tail}"
    tail = f" Intet udsagn dækker: {', '.join(missing[:5])}." if missing else ""
    return f"Det siger dokumenterne ikke.{tail}"


def describe(claim: ClaimRow, index: Index, language: str) -> str:
    """Write a claim as a short sentence."""
    index.preload([claim])
    row = index.db.execute("SELECT da, en FROM predicate WHERE name = ?", (claim.p,)).fetchone() or (claim.p, claim.p)
    verb = row[1] if language == "en" else row[0]
    value = claim.en if language == "en" and claim.en else claim.da
    end = index.entity(claim.o).label(language) if claim.o is not None else f"{value}"
    return f"{index.entity(claim.s).label(language)} – {verb} – {end}"


def ambiguous(question: Question, one: Reading, other: Reading, index: Index) -> str:
    """Say that the question can be read in two ways, and show both."""
    readings = [describe(r.claim, index, question.language) for r in (one, other)]
    if question.language == "en":
        return f"The question can be read in more than one way: {readings[0]}; or: {readings[1]}. Please say which."
    return f"Spørgsmålet kan læses på flere måder: {readings[0]}; eller: {readings[1]}. Sig gerne hvilken."


def sentence(question: Question, answers: list[Answer], pattern: Pattern | None, index: Index) -> str:
    """Sum up the answers in one sentence."""
    del pattern, index
    language = question.language
    if not answers:
        return "The documents do not say." if language == "en" else "Det siger dokumenterne ikke."
    names = [a["label"] for a in answers]
    if len(names) == 1:
        return names[0][:1].upper() + names[0][1:]
    joint = " and " if language == "en" else " og "
    if len(names) <= _SHOWN + 2:
        return f"{', '.join(names[:-1])}{joint}{names[-1]}"
    if language == "en":
        return f"{len(names)} answers, among them {', '.join(names[:_SHOWN])}"
    return f"{len(names)} svar, blandt andre {', '.join(names[:_SHOWN])}"


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
        lines.append(f"{'relation' if english else 'relation'}: {describe(pattern.best.claim, index, question.language)}")
        for around in pattern.shared:
            lines.append(f"{'and' if english else 'og'}: {describe(around.claim, index, question.language)}")
        lines.append(f"{'explained' if english else 'forklaret'}: {100 * min(1.0, max(0.0, pattern.best.score)):.0f} %")
    return lines
