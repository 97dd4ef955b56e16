"""Options that several commands share: the same name, help and meaning everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable


class DateType(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # generic from click 8.2 on
    """A date as EDTF: 2020-11-23, 2018-03, 2022, 2019-21 (spring). A period means its last day."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Give the day as YYYY-MM-DD."""
        from samgraf.models import parse_date

        try:
            return parse_date(str(value)).latest.isoformat()
        except ValueError as error:
            self.fail(str(error), param, ctx)


def workspace_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--workspace DIR``."""
    return click.option(
        "--workspace",
        metavar="DIR",
        help="Folder with data/ to read instead of the built-in graph (or set SAMGRAF_WORKSPACE).",
    )(command)


def store_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--store URL``."""
    return click.option("--store", metavar="URL", help="A SPARQL 1.1 endpoint to read instead of the embedded store.")(
        command
    )


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
    """Add ``--lang da|en``."""
    return click.option(
        "--lang",
        type=click.Choice(["da", "en"]),
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
