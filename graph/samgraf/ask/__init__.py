"""Questions in Danish and English, turned into SPARQL and answered with evidence.

No language model: a question is read word by word against the graph's own names and words and a lexicon kept as data;
the reading that explains most of the question becomes a query, and its rows the answer. See docs/ask.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from samgraf.ask.replies import Data
    from samgraf.rdf.port import GraphStore

__all__ = ["answer"]


def answer(
    question: str,
    *,
    lang: str | None = None,
    as_of: str | None = None,
    workspace: str | None = None,
    store: str | None = None,
    folder: str | None = None,
) -> Data:
    """Answer a question from the workspace's graph (or the endpoint ``store``), as of a day ``YYYY-MM-DD`` if given.

    ``folder`` names the snapshot, for who answers from one that is open; else it is the workspace's newest.

    Raises DataError when the workspace is not valid and UnreachableError when a store is not there; never for the question.
    """
    from samgraf.ask.answering import answer_question
    from samgraf.store import snapshot
    from samgraf.store.ground import Ground

    here = folder or snapshot.current(workspace, build=_build)

    def graph() -> GraphStore:
        from samgraf.store.embedded import EmbeddedStore
        from samgraf.store.opening import open_store

        return open_store(workspace, store) if store else EmbeddedStore.open(here)

    reply = answer_question(question, Ground(here), language=lang, as_of=as_of, workspace=workspace, store=graph)
    return _as_stored(reply, graph()) if store else reply


def _build(workspace: str | None, folder: str) -> None:
    from samgraf.store.build import build

    build(workspace, folder)


def _as_stored(reply: Data, store: GraphStore) -> Data:
    """Keep of a reply the answers that an endpoint gives for its query: words are the workspace's, facts the endpoint's."""
    if not reply["answered"] or "name" in reply["query"]:
        store.ask("ASK {}")
        return reply
    rows = store.select(reply["query"]["sparql"]).rows
    given = {str(getattr(term, "value", "")) for row in rows for term in row}
    kept = [
        a for a in reply["answers"] if not given.isdisjoint({a.get("iri", ""), str(a.get("value", "")), a["label"]})
    ]
    if isinstance(reply["answers"][0].get("value"), bool) and rows:
        kept = reply["answers"]
    outcome = reply["outcome"] if kept else "silent"
    return {**reply, "answers": kept, "outcome": outcome, "answered": bool(kept)}
