"""``samgraf path``: how two entities are linked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from samgraf.cli.names import complete_entity
from samgraf.cli.options import as_of_option, format_option, language_option, store_option, workspace_option

if TYPE_CHECKING:
    from collections.abc import Mapping


@click.command("path")
@click.argument("a", shell_complete=complete_entity)
@click.argument("b", shell_complete=complete_entity)
@format_option("table", "json")
@click.option("--most", type=click.IntRange(1, 10), default=3, show_default=True, help="How many ways to give at most.")
@language_option
@as_of_option
@workspace_option
@store_option
def command(
    a: str,
    b: str,
    format_: str,
    most: int,
    lang: str | None,
    as_of: str | None,
    workspace: str | None,
    store: str | None,
) -> int:
    """Tell how A and B are linked: the shortest ways, each step with its relation and its source.

    Ways through what everything is linked to (the region, the 19 municipalities) come last, as they say least. No two ways
    go through the same entity.

    \b
      samgraf path Skanderborg Socialstyrelsen
    """
    from samgraf import api
    from samgraf.cli.output import emit, note
    from samgraf.cli.prose import wrapped
    from samgraf.language.messages import messages

    told = api.open(workspace, store).path(a, b, most=most, lang=lang, as_of=as_of)
    ends = [told[end]["label"] for end in ("from", "to")]
    if format_ == "json":
        import json

        emit(json.dumps(told, ensure_ascii=False, indent=2))
    elif not told["answered"]:
        same = told["from"]["iri"] == told["to"]["iri"]
        note(wrapped(messages(told["lang"])("path.same" if same else "path.none", *ends)))
    else:
        _print(ends, told)
    return 0 if told["answered"] else 1


def _print(ends: list[str], told: Mapping[str, Any]) -> None:
    from samgraf.cli.output import colour, emit
    from samgraf.cli.prose import places, wrapped
    from samgraf.language.messages import messages

    emit(colour(wrapped(" – ".join(ends)), "bold"))
    for number, way in enumerate(told["paths"], 1):
        steps = way["steps"]
        count = messages(told["lang"]).count("path.steps", len(steps))
        emit(f"\n{number}. {steps[0]['from']['label']} ({count})")
        for step in steps:
            source = "; ".join(places(step["evidence"], told["lang"], 3))
            emit(wrapped(f"→ {step['text']} [{source}]", "   ", "     "))
