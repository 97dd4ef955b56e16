"""``samgraf add``: documents to texts of record and drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from samgraf.cli.options import format_option, workspace_option

if TYPE_CHECKING:
    from samgraf.ingest.adding import Added


@click.command("add")
@click.argument("paths", nargs=-1, required=True, metavar="FILE|FOLDER...")
@click.option(
    "--id", "document", metavar="ID", help="The document's id, for one file; else it follows the file's name."
)
@click.option(
    "--drafter", metavar="COMMAND", help="A command that drafts too: JSON in, claims with verbatim quotes out."
)
@click.option(
    "--columns",
    multiple=True,
    metavar="WHAT=HEAD",
    help="What a column of a spreadsheet holds (organisation=Firma); said once, remembered in the workspace.",
)
@workspace_option
@format_option("table", "json")
def command(
    paths: tuple[str, ...],
    document: str | None,
    drafter: str | None,
    columns: tuple[str, ...],
    workspace: str | None,
    format_: str,
) -> int:
    """Read documents into your workspace and draft what they say, for you to judge with `samgraf review`.

    PDF, Word (.docx), OpenDocument (.odt), HTML, mail (.eml), text, scans, and spreadsheets with a row for each actor. The text
    of record goes to texts/, what was read of it to drafts/; nothing of it is in the graph before you accept it. A file that
    cannot be read is told in a sentence, and the others go on (exit code 3). A file that changed is read again, and its passages
    are carried over.
    """
    import json

    from samgraf.cli.output import emit, note, printable
    from samgraf.errors import UsageError
    from samgraf.ingest.adding import ASKED, REFUSED, Adder, files_in
    from samgraf.review.experience import confidences

    files = files_in(paths)
    if document and len(files) != 1:
        msg = f"--id names one document, and {len(files)} files were given"
        raise UsageError(msg)
    if columns:
        from samgraf.ingest.adding import own_folder
        from samgraf.ingest.registers import remember_columns

        remember_columns(own_folder(workspace), columns)
    adder = Adder(workspace, drafter=drafter)
    adder.kit = adder.kit._replace(confidence=confidences(adder.folder, adder.grammars))
    results = []
    for number, added in enumerate(adder.add(files, document=document, progress=_progress), 1):
        results.append(added)
        if format_ == "table":
            emit(printable(_sentence(added)))
            for line in (*added.notes, *(f"not carried over: {u}" for u in added.uncarried)):
                emit(f"    {printable(line)}")
        elif len(files) > 1:
            note(f"{number} of {len(files)}")
    if format_ == "json":
        emit(json.dumps([a._asdict() for a in results], ensure_ascii=False, indent=1))
    failed = [a for a in results if a.outcome in (REFUSED, ASKED)]
    drafted = [a for a in results if a.drafted]
    if drafted:
        note(f"drafted, to be reviewed: {sum(a.drafted for a in drafted)}; next: samgraf review")
    return 3 if failed else 0


def _progress(page: int, pages: int) -> None:
    from samgraf.cli.output import note

    if pages > 50 and page % 50 == 0:
        note(f"page {page} of {pages}")


def _sentence(added: Added) -> str:
    import os

    name = os.path.basename(added.path)
    if added.message:
        return f"{name}: {added.message}"
    parts = [f"{added.lines} lines"]
    if added.repaired or added.offered:
        parts.append(f"{added.repaired} words with repaired letters, {added.offered} names offered")
    if added.outcome == "reread":
        parts.append(f"read again, {added.carried} passages carried over, {len(added.uncarried)} not")
    if added.grammar:
        parts.append(f"{added.drafted} claims drafted ({added.grammar})")
    else:
        parts.append("no grammar knows this kind of document: nothing was drafted")
    if added.personal:
        parts.append(f"{added.personal} pieces of personal data, left out")
    return f"{name} → {added.document}: {'; '.join(parts)}"
