"""``samgraf diff``: what is new between two days, workspaces or commits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from samgraf.cli.names import complete_entity
from samgraf.cli.options import format_option, language_option, store_option, workspace_option

if TYPE_CHECKING:
    from collections.abc import Mapping


@click.command("diff")
@click.argument("a")
@click.argument("b", required=False)
@click.option("--about", metavar="NAME", help="Only what concerns this entity.", shell_complete=complete_entity)
@format_option("table", "json")
@language_option
@workspace_option
@store_option
def command(
    a: str, b: str | None, about: str | None, format_: str, lang: str | None, workspace: str | None, store: str | None
) -> int:
    """Tell what is new from A to B: claims added, changed, ended, superseded, no longer there, and how many for each actor.

    A and B are days (what the documents of that day and before say), folders of workspaces, or commits of the workspace's
    repository; without B, the graph as it is.

    \b
      samgraf diff 2020-12-31 2021-12-31 --about Viborg
      samgraf diff HEAD~1
    """
    from samgraf import api
    from samgraf.cli.output import emit, note
    from samgraf.language.messages import messages

    told = api.open(workspace, store).diff(a, b, about=about, lang=lang)
    if format_ == "json":
        import json

        emit(json.dumps(told, ensure_ascii=False, indent=2))
    elif any(told["summary"].values()):
        _print(told)
    else:
        note(messages(told["lang"])("diff.none"))
    return 0 if any(told["summary"].values()) else 1


def _print(told: Mapping[str, Any]) -> None:
    from samgraf.cli.output import colour, emit
    from samgraf.cli.prose import places, print_columns, wrapped
    from samgraf.language.messages import messages

    say = messages(told["lang"])
    emit(colour(say("diff.head", told["from"], told["to"] or say("diff.now")), "bold"))
    kinds = [kind for kind, number in told["summary"].items() if number]
    for kind in kinds:
        emit("\n" + colour(f"{say(f'diff.{kind}')} ({told['summary'][kind]})", "bold"))
        for claim in told[kind]:
            source = "; ".join(places(claim["evidence"], told["lang"], 3)) or claim["document"]
            emit(wrapped(f"{claim['sentence']} [{source}]", "  ", "    "))
            if claim["changed"] and claim["before"]["sentence"] != claim["sentence"]:
                emit(wrapped(say("diff.before", claim["before"]["sentence"]), "    ", "      "))
    if told["actors"] and told["about"] is None:
        emit("")
        heads = [say("diff.actor"), *(say(f"diff.{kind}") for kind in kinds)]
        print_columns(heads, [[row["label"], *(str(row[kind] or "") for kind in kinds)] for row in told["actors"]])
