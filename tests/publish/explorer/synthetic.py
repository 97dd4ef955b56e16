"""Entities and claims that look like the real ones, in any size, for tests and benchmarks: edges = 3 x nodes.

The same size and seed always give the same.
"""

import random
from typing import Any

from samgraf.model import Claim, Document, Entity, Moment, Passage, Text
from samgraf.vocabulary.reading import read_vocabulary
from samgraf.vocabulary.terms import Class, Predicate, Vocabulary

Record = dict[str, Any]

KINDS = [
    ("Municipality", 19), ("Agreement", 4), ("DevelopmentArea", 10), ("Cluster", 5), ("Region", 1),
    ("Initiative", 70), ("Body", 30), ("Person", 45), ("Unit", 40), ("Service", 20), ("Event", 20), ("Method", 12),
    ("TargetGroup", 15), ("Association", 8), ("Document", 12), ("AgendaItem", 10), ("Group", 6), ("Circle", 4),
]  # fmt: skip
WORDS = ["Nære", "Børn", "Unge", "Fælles", "Tidlig", "Rusmidler", "Psykiatri", "Autisme", "Sundhed", "Bosted", "Mestring",
         "Overgange", "Støtte", "Åben", "Ældre", "Øst", "Vest", "Midt", "Lærende", "Recovery"]  # fmt: skip
LABELS = {
    "Municipality": ("Kommune", "Municipality"), "Agreement": ("Aftale", "Agreement"), "Region": ("Region", "Region"),
    "DevelopmentArea": ("Udviklingsområde", "Development area"), "Cluster": ("Klynge", "Cluster"),
    "Initiative": ("Initiativ", "Initiative"), "Body": ("Organ", "Body"), "Person": ("Person", "Person"),
    "Unit": ("Enhed", "Unit"), "Service": ("Tilbud", "Service"), "Event": ("Begivenhed", "Event"),
    "Method": ("Metode", "Method"), "TargetGroup": ("Målgruppe", "Target group"), "Status": ("Status", "Status"),
    "Association": ("Forening", "Association"), "Document": ("Dokument", "Document"), "Role": ("Rolle", "Role"),
    "AgendaItem": ("Dagsordenspunkt", "Agenda item"), "Group": ("Gruppe", "Group"), "Circle": ("Cirkel", "Circle"),
    "UnitOfMeasure": ("Måleenhed", "Unit of measure"),
}  # fmt: skip
PREDICATES = [
    ("memberOf", "er medlem af", "is a member of", "har som medlem", "has as a member", "object"),
    ("partyTo", "er part i", "is a party to", "har som part", "has as a party", "object"),
    ("participatesIn", "deltager i", "participates in", "har som deltager", "has as a participant", "object"),
    ("hosts", "er vært for", "hosts", "har som vært", "is hosted by", "object"),
    ("partOf", "er en del af", "is part of", "består bl.a. af", "has as a part", "object"),
    ("underAgreement", "hører under", "is under", "omfatter", "covers", "object"),
    ("underArea", "hører under udviklingsområdet", "is under the area", "omfatter", "covers", "object"),
    ("continuedIn", "videreføres i", "is continued in", "viderefører området", "carries on", "object"),
    ("continues", "viderefører", "continues", "videreføres af", "is continued by", "object"),
    ("holdsPost", "har en post i", "holds a post in", "har på en post", "has in a post", "object"),
    ("usesMethod", "bruger metoden", "uses the method", "bruges af", "is used by", "object"),
    ("targets", "er for", "is meant for", "er målgruppe for", "is the target group of", "object"),
    ("approvedBy", "er godkendt af", "was approved by", "har godkendt", "approved", "object"),
    ("concerns", "handler om", "concerns", "er emne for", "is the subject of", "object"),
    ("involvedIn", "er involveret i", "is involved in", "involverer", "involves", "object"),
    ("hasStatus", "har status", "has the status", "er status for", "is the status of", "object"),
    ("goal", "har som formål", "has the aim", "", "", "text"),
    ("period", "gælder for", "is valid for", "", "", "date"),
    ("figure", "har tallet", "has the figure", "", "", "figure"),
]
ACTORS = ["Municipality", "Region", "Cluster", "Body", "Unit", "Association", "Group", "Circle", "Service"]
PLACES = ["Ådal", "Østerby", "Søndersø", "Lærkevang", "Nørrehede", "Vesterås", "Højmark", "Bækmose", "Fjordby", "Egeskov",
          "Klitvig", "Dybdal", "Grønhøj", "Rævebjerg", "Tranekær", "Møllebæk", "Hvidsten", "Sandø", "Borum"]  # fmt: skip
DOCUMENTS = [("referat-2020", "Referat 2020", "Minutes 2020", "2020-11-23"), ("status-2021", "Status 2021", "Status 2021", "2021"),
             ("plan-2025", "Handlingsplan 2025", "Action plan 2025", "2025-04-08")]  # fmt: skip


def dataset(size: int, seed: int = 1) -> dict[str, Any]:
    """Give `entities`, `claims`, `vocabulary`, `documents` and `queries` with `size` nodes."""
    return made(raw(size, seed))


def raw(size: int, seed: int = 1) -> dict[str, Any]:
    """Give the same as plain records that a test can spoil before `made` makes entities and claims of them."""
    chance = random.Random(seed)
    by_kind = _kinds(size)
    entities = [_entity(kind, number, chance) for kind, count in by_kind.items() for number in range(count)]
    ids = {kind: [e["id"] for e in entities if e["type"] == kind] for kind in by_kind}
    claims = list(_claims(ids, size, chance))
    entities += [
        {"id": "i-gang", "type": "Status", "label": {"da": "I gang", "en": "Under way"}},
        {"id": "tovholder", "type": "Role", "label": {"da": "Tovholder", "en": "Coordinator"}},
        {"id": "borgere", "type": "UnitOfMeasure", "label": {"da": "borgere", "en": "citizens"}},
    ]
    return {
        "entities": entities,
        "claims": claims,
        "predicates": [{"name": n, "label": {"da": d, "en": e}, "inverse": {"da": i, "en": j} if i else {}, "kind": k}
                       for n, d, e, i, j, k in PREDICATES],
        "types": [{"name": name, "label": {"da": da, "en": en}} for name, (da, en) in LABELS.items()],
        "documents": [{"id": i, "label": {"da": d, "en": e}, "date": when} for i, d, e, when in DOCUMENTS],
        "queries": [_query(ids)],
    }  # fmt: skip


def made(data: dict[str, Any]) -> dict[str, Any]:
    """Make the entities and claims of records."""
    return {
        "entities": [_as_entity(record) for record in data["entities"]],
        "claims": [_as_claim(record) for record in data["claims"]],
        "vocabulary": _vocabulary(data["types"], data["predicates"]),
        "documents": [
            Document(d["id"], Text(d["label"]), Moment(d["date"], d["date"], d["date"])) for d in data["documents"]
        ],
        "queries": data["queries"],
    }


def _vocabulary(types: list[Record], predicates: list[Record]) -> Vocabulary:
    """Give the built-in vocabulary's looks and qualifiers with the labels of this file."""
    found = read_vocabulary(None)
    own = Vocabulary(
        looks=found.looks,
        moments=found.moments,
        things=found.things,
        ways=found.ways,
        families=found.families,
        involvements=found.involvements,
    )
    for name, (da, en) in LABELS.items():
        known = found.classes[name]
        own.classes[name] = Class(
            name,
            known.iri,
            Text(da=da, en=en),
            known.order,
            known.supers,
            known.plural,
            known.look,
            known.mark,
            known.thing_kind,
            known.qualifier,
        )
    for one in predicates:
        name, label, inverse = one["name"], Text(one["label"]), Text(one["inverse"])
        known = found.predicate(name)
        own.predicates[name] = Predicate(name, known.iri, label, known.order, one["kind"], inverse, family=known.family, moment=known.moment,
                                         involvement=known.involvement, actor_side=known.actor_side)  # fmt: skip
    return own


def _as_entity(record: Record) -> Entity:
    """Make the entity of a record."""
    return Entity(
        record["id"], tuple(record.get("types") or [record["type"]]), Text(record["label"]), tuple(record.get("aliases", ())),
        tuple(record.get("abbreviations", ())), record.get("note"), identifiers=record.get("identifiers", {}),
    )  # fmt: skip


def _as_claim(record: Record) -> Claim:
    """Make the claim of a record."""
    value, bounds = record["value"], (record["valueEarliest"], record["valueLatest"])
    return Claim(
        record["id"], record["subject"], record["predicate"], record["object"], Text(value) if isinstance(value, dict) else value,
        record["datatype"], Moment(value, *bounds) if record["datatype"] == "edtf" else None, record["role"],
        start=Moment(record["from"], record["fromEarliest"], record["fromLatest"]) if record["from"] else None,
        modality=record["modality"], measure=Text(record["measure"]) if record["measure"] else None, unit=record["unit"], note=record["note"],
        kind=record["kind"], document=record["document"], section=record["section"],
        evidence=tuple(Passage(e["document"], e["section"], tuple(e["lines"]), tuple(e["chars"])) for e in record["evidence"]),
        rule=record["rule"], because=tuple(record["derivedFrom"]),
    )  # fmt: skip


def _kinds(size: int) -> dict[str, int]:
    """Share the nodes among the kinds; agreements, areas, regions and municipalities stay few."""
    fixed = {"Municipality": 19, "Agreement": 4, "DevelopmentArea": 10, "Region": 1, "Cluster": 5}
    counts = {kind: min(number, max(1, size // 12)) for kind, number in fixed.items()}
    rest = [(kind, weight) for kind, weight in KINDS if kind not in fixed]
    left, weights = size - sum(counts.values()), sum(weight for _, weight in rest)
    counts.update({kind: max(1, left * weight // weights) for kind, weight in rest})
    counts["Initiative"] += size - sum(counts.values())
    return counts


def _entity(kind: str, number: int, chance: random.Random) -> Record:
    """Make one entity with a name that has the letters that matter."""
    da, en = LABELS[kind]
    if kind == "Municipality":
        name, english = f"{PLACES[number % 19]} Kommune", f"{PLACES[number % 19]} Municipality"
    elif kind == "Agreement":
        name, english = (
            f"Rammeaftale {2019 + 2 * number}-{20 + 2 * number}",
            f"Framework agreement {2019 + 2 * number}-{20 + 2 * number}",
        )
    else:
        words = " ".join(chance.sample(WORDS, 2 if kind != "Initiative" else 3))
        name, english = f"{words} {number}", f"{en} {words} {number}"
    return {
        "iri": f"https://w3id.org/samgraf/id/{kind.lower()}-{number}", "id": f"{kind.lower()}-{number}", "type": kind, "types": [kind],
        "label": {"da": name, "en": english}, "aliases": [name.split()[0]] if kind == "Municipality" else [],
        "abbreviations": [f"{da[:2].upper()}{number}"] if kind == "Body" else [], "note": None,
        "identifiers": {"kommunekode": f"07{number:02d}"} if kind == "Municipality" else {},
    }  # fmt: skip


def _claims(ids: dict[str, list[str]], size: int, chance: random.Random) -> list[Record]:
    """Link them: a frame of agreements, areas and initiatives first, then participation with a long tail."""
    made: list[Record] = []

    def add(subject: str, predicate: str, target: str | None = None, **extra: Any) -> Record:
        made.append(_claim(len(made), subject, predicate, target, chance=chance, extra=extra))
        return made[-1]

    agreements, areas = ids["Agreement"], ids["DevelopmentArea"]
    for number, agreement in enumerate(agreements):
        start, end = 2019 + 2 * number, 2020 + 2 * number
        add(
            agreement,
            "period",
            None,
            value=f"{start}/{end}",
            datatype="edtf",
            valueEarliest=f"{start}-01-01",
            valueLatest=f"{end}-12-31",
        )
        for town in ids["Municipality"]:
            add(town, "partyTo", agreement)
    for number, area in enumerate(areas):
        add(area, "underAgreement", agreements[number % len(agreements)])
        if number + 1 < len(areas) and number % 3 == 0:
            add(area, "continuedIn", agreements[(number + 1) % len(agreements)])
    actors = [one for kind in ACTORS for one in ids.get(kind, [])]
    for number, initiative in enumerate(ids["Initiative"]):
        add(
            initiative,
            "underArea",
            areas[number % len(areas)],
            start=2019 + 2 * (number % len(areas) % len(agreements)),
        )
        add(
            initiative,
            "goal",
            None,
            value={"da": "bedre hjælp tættere på", "en": "better help closer by"},
            datatype="text",
        )
        add(initiative, "hasStatus", "i-gang")
        add(initiative, "figure", None, value=chance.randint(5, 400), datatype="number", unit="borgere", kind="count",
            measure={"da": "borgere i forløb", "en": "citizens in the programme"})  # fmt: skip
    for number, town in enumerate(ids["Municipality"]):
        add(
            town,
            "memberOf",
            ids["Cluster"][number % len(ids["Cluster"])],
            role="tovholder" if number % 5 == 0 else None,
        )
    edges = sum(1 for one in made if one["object"] and one["predicate"] != "hasStatus")
    everyone = [one for some in ids.values() for one in some]
    cells = max(1, size // 60)
    while edges < 3 * size:
        cell = chance.randrange(cells)
        pool = [one for number, one in enumerate(everyone[cell::cells]) if number < 90]
        subject = chance.choice(actors if chance.random() < 0.35 else pool)
        target = chance.choice(ids["Initiative"] if chance.random() < 0.3 else pool)
        if subject == target:
            continue
        predicate = chance.choice(
            ["participatesIn", "participatesIn", "hosts", "concerns", "usesMethod", "approvedBy", "holdsPost"]
        )
        derived = chance.random() < 0.08
        add(subject, "involvedIn" if derived else predicate, target, derived=derived, proposed=chance.random() < 0.04)
        edges += 1
    return made


def _claim(
    number: int, subject: str, predicate: str, target: str | None, *, chance: random.Random, extra: Record
) -> Record:
    """Make one claim with a document, a section and lines."""
    document = DOCUMENTS[chance.randrange(len(DOCUMENTS))][0]
    line = chance.randrange(1, 400)
    start = extra.get("start")
    passage = {
        "document": document,
        "lines": [line, line + 2],
        "chars": [line * 60, line * 60 + 90],
        "section": f"Afsnit {line // 20}",
    }
    return {
        "id": f"{document}/{number:012x}", "iri": "", "subject": subject, "predicate": predicate, "object": target,
        "value": extra.get("value"), "datatype": extra.get("datatype"), "role": extra.get("role"), "onBehalfOf": None,
        "from": str(start) if start else None, "until": None,
        "fromEarliest": f"{start}-01-01" if start else None, "fromLatest": f"{start}-12-31" if start else None,
        "untilEarliest": None, "untilLatest": None,
        "valueEarliest": extra.get("valueEarliest"), "valueLatest": extra.get("valueLatest"),
        "modality": "proposed" if extra.get("proposed") else "stated", "measure": extra.get("measure"), "population": None,
        "unit": extra.get("unit"), "kind": extra.get("kind"), "note": None, "document": document, "section": passage["section"],
        "evidence": [] if extra.get("derived") else [passage], "supersededBy": None, "complete": None, "derived": bool(extra.get("derived")),
        "via": [], "derivedFrom": [f"{document}/{0:012x}"] if extra.get("derived") else [], "rule": "part" if extra.get("derived") else None,
    }  # fmt: skip


def _query(ids: dict[str, list[str]]) -> Record:
    """Make a gallery entry with a table to sort."""
    return {
        "name": "initiatives-per-municipality", "title": {"da": "Initiativer pr. kommune", "en": "Initiatives per municipality"},
        "description": {"da": "Hvor mange initiativer hver kommune er med i.", "en": "How many initiatives each municipality is in."},
        "columns": ["kommune", "antal"], "rows": [[town, number * 7 % 13] for number, town in enumerate(ids["Municipality"])],
    }  # fmt: skip
