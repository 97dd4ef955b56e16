"""The pages of questions and of queries, with what they gave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pyoxigraph as ox

from samgraf.errors import QueryError
from samgraf.language.messages import messages
from samgraf.server import editor
from samgraf.server.fields import one
from samgraf.server.pages.base import Cell, Table, href, render, short
from samgraf.server.pages.claims import cited
from samgraf.server.pages.tables import word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup

    from samgraf.api import NamedQuery
    from samgraf.server.fields import Fields
    from samgraf.server.pages.tables import Listed
    from samgraf.server.pages.trouble import Wrong

DRAFT = """SELECT ?member ?label WHERE {
  ?member a sam:Municipality ; rdfs:label ?label
  FILTER(LANG(?label) = "da")
} ORDER BY ?label"""
_ROWS = {"csv": "CSV", "tsv": "TSV", "json": "JSON", "xml": "XML"}
_MOST_ROWS = 500
_GRAPHS = {"turtle": "Turtle", "jsonld": "JSON-LD", "ntriples": "N-Triples", "rdfxml": "RDF/XML"}


def queries(found: list[NamedQuery], language: str) -> bytes:
    """Give the page that lists the named queries."""
    return render("queries.html", language=language, queries=found)


def query(
    asked: NamedQuery,
    values: dict[str, str],
    language: str,
    *,
    wrong: Wrong = "",
    table: Listed | None = None,
    fields: Fields | None = None,
) -> bytes:
    """Give the page of a named query: its form and, once it has run, the asked page of its answer."""
    view = {name: text for name in ("sort", "find") if (text := one(fields or {}, name))}
    kept = {name: text for name, text in values.items() if name != "lang"}

    def address(**more: str | int) -> str:
        return "?" + urlencode({**kept, **view, **more, "lang": language})

    return render(
        "query.html",
        language=language,
        query=asked,
        values=values,
        kept=urlencode({**kept, **view}) + "&" if kept or view else "",
        wrong=wrong,
        table=table,
        view=view,
        address=address,
        plain="?" + urlencode({**kept, "lang": language}),
        whole={form: "?" + urlencode({**kept, "format": form, "lang": language}) for form in ("csv", "json", "xlsx")},
        word=lambda name: word(asked, name, language),
        sparql="\n".join(line for line in asked.text.split("\n") if not line.startswith("# ")),
    )


def sparql(
    language: str,
    examples: list[NamedQuery],
    *,
    text: str = DRAFT,
    wrong: Wrong = "",
    table: Table | None = None,
    picture: Markup | None = None,
    graph: bool = False,
) -> bytes:
    """Give the page with a field for a query, which keeps what was written; what is wrong with it and where, or what it gave."""
    columns, rows = table or ([], [])
    place = (wrong.line, wrong.column) if isinstance(wrong, QueryError) and wrong.line else None
    return render(
        "sparql.html",
        language=language,
        text=text,
        kept=urlencode({"query" if table or wrong else "draft": text}) + "&",
        wrong=wrong,
        place=place,
        editor=editor if editor.folder() else None,
        ran=table is not None,
        map=picture,
        columns=columns,
        number=len(rows),
        rows=rows[:_MOST_ROWS],
        forms=list((_GRAPHS if graph else _ROWS).items()),
        examples=[(one.title[language], _body(one)) for one in examples],
    )


def results(body: bytes, labels: Mapping[str, str], language: str, *, graph: bool) -> Table:
    """Give the table of a query's answer, of SPARQL Results JSON or of N-Triples: names stand for IRIs and lead to their pages."""
    if graph:
        triples = drawn(body)
        return [messages(language)(f"words.{part}") for part in ("subject", "relation", "object")], [
            [_cell(term, labels, language) for term in (t.subject, t.predicate, t.object)] for t in triples
        ]
    found = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    if isinstance(found, ox.QueryBoolean):
        say = messages(language)
        return [say("words.answer")], [[Cell(say("asking.yes" if found else "asking.no"))]]
    columns = [variable.value for variable in found.variables]
    return columns, [[_cell(row[name], labels, language) for name in columns] for row in found]


def drawn(body: bytes) -> list[ox.Triple]:
    """Give the triples of N-Triples, in a stable order."""
    quads = ox.parse(body, format=ox.RdfFormat.N_TRIPLES)
    return sorted((ox.Triple(q.subject, q.predicate, q.object) for q in quads), key=str)


def _cell(term: object, labels: Mapping[str, str], language: str) -> Cell:
    if isinstance(term, ox.NamedNode):
        return Cell(labels.get(term.value, short(term.value)), href(term.value, language))
    if term is None:
        return Cell("")
    return Cell(term.value if isinstance(term, (ox.Literal, ox.BlankNode)) else str(term))


def _body(query: NamedQuery) -> str:
    return "\n".join(line for line in query.text.split("\n") if not line.startswith("#")).strip()


def ask(reply: Mapping[str, Any], titles: Mapping[str, str], labels: Mapping[str, str]) -> bytes:
    """Give the page of a question: its answer, or that there is none, with the nearest facts called that."""
    language = reply["lang"]
    return render(
        "ask.html",
        language=language,
        question=reply["question"],
        kept=urlencode({"q": reply["question"]}) + "&",
        reply=reply,
        outcome=reply["outcome"],
        answers=[_answer(a, labels, language) for a in reply["answers"]],
        nearest=[_answer({**one, "label": one["sentence"]}, labels, language) for one in reply.get("nearest", [])],
        queries=[(q["name"], titles.get(q["name"], q["name"])) for q in reply.get("queries", [])],
    )


def _answer(answer: Mapping[str, Any], labels: Mapping[str, str], language: str) -> dict[str, Any]:
    """Give an answer with its marks: what it is part of, through whom, in which role, and whether it is only planned."""
    say = messages(language)
    modality = answer.get("modality", "stated")
    marks = [answer.get("role"), say.get(f"ask.{modality}") if modality != "stated" else None]
    return {
        "label": answer["label"],
        "href": href(answer.get("iri", ""), language),
        "marks": " · ".join(mark for mark in marks if isinstance(mark, str) and mark),
        "cited": cited(answer.get("evidence", []), labels, language),
    }
