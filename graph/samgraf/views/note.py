"""A briefing note for an actor: sections of sentences, every one with where it stands, and what no document says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.model.claim import STATED
from samgraf.views.sections import Note, Reference, Section, Sentence
from samgraf.views.timeline import Dated, moments_of, timeline
from samgraf.views.writer import Writer

if TYPE_CHECKING:
    from samgraf.model import Claim
    from samgraf.views.facts import Facts

_LATEST, _MOST, _THROUGH, _BEFORE = 5, 25, 3, 2
_WAITING, _AHEAD = "waiting", "not-begun"


def briefing(facts: Facts, language: str, as_of: str | None = None) -> Note:
    """Write the note about an entity in one language, as of a day ``YYYY-MM-DD`` or else of the newest document."""
    write = Writer(facts, language, as_of)
    words, day = write.words, write.day
    label = facts.entity.label.within(language)
    moments = timeline(facts, language)
    told = [c for c in facts.claims if not c.derived and not c.superseded_by]
    stated = [c for c in told if c.modality == STATED and c.may_hold(day)]
    coming = [c for c in told if c.modality != STATED and (c.attested is None or c.attested.earliest <= day)]
    own = [*stated, *coming]
    said = {
        "now": _involvements(write),
        "forums": _forums(write, [c for c in stated if c.predicate in write.bodies and not write.is_personal(c)]),
        "people": write.merged(c for c in stated if write.is_personal(c)),
        "awaiting": _awaiting(write, own),
        "meetings": _meetings(write, moments),
        "since": _since(write, moments),
        "promises": write.merged(c for c in own if c.predicate in write.promises and c.subject == facts.id),
        "unknown": _unknown(write, coming),
        "conflicts": _conflicts(write),
    }
    since = write.about.agreement
    agreement = write.phrases.label(since) if since else words("note.agreement")
    past = said["meetings"] and not any(m.date.latest >= day for m in _dated(write, moments))
    openings = {"meetings": words("note.no coming", write.phrases.date(day))} if past else {}
    sections = [
        Section(
            words(f"note.headings.{k}", agreement),
            said[k],
            words(f"note.silence.{k}", label),
            openings.get(k, ""),
        )
        for k in said
    ]
    references = _references(write)
    newest = write.phrases.date(write.about.newest)
    lead = words("note.lead", label=label, kind=write.phrases.kind(facts.id), day=write.phrases.date(day))
    based = words.count("note.based", len(references), newest=newest)
    return Note(
        language,
        words("note.title", label),
        [lead, based, words("note.silent")],
        sections,
        words("note.sources"),
        references,
    )


def _forums(write: Writer, claims: list[Claim]) -> list[Sentence]:
    """Tell what agreements and bodies the actor belongs to, and what has been closed since."""
    found: list[Sentence] = []
    undertakings = set(write.about.undertakings)
    own = write.facts.id
    for claim in claims:
        if claim.subject == own and claim.object in undertakings:
            continue  # told already
        sentences = write.merged([claim])
        known = next((n for n, s in enumerate(found) if s.text == sentences[0].text), None)
        if known is not None:
            found[known] = found[known]._replace(cite=f"{found[known].cite}; {sentences[0].cite}")
            continue
        found += sentences
        if claim.subject == own and claim.object:
            closed = [c for c in write.about.of(claim.object, write.closings) if c.modality == STATED]
            found += write.merged(closed, 1) or _end(write, claim.object)
    return found


def _involvements(write: Writer) -> list[Sentence]:
    """Tell what the actor is involved in, directly first, each with its latest status and its end."""
    facts, phrases = write.facts, write.phrases
    ways: dict[str, list[Claim]] = {}
    for claim in facts.claims:
        name = claim.object or ""
        if facts.involves(claim) and facts.is_undertaking(name) and _goes_on(write, claim, name):
            ways.setdefault(name, []).append(claim)
    found: list[tuple[int, str, list[Sentence]]] = []
    for name, claims in ways.items():
        rank = min(facts.nearness(c) for c in claims)
        nearest = [c for c in claims if facts.nearness(c) == rank]
        sentences = [] if any(c.via for c in nearest) else _direct(write, name)
        if not sentences:
            sentences = [_indirect(write, name, nearest)]
        found.append((rank, phrases.label(name), [*sentences, *_state(write, name)]))
    return [s for _, _, sentences in sorted(found, key=lambda f: f[:2]) for s in sentences]


def _goes_on(write: Writer, claim: Claim, name: str) -> bool:
    """Tell whether an involvement may hold on the day, or has ended only by what was expected."""
    if claim.may_hold(write.day):
        return True
    ends = [c for c in write.about.of(name, write.end_dates) if c.attested is None or c.attested.earliest <= write.day]
    begun = claim.state(write.day) != _AHEAD
    return begun and bool(ends) and all(c.modality != STATED for c in ends)


def _direct(write: Writer, name: str) -> list[Sentence]:
    facts = write.facts
    ends = {facts.id, name}
    own = [c for c in facts.claims if not c.derived and {c.subject, c.object} == ends and not c.superseded_by]
    return write.merged(c for c in own if c.modality == STATED and _goes_on(write, c, name))


def _indirect(write: Writer, name: str, claims: list[Claim]) -> Sentence:
    via = list(dict.fromkeys(write.phrases.label(v) for c in claims for v in write.facts.through(c)))
    joined = ", ".join(via[:_THROUGH])
    if len(via) > _THROUGH:
        joined = write.words("note.others", joined, len(via) - _THROUGH)
    form = write.words.get(f"note.indirect.{claims[0].how}", write.words("note.indirect.other"))
    text = form.format(write.phrases.label(write.facts.id), write.phrases.label(name), joined)
    return write.say(write.phrases.marked(text, claims[0]), [s for c in claims for s in c.sources()])


def _state(write: Writer, name: str) -> list[Sentence]:
    """Tell what an undertaking's status was last seen to be, what it was before, and when it ends or was to end."""
    found = []
    statuses = write.about.statuses(name, write.day)
    told = list(dict.fromkeys(_status(write, claim) for claim in statuses))
    if told:
        text = write.words("note.status", told[0])
        if told[1:]:
            text = write.words("note.before", text, "; ".join(told[1 : 1 + _BEFORE]))
        shown = [claim for claim in statuses if _status(write, claim) in told[: 1 + _BEFORE]]
        found.append(write.say(text, [s for claim in shown for s in claim.sources()], 1))
    return [*found, *_end(write, name)]


def _status(write: Writer, claim: Claim) -> str:
    return write.phrases.marked(write.phrases.value(claim).lower(), claim)


def _end(write: Writer, name: str) -> list[Sentence]:
    """Tell when something ended, ends, or was to end; of what was only expected, that nobody says whether it happened."""
    found = []
    for claim in write.about.of(name, write.end_dates):
        passed = claim.moment is not None and bool(claim.moment.latest) and claim.moment.latest < write.day
        key = "ended" if passed and claim.modality == STATED else "was to end" if passed else "ends"
        text = write.words(f"note.{key}", write.phrases.value(claim))
        if not passed:  # 'was to end' says already that it was only expected
            text = write.phrases.marked(text, claim)
        found.append(write.say(text, claim.sources(), 1))
    return found


def _awaiting(write: Writer, own: list[Claim]) -> list[Sentence]:
    """Tell what by its latest status awaits something, and what is expected or proposed to be done."""
    found = []
    for name in [write.facts.id, *write.about.undertakings]:
        for status in write.about.statuses(name, write.day)[:1]:
            entity = write.facts.entities.get(status.object or "")
            if entity is not None and entity.phase == _WAITING:
                found.append(status)
        found += [c for c in write.about.of(name, write.pending) if c.modality != STATED]
    told_elsewhere = write.promises | write.meetings
    found += [c for c in own if c.modality != STATED and c.predicate not in told_elsewhere]
    unique = {c.id: c for c in found if not c.superseded_by and c.datatype != "text"}
    return write.merged(c for c in unique.values() if write.about.is_open(c, write.day))


def _unknown(write: Writer, coming: list[Claim]) -> list[Sentence]:
    """Tell what was expected or proposed for a time that has passed, and of which the documents say nothing more."""
    found = [c for c in coming if c.object and c.predicate not in write.promises]
    return write.merged(c for c in found if not write.about.is_open(c, write.day))


def _dated(write: Writer, moments: list[Dated]) -> list[Dated]:
    """Give the meetings and deadlines that were not moved."""
    return [m for m in moments if m.claim.predicate in write.meetings and not m.claim.superseded_by]


def _meetings(write: Writer, moments: list[Dated]) -> list[Sentence]:
    """Tell the meetings and deadlines to come; where there are none, that, and the latest."""
    dated = _dated(write, moments)
    coming = [m for m in dated if m.date.latest >= write.day]
    return [write.dated(m) for m in coming or dated[-_LATEST:]]


def _since(write: Writer, moments: list[Dated]) -> list[Sentence]:
    """Tell what has changed since the latest agreement that concerns the actor began, and what was seen to be so since."""
    start, day = write.about.since, write.day
    known = {claim.id for m in moments for claim in m.claims}
    beside = [c for c in write.about.changes if c.id not in known]
    every = [*moments, *(m for c in beside for m in moments_of(c, write.phrases, write.facts))]
    every += [_seen(write, c) for c in write.about.changes if c.predicate in write.about.states and not c.start]
    found: dict[tuple[str, str], Dated] = {}
    for one in every:
        if one.claim.predicate in write.meetings or one.claim.superseded_by:
            continue
        ahead = one.claim.predicate in write.end_dates and one.date.latest > day
        if start <= one.date.earliest <= day and not ahead:
            first = found.setdefault((one.date.edtf, one.text), one)
            found[one.date.edtf, one.text] = first._replace(sources=(*first.sources, *one.sources))
    shown = sorted(found.values(), key=lambda m: (m.date.earliest, m.date.latest, m.text))
    carried = write.merged(write.about.continuity)
    told = [write.dated(m) for m in shown[-_MOST:]]
    left = len(shown) - len(told)
    return [*carried, *([Sentence(write.words("note.more", left), "")] if left else []), *told]


def _seen(write: Writer, claim: Claim) -> Dated:
    """Give the moment at which a status without a date of its own was seen to be so: that of its document."""
    text = write.words("note.seen", write.phrases.sentence(claim, dated=False))
    moment = claim.attested or claim.effective.start
    assert moment is not None  # noqa: S101  (statuses come from documents with a date, else from none at all)
    return Dated(moment, "status", text, (claim,), claim.sources())


def _conflicts(write: Writer) -> list[Sentence]:
    """Tell what was said and later changed, and where two claims cannot both be right."""
    found = []
    say, phrases = write.words, write.phrases
    for older, newer in write.about.superseded:
        same = newer.predicate == older.predicate
        told = phrases.marked(phrases.value(newer), newer) if same else phrases.sentence(newer)
        text = say("note.changed", phrases.sentence(older), told)
        found.append(write.say(text, [*older.sources(), *newer.sources()]))
    for one, other in write.about.contradictions:
        text = say("note.against", phrases.sentence(one), phrases.marked(phrases.value(other), other))
        found.append(write.say(text, [*one.sources(), *other.sources()]))
    return found


def _references(write: Writer) -> list[Reference]:
    """List the documents cited, the oldest first, with the lines."""
    found = []
    for name in dict.fromkeys([*write.facts.documents, *(s.document for s in write.cited)]):
        places = [s for s in write.cited if s.document == name]
        if not places:
            continue
        document = write.facts.documents.get(name)
        title = document.label.within(write.language) if document else name
        dated = document is not None and document.date is not None and not document.background
        date = write.phrases.date(document.date.edtf) if dated and document and document.date else ""
        found.append(Reference(name, title, date, write.cite(places).removeprefix(name).strip()))
    return found
