"""``samgraf path``: how two entities are linked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from samgraf.cli.names import complete_entity
from samgraf.cli.options import as_of_option, format_option, language_option, store_option, workspace_option

if TYPE_CHECKING:
    from samgraf.ask.index import Entity, Index
    from samgraf.ask.paths import Step
    from samgraf.ask.reply import Evidence
    from samgraf.cli.names import Place
    from samgraf.store.names import Named

_NONE = {
    "da": "Dokumenterne siger det ikke: intet udsagn forbinder {} og {} i højst seks trin.",
    "en": "The documents do not say: no claims link {} and {} in six steps or fewer.",
}
_SAME = {"da": "{} og {} er det samme.", "en": "{} and {} are the same."}
_STEPS = {"da": ("trin", "trin"), "en": ("step", "steps")}


@click.command("path")
@click.argument("a", shell_complete=complete_entity)
@click.argument("b", shell_complete=complete_entity)
@format_option("table", "json")
@click.option("--most", type=click.IntRange(1, 10), default=3, show_default=True, help="How many ways to give at most.")
@language_option
@as_of_option
@workspace_option
@store_option
def command(
    a: str,
    b: str,
    format_: str,
    most: int,
    lang: str | None,
    as_of: str | None,
    workspace: str | None,
    store: str | None,
) -> int:
    """Tell how A and B are linked: the shortest ways, each step with its relation and its source.

    Ways through what everything is linked to (the region, the 19 municipalities) come last, as they say least. No two ways
    go through the same entity.

    \b
      samgraf path Skanderborg Socialstyrelsen
    """
    from samgraf.ask.index import Index
    from samgraf.brief.ways import StoreIndex, number_of, ways
    from samgraf.cli.names import Place
    from samgraf.cli.output import emit, note
    from samgraf.cli.prose import wrapped

    language = lang or "da"
    place = Place(workspace, store)
    one, other = place.resolve(a), place.resolve(b)
    ends = [n.label(language) for n in (one, other)]
    index: Index = StoreIndex(place.store) if store else Index(place.folder)
    numbers = [number_of(index, n.iri) for n in (one, other)]
    found = []
    if one.iri != other.iri and numbers[0] is not None and numbers[1] is not None:
        found = ways(index, numbers[0], numbers[1], most, as_of)
    told = [_steps(steps, index, place, language) for steps in found]
    if format_ == "json":
        import json

        emit(json.dumps(_data(one, other, told, language), ensure_ascii=False, indent=2))
    elif not told:
        note(wrapped((_SAME if one.iri == other.iri else _NONE)[language].format(*ends)))
    else:
        _print(ends, told, language)
    return 0 if told else 1


def _data(one: Named, other: Named, told: list[list[dict[str, Any]]], language: str) -> dict[str, Any]:
    ends = {key: {"iri": n.iri, "label": n.label(language)} for key, n in (("from", one), ("to", other))}
    return {**ends, "lang": language, "answered": bool(told), "paths": [{"steps": steps} for steps in told]}


def _steps(steps: list[Step], index: Index, place: Place, language: str) -> list[dict[str, Any]]:
    from samgraf import records
    from samgraf.ask.reply import evidence_of

    labels = {p["name"]: p for p in records.predicates(place.store)}
    evidence = evidence_of(place.store, [s.claim.iri for s in steps])
    told = []
    for step in steps:
        backwards = step.claim.s != step.start
        words = labels.get(step.claim.p)
        label = (words["inverse"] if backwards else words["label"]).get(language) if words else None
        told.append(
            {
                "from": _end(index.entity(step.start), language),
                "relation": {"name": step.claim.p, "label": label or step.claim.p, "inverse": backwards},
                "to": _end(index.entity(step.end), language),
                "claim": step.claim.iri,
                "evidence": evidence[step.claim.iri] or _background(step.claim.iri),
            }
        )
    return told


def _background(iri: str) -> list[Evidence]:
    """Give the document of a claim that has no passage: general knowledge, which is a file of its own."""
    from samgraf.ask.reply import Evidence
    from samgraf.namespaces import local_name

    return [Evidence(document=local_name(iri).rpartition("/")[0], lines=[], chars=[])]


def _end(entity: Entity, language: str) -> dict[str, str]:
    return {"iri": entity.iri, "label": entity.label(language), "type": entity.types[0]}


def _print(ends: list[str], told: list[list[dict[str, Any]]], language: str) -> None:
    from samgraf.cli.output import colour, emit
    from samgraf.cli.prose import places, wrapped

    emit(colour(wrapped(" – ".join(ends)), "bold"))
    for number, steps in enumerate(told, 1):
        count = f"{len(steps)} {_STEPS[language][len(steps) > 1]}"
        emit(f"\n{number}. {steps[0]['from']['label']} ({count})")
        for step in steps:
            source = "; ".join(places(step["evidence"], language, 3))
            emit(wrapped(f"→ {step['relation']['label']}: {step['to']['label']} [{source}]", "   ", "     "))
