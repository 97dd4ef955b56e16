"""The results of named queries as tables that people read: names in both languages, no IRIs, no columns said twice."""

from collections.abc import Iterable, Mapping
from typing import Any

from samgraf.namespaces import CLAIM, ENTITY, SAM
from samgraf.network import Label, Network

Record = Mapping[str, Any]

CERTAINTY = {
    "stated": Label("fastslået", "stated"),
    "proposed": Label("foreslået", "proposed"),
    "expected": Label("forventet", "expected"),
}


def gallery(queries: Iterable[Record], network: Network, documents: Mapping[str, Label]) -> list[dict[str, Any]]:
    """Make each result ready for the page; a query without rows is left out.

    Entities become their ids, which the page shows by name and links; classes, predicates, documents, roles and
    statuses become their labels. Columns of claims go, and so does a column that only names another
    (`label`, `partnerLabel`).
    """
    return [_table(one, network, documents) for one in queries if one["rows"]]


def _table(query: Record, network: Network, documents: Mapping[str, Label]) -> dict[str, Any]:
    """Make one table."""
    names = [str(one) for one in query["columns"]]
    kept = [place for place, name in enumerate(names) if not _said_elsewhere(name, names, query["rows"])]
    rows = [[_cell(row[place], network, documents) for place in kept] for row in query["rows"]]
    full = [place for place in range(len(kept)) if any(row[place] not in (None, "") for row in rows)]
    return {
        "name": query["name"],
        "title": query["title"],
        "description": query["description"],
        "columns": [names[kept[place]] for place in full],
        "rows": [[row[place] for place in full] for row in rows],
    }


def _said_elsewhere(name: str, names: list[str], rows: Iterable[list[Any]]) -> bool:
    """Tell whether a column only names the thing of another column."""
    if name == "label":
        return any(isinstance(value, str) and value.startswith(ENTITY) for row in rows for value in row)
    return name.endswith("Label") and name.removesuffix("Label") in names


def _cell(value: Any, network: Network, documents: Mapping[str, Label]) -> Any:
    """Make one value ready: an id, a label in both languages, a number, a text, or nothing for a claim."""
    if not isinstance(value, str):
        return value
    if CLAIM in value:
        return None
    if value.startswith(ENTITY):
        name = value.removeprefix(ENTITY)
        label = network.terms.get(name) or (None if name in network.nodes else documents.get(name))
        return _pair(label) if label else name
    if value.startswith(SAM):
        name = value.removeprefix(SAM)
        relation = network.relations.get(name, (None, None))[0]
        label = network.kinds.get(name) or relation or CERTAINTY.get(name)
        return _pair(label) if label else name
    return value


def _pair(label: Label) -> dict[str, str]:
    """Write a label by language."""
    return {"da": label.da, "en": label.en}
