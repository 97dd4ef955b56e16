"""``samgraf serve``: SPARQL, entity pages, queries and the explorer on this machine."""

from __future__ import annotations

import click

from samgraf.cli.options import endpoint_option, workspace_option


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
@click.option(
    "--cors",
    "origins",
    multiple=True,
    metavar="ORIGIN",
    help="Let pages of this origin read the graph (https://example.org; * for all); may be given more than once.",
)
@click.option(
    "--public-url",
    metavar="URL",
    help="Where a proxy in front of it is reached (https://example.org/graph): for its links, its descriptions and the Host.",
)
@click.option("--quiet", is_flag=True, help="Do not log requests.")
@workspace_option
@endpoint_option
def command(
    host: str,
    port: int,
    timeout: float,
    origins: tuple[str, ...],
    public_url: str | None,
    workspace: str | None,
    store: str | None,
    *,
    quiet: bool,
) -> int:
    """Serve the graph over HTTP until interrupted: / is the first page, /sparql the SPARQL 1.1 endpoint.

    It only reads. The explorer is at /explorer.html, entities at /id/NAME (HTML, Turtle, JSON-LD), one search for names, claims
    and queries at /search?q=, named queries at /queries, questions at /ask?q=, what is new at /new.html and /feed.atom; claims,
    graphs, rules and the ontology where their IRIs say (/claim/…, /ontology).
    """
    from samgraf.cli.output import note
    from samgraf.server import serve
    from samgraf.server.hosts import LOOPBACK

    if host not in LOOPBACK:
        note(f"samgraf: attention: on {host} everybody who can reach this machine can read the whole graph")
    serve(
        host=host,
        port=port,
        workspace=workspace,
        store=store,
        seconds=timeout,
        origins=origins,
        public_url=public_url,
        ready=lambda url: note(f"samgraf serves on {url} (stop it with Ctrl-C)"),
        log=None if quiet else note,
    )
    return 0
