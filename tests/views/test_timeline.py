"""The story of an entity, in the order of time."""

from __future__ import annotations

from samgraf.views.timeline import timeline


def test_dates_in_order_with_both_ends_of_a_period(small) -> None:
    moments = timeline(small("faelles-front"), "da")
    assert [m.date.edtf for m in moments if m.claim.predicate == "participatesIn"] == ["2022-01-01", "2024"]
    assert [m.date.earliest for m in moments] == sorted(m.date.earliest for m in moments)
    (status,) = (m for m in moments if m.kind == "status")
    assert status.date.edtf == "2023-05-04"
    assert all(m.sources for m in moments)


def test_a_moved_meeting_is_there_twice_and_marked(small) -> None:
    moments = timeline(small("aabent-hus"), "en")
    assert [(m.date.edtf, bool(m.claim.superseded_by)) for m in moments if m.kind == "event"] == [
        ("2023-09-09", True),
        ("2023-09-16", False),
    ]


def test_what_a_body_decided_on_has_its_date_in_the_bodys_story(small) -> None:
    assert "2023-09-16" in [m.date.edtf for m in timeline(small("styregruppen"), "da")]


def test_what_is_only_expected_says_so(real) -> None:
    marked = [m for m in timeline(real("voksencirklen"), "en") if m.claim.modality == "expected"]
    assert marked
    assert all("expected" in m.text for m in marked)


def test_nothing_derived_is_told_as_an_event(real) -> None:
    assert not [m for m in timeline(real("viborg"), "da") if m.claim.predicate == "involvedIn"]
