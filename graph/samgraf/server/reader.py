"""What the pages for readers tell: what there is, what is new, what can be asked. All of it is read from the graph.

The graph is read-only, so what one page needed is kept for the next.
"""

from __future__ import annotations

import threading
from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from samgraf import api
from samgraf.language.messages import messages
from samgraf.language.showing import show_date
from samgraf.model.text import FIRST
from samgraf.namespaces import ENTITY, PREFIXES, SAM
from samgraf.server.fields import language, number, one, part
from samgraf.server.searching import Names, Sayings, matching

if TYPE_CHECKING:
    from collections.abc import Callable

    from samgraf.api import Graph
    from samgraf.server.fields import Fields

Json = dict[str, Any]
T = TypeVar("T")


_KINDS = """SELECT ?class ?order ?look (SAMPLE(?one) AS ?label) (SAMPLE(?many) AS ?plural) ?n {
  { SELECT ?class (COUNT(?e) AS ?n) { ?e sam:primaryType ?class } GROUP BY ?class }
  ?class rdfs:label ?one FILTER(LANG(?one) = $lang)
  OPTIONAL { ?class sam:order ?order } OPTIONAL { ?class sam:look ?look }
  OPTIONAL { ?class sam:plural ?many FILTER(LANG(?many) = $lang) }
} GROUP BY ?class ?order ?look ?n ORDER BY ?order ?class"""
_DOCUMENTS = """SELECT ?document ?day ?latest ?n {
  ?document sam:isBackground false ; sam:issuedLatest ?latest ; sam:graph ?graph OPTIONAL { ?document dct:issued ?day }
  { SELECT ?graph (COUNT(?claim) AS ?n) { GRAPH ?graph { ?claim rdf:subject ?s } } GROUP BY ?graph }
} ORDER BY DESC(?latest) ?document"""
_CLAIMS = "SELECT (COUNT(?c) AS ?n) { ?c a sam:Claim }"
_FIRST_NAMED = """SELECT ?e { { SELECT ?e (MIN(?day) AS ?first) {
    { ?c rdf:subject ?e } UNION { ?c rdf:object ?e }
    ?c a sam:Claim ; dct:source/sam:issuedLatest ?day } GROUP BY ?e }
  FILTER(STR(?first) >= $day)
  ?e sam:primaryType ?class . ?class sam:order ?order ; sam:look ?look
  FILTER(?look IN (sam:look-initiative, sam:look-joint, sam:look-frame))
} ORDER BY ?order ?e"""
_INVOLVED = """SELECT ?e (COUNT(DISTINCT ?t) AS ?n) { ?c rdf:subject ?e ; sam:collaborates true ; sam:countsAs ?t }
GROUP BY ?e ORDER BY DESC(?n) ?e LIMIT 3"""
_SHARED = """SELECT ?e (COUNT(DISTINCT ?a) AS ?n) { ?c rdf:subject ?a ; sam:collaborates true ; sam:countsAs ?e .
  ?e sam:primaryType/sam:thingKind sam:thingInitiative }
GROUP BY ?e ORDER BY DESC(?n) ?e LIMIT 2"""
_TIMES = """SELECT ?e (COUNT(DISTINCT ?c) AS ?n) {
  { ?c rdf:subject ?e } UNION { ?c rdf:object ?e } ?c a sam:Claim FILTER(ISIRI(?e)) } GROUP BY ?e"""
_TERMS = f"SELECT ?t ?label {{ ?t rdfs:label ?label FILTER(LANG(?label) = $lang && STRSTARTS(STR(?t), '{SAM}')) }}"
_STAFFED = """SELECT DISTINCT ?o {
  { SELECT DISTINCT ?unit { ?person a sam:Person . ?c rdf:subject ?person ; rdf:object|sam:onBehalfOf ?unit } }
  ?unit sam:partOf* ?o }"""
_MOST_DAYS = 20
_MOST_NEW, _MOST_NAMES, _MOST_FACTS, _MOST_QUERIES, _MOST_MEMBERS = 8, 30, 20, 5, 3


class Reader:
    """Reads of a graph what its pages tell."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._kept: dict[tuple[str, ...], Any] = {}
        self._making: dict[tuple[str, ...], threading.Lock] = {}
        self._lock = threading.Lock()

    def _once(self, make: Callable[[], T], *key: str) -> T:
        """Give what was made under this key, made when it is first asked for."""
        with self._lock:
            making = self._making.setdefault(key, threading.Lock())
        with making:  # who wants something else does not wait
            if key not in self._kept:
                self._kept[key] = make()
            found: T = self._kept[key]
            return found

    def labels(self, lang: str) -> dict[str, str]:
        """Give the names of all entities in a language, by IRI."""
        every = self._once(lambda: [(e["iri"], e["label"]) for e in self.graph.entities()], "labels")
        return self._once(lambda: {iri: label.get(lang) or label[FIRST] for iri, label in every}, "labels", lang)

    def words(self, lang: str) -> dict[str, str]:
        """Give the names of all entities and of the vocabulary's terms in a language, by IRI."""
        return self._once(lambda: self._terms(lang) | self.labels(lang), "words", lang)

    def _terms(self, lang: str) -> dict[str, str]:
        return {str(row["t"]): str(row["label"]) for row in self.graph.query(_with(_TERMS, lang=lang))}

    def lexicon(self, lang: str) -> Json:
        """Give what a query can name: the prefixes, and by prefix the terms and the entities with what they are called."""
        names: dict[str, list[tuple[str, str]]] = {"sam": [], "id": []}
        for iri, label in self.words(lang).items():
            prefix, base = ("id", ENTITY) if iri.startswith(ENTITY) else ("sam", SAM)
            names[prefix].append((iri.removeprefix(base), label))
        return {"prefixes": PREFIXES, "names": {prefix: sorted(own) for prefix, own in names.items()}}

    def kinds(self, lang: str) -> list[Json]:
        """Give the kinds of things that there are, in the vocabulary's order: name, colour, label, number."""
        return self._once(lambda: [_kind(row) for row in self.graph.query(_with(_KINDS, lang=lang))], "kinds", lang)

    def members(self, lang: str) -> dict[str, list[tuple[str, str]]]:
        """Give of each kind of things, by its name, those that most is said of: label and IRI."""
        return self._once(lambda: self._members(lang), "members", lang)

    def _members(self, lang: str) -> dict[str, list[tuple[str, str]]]:
        labels, times = self.labels(lang), self._times()
        found: dict[str, list[tuple[str, str]]] = {}
        for entity in sorted(self.graph.entities(), key=lambda e: (-times.get(e["iri"], 0), e["iri"])):
            own = found.setdefault(entity["type"], [])
            if len(own) < _MOST_MEMBERS:
                own.append((labels[entity["iri"]], entity["iri"]))
        return found

    def terms(self) -> list[Json]:
        """Give the whole vocabulary, as the API gives it."""
        return self._once(lambda: self.graph.terms(every=True), "terms")

    def documents(self, lang: str) -> list[Json]:
        """Give the documents, the newest first: IRI, label, day in words, number of claims."""
        return self._once(lambda: self._documents(lang), "documents", lang)

    def _documents(self, lang: str) -> list[Json]:
        labels = self.labels(lang)
        return [
            {
                "iri": str(row["document"]),
                "label": labels.get(str(row["document"]), str(row["document"])),
                "day": show_date(str(row["day"] or row["latest"]), lang),
                "latest": str(row["latest"]),
                "claims": row["n"],
            }
            for row in self.graph.query(_DOCUMENTS)
        ]

    def of_graph(self) -> dict[str, str]:
        """Give the documents by the graphs of what they say."""
        found = self._once(lambda: self.graph.query("SELECT ?g ?d { ?d sam:graph ?g }"), "graphs")
        return {str(row["g"]): str(row["d"]) for row in found}

    def people(self, iri: str, lang: str) -> list[Json]:
        """Give the people of an organisation, as the query of that name does: most things have none, and it is not run for them."""
        staffed = self._once(lambda: {row["o"] for row in self.graph.query(_STAFFED)}, "staffed")
        return self.graph.query("people-of-organisation", organisation=iri, lang=lang) if iri in staffed else []

    def claims(self, lang: str) -> list[Json]:
        """Give all claims in a language, each as ``samgraf claims`` writes it."""
        return self._once(lambda: self.graph.claims(lang=lang), "claims", lang)

    def claims_by_id(self, lang: str) -> dict[str, Json]:
        """Give all claims in a language by their ids."""
        return self._once(lambda: {claim["id"]: claim for claim in self.claims(lang)}, "by id", lang)

    def following(self, lang: str) -> dict[str, list[str]]:
        """Give the ids of the claims that follow from a claim, by its id."""
        return self._once(lambda: _following(self.claims(lang)), "following")

    def days(self) -> list[str]:
        """Give the days on which documents spoke, the newest first."""
        return list(dict.fromkeys(one["latest"] for one in self.documents(FIRST)))

    def recent(self) -> list[str]:
        """Give the newest of the `days`: those of which what is new is told, as each is held against all that was said before."""
        return self.days()[:_MOST_DAYS]

    def news(self, day: str, lang: str) -> Json:
        """Give what a day of `days` brought since the one before it: its documents, and what ``samgraf diff`` tells."""
        days = self.days()
        before = days[days.index(day) + 1] if day != days[-1] else str(date.fromisoformat(day) - timedelta(days=1))
        told = self._once(lambda: _for_actors(self.graph.diff(before, day, lang=lang)), "news", day, lang)
        return {"day": day, "documents": [one for one in self.documents(lang) if one["latest"] == day], "diff": told}

    def search(self, fields: Fields) -> Json:
        """Find names, claims and ready-made questions by words, or all names of one kind, and answer what is a question."""
        lang, asked, kind = language(fields), (one(fields, "q") or "").strip(), one(fields, "type") or ""
        looks = {kind["name"]: kind for kind in self.kinds(lang)}
        every = self._once(lambda: Names(self.graph.entities(), self._times(), lang), "names", lang)
        found = every.find(asked) if asked else every.of_kind(kind)
        by_kind = Counter(name.kind for name in found)
        chosen = [name for name in found if kind in ("", name.kind)]
        page, pages_, shown = part(chosen, number(fields, "page"), _MOST_NAMES)
        sayings = self._once(lambda: Sayings(self.claims(lang)), "sayings", lang).find(asked) if asked else []
        turn, turns, facts = part(sayings, number(fields, "turn"), _MOST_FACTS)
        queries = {q.name: q for q in api.queries(self.graph.workspace)} if asked else {}
        texts = {name: [q.title[lang], q.description[lang], *q.examples[lang]] for name, q in queries.items()}
        reply = self.graph.ask(asked, lang=lang) if len(asked.split()) > 1 and page == turn == 1 else {}
        return {
            "asked": asked,
            "labels": self.labels(lang),
            "kind": kind,
            "heading": looks[kind]["label"] if kind in looks else messages(lang)("home.there"),
            "answer": reply if reply.get("answered") else None,
            "number": len(chosen),
            "names": [
                {**name._asdict(), "kind": looks[name.kind]["one"], "look": looks[name.kind]["look"]} for name in shown
            ],
            "by_kind": [{**looks[name], "number": times} for name, times in by_kind.most_common() if name in looks],
            "page": page,
            "pages": pages_,
            "near": every.near(asked) if asked and not found else [],
            "sayings": len(sayings),
            "facts": facts,
            "turn": turn,
            "turns": turns,
            "queries": [queries[name] for name in matching(asked, texts)[:_MOST_QUERIES]] if asked else [],
        }

    def _times(self) -> dict[str, int]:
        return self._once(lambda: {str(row["e"]): int(str(row["n"])) for row in self.graph.query(_TIMES)}, "counts")

    def home(self, lang: str) -> Json:
        """Give what the first page tells: how much there is of each kind, the documents, what is new, what can be tried."""
        return self._once(lambda: self._home(lang), "home", lang)

    def _home(self, lang: str) -> Json:
        labels, documents = self.labels(lang), self.documents(lang)
        new = self._iris(_with(_FIRST_NAMED, day=documents[0]["latest"])) if len(documents) > 1 else []
        return {
            "about": {key: words[0] for key, words in self.graph.metadata().items()},
            "entities": len(labels),
            "claims": self.graph.query(_CLAIMS)[0]["n"],
            "kinds": self.kinds(lang),
            "documents": documents,
            "new": [(labels[iri], iri) for iri in new[:_MOST_NEW]],
            "more": max(0, len(new) - _MOST_NEW),
            "questions": self._questions(labels, lang),
            "actors": [(labels[iri], iri) for iri in self._iris(_INVOLVED)],
        }

    def _questions(self, labels: dict[str, str], lang: str) -> list[str]:
        """Give questions about those who are in most, and about what most are in."""
        say = messages(lang)
        actors, things = self._iris(_INVOLVED), self._iris(_SHARED)
        asked = [
            say(f"collaborations.questions.{name}", labels[iri]) for name, iri in zip(_ASKED, actors, strict=False)
        ]
        asked += [say("home.who", labels[iri]) for iri in things]
        return asked

    def _iris(self, sparql: str) -> list[str]:
        return [iri for row in self.graph.query(sparql) if (iri := str(row["e"])).startswith(ENTITY)]


_ASKED = ("collaborators-of-actor", "initiatives-of-actor")


def _for_actors(told: Json) -> Json:
    """Leave out of what is new what ended for no actor: what is said of a thing ends with it, and is no news."""
    ended = [claim for claim in told["ended"] if claim["actors"]]
    return {**told, "ended": ended, "summary": {**told["summary"], "ended": len(ended)}}


def _following(claims: list[Json]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for claim in claims:
        for reason in claim.get("derivedFrom", ()):
            found.setdefault(reason, []).append(claim["id"])
    return found


def _kind(row: dict[str, Any]) -> Json:
    label = str(row["plural"] or row["label"])
    return {
        "one": str(row["label"]),
        "name": str(row["class"]).removeprefix(SAM),
        "look": str(row["look"] or "").rpartition("look-")[2],
        "label": label[:1].upper() + label[1:],
        "number": row["n"],
    }


def _with(sparql: str, **texts: str) -> str:
    """Put texts of our own into a query."""
    for name, text in texts.items():
        sparql = sparql.replace(f"${name}", f'"{text}"')
    return sparql
