"""A drafted claim in words, for a person to judge: its names as they would be, the relation by its label."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.language.messages import messages
from samgraf.language.showing import show_date
from samgraf.model.text import FIRST

if TYPE_CHECKING:
    from samgraf.ingest.draft import DraftClaim, Name
    from samgraf.ingest.knowing import Known
    from samgraf.review.state import State


def shown_name(name: Name, known: Known, language: str = FIRST) -> str:
    """Give a name: the label of the entity that it is, or the words of the document."""
    if name.id and name.id in known.entities:
        return known.entities[name.id].label.in_language(language)
    return name.label


def words_of(claim: DraftClaim, state: State, known: Known, language: str = FIRST) -> dict[str, str]:
    """Give a claim's fields in words: subject, relation, object or value, role, for whom, from, until, modality."""
    found = {}
    for field, value in claim.fields.items():
        if field == "predicate":
            found[field] = known.vocabulary.predicate(str(value)).label.within(language)
        elif isinstance(value, dict):
            found[field] = str(value.get(language) or value.get(FIRST) or "")
        elif str(value) in state.names and field not in ("value", "from", "until", "modality"):
            found[field] = shown_name(state.names[str(value)], known, language)
        elif value == state.draft.id:
            found[field] = str(state.draft.head.get("label", value))
        else:
            found[field] = str(value)
    return found


def shown_of(claim: DraftClaim, state: State, known: Known, language: str = FIRST) -> dict[str, str]:
    """Give a claim's fields as they are read: as `words_of`, a value beside the object, dates and the modality in words."""
    words = words_of(claim, state, known, language)
    is_date = known.vocabulary.predicate(str(claim.fields.get("predicate"))).kind == "date"
    value = words.get("value", "")
    words["object"] = words.get("object") or (show_date(value, language) if is_date else value)
    for field in ("from", "until"):
        if field in words:
            words[field] = show_date(words[field], language)
    if "modality" in words:
        words["modality"] = messages(language).get(f"mark.{words['modality']}", words["modality"])
    return words


def sentence(claim: DraftClaim, state: State, known: Known, language: str = FIRST) -> str:
    """Give a claim on one line."""
    words = words_of(claim, state, known, language)
    parts = [words.get("subject", ""), words.get("predicate", ""), words.get("object") or words.get("value", "")]
    extra = [words[f] for f in ("role", "onBehalfOf", "from", "until", "modality") if words.get(f)]
    return " ".join(p for p in parts if p) + (f" ({'; '.join(extra)})" if extra else "")
