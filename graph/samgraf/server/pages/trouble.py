"""What is wrong: in the page's language where that has a sentence for the error's code, else in English."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from samgraf.errors import SamgrafError
from samgraf.model.text import ENGLISH

if TYPE_CHECKING:
    from samgraf.language.messages import Messages

Wrong = SamgrafError | str


class Trouble(NamedTuple):
    """What is wrong, and the language that it is said in."""

    text: str
    language: str


def trouble(wrong: Wrong, say: Messages) -> Trouble:
    """Give what an error says, as the page's language has it: its sentence, and what is said of each part that there is."""
    sentences = say.table("wrong")
    if not isinstance(wrong, SamgrafError) or wrong.code not in sentences:
        return Trouble(str(wrong), ENGLISH)
    more = (sentences.get(f"{wrong.code} {name}", "") for name, part in wrong.parts.items() if part)
    return Trouble("".join((sentences[wrong.code], *more)).format(**wrong.parts), say.code)
