"""What is said to who types ``samgraf`` alone: what it is, and a few commands that work on the graph at hand.

In a workspace of one's own they name what is most told of there, read from its snapshot where there is one; nothing is built.
"""

from __future__ import annotations

from collections import Counter

from samgraf import resources
from samgraf.errors import SamgrafError

_HEAD = """\
samgraf: hvem samarbejder om hvad – med en kilde for hvert svar
         who collaborates on what – with a source for every answer

Prøv / try:
"""
_FOOT = "\nAlle kommandoer / all commands: samgraf --help\n"
_BUILT_IN = (
    "initiatives --involving Viborg",
    'ask "Hvilke kommuner er med i Midtklyngen?"',
    "show DASSOS",
    "path Skanderborg Socialstyrelsen",
    "explore --focus Viborg --open",
)
_OWN = ("add FILE|FOLDER", "review", "status")


def welcome() -> str:
    """Give the text."""
    return _HEAD + "".join(f"  samgraf {words}\n" for words in _examples()) + _FOOT


def _examples() -> tuple[str, ...]:
    try:
        if resources.workspace_folder(None) == resources.root():
            return _BUILT_IN
        actor, listing = _most_told()
    except (SamgrafError, OSError):
        return _OWN
    if not actor:
        return _OWN
    return (
        *_OWN,
        *((f'{listing} --involving "{actor}"',) if listing else ()),
        f'show "{actor}"',
        f'ask "Hvad er {actor} med i?"',
        f'explore --focus "{actor}" --open',
    )


def _most_told() -> tuple[str, str]:
    """Give the actor that is in most and the command that lists what it is in; nothing where nothing is told."""
    from samgraf.language.messages import language_of
    from samgraf.store.collaborations import CollaborationTable
    from samgraf.store.snapshot import newest

    folder, there = newest(None)
    table = CollaborationTable(folder) if there else None
    rows = table.all() if table else []
    if table is None or not rows:
        return "", ""
    (actor, _), *_ = sorted(Counter(row.actor for row in rows).items(), key=lambda pair: (-pair[1], pair[0]))
    kind = Counter(row.kind for row in rows if row.actor == actor).most_common(1)[0][0]
    term = table.terms("kind").get(kind)
    return table.entities([actor])[actor].label.within(language_of(None)), term.note if term else ""
