"""The page of a graph: what it is made of is read from the store, the passages from the documents' texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf import resources
from samgraf.errors import UsageError
from samgraf.model.text import FIRST
from samgraf.publish.explorer.drawing import pyvis_network
from samgraf.publish.explorer.page import render_page
from samgraf.publish.explorer.sources import read_sources
from samgraf.publish.explorer.story import read_story, story_names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyvis.network import Network as PyvisNetwork

    from samgraf.model import Claim
    from samgraf.publish.explorer.page import Pages
    from samgraf.rdf.port import GraphStore


def make_page(
    store: GraphStore,
    workspace: str | None,
    *,
    focus: str | None = None,
    lang: str = FIRST,
    documents: str | None = None,
    story: str | None = None,
    pages: Pages | None = None,
) -> str:
    """Give the page of a whole graph.

    ``documents`` is the folder of the texts whose passages are to stand in the page, ``story`` a file of steps that lead
    through it, ``pages`` those of a server or a site that it leads to. Raises UsageError when the texts are not
    there, DataError when a step is wrong.
    """
    sources = read_sources(store, workspace)
    return render_page(
        sources,
        focus=focus,
        passages=_passages(sources.claims, documents) if documents is not None else None,
        lang=lang,
        story=read_story(story, {e.id for e in sources.entities}, story_names(sources)) if story else (),
        pages=pages,
    )


def make_drawing(store: GraphStore, workspace: str | None = None) -> PyvisNetwork:
    """Give the network of actors as a pyvis network."""
    return pyvis_network(read_sources(store, workspace))


def _passages(claims: Iterable[Claim], documents: str) -> dict[tuple[str, int, int], str]:
    """Give the passages of all claims from the documents' texts, by document and characters."""
    from samgraf.workspace.evidence import document_text

    folder = resources.documents_folder(documents or None)
    if folder is None:
        msg = "--with-passages needs the documents: give --documents DIR or set SAMGRAF_DOCUMENTS"
        raise UsageError(msg)
    texts: dict[str, str | None] = {}
    found: dict[tuple[str, int, int], str] = {}
    for passage in (passage for claim in claims for passage in claim.evidence):
        document, (start, end) = passage.document, passage.chars
        if document not in texts:
            texts[document] = document_text(folder, document)
        text = texts[document]
        if text is not None:
            found[document, start, end] = text[start:end]
    return found
