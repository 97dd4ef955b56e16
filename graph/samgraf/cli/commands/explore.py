"""``samgraf explore``: the interactive network page."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from samgraf.cli.names import complete_entity
from samgraf.cli.options import documents_option, language_option, store_option, workspace_option

if TYPE_CHECKING:
    from collections.abc import Mapping

    from samgraf.network import Network
    from samgraf.records import ClaimRecord

_LAYOUT = "layout.json"


@click.command("explore")
@click.option(
    "-o",
    "--output",
    "output",
    metavar="FILE.html",
    type=click.Path(dir_okay=False),
    help="The file to write. Default: samgraf.html, or with --focus the entity's id.",
)
@click.option("--focus", metavar="NAME", shell_complete=complete_entity, help="Begin with what is around this entity.")
@click.option("--open", "show", is_flag=True, help="Open the page in the browser.")
@click.option("--with-passages", "passages", is_flag=True, help="Put the documents' own words in the page; needs them.")
@documents_option
@language_option
@workspace_option
@store_option
def command(
    output: str | None,
    focus: str | None,
    documents: str | None,
    lang: str | None,
    workspace: str | None,
    store: str | None,
    *,
    show: bool,
    passages: bool,
) -> int:
    """Write the network as one HTML page that needs nothing else: to look at, search, filter and export.

    The page asks nothing of the network it is opened in, and can be sent as a file. The documents' own words stand in it
    only with --with-passages: see that you may pass them on.

    \b
      samgraf explore --focus Viborg --open
      samgraf explore -o netvaerk.html --with-passages --documents tekster/
    """
    from samgraf import records
    from samgraf.cli.names import Place
    from samgraf.cli.output import emit
    from samgraf.explorer import write_page
    from samgraf.library.gallery import gallery
    from samgraf.namespaces import ENTITY
    from samgraf.network import project

    place = Place(workspace, store)
    name = place.resolve(focus).iri.removeprefix(ENTITY) if focus else None
    path = output or f"{name or 'samgraf'}.html"
    claims = records.claims(place.store)
    texts = _passages(claims, documents) if passages else None
    entities, predicates, types = (f(place.store) for f in (records.entities, records.predicates, records.types))
    write_page(
        path,
        entities=entities,
        claims=claims,
        predicates=predicates,
        types=types,
        documents=records.documents(place.store),
        queries=gallery(place.store, workspace),
        focus=name,
        passages=texts,
        lang="en" if lang == "en" else "da",
        layout=_layout(place.folder, project(entities, claims, predicates, types), remote=store is not None),
    )
    emit(path)
    if show:
        import pathlib
        import webbrowser

        webbrowser.open(pathlib.Path(os.path.abspath(path)).as_uri())
    return 0


def _passages(claims: list[ClaimRecord], documents: str | None) -> dict[tuple[str, int, int], str]:
    """Give the passages of all claims from the documents' texts, by document and characters."""
    from samgraf import resources
    from samgraf.checks.evidence import document_text
    from samgraf.errors import UsageError

    folder = resources.documents_folder(documents)
    if folder is None:
        msg = "--with-passages needs the documents: give --documents DIR or set SAMGRAF_DOCUMENTS"
        raise UsageError(msg)
    texts: dict[str, str | None] = {}
    found: dict[tuple[str, int, int], str] = {}
    for passage in (e for claim in claims for e in claim["evidence"]):
        document, (start, end) = passage["document"], passage["chars"]
        if document not in texts:
            texts[document] = document_text(folder, document)
        text = texts[document]
        if text is not None:
            found[document, start, end] = text[start:end]
    return found


def _layout(folder: str, network: Network, *, remote: bool) -> Mapping[str, tuple[float, float]]:
    """Give a place for every node: what the snapshot keeps, or worked out (and then kept) when that is not of this network.

    A layout that cannot be kept is not missed, and what an endpoint has is never kept.
    """
    import contextlib
    import json

    from samgraf.errors import UnreachableError
    from samgraf.network import layout
    from samgraf.resources import write_whole

    path = os.path.join(folder, _LAYOUT)
    if not remote:
        with (
            contextlib.suppress(OSError, ValueError, TypeError, AttributeError),
            open(path, encoding="utf-8") as stream,
        ):
            kept = {str(name): (float(x), float(y)) for name, (x, y) in json.load(stream).items()}
            if set(kept) == set(network.nodes):
                return kept
    places = layout(network)
    if not remote:
        with contextlib.suppress(UnreachableError):
            write_whole(path, json.dumps({name: list(spot) for name, spot in sorted(places.items())}))
    return places
