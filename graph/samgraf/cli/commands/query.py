"""``samgraf query``: a named query, a query file, or a query from stdin."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from samgraf import disk
from samgraf.cli.names import complete_query
from samgraf.cli.options import as_of_option, format_option, language_option, store_option, workspace_option

if TYPE_CHECKING:
    from samgraf.api import NamedQuery


@click.command("query")
@click.argument("query", metavar="NAME|FILE|-", shell_complete=complete_query)
@click.option(
    "-p", "--param", "parameters", multiple=True, metavar="NAME=VALUE", help="A parameter; entities by name, id or IRI."
)
@format_option("table", "json", "csv", "tsv", "xml", "turtle", "jsonld")
@as_of_option
@language_option
@workspace_option
@store_option
def command(
    query: str,
    parameters: tuple[str, ...],
    format_: str,
    as_of: str | None,
    lang: str | None,
    workspace: str | None,
    store: str | None,
) -> int:
    """Run a named query (see: samgraf queries), a SPARQL file, or SPARQL from stdin (-).

    json, csv, tsv and xml are the W3C's formats for SPARQL results; turtle and jsonld are for CONSTRUCT and DESCRIBE.
    Only queries are run, never updates. Exit code 1 means that nothing was found.

    \b
      samgraf query members-of-body -p body=Midtklyngen --as-of 2021-10-01
      echo 'SELECT ?p WHERE { ?p a sam:Person }' | samgraf query -
    """
    from samgraf import api
    from samgraf.cli.output import emit_bytes, note, print_table

    found = _read(query, workspace)
    values = _values(parameters)
    for name, value in (("asOf", as_of), ("lang", lang)):
        if value and (name == "asOf" or found.parameter(name)):
            values.setdefault(name, value)
    results = api.open(workspace, store).results(found, values)
    if format_ == "table":
        print_table(*results.table())
    else:
        emit_bytes(results.written(format_, inert=True).rstrip(b"\n") + b"\n")
    if results.empty:
        note("nothing found")
    return 1 if results.empty else 0


def _read(query: str, workspace: str | None) -> NamedQuery:
    """Give the query that was named; a file may have parameters in its header too."""
    from samgraf import api
    from samgraf.errors import UnreachableError

    if query != "-" and not query.endswith(".rq") and os.sep not in query:
        return api.named(query, workspace)
    try:
        text = sys.stdin.buffer.read().decode("utf-8-sig") if query == "-" else _file(query)
    except OSError as error:
        msg = f"{query} cannot be read: {error.strerror}"
        raise UnreachableError(msg) from error
    except UnicodeDecodeError as error:
        msg = f"{query} is not UTF-8 text: {error}"
        raise UnreachableError(msg) from error
    return api.written(text, "the query" if query == "-" else query)


def _file(path: str) -> str:
    return disk.read_text(path).replace("\r\n", "\n")


def _values(parameters: tuple[str, ...]) -> dict[str, str]:
    from samgraf.errors import UsageError

    values: dict[str, str] = {}
    for parameter in parameters:
        name, equals, value = parameter.partition("=")
        if not equals:
            msg = f"-p {parameter}: write -p NAME=VALUE"
            raise UsageError(msg)
        if name in values:
            msg = f"-p {name} is given twice"
            raise UsageError(msg)
        values[name] = value
    return values
