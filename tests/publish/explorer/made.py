"""Sources that look like the real ones, in any size, for tests and benchmarks. The same size always gives the same."""

from __future__ import annotations

import random
from typing import Any

from samgraf.model import Claim, Collaboration, Document, Entity, Moment, Passage, Period, Text
from samgraf.publish.explorer import Sources
from samgraf.vocabulary.reading import read_vocabulary

PLACES = ["Ådal", "Østerby", "Søndersø", "Lærkevang", "Nørrehede", "Vesterås", "Højmark", "Bækmose", "Fjordby", "Egeskov",
          "Klitvig", "Dybdal", "Grønhøj", "Rævebjerg", "Tranekær", "Møllebæk", "Hvidsten", "Sandø", "Borum"]  # fmt: skip
WORDS = ["Nære", "Børn", "Unge", "Fælles", "Tidlig", "Rusmidler", "Psykiatri", "Autisme", "Sundhed", "Bosted", "Mestring",
         "Overgange", "Støtte", "Åben", "Ældre", "Øst", "Vest", "Midt", "Lærende", "Recovery"]  # fmt: skip
SHARES = {
    "Initiative": 30,
    "Body": 14,
    "Person": 18,
    "Unit": 18,
    "Service": 8,
    "Event": 6,
    "Association": 4,
    "Group": 4,
}
DOCUMENTS = [("referat-2020", "Referat 2020", "2020-11-23"), ("status-2021", "Status 2021", "2021-06-01"), ("plan-2025", "Plan 2025", "2025-04-08")]  # fmt: skip


def day(text: str) -> Moment:
    """A moment of a whole day."""
    return Moment(text, text, text)


class Maker:
    """Makes the parts, and keeps them."""

    def __init__(self, size: int) -> None:
        self.chance = random.Random(size)
        self.entities: list[Entity] = []
        self.claims: list[Claim] = []
        self.rows: list[Collaboration] = []
        self.documents = [Document(i, Text(da=d, en=d), day(when)) for i, d, when in DOCUMENTS]

    def add(self, kind: str, number: int, name: str, **extra: Any) -> str:
        one = f"{kind.lower()}-{number}"
        self.entities.append(Entity(one, (kind,), Text(da=name, en=f"{name} ({kind})"), **extra))
        return one

    def say(self, subject: str, predicate: str, target: str | None = None, **extra: Any) -> Claim:
        document = self.documents[self.chance.randrange(3)]
        line = self.chance.randrange(1, 400)
        place = Passage(document.id, f"Afsnit {line // 20}", (line, line + 2), (line * 60, line * 60 + 90))
        number = len(self.claims)
        fields = {"attested": document.date, "document": document.id, "section": place.section, "evidence": (place,)}
        made = Claim(f"{document.id}/{number:012x}", subject, predicate, target, **{**fields, **extra})
        self.claims.append(made)
        return made

    def join(self, actor: str, thing: str, root: str, **extra: Any) -> None:
        claim = self.say(actor, "participatesIn", thing)
        proposed = self.chance.random() < 0.05
        fields: dict[str, Any] = {
            "kind": "", "involvement": "involvementParticipant", "how": "direct", "attested": claim.attested,
            "modality": "proposed" if proposed else "stated", "effective": Period(basis="attested"),
            "collaborates": True, "claims": (claim.id,),
        }  # fmt: skip
        self.rows.append(Collaboration(f"derived/{len(self.rows)}", actor, thing, root, **{**fields, **extra}))


def made(size: int) -> Sources:
    """Give sources with about `size` entities."""
    maker, chance = Maker(size), random.Random(size + 1)
    towns = [
        maker.add("Municipality", n, f"{p} Kommune", aliases=(p,))
        for n, p in enumerate(PLACES[: max(1, min(19, size // 8))])
    ]
    agreements, areas = [], []
    for n in range(3):
        start, end = 2019 + 2 * n, 2020 + 2 * n
        life = Period(
            Moment(str(start), f"{start}-01-01", f"{start}-12-31"),
            Moment(str(end), f"{end}-01-01", f"{end}-12-31"),
            "stated",
        )
        agreements.append(maker.add("Agreement", n, f"Rammeaftale {start}-{end}", life=life))
        maker.say(
            agreements[-1], "period", datatype="edtf", moment=Moment(f"{start}/{end}", f"{start}-01-01", f"{end}-12-31")
        )
        for town in towns:
            maker.join(
                town, agreements[-1], agreements[-1], everybody=True, involvement="involvementParty", effective=life
            )
    for n in range(min(9, max(1, size // 10))):
        areas.append(maker.add("DevelopmentArea", n, f"{WORDS[n]} område"))
        maker.say(areas[-1], "underAgreement", agreements[n % 3])
    left = max(8, size - len(maker.entities))
    ids: dict[str, list[str]] = {}
    for kind, share in SHARES.items():
        names = [
            f"{' '.join(chance.sample(WORDS, 2))} {n}" for n in range(max(1, left * share // sum(SHARES.values())))
        ]
        ids[kind] = [maker.add(kind, n, name) for n, name in enumerate(names)]
    actors = [*towns, *ids["Body"], *ids["Unit"], *ids["Service"], *ids["Association"], *ids["Group"]]
    for n, thing in enumerate(ids["Initiative"]):
        whole = ids["Initiative"][n - 1] if n % 7 == 3 else ""
        maker.say(thing, "underArea", areas[n % len(areas)])
        if whole:
            maker.say(thing, "partOf", whole)
        maker.say(thing, "goal", datatype="text", value=Text(da="bedre hjælp tættere på", en="better help closer by"))
        near = actors[n % 13 :: 13] if len(actors) > 60 else actors
        for actor in sorted(set(chance.sample(near, min(len(near), chance.randint(1, 7))))):
            maker.join(actor, thing, whole or thing)
    for n, person in enumerate(ids["Person"]):
        maker.say(person, "holdsPost", actors[n % len(actors)])
    for n, event in enumerate(ids["Event"]):
        maker.join(actors[n % len(actors)], event, event)
    towns_query = {"name": "per-town", "title": {"da": "Initiativer pr. kommune", "en": "Initiatives per municipality"},
                   "description": {"da": "Hvor mange.", "en": "How many."}, "columns": ["kommune", "antal"],
                   "rows": [[town, n * 7 % 13] for n, town in enumerate(towns)]}  # fmt: skip
    return Sources(maker.entities, maker.claims, maker.documents, read_vocabulary(None), maker.rows, [towns_query])
