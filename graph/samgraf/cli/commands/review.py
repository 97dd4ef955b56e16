"""``samgraf review``: judge what was drafted, in a browser, as YAML, or by naming it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from samgraf import disk
from samgraf.cli.options import language_option, workspace_option

if TYPE_CHECKING:
    from samgraf.review.reviewing import Reviewing


@click.command("review")
@click.argument("document", required=False)
@workspace_option
@click.option("--yaml", "as_yaml", is_flag=True, help="Print what is open as YAML to fill in.")
@click.option("--decide", metavar="FILE", help="Read back a form of --yaml that was filled in.")
@click.option(
    "--accept", multiple=True, metavar="WHAT", help="Accept claims: a key, a row, a group (attendance) or all."
)
@click.option("--reject", multiple=True, metavar="WHAT", help="Reject claims.")
@click.option("--undo", multiple=True, metavar="WHAT", help="Take a decision back: the claims are open again.")
@click.option("--withdraw", multiple=True, metavar="WHAT", help="Take claims out of the graph for good; give --reason.")
@click.option("--reason", metavar="TEXT", help="Why they are rejected or withdrawn.")
@click.option("--same", multiple=True, metavar="NAME=ID", help="A name of the draft is this entity.")
@click.option("--new", "new_", multiple=True, metavar="NAME", help="A name of the draft is somebody new.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port of the page; 0 takes a free one.")
@click.option("--no-browser", is_flag=True, help="Print the page's address and do not open a browser.")
@language_option
@click.option("--export", "export_", metavar="FILE.xlsx", help="Write the claims to a spreadsheet, to be judged there.")
@click.option("--import", "import_", metavar="FILE.xlsx", help="Read back a spreadsheet that was judged.")
@click.option("--merge", metavar="FILE", help="Take in another person's decisions (a .decisions.jsonl).")
def command(document: str | None, workspace: str | None, **options: Any) -> int:
    """Judge the drafted claims of a document on a page in your browser. Only what you accept is in the graph.

    With --yaml, or by naming what you decide, it works without a browser.
    Each decision is on disk before it is told to be taken. Nothing that was decided is asked again.
    """
    from samgraf.cli.output import emit, note
    from samgraf.errors import UsageError
    from samgraf.review.reviewing import Reviewing

    if not any(options[name] for name in _DECIDING):
        return _page(workspace, document, options)
    reviewing = Reviewing(workspace)
    if document is None:
        waiting = [p for p in reviewing.progress() if p.open]
        for one in waiting:
            emit(f"{one.document}: {one.open} of {one.drafted} claims open")
        if waiting:
            note(f"next: samgraf review {waiting[0].document} --yaml")
        return 0 if waiting else 1
    reviewing.settle(document)
    if options["as_yaml"]:
        from samgraf.review.yamlform import form

        emit(form(reviewing.state(document), reviewing.known))
        return 0
    if options["export_"]:
        from samgraf.review.sheet import write_sheet

        count = write_sheet(options["export_"], reviewing.state(document), reviewing.known, options["lang"])
        note(f"{count} claims written to {options['export_']}")
        return 0
    if options["merge"]:
        return _merge(reviewing, document, options["merge"])
    taken = _decisions(reviewing, document, options)
    if not taken:
        msg = "say what you decide: --accept, --reject, --undo, --withdraw, --same, --new; or see it with --yaml"
        raise UsageError(msg)
    settled = reviewing.decide(document, taken)
    for left in settled.left:
        note(f"left as it is, since it was changed by hand: {left}")
    counts = reviewing.state(document).counts
    note(
        f"{settled.added} claims written, {settled.removed} taken away, {sum(e.id != document for e in settled.made)} new names; "
        f"{counts['accepted']} accepted, {counts['rejected']} rejected, {counts['open']} open of {counts['drafted']}"
    )
    return 0


_DECIDING = ("as_yaml", "decide", "accept", "reject", "undo", "withdraw", "same", "new_", "merge", "export_", "import_")


def _page(workspace: str | None, document: str | None, options: dict[str, Any]) -> int:
    """Open the page until it is interrupted."""
    import contextlib
    import webbrowser

    from samgraf.cli.output import note
    from samgraf.language.messages import language_of
    from samgraf.server.review import ReviewServer

    server = ReviewServer(workspace, document, language_of(options["lang"]), options["port"])
    try:
        if server.first is None:
            note("nothing is drafted; add documents with: samgraf add FILE")
            return 1
        note(f"samgraf review: {server.url}\nThis address opens once, on this machine only. Stop with Ctrl-C.")
        if not options["no_browser"]:
            webbrowser.open(server.url)
        with contextlib.suppress(KeyboardInterrupt):
            server.serve_forever()
    finally:
        server.server_close()
    return 0


def _decisions(reviewing: Reviewing, document: str, options: dict[str, Any]) -> list[dict[str, Any]]:
    from samgraf.errors import UsageError
    from samgraf.review.reviewing import rows_meant

    state = reviewing.state(document)
    taken: list[dict[str, Any]] = []
    for pair in options["same"]:
        name, equals, entity = pair.partition("=")
        if not equals:
            msg = f"--same takes NAME=ID, not {pair!r}"
            raise UsageError(msg)
        taken.append({"name": name, "is": entity})
    taken += [{"name": n, "new": state.names[n].label} for n in options["new_"] if n in state.names]
    if options["decide"]:
        from samgraf.review.yamlform import read_form

        taken += read_form(options["decide"], state)
    if options["import_"]:
        from samgraf.review.sheet import read_sheet

        taken += read_sheet(options["import_"], state)
        if not taken:
            msg = f"{options['import_']} holds nothing that is not decided already"
            raise UsageError(msg)
    why = {"reason": options["reason"]} if options["reason"] else {}
    for verdict in ("accept", "reject", "undo", "withdraw"):
        for key in rows_meant(state, options[verdict]):
            shown = state.find(key)
            if shown.verdict != verdict:
                taken.append({"claim": key, "verdict": verdict, **(why if verdict != "accept" else {})})
    return taken


def _merge(reviewing: Reviewing, document: str, path: str) -> int:
    import json

    from samgraf.cli.output import emit, note
    from samgraf.errors import UnreachableError
    from samgraf.review import decisions

    try:
        other = [json.loads(line) for line in disk.read_text(path).split("\n") if line.strip()]
    except (OSError, ValueError) as error:
        msg = f"{path} cannot be read as decisions: {error}"
        raise UnreachableError(msg) from error
    clashes = decisions.merge(reviewing.folder, document, other)
    settled = reviewing.settle(document)
    for mine, theirs in clashes:
        emit(f"{mine['claim']}: {mine['verdict']} here, {theirs['verdict']} there; decide it with --accept or --reject")
    note(f"{settled.added} claims written, {settled.removed} taken away, {len(clashes)} to be decided")
    return 1 if clashes else 0
