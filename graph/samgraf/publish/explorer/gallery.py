"""The results of named queries as tables that people read: names in both languages, no IRIs, no columns said twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from samgraf.model import Moment
from samgraf.model.text import WRITTEN
from samgraf.namespaces import CLAIM, ENTITY, SAM
from samgraf.publish.explorer.tables import NONE, both, pair

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from samgraf.publish.explorer.tables import Table, Times

    Record = Mapping[str, Any]
    Labels = Mapping[str, Mapping[str, str]]

NODE, TEXT, DATE = 0, 1, 2
"""What a cell that is a pair of numbers is a number of."""

_DATE = re.compile(r"\d{4}(-\d\d){0,2}(/(\d{4}(-\d\d){0,2}|\.\.))?[~?%]?")


class Gallery:
    """Makes the tables, on the page's own tables of entities, texts and dates.

    `terms` are the labels of what is no entity of the page: roles, statuses, classes, documents.
    """

    def __init__(self, nodes: Table, times: Times, texts: Table, terms: Labels) -> None:
        """Keep the tables."""
        self.nodes, self.times, self.texts, self.terms = nodes, times, texts, terms

    def tables(self, queries: Iterable[Record]) -> list[dict[str, Any]]:
        """Make each result ready for the page; a query without rows is left out.

        A cell is a number, a text, nothing, or a pair that names an entity, a label or a date by its number. Columns of
        claims go, and so does a column that only names another (`label`, `partnerLabel`).
        """
        return [self._table(one) for one in queries if one["rows"]]

    def _table(self, query: Record) -> dict[str, Any]:
        """Make one table."""
        names = [str(one) for one in query["columns"]]
        kept = [place for place, name in enumerate(names) if not _said_elsewhere(name, names, query["rows"])]
        rows = [[self._cell(row[place]) for place in kept] for row in query["rows"]]
        full = [place for place in range(len(kept)) if any(row[place] not in (None, "") for row in rows)]
        return {
            "name": query["name"],
            "title": query["title"],
            "description": query["description"],
            "columns": [names[kept[place]] for place in full],
            "rows": [[row[place] for place in full] for row in rows],
            "all": query.get("all", len(rows)),
        }

    def _cell(self, value: Any) -> Any:
        """Make one value ready."""
        if isinstance(value, dict):
            return [TEXT, self.texts.number(both(value), pair(value))]
        if not isinstance(value, str):
            return value
        if CLAIM in value:
            return None
        if _DATE.fullmatch(value):
            return [DATE, self.times.date(Moment(value, "", ""))]
        name = value.removeprefix(ENTITY).removeprefix(SAM)
        if (number := self.nodes.find(name)) != NONE:
            return [NODE, number]
        if label := self.terms.get(name):
            known = {language: label[language] for language in WRITTEN if label.get(language)}
            return [TEXT, self.texts.number(both(known), pair(known))]
        return name


def _said_elsewhere(name: str, names: Sequence[str], rows: Iterable[list[Any]]) -> bool:
    """Tell whether a column only names the thing of another column."""
    if name == "label":
        return any(isinstance(value, str) and value.startswith(ENTITY) for row in rows for value in row)
    return name.endswith("Label") and name.removesuffix("Label") in names
