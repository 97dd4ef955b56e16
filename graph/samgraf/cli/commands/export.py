"""``samgraf export``: the graph in other programs' formats."""

from __future__ import annotations

import click

from samgraf.cli.options import store_option, workspace_option


@click.command("export")
@click.argument("target", metavar="FORMAT|FILE")
@workspace_option
@store_option
def command(target: str, workspace: str | None, store: str | None) -> int:
    r"""Write the graph as ttl, trig, nq, jsonld, graphml, gexf, csv or xlsx.

    With a FILE, its ending tells the format, and it is written whole or not at all; with a FORMAT, the graph goes to
    stdout.

    \b
      samgraf export graph.trig
      samgraf export csv > claims.csv
    """
    import sys

    from samgraf.cli.output import emit_bytes, note
    from samgraf.errors import UsageError
    from samgraf.exports import FORMATS, export, format_of, write
    from samgraf.store.opening import open_store

    if target not in FORMATS:
        format_of(target)
        note(f"{target}: {write(open_store(workspace, store), target):,} bytes written")
        return 0
    if target == "xlsx" and sys.stdout.isatty():
        msg = "a workbook is not for the terminal; name a file: samgraf export claims.xlsx"
        raise UsageError(msg)
    emit_bytes(export(open_store(workspace, store), target))
    return 0
