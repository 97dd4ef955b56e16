"""Questions in Danish and English, turned into SPARQL and answered with evidence.

No language model: a question is read word by word against the graph's own names and words and a lexicon kept as data;
the reading that explains most of the question becomes a query, and its rows the answer. See docs/ask.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from samgraf.ask.reply import Reply

__all__ = ["answer"]


def answer(
    question: str,
    *,
    lang: str | None = None,
    as_of: str | None = None,
    workspace: str | None = None,
    store: str | None = None,
) -> Reply:
    """Answer a question from the workspace's graph (or the endpoint ``store``), as of a day ``YYYY-MM-DD`` if given.

    Raises DataError when the workspace is not valid and UnreachableError when a store is not there; never for the question.
    """
    from samgraf.ask.engine import answer_question
    from samgraf.ask.index import Index
    from samgraf.store.embedded import EmbeddedStore
    from samgraf.store.opening import open_store, snapshot_folder

    folder = snapshot_folder(workspace)
    graph = open_store(workspace, store) if store else EmbeddedStore.open(folder)
    return answer_question(question, graph, Index(folder), language=lang, as_of=as_of, workspace=workspace)
