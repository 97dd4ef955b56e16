"""Which queries there are, and one of them by name."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from samgraf import resources
from samgraf.errors import DataError, UnknownNameError, UnreachableError
from samgraf.library.header import NamedQuery, read_query
from samgraf.store.lexing import variables

if TYPE_CHECKING:
    from samgraf.problems import Problem

ENDING = ".rq"


def queries(workspace: str | None = None) -> list[NamedQuery]:
    """Give all named queries of a workspace, sorted by name. Raises DataError when a header is not right."""
    found, problems = _read(workspace)
    if problems:
        raise DataError(problems)
    return [found[name] for name in sorted(found)]


def find(name: str, workspace: str | None = None) -> NamedQuery:
    """Give the query with this name; a workspace's own goes before a built-in one.

    Raises UnknownNameError with suggestions when there is none, DataError when its header is not right.
    """
    if name and name.replace("-", "").replace("_", "").isalnum():
        for folder in reversed(resources.layers(workspace, "queries")):
            path = os.path.join(folder, name + ENDING)
            if os.path.isfile(path):
                query, problems = read_query(name, _shown(path, workspace), _text(path))
                if problems:
                    raise DataError(problems)
                return query
    raise UnknownNameError(name, _near(name, workspace), kind="query")


def check(workspace: str | None = None) -> list[Problem]:
    """Give all that is wrong with a workspace's queries (headers, parameters, columns, SPARQL), sorted."""
    found, problems = _read(workspace)
    for query in found.values():
        problems += _body(query)
    return sorted(problems)


def _read(workspace: str | None) -> tuple[dict[str, NamedQuery], list[Problem]]:
    found: dict[str, NamedQuery] = {}
    problems: list[Problem] = []
    for folder in resources.layers(workspace, "queries"):
        for path in resources.files(folder, ENDING):
            name = os.path.basename(path).removesuffix(ENDING)
            query, wrong = read_query(name, _shown(path, workspace), _text(path))
            found[name] = query
            problems += wrong
    return found, problems


def _text(path: str) -> str:
    try:
        with open(path, encoding="utf-8") as stream:
            return stream.read()
    except (OSError, UnicodeDecodeError) as error:
        msg = f"the query {path} cannot be read: {error}"
        raise UnreachableError(msg) from error


def _shown(path: str, workspace: str | None) -> str:
    """Give a path as problems show it: relative to the workspace, or to the built-in files."""
    for folder in (resources.workspace_folder(workspace), resources.root()):
        if path.startswith(folder + os.sep):
            return path[len(folder) + 1 :]
    return path


def _near(name: str, workspace: str | None) -> list[str]:
    from rapidfuzz import fuzz, process

    names = sorted(_read(workspace)[0])
    return [found[0] for found in process.extract(name, names, scorer=fuzz.WRatio, limit=3, score_cutoff=75)]


def _body(query: NamedQuery) -> list[Problem]:
    """Check a query's SPARQL against its header."""
    import pyoxigraph as ox

    from samgraf.problems import Problem
    from samgraf.store.base import query_error

    problems = []
    declared = {p.name for p in query.parameters}
    used: dict[str, int] = {}
    for start, end in variables(query.text):
        used.setdefault(query.text[start + 1 : end], query.text.count("\n", 0, start) + 1)
    for name, line in used.items():
        if name not in declared:
            problems.append(Problem(query.path, line, "query", f"${name} is used, but '# param: {name}' is missing"))
    problems += [
        Problem(query.path, 1, "query", f"the parameter {name!r} is not used") for name in sorted(declared - set(used))
    ]
    try:
        result = ox.Store().query(query.text, use_default_graph_as_union=True)
    except (SyntaxError, ValueError) as error:
        line = query_error(error, query.text).line or 1
        return [*problems, Problem(query.path, line, "query", f"SPARQL: {error}")]
    if isinstance(result, ox.QuerySolutions):
        given = [v.value for v in result.variables]
        told = [c.name for c in query.columns]
        if given != told:
            message = f"the columns are {', '.join(given)}, but the header tells of {', '.join(told)}"
            problems.append(Problem(query.path, 1, "query", message))
    return problems
