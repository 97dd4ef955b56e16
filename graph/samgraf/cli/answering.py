"""Answers of ``samgraf ask`` and ``samgraf initiatives``, printed as a table, JSON or CSV.

A plain call comes here from the fast path, so what only one form of output needs is imported where that form is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.cli.output import emit, note
from samgraf.errors import ANSWERED, NO_ANSWER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from samgraf.ask.reply import Answer, Reply

_SHOWN = 3  # passages in a cell of the table; JSON has them all
_THROUGH = 2
_HEADS = {
    "da": {"answer": "Svar", "initiative": "Initiativ", "how": "Hvordan", "role": "Rolle, periode", "source": "Kilde"},
    "en": {"answer": "Answer", "initiative": "Initiative", "how": "How", "role": "Role, period", "source": "Source"},
}
_HINT = {
    "da": 'Mere om ét svar: samgraf show "NAVN". Med afsnit og tegn: --format json.',
    "en": 'More about one answer: samgraf show "NAME". With headings: --format json.',
}


def answer_command(name: str, found: Mapping[str, str | bool | None]) -> int:
    """Run ``ask`` or ``initiatives`` with its options, print the reply, and give the exit code: 0 answered, 1 not.

    ``found`` is what ``samgraf.cli.fast.parse`` gives. Raises what ``samgraf.ask.answer`` and ``initiatives`` raise.
    """
    reply = _reply(name, {k: v for k, v in found.items() if isinstance(v, str)})
    if found["format_"] == "json":
        _json(reply, explain=bool(found["explain"]))
    else:
        (_csv if found["format_"] == "csv" else _table)(name, reply)
        _around(reply, found)
        if found["format_"] == "table" and reply["answered"]:
            note("\n" + _HINT[reply["lang"]])
    return ANSWERED if reply["answered"] else NO_ANSWER


def _reply(name: str, given: Mapping[str, str]) -> Reply:
    lang, as_of, workspace, store = (given.get(key) for key in ("lang", "as_of", "workspace", "store"))
    if name == "initiatives":
        from samgraf.ask.initiatives import initiatives

        return initiatives(given["involving"], lang=lang, as_of=as_of, workspace=workspace, store=store)
    from samgraf.ask import answer

    return answer(given["question"], lang=lang, as_of=as_of, workspace=workspace, store=store)


def _json(reply: Reply, *, explain: bool) -> None:
    import json

    if not explain:
        reply.pop("understood", None)
    emit(json.dumps(reply, ensure_ascii=False, indent=2))


def _csv(name: str, reply: Reply) -> None:
    import csv
    import io

    from samgraf.cli.prose import places

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    first = "initiative" if name == "initiatives" else "answer"
    writer.writerow([first, "value", "type", "how", "via", "role", "period", "source", "iri"])
    for a in reply["answers"]:
        words = [
            a.get("type", ""),
            a.get("how", ""),
            "; ".join(a.get("via", [])),
            a.get("role", ""),
            a.get("period", ""),
        ]
        source = "; ".join(places(a["evidence"], reply["lang"]))
        writer.writerow([a["label"], _plain(a.get("value")), *words, source, a.get("iri", "")])
    emit(out.getvalue())


def _plain(value: object) -> str:
    """Write a value for CSV: truth as in JSON, nothing as nothing."""
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _table(name: str, reply: Reply) -> None:
    from samgraf.cli.prose import print_columns, wrapped

    if not reply["answered"]:
        return
    emit(wrapped(reply["message"]) + "\n\n")
    heads = _HEADS[reply["lang"]]
    keys = [("initiative" if name == "initiatives" else "answer"), "how", "role", "source"]
    rows = [_cells(answer, reply["lang"]) for answer in reply["answers"]]
    shown = [n for n, _ in enumerate(keys) if any(row[n] for row in rows)]
    print_columns([heads[keys[n]] for n in shown], [[row[n] for n in shown] for row in rows])


def _cells(answer: Answer, language: str) -> list[str]:
    """Give the four cells of an answer: name, how (and through what), role and period, where it stands."""
    from samgraf.cli.prose import places

    through = answer.get("via", [])
    via = ", ".join(through[:_THROUGH]) + (f" +{len(through) - _THROUGH}" if len(through) > _THROUGH else "")
    how = answer.get("how", "")
    role = "; ".join(part for part in (answer.get("role", ""), answer.get("period", "")) if part)
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
    if found["explain"] and reply.get("understood"):
        say("\n" + "\n".join(reply["understood"]))
    if found["show_sparql"] and reply["query"]["sparql"]:
        say("\n" + reply["query"]["sparql"])
