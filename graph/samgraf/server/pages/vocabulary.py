"""The page of the vocabulary: each class and relation with what it means, links and reads like, an example, its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samgraf.language.messages import messages
from samgraf.model.text import FIRST
from samgraf.namespaces import ENTITY, SAM, local_name
from samgraf.server.pages.base import Cell, href, render, short
from samgraf.server.pages.tree import tree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from samgraf.language.messages import Messages

Json = dict[str, Any]
_CLASS, _RELATION, _DERIVED, _THING = "class", "relation", "derived", "object"


def vocabulary(language: str, told: Mapping[str, Any]) -> bytes:
    """Give the page of all ``terms`` as the API gives them.

    ``kinds`` say how many things of each class there are, ``members`` which, ``claims`` what an example says.
    """
    say = messages(language)
    terms: list[Json] = told["terms"]
    names = {term["iri"]: _label(term, language) for term in terms if "iri" in term}
    plural = {kind["name"]: kind["label"] for kind in told["kinds"]}
    by_kind: dict[str, list[Json]] = {}
    for term in terms:
        by_kind.setdefault(term["kind"], []).append(term)
    relations = by_kind.get(_RELATION, [])
    links = [*relations, *by_kind.get(_DERIVED, [])]
    families: dict[str, list[Json]] = {}
    for term in relations:
        families.setdefault(_text(term["family"], language), []).append(_relation(term, names, told, say))
    sections = [
        (say("vocabulary.classes"), [_class(term, links, names, told, say) for term in by_kind.get(_CLASS, [])]),
        *((f"{say('vocabulary.relations')}: {family}", rows) for family, rows in families.items()),
        (say("vocabulary.derived"), [_relation(term, names, told, say) for term in by_kind.get(_DERIVED, [])]),
    ]
    known = {SAM + kind: names[SAM + kind] for kind in by_kind if SAM + kind in names}
    lists: dict[str, list[Json]] = {}
    for kind, rows in by_kind.items():
        if kind not in (_CLASS, _RELATION, _DERIVED):
            heading = plural.get(kind) or known.get(SAM + kind) or say("vocabulary.others")
            lists.setdefault(heading, []).extend(_plain(term, language) for term in rows)
    others = lists.pop(say("vocabulary.others"), [])
    return render(
        "vocabulary.html",
        language=language,
        lead=say("vocabulary.lead", len(by_kind.get(_CLASS, [])), len(relations)),
        sections=[(f"t-{n}", heading, rows) for n, (heading, rows) in enumerate(sections, 1) if rows],
        lists=[
            (f"l-{n}", heading, rows)
            for n, (heading, rows) in enumerate([*lists.items(), (say("vocabulary.others"), others)], 1)
            if rows
        ],
    )


def _text(by_language: Mapping[str, str], language: str) -> str:
    return by_language.get(language) or by_language.get(FIRST, "")


def _label(term: Json, language: str) -> str:
    return _text(term["label"], language) or str(term["name"])


def _to(iri: str, names: Mapping[str, str]) -> Cell:
    """Name a term: one of this page leads to its place, one of another vocabulary to its own."""
    if iri in names:
        return Cell(names[iri], f"#{local_name(iri)}")
    written = short(iri)
    return Cell(local_name(iri) if written == iri else written, iri)


def _shared(term: Json, names: Mapping[str, str], language: str, say: Messages) -> Json:
    """Give what a class and a relation have in common: the words, and what is above and below as a picture."""
    label = _label(term, language)
    above, below = ([_to(iri, names) for iri in term[side]] for side in ("above", "below"))
    return {
        "name": term["name"],
        "label": label[:1].upper() + label[1:],
        "definition": _text(term["definition"], language),
        "tree": tree(above, label, below, say("vocabulary.around", label), language) if above or below else None,
    }


def _class(term: Json, links: list[Json], names: Mapping[str, str], told: Mapping[str, Any], say: Messages) -> Json:
    """Tell of a class: how much there is of it, such as what, and which relations go from it and to it."""
    language, name = say.code, term["name"]
    number = next((kind["number"] for kind in told["kinds"] if kind["name"] == name), 0)
    members = [Cell(label, href(iri, language)) for label, iri in told["members"].get(name, ())]
    ends = {
        side: [_to(one["iri"], names) for one in links if name in one[end]]
        for side, end in (("said of", "from"), ("said with", "to"))
    }
    rows = [
        ("number", [Cell(str(number), f"/search?type={name}&lang={language}")] if number else []),
        ("such as", members),
        *ends.items(),
    ]
    return _shared(term, names, language, say) | {"rows": _said(rows, say)}


def _relation(term: Json, names: Mapping[str, str], told: Mapping[str, Any], say: Messages) -> Json:
    """Tell of a relation: what it links, how it reads from either end, and a claim that has it."""
    language = say.code
    example = term.get("example", {})
    ends = [
        _text(example.get("labels", {}).get(example.get(end), {}), language) or say(f"vocabulary.{letter}")
        for end, letter in (("subject", "one"), ("object", "another"))
    ]
    claim = told["claims"].get(example.get("claim"))
    label, inverse = _label(term, language), _text(term.get("inverse", {}), language)
    thing = term["value"] == _THING
    back = say("vocabulary.both") if term["symmetric"] else f"{ends[1]} {inverse} {ends[0]}"
    anything = [Cell(say("vocabulary.anything"))]
    value = anything if thing else [Cell(say(f"vocabulary.values.{term['value']}"))]
    rows = [
        ("from", [_to(SAM + name, names) for name in term["from"]] or anything),
        ("to", [_to(SAM + name, names) for name in term["to"]] or value),
        ("example", [Cell(claim["sentence"], f"/claim/{claim['id']}.html?lang={language}")] if claim else []),
        ("reads", [] if claim or not thing else [Cell(f"{ends[0]} {label} {ends[1]}")]),
        ("back", [Cell(back)] if thing else []),
    ]
    return _shared(term, names, language, say) | {"rows": _said(rows, say)}


def _said(rows: list[tuple[str, list[Cell]]], say: Messages) -> list[tuple[str, list[Cell]]]:
    return [(say(f"vocabulary.{name}"), cells) for name, cells in rows if cells]


def _plain(term: Json, language: str) -> Json:
    """Tell of a term in a line: one of the ontology has its place here, an entity a page of its own."""
    return {
        "name": term["name"],
        "label": _label(term, language),
        "anchor": term["name"] if "iri" in term else None,
        "href": None if "iri" in term else href(ENTITY + term["name"], language),
        "definition": _text(term.get("definition", {}), language),
    }
