"""``samgraf migrate``: bring a workspace's files to the present format."""

from __future__ import annotations

import click


@click.command("migrate")
@click.argument("folder", metavar="DIR", required=False)
def command(folder: str | None) -> int:
    """Bring the files of the workspace in DIR to the present format, comments and order kept.

    A workspace of an older format is read all the same; what migrate changes is printed, a line each.
    """
    from samgraf import resources
    from samgraf.cli.output import emit, note
    from samgraf.errors import UsageError
    from samgraf.vocabulary.reading import read_vocabulary
    from samgraf.workspace.migrating import migrate

    place = resources.workspace_folder(folder or ".")
    if place == resources.root():
        msg = "the built-in workspace has the present format; name the folder of yours"
        raise UsageError(msg)
    done = migrate(place, read_vocabulary(place))
    for line in done:
        emit(line)
    note(f"{len(done)} changes; next: samgraf check --workspace {folder or '.'}")
    return 0
