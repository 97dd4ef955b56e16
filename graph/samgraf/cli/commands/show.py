"""``samgraf show``: everything about one entity, with evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from samgraf.cli.names import complete_entity
from samgraf.cli.options import as_of_option, format_option, language_option, store_option, workspace_option

if TYPE_CHECKING:
    from samgraf.brief.about import About
    from samgraf.brief.facts import Source
    from samgraf.brief.phrases import Phrases

_THROUGH, _PASSAGES = 3, 4
_WORDS = {
    "da": {
        "also": "også",
        "whole": "listen er hel",
        "derived": "følger af andre udsagn",
        "changes": "Hvad der har ændret sig",
        "undated": "udateret",
        "nothing": "Dokumenterne siger intet om {}.",
        "hint": "I tidens orden: samgraf timeline {0}. Som notat: samgraf brief {0} -o FIL.docx",
    },
    "en": {
        "also": "also",
        "whole": "the list is whole",
        "derived": "follows from other claims",
        "changes": "What has changed",
        "undated": "undated",
        "nothing": "The documents say nothing about {}.",
        "hint": "In the order of time: samgraf timeline {0}. As a note: samgraf brief {0} -o FILE.docx",
    },
}


@click.command("show")
@click.argument("name", shell_complete=complete_entity)
@format_option("table", "json")
@language_option
@as_of_option
@workspace_option
@store_option
def command(
    name: str, format_: str, lang: str | None, as_of: str | None, workspace: str | None, store: str | None
) -> int:
    """Show everything about one entity: names, facts by kind with source, what follows from them, what changed.

    NAME is a name in Danish or English, an abbreviation, an id or an IRI.

    \b
      samgraf show DASSOS
      samgraf show "Viborg Kommune" --as-of 2021-10-01 --lang en
    """
    from samgraf.brief.about import about
    from samgraf.brief.phrases import Phrases
    from samgraf.cli.names import Place
    from samgraf.cli.output import emit

    language = lang or "da"
    facts = Place(workspace, store).facts(name)
    told = about(facts, language, as_of)
    if format_ == "json":
        import json

        emit(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        _print(told, Phrases(facts, language))
    return 0 if told["facts"] else 1


def _print(told: About, phrases: Phrases) -> None:
    from samgraf.cli.output import colour, emit, note
    from samgraf.cli.prose import quoted, wrapped

    words = _WORDS[told["lang"]]
    emit(f"{colour(told['label'], 'bold')} · {told['kind']}")
    if told["names"]:
        emit(wrapped(f"{words['also']}: {', '.join(told['names'])}", "  ", "    "))
    emit(wrapped(" · ".join([f"id: {told['id']}", *(f"{k}: {v}" for k, v in told["identifiers"].items())]), "  "))
    for group in told["facts"]:
        whole = f" ({words['whole']})" if group["complete"] else ""
        emit("\n" + colour(_capital(group["heading"]), "bold") + whole)
        for fact in group["facts"]:
            emit(_item(fact["text"], fact["sources"], phrases))
    heading = ""
    for one in told["derived"]:
        if one["heading"] != heading:
            heading = one["heading"]
            emit("\n" + colour(f"{_capital(heading)} ({words['derived']})", "bold"))
        via = ", ".join(one["via"][:_THROUGH]) + (
            f" +{len(one['via']) - _THROUGH}" if len(one["via"]) > _THROUGH else ""
        )
        joint = " " if one["why"].endswith((" of", " af", " by", " ved")) else ": "
        emit(_item(f"{one['text']} – {one['why']}{joint}{via}" if via else one["text"], one["sources"], phrases))
    if told["changes"]:
        emit("\n" + colour(words["changes"], "bold"))
        for change in told["changes"]:
            emit(_item(f"{change['when'] or words['undated']}: {change['text']}", change["sources"], phrases))
    if not told["facts"]:
        note(words["nothing"].format(told["label"]))
    else:
        note("\n" + words["hint"].format(quoted(told["label"])))


def _item(text: str, sources: list[Source], phrases: Phrases) -> str:
    from samgraf.cli.prose import wrapped

    return wrapped(f"{text} [{phrases.place(sources, _PASSAGES)}]", "  ", "      ")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
