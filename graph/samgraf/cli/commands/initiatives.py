"""``samgraf initiatives``: the initiatives of an actor. Plain calls take the fast path and never come here."""

from __future__ import annotations

import click

from samgraf.cli.names import complete_entity
from samgraf.cli.options import as_of_option, format_option, language_option, store_option, workspace_option


@click.command("initiatives")
@click.option(
    "--involving", required=True, metavar="NAME", shell_complete=complete_entity, help="The actor: a name, id or IRI."
)
@format_option("table", "json", "csv")
@language_option
@as_of_option
@click.option("--show-sparql", is_flag=True, help="Show the query too; run by hand it gives the same answer.")
@click.option("--explain", is_flag=True, help="Tell how the call was understood.")
@workspace_option
@store_option
def command(**found: str | bool | None) -> int:
    """Tell which initiatives involve an actor: in what way, in what role, when, and where it stands.

    Those that it takes part in itself come first, then those through a representative, a unit, a part, a cluster or a group.

    \b
      samgraf initiatives --involving Viborg
      samgraf initiatives --involving "Region Midtjylland" --as-of 2021-10-01 --format json
    """
    from samgraf.cli.answering import answer_command

    return answer_command("initiatives", found)
