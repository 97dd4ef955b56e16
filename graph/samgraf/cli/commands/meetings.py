"""``samgraf meetings``: the bodies and meetings of an actor. Plain calls take the fast path and never come here."""

from __future__ import annotations

import click

from samgraf.cli.options import involving_option, reply_options


@click.command("meetings")
@involving_option
@reply_options
def command(**found: str | bool | None) -> int:
    """Tell which bodies and meetings involve an actor: in what capacity, when, and where it stands.

    Meetings stand under the body that holds them, when the actor is in both.

    \b
      samgraf meetings --involving "Lotte Henriksen"
      samgraf meetings --involving DASSOS --as-of 2020-11-23 --format json
    """
    from samgraf.cli.involving import involving_command

    return involving_command("meetings", found)
