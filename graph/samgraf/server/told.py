"""The pages for readers, by their addresses: the first page, search, the data set, what is new, a claim, a rule, a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samgraf.language.messages import messages
from samgraf.language.showing import show_date
from samgraf.namespaces import BASE, ENTITY, ONTOLOGY_GRAPH, RDFS
from samgraf.server import pages
from samgraf.server.fields import language
from samgraf.server.pages.base import href, is_web

if TYPE_CHECKING:
    from collections.abc import Callable

    from samgraf.api import Graph
    from samgraf.server.fields import Fields
    from samgraf.server.reader import Reader

Json = dict[str, Any]
_ABOUT = ("publisher", "license", "version", "issued", "modified", "contact-point", "url")


def behind(reader: Reader, path: str, lang: str) -> bytes | None:
    """Give the page that tells people of what stands at a path below the base IRI, or of what is new; None where there is none."""
    kind, _, name = path.partition("/")
    if kind == "claim":
        return claim(reader, name, lang)
    if kind == "new":
        return news(reader, name, lang)
    if kind == "ontology":
        return vocabulary(reader, lang) if reader.graph.linked(path) else None
    return rule(reader, name, lang) if kind == "rule" else None


def instead(reader: Reader, path: str) -> str | None:
    """Give the address of the page that tells people what a graph holds: its document's, or the vocabulary's; None without one."""
    iri = BASE + path
    if iri == ONTOLOGY_GRAPH:
        return "/ontology.html"
    return href(reader.of_graph().get(iri, ""))


def claim(reader: Reader, id_: str, lang: str) -> bytes | None:
    """Give the page of a claim, said or derived; None when there is none of this id."""
    by_id = reader.claims_by_id(lang)
    if id_ not in by_id:
        return None
    one = by_id[id_]
    rule = one.get("rule") or ""
    return pages.claim(
        lang,
        {
            "claim": one,
            "labels": reader.labels(lang),
            "because": [by_id[name] for name in one.get("derivedFrom", ()) if name in by_id],
            "follows": [by_id[name] for name in reader.following(lang).get(id_, ())],
            "later": [by_id[name] for name in one.get("supersededBy", ()) if name in by_id],
            "rule": rule_data(reader.graph, rule, lang) if rule else None,
            "texts": {e["document"]: reader.graph.text(e["document"]) for e in one["evidence"]},
        },
    )


def news(reader: Reader, day: str, lang: str) -> bytes | None:
    """Give the page of what a day brought, without one the list of days; None when no document spoke that day."""
    if not day:
        return pages.news(lang, [reader.news(one, lang) for one in reader.recent()])
    return pages.day(lang, reader.news(day, lang)) if day in reader.days() else None


def vocabulary(reader: Reader, lang: str) -> bytes:
    """Give the page of the vocabulary."""
    told = {"terms": reader.terms(), "kinds": reader.kinds(lang), "members": reader.members(lang)}
    return pages.vocabulary(lang, told | {"claims": reader.claims_by_id(lang)})


def rule(reader: Reader, name: str, lang: str, *, whole: bool = False) -> bytes | None:
    """Give the page of a rule; None when none is called so. The ``whole`` page has every claim that it made, with its reasons."""
    told = rule_data(reader.graph, name, lang)
    if told and whole:
        by_id = reader.claims_by_id(lang)
        made = [one for one in by_id.values() if one.get("rule") == name]
        told["made"] = [
            {"claim": one, "because": [by_id[id_] for id_ in one.get("derivedFrom", ()) if id_ in by_id]}
            for one in made
        ]
    return pages.rule(lang, told) if told else None


def rule_data(graph: Graph, name: str, lang: str) -> Json | None:
    """Give what a rule says of itself, and its SPARQL."""
    found = graph.linked(f"rule/{name}")
    if found is None:
        return None
    told: Json = {"name": name, "label": name, "description": "", "text": "", "made": []}
    for triple in found.triples:
        value, language = getattr(triple.object, "value", ""), getattr(triple.object, "language", None)
        part = triple.predicate.value
        if part == RDFS + "label" and language == lang:
            told["label"] = value
        elif part.endswith("description") and language == lang:
            told["description"] = value
        elif part.endswith("construct"):
            told["text"] = value
    return told


def about(reader: Reader, lang: str) -> bytes:
    """Give the page about the data set: licence, version, days, how to cite it."""
    say, graph = messages(lang), reader.graph
    known = {key: words[0] for key, words in graph.metadata().items()}
    documents = reader.documents(lang)
    title = known.get(f"title-{lang}", "samgraf")
    rows = [
        (
            say(f"about.{key}"),
            show_date(known[key], lang) if key in ("issued", "modified") else known[key],
            known[key] if is_web(known[key]) else None,
        )
        for key in _ABOUT
        if known.get(key)
    ]
    rows += [(say("about.data day"), documents[0]["day"], None)] if documents else []
    cited = [known.get("publisher"), f"({known['modified'][:4]})" if known.get("modified") else None]
    cited = [" ".join(part for part in cited if part), title]
    cited += [f"{say('about.version')} {known['version']}" if known.get("version") else None, known.get("url")]
    return pages.about(
        lang,
        {
            "title": title,
            "description": known.get(f"description-{lang}", ""),
            "rows": rows,
            "citation": ". ".join(part for part in cited if part) + ("" if known.get("url") else "."),
            "documents": documents,
            "missing": graph.undescribed(),
            "rules": [
                rule_data(graph, path.removeprefix("rule/"), lang)
                for path in graph.addresses()
                if path.startswith("rule/")
            ],
        },
    )


PAGES: dict[str, Callable[[Reader, Fields], bytes]] = {
    "/": lambda reader, fields: pages.home(language(fields), reader.home(language(fields))),
    "/search": lambda reader, fields: pages.search(language(fields), reader.search(fields)),
    "/about": lambda reader, fields: about(reader, language(fields)),
}
"""The pages that stand at one address each."""


def entity(reader: Reader, id_: str, lang: str, *, brief: bool = False) -> bytes:
    """Give the page of an entity; a ``brief`` one looks at no text."""
    graph, iri = reader.graph, ENTITY + id_
    shown = graph.show(iri, lang=lang)
    around = pages.Around(
        initiatives=graph.initiatives(iri, lang=lang),
        together=graph.collaborators(iri, lang=lang),
        people=reader.people(iri, lang),
        moments=graph.timeline(iri, lang=lang)["moments"],
        written=written(reader, id_, lang, brief=brief) if iri in {d["iri"] for d in reader.documents(lang)} else None,
        labels=reader.labels(lang),
    )
    return pages.entity(shown, around)


def written(reader: Reader, id_: str, lang: str, *, brief: bool = False) -> Json | None:
    """Give what a document says, by its headings; None for what no claim is from. A ``brief`` one looks at no text."""
    own = [one for one in reader.claims(lang) if one["document"] == id_ and not one["derived"]]
    return pages.written(own, None if brief else reader.graph.text(id_), lang) if own else None
