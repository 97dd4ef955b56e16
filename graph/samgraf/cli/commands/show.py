"""``samgraf show``: everything about one entity, with evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from samgraf.cli.names import complete_entity
from samgraf.cli.options import as_of_option, format_option, language_option, store_option, workspace_option

if TYPE_CHECKING:
    from collections.abc import Mapping

    from samgraf.language.messages import Messages

_THROUGH, _PASSAGES = 3, 4


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
    from samgraf import api
    from samgraf.cli.output import emit

    told = api.open(workspace, store).show(name, lang=lang, as_of=as_of)
    if format_ == "json":
        import json

        emit(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        _print(told)
    return 0 if told["facts"] else 1


def _print(told: Mapping[str, Any]) -> None:
    from samgraf.cli.output import colour, emit, note
    from samgraf.cli.prose import quoted, wrapped
    from samgraf.language.messages import messages

    say = messages(told["lang"])
    emit(f"{colour(told['label'], 'bold')} · {told['kind']}")
    if told["names"]:
        emit(wrapped(f"{say('entity.also')}: {', '.join(told['names'])}", "  ", "    "))
    emit(wrapped(" · ".join([f"id: {told['id']}", *(f"{k}: {v}" for k, v in told["identifiers"].items())]), "  "))
    if told["life"]["words"]:
        emit(wrapped(f"{say('entity.life')}: {told['life']['words']}", "  ", "    "))
    for group in told["facts"]:
        whole = f" ({say('entity.whole')})" if group["complete"] else ""
        emit("\n" + colour(_capital(group["heading"]), "bold") + whole)
        for fact in group["facts"]:
            emit(_item(fact["text"], fact, say))
    heading = ""
    for one in told["derived"]:
        if one["heading"] != heading:
            heading = one["heading"]
            emit("\n" + colour(f"{_capital(heading)} ({say('entity.derived')})", "bold"))
        via = ", ".join(one["via"][:_THROUGH]) + (
            f" +{len(one['via']) - _THROUGH}" if len(one["via"]) > _THROUGH else ""
        )
        emit(_item(f"{one['text']} – {one['how']}: {via}" if via else one["text"], one, say))
    if told["changes"]:
        emit("\n" + colour(say("entity.changes"), "bold"))
        for change in told["changes"]:
            emit(_item(f"{change['when'] or say('entity.undated')}: {change['text']}", change, say))
    if not told["facts"]:
        note(say("entity.nothing", told["label"]))
    else:
        note("\n" + say("entity.hint", quoted(told["label"])))


def _item(text: str, told: Mapping[str, Any], say: Messages) -> str:
    from samgraf.cli.prose import places, wrapped

    return wrapped(f"{text} [{'; '.join(places(told['sources'], say.code, _PASSAGES))}]", "  ", "      ")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
