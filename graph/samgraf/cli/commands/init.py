"""``samgraf init``: a workspace of one's own, small and valid, to begin from."""

from __future__ import annotations

import click


@click.command("init")
@click.argument("folder", metavar="DIR")
def command(folder: str) -> int:
    """Make a workspace in DIR: data, one example document with its text, a query, a README.

    DIR is made if need be; a folder that holds anything is refused.
    """
    from samgraf.cli.output import emit, note
    from samgraf.workspace.init import start_workspace

    for path in start_workspace(folder):
        emit(path)
    note(f"Next: cd {folder}; samgraf check")
    return 0
