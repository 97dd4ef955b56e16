"""What the server answers at each path. Nothing here knows of sockets; a client's SPARQL runs in a worker."""

from __future__ import annotations

import json
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qs

from samgraf import records
from samgraf.errors import UnknownNameError, UsageError
from samgraf.library import bind, find, queries
from samgraf.library.gallery import gallery
from samgraf.library.resolving import resolver
from samgraf.server import guard, negotiation, pages
from samgraf.server.workers import Workers
from samgraf.store.opening import open_store, snapshot_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from samgraf.library import NamedQuery

Fields = dict[str, list[str]]
_ENDINGS = {"ttl": "turtle", "jsonld": "jsonld", "nt": "ntriples", "rdf": "rdfxml", "html": "html"}
_FORM = "application/x-www-form-urlencoded"
_EXPLORER_POLICY = "frame-ancestors 'none'; base-uri 'none'"


class Response(NamedTuple):
    """A status, the name of the format (or a media type), the body, and headers of its own."""

    status: int
    form: str
    body: bytes
    headers: Mapping[str, str] | None = None


class Site:
    """The graph of a workspace or an endpoint, as HTTP resources."""

    def __init__(self, workspace: str | None, url: str | None, *, seconds: float = 20.0, workers: int = 2) -> None:
        self.workspace, self.url = workspace, url
        place = ("url", url) if url else ("folder", snapshot_folder(workspace))
        self.store = open_store(workspace, url)
        self.workers = Workers(*place, seconds=seconds, size=workers)
        self._lock = threading.Lock()
        self._explorer: bytes | None = None

    def resolve(self, name: str) -> str:
        """Give the IRI of a name. The index is opened anew each time: SQLite's connections belong to one thread."""
        return resolver(self.store)(name)

    def close(self) -> None:
        """End the worker processes."""
        self.workers.close()

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
        if not asked and method != "POST":
            return Response(200, "html", pages.sparql())
        if len(asked) != 1:
            msg = "give one query, in the field 'query'"
            raise UsageError(msg)
        graphs = {"default": fields.get("default-graph-uri", []), "named": fields.get("named-graph-uri", [])}
        return self._run(asked[0], accept, graphs)

    def _run(self, sparql: str, accept: str | None, graphs: dict[str, list[str]] | None = None) -> Response:
        guard.check(sparql)
        request = {
            "sparql": sparql,
            "rows": negotiation.choose(accept, negotiation.ROWS),
            "graph": negotiation.choose(accept, negotiation.GRAPHS),
            **(graphs or {}),
        }
        return Response(*self.workers.evaluate(request))

    def entity(self, name: str, fields: Fields, accept: str | None) -> Response:
        """Answer with an entity's page, or with its RDF."""
        form = negotiation.choose(accept, negotiation.PAGES)
        stem, dot, ending = name.rpartition(".")
        if dot and ending in _ENDINGS:
            name, form = stem, _ENDINGS[ending]
        iri = self.resolve(f"id:{name}")
        if form is None:
            return Response(406, "text", b"there are HTML, Turtle, N-Triples, JSON-LD and RDF/XML")
        if form == "html":
            return Response(200, "html", pages.entity(self.store, iri, _language(fields)))
        request = {"sparql": pages.describe(iri), "rows": None, "graph": form}
        return Response(*self.workers.evaluate(request))

    def queries(self, fields: Fields, accept: str | None) -> Response:
        """Answer with the list of named queries, as a page or as JSON."""
        found = queries(self.workspace)
        if (
            _one(fields, "format") == "json"
            or negotiation.choose(accept, {"text/html": "html", "application/json": "json"}) == "json"
        ):
            data = [q.as_data() for q in found]
            return Response(200, "application/json", json.dumps(data, ensure_ascii=False).encode())
        return Response(200, "html", pages.queries(found, _language(fields)))

    def query(self, name: str, fields: Fields, accept: str | None) -> Response:
        """Run a named query; as a page, its parameters come first. ``format`` is html, json, csv, tsv or xml."""
        found = find(name, self.workspace)
        own = {"format", "lang"} - {p.name for p in found.parameters}
        values = {key: given[0] for key, given in fields.items() if key not in own and given[0] != ""}
        form = _one(fields, "format") or negotiation.choose(accept, {"text/html": "html", **negotiation.ROWS})
        if form not in ("html", "json", "csv", "tsv", "xml"):
            msg = f"{form!r} is no format here; there are html, json, csv, tsv, xml"
            raise UsageError(msg)
        if form != "html":
            return self._run_named(found, values, form)
        return self._query_page(found, values, _language(fields))

    def _run_named(self, query: NamedQuery, values: dict[str, str], form: str) -> Response:
        sparql = bind(query, values, self.resolve)
        return Response(*self.workers.evaluate({"sparql": sparql, "rows": form, "graph": None}))

    def _query_page(self, query: NamedQuery, values: dict[str, str], language: str) -> Response:
        missing = [p.name for p in query.parameters if p.required and p.name not in values]
        if missing:
            return Response(200, "html", pages.query(query, values, language))
        try:
            response = self._run_named(
                query, {"lang": language, **values} if query.parameter("lang") else values, "json"
            )
        except UsageError as error:
            status = 404 if isinstance(error, UnknownNameError) else 400
            return Response(status, "html", pages.query(query, values, language, message=str(error)))
        if response.status != 200:
            return Response(
                response.status, "html", pages.query(query, values, language, message=response.body.decode())
            )
        return Response(200, "html", pages.query(query, values, language, results=response.body, store=self.store))

    def ask(self, fields: Fields) -> Response:
        """Answer a question in Danish or English: the JSON of ``samgraf ask``."""
        question = _one(fields, "q")
        if not question:
            msg = "give the question in the field 'q'"
            raise UsageError(msg)
        try:
            from samgraf.ask import answer
        except ImportError:
            return Response(501, "text", b"this server cannot answer questions")
        as_of = _one(fields, "as-of") or _one(fields, "asOf")
        if as_of and not _is_day(as_of):
            msg = f"{as_of!r} is no day; write 2020-11-23"
            raise UsageError(msg)
        language = _one(fields, "lang")
        if language not in (None, "da", "en"):
            msg = "lang is da or en"
            raise UsageError(msg)
        reply = answer(question, lang=language, as_of=as_of, workspace=self.workspace, store=self.url)
        return Response(200, "application/json", json.dumps(reply, ensure_ascii=False).encode())

    def explorer(self) -> Response:
        """Answer with the explorer, made when it is first asked for; it brings a policy of its own."""
        with self._lock:
            if self._explorer is None:
                try:
                    from samgraf.explorer import write_page
                except ImportError:
                    return Response(501, "text", b"this server has no explorer")
                with tempfile.TemporaryDirectory() as folder:
                    path = Path(folder) / "explorer.html"
                    write_page(
                        path,
                        entities=records.entities(self.store),
                        claims=records.claims(self.store),
                        predicates=records.predicates(self.store),
                        types=records.types(self.store),
                        documents=records.documents(self.store),
                        queries=gallery(self.store, self.workspace),
                    )
                    self._explorer = path.read_bytes()
        return Response(200, "html", self._explorer, {"Content-Security-Policy": _EXPLORER_POLICY})

    def style(self) -> Response:
        """Answer with the style sheet of the pages."""
        return Response(200, "text/css; charset=utf-8", pages.style(), {"Cache-Control": "max-age=3600"})


def _one(fields: Fields, name: str) -> str | None:
    given = fields.get(name, [])
    return given[0] if given and given[0] else None


def _language(fields: Fields) -> str:
    return "en" if _one(fields, "lang") == "en" else "da"


def _is_day(text: str) -> bool:
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
