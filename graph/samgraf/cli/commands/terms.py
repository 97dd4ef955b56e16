"""``samgraf terms``: the classes, relations, roles and statuses that claims are written with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from samgraf.cli.options import format_option, store_option, workspace_option

if TYPE_CHECKING:
    from collections.abc import Iterable


@click.command("terms")
@click.argument("word", required=False)
@format_option("table", "json")
@workspace_option
@store_option
def command(word: str | None, format_: str, workspace: str | None, store: str | None) -> int:
    """List what claims are written with: classes, relations (from → to, with an example), roles, statuses, units.

    With a WORD, in any language, those that come nearest to it.

    \b
      samgraf terms
      samgraf terms deltager
    """
    from samgraf import api
    from samgraf.cli.output import emit

    found = api.open(workspace, store).terms(word)
    if format_ == "json":
        import json

        emit(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        _print(found)
    return 0 if found else 1


def _print(found: Iterable[dict[str, Any]]) -> None:
    from samgraf.cli.output import colour, emit
    from samgraf.cli.prose import wrapped

    kind = ""
    for row in found:
        if row["kind"] != kind:
            kind = row["kind"]
            emit(f"\n{colour(kind, 'bold')}")
        labels = " · ".join(dict.fromkeys(row["label"].values()))
        ends = f"   {' | '.join(row['from']) or '*'} → {' | '.join(row['to']) or _value(row)}" if "from" in row else ""
        emit(wrapped(f"{row['name']}   {labels}{ends}", "  ", "      "))
        if "example" in row:
            emit(wrapped(_written(row["example"]), "      ", "        "))


def _value(row: dict[str, Any]) -> str:
    return "*" if row["value"] == "object" else f"({row['value']})"


def _written(example: dict[str, Any]) -> str:
    """Write an example as it stands in a file of claims."""
    fields = {key: value for key, value in example.items() if key not in ("labels", "claim")}
    return "{" + ", ".join(f"{key}: {_scalar(value)}" for key, value in fields.items()) + "}"


def _scalar(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: …" for k in value) + "}"
    return str(value)
