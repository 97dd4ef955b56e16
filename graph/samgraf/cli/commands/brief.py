"""``samgraf brief``: a briefing note for an actor."""

from __future__ import annotations

import click

from samgraf.cli.names import complete_entity
from samgraf.cli.options import as_of_option, language_option, store_option, workspace_option


@click.command("brief")
@click.argument("name", shell_complete=complete_entity)
@click.option(
    "-o",
    "--output",
    "output",
    required=True,
    metavar="FILE",
    type=click.Path(dir_okay=False, allow_dash=True),
    help="The file to write: .md, .html or .docx; - prints Markdown.",
)
@language_option
@as_of_option
@workspace_option
@store_option
def command(
    name: str, output: str, lang: str | None, as_of: str | None, workspace: str | None, store: str | None
) -> int:
    """Write a briefing note for an actor, every sentence with its source.

    What it takes part in now, agreements and bodies, people, what awaits, meetings and deadlines, what has happened since
    the latest agreement began, commitments, and what the documents say differently. It tells too what they are silent on.

    \b
      samgraf brief Viborg -o viborg.docx
      samgraf brief "Region Midtjylland" --lang en --as-of 2021-10-01 -o region.html
    """
    from samgraf import api
    from samgraf.cli.output import emit, note

    to_stdout = output == "-"
    written = api.open(workspace, store).brief(name, lang=lang, as_of=as_of, output=None if to_stdout else output)
    if to_stdout:
        emit(written.markdown())
    else:
        note(f"{output}: {written['title']}")
    return 0
