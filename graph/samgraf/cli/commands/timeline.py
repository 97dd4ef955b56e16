"""``samgraf timeline``: what happened to an entity, and when."""

from __future__ import annotations

import click

from samgraf.cli.names import complete_entity
from samgraf.cli.options import as_of_option, format_option, language_option, store_option, workspace_option


@click.command("timeline")
@click.argument("name", shell_complete=complete_entity)
@format_option("table", "json")
@language_option
@as_of_option
@workspace_option
@store_option
def command(
    name: str, format_: str, lang: str | None, as_of: str | None, workspace: str | None, store: str | None
) -> int:
    """Tell what happened to an entity, and when: starts, ends, meetings, deadlines, approvals, statuses, decisions.

    What is only proposed or expected is marked so, and what was changed later too. The dates of what the entity takes part
    in, hosts or decides are told with its own. With --as-of, what came after that day is left out.

    \b
      samgraf timeline DASSOS
    """
    from samgraf import api
    from samgraf.cli.output import emit, note
    from samgraf.cli.prose import UNBROKEN, places, print_columns
    from samgraf.language.messages import messages

    told = api.open(workspace, store).timeline(name, lang=lang, as_of=as_of)
    label, moments, say = told["entity"]["label"], told["moments"], messages(told["lang"])
    if format_ == "json":
        import json

        emit(json.dumps(told, ensure_ascii=False, indent=2))
    elif moments:
        emit(label + "\n\n")
        rows = [
            [m["when"].replace(" ", UNBROKEN), m["text"], "; ".join(places(m["sources"], say.code, 3))] for m in moments
        ]
        print_columns([say(f"timeline.{column}") for column in ("when", "what", "source")], rows)
    else:
        note(say("timeline.none", label))
    return 0 if moments else 1
