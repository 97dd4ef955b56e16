"""The words that stand for relations, classes, operators …, as stems: from the vocabulary, the lexicon and the languages' files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.language.fold import fold, parts, stems_of, words
from samgraf.language.messages import languages, messages
from samgraf.store.names import GAP

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from samgraf.vocabulary.terms import Vocabulary
    from samgraf.workspace import Workspace
    from samgraf.workspace.lexicon import Entry


Row = tuple[str, str, str, str, str, str]
"""A phrase: its first stem, all its stems, what kind of thing it stands for, which, from which end, in which language."""


def phrases(workspace: Workspace) -> list[Row]:
    """Give every phrase that questions are read with, sorted, each once."""
    found = {
        *_lexicon_phrases(workspace.lexicon),
        *_term_phrases(workspace.vocabulary),
        *_language_phrases(workspace.folder),
    }
    return sorted(found)


def same_stems(entries: Iterable[Entry]) -> dict[str, str]:
    """Give, for each stem with synonyms of one word, the stem that stands for the group."""
    found: dict[str, str] = {}
    for text, section, key, _ in entries:
        stems = stems_of(text)
        if section == "synonyms" and len(stems) == 1:
            found.setdefault(stems[0], " ".join(stems_of(key)))
    return found


def small_words(workspace: Workspace) -> frozenset[str]:
    """Give the words, folded, that say nothing in a name: the stop words of all languages."""
    asking = (messages(lang, workspace.folder).content.get("asking", {}) for lang in languages(workspace.folder))
    return frozenset(word for section in asking for text in section.get("stop", ()) for word in words(text))


def _phrase(text: str, kind: str, key: str, slot: str = "", lang: str = "") -> Row:
    stems = (
        f" {GAP} ".join(" ".join(stems_of(part)) for part in text.split(GAP) if stems_of(part)) or fold(text).strip()
    )
    return stems.split(" ", 1)[0], stems, kind, key, slot, lang


_LEXICON = {"relations": "relation", "kinds": "class", "synonyms": "same"}


def _lexicon_phrases(entries: Iterable[Entry]) -> Iterator[Row]:
    for text, section, key, slot in entries:
        if section == "narrow":
            yield _phrase(text, "narrow", "")
        elif section == "synonyms":
            if len(stems_of(text)) > 1:
                yield _phrase(text, "same", " ".join(stems_of(key)))
        elif section == "answers":
            yield "", text, "answers", key, "", ""
        elif section in _LEXICON:
            yield _phrase(text, _LEXICON[section], key, slot)


def _term_phrases(vocabulary: Vocabulary) -> Iterator[Row]:
    """Give the vocabulary's own words: a relation's label and inverse, a class's label and plural."""
    for p in (*vocabulary.predicates.values(), *vocabulary.derived.values()):
        for text, slot in ((p.label, "label"), (p.inverse, "inverse")):
            for lang, said in text.items():
                for form in _forms(said):
                    yield _phrase(form, "relation", p.name, slot, lang)
    for c in vocabulary.classes.values():
        for text in (c.label, c.plural):
            for lang, said in text.items():
                yield _phrase(said, "class", c.name, "", lang)


def _forms(label: str) -> Iterator[str]:
    """Give a label as it stands and with room after its verb, where a question puts the subject ("keeps … watch over")."""
    yield label
    verb, _, rest = label.partition(" ")
    if rest:
        yield f"{verb} {GAP} {rest}"


_BY_KEY = {
    "asks": "asks",
    "nouns": "noun",
    "operators": "operator",
    "values": "value",
    "numerals": "number",
    "ordinals": "ordinal",
}


def _language_phrases(workspace: str | None) -> Iterator[Row]:
    for lang in languages(workspace):
        section = messages(lang, workspace).content.get("asking", {})
        for group, kind in _BY_KEY.items():
            for key, given in section.get(group, {}).items():
                for text in given:
                    make = _written if kind in ("asks", "noun", "value", "operator") else _phrase
                    yield make(text, kind, key, "", lang)
        for short, full in section.get("contractions", {}).items():
            yield "", short, "contraction", full, "", lang
        for kind in ("stop", "chatter", "opens", "agent", "articles", "several", "single", "light"):
            for text in section.get(kind, ()):
                yield _written(text, kind, "", "", lang)


def _written(text: str, kind: str, key: str, slot: str, lang: str) -> Row:
    """Keep function words as they are written: cutting their endings would make them one with other words."""
    folded = f" {GAP} ".join(" ".join(words(part)) for part in text.split(GAP))
    return folded.split(" ", 1)[0], folded, kind, key, slot, lang


def phrase_words(workspace: Workspace) -> Iterator[str]:
    """Yield each word of the phrases as it is written."""
    for entry in workspace.lexicon:
        yield from parts(entry.text)
    for lang in languages(workspace.folder):
        section = messages(lang, workspace.folder).content.get("asking", {})
        for group in ("asks", "nouns", "operators", "values", "numerals", "ordinals"):
            for given in section.get(group, {}).values():
                yield from (w for text in given for w in words(text) if len(w) > 1)
        for kind in ("stop", "opens", "light", "requests", "whether"):
            yield from (w for text in section.get(kind, ()) for w in words(text) if len(w) > 1)
    for p in (*workspace.vocabulary.predicates.values(), *workspace.vocabulary.derived.values()):
        yield from (w for t in (p.label, p.inverse) for s in t.values() for w in parts(s))
    for c in workspace.vocabulary.classes.values():
        yield from (w for t in (c.label, c.plural) for s in t.values() for w in parts(s))
