"""Answers of ``samgraf initiatives``, ``meetings`` and ``collaborators``, printed as a table, JSON or CSV.

A plain call comes here from the fast path, so what only one form of output needs is imported where that form is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.cli.output import emit, note
from samgraf.errors import ANSWERED, NO_ANSWER

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from samgraf.language.messages import Messages

_SHOWN = 3  # passages, things shared: JSON has them all
_COLUMNS = {
    "initiatives": (
        "label kind type involvement how via role also partOf modality state from until basis attested source iri"
    ).split(),
    "collaborators": "label type count everybody since attested state shared source iri".split(),
}


def involving_command(name: str, found: Mapping[str, str | bool | None]) -> int:
    """Run a command with its options, print the reply, and give the exit code: 0 answered, 1 not.

    ``found`` is what ``samgraf.cli.fast.parse`` gives. Raises what the methods of `samgraf.api.telling.Telling` raise.
    """
    from samgraf.api.telling import Telling

    workspace, store, lang, as_of = (
        str(found[key]) if found.get(key) else None for key in ("workspace", "store", "lang", "as_of")
    )
    tell = getattr(Telling(workspace=workspace, url=store), name)
    reply = dict(tell(str(found["involving"]), lang=lang, as_of=as_of))
    if found["format_"] == "json":
        import json

        if not found["explain"]:
            del reply["understood"]
        emit(json.dumps(reply, ensure_ascii=False, indent=2))
    else:
        (_csv if found["format_"] == "csv" else _table)(name, reply, found.get("workspace"))
        _around(reply, found)
    return ANSWERED if reply["answered"] else NO_ANSWER


def _csv(name: str, reply: dict[str, Any], _: object) -> None:
    import csv
    import io

    from samgraf.cli.prose import places
    from samgraf.language.showing import inert

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    columns = _COLUMNS.get(name, _COLUMNS["initiatives"])
    writer.writerow(columns)
    for answer in reply["answers"]:
        flat = {**answer, **answer.get("period", {}), "source": places(answer["evidence"], reply["lang"])}
        writer.writerow([inert(_plain(flat.get(column, ""))) for column in columns])
    emit(out.getvalue())


def _plain(value: Any) -> str:
    """Write a value for a cell: a list with semicolons between, of what has a label the label."""
    if isinstance(value, list):
        return "; ".join(map(_plain, value))
    return str(value["label"] if isinstance(value, dict) else value)


def _table(name: str, reply: dict[str, Any], workspace: object) -> None:
    from samgraf.cli.prose import print_columns, wrapped
    from samgraf.language.messages import messages

    if not reply["answered"]:
        return
    say = messages(reply["lang"], str(workspace) if workspace else None)
    emit(wrapped(reply["message"]) + "\n")
    if name == "collaborators":
        heads = [say(f"collaborations.heads.{head}") for head in ("partner", "count", "shared", "since", "source")]
        emit("\n")
        print_columns(heads, [_partner(answer, reply["lang"], say) for answer in reply["answers"]])
        return
    heads = [say(f"collaborations.heads.{head}") for head in ("name", "involvement", "time", "source")]
    rows = []
    for title, answers in _groups(reply, say):
        rows += [[title, "", "", ""], *(_cells(answer, reply["lang"], say) for answer in answers)]
    emit("\n")
    print_columns(heads, rows)


def _groups(reply: dict[str, Any], say: Messages) -> list[tuple[str, list[dict[str, Any]]]]:
    """Put the answers under the headings that the first sentence counts."""
    plain = [a for a in reply["answers"] if a["collaborates"]]
    found = []
    for group in reply["summary"]["kinds"]:
        count = group["count"] + group["parts"]
        here, plain = plain[:count], plain[count:]
        label = group["label"][:1].upper() + group["label"][1:]
        title = say("collaborations.group", label=label, n=group["count"])
        if group["parts"]:
            title = say.count("collaborations.group with parts", group["parts"], group["count"], label=label)
        found.append((title, here))
    others = [a for a in reply["answers"] if not a["collaborates"]]
    planned = [a for a in others if a["modality"] != "stated"]
    for name, answers in (("beside", [a for a in others if a not in planned]), ("expected", planned)):
        if answers:
            found.append((say("collaborations.group", label=say(f"collaborations.{name}"), n=len(answers)), answers))
    return found


def _cells(answer: dict[str, Any], language: str, say: Messages) -> list[str]:
    """Give the four cells of an answer: name (a part indented), how and through what, role and time, where it stands."""
    from samgraf.cli.prose import UNBROKEN, places
    from samgraf.language.showing import show_standing

    indent = UNBROKEN * 4 if "partOf" in answer else UNBROKEN * 2
    through = answer.get("via", [])
    how = answer["involvement"]
    if through:
        how += f", {answer['how']}: {_few(through)}"
    if answer.get("also"):
        how += f"; {say('collaborations.also', ', '.join(answer['also']))}"
    role = answer.get("role", "")
    said = [role if role.casefold() != answer["involvement"].casefold() else "", *show_standing(answer, language)]
    return [
        indent + answer["label"],
        how,
        "; ".join(filter(None, said)),
        "\n".join(places(answer["evidence"], language, _SHOWN)),
    ]


def _partner(answer: dict[str, Any], language: str, say: Messages) -> list[str]:
    from samgraf.cli.prose import places
    from samgraf.language.showing import show_date

    shared = [
        say("collaborations.all are in", thing["label"]) if thing["everybody"] else thing["label"]
        for thing in answer["shared"]
    ]
    count = f"{answer['count']}" + (f" + {answer['everybody']}" if answer["everybody"] else "")
    shown = "\n".join(
        [*shared[:_SHOWN], *([say("collaborations.more", len(shared) - _SHOWN)] if len(shared) > _SHOWN else [])]
    )
    since = show_date(answer["since"], language) if "since" in answer else ""
    return [answer["label"], count, shown, since, "\n".join(places(answer["evidence"], language, _SHOWN))]


def _few(names: list[str]) -> str:
    more = f" +{len(names) - 2}" if len(names) > 2 else ""
    return ", ".join(names[:2]) + more


def _around(reply: dict[str, Any], found: Mapping[str, str | bool | None]) -> None:
    """Print what was asked for beside the answers: after a table on stdout, beside CSV on stderr."""
    from samgraf.cli.prose import wrapped
    from samgraf.language.messages import messages

    table = found["format_"] == "table" and reply["answered"]
    say = emit if table else note
    if not reply["answered"]:
        note(wrapped(reply["message"]))
    if found["explain"]:
        say("\n" + "\n".join(reply["understood"]) + "\n" * table)
    if found["show_sparql"]:
        say("\n" + reply["query"]["sparql"] + "\n" * table)
    if table:
        note("\n" + messages(reply["lang"])("collaborations.hint"))
