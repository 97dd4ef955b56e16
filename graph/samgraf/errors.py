"""Every error that samgraf raises on purpose, and the exit code that each one means.

    SamgrafError
    ├── UsageError              2   the call is wrong: unknown option, unknown format, bad date
    │   ├── UnknownNameError    2   a name that nothing in the graph bears
    │   ├── QueryError          2   a SPARQL query that cannot be read
    │   └── UpdateRefusedError  2   an update where only reading is allowed
    ├── DataError               3   the workspace is not valid; carries every problem found
    └── UnreachableError        4   a store, a document or a file cannot be reached
        └── StoreError          4   the store answered with an error, or not at all

0 is 'answered' and 1 is 'no answer'; 70 is a bug (BSD sysexits EX_SOFTWARE). Errors of the libraries beneath
(yaml, pydantic, pyoxigraph, rdflib, edtf) are turned into these at the border where they arise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from samgraf.problems import Problem

ANSWERED = 0
NO_ANSWER = 1
BUG = 70


class SamgrafError(Exception):
    """Base of all errors that samgraf raises on purpose."""

    exit_code = BUG


class UsageError(SamgrafError):
    """The call is wrong; the message says what to write instead."""

    exit_code = 2


class UnknownNameError(UsageError):
    """Nothing bears this name. ``suggestions`` are names that come near, best first."""

    def __init__(self, name: str, suggestions: Sequence[str] = (), *, kind: str = "name") -> None:
        self.name = name
        self.suggestions = tuple(suggestions)
        self.kind = kind
        hint = f" Did you mean {', '.join(repr(s) for s in self.suggestions)}?" if self.suggestions else ""
        super().__init__(f"unknown {kind}: {name!r}.{hint}")


class QueryError(UsageError):
    """The SPARQL text cannot be read. ``line`` and ``column`` count from 1, where they are known."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        self.line = line
        self.column = column
        where = f"line {line}, column {column}: " if line is not None else ""
        super().__init__(f"{where}{message}")


class UpdateRefusedError(UsageError):
    """An update was given where only queries are allowed."""


class DataError(SamgrafError):
    """The workspace is not valid. ``problems`` holds every problem found, in the order of files and lines."""

    exit_code = 3

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        super().__init__(f"{count} problem{'s' if count != 1 else ''} in the workspace")


class UnreachableError(SamgrafError):
    """A file, a document or a store that is needed cannot be reached."""

    exit_code = 4


class StoreError(UnreachableError):
    """The store answered with an error, or did not answer."""
