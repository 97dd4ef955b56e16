"""``samgraf claims``: the claims with their evidence, as JSON lines, CSV or a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from samgraf.cli.options import format_option, language_option, store_option, workspace_option

if TYPE_CHECKING:
    from samgraf.records import EntityRecord
    from samgraf.store.base import GraphStore


@click.command("claims")
@format_option("jsonl", "csv", "table")
@click.option("--document", metavar="ID", help="Only the claims of this document.")
@click.option("--about", metavar="NAME", help="Only claims with this entity as subject or object, or on its behalf.")
@click.option(
    "--derived/--asserted", default=False, show_default=True, help="Take in what rules derive from the claims."
)
@language_option
@workspace_option
@store_option
def command(
    format_: str,
    document: str | None,
    about: str | None,
    lang: str | None,
    workspace: str | None,
    store: str | None,
    *,
    derived: bool,
) -> int:
    """List claims, each with the document, lines and characters that state it.

    jsonl: one JSON object a line. Labels and texts are in the language asked for (Danish when none is); the name in
    the other language stands among the aliases.
    """
    from samgraf.cli.output import emit, note, print_table
    from samgraf.library.claimlines import Lines, chosen
    from samgraf.store.opening import open_store

    graph: GraphStore = open_store(workspace, store)
    entities: dict[str, EntityRecord] = {}
    claims = chosen(graph, entities, document=document, about=about, derived=derived)
    if format_ == "csv":
        emit(_csv(graph, {claim["id"] for claim in claims}))
    elif claims:
        lines = Lines(graph, entities, lang or "da")
        if format_ == "jsonl":
            import json

            emit("\n".join(json.dumps(lines.line(claim), ensure_ascii=False) for claim in claims))
        else:
            print_table(
                ["subject", "predicate", "object", "role", "period", "source"], [_row(lines.line(c)) for c in claims]
            )
    if not claims:
        note("no claims")
    return 0 if claims else 1


def _csv(graph: GraphStore, wanted: set[str]) -> str:
    from samgraf.exports.tables import claims_sheet, csv_text

    sheet = claims_sheet(graph)
    return csv_text(sheet._replace(rows=[row for row in sheet.rows if row[0] in wanted])).removesuffix("\r\n")


def _row(line: dict[str, Any]) -> list[str]:
    thing = line["object"]
    period = " – ".join(str(line[key]) for key in ("from", "until") if line[key])
    lines = "-".join(str(n) for n in dict.fromkeys(line["lines"] or []))
    modality = "" if line["modality"] == "stated" else f" ({line['modality']})"
    shown = str(thing.get("label", thing.get("value"))) + modality
    return [
        line["subject"]["label"],
        line["predicate"]["label"],
        shown,
        line["role"] or "",
        period,
        f"{line['document']} {lines}",
    ]
