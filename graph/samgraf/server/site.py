"""What the server answers at each path. Nothing here knows of sockets; a client's SPARQL runs in a worker."""

from __future__ import annotations

import json
import os
import threading
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qs, quote, urlencode

from samgraf import api
from samgraf.errors import SamgrafError, UsageError
from samgraf.language.messages import languages
from samgraf.server import editor, feed, named, negotiation, pages, told
from samgraf.server.downloads import Downloads
from samgraf.server.fields import Fields
from samgraf.server.fields import language as _language
from samgraf.server.fields import one as _one
from samgraf.server.reader import Reader
from samgraf.server.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from samgraf.server.pages.trouble import Wrong


_ENDINGS = {"ttl": "turtle", "jsonld": "jsonld", "nt": "ntriples", "rdf": "rdfxml", "html": "html"}
_FORM = "application/x-www-form-urlencoded"
_SCRIPTED = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
}
_KEPT = {"Cache-Control": "max-age=3600"}
_EXPLORER_POLICY = "frame-ancestors 'none'; base-uri 'none'"


class Response(NamedTuple):
    """A status, the name of the format (or a media type), the body, headers of its own, and the error that it tells of."""

    status: int
    form: str
    body: bytes
    headers: Mapping[str, str] | None = None
    error: SamgrafError | None = None


class Site:
    """The graph of a workspace or an endpoint, as HTTP resources."""

    def __init__(
        self, workspace: str | None, url: str | None, *, seconds: float = 20.0, workers: int = 4, prefix: str = ""
    ) -> None:
        self.workspace, self.url, self.prefix = workspace, url, prefix
        self.graph = api.open(workspace, url)
        self.workers = Workers(self.graph.folder, url, seconds=seconds, size=workers)
        self.snapshot = os.path.basename(self.graph.folder) if self.graph.folder else None
        self.downloads = Downloads(self.graph)
        self.reader = Reader(self.graph)
        self._lock = threading.Lock()
        self._explorer: bytes | None = None

    def close(self) -> None:
        """End the worker processes; what is asked for now is told that it was stopped."""
        self.workers.close()
        self.downloads.close()

    def sparql(self, method: str, fields: Fields, body: bytes, content_type: str, accept: str | None) -> Response:
        """Answer a request of the SPARQL 1.1 Protocol (W3C 2013, 2.1): GET, POST of a form, POST of a query."""
        media = content_type.partition(";")[0].strip().lower()
        try:
            text = body.decode()
            form = parse_qs(text, keep_blank_values=True, max_num_fields=100) if media == _FORM else {}
        except ValueError as error:
            msg = f"the request cannot be read: {error}"
            raise UsageError(msg) from error
        if method == "POST":
            if media == "application/sparql-query":
                fields = {**fields, "query": [text]}
            elif media == _FORM:
                fields = {name: [*fields.get(name, []), *form.get(name, [])] for name in {**fields, **form}}
            elif media == "application/sparql-update":
                return Response(403, "text", b"updates are refused: this server only reads")
            else:
                return Response(
                    415, "text", b"POST a query as application/sparql-query or as a form with the field 'query'"
                )
        if "update" in fields:
            return Response(403, "text", b"updates are refused: this server only reads")
        asked = fields.get("query", [])
        wanted = negotiation.named(_one(fields, "format"))
        choice = wanted or negotiation.choose(accept, {**negotiation.ROWS, **negotiation.GRAPHS, "text/html": "html"})
        language = _language(fields)
        if not asked and method != "POST":
            page = pages.sparql(language, api.queries(self.workspace), text=_one(fields, "draft") or pages.DRAFT)
            return Response(200, "html", page, _SCRIPTED)
        if len(asked) != 1:
            msg = "give one query, in the field 'query'"
            raise UsageError(msg)
        graphs = {"default": fields.get("default-graph-uri", []), "named": fields.get("named-graph-uri", [])}
        if choice == "html":
            return self._shown(asked[0], graphs, language)
        rows = negotiation.as_rows(wanted) if wanted else negotiation.choose(accept, negotiation.ROWS)
        graph = negotiation.as_graph(wanted) if wanted else negotiation.choose(accept, negotiation.GRAPHS)
        return self._evaluated({"sparql": asked[0], "rows": rows, "graph": graph, **graphs})

    def _evaluated(self, request: dict[str, Any]) -> Response:
        found = self.workers.evaluate(request)
        return Response(found.status, found.form, found.body, error=found.error)

    def _shown(self, sparql: str, graphs: dict[str, list[str]], language: str) -> Response:
        """Answer a query for people: its results as a table, or what is wrong with it, and the query in its field again."""
        found = self.workers.evaluate({"sparql": sparql, "rows": "json", "graph": "ntriples", **graphs})
        examples = api.queries(self.workspace)
        if found.status != 200:
            page = pages.sparql(language, examples, text=sparql, wrong=found.error or found.body.decode())
            return Response(found.status, "html", page, _SCRIPTED)
        graph = found.form == "ntriples"
        words = self.reader.words(language)
        table = pages.results(found.body, words, language, graph=graph)
        picture = pages.picture(pages.drawn(found.body), words, language) if graph else None
        page = pages.sparql(language, examples, text=sparql, table=table, picture=picture, graph=graph)
        return Response(200, "html", page, _SCRIPTED)

    def lexicon(self, fields: Fields) -> Response:
        """Answer with what the field for a query completes: prefixes, terms and names, as JSON."""
        told = json.dumps(self.reader.lexicon(_language(fields)), ensure_ascii=False)
        return Response(200, "application/json", told.encode())

    def entity(self, name: str, fields: Fields, accept: str | None) -> Response:
        """Answer with the page of an entity or with its RDF, by the ending; without one, point there: an entity is no document."""
        stem, dot, ending = name.rpartition(".")
        named = bool(dot) and ending in _ENDINGS
        id_ = self.graph.id_of(f"id:{stem if named else name}")
        form = _ENDINGS[ending] if named else negotiation.choose(accept, negotiation.PAGES)
        if form is None:
            return Response(406, "text", b"there are HTML, Turtle, N-Triples, JSON-LD and RDF/XML")
        if not named:
            return _see_other(f"/id/{quote(id_)}.{_ending(form)}", fields)
        if form == "html":
            return Response(200, "html", told.entity(self.reader, id_, _language(fields)))
        found = self.graph.linked(f"id/{id_}")
        query = found.query if found else ""
        return self._evaluated({"sparql": query, "rows": None, "graph": form})

    def download(self, name: str) -> Response | None:
        """Answer with a file that the description of the data set offers; None for another."""
        found = self.downloads.get(name)
        if found is None:
            return None
        media = found[0] + ("; charset=utf-8" if found[0].startswith("text/") else "")
        return Response(200, media, found[1], {"Content-Disposition": f"attachment; filename={name}"})

    def describes(self, fields: Fields, accept: str | None) -> bool:
        """Tell whether the endpoint is asked for its description: with no query and no page (SPARQL 1.1 Service Description, 2)."""
        if fields.keys() & {"query", "update", "draft"}:
            return False
        wanted = negotiation.named(_one(fields, "format")) or negotiation.choose(
            accept, {**negotiation.GRAPHS, "text/html": "html"}
        )
        return wanted != "html"

    def linked(self, path: str, fields: Fields, accept: str | None, at: str | None = None) -> Response | None:
        """Answer with what stands behind an IRI of the graph's own that is no entity's; None when nothing does.

        ``at`` is where this server is, for what tells of it.
        """
        plain = path.removesuffix(".html")
        offered = {**negotiation.GRAPHS, "text/html": "html"}
        if plain != path or (not _one(fields, "format") and negotiation.choose(accept, offered) == "html"):
            page = told.behind(self.reader, plain, _language(fields))
            if page is not None:
                return Response(200, "html", page)
            if place := told.instead(self.reader, plain):
                return _see_other(place, fields)
        found = self.graph.linked(path, at)
        wanted = negotiation.named(_one(fields, "format"))
        form = negotiation.as_graph(wanted) if wanted else negotiation.choose(accept, negotiation.GRAPHS)
        stem, dot, ending = path.rpartition(".")
        if found is None and dot and ending in _ENDINGS:
            found, form = self.graph.linked(stem), _ENDINGS[ending]
        if found is None:
            return None
        if found.body:
            return Response(200, "jsonld", found.body)
        if found.elsewhere:
            return _see_other("/" + quote(found.elsewhere), fields)
        if form is None or form == "html":
            return Response(406, "text", b"there are Turtle, N-Triples, JSON-LD and RDF/XML")
        if found.query:
            return self._evaluated({"sparql": found.query, "rows": None, "graph": form})
        return Response(200, form, found.serialized(self.graph.reader, form))

    def queries(self, fields: Fields, accept: str | None) -> Response:
        """Answer with the list of named queries, as a page or as JSON."""
        found = api.queries(self.workspace)
        if (
            _one(fields, "format") == "json"
            or negotiation.choose(accept, {"text/html": "html", "application/json": "json"}) == "json"
        ):
            data = [q.as_data() for q in found]
            return Response(200, "application/json", json.dumps(data, ensure_ascii=False).encode())
        return Response(200, "html", pages.queries(found, _language(fields)))

    def query(self, name: str, fields: Fields, accept: str | None) -> Response:
        """Run a named query; as a page, its parameters come first. ``format`` is html, json, csv, tsv or xml."""
        found = api.named(name, self.workspace)
        own = {"format", "lang", "sort", "find", "page"} - {p.name for p in found.parameters}
        values = {key: given[0] for key, given in fields.items() if key not in own and given[0] != ""}
        form = _one(fields, "format") or negotiation.choose(accept, {"text/html": "html", **negotiation.ROWS})
        if form not in ("html", "json", "csv", "tsv", "xml", "xlsx"):
            msg = f"{form!r} is no format here; there are html, json, csv, tsv, xml, xlsx"
            raise UsageError(msg)
        if form == "xlsx":
            return Response(*named.workbook(self.reader, self._run_named, found, values, _language(fields)))
        if form != "html":
            return self._run_named(found, values, form)
        return Response(*named.page(self.reader, self._run_named, found, values, fields))

    def _run_named(self, query: api.NamedQuery, values: dict[str, str], form: str) -> Response:
        sparql = self.graph.sparql(query, values)
        return self._evaluated({"sparql": sparql, "rows": form, "graph": None})

    def ask(self, fields: Fields, accept: str | None = None) -> Response:
        """Answer a question: a page for a browser, else the JSON of ``samgraf ask``."""
        question = _one(fields, "q")
        if not question:
            msg = "give the question in the field 'q'"
            raise UsageError(msg, "no-question")
        as_of = _one(fields, "as-of") or _one(fields, "asOf")
        if as_of and not _is_day(as_of):
            msg = f"{as_of!r} is no day; write 2020-11-23"
            raise UsageError(msg, "not-a-day", given=as_of)
        language = _one(fields, "lang")
        if language is not None and language not in languages():
            msg = f"lang is one of {', '.join(languages())}"
            raise UsageError(msg)
        reply = self.graph.ask(question, lang=language, as_of=as_of)
        form = _one(fields, "format") or negotiation.choose(accept, {"application/json": "json", "text/html": "html"})
        if form == "html":
            titles = {one.name: one.title[reply["lang"]] for one in api.queries(self.workspace)}
            return Response(200, "html", pages.ask(reply, titles, self.reader.labels(reply["lang"])))
        return Response(200, "application/json", json.dumps(reply, ensure_ascii=False).encode())

    def page(self, name: str, fields: Fields) -> Response:
        """Answer with one of the pages for readers."""
        return Response(200, "html", told.PAGES[name](self.reader, fields))

    def explorer(self) -> Response:
        """Answer with the explorer, made when it is first asked for; it brings a policy of its own."""
        with self._lock:
            if self._explorer is None:
                page = self.graph.explore(pages=pages.addresses(self.prefix))
                self._explorer = page.html.encode()
        return Response(200, "html", self._explorer, {"Content-Security-Policy": _EXPLORER_POLICY})

    def feed(self, fields: Fields, address: str) -> Response:
        """Answer with what is new, as an Atom feed; ``address`` is where this server is."""
        lang = _language(fields)
        told = feed.atom(self.reader, lang, address, f"feed.atom?lang={lang}", f"new/{{}}.html?lang={lang}")
        return Response(200, "application/atom+xml; charset=utf-8", told)

    def script(self, name: str) -> Response:
        """Answer with a script of the page for a query."""
        return Response(200, "text/javascript; charset=utf-8", pages.script(name), _KEPT)

    def editor(self, name: str) -> Response | None:
        """Answer with a file of the editor on that page; None where there is none of that name, or no editor."""
        found = editor.file(name)
        return Response(200, *found, _KEPT) if found else None

    def style(self) -> Response:
        """Answer with the style sheet of the pages."""
        return Response(200, "text/css; charset=utf-8", pages.style(), _KEPT)


def problem(status: int, wrong: Wrong, fields: Fields, accept: str | None) -> Response:
    """Say why there is no answer: as a page to a browser, as JSON (RFC 9457) to who reads JSON, else as text."""
    form = _one(fields, "format") or negotiation.choose(accept, negotiation.PROBLEMS)
    if form in ("html", "text/html"):
        return Response(status, "html", pages.problem(status, wrong, _language(fields)))
    if form == "json" or negotiation.PROBLEMS.get(form or "") == "json":
        told: dict[str, Any] = {
            "type": "about:blank",
            "title": HTTPStatus(status).phrase,
            "status": int(status),
            "detail": str(wrong),
        }
        if isinstance(wrong, SamgrafError) and wrong.code:
            told |= {"code": wrong.code, "parts": wrong.parts}
        return Response(status, "application/problem+json", json.dumps(told, ensure_ascii=False).encode())
    return Response(status, "text", str(wrong).encode("utf-8", "replace"))


def _ending(form: str) -> str:
    return next(ending for ending, name in _ENDINGS.items() if name == form)


def _see_other(path: str, fields: Fields) -> Response:
    """Point at another document (RFC 9110, 15.4.4), with what was asked for besides."""
    asked = f"?{urlencode(fields, doseq=True)}" if fields else ""
    return Response(303, "text", b"", {"Location": path + asked, "Vary": "Accept"})


def _is_day(text: str) -> bool:
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
