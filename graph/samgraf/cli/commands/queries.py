"""``samgraf queries``: the named queries with their parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from samgraf.cli.names import complete_query
from samgraf.cli.options import format_option, language_option, workspace_option

if TYPE_CHECKING:
    from samgraf.api import NamedQuery


@click.command("queries")
@click.argument("name", required=False, shell_complete=complete_query)
@format_option("table", "json")
@language_option
@workspace_option
def command(name: str | None, format_: str, lang: str | None, workspace: str | None) -> int:
    """List the named queries and their parameters; with NAME, tell all about one and show its SPARQL."""
    import json

    from samgraf import api
    from samgraf.cli.output import emit, print_table
    from samgraf.language.messages import language_of

    language = language_of(lang)
    chosen = [api.named(name, workspace)] if name else api.queries(workspace)
    if format_ == "json":
        emit(json.dumps([q.as_data() for q in chosen], ensure_ascii=False, indent=2))
    elif name:
        emit(_page(chosen[0], language))
    else:
        rows = [[q.name, q.title[language], _parameters(q)] for q in chosen]
        print_table(["query", "what it answers", "parameters"], rows)
    return 0


def _parameters(query: NamedQuery) -> str:
    """Give the parameters in short: required ones as they are, optional ones in brackets."""
    return " ".join(p.name if p.required else f"[{p.name}]" for p in query.parameters if p.name != "lang")


def _page(query: NamedQuery, language: str) -> str:
    lines = [f"{query.name}: {query.title[language]}", query.description[language], ""]
    lines += [f"  -p {p.name}={p.type}{'' if p.required else ' (optional)'}: {p.meaning}" for p in query.parameters]
    lines += ["", *(f"  {c.name}: {c.meaning}" for c in query.columns), ""]
    lines += [f"  {question}" for question in query.examples[language]]
    body = query.text.split("\n")
    start = next((n for n, line in enumerate(body) if line.strip() and not line.startswith("#")), 0)
    return "\n".join([*lines, "", *body[start:]]).rstrip()
