"""``samgraf site``: what `samgraf serve` shows, as files."""

from __future__ import annotations

import click

from samgraf.cli.options import store_option, workspace_option


@click.command("site")
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False))
@click.option(
    "--url", metavar="URL", help="Where the site will be: for its site map, its feed and the redirects of its IRIs."
)
@workspace_option
@store_option
def command(folder: str, url: str | None, workspace: str | None, store: str | None) -> int:
    """Write pages, RDF, the explorer, downloads with checksums and a feed of what is new into DIR, for any file server.

    DIR appears whole or not at all. One that holds a site of ours is replaced; one that holds anything else is refused.
    The same graph gives the same bytes.

    \b
      samgraf site public --url https://kommune.example/samarbejde
      python -m http.server --directory public
    """
    from samgraf import api
    from samgraf.cli.output import note
    from samgraf.errors import UsageError
    from samgraf.server.published import write_site

    if url is not None and not url.startswith(("https://", "http://")):
        msg = f"--url is to be a web address, https://…, not {url!r}"
        raise UsageError(msg)
    graph = api.open(workspace, store)
    number = write_site(graph, folder, url)
    note(f"{folder}: {number:,} files written")
    if url is None:
        note("without --url there is no site map and no file of redirects for w3id.org")
    if graph.undescribed():
        note(f"samgraf.yaml does not say: {', '.join(graph.undescribed())}")
    return 0
