"""``samgraf build``: the snapshot."""

from __future__ import annotations

import click

from samgraf.cli.options import workspace_option


@click.command("build")
@workspace_option
def command(workspace: str | None) -> int:
    """Build the snapshot of the graph, unless it is there and fresh, and print where it is."""
    from samgraf.cli.output import emit
    from samgraf.store.opening import snapshot_folder

    emit(snapshot_folder(workspace))
    return 0
