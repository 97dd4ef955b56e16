"""``samgraf initiatives``: the initiatives of an actor. Plain calls take the fast path and never come here."""

from __future__ import annotations

import click

from samgraf.cli.options import involving_option, reply_options


@click.command("initiatives")
@involving_option
@reply_options
def command(**found: str | bool | None) -> int:
    """Tell which initiatives, alliances and agreements involve an actor: how, in what role, when, and where it stands.

    One line a thing, by kind, its parts under it, with the nearest way of being in it; then what the actor only proposed,
    decided, runs or is otherwise named by, and what is only expected or proposed. With --as-of what held that day, or may have.

    \b
      samgraf initiatives --involving Viborg
      samgraf initiatives --involving "Region Midtjylland" --as-of 2021-10-01 --format json
    """
    from samgraf.cli.involving import involving_command

    return involving_command("initiatives", found)
