"""From records to a network."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from samgraf.network.model import Edge, Evidence, Fact, Label, Modality, Moment, Network, Node

Record = Mapping[str, Any]
"""A record as `samgraf.records` gives it, or its like read from JSON."""

AUXILIARY = frozenset({"Role", "Status", "UnitOfMeasure"})
"""Classes whose entities qualify claims. As nodes they would be hubs that link what has nothing in common."""


def project(
    entities: Iterable[Record], claims: Iterable[Record], predicates: Iterable[Record], types: Iterable[Record]
) -> Network:
    """Make a network of records.

    Entities become nodes, except roles, statuses and units, which become terms. Claims between two nodes become
    edges; all others become facts of their subject. A claim that names an unknown entity is left out: `samgraf check`
    is the place that reports it. Order is by id, so that the same records give the same network.
    """
    network = Network(
        kinds={str(one["name"]): _label(one["label"]) for one in types},
        relations={str(one["name"]): (_label(one["label"]), _label(one.get("inverse") or one["label"]))
                   for one in predicates},
    )  # fmt: skip
    for entity in sorted(entities, key=lambda one: str(one["id"])):
        if entity["type"] in AUXILIARY:
            network.terms[str(entity["id"])] = _label(entity["label"])
        else:
            network.nodes[str(entity["id"])] = _node(entity)
    for claim in sorted(claims, key=lambda one: str(one["id"])):
        _add(network, claim)
    return network


def _add(network: Network, claim: Record) -> None:
    """Put one claim where it belongs."""
    subject, target = claim["subject"], claim.get("object")
    if subject not in network.nodes:
        return
    if target is None:
        value = claim.get("value")
        if value is not None:
            _fact(network, claim, _value(value), str(claim.get("datatype") or "string"))
    elif target in network.nodes:
        network.edges.append(Edge(object=target, **_statement(claim)))
    elif target in network.terms:
        _fact(network, claim, network.terms[target], "term")


def _fact(network: Network, claim: Record, value: str | float | Label, datatype: str) -> None:
    """Add a fact to its subject."""
    earliest, latest = claim.get("valueEarliest"), claim.get("valueLatest")
    when = Moment(str(value), earliest, latest) if datatype == "edtf" else None
    network.facts.setdefault(claim["subject"], []).append(
        Fact(
            value=value,
            datatype=datatype,
            when=when,
            measure=_optional(claim.get("measure")),
            population=_optional(claim.get("population")),
            unit=network.terms.get(claim.get("unit") or ""),
            kind=claim.get("kind"),
            **_statement(claim),
        )
    )


def _statement(claim: Record) -> dict[str, Any]:
    """Read the fields that edges and facts share."""
    return {
        "id": str(claim["id"]),
        "subject": claim["subject"],
        "predicate": claim["predicate"],
        "document": claim.get("document") or "",
        "section": claim.get("section") or "",
        "role": claim.get("role"),
        "on_behalf_of": claim.get("onBehalfOf"),
        "valid_from": _moment(claim, "from"),
        "valid_until": _moment(claim, "until"),
        "modality": cast("Modality", claim.get("modality") or "stated"),
        "note": claim.get("note"),
        "evidence": tuple(_evidence(one, claim) for one in claim.get("evidence") or ()),
        "superseded_by": claim.get("supersededBy"),
        "complete": claim.get("complete"),
        "derived": bool(claim.get("derived")),
        "via": tuple(claim.get("via") or ()),
        "because": tuple(claim.get("derivedFrom") or ()),
        "rule": claim.get("rule"),
    }


def _node(entity: Record) -> Node:
    """Read an entity; its aliases keep their order, without the repetitions."""
    return Node(
        id=str(entity["id"]),
        kind=str(entity["type"]),
        kinds=tuple(entity.get("types") or (entity["type"],)),
        label=_label(entity["label"]),
        aliases=tuple(dict.fromkeys(entity.get("aliases") or ())),
        abbreviations=tuple(dict.fromkeys(entity.get("abbreviations") or ())),
        note=entity.get("note"),
        identifiers=tuple(sorted((str(k), str(v)) for k, v in (entity.get("identifiers") or {}).items())),
    )


def _evidence(one: Record, claim: Record) -> Evidence:
    """Read one passage; what it does not say of itself its claim says."""
    lines, chars = one.get("lines"), one.get("chars")
    return Evidence(
        document=one.get("document") or claim.get("document") or "",
        section=one.get("section") or claim.get("section") or "",
        lines=(int(lines[0]), int(lines[1])) if lines else None,
        chars=(int(chars[0]), int(chars[1])) if chars else None,
    )


def _moment(claim: Record, name: str) -> Moment | None:
    """Read `from` or `until` with its bounds."""
    edtf = claim.get(name)
    return Moment(str(edtf), claim.get(f"{name}Earliest"), claim.get(f"{name}Latest")) if edtf else None


def _label(value: str | Mapping[str, str]) -> Label:
    """Read a label; a missing language takes the other's words."""
    if isinstance(value, str):
        return Label(value, value)
    danish = value.get("da") or value.get("en") or next(iter(value.values()), "")
    return Label(danish, value.get("en") or danish)


def _optional(value: str | Mapping[str, str] | None) -> Label | None:
    """Read a label that may be absent."""
    return _label(value) if value else None


def _value(value: str | float | Mapping[str, str]) -> str | float | Label:
    """Read a value: a text has languages, the rest stands as it is."""
    return _label(value) if isinstance(value, Mapping) else value
