"""The click application. Each command is a module of its own, imported when it is called."""

from __future__ import annotations

from importlib import import_module

import click

from samgraf.version import __version__

COMMANDS = {
    "ask": "Ask a question in Danish or English.",
    "initiatives": "Which initiatives, alliances and agreements involve an actor, how, and where it stands.",
    "collaborators": "Who an actor collaborates with: on what, how often, since when.",
    "meetings": "Which bodies and meetings involve an actor, in what capacity.",
    "show": "All about one entity, with evidence.",
    "path": "How two entities are linked.",
    "timeline": "What happened to an entity, and when.",
    "network": "The network of collaborations, measured.",
    "diff": "What is new between two days, workspaces or commits.",
    "brief": "A briefing note for an actor, every sentence cited.",
    "explore": "Write the interactive network page.",
    "query": "Run a named query, a file or a query from stdin.",
    "queries": "List the named queries.",
    "terms": "What claims are written with: classes, relations, roles, statuses.",
    "claims": "List claims with their evidence.",
    "export": "Write the graph as ttl, trig, nq, jsonld, graphml, gexf, csv, xlsx, parquet, nodes, edges, dcat.",
    "push": "Load the graph into another store, and only what differs.",
    "check": "Check data, ontology, shapes and evidence.",
    "spans": "Find every passage in the documents and keep its offsets and digest.",
    "build": "Build the snapshot (made by itself when stale).",
    "init": "Make a workspace of your own.",
    "migrate": "Bring a workspace of an older format up to date.",
    "add": "Read documents into your workspace and draft what they say.",
    "review": "Judge what was drafted; only what you accept is in the graph.",
    "status": "Where every document of the workspace stands.",
    "serve": "Serve SPARQL, entity pages and the explorer on this machine.",
    "site": "Write the pages, the data and the explorer as a site of files.",
    "mcp": "Serve the graph to clients of the Model Context Protocol.",
    "completion": "Print the shell completion for bash, zsh or fish.",
}


class LazyGroup(click.Group):
    """A group that lists its commands from a table and imports each one only when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the names of the commands in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command; a mistyped name is refused with the ones that come near."""
        if cmd_name in COMMANDS:
            command: click.Command = import_module(f"samgraf.cli.commands.{cmd_name}").command
            return command
        from difflib import get_close_matches

        near = get_close_matches(cmd_name, COMMANDS, n=2)
        hint = f" Did you mean {' or '.join(near)}?" if near else " See: samgraf --help"
        msg = f"No such command {cmd_name!r}.{hint}"
        raise click.UsageError(msg)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table, so that help needs no imports."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="samgraf")
@click.pass_context
def app(ctx: click.Context) -> None:
    """Who collaborates on what in the public sector, with a source for every fact.

    Exit codes: 0 answered or valid, 1 no answer, 2 bad usage, 3 data invalid, 4 store or document not reachable, 70 a bug.
    """
    if ctx.invoked_subcommand is None:
        from samgraf.cli.output import emit
        from samgraf.cli.welcome import welcome

        emit(welcome())
