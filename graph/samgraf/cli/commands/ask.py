"""``samgraf ask``: a question, answered. Plain calls take the fast path and never come here."""

from __future__ import annotations

import click

from samgraf.cli.options import as_of_option, format_option, language_option, store_option, workspace_option


@click.command("ask")
@click.argument("question")
@format_option("table", "json", "csv")
@language_option
@as_of_option
@click.option("--show-sparql", is_flag=True, help="Show the query too; run by hand it gives the same answer.")
@click.option("--explain", is_flag=True, help="Tell how the question was understood.")
@workspace_option
@store_option
def command(**found: str | bool | None) -> int:
    """Answer a question in Danish or English from the graph, each answer with its source, or say that no document does.

    \b
      samgraf ask "Hvilke kommuner er med i Midtklyngen?"
      samgraf ask "Who chairs DASSOS?" --format json
    """
    from samgraf.cli.answering import answer_command

    return answer_command("ask", found)
