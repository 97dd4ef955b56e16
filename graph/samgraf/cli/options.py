"""Options that several commands share: the same name, help and meaning everywhere."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from samgraf.cli.names import complete_entity

if TYPE_CHECKING:
    from collections.abc import Callable


class DateType(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # generic from click 8.2 on
    """A date as EDTF, 2020-11-23, 2018-03, 2022, 2019-21 (spring). A period means its last day."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Give the day as YYYY-MM-DD."""
        from samgraf.language.dates import parse_date

        try:
            latest = parse_date(str(value)).latest
        except ValueError as error:
            from samgraf.language.periods import offered

            meant = offered(str(value))
            self.fail(f"write {meant} for {str(value)!r}" if meant else str(error), param, ctx)
        if not latest:
            self.fail(f"{value!r} has no last day; name a day, a month or a year", param, ctx)
        return latest


def workspace_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--workspace DIR``, and what of it is taken: ``--own``, ``--strict``."""
    strict = "Let a document that has problems stop all, in place of leaving it out."
    own = "Only what the workspace's own documents say, not those of the layers below."
    command = _switch("--strict", "SAMGRAF_STRICT", strict)(command)
    command = _switch("--own", "SAMGRAF_OWN", own)(command)
    return click.option(
        "--workspace",
        metavar="DIR",
        help="The workspace (or set SAMGRAF_WORKSPACE); else the one that you stand in, else the built-in one.",
    )(command)


def _switch(name: str, variable: str, text: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Make a flag that is the same as setting an environment variable, so that every process of the command knows it."""

    def switched(_: click.Context, __: click.Parameter, value: bool) -> None:
        if value:
            os.environ[variable] = "1"

    return click.option(name, is_flag=True, expose_value=False, callback=switched, help=text)


def store_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--store URL`` and ``--timeout SECONDS``."""
    command = click.option(
        "--timeout",
        type=click.FloatRange(0.1, 86_400),
        metavar="SECONDS",
        expose_value=False,
        callback=_set_timeout,
        help="Seconds that a query of your own or an endpoint may take (or set SAMGRAF_TIMEOUT). Default: 60.",
    )(command)
    return endpoint_option(command)


def endpoint_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--store URL``."""
    return click.option("--store", metavar="URL", help="A SPARQL 1.1 endpoint to read instead of the embedded store.")(
        command
    )


def _set_timeout(ctx: click.Context, param: click.Parameter, value: float | None) -> None:
    """Keep the time where whoever runs a query looks for it."""
    del ctx, param
    if value is not None:
        os.environ["SAMGRAF_TIMEOUT"] = str(value)


def documents_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--documents DIR``."""
    return click.option(
        "--documents",
        metavar="DIR",
        help="Folder with the source documents as text (or set SAMGRAF_DOCUMENTS).",
    )(command)


def format_option(*formats: str, default: str | None = None) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add ``--format`` with these choices; the first is the default unless another is named."""
    return click.option(
        "--format",
        "format_",
        type=click.Choice(formats),
        default=default or formats[0],
        show_default=True,
        help="Form of the output.",
    )


def language_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--lang``, with every language that there is a file for."""
    from samgraf.language.messages import languages

    return click.option(
        "--lang",
        type=click.Choice(languages()),
        help="Language of labels and texts. Default: that of the question, else Danish.",
    )(command)


def as_of_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--as-of DATE``."""
    return click.option(
        "--as-of",
        "as_of",
        type=DateType(),
        metavar="DATE",
        help="Only what held that day (2020-11-23, 2018-03, 2022; of a period, its last day).",
    )(command)


def reply_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of the commands that give a reply: form, language, day, what stands behind it, and where it is read."""
    explain = click.option("--explain", is_flag=True, help="Tell how the call was understood.")
    sparql = click.option(
        "--show-sparql", is_flag=True, help="Show the query too; run by hand it gives the same answer."
    )
    options = (
        format_option("table", "json", "csv"), language_option, as_of_option, sparql, explain, workspace_option, store_option,
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


involving_option = click.option(
    "--involving", required=True, metavar="NAME", shell_complete=complete_entity, help="The actor: a name, id or IRI."
)
