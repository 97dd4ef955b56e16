"""A briefing note for an actor: sections of sentences, every one with where it stands, and what no document says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.brief.background import Background, background
from samgraf.brief.facts import holds, nearness, through
from samgraf.brief.model import Note, Reference, Section, Sentence
from samgraf.brief.phrases import Phrases
from samgraf.brief.timeline import moments_of, timeline
from samgraf.brief.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from samgraf.brief.facts import Facts, Source
    from samgraf.brief.timeline import Moment
    from samgraf.records import ClaimRecord

_FORUMS = ("partyTo", "memberOf", "chairs", "hosts", "responsibleFor", "collaboratesWith", "partOf")
_PEOPLE = ("represents", "holdsPost", "affiliatedWith", "chairs", "memberOf")
_PROMISES = ("commitment", "task", "responsibleFor")
_PENDING = ("approvedBy", "consideredBy", "carriedOutBy", "preparedBy", "sentTo")
_WAITING = frozenset(
    "not-started awaiting-start awaiting-approval awaiting-consideration in-preparation being-planned not-concretised".split()
)
_OVER = frozenset(("completed", "cancelled", "dissolved", "lapsed"))
_DATED = ("event", "deadline")
_LATEST, _MOST, _THROUGH = 5, 25, 3


class _Writer:
    """Writes sentences and keeps what they cite."""

    def __init__(self, facts: Facts, language: str, as_of: str | None) -> None:
        self.facts = facts
        self.language = language
        self.words = WORDS[language]
        self.phrases = Phrases(facts, language)
        self.about: Background = background(facts, as_of)
        self.day = self.about.day
        self.cited: list[Source] = []

    def say(self, text: str, sources: Iterable[Source], level: int = 0) -> Sentence:
        """Make a sentence with its citation."""
        places = list(sources)
        self.cited += places
        text = text[:1].upper() + text[1:]
        return Sentence(text if text.endswith((".", "?", "!")) else f"{text}.", self.cite(places), level)

    def cite(self, places: list[Source]) -> str:
        """Write where a sentence stands."""
        return self.phrases.place(places, joined=True)

    def told(self, claim: ClaimRecord, level: int = 0) -> Sentence:
        """Write a claim as a sentence, with its marks."""
        joint = ": " if claim["datatype"] == "text" else " "
        text = (
            f"{self.phrases.label(claim['subject'])} {self.phrases.relation(claim)}{joint}{self.phrases.value(claim)}"
        )
        return self.say(self.phrases.marked(text, claim), self.facts.sources(claim), level)

    def merged(self, claims: Iterable[ClaimRecord]) -> list[Sentence]:
        """Write claims as sentences; what is stated twice is one sentence with both places."""
        found: dict[str, tuple[ClaimRecord, list[Source]]] = {}
        for claim in claims:
            text = self.phrases.marked(self.phrases.sentence(claim), claim)
            _, places = found.setdefault(text, (claim, []))
            places += [s for s in self.facts.sources(claim) if s not in places]
        sentences = []
        for claim, places in found.values():
            sentence = self.told(claim)
            self.cited += places
            sentences.append(sentence._replace(cite=self.cite(places)))
        return sentences


def briefing(facts: Facts, language: str, as_of: str | None = None) -> Note:
    """Write the note about an entity in ``da`` or ``en``, as of a day ``YYYY-MM-DD`` or else of the newest document."""
    write = _Writer(facts, language, as_of)
    words = write.words
    label = facts.entity["label"][language]
    moments = timeline(facts, language)
    own = [c for c in facts.claims if not c["derived"] and not c["supersededBy"] and holds(c, write.day)]
    stated = [c for c in own if c["modality"] == "stated"]
    said = {
        "now": _involvements(write),
        "forums": _forums(write, [c for c in stated if c["predicate"] in _FORUMS and not _personal(c, facts)]),
        "people": write.merged(c for c in stated if _personal(c, facts)),
        "awaiting": _awaiting(write, own),
        "meetings": _meetings(write, moments),
        "since": _since(write, moments),
        "promises": write.merged(c for c in own if c["predicate"] in _PROMISES and c["subject"] == facts.id),
        "unknown": _unknown(write, own),
        "conflicts": _conflicts(write),
    }
    since = write.about.agreement
    headings = dict(words["headings"])
    headings["since"] = headings["since"].format(write.phrases.label(since) if since else words["agreement"])
    past = said["meetings"] and not any(m["latest"] >= write.day for m in moments if m["kind"] in _DATED)
    openings = {"meetings": words["no coming"].format(write.phrases.date(write.day))} if past else {}
    sections = [Section(headings[k], said[k], words["silence"][k].format(label), openings.get(k, "")) for k in said]
    references = _references(write)
    newest = write.phrases.date(write.about.newest)
    lead = words["lead"].format(label=label, kind=write.phrases.kind(facts.id), day=write.phrases.date(write.day))
    based = words["based"].format(count=len(references), newest=newest)
    return Note(
        language, words["title"].format(label), [lead, based, words["silent"]], sections, words["sources"], references
    )


def _personal(claim: ClaimRecord, facts: Facts) -> bool:
    subject = facts.entities.get(claim["subject"])
    return (
        subject is not None
        and subject["type"] == "Person"
        and (claim["predicate"] in _PEOPLE or claim["onBehalfOf"] == facts.id)
    )


def _forums(write: _Writer, claims: list[ClaimRecord]) -> list[Sentence]:
    """Tell what agreements and bodies the actor belongs to, and what has been closed since."""
    found: list[Sentence] = []
    undertakings = set(write.about.undertakings)
    for claim in claims:
        if claim["subject"] == write.facts.id and claim["object"] in undertakings:
            continue  # told already
        sentences = write.merged([claim])
        known = next((n for n, s in enumerate(found) if s.text == sentences[0].text), None)
        if known is not None:
            found[known] = found[known]._replace(cite=f"{found[known].cite}; {sentences[0].cite}")
            continue
        found += sentences
        if claim["subject"] == write.facts.id and claim["object"]:
            closed = [c for c in write.about.of(claim["object"], "dissolvedBy") if c["modality"] == "stated"]
            found += [s._replace(level=1) for s in write.merged(closed)] or _end(write, claim["object"])
    return found


def _involvements(write: _Writer) -> list[Sentence]:
    """Tell what the actor is involved in, directly first, each with its latest status and its end."""
    facts, phrases = write.facts, write.phrases
    ways: dict[str, list[ClaimRecord]] = {}
    for claim in facts.claims:
        if (
            claim["derived"]
            and claim["predicate"] == "involvedIn"
            and claim["subject"] == facts.id
            and holds(claim, write.day)
        ):
            ways.setdefault(claim["object"] or "", []).append(claim)
    found: list[tuple[int, str, list[Sentence]]] = []
    for name, claims in ways.items():
        rank = min(nearness(c, facts.entities) for c in claims)
        nearest = [c for c in claims if nearness(c, facts.entities) == rank]
        sentences = _direct(write, name) if rank == 0 else []
        if not sentences:
            sentences = [_indirect(write, name, nearest)]
        found.append((rank, phrases.label(name), [*sentences, *_state(write, name)]))
    return [s for _, _, sentences in sorted(found, key=lambda f: f[:2]) for s in sentences]


def _direct(write: _Writer, name: str) -> list[Sentence]:
    facts = write.facts
    ends = {facts.id, name}
    stated = [
        c
        for c in facts.claims
        if not c["derived"]
        and {c["subject"], c["object"]} == ends
        and c["modality"] == "stated"
        and holds(c, write.day)
    ]
    return write.merged(c for c in stated if not c["supersededBy"])


def _indirect(write: _Writer, name: str, claims: list[ClaimRecord]) -> Sentence:
    via = list(dict.fromkeys(write.phrases.label(v) for c in claims for v in through(c, write.facts.entities)))
    joined = ", ".join(via[:_THROUGH])
    if len(via) > _THROUGH:
        joined = write.words["others"].format(joined, len(via) - _THROUGH)
    text = write.words["indirect"].get(claims[0]["rule"], write.words["indirect"][""])
    text = text.format(write.facts.entity["label"][write.language], write.phrases.label(name), joined)
    return write.say(text, [s for c in claims for s in write.facts.sources(c)])


def _state(write: _Writer, name: str) -> list[Sentence]:
    """Tell an initiative's latest status and when it ends or was to end."""
    found = []
    status = write.about.status(name, write.day)
    if status is not None:
        text = (
            write.words["status"]
            .format(write.phrases.label(status["object"]).lower(), write.phrases.period(status))
            .strip()
        )
        found.append(write.say(text.removesuffix("()").strip(), write.facts.sources(status), 1))
    return [*found, *_end(write, name)]


def _end(write: _Writer, name: str) -> list[Sentence]:
    """Tell when something ended, ends, or was to end; of what was only expected, that nobody says whether it happened."""
    found = []
    for claim in write.about.of(name, "endDate"):
        passed = (claim["valueLatest"] or "9") < write.day
        key = "ended" if passed and claim["modality"] == "stated" else "was to end" if passed else "ends"
        found.append(write.say(write.words[key].format(write.phrases.value(claim)), write.facts.sources(claim), 1))
    return found


def _awaiting(write: _Writer, own: list[ClaimRecord]) -> list[Sentence]:
    """Tell what by its latest status awaits something, and what is expected or proposed to be done."""
    found = []
    for name in [write.facts.id, *write.about.undertakings]:
        status = write.about.status(name, write.day)
        if status is not None and status["object"] in _WAITING:
            found.append(status)
        found += [c for c in write.about.of(name, *_PENDING) if c["modality"] != "stated"]
    found += [
        c for c in own if c["modality"] != "stated" and c["predicate"] not in (*_PROMISES, "heldOn", "organisedBy")
    ]
    unique = {c["id"]: c for c in found if not c["supersededBy"] and c["datatype"] != "text"}
    return write.merged(c for c in unique.values() if write.about.is_open(c, write.day))


def _unknown(write: _Writer, own: list[ClaimRecord]) -> list[Sentence]:
    """Tell what was expected or proposed for a time that has passed, and of which the documents say nothing more."""
    found = [c for c in own if c["modality"] != "stated" and c["object"] and c["predicate"] not in _PROMISES]
    return write.merged(c for c in found if not write.about.is_open(c, write.day))


def _meetings(write: _Writer, moments: list[Moment]) -> list[Sentence]:
    """Tell the meetings and deadlines to come; where there are none, that, and the latest."""
    dated = [m for m in moments if m["kind"] in _DATED and not m["superseded"]]
    coming = [m for m in dated if m["latest"] >= write.day]
    shown = coming or dated[-_LATEST:]
    return [write.say(f"{m['when']}: {m['text']}", m["sources"]) for m in shown]


def _since(write: _Writer, moments: list[Moment]) -> list[Sentence]:
    """Tell what has changed since the latest agreement that concerns the actor began."""
    start = write.about.since
    kinds = ("start", "end", "approval", "status", "decision", "fact")
    known = {m["claim"] for m in moments}
    beside = [c for c in write.about.changes if c["id"] not in known]
    every = [*moments, *(m for c in beside for m in moments_of(c, write.phrases, write.facts))]
    shown = [m for m in every if m["kind"] in kinds and start <= m["earliest"] <= write.day and not m["superseded"]]
    shown = [m for m in shown if m["kind"] != "end" or m["latest"] <= write.day]
    shown.sort(key=lambda m: (m["earliest"], m["latest"], m["text"]))
    carried = write.merged(write.about.continuity)
    found = [write.say(f"{m['when']}: {m['text']}", m["sources"]) for m in shown[-_MOST:]]
    left = len(shown) - len(found)
    return [*carried, *([Sentence(write.words["more"].format(left), "")] if left else []), *found]


def _conflicts(write: _Writer) -> list[Sentence]:
    """Tell what was said and later changed, and where two claims cannot both be right."""
    found = []
    for older, newer in write.about.superseded:
        told = write.phrases.value(newer) if newer["predicate"] == older["predicate"] else write.phrases.sentence(newer)
        text = write.words["changed"].format(write.phrases.sentence(older), told)
        found.append(write.say(text, [*write.facts.sources(older), *write.facts.sources(newer)]))
    for one, other in write.about.contradictions:
        text = write.words["against"].format(write.phrases.sentence(one), write.phrases.value(other))
        found.append(write.say(text, [*write.facts.sources(one), *write.facts.sources(other)]))
    return found


def _references(write: _Writer) -> list[Reference]:
    """List the documents cited, the oldest first, with the lines."""
    found = []
    for name in dict.fromkeys([*write.facts.documents, *(s["document"] for s in write.cited)]):
        places = [s for s in write.cited if s["document"] == name]
        if not places:
            continue
        record = write.facts.documents.get(name)
        title = record["label"].get(write.language, name) if record else name
        date = write.phrases.date(record["date"]) if record and record["date"] and not record["background"] else ""
        found.append(Reference(name, title, date, write.cite(places).removeprefix(name).strip()))
    return found
