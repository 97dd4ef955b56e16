"""``samgraf push``: the graph loaded into another store."""

from __future__ import annotations

import click

from samgraf.cli.options import workspace_option


@click.command("push")
@click.argument("url", metavar="URL")
@click.option("--query", metavar="URL", help="Where the store answers queries, if not at URL; needed with --prune.")
@click.option("--user", metavar="NAME", help="Who may write; the password is asked for where it is not set.")
@click.option("--prune", is_flag=True, help="Remove samgraf's graphs that the workspace does not have.")
@workspace_option
def command(url: str, query: str | None, user: str | None, prune: bool, workspace: str | None) -> int:
    """Load the graph into the store at URL, graph by graph: by the SPARQL 1.1 Graph Store Protocol, else by updates.

    Only graphs that differ are sent, so a push that was broken off is called again. What was sent is fetched and compared,
    triple by triple; the digest is that of the sorted N-Triples. Graphs that the workspace does not have stay, but for --prune.

    A name and a password are read from SAMGRAF_STORE_USER and SAMGRAF_STORE_PASSWORD, or from the netrc file.

    \b
      oxigraph serve &   samgraf push http://localhost:7878/store
      samgraf push http://localhost:7878/update --query http://localhost:7878/query --prune
      samgraf initiatives --involving Viborg --store http://localhost:7878/query
    """
    from samgraf.cli.output import emit, note
    from samgraf.namespaces import GRAPH
    from samgraf.publish.exports.rdf import quads
    from samgraf.publish.pushing import REMOVED, SENT, push, target
    from samgraf.store.opening import open_store

    there = target(url, query=query, user=user, password=_password(user))
    done = []
    for one in push(there, quads(open_store(workspace)), gone_under=GRAPH if prune else None):
        note(f"{one.done}: {one.graph}, {one.triples:,} triples, sha256 {one.digest[:16]}")
        done.append(one)
    kept = [one for one in done if one.done != REMOVED]
    sent = sum(one.done == SENT for one in done)
    removed = f", {len(done) - len(kept)} removed" if prune else ""
    emit(f"{len(kept)} graphs, {sum(one.triples for one in kept):,} triples at {url}; {sent} of them sent{removed}")
    return 0


def _password(user: str | None) -> str | None:
    """Ask for the password of whoever was named, where none is set and somebody can answer."""
    import os
    import sys

    from samgraf.store.credentials import PASSWORD

    if not user or PASSWORD in os.environ or not sys.stdin.isatty():
        return os.environ.get(PASSWORD)
    return str(click.prompt(f"Password of {user}", hide_input=True, err=True))
