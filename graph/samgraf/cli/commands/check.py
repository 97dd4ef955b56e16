"""``samgraf check``: data, ontology, shapes and evidence; every problem as path:line."""

from __future__ import annotations

import click

from samgraf.cli.options import documents_option, workspace_option


@click.command("check")
@workspace_option
@documents_option
@click.option("--shapes/--no-shapes", default=True, show_default=True, help="Run the SHACL shapes too.")
def command(workspace: str | None, documents: str | None, *, shapes: bool) -> int:
    """Check data, ontology, shapes, queries and, where the documents are at hand, all evidence.

    Every problem is one line, path:line: code: message, on stdout.
    """
    from samgraf import library, resources
    from samgraf.cli.output import emit, note
    from samgraf.rdf.validation import check

    report = check(workspace, resources.documents_folder(documents, workspace), shapes=shapes)
    problems = sorted([*report.problems, *library.check(workspace)])
    for problem in problems:
        emit(str(problem))
    errors = sum(p.severity == "error" for p in problems)
    note(
        f"{report.entities} entities, {report.claims} claims in {report.documents} documents: {errors} problem{'s' * (errors != 1)}"
    )
    if report.verified is not None:
        v = report.verified
        note(f"evidence: {v.verified} of {v.claims} claims verified ({100 * v.share:.1f} %)")
        for layer, claims in v.unseen.items():
            note(f"evidence: the texts of the layer {layer} are not at hand; {claims} claims are taken as it has them")
    else:
        note("evidence: not verified; point --documents or SAMGRAF_DOCUMENTS at the texts")
    return 3 if errors else 0
