"""``samgraf ask``: a question, answered. Plain calls take the fast path and never come here."""

from __future__ import annotations

import click

from samgraf.cli.options import reply_options


@click.command("ask")
@click.argument("question")
@reply_options
def command(**found: str | bool | None) -> int:
    """Answer a question in Danish or English from the graph, each answer with its source, or say that no document does.

    \b
      samgraf ask "Hvilke kommuner er med i Midtklyngen?"
      samgraf ask "Who chairs DASSOS?" --format json
    """
    from samgraf.cli.answering import answer_command

    return answer_command(found)
