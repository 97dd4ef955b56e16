"""``samgraf timeline``: what happened to an entity, and when."""

from __future__ import annotations

import click

from samgraf.cli.names import complete_entity
from samgraf.cli.options import format_option, language_option, store_option, workspace_option

_HEADS = {"da": ("Hvornår", "Hvad", "Kilde"), "en": ("When", "What", "Source")}
_NONE = {"da": "Dokumenterne giver ingen datoer for {}.", "en": "The documents give no dates for {}."}


@click.command("timeline")
@click.argument("name", shell_complete=complete_entity)
@format_option("table", "json")
@language_option
@workspace_option
@store_option
def command(name: str, format_: str, lang: str | None, workspace: str | None, store: str | None) -> int:
    """Tell what happened to an entity, and when: starts, ends, meetings, deadlines, approvals, statuses, decisions.

    What is only proposed or expected is marked so, and what was changed later too. The dates of what the entity takes part
    in, hosts or decides are told with its own.

    \b
      samgraf timeline DASSOS
    """
    from samgraf.brief.phrases import Phrases
    from samgraf.brief.timeline import timeline
    from samgraf.cli.names import Place
    from samgraf.cli.output import emit, note
    from samgraf.cli.prose import UNBROKEN, print_columns

    language = lang or "da"
    facts = Place(workspace, store).facts(name)
    moments = timeline(facts, language)
    label = facts.entity["label"][language]
    if format_ == "json":
        import json

        entity = {"iri": facts.entity["iri"], "label": label}
        emit(json.dumps({"entity": entity, "lang": language, "moments": moments}, ensure_ascii=False, indent=2))
    elif moments:
        phrases = Phrases(facts, language)
        emit(label + "\n\n")
        rows = [[m["when"].replace(" ", UNBROKEN), m["text"], phrases.place(m["sources"], 3)] for m in moments]
        print_columns(_HEADS[language], rows)
    else:
        note(_NONE[language].format(label))
    return 0 if moments else 1
