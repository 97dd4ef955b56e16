"""The pages of a claim, of a rule, and of what a document says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from samgraf.language.fold import fold
from samgraf.language.messages import messages
from samgraf.language.phrases import places
from samgraf.language.showing import show_date, show_period
from samgraf.model import Passage
from samgraf.model.text import FIRST
from samgraf.namespaces import CLAIM, ENTITY
from samgraf.server.pages.base import href, render

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Json = dict[str, Any]
_Row = tuple[str, str, str | None]


def claim(language: str, told: Mapping[str, Any]) -> bytes:
    """Give the page of a claim, the claims around it as ``samgraf claims`` writes them; see `samgraf.server.told`."""
    one, labels = told["claim"], told["labels"]
    return render(
        "claim.html",
        language=language,
        told={
            **told,
            "iri": CLAIM + one["id"],
            "address": f"/claim/{quote(one['id'])}",
            "rows": _rows(one, told["later"], language),
            "passages": [_passage(e, told["texts"], labels, language) for e in one["evidence"]],
            "spoken": FIRST,
        },
    )


def _rows(one: Json, later: list[Json], language: str) -> list[_Row]:
    """Say what a claim says, part by part, and how it stands; what it does not have is left out."""
    say = messages(language)
    period = show_period(one["from"] or "", one["until"] or "", language)
    effective = one["effective"]
    holds = show_period(effective["from"] or "", effective["until"] or "", language)
    basis = say.get(f"claim.basis.{effective['basis']}") if holds or effective["basis"] == "attested" else ""
    value = one["object"].get("label") or _value(one["object"], language)
    rows: list[tuple[str, str | None, str | None]] = [
        ("subject", one["subject"]["label"], href(one["subject"]["iri"], language)),
        ("relation", one["predicate"]["label"], href(one["predicate"]["iri"], language)),
        ("object", value, href(one["object"].get("iri", ""), language)),
        ("role", one["role"], href(one.get("roleIri", ""), language)),
        ("on behalf of", *_named(one.get("onBehalfOf"), language)),
        ("through", ", ".join(via["label"] for via in one.get("via", [])), None),
        ("period", period, None),
        ("holds", " – ".join(part for part in (holds, basis) if part), _to(effective.get("source"), language)),
        ("modality", say.get(f"assistants.{one['modality']}", one["modality"]), None),
        ("attested", show_date(one["attested"], language) if one["attested"] else "", None),
        ("complete", say("entity.whole") if one.get("complete") else "", None),
        *(("superseded", newer["sentence"], _to(newer["id"], language)) for newer in later),
    ]
    return [(say(f"claim.{name}"), text, link) for name, text, link in rows if text]


def _value(found: Json, language: str) -> str:
    value = str(found.get("value", ""))
    return show_date(value, language) if found.get("earliest") else value


def _named(entity: Json | None, language: str) -> tuple[str, str | None]:
    return (entity["label"], href(entity["iri"], language)) if entity else ("", None)


def _to(id_: str | None, language: str) -> str | None:
    return f"/claim/{quote(id_)}.html?lang={language}" if id_ else None


def _passage(evidence: Json, texts: Mapping[str, str | None], labels: Mapping[str, str], language: str) -> Json:
    """Tell where a claim is said, and in which words where the text is at hand."""
    name, (start, end) = evidence["document"], evidence["chars"] or (0, 0)
    text = texts.get(name) or ""
    section = evidence.get("section") or ""
    at = f"#{anchor(section)}" if section else ""
    return {
        "label": labels.get(ENTITY + name, name),
        "href": f"{href(ENTITY + name, language)}{at}" if ENTITY + name in labels else None,
        "section": section,
        "lines": lines_of([evidence], language),
        "layer": evidence.get("layer"),
        "text": text[start:end],
    }


def lines_of(evidence: Iterable[Json], language: str) -> str:
    """Say the lines alone: ``linje 3, 12–14``."""
    passages = [Passage("", "", tuple(e["lines"] or (0, 0)), (0, 0)) for e in evidence]
    return "; ".join(place.strip() for place in places(passages, language, joined=True))


def cited(evidence: Iterable[Json], labels: Mapping[str, str], language: str) -> list[Json]:
    """Give where something stands: each document by title and layer, leading to the heading of the first place, with all lines."""
    by_document: dict[str, list[Json]] = {}
    for one in evidence:
        by_document.setdefault(one["document"], []).append(one)
    found = []
    for name, own in sorted(by_document.items()):
        iri, section = ENTITY + name, own[0].get("section") or ""
        at = f"#{anchor(section)}" if section else ""
        page = f"{href(iri, language)}{at}" if iri in labels else None
        layer = own[0].get("layer")
        found.append({"text": labels.get(iri, name), "href": page, "lines": lines_of(own, language), "layer": layer})
    return found


def anchor(heading: str) -> str:
    """Give the name by which the page of a document is opened at a heading."""
    return "s-" + "-".join("".join(c if c.isalnum() and c.isascii() else " " for c in fold(heading)).split())


def rule(language: str, told: Mapping[str, Any]) -> bytes:
    """Give the page of a rule: what it is called, what it does, and its SPARQL."""
    return render("rule.html", language=language, told=told)


def written(claims: list[Json], text: str | None, language: str) -> Json:
    """Put what a document says in order: its headings with their claims, and how much of it there is."""
    sections: dict[str, list[Json]] = {}
    covered: set[int] = set()
    for one in claims:
        sections.setdefault(one["section"] or "", []).append({**one, "place": lines_of(one["evidence"], language)})
        covered.update(n for e in one["evidence"] if e["lines"] for n in range(e["lines"][0], e["lines"][1] + 1))
    lines = [number for number, line in enumerate(text.split("\n"), 1) if line.strip()] if text else []
    return {
        "claims": len(claims),
        "names": len({end["iri"] for one in claims for end in (one["subject"], one["object"]) if "iri" in end}),
        "relations": len({one["predicate"]["iri"] for one in claims}),
        "passages": sum(bool(one["evidence"]) for one in claims),
        "lines": (len(covered.intersection(lines)), len(lines)) if lines else None,
        "sections": [
            {"heading": heading, "anchor": anchor(heading or "-"), "claims": own} for heading, own in sections.items()
        ],
    }
