"""Which queries there are, and one of them by name."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from samgraf import disk, resources
from samgraf.errors import DataError, LimitError, UnknownNameError, UsageError
from samgraf.library.header import NamedQuery, read_query
from samgraf.rdf.lexing import variables
from samgraf.store.left import leave_out

if TYPE_CHECKING:
    from samgraf.problems import Problem

ENDING = ".rq"
_SECONDS = 10.0


def queries(workspace: str | None = None) -> list[NamedQuery]:
    """Give all named queries of a workspace, sorted by name; one whose header is not right is left out, and said to be.

    Raises DataError instead in strict mode.
    """
    found, problems = _read(workspace)
    leave_out(problems)
    wrong = {problem.path for problem in problems}
    return [found[name] for name in sorted(found) if found[name].path not in wrong]


def find(name: str, workspace: str | None = None) -> NamedQuery:
    """Give the query with this name; a workspace's own goes before a built-in one.

    Raises UnknownNameError with suggestions when there is none, DataError when its header is not right.
    """
    if name and name.replace("-", "").replace("_", "").isalnum():
        for folder in reversed(resources.layers(workspace, "queries")):
            path = os.path.join(folder, name + ENDING)
            if os.path.isfile(path):
                query, problems = _query(name, path, workspace)
                if problems or query is None:
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
        for path in disk.files(folder, ENDING):
            name = os.path.basename(path).removesuffix(ENDING)
            query, wrong = _query(name, path, workspace)
            problems += wrong
            if query is not None:
                found[name] = query
    return found, problems


def _query(name: str, path: str, workspace: str | None) -> tuple[NamedQuery | None, list[Problem]]:
    """Read a query, and what is wrong with its header or its file; None for one that cannot be read."""
    shown = _shown(path, workspace)
    try:
        text = disk.read_text(path).replace("\r\n", "\n")
    except OSError as error:
        from samgraf.problems import Problem

        return None, [Problem(shown, 0, "unreadable", f"cannot be read: {error.strerror}")]
    query, problems = read_query(name, shown, text)
    return query._replace(ours=_ours(path)), problems


def _ours(path: str) -> bool:
    return path.startswith(os.path.join(resources.root(), "queries") + os.sep)


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
        result = _on_nothing(query)
    except LimitError as error:
        return [*problems, Problem(query.path, 1, "query", str(error))]
    except UsageError as error:
        return [*problems, Problem(query.path, getattr(error, "line", None) or 1, "query", f"SPARQL: {error}")]
    if isinstance(result, ox.QuerySolutions):
        given = [v.value for v in result.variables]
        told = [c.name for c in query.columns]
        if given != told:
            message = f"the columns are {', '.join(given)}, but the header tells of {', '.join(told)}"
            problems.append(Problem(query.path, 1, "query", message))
    return problems


def _on_nothing(query: NamedQuery) -> object:
    """Run a query on an empty store: ours here, others in the sandbox. Gives a SELECT's columns without rows."""
    import pyoxigraph as ox

    from samgraf.rdf.port import query_error

    if query.ours:
        try:
            return ox.Store().query(query.text, use_default_graph_as_union=True)
        except (SyntaxError, ValueError) as error:
            raise query_error(error, query.text) from error
    from samgraf.rdf.foreign import Foreign

    nothing = Foreign(seconds=_SECONDS)
    try:
        result = nothing.evaluate(query.text)
    finally:
        nothing.close()
    return ox.parse_query_results(result.body, format=ox.QueryResultsFormat.JSON) if result.kind == "rows" else None
