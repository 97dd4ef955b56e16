"""``samgraf explore``: the interactive network page."""

from __future__ import annotations

import os

import click

from samgraf.cli.names import complete_entity
from samgraf.cli.options import documents_option, language_option, store_option, workspace_option


@click.command("explore")
@click.option(
    "-o",
    "--output",
    "output",
    metavar="FILE.html",
    type=click.Path(dir_okay=False),
    help="The file to write. Default: samgraf.html, or with --focus the entity's id.",
)
@click.option("--focus", metavar="NAME", shell_complete=complete_entity, help="Begin with what is around this entity.")
@click.option("--open", "show", is_flag=True, help="Open the page in the browser.")
@click.option("--with-passages", "passages", is_flag=True, help="Put the documents' own words in the page; needs them.")
@click.option(
    "--story",
    metavar="FILE.yaml",
    type=click.Path(dir_okay=False, exists=True),
    help="Steps that lead through the page: a list of state, title, text.",
)
@documents_option
@language_option
@workspace_option
@store_option
def command(
    output: str | None,
    focus: str | None,
    story: str | None,
    documents: str | None,
    lang: str | None,
    workspace: str | None,
    store: str | None,
    *,
    show: bool,
    passages: bool,
) -> int:
    """Write the network as one HTML page that needs nothing else: to look at, search, filter and export.

    The page asks nothing of the network it is opened in, and can be sent as a file. The documents' own words stand in it
    only with --with-passages: see that you may pass them on.

    \b
      samgraf explore --focus Viborg --open
      samgraf explore -o netvaerk.html --with-passages --documents tekster/
    """
    from samgraf import api
    from samgraf.cli.output import emit

    graph = api.open(workspace, store)
    path = output or f"{graph.id_of(focus) if focus else 'samgraf'}.html"
    graph.explore(path, focus=focus, lang=lang, documents=(documents or "") if passages else None, story=story)
    emit(path)
    if show:
        import pathlib
        import webbrowser

        webbrowser.open(pathlib.Path(os.path.abspath(path)).as_uri())
    return 0
