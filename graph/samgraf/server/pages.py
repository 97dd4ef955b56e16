"""The HTML pages: entities, queries and their answers, by Jinja templates that escape whatever is put into them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

import pyoxigraph as ox
from jinja2 import Environment, PackageLoader, StrictUndefined

from samgraf.library import bind_terms, find
from samgraf.library.evidence import passages
from samgraf.library.running import Answer
from samgraf.library.tabular import short, table
from samgraf.namespaces import ENTITY
from samgraf.store.base import Rows

if TYPE_CHECKING:
    from samgraf.library import NamedQuery
    from samgraf.store.base import GraphStore, Term


class Fact(NamedTuple):
    """A claim on an entity's page: what is said, of what, when and where it stands."""

    relation: str
    text: str
    href: str | None
    role: str
    period: str
    modality: str
    source: str


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("samgraf.server"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _render(name: str, /, **values: object) -> bytes:
    return _environment().get_template(name).render(**values).encode()


def style() -> bytes:
    """Give the style sheet."""
    return _render("style.css")


def describe(iri: str) -> str:
    """Give the query for an entity's RDF: what is said of it, and the claims that it stands in."""
    node = str(ox.NamedNode(iri))
    return (
        "CONSTRUCT { ?s ?p ?o } WHERE {"
        f" {{ {node} ?p ?o BIND({node} AS ?s) }}"
        f" UNION {{ ?s rdf:subject {node} ; ?p ?o }} UNION {{ ?s rdf:object {node} ; ?p ?o }} }}"
    )


def entity(store: GraphStore, iri: str, language: str) -> bytes:
    """Give an entity's page: names, kinds, and all that is said of it, each fact with its passages."""
    own = _properties(store, iri, language)
    terms: dict[str, ox.NamedNode | ox.Literal] = {"entity": ox.NamedNode(iri), "lang": ox.Literal(language)}
    rows = store.select(bind_terms(find("about").text, terms))
    found = [dict(zip(rows.columns, row, strict=True)) for row in rows.rows]
    places = passages(store, (short_iri(row["claim"]) for row in found))
    facts = [_fact(row, iri, places, "object") for row in found if short_iri(row["subject"]) == iri]
    inverse = [_fact(row, iri, places, "subject") for row in found if short_iri(row["subject"]) != iri]
    name = iri.removeprefix(ENTITY)
    return _render("entity.html", language=language, iri=iri, name=name, facts=facts, inverse=inverse, **own)


def _properties(store: GraphStore, iri: str, language: str) -> dict[str, Any]:
    query = f"""SELECT ?property ?value ?label WHERE {{
      VALUES ?property {{
        rdfs:label skos:altLabel sam:abbreviation sam:note rdf:type owl:sameAs sam:kommunekode foaf:homepage
      }}
      {ox.NamedNode(iri)} ?property ?value .
      OPTIONAL {{ ?value rdfs:label ?label FILTER(LANG(?label) = "{language}") }}
    }} ORDER BY ?property ?value"""
    found: dict[str, list[tuple[Term | None, Term | None]]] = {}
    for key, value, label in store.select(query).rows:
        found.setdefault(short(key).rsplit("#")[-1].rsplit("/")[-1], []).append((value, label))
    labels = {v.language: v.value for v, _ in found.get("label", []) if isinstance(v, ox.Literal)}
    return {
        "label": labels.get(language) or labels.get("da") or iri,
        "other": labels.get("da" if language == "en" else "en"),
        "types": [short(label or value) for value, label in found.get("type", [])],
        "aliases": [short(v) for key in ("altLabel", "abbreviation") for v, _ in found.get(key, [])],
        "notes": [short(v) for v, _ in found.get("note", [])],
        "links": [short(v) for key in ("sameAs", "homepage") for v, _ in found.get(key, []) if _is_web(short(v))],
        "codes": [short(v) for v, _ in found.get("kommunekode", [])],
    }


def _is_web(address: str) -> bool:
    return address.startswith(("https://", "http://"))


def short_iri(term: Term | None) -> str:
    """Give a node's IRI, or nothing for what is none."""
    return term.value if isinstance(term, ox.NamedNode) else ""


def _fact(row: dict[str, Term | None], iri: str, places: dict[str, list[Any]], side: str) -> Fact:
    term, label = row[side], row[f"{side}Label"]
    target = short_iri(term)
    begin, end = short(row["from"]), short(row["until"])
    stands = places.get(short_iri(row["claim"]), [])
    return Fact(
        relation=short(row["relationLabel"] or row["relation"]),
        text=short(label or term),
        href=href(target) if target.startswith(ENTITY) and target != iri else None,
        role=short(row["roleLabel"] or row["role"]),
        period=f"{begin} – {end}".strip(" –") if begin != end else begin,
        modality="" if short(row["modality"]) == "stated" else short(row["modality"]),
        source="; ".join(dict.fromkeys(map(str, stands))) or short(row["document"]),
    )


def href(iri: str) -> str:
    """Give the address of an entity's page on this server."""
    return "/id/" + quote(iri.removeprefix(ENTITY), safe="")


def queries(found: list[NamedQuery], language: str) -> bytes:
    """Give the page that lists the named queries."""
    return _render("queries.html", language=language, queries=found)


def query(
    asked: NamedQuery,
    values: dict[str, str],
    language: str,
    *,
    message: str = "",
    results: bytes | None = None,
    store: GraphStore | None = None,
) -> bytes:
    """Give the page of a named query: its form and, once it has run, its answer."""
    columns: list[str] = []
    rows: list[list[str]] = []
    if results is not None and store is not None:
        parsed = ox.parse_query_results(results, format=ox.QueryResultsFormat.JSON)
        if isinstance(parsed, ox.QuerySolutions):
            terms = Rows([v.value for v in parsed.variables], [tuple(row) for row in parsed])
            columns, rows = table(Answer(rows=terms), store)
    return _render(
        "query.html",
        language=language,
        query=asked,
        values=values,
        message=message,
        columns=columns,
        rows=rows,
        ran=results is not None,
        sparql="\n".join(line for line in asked.text.split("\n") if not line.startswith("# ")),
    )


def sparql() -> bytes:
    """Give the page with a field for a query."""
    return _render("sparql.html", language="en")
