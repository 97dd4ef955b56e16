"""The page of an entity: who it is, whom it collaborates with, what documents say of it and why, when what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from samgraf.language.messages import messages
from samgraf.language.showing import show_standing
from samgraf.namespaces import CLAIM, ENTITY, SAM
from samgraf.server.pages.base import Cell, href, is_web, render
from samgraf.server.pages.claims import cited

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Json = dict[str, Any]


class Around(NamedTuple):
    """What an entity's page tells besides its facts, each as the API gives it; empty where it is left out."""

    initiatives: Mapping[str, Any] = {}
    together: Mapping[str, Any] = {}
    people: Sequence[Mapping[str, Any]] = ()
    moments: Sequence[Mapping[str, Any]] = ()
    written: Mapping[str, Any] | None = None
    labels: Mapping[str, str] = {}


def entity(told: Mapping[str, Any], around: Around | None = None) -> bytes:
    """Give an entity's page of what the API's ``show`` tells, each fact with its passages, and what is ``around``."""
    say, around = messages(told["lang"]), around or Around()
    lang, labels = say.code, around.labels
    links = [text for text in told["sameAs"] if is_web(text)]
    links += [told["homepage"]] if told["homepage"] and is_web(told["homepage"]) else []
    return render(
        "entity.html",
        language=lang,
        name=told["iri"].removeprefix(ENTITY),
        told=told,
        kind=href(SAM + told["type"], lang),
        lead=[reply["message"] for reply in (around.initiatives, around.together) if reply.get("answered")],
        groups=[
            (g["heading"], g["complete"], [_fact(f, told["iri"], labels, lang) for f in g["facts"]])
            for g in told["facts"]
        ],
        derived=[_derived(d, told["iri"], labels, lang) for d in told["derived"]],
        links=links,
        codes=told["identifiers"],
        initiatives=[_initiative(a, labels, lang) for a in around.initiatives.get("answers", [])],
        partners=[_partner(a, lang) for a in around.together.get("answers", [])],
        people=[_person(row, lang) for row in around.people],
        years=_years(around.moments, labels, lang),
        written=around.written,
    )


def _years(
    moments: Sequence[Mapping[str, Any]], labels: Mapping[str, str], language: str
) -> list[tuple[str, list[Json]]]:
    """Put what happened under its years, each with the claim that says so and where it stands."""
    found: dict[str, list[Json]] = {}
    for moment in moments:
        told = {
            **moment,
            "href": f"/claim/{moment['claims'][0]['id']}.html?lang={language}",
            "cited": cited(moment["sources"], labels, language),
        }
        found.setdefault(str(moment["earliest"])[:4], []).append(told)
    return list(found.items())


def _fact(fact: Mapping[str, Any], iri: str, labels: Mapping[str, str], language: str) -> Json:
    """Give a fact in words, what it leads to, the claims that say it, and where."""
    claim = fact["claims"][0]
    other = claim["object"] if claim["subject"]["iri"] == iri else claim["subject"]
    return {
        "text": fact["text"],
        "href": href(other["iri"], language) if "iri" in other else None,
        "claim": f"/claim/{claim['id']}.html?lang={language}",
        "cited": cited(fact["sources"], labels, language),
    }


def _derived(derived: Mapping[str, Any], iri: str, labels: Mapping[str, str], language: str) -> Json:
    """Give what follows, and how and through what it does."""
    return {
        **_fact(derived, iri, labels, language),
        "heading": derived["heading"],
        "why": f"{derived['how']}: {', '.join(derived['via'])}",
    }


def _initiative(answer: Mapping[str, Any], labels: Mapping[str, str], language: str) -> Json:
    """Say what an actor is in, of what kind it is, how and when, and where that stands."""
    how = [answer.get("role"), answer["involvement"], answer["how"]]
    return {
        "label": answer["label"],
        "href": href(answer["iri"], language),
        "part": "partOf" in answer,
        "kind": answer["kind"],
        "how": " · ".join(dict.fromkeys(part for part in how if part)),
        "when": "; ".join(show_standing(answer, language)),
        "cited": cited(answer["evidence"], labels, language),
    }


def _partner(answer: Mapping[str, Any], language: str) -> Json:
    """Say with whom, and in what: what not everybody is in goes first."""
    shared = sorted(answer.get("shared", []), key=lambda one: bool(one["everybody"]))
    return {
        "label": answer["label"],
        "href": href(answer["iri"], language),
        "count": answer.get("count", 0),
        "own": [Cell(one["label"], href(one["iri"], language)) for one in shared if not one["everybody"]],
        "all": [Cell(one["label"], href(one["iri"], language)) for one in shared if one["everybody"]],
    }


def _person(row: Mapping[str, Any], language: str) -> list[Cell]:
    claim = str(row["claim"] or "")
    where = f"/claim/{claim.removeprefix(CLAIM)}.html?lang={language}" if claim.startswith(CLAIM) else None
    return [
        Cell(str(row["label"]), href(str(row["person"]), language)),
        Cell(str(row["roleLabel"] or row["relationLabel"] or ""), where),
        Cell(str(row["organisationLabel"] or ""), href(str(row["organisation"] or ""), language)),
    ]
