"""Answers of ``samgraf ask``, printed as a table, JSON or CSV.

A plain call comes here from the fast path, so what only one form of output needs is imported where that form is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samgraf.cli.output import emit, note
from samgraf.errors import ANSWERED, NO_ANSWER
from samgraf.language.messages import messages

if TYPE_CHECKING:
    from collections.abc import Mapping


Reply = dict[str, Any]
Answer = dict[str, Any]

_SHOWN = 3  # passages in a cell of the table; JSON has them all
_THROUGH = 2


def answer_command(found: Mapping[str, str | bool | None]) -> int:
    """Run ``ask`` with its options, print the reply, and give the exit code: 0 answered, 1 not.

    ``found`` is what ``samgraf.cli.fast.parse`` gives. Raises what `samgraf.api.telling.Telling.ask` raises.
    """
    reply = _reply({k: v for k, v in found.items() if isinstance(v, str)})
    if found["format_"] == "json":
        _json(reply, explain=bool(found["explain"]))
    else:
        (_csv if found["format_"] == "csv" else _table)(reply)
        _around(reply, found)
        if found["format_"] == "table" and reply["answered"]:
            note("\n" + messages(reply["lang"])("asking.hint"))
    return ANSWERED if reply["answered"] else NO_ANSWER


def _reply(given: Mapping[str, str]) -> Reply:
    lang, as_of, workspace, store = (given.get(key) for key in ("lang", "as_of", "workspace", "store"))
    from samgraf.api.telling import Telling

    return Telling(workspace=workspace, url=store).ask(given["question"], lang=lang, as_of=as_of)


def _json(reply: Reply, *, explain: bool) -> None:
    import json

    if not explain and "outcome" not in reply:
        reply.pop("understood", None)
    emit(json.dumps(reply, ensure_ascii=False, indent=2))


def _csv(reply: Reply) -> None:
    import csv
    import io

    from samgraf.cli.prose import places
    from samgraf.language.showing import inert

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    first = "answer"
    writer.writerow([first, "value", "type", "how", "via", "role", "period", "source", "iri"])
    for a in reply["answers"]:
        words = [
            a.get("type", ""),
            a.get("how", ""),
            "; ".join(a.get("via", [])),
            a.get("role", ""),
            _when(a, reply["lang"]),
        ]
        source = "; ".join(places(a["evidence"], reply["lang"]))
        row = [a["label"], _plain(a.get("value")), *words, source, a.get("iri", "")]
        writer.writerow([inert(str(cell)) for cell in row])
    emit(out.getvalue())


def _when(answer: Answer, language: str) -> str:
    """Write the period of an answer, and what it is that it is no stated fact."""
    period = answer.get("period", "")
    if not isinstance(period, str):
        from samgraf.language.showing import show_period

        period = show_period(period.get("from", ""), period.get("until", ""), language)
    modality = answer.get("modality", "stated")
    return "; ".join(part for part in (period, messages(language).get(f"mark.{modality}")) if part)


def _plain(value: object) -> str:
    """Write a value for CSV: truth as in JSON, nothing as nothing."""
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _table(reply: Reply) -> None:
    from samgraf.cli.prose import print_columns, wrapped

    if not reply["answered"]:
        return
    emit(wrapped(reply["message"]) + "\n\n")
    heads = messages(reply["lang"]).table("asking.heads")
    keys = ["answer", "how", "role", "source"]
    rows = [_cells(answer, reply["lang"]) for answer in reply["answers"]]
    shown = [n for n, _ in enumerate(keys) if any(row[n] for row in rows)]
    print_columns([heads[keys[n]] for n in shown], [[row[n] for n in shown] for row in rows])


def _cells(answer: Answer, language: str) -> list[str]:
    """Give the four cells of an answer: name, how (and through what), role and period, where it stands."""
    from samgraf.cli.prose import places

    through = answer.get("via", [])
    via = ", ".join(through[:_THROUGH]) + (f" +{len(through) - _THROUGH}" if len(through) > _THROUGH else "")
    how = answer.get("how", "")
    role = "; ".join(part for part in (answer.get("role", ""), _when(answer, language)) if part)
    return [
        answer["label"],
        f"{how}: {via}" if how and via else how or via,
        role,
        "\n".join(places(answer["evidence"], language, _SHOWN)),
    ]


def _around(reply: Reply, found: Mapping[str, str | bool | None]) -> None:
    """Print what was asked for beside the answers: after a table on stdout, beside CSV on stderr."""
    say = emit if found["format_"] == "table" and reply["answered"] else note
    if not reply["answered"]:
        from samgraf.cli.prose import wrapped

        note(wrapped(reply["message"]))
        _nearest(reply)
    if found["explain"] and reply.get("understood"):
        say("\n" + "\n".join(reply["understood"]))
    if found["show_sparql"] and reply["query"]["sparql"]:
        say("\n" + reply["query"]["sparql"])


def _nearest(reply: Reply) -> None:
    """Print the nearest facts with their sources, and the queries that may give what was meant."""
    from samgraf.cli.prose import places, wrapped

    say = messages(reply["lang"])
    if reply.get("nearest"):
        note("\n" + say("asking.nearest"))
    for fact in reply.get("nearest", ()):
        where = "; ".join(places(fact["evidence"], reply["lang"], _SHOWN)[:2])
        note(wrapped(f"{fact['sentence']} [{where}]" if where else fact["sentence"], "  ", "    "))
    if reply.get("queries"):
        note("\n" + say("asking.queries"))
    for query in reply.get("queries", ()):
        note("  " + query["command"])
