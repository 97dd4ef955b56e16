"""``samgraf serve``: SPARQL, entity pages, queries and the explorer on this machine."""

from __future__ import annotations

import click

from samgraf.cli.options import store_option, workspace_option


@click.command("serve")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen on; the default is reached from this machine only.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=7878,
    show_default=True,
    help="Port to listen on; 0 takes a free one.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0.1, 3600),
    default=20.0,
    show_default=True,
    help="Seconds that a query may take.",
)
@click.option("--quiet", is_flag=True, help="Do not log requests.")
@workspace_option
@store_option
def command(host: str, port: int, timeout: float, workspace: str | None, store: str | None, *, quiet: bool) -> int:
    """Serve the graph over HTTP until interrupted: / is the explorer, /sparql the SPARQL 1.1 endpoint.

    It only reads. Entities are at /id/NAME (HTML, Turtle, JSON-LD), named queries at /queries, questions at /ask?q=.
    """
    from samgraf.cli.output import note
    from samgraf.server import serve

    serve(
        host=host,
        port=port,
        workspace=workspace,
        store=store,
        seconds=timeout,
        ready=lambda url: note(f"samgraf serves on {url} (stop it with Ctrl-C)"),
        log=None if quiet else note,
    )
    return 0
