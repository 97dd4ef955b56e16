"""Who is in what, with whom and when, over the whole built-in graph: the table, SPARQL, the named queries and the answers agree."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

import samgraf
from samgraf.cli.main import run
from samgraf.library.binding import bind, bind_plain, bind_terms
from samgraf.library.listing import find
from samgraf.namespaces import ENTITY, XSD, local_name
from samgraf.rdf.collaborations import read_collaborations, read_links
from samgraf.rdf.reading import read_claims, read_entities, vocabulary
from samgraf.store.collaborations import CollaborationTable
from samgraf.store.embedded import EmbeddedStore
from samgraf.store.opening import snapshot_folder
from samgraf.views.asking import Asked
from samgraf.views.collaborations import QUERIES, involvements
from samgraf.views.partners import collaborators, partners

if TYPE_CHECKING:
    from pathlib import Path

    from samgraf.model import Claim, Collaboration, Entity

DAYS = ("2010-01-01", "2018-06-01", "2019-12-31", "2020-11-23", "2021-10-01", "2022-12-19", "2023-06-30", "2025-04-08")
TARGET = 430
FAMILIES = ("Involvement", "Membership", "Office", "Structure", "Party")
MONTHS = [f"{year}-{month:02}-15" for year in range(2018, 2027) for month in range(1, 13)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAMGRAF_CACHE", str(tmp_path_factory.mktemp("cache")))
        return snapshot_folder(None)


@pytest.fixture(scope="module")
def table(folder: str) -> CollaborationTable:
    return CollaborationTable(folder)


@pytest.fixture(scope="module")
def store(folder: str) -> EmbeddedStore:
    return EmbeddedStore.open(folder)


@pytest.fixture(scope="module")
def rows(table: CollaborationTable) -> list[Collaboration]:
    return table.all()


@pytest.fixture(scope="module")
def actors(rows: list[Collaboration]) -> list[str]:
    return sorted({row.actor for row in rows})


@pytest.fixture(scope="module")
def entities(store: EmbeddedStore) -> dict[str, Entity]:
    return {entity.id: entity for entity in read_entities(store)}


@pytest.fixture(scope="module")
def claims(store: EmbeddedStore) -> list[Claim]:
    return read_claims(store)


# ---------------------------------------------------------------- true time


def test_most_claims_know_when_they_hold(claims: list[Claim], store: EmbeddedStore) -> None:
    """Of the claims that relate two things, those with a period of their own or an inherited one."""
    related = {p.name for p in vocabulary(store).of_family(*FAMILIES)}
    basis = Counter(c.effective.basis for c in claims if not c.derived and c.object and c.predicate in related)
    assert basis["stated"] + basis["inherited"] >= TARGET
    assert basis[""] == 0, "each claim has a basis"


def test_an_inherited_period_names_the_claim_that_gives_it(claims: list[Claim]) -> None:
    known = {claim.id for claim in claims}
    inherited = [claim for claim in claims if claim.effective.basis == "inherited"]
    assert inherited
    assert all(claim.effective.source in known for claim in inherited)


def test_no_period_ends_before_it_begins(claims: list[Claim], entities: dict[str, Entity]) -> None:
    periods = [*((c.id, c.effective) for c in claims), *((e.id, e.life) for e in entities.values())]
    backwards = [
        name
        for name, p in periods
        if p.start and p.until and p.until.latest and p.start.earliest and p.start.earliest > p.until.latest
    ]
    assert backwards == []


def test_the_framework_agreements_live_in_their_years(entities: dict[str, Entity]) -> None:
    for years in ("2019-2020", "2021-2022", "2025-2026"):
        life = entities[f"rammeaftale-{years}"].life
        assert (life.start and life.start.earliest) == f"{years[:4]}-01-01"
        assert (life.until and life.until.latest) == f"{years[5:]}-12-31"
        assert life.basis == "stated"


def test_a_later_status_closes_the_earlier_one(claims: list[Claim], entities: dict[str, Entity]) -> None:
    """On no day do two statuses hold of which one is spoken of on a later day than the other."""
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.object and entities[claim.object].type == "Status" and claim.firm and claim.attested:
            found.setdefault(claim.subject, []).append(claim)
    assert any(len(statuses) > 1 for statuses in found.values())
    for statuses in found.values():
        for one in statuses:
            for other in statuses:
                first, second = (c.start or c.attested for c in (one, other))
                if first and second and first.latest < second.earliest:
                    assert one.state("2026-01-01") == "ended", one.id


def test_nothing_held_before_anything_began(rows: list[Collaboration], entities: dict[str, Entity]) -> None:
    """As of 1900 nothing; as of 2010 nothing but an agreement, and a collaboration, that began then."""
    assert [row for row in rows if row.may_hold("1900-01-01")] == []
    assert {entities[row.thing].id for row in rows if row.collaborates and row.may_hold("2010-06-01")} <= {
        "bilaterale-samarbejdsaftaler-rm-aarhus",
        "aarhus--region-midtjylland",
    }


def test_no_answer_lies_outside_the_life_of_what_it_names(
    rows: list[Collaboration], entities: dict[str, Entity]
) -> None:
    """19 municipalities, every month from 2018 to 2026: nothing may hold of a thing before it began or after it ended."""
    municipal = [row for row in rows if entities[row.actor].type == "Municipality"]
    assert len({row.actor for row in municipal}) == 19
    outside = []
    for row in municipal:
        life = entities[row.thing].life
        for day in MONTHS:
            if row.may_hold(day):
                before = life.start and life.start.earliest and day < life.start.earliest
                after = life.until and life.until.latest and day > life.until.latest
                if before or after:
                    outside.append((row.actor, row.thing, day))
    assert outside == []


# ---------------------------------------------------------------- whole lists, kinds of involvement


def test_nothing_is_added_to_a_whole_list(rows: list[Collaboration], claims: list[Claim], store: EmbeddedStore) -> None:
    """What a whole list leaves out is in no other way, except as a member of a listed group."""
    words = vocabulary(store)
    whole = {
        c.object if words.predicate(c.predicate).actor_side == "subject" else c.subject
        for c in claims
        if c.complete
        and c.firm
        and words.predicate(c.predicate).involvement
        and words.involvements[words.predicate(c.predicate).involvement].collaborates
        and (c.complete == "subjects") == (words.predicate(c.predicate).actor_side == "subject")
    }
    added = [r for r in rows if r.thing in whole and r.how in ("part", "ownUnit")]
    assert whole
    assert added == []


def test_viborg_is_in_the_alliance_as_one_of_the_nineteen(folder: str) -> None:
    answers = _initiatives("viborg", None)["answers"]
    (alliance,) = [a for a in answers if a["iri"] == ENTITY + "alliancen"]
    assert alliance["via"] == ["De 19 midtjyske kommuner"]


def test_viborg_has_six_initiatives_with_four_parts(folder: str) -> None:
    reply = _initiatives("viborg", None)
    assert reply["message"] == "Viborg Kommune er med i 6 initiativer med 4 dele, 1 alliance og 1 aftale."
    assert [(g["label"], g["count"], g["parts"]) for g in reply["summary"]["kinds"]] == [
        ("initiativer", 6, 4),
        ("alliance", 1, 0),
        ("aftale", 1, 0),
    ]


@pytest.mark.parametrize("actor", ["aarhus", "region-midtjylland"])
def test_who_proposed_is_named_as_such(folder: str, actor: str) -> None:
    """The five joint proposals are there, and the one who proposed is not told as a participant."""
    answers = _initiatives(actor, None)["answers"]
    proposed = [a for a in answers if not a["collaborates"] and a["involvement"] == "foreslået af"]
    assert len(proposed) >= 5


def test_the_youth_mentors_count_once(table: CollaborationTable) -> None:
    """The scheme, its status meeting and the group of its participants are one thing."""
    roots = {row.root for row in table.of_actor("favrskov") if "ungementor" in row.thing and row.collaborates}
    assert roots == {"ungementorordningen"}


def test_what_all_are_in_is_counted_apart(rows: list[Collaboration], folder: str) -> None:
    """The Alliance has all 19; who shares nothing but such things with Viborg comes after those who share more."""
    assert "alliancen" in {row.root for row in rows if row.everybody}
    assert "initiativ-5" not in {row.root for row in rows if row.everybody}
    counts = [answer["count"] for answer in collaborators("viborg")["answers"]]
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] == 0


def test_who_is_said_to_collaborate_does(table: CollaborationTable, claims: list[Claim]) -> None:
    """What a document states outright is in the list of either, as a thing of their own; what is only planned is not."""
    outright = [c for c in claims if c.predicate == "collaboratesWith" and not c.derived and not c.superseded_by]
    assert {c.modality for c in outright} == {"stated", "expected", "proposed"}
    for claim in outright:
        assert claim.object
        one, other = sorted((claim.subject, claim.object))
        for actor, partner in ((one, other), (other, one)):
            shared = {s.root: s for s in partners(table, actor).get(partner, [])}
            own = shared.get(f"{one}--{other}")
            assert (own is not None) == any(
                {c.subject, c.object} == {one, other} and c.modality == "stated" for c in outright
            ), claim.id
            assert own is None or claim.modality != "stated" or claim.id in own.claims()


def test_who_holds_a_post_is_no_partner_of_the_organisation(table: CollaborationTable, claims: list[Claim]) -> None:
    """A director at a meeting is there as the organisation's own, whether or not the minutes say on whose behalf."""
    own = {
        (c.subject, c.object)
        for c in claims
        if c.predicate in ("holdsPost", "affiliatedWith") and c.modality == "stated" and not c.superseded_by
    }
    assert ("anders-kjaerulff", "region-midtjylland") in own
    assert [pair for pair in own if pair[1] in partners(table, pair[0])] == []


# ---------------------------------------------------------------- one table


def test_the_table_is_what_the_rules_derived(
    rows: list[Collaboration], table: CollaborationTable, store: EmbeddedStore
) -> None:
    assert rows == read_collaborations(store)
    assert table.belongings() == set(read_links(store, "sam:belongsTo")) != set()


def test_every_row_rests_on_claims_that_are_written_somewhere(rows: list[Collaboration], claims: list[Claim]) -> None:
    asserted = {claim.id for claim in claims if not claim.derived}
    assert all(row.claims and set(row.claims) <= asserted for row in rows)


def _run(store: EmbeddedStore, name: str, day: str | None, actor: str | None = None) -> list[tuple[str, ...]]:
    """Run a named query; without an actor for all of them at once: a row's claim tells whose it is."""
    terms = {"asOf": f'"{day}"^^<{XSD}date>'} if day else {}
    if actor:
        terms["actor"] = f"<{ENTITY}{actor}>"
    rows = store.select(bind_terms(find(name).text, terms)).rows
    return [tuple("" if t is None else t.value for t in row) for row in rows]  # type: ignore[union-attr]


@pytest.mark.parametrize("day", [None, *DAYS])
def test_collaborators_are_the_same_everywhere(
    table: CollaborationTable, store: EmbeddedStore, rows: list[Collaboration], actors: list[str], day: str | None
) -> None:
    """For all actors: who, and on what, by the table and by the named query."""
    of = {row.id: row.actor for row in rows}
    by_table = {(a, b, s.root) for a in actors for b, things in partners(table, a, day).items() for s in things}
    found = _run(store, "collaborators-of-actor", day)
    assert by_table == {(of[local_name(row[5])], local_name(row[0]), local_name(row[2])) for row in found}
    mine = {(local_name(row[0]), local_name(row[2])) for row in _run(store, "collaborators-of-actor", day, "viborg")}
    assert mine == {(b, root) for a, b, root in by_table if a == "viborg"}


@pytest.mark.parametrize("day", [None, *DAYS])
@pytest.mark.parametrize("listing", QUERIES)
def test_involvements_are_the_same_everywhere(
    table: CollaborationTable, store: EmbeddedStore, rows: list[Collaboration], listing: str, day: str | None
) -> None:
    """For all actors: the things, ways and claims, by the table and by the named query that the answer shows."""
    kinds = table.terms("kind")
    held = {r.id: r for r in rows if kinds[r.kind].note == listing and (not day or r.may_hold(day))}
    found = {local_name(row[-2]): local_name(row[0]) for row in _run(store, QUERIES[listing], day)}
    assert found == {name: row.thing for name, row in held.items()}
    mine = {local_name(row[-2]) for row in _run(store, QUERIES[listing], day, "viborg")}
    assert mine == {name for name, row in held.items() if row.actor == "viborg"}


@pytest.mark.parametrize("day", [None, *DAYS])
def test_commands_and_api_give_one_answer_that_counts_what_it_shows(
    folder: str, actors: list[str], day: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    """For all actors: the command prints what the API gives, and each number in the summary is the length of what is answered."""
    graph = samgraf.open()
    for actor in actors:
        for listing in QUERIES:
            reply = _both(graph, listing, actor, day, capsys)
            answers, summary = reply["answers"], reply["summary"]
            assert summary["answers"] == len(answers) == sum(summary["states"].values())
            inside = [a for a in answers if a["collaborates"]]
            assert sum(g["count"] + g["parts"] for g in summary["kinds"]) == len(inside)
            assert sum(g["count"] for g in summary["others"]) + summary["planned"] == len(answers) - len(inside)
            assert len({a["iri"] for a in answers}) == len(answers)
        reply = _both(graph, "collaborators", actor, day, capsys)
        for answer in reply["answers"]:
            assert answer["count"] + answer["everybody"] == len(answer["shared"])
            assert answer["evidence"], answer["label"]
        assert reply["summary"]["answers"] == len(reply["answers"])


def _both(graph: samgraf.Graph, name: str, actor: str, day: str | None, capsys: pytest.CaptureFixture[str]) -> Any:
    """Give the API's reply, having held the command's to it."""
    named = [actor] if name == "collaborators" else ["--involving", actor]
    run([name, *named, "--format", "json", *(["--as-of", day] if day else [])])
    reply = getattr(graph, name)(actor, as_of=day)
    assert json.loads(capsys.readouterr().out) == {k: v for k, v in reply.items() if k != "understood"}
    return reply


@pytest.mark.parametrize("name", [*QUERIES.values(), "collaborators-of-actor"])
def test_a_query_of_ours_is_bound_without_the_lexer(name: str) -> None:
    terms = {"actor": "<a>", "lang": '"da"', "asOf": '"2020-01-01"'}
    assert bind_plain(find(name).text, terms) == bind_terms(find(name).text, terms)


def test_collaboration_goes_both_ways(table: CollaborationTable, actors: list[str]) -> None:
    found = {actor: {b: {s.root for s in things} for b, things in partners(table, actor).items()} for actor in actors}
    assert all(found[b].get(a) == roots for a, met in found.items() for b, roots in met.items())


def test_nobody_collaborates_with_what_it_belongs_to(table: CollaborationTable, store: EmbeddedStore) -> None:
    pairs = set(read_links(store, "sam:belongsTo"))
    assert ("viborg", "midtklyngen") in pairs
    assert not any(b in partners(table, a) or a in partners(table, b) for a, b in pairs)


def test_pairs_and_most_connected_count_the_same(table: CollaborationTable, store: EmbeddedStore) -> None:
    for row in store.select(bind(find("collaboration-pairs"), {}, str)).rows:
        actor, partner = (local_name(row[n].value) for n in (0, 2))  # type: ignore[union-attr]
        shared = partners(table, actor)[partner]
        assert sum(not s.everybody for s in shared) == int(row[4].value)  # type: ignore[union-attr]
    for row in store.select(bind(find("most-connected"), {}, str)).rows:
        mine = [r for r in table.of_actor(local_name(row[0].value)) if r.collaborates]  # type: ignore[union-attr]
        assert len({r.root for r in mine if not r.everybody}) == int(row[3].value)  # type: ignore[union-attr]
        assert len({r.root for r in mine if r.everybody}) == int(row[4].value)  # type: ignore[union-attr]


def _initiatives(actor: str, day: str | None) -> dict[str, object]:
    return involvements("initiatives", Asked(actor, as_of=day))


def test_of_who_counts_for_others_the_others_are_named(shared_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A person counts for whom it represents: nothing is found of the person, and the answer says whom to ask about."""
    monkeypatch.setenv("SAMGRAF_CACHE", str(shared_cache))
    reply = collaborators("Lotte Henriksen")
    assert reply["answers"] == []
    assert reply["message"].endswith("består af: Aarhus Kommune, DASSOS og De 19 midtjyske kommuner.")
    assert collaborators("DASSOS")["answers"]
