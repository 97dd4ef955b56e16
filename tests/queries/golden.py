"""The golden answers: how they are made. Run this file to write them anew, then read the difference."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
WORKSPACE = HERE / "workspace"
GOLDEN = HERE / "golden"

if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent.parent))

from tests.queries.cases import CASES  # noqa: E402


def small_graph() -> Any:
    """The graph of the small workspace, in memory."""
    from samgraf.store.build import build_store
    from samgraf.store.embedded import EmbeddedStore
    from samgraf.workspace import load

    return EmbeddedStore(build_store(load(str(WORKSPACE))))


def answers(graph: Any, name: str) -> list[dict[str, Any]]:
    """The answers to a query's cases, in a form that people can read in a diff."""
    from samgraf.library import bind, find
    from samgraf.library.resolving import resolver
    from samgraf.library.tabular import short

    found = []
    for parameters in CASES[name]:
        rows = graph.select(bind(find(name), parameters, resolver(graph)))
        cells = [[None if term is None else _brief(short(term)) for term in row] for row in rows.rows]
        found.append({"parameters": parameters, "columns": rows.columns, "rows": cells})
    return found


def _brief(text: str) -> str:
    return text.replace("https://w3id.org/samgraf/claim/", "claim:")


def as_text(cases: list[dict[str, Any]]) -> str:
    """One row a line."""
    lines = ["["]
    for number, case in enumerate(cases):
        lines += [f'{{"parameters": {json.dumps(case["parameters"], ensure_ascii=False)},']
        lines += [f' "columns": {json.dumps(case["columns"])},', ' "rows": [']
        rows = [json.dumps(row, ensure_ascii=False) for row in case["rows"]]
        lines += [f"  {row}{',' if place + 1 < len(rows) else ''}" for place, row in enumerate(rows)]
        lines += [" ]}" + ("," if number + 1 < len(cases) else "")]
    return "\n".join([*lines, "]", ""])


if __name__ == "__main__":
    graph = small_graph()
    for name in CASES:
        (GOLDEN / f"{name}.json").write_text(as_text(answers(graph, name)), encoding="utf-8")
