"""What goes into the page: periods that tell the same states as the model, and where things stand."""

from __future__ import annotations

from itertools import product

import pytest
from made import made

from samgraf.model import Claim, Entity, Moment, Period, Text
from samgraf.namespaces import SAM
from samgraf.publish.explorer.frames import Frames
from samgraf.publish.explorer.payload import payload
from samgraf.publish.explorer.tables import day_number, state_on, thresholds
from samgraf.publish.explorer.tongues import other_names, tongues
from samgraf.vocabulary.reading import read_vocabulary

OPEN = Moment("..", "", "")
STARTS = [None, OPEN, Moment("2019", "2019-01-01", "2019-12-31"), Moment("2021-03", "2021-03-01", "2021-03-31")]
ENDS = [None, OPEN, Moment("2020", "2020-01-01", "2020-12-31"), Moment("2022-06", "2022-06-01", "2022-06-30")]
ATTESTED = [None, Moment("2020-11-23", "2020-11-23", "2020-11-23"), Moment("2023", "2023-01-01", "2023-12-31")]
DAYS = [
    f"{year}-{month}" for year in range(2017, 2025) for month in ("01-01", "03-15", "06-30", "07-01", "11-23", "12-31")
]


@pytest.mark.parametrize(("start", "until", "attested"), [*product(STARTS, ENDS, ATTESTED)])
def test_three_days_tell_the_state_on_every_day_as_the_model_does(start, until, attested):
    period = Period(start, until, "stated")
    row = thresholds(period, attested)
    assert {day: state_on(day_number(day), row) for day in DAYS} == {day: period.state(day, attested) for day in DAYS}


def entity(name, kind, start=None, until=None, label=None):
    life = (
        Period(
            Moment(start, f"{start}-01-01", f"{start}-12-31"),
            Moment(until, f"{until}-01-01", f"{until}-12-31"),
            "stated",
        )
        if start
        else Period()
    )
    return Entity(name, (kind,), Text(da=label or name, en=label or name), life=life)


def said(number, subject, predicate, target, when):
    return Claim(f"d/{number}", subject, predicate, target, attested=Moment(when, when, when), document="d")


def test_a_row_of_agreements_tells_what_is_new_carried_on_and_not_mentioned_again():
    entities = [
        entity("a1", "Agreement", "2019", "2020", "Rammeaftale 2019-2020"),
        entity("a2", "Agreement", "2021", "2022", "Rammeaftale 2021-2022"),
        entity("area", "DevelopmentArea"), entity("old", "Initiative"), entity("new", "Initiative"),
    ]  # fmt: skip
    claims = [
        said(1, "area", "underAgreement", "a1", "2019-05-01"), said(2, "area", "underAgreement", "a2", "2021-05-01"),
        said(3, "old", "underArea", "area", "2019-05-01"), said(4, "new", "underArea", "area", "2021-06-01"),
    ]  # fmt: skip
    frames = Frames(entities, claims, read_vocabulary(None))
    [series] = frames.series(["area", "old", "new"])
    assert series.agreements == ("a1", "a2")
    assert dict(series.rows) == {"area": "+>", "old": "+o", "new": " +"}
    assert frames.place("new") == ("a2", "area", "")


def test_an_end_that_a_claim_states_is_told_as_an_end():
    entities = [
        entity("a1", "Agreement", "2019", "2020", "Rammeaftale 2019"), entity("a2", "Agreement", "2021", "2022", "Rammeaftale 2021"),
        entity("t", "Initiative", "2019", "2020"), entity("u", "Initiative"),
    ]  # fmt: skip
    claims = [said(1, "t", "underAgreement", "a1", "2019-05-01"), said(2, "u", "underAgreement", "a2", "2021-05-01")]
    [series] = Frames(entities, claims, read_vocabulary(None)).series(["t", "u"])
    assert dict(series.rows) == {"t": "+x", "u": " +"}


def test_other_names_are_told_apart_by_language():
    entities = [
        Entity("v", ("Municipality",), Text(da="Viborg Kommune", en="Viborg Municipality"), aliases=("Municipality of Viborg", "Viborg", "Kommunen i Viborg")),
        Entity("s", ("Municipality",), Text(da="Skive Kommune", en="Skive Municipality")),
    ]  # fmt: skip
    assert tongues(entities, [e.aliases for e in entities]) == {0: "e  "}


def test_a_name_that_the_words_of_the_others_find_is_not_said_twice():
    entity = Entity(
        "a", ("Municipality",), Text(da="Ådal Kommune", en="Ådal Municipality"), aliases=("Aadal", "kommunen i Dalen")
    )
    assert other_names(entity) == ["kommunen i Dalen"]


def test_all_that_the_page_knows_of_a_relation_or_a_class_is_the_vocabulary():
    data, _ = payload(made(60))
    vocabulary = read_vocabulary(None)
    for row in data["relations"]:
        known = vocabulary.predicate(row["name"])
        assert (row["da"], row["order"]) == (known.label["da"], known.order)
    assert [one["name"] for one in data["involvements"]] == [
        i.name for i in sorted(vocabulary.involvements.values(), key=lambda i: (i.order, i.name))
    ]
    assert len({one["letter"]["da"] for one in data["involvements"]}) == len(data["involvements"])
    assert SAM not in str(data["kinds"])


def test_people_are_those_who_can_hold_an_office():
    kinds = {one["name"]: one["person"] for one in payload(made(60))[0]["kinds"]}
    assert kinds["Person"]
    assert not kinds["Municipality"]
