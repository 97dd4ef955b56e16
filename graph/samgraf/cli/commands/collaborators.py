"""``samgraf collaborators``: whom an actor collaborates with. Plain calls take the fast path and never come here."""

from __future__ import annotations

import click

from samgraf.cli.names import complete_entity
from samgraf.cli.options import reply_options


@click.command("collaborators")
@click.argument("involving", metavar="NAME", shell_complete=complete_entity)
@reply_options
def command(**found: str | bool | None) -> int:
    """Tell who an actor collaborates with: on what, how often, since when, and where it stands.

    Two collaborate when they are in the same thing at the same time; what all of a kind are in is counted apart. Those with
    most in common come first.

    \b
      samgraf collaborators Viborg
      samgraf collaborators "Region Midtjylland" --as-of 2021-10-01 --format json
    """
    from samgraf.cli.involving import involving_command

    return involving_command("collaborators", found)
