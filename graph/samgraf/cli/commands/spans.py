"""``samgraf spans``: keep the evidence files, or find one passage for a curator."""

from __future__ import annotations

import click

from samgraf.cli.options import documents_option, workspace_option


@click.command("spans")
@click.argument("document", required=False)
@click.argument("at", required=False)
@workspace_option
@documents_option
def command(document: str | None, at: str | None, workspace: str | None, documents: str | None) -> int:
    """Find every passage that the claims name, and keep its offsets and SHA-256 in data/evidence/.

    With DOCUMENT and AT, show one passage instead: samgraf spans my-document "106-108 first words … last words"
    """
    from samgraf import resources
    from samgraf.checks.evidence import document_text, write_spans
    from samgraf.cli.output import emit, note
    from samgraf.errors import UsageError
    from samgraf.loader import load
    from samgraf.loader.spans import PassageError, find_passage

    folder = resources.documents_folder(documents)
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
    count, problems = write_spans(load(workspace), folder)
    for problem in problems:
        emit(str(problem))
    note(f"{count} passages kept, {len(problems)} problems")
    return 3 if problems else 0
