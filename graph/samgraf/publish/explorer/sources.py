"""What the page is made of: all that a snapshot or an endpoint has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from samgraf.library.gallery import gallery
from samgraf.library.listing import queries
from samgraf.model import text_of
from samgraf.rdf import reading
from samgraf.rdf.collaborations import read_collaborations, read_links
from samgraf.rdf.rules import read_rules

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from samgraf.model import Claim, Collaboration, Document, Entity, Text
    from samgraf.rdf.port import GraphStore
    from samgraf.vocabulary.terms import Vocabulary

_TITLE = re.compile(r"^# title\.(\w+): (.+)$", re.MULTILINE)
ENTITY = "entity"
"""The kind of a query's parameter that is filled in with something of the graph."""


class Sources(NamedTuple):
    """Entities, claims, documents, the vocabulary, the table of collaborations and the answers of the named queries.

    `belonging` are pairs of an actor and what it belongs to (its group, its organisation): they are not each other's partners.
    `standing` are pairs of a thing and the one that it counts with: a part and its whole, a meeting and what it is about.
    `questions` are the named queries that ask for one entity: `name`, `title` by language, and the `parameter` for it;
    `rules` are the titles of the rules that derive claims, by name.
    """

    entities: Sequence[Entity]
    claims: Sequence[Claim]
    documents: Sequence[Document]
    vocabulary: Vocabulary
    collaborations: Sequence[Collaboration]
    queries: Sequence[Mapping[str, Any]] = ()
    belonging: Sequence[tuple[str, str]] = ()
    questions: Sequence[Mapping[str, Any]] = ()
    standing: Sequence[tuple[str, str]] = ()
    rules: Mapping[str, Text] = {}


def read_sources(store: GraphStore, workspace: str | None = None) -> Sources:
    """Read everything from a store; `workspace` names the one whose queries and rules it has."""
    return Sources(
        reading.read_entities(store),
        reading.read_claims(store),
        reading.read_documents(store),
        reading.vocabulary(store),
        read_collaborations(store),
        gallery(store, workspace),
        read_links(store, "sam:belongsTo"),
        _questions(workspace),
        read_links(store, "sam:standsFor"),
        {rule.name.partition("-")[2]: text_of(_TITLE.findall(rule.text)) for rule in read_rules(workspace)},
    )


def _questions(workspace: str | None) -> list[dict[str, Any]]:
    """Give the named queries that are answered by naming one entity."""
    found = []
    for query in queries(workspace):
        required = [one for one in query.parameters if one.required]
        if len(required) == 1 and required[0].type == ENTITY:
            found.append({"name": query.name, "title": query.title, "parameter": required[0].name})
    return found
