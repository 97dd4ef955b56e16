"""``samgraf claims``: the claims with their evidence, as JSON lines, CSV or a table."""

from __future__ import annotations

from typing import Any

import click

from samgraf.cli.options import as_of_option, format_option, language_option, store_option, workspace_option


@click.command("claims")
@format_option("jsonl", "csv", "table")
@click.option("--document", metavar="ID", help="Only the claims of this document.")
@click.option("--about", metavar="NAME", help="Only claims with this entity as subject or object, or on its behalf.")
@click.option(
    "--derived/--asserted", default=False, show_default=True, help="Take in what rules derive from the claims."
)
@language_option
@as_of_option
@workspace_option
@store_option
def command(
    format_: str,
    document: str | None,
    about: str | None,
    lang: str | None,
    as_of: str | None,
    workspace: str | None,
    store: str | None,
    *,
    derived: bool,
) -> int:
    """List claims, each with the document, lines and characters that state it.

    With --as-of, only those that held that day or may have, each with its state. jsonl: one JSON object a line. Labels and
    texts are in the language asked for (Danish when none is); the name in the other language stands among the aliases.
    """
    from samgraf import api
    from samgraf.cli.output import emit, note
    from samgraf.cli.prose import print_columns
    from samgraf.language.messages import language_of, messages

    say = messages(language_of(lang))
    graph = api.open(workspace, store)
    lines = graph.claims(document=document, about=about, derived=derived, lang=lang, as_of=as_of)
    if format_ == "csv":
        emit(graph.claims_csv(document=document, about=about, derived=derived, as_of=as_of).removesuffix("\r\n"))
    elif lines and format_ == "jsonl":
        import json

        emit("\n".join(json.dumps(line, ensure_ascii=False) for line in lines))
    elif lines:
        print_columns([say("claims.claim"), say("claims.source")], [_row(line) for line in lines])
    if not lines:
        note(say("claims.none"))
    return 0 if lines else 1


def _row(line: dict[str, Any]) -> list[str]:
    lines = "-".join(str(n) for n in dict.fromkeys(line["lines"] or []))
    return [line["sentence"], f"{line['document']} {lines}".strip()]
