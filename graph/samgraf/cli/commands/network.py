"""``samgraf network``: the network of collaborations, measured."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from samgraf.cli.names import complete_entity
from samgraf.cli.options import DateType, as_of_option, format_option, language_option, store_option, workspace_option

if TYPE_CHECKING:
    from collections.abc import Mapping

    from samgraf.language.messages import Messages


@click.command("network")
@click.option(
    "--of",
    "kind",
    type=click.Choice(["actors", "things", "both"]),
    default="actors",
    show_default=True,
    help="Actors tied by what they share, things tied by who is in both, or actors tied to things.",
)
@click.option("--most", type=click.IntRange(1), default=20, show_default=True, help="How many to show in the table.")
@click.option(
    "--within", metavar="NAME", shell_complete=complete_entity, help="Only what is under this agreement, area or body."
)
@click.option(
    "--between",
    nargs=2,
    metavar="NAME NAME",
    shell_complete=complete_entity,
    help="Who is in both of these fields, and leads from the one to the other.",
)
@click.option(
    "--since", type=DateType(), metavar="DATE", help="Tell too how much each measure has changed since that day."
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False),
    help="Write the whole network to a file: .csv, .parquet or .gexf.",
)
@format_option("table", "json", "csv")
@language_option
@as_of_option
@workspace_option
@store_option
def command(
    kind: str,
    most: int,
    within: str | None,
    between: tuple[str, str] | None,
    since: str | None,
    output: str | None,
    format_: str,
    lang: str | None,
    as_of: str | None,
    workspace: str | None,
    store: str | None,
) -> int:
    """Measure the network of collaborations: ties, strength, brokers, communities and what makes them.

    Two are tied by each thing that both are in at the same time; things that everybody is in do not count, nor what is only
    proposed or expected. Betweenness is the share of shortest ways between others that go through one; constraint is low
    for who reaches over gaps between groups.

    \b
      samgraf network --as-of 2021-10-01
      samgraf network --as-of 2025 --since 2021
      samgraf network --within "Rammeaftale 2021-2022" -o network.gexf
      samgraf network --between "Rammeaftale 2021-2022" "Samarbejdsaftale om børn og unge"
      samgraf network --of things --format csv > things.csv
    """
    from samgraf import api
    from samgraf.cli.output import emit, note

    graph = api.open(workspace, store)
    if between:
        told = graph.brokers(*between, lang=lang, as_of=as_of)
    else:
        told = graph.measures(kind, lang=lang, as_of=as_of, within=within, since=since, output=output)
    if output and not between:
        note(f"{output}: {len(told['nodes'])} names, {len(told['edges'])} ties")
        return 0 if told["nodes"] else 1
    if format_ == "json":
        import json

        emit(json.dumps(told, ensure_ascii=False, indent=2))
    elif format_ == "csv":
        emit(api.as_csv(told["nodes"]).rstrip("\n"))
    else:
        _print(told, most)
    return 0 if told["nodes"] else 1


def _print(told: Mapping[str, Any], most: int) -> None:
    from samgraf.cli.output import emit
    from samgraf.cli.prose import print_columns, wrapped
    from samgraf.language.messages import messages

    say = messages(told["lang"])
    names = [name for name in (told["nodes"] or [{}])[0] if name not in ("iri", "type")]
    if changed := [name for name in names if name.endswith("_change")]:  # each beside what it is of
        names = ["label", *(part for name in changed for part in (name.removesuffix("_change"), name))]
    rows = [["" if node[n] is None else str(node[n]) for n in names] for node in told["nodes"][:most]]
    print_columns([_head(name, told, say) for name in names], rows)
    if len(told["nodes"]) > most:
        emit(say("network.more", len(told["nodes"]) - most))
    for group in told.get("communities", ()):
        members = ", ".join(member["label"] for member in group["members"])
        by = "; ".join(thing["label"] for thing in group["by"])
        emit("\n" + wrapped(say("network.group", group["community"], members, by), "", "  "))


def _head(name: str, told: Mapping[str, Any], say: Messages) -> str:
    """Give the head of a column: of a field its name, of a change the mark of one."""
    if name in ("first", "second"):
        return str(told["fields"][name == "second"])
    plain = name.removesuffix("_change")
    return ("± " if plain != name else "") + say(f"network.{plain}")
