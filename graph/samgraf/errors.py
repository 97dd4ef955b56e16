"""Every error that samgraf raises on purpose, and the exit code that each one means.

    SamgrafError
    ├── UsageError              2   the call is wrong: unknown option, unknown format, bad date
    │   ├── UnknownNameError    2   a name that nothing in the graph bears
    │   ├── QueryError          2   a SPARQL query that cannot be read
    │   └── UpdateRefusedError  2   an update where only reading is allowed
    ├── DataError               3   the workspace is not valid; carries every problem found
    └── UnreachableError        4   a store, a document or a file cannot be reached
        ├── OutOfMemoryError    4   the system gives this process too little memory
        └── StoreError          4   the store answered with an error, or not at all
            └── LimitError      4   a query took more time, memory or room than it may

0 is 'answered' and 1 is 'no answer'; 70 is a bug (BSD sysexits EX_SOFTWARE). Errors of the libraries beneath
(yaml, pydantic, pyoxigraph, rdflib) are turned into these at the border where they arise.
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
    """Base of all errors that samgraf raises on purpose.

    ``code`` names what is wrong and ``parts`` what its sentence names, for those who say it in another language
    (``wrong`` in ``ontology/languages``); empty where only those who call it wrong can mend it: the message is in English.
    """

    exit_code = BUG

    def __init__(self, message: str = "", code: str = "", **parts: str | int) -> None:
        super().__init__(message)
        self.code = code
        self.parts = parts


class UsageError(SamgrafError):
    """The call is wrong; the message says what to write instead."""

    exit_code = 2


class UnknownNameError(UsageError):
    """Nothing bears this name. ``suggestions`` are names that come near, best first."""

    def __init__(self, name: str, suggestions: Sequence[str] = (), *, kind: str = "name") -> None:
        self.name = name
        self.suggestions = tuple(suggestions)
        self.kind = kind
        near = ", ".join(repr(s) for s in self.suggestions)
        hint = f" Did you mean {near}?" if near else ""
        super().__init__(
            f"unknown {kind}: {name!r}.{hint}", "unknown-name", name=name.removeprefix("id:"), suggestions=near
        )


class QueryError(UsageError):
    """The SPARQL text cannot be read. ``line`` and ``column`` count from 1, where they are known; ``near`` is what stands there."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None, near: str = "") -> None:
        self.line = line
        self.column = column
        if line is None or column is None:
            super().__init__(message)
            return
        whole = f"line {line}, column {column}: {message}"
        super().__init__(whole, "unreadable-query", line=line, column=column, near=repr(near) if near else "")


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


class OutOfMemoryError(UnreachableError):
    """The system gives this process less memory than the work needs."""

    def __init__(self) -> None:
        super().__init__("there is too little memory for this; let the process take more (ulimit -v)")


class StoreError(UnreachableError):
    """The store answered with an error, or did not answer."""


class LimitError(StoreError):
    """A query took more time, memory or room than it may, and was stopped."""
