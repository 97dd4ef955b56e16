"""``samgraf status``: where every document of the workspace stands."""

from __future__ import annotations

import click

from samgraf.cli.options import format_option, workspace_option


@click.command("status")
@click.argument("document", required=False)
@workspace_option
@format_option("table", "json")
def command(document: str | None, workspace: str | None, format_: str) -> int:
    """Tell of each document what was read and drafted, how much of it is reviewed, and what is wrong with it.

    'not claimed' counts the sentences that name somebody and that no claim stands on; with a DOCUMENT they are
    listed.
    """
    import json

    from samgraf.cli.output import emit, note, print_table
    from samgraf.ingest.record import read_record
    from samgraf.ingest.wordlists import WordLists
    from samgraf.review.reviewing import Reviewing
    from samgraf.review.unclaimed import unclaimed

    reviewing, words = Reviewing(workspace), WordLists(workspace)
    found = reviewing.progress(document)
    sentences = {}
    for p in found:
        record = read_record(reviewing.folder, p.document)
        sentences[p.document] = unclaimed(reviewing, record, words) if record else []
    if format_ == "json":
        told = [{**p._asdict(), "unclaimed": [s._asdict() for s in sentences[p.document]]} for p in found]
        emit(json.dumps(told, ensure_ascii=False, indent=1))
        return 0 if found else 1
    if not found:
        note("nothing was added yet; add documents with: samgraf add FILE")
        return 1
    rows = []
    for p in found:
        reviewed = f"{p.drafted - p.open} of {p.drafted}"
        left = str(len(sentences[p.document]))
        rows.append(
            [p.document, str(p.pages or "–"), str(p.lines), p.grammar or "–", reviewed, left, str(len(p.problems))]
        )
    print_table(["document", "pages", "lines", "kind", "reviewed", "not claimed", "problems"], rows)
    for p in found:
        for problem in p.problems:
            emit(f"{p.document}: {problem}")
    if document:
        for sentence in sentences[document]:
            emit(f"texts/{document}.txt:{sentence.line}: {sentence.text}")
    return 0
