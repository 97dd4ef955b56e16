"""Questions of a library query's header, answered by the query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.language.fold import words
from samgraf.namespaces import CLAIM, ENTITY, local_name
from samgraf.store.ground import names_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from samgraf.ask.intents import Intent
    from samgraf.ask.question import Question
    from samgraf.ask.replies import Data, Speaker
    from samgraf.rdf.port import GraphStore

_NEVER_ANSWERS = ("claim", "claims", "partnerClaim", "how", "role", "lang", "relation", "type")
_CLAIMS = ("claim", "claims", "partnerClaim")


def is_example(intent: Intent, text: str, language: str) -> bool:
    """Tell whether a question is an example of the query's header as it stands."""
    return words(text) in [words(example) for example in intent.query.examples.get(language, ())]


def run_intent(question: Question, intent: Intent, speaker: Speaker, store: Callable[[], GraphStore]) -> Data:
    """Answer by a library query. Each answer carries its ``rows``, so that nothing of the query's result is lost."""
    from samgraf.library.binding import bind
    from samgraf.library.running import run

    if "lang" in intent.values:
        intent = intent._replace(values={**intent.values, "lang": speaker.language})
    query = bind(intent.query, intent.values, lambda name: ENTITY + name)
    result = run(store(), query, ours=intent.query.ours)
    columns, rows = (result.rows.columns, result.rows.rows) if result.rows else ([], [])
    return _told(question, intent, query, columns, rows, speaker)


def _told(
    question: Question,
    intent: Intent,
    query: str,
    columns: list[str],
    rows: Sequence[Sequence[object]],
    speaker: Speaker,
) -> Data:
    told: dict[tuple[str, str], tuple[list[dict[str, str]], str]] = {}
    for row in rows:
        cells = {c: str(getattr(t, "value", "")) for c, t in zip(columns, row, strict=True) if t is not None}
        first = _answering(intent.query.answer, cells, columns)
        told.setdefault((first, cells.get(first, "")), ([], first))[0].append(cells)
    answers = [{**_answer(cells, first, speaker), "rows": cells} for cells, first in told.values()]
    title = intent.query.title.get(speaker.language, intent.query.name)
    kinds = speaker.ground.kinds
    ends = [
        kinds[v].label.within(speaker.language) if v in kinds else speaker.ground.label(v, speaker.language)
        for k, v in intent.values.items()
        if k not in ("lang", "asOf")
    ]
    head = f"{title} ({', '.join(ends)})" if ends else title
    labels = list(dict.fromkeys(a["label"] for a in answers))
    outcome = "answered" if answers else "silent"
    return {
        "question": question.text,
        "lang": speaker.language,
        "outcome": outcome,
        "answered": bool(answers),
        "query": {"sparql": _body(query), "name": intent.query.name},
        "answers": answers,
        "complete": False,
        "message": f"{head}: {speaker.listed(labels, 12)}." if answers else speaker.say("asking.silent", what=head),
        "understood": [head],
        "nearest": [],
        "queries": [],
    }


def _body(text: str) -> str:
    """Give a query's SPARQL without the header that describes it."""
    lines = text.split("\n")
    start = next((n for n, line in enumerate(lines) if line.strip() and not line.startswith("#")), 0)
    return "\n".join(lines[start:]).rstrip()


def _answering(named: str, cells: dict[str, str], columns: list[str]) -> str:
    """Give the column that answers: the one that the header names, else the first that names something."""
    if named in cells:
        return named
    return next((c for c in columns if c in cells and c not in _NEVER_ANSWERS and not c.endswith("Label")), columns[0])


def _answer(rows: list[dict[str, str]], first: str, speaker: Speaker) -> Data:
    """Give the rows with one answer as that answer, with the claims that they stand on."""
    value = rows[0].get(first, "")
    claims = [
        c
        for iri in dict.fromkeys(iri for cells in rows for n in _CLAIMS for iri in cells.get(n, "").split())
        for c in speaker.ground.called_claim(iri.removeprefix(CLAIM))
    ]
    held = speaker.held(claims)
    label = rows[0].get(f"{first}Label") or (rows[0].get("label") if value.startswith(ENTITY) else None)
    if value.startswith(ENTITY):
        thing = speaker.ground.thing(local_name(value))
        label = label or thing.label.within(speaker.language)
        return {
            "label": label,
            "iri": value,
            "type": thing.type,
            "aliases": [n for n in names_of(thing) if n != label],
            **held,
        }
    return {"label": label or value, "aliases": [], **held}
