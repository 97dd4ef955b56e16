"""A workspace of another field, a software community, with no lexicon of its own: what the vocabulary says is enough to ask."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

FIELD = Path(__file__).parent / "field"
QUESTIONS: list[tuple[str, list[str]]] = [
    ("Who chairs the Quill Council?", ["Ada Berg"]),
    ("Who are the members of the Quill Council?", ["Ada Berg", "Omar Lind", "Ines Falk"]),
    ("QCO members", ["Ada Berg", "Omar Lind", "Ines Falk"]),
    ("When did Quill begin?", ["2021-03-01"]),
    ("Who funds Quill?", ["Paper Foundation"]),
    ("Which method does Quill use?", ["semantic versioning"]),
    ("How many contributors does Quill have?", ["48"]),
    ("Who is Quill meant for?", ["maintainers"]),
    ("When is QuillCon 2024 held?", ["2024-05-14"]),
    ("Who hosts QuillCon 2024?", ["Northern Labs"]),
    ("What is Quill part of?", ["Inkwell"]),
    ("Who carries out the Quill parser?", ["Release Team"]),
    ("Is Omar Lind a member of the Quill Council?", ["yes"]),
    ("Is Ada Berg affiliated with Northern Labs?", []),
    ("Is Ines Falk chair of the Release Team?", ["proposed"]),
    ("Hvem finansierer Quill?", ["Papirfonden"]),
    ("Hvem er formand for Quill-rådet?", ["Ada Berg"]),
    ("Hvem deltager i Quill?", ["Nordlab"]),
    ("Hvornår begyndte Quill?", ["2021-03-01"]),
    ("Er Ines Falk medlem af Quill-rådet?", ["ja"]),
    ("Er Nordlab medlem af Quill-rådet?", []),
    ("Hvor mange bidragydere har Quill?", ["48"]),
    ("Who is the treasurer of the Paper Foundation?", []),
    ("How many bugs does Quill have?", []),
    ("Who chairs the Scroll Council?", []),
    ("Hvornår blev Papirfonden stiftet?", []),
]


def test_another_field_needs_no_words_of_its_own(ask: Callable[..., dict[str, Any]]) -> None:
    exact, wrong, missed = 0, 0, []
    for question, expected in QUESTIONS:
        reply = ask(question, workspace=str(FIELD))
        given = {str(a.get("value") if isinstance(a.get("value"), str | int) and not isinstance(a["value"], bool) else a["label"]) for a in reply["answers"]}  # fmt: skip
        if given == set(expected):
            exact += 1
        else:
            wrong += bool(given)
            missed.append((question, sorted(given), reply["message"]))
    print(exact, wrong, len(QUESTIONS), *missed, sep="\n")
    assert exact >= 0.6 * len(QUESTIONS), missed
    assert wrong <= 0.04 * len(QUESTIONS), missed
