"""What the review page shows, as data: the text with its lines, the rows by table, names with what is known of each."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from samgraf.review.state import names_used, passage
from samgraf.review.wording import shown_name, shown_of, words_of

if TYPE_CHECKING:
    from samgraf.ingest.draft import Name
    from samgraf.ingest.knowing import Known
    from samgraf.review.reviewing import Reviewing
    from samgraf.review.state import Row, State

_MOST_KNOWN = 3


def document_data(reviewing: Reviewing, document: str, language: str) -> dict[str, Any]:
    """Give a document under review as the page draws it."""
    state = reviewing.state(document)
    known = reviewing.known
    groups: dict[str, dict[str, Any]] = {}
    for row in state.rows:
        group = groups.setdefault(row.group, {"id": row.group, "heading": row.heading, "rows": []})
        group["rows"].append(_row(row, state, known, language))
    used = {key for row in state.rows for shown in row.claims for key in names_used(shown.claim)}
    record = state.record
    return {
        "document": document,
        "title": str(state.draft.head.get("label", document)),
        "counts": state.counts,
        "text": record.text,
        "lines": [{"start": x.start, "end": x.end, "page": x.page, "box": x.box, "kind": x.kind} for x in record.lines],
        "pages": int(record.about.get("pages") or 0) if original(reviewing.folder, document) else 0,
        "groups": list(groups.values()),
        "names": {k: _name(n, reviewing, language) for k, n in state.names.items() if k in used},
        "notes": record.about.get("notes", []),
    }


def original(folder: str, document: str) -> str | None:
    """Give the path of a kept original whose pages can be shown, a PDF; None when there is none."""
    path = os.path.join(folder, "originals", f"{document}.pdf")
    return path if os.path.isfile(path) else None


def _row(row: Row, state: State, known: Known, language: str) -> dict[str, Any]:
    claims = []
    for shown in row.claims:
        claim = shown.claim
        place = passage(state, claim.at)
        claims.append(
            {
                "key": claim.key,
                "verdict": shown.verdict,
                "mended": shown.mended,
                "confidence": claim.confidence,
                "fields": claim.fields,
                "words": words_of(claim, state, known, language),
                "shown": shown_of(claim, state, known, language),
                "at": claim.at,
                "place": [place.start, place.end] if place else None,
            }
        )
    return {"id": row.id, "heading": row.heading, "open": row.open, "claims": claims}


def _name(name: Name, reviewing: Reviewing, language: str) -> dict[str, Any]:
    known = reviewing.known
    return {
        "label": shown_name(name, known, language),
        "read": name.label,
        "type": known.vocabulary.kind_of([name.type]).label.within(language),
        "id": name.id,
        "person": name.type == known.person,
        "known": [about(name.id, reviewing, language)] if name.id else [],
        "like": [about(one, reviewing, language) for one in name.like if one in known.entities],
    }


def about(entity: str, reviewing: Reviewing, language: str) -> dict[str, str]:
    """Give what tells an entity from another of its name: its label, kind, and a few things that are said of it."""
    known = reviewing.known
    found = known.entities[entity]
    said: list[str] = []
    for claim in reviewing.workspace.claims:
        if claim.subject == entity and claim.object and len(said) < _MOST_KNOWN:
            relation = known.vocabulary.predicate(claim.predicate).label.within(language)
            other = known.entities.get(claim.object)
            said.append(f"{relation} {other.label.in_language(language) if other else claim.object}")
    kind = known.vocabulary.kind_of(found.types).label.within(language)
    return {"id": entity, "label": found.label.in_language(language), "kind": kind, "said": "; ".join(said)}


def relations(known: Known, language: str) -> list[dict[str, Any]]:
    """Give the relations that a person may choose from for a claim of their own."""
    found = [p for p in known.vocabulary.predicates.values() if p.kind in ("object", "text", "date", "string")]
    return [
        {"name": p.name, "label": p.label.within(language), "kind": p.kind, "to": sorted(p.object_types)}
        for p in sorted(found, key=lambda p: p.label.within(language))
    ]


def kinds(known: Known, language: str) -> list[dict[str, str]]:
    """Give the classes that a new thing may have."""
    labels = {name: c.label.within(language) for name, c in known.vocabulary.classes.items()}
    return [{"name": name, "label": label} for name, label in sorted(labels.items(), key=lambda p: p[1])]
