"""``samgraf export``: the graph in other programs' formats."""

from __future__ import annotations

import click

from samgraf.cli.options import store_option, workspace_option


@click.command("export")
@click.argument("target", metavar="FORMAT|FILE")
@workspace_option
@store_option
def command(target: str, workspace: str | None, store: str | None) -> int:
    """Write the graph as ttl, trig, nq, jsonld, graphml, gexf, csv, csv-da, xlsx, parquet, nodes, edges.

    csvw describes the CSV, dcat the data set.

    With a FILE, its ending tells the format, and it is written whole or not at all; with a FORMAT, the graph goes to
    stdout.

    \b
      samgraf export graph.trig
      samgraf export csv > claims.csv
      samgraf export csv-da > paastande.csv     for a Danish Excel
      samgraf export csvw > claims.csv-metadata.json
      samgraf export nodes.csv && samgraf export edges.csv   for neo4j-admin and Gephi
    """
    import sys

    from samgraf import api
    from samgraf.cli.output import emit_bytes, note
    from samgraf.errors import UsageError

    if target in ("xlsx", "parquet") and sys.stdout.isatty():
        msg = f"{target} is not for the terminal; name a file: samgraf export claims.{target}"
        raise UsageError(msg)
    graph = api.open(workspace, store)
    made = graph.export(target)
    if target == "dcat" and graph.undescribed():
        note(f"samgraf.yaml does not say: {', '.join(graph.undescribed())}")
    if isinstance(made, int):
        note(f"{target}: {made:,} bytes written")
    else:
        emit_bytes(made)
    return 0
