"""A named query for people: its page with the answer as a table, and the whole answer as a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote

from samgraf.errors import UnknownNameError, UsageError
from samgraf.server import pages
from samgraf.server.fields import language

if TYPE_CHECKING:
    from collections.abc import Callable

    from samgraf.api import NamedQuery
    from samgraf.errors import SamgrafError
    from samgraf.server.fields import Fields
    from samgraf.server.reader import Reader

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Reply(Protocol):
    """What a run of a query gave: a status, and the results or what is wrong."""

    @property
    def status(self) -> int:
        """The HTTP status."""

    @property
    def body(self) -> bytes:
        """The results, or what is wrong in words."""

    @property
    def error(self) -> SamgrafError | None:
        """What is wrong, where it is known as an error."""


if TYPE_CHECKING:
    Run = Callable[[NamedQuery, dict[str, str], str], Reply]
    Made = tuple[int, str, bytes, dict[str, str]]


def page(reader: Reader, run: Run, query: NamedQuery, values: dict[str, str], fields: Fields) -> Made:
    """Give a query's page: its form and, when all that it needs is given, its answer or what is wrong with what was given."""
    lang = language(fields)
    if any(p.required and p.name not in values for p in query.parameters):
        return 200, "html", pages.query(query, values, lang), {}
    try:
        response = run(query, _spoken(query, values, lang), "json")
    except UsageError as error:
        status = 404 if isinstance(error, UnknownNameError) else 400
        return status, "html", pages.query(query, values, lang, wrong=error), {}
    if response.status != 200:
        return (
            response.status,
            "html",
            pages.query(query, values, lang, wrong=response.error or response.body.decode()),
            {},
        )
    found = reader.graph.received(response.body)
    table = pages.listed(query, found, reader.words(lang), fields, lang)
    return 200, "html", pages.query(query, values, lang, table=table, fields=fields), {}


def workbook(reader: Reader, run: Run, query: NamedQuery, values: dict[str, str], lang: str) -> Made:
    """Give the whole answer as an Excel workbook, its columns called as on the page."""
    response = run(query, _spoken(query, values, lang), "json")
    if response.status != 200:
        return response.status, "text", response.body, {}
    columns, rows = pages.cells(reader.graph.received(response.body), reader.words(lang), lang)
    heads = pages.heads(query, columns, lang)
    body = reader.graph.workbook(query.name, heads, [[cell.text for cell in row] for row in rows])
    return 200, _EXCEL, body, {"Content-Disposition": f'attachment; filename="{quote(query.name)}.xlsx"'}


def _spoken(query: NamedQuery, values: dict[str, str], lang: str) -> dict[str, str]:
    """Give the values with the language of the page, where the query speaks one."""
    return {"lang": lang, **values} if query.parameter("lang") else values
