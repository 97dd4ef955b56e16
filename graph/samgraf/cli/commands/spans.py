"""``samgraf spans``: keep the evidence files, or find one passage for a curator."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from samgraf.cli.options import documents_option, workspace_option

if TYPE_CHECKING:
    from samgraf.workspace.evidence import Changed


@click.command("spans")
@click.argument("document", required=False)
@click.argument("at", required=False)
@workspace_option
@documents_option
@click.option("--accept-changed", is_flag=True, help="Take the words that stand there now where a passage has changed.")
def command(
    document: str | None, at: str | None, workspace: str | None, documents: str | None, *, accept_changed: bool
) -> int:
    """Find every passage that the claims name, and keep its offsets and SHA-256 in data/evidence/.

    A passage whose words have moved is followed; of one whose words are gone, the old and the new words are shown, and you are
    asked. Until you say yes (at the terminal, or with --accept-changed) its evidence is kept as it was, and the exit code is 3.

    With DOCUMENT and AT, show one passage instead: samgraf spans my-document "106-108 first words … last words"
    """
    from samgraf import resources
    from samgraf.cli.output import emit, note
    from samgraf.errors import UsageError
    from samgraf.workspace import load
    from samgraf.workspace.evidence import document_text, write_spans
    from samgraf.workspace.spans import PassageError, find_passage

    folder = resources.documents_folder(documents, workspace)
    if folder is None:
        msg = "spans needs the documents: give --documents DIR or set SAMGRAF_DOCUMENTS"
        raise UsageError(msg)
    if document and at:
        text = document_text(folder, document)
        if text is None:
            msg = f"there is no {document}.txt in {folder}"
            raise UsageError(msg)
        try:
            found = find_passage(document, text, at)
        except PassageError as error:
            raise UsageError(str(error)) from error
        note(
            f"{document} lines {found.first_line}-{found.last_line}, characters {found.start}-{found.end}, {found.sha256}"
        )
        emit(text[found.start : found.end])
        return 0
    count, problems = write_spans(load(workspace), folder, ask=(lambda _: True) if accept_changed else _ask)
    for problem in problems:
        emit(str(problem))
    note(f"{count} passages kept, {len(problems)} problems")
    return 3 if problems else 0


def _ask(changed: Changed) -> bool:
    """Ask at the terminal whether the words that stand there now are what the claim rests on; elsewhere the answer is no."""
    from samgraf.cli.output import note

    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    note(f"{changed.path}:{changed.line}: at {changed.at!r}")
    note(f"  - {changed.old or '(the words that were here were not kept)'}\n  + {changed.new}")
    return click.confirm("  Does the claim rest on these words now?", default=False, err=True)
