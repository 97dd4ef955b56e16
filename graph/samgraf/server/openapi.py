"""What the server answers, for programs: an OpenAPI 3.1 document, made of one table and of the headers of the named queries.

Source: OpenAPI Specification 3.1.0. The SPARQL endpoint is in it too; what its protocol says beyond that stands in the standard.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from samgraf.language.messages import languages
from samgraf.model.text import ENGLISH
from samgraf.server.negotiation import GRAPHS, PROBLEMS, ROWS
from samgraf.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from samgraf.api import NamedQuery

_PAGE, _JSON = ("text/html",), ("application/json",)
_RDF, _ROWS = tuple(GRAPHS), tuple(ROWS)
_TEXT = {"type": "string"}
_DAY = {"type": "string", "format": "date"}
_SCHEMAS: dict[str, dict[str, Any]] = {"date": _DAY, "number": {"type": "number"}}
_WRONG = {
    "400": "What was asked cannot be read; the detail says where.",
    "403": "What was asked is refused: this server only reads, and asks no other.",
    "404": "There is no such thing.",
    "406": "None of the formats that were asked for fits.",
    "413": "The request or the answer is too large.",
    "503": "The query took too long, or there is too much to do; try again.",
}
_PATHS: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("/", "What is in the graph, and what is new", _PAGE, ()),
    ("/new.html", "The days on which documents spoke, and what each brought", _PAGE, ()),
    ("/new/{day}.html", "What a day brought, actor by actor", _PAGE, ("day",)),
    ("/feed.atom", "What is new, as an Atom feed", ("application/atom+xml",), ()),
    ("/about", "Licence, day of the data, how to cite", _PAGE, ()),
    ("/explorer.html", "The explorer", _PAGE, ()),
    ("/id/{name}", "Points at the page or the RDF of an entity", (), ("name",)),
    ("/id/{name}.ttl", "The RDF of an entity, as Turtle", ("text/turtle",), ("name",)),
    ("/id/{name}.jsonld", "The RDF of an entity, as JSON-LD", ("application/ld+json",), ("name",)),
    ("/id/{name}.html", "The page of an entity", _PAGE, ("name",)),
    ("/claim/{document}/{key}", "A claim with its evidence", (*_RDF, *_PAGE), ("document", "key")),
    ("/graph/{name}", "All that a document says", (*_RDF, *_PAGE), ("name",)),
    ("/rule/{name}", "A rule that derives facts", (*_RDF, *_PAGE), ("name",)),
    ("/ontology", "The ontology", (*_RDF, *_PAGE), ()),
    ("/shapes", "The SHACL shapes", (*_RDF, *_PAGE), ()),
    ("/context.jsonld", "The JSON-LD context", ("application/ld+json",), ()),
    ("/.well-known/void", "The description of the data set (DCAT-AP, VoID)", (*_RDF, *_PAGE), ()),
    ("/ontology.html", "The classes and relations, each with an example", _PAGE, ()),
    ("/queries", "The named queries", (*_PAGE, *_JSON), ()),
)
"""Path, what it answers, the media types, and the parameters in the path."""


def document(queries: Iterable[NamedQuery], files: Mapping[str, str], address: str) -> bytes:
    """Give the OpenAPI document of a server at ``address`` with these queries and files (media types by name) for download."""
    paths: dict[str, Any] = {path: {"get": _get(path, told, media, inside)} for path, told, media, inside in _PATHS}
    paths |= {f"/download/{name}": {"get": _get(f"/download/{name}", name, (media,))} for name, media in files.items()}
    paths |= {f"/queries/{query.name}": {"get": _query(query)} for query in queries}
    ask = _get("/ask", "Answers a question in Danish or English, with its sources", (*_JSON, *_PAGE))
    ask["parameters"] += [_parameter("q", required=True, text="the question"), _parameter("as-of", _DAY)]
    return json.dumps(
        {
            "openapi": "3.1.0",
            "info": {"title": "samgraf", "version": __version__, "license": {"name": "MIT", "identifier": "MIT"}},
            "servers": [{"url": address.rstrip("/")}],
            "paths": {**paths, "/ask": {"get": ask}, "/sparql": _sparql()},
            "components": {"schemas": {"Problem": _problem()}},
        },
        ensure_ascii=False,
        indent=1,
    ).encode()


def _get(path: str, told: str, media: Iterable[str], inside: Iterable[str] = ()) -> dict[str, Any]:
    own = {"200": {"description": told, "content": {name: {} for name in media}}}
    if not media:
        own = {"303": {"description": told, "headers": {"Location": {"schema": _TEXT}}}}
    return {
        "operationId": "get" + path.translate(str.maketrans("/{}.-", "_____")),
        "summary": told,
        "parameters": [
            *({**_parameter(name, required=True), "in": "path"} for name in inside),
            _parameter("lang", {"type": "string", "enum": [*languages()]}, text="the language of a page"),
        ],
        "responses": own | _wrong(),
    }


def _query(query: NamedQuery) -> dict[str, Any]:
    """Describe a named query by its header."""
    found = _get(f"/queries/{query.name}", query.title[ENGLISH], (*_ROWS, *_PAGE))
    own = {p.name for p in query.parameters}
    found["description"] = query.description[ENGLISH]
    found["parameters"] = [p for p in found["parameters"] if p["name"] not in own]
    found["parameters"] += [
        _parameter(p.name, _SCHEMAS.get(p.type, _TEXT), required=p.required, text=p.meaning) for p in query.parameters
    ]
    return found


def _sparql() -> dict[str, Any]:
    """Describe the endpoint (SPARQL 1.1 Protocol, 2.1)."""
    media = (*_ROWS, *_RDF, *_PAGE)
    get = _get("/sparql", "Answers a SPARQL query; without one, describes the endpoint", media)
    many = {"type": "array", "items": {"type": "string", "format": "uri"}}
    named = [_parameter(name, many) for name in ("default-graph-uri", "named-graph-uri")]
    get["parameters"] += [_parameter("query"), _parameter("format"), *named]
    form = {"type": "object", "required": ["query"], "properties": {"query": _TEXT}}
    post = {**get, "operationId": "post_sparql", "parameters": named, "responses": dict(get["responses"])}
    post["responses"]["415"] = _told("The body is neither a query nor a form.")
    content = {"application/sparql-query": {"schema": _TEXT}, "application/x-www-form-urlencoded": {"schema": form}}
    return {"get": get, "post": post | {"requestBody": {"required": True, "content": content}}}


def _parameter(
    name: str, schema: Mapping[str, Any] | None = None, *, required: bool = False, text: str = ""
) -> dict[str, Any]:
    told = {"description": text} if text else {}
    return {"name": name, "in": "query", "required": required, "schema": schema or _TEXT, **told}


def _wrong() -> dict[str, Any]:
    return {status: _told(text) for status, text in _WRONG.items()}


def _told(text: str) -> dict[str, Any]:
    schema = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    kinds = ("text/plain", "text/html")
    return {"description": text, "content": {kind: {} for kind in kinds if kind in PROBLEMS} | schema}


def _problem() -> dict[str, Any]:
    """Describe what is told of an error (RFC 9457)."""
    fields = {"type": _TEXT, "title": _TEXT, "status": {"type": "integer"}, "detail": _TEXT}
    few = {"code": _TEXT, "parts": {"type": "object"}}  # a name of what is wrong, and what its sentence names
    return {"type": "object", "required": [*fields], "properties": fields | few}
