"""Names on the command line: the completions that the shell asks for."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    import click

    from samgraf.store.names import Named

_OFFERED = 30


def complete_entity(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete an entity's name, in Danish or English, with its kind beside it. Never raises, never builds a snapshot."""
    from samgraf.errors import SamgrafError

    del param
    try:
        found = _names(ctx.params.get("workspace"), incomplete)
    except (SamgrafError, OSError):
        return []
    return [CompletionItem(n.text, help=n.types[0] if n.text == n.da else f"{n.da} · {n.types[0]}") for n in found]


def _names(workspace: str | None, incomplete: str) -> list[Named]:
    from samgraf.store import snapshot
    from samgraf.store.names import Names

    names = Names(snapshot.current(workspace, build=_refuse))
    if not incomplete.strip():
        rows = names.db.execute("SELECT iri FROM entity ORDER BY degree DESC, iri LIMIT ?", (_OFFERED,)).fetchall()
        return [named for (iri,) in rows if (named := names.by_iri(iri))]
    return names.beginning(incomplete, _OFFERED)


def _refuse(workspace: str | None, folder: str) -> None:
    """Stand in for the building of a snapshot: who presses TAB does not want to wait for it."""
    from samgraf.errors import UnreachableError

    msg = f"there is no fresh snapshot of {workspace or 'the built-in graph'} to complete names from ({folder})"
    raise UnreachableError(msg)


def complete_query(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the name of a named query; files are left to the shell. Never raises."""
    from samgraf import disk, resources
    from samgraf.errors import SamgrafError

    del param
    try:
        folders = resources.layers(ctx.params.get("workspace"), "queries")
    except SamgrafError:
        return []
    found = {os.path.basename(path).removesuffix(".rq") for folder in folders for path in disk.files(folder, ".rq")}
    return [CompletionItem(name) for name in sorted(found) if name.startswith(incomplete)]
