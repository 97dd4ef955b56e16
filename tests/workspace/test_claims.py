"""Claims and entities as they are written: what is taken, what is refused, and keys that stay what they are."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from samgraf.workspace.entries import Bilingual, ClaimEntry, DocumentHead, Entity, claim_key

PLAIN: dict[str, Any] = {"subject": "viborg", "predicate": "memberOf", "object": "klyngen"}


def entry(**fields: Any) -> ClaimEntry:
    return ClaimEntry.model_validate({**PLAIN, **fields})


def key(claim: ClaimEntry) -> str:
    return claim_key("doc", claim, claim.subject[0], claim.object[0] if claim.object else None)


def test_one_name_and_a_list_of_one_are_the_same() -> None:
    assert entry(subject="viborg", object="klyngen") == entry(subject=["viborg"], object=["klyngen"])


REFUSED = [
    ({"subject": []}, "at least 1 item"),
    ({"subject": "Viborg Kommune"}, "pattern"),
    ({"subject": "vi--borg"}, "pattern"),
    ({"subject": "-viborg"}, "pattern"),
    ({"subject": "../../etc/passwd"}, "pattern"),
    ({"subject": "viborg> . <x"}, "pattern"),
    ({"subject": "x" * 121}, "at most 120"),
    ({"predicate": "member of"}, "pattern"),
    ({"predicate": "rdf:type"}, "pattern"),
    ({"object": None}, "either 'object'"),
    ({"value": "both"}, "either 'object'"),
    ({"from": "2021", "until": "2020"}, "is after 'until'"),
    ({"from": "snart"}, "is no date"),
    ({"until": True}, "Moment"),
    ({"from": "2019/2021"}, "not an interval; write from: 2019, until: 2021"),
    ({"until": "../2021"}, "not an interval; write until: 2021"),
    ({"modality": "maybe"}, "'stated', 'proposed' or 'expected'"),
    ({"complete": "both"}, "'subjects' or 'objects'"),
    ({"at": "0"}, "pattern"),
    ({"at": "-3"}, "pattern"),
    ({"at": "12345678"}, "pattern"),
    ({"at": "3 " + "x" * 400}, "at most 300"),
    ({"note": "   "}, "at least 1 character"),
    ({"note": "x" * 2001}, "at most 2000"),
    ({"colour": "red"}, "Extra inputs"),
    ({"kind": "guess"}, "'baseline'"),
]


@pytest.mark.parametrize(("fields", "told"), REFUSED, ids=lambda x: repr(x)[:40])
def test_a_wrong_claim_is_refused(fields: dict[str, Any], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        entry(**fields)


def test_a_period_may_begin_within_the_year_in_which_it_ends() -> None:
    assert entry(**{"from": "2021-06", "until": "2021"}).until is not None


def test_the_key_tells_the_document_and_is_twelve_hexadecimal_digits() -> None:
    document, _, digest = key(entry()).partition("/")
    assert document == "doc"
    assert len(digest) == 12
    assert int(digest, 16) >= 0


def test_the_key_is_the_same_today_and_tomorrow() -> None:
    """A key that changes breaks every link to a claim: this one is written down."""
    full = entry(role="chair", onBehalfOf="kl", modality="expected", **{"from": "2020", "until": "2021-03"})
    assert (key(entry()), key(full)) == ("doc/f2107e70e3e3", "doc/09507e54dd94")


IN_THE_KEY = [
    {"subject": "skive"}, {"predicate": "chairs"}, {"object": "alliancen"}, {"role": "chair"}, {"onBehalfOf": "kl"}, {"from": "2020"},
    {"until": "2020"}, {"modality": "proposed"}, {"object": None, "value": "3"}, {"object": None, "value": 3}, {"kind": "count"},
    {"unit": "persons"}, {"measure": {"da": "x"}}, {"population": {"da": "x"}}, {"object": None, "value": {"da": "3"}},
]  # fmt: skip
NOT_IN_THE_KEY = [{"note": "n"}, {"at": "3"}, {"complete": "subjects"}, {"id": "named"}, {"supersedes": "other"}]


def test_different_facts_have_different_keys() -> None:
    keys = [key(entry(**fields)) for fields in [{}, *IN_THE_KEY]]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("fields", NOT_IN_THE_KEY, ids=str)
def test_what_is_said_about_a_claim_does_not_change_its_key(fields: dict[str, Any]) -> None:
    assert key(entry(**fields)) == key(entry())


@given(st.permutations(sorted({**PLAIN, "role": "chair", "from": "2020", "at": "3", "note": "n"}.items())))
def test_the_order_of_the_fields_does_not_matter(items: list[tuple[str, Any]]) -> None:
    assert key(ClaimEntry.model_validate(dict(items))) == key(entry(role="chair", **{"from": "2020"}))


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=60))
def test_any_label_is_kept_as_it_is_but_for_its_ends(text: str) -> None:
    try:
        made = Entity.model_validate({"id": "x", "type": "Person", "label": text})
    except ValidationError:
        assert not text.strip()
    else:
        assert made.label.da == made.label.en == text.strip()


@pytest.mark.parametrize(
    "homepage", ["javascript:alert(1)", "example.org", "https://x y", 'https://x"y', "https://<x>", "ftp://x", ""]
)
def test_a_homepage_is_an_address_and_nothing_else(homepage: str) -> None:
    with pytest.raises(ValidationError):
        Entity.model_validate({"id": "x", "type": "Person", "label": "X", "homepage": homepage})


def test_danish_stands_in_where_there_is_no_english() -> None:
    assert Bilingual(da="hus").in_language("en") == "hus"
    assert Bilingual(da="hus", en="house").in_language("en") == "house"
    assert Bilingual(da="hus", en="house").in_language("da") == "hus"


@pytest.mark.parametrize(
    "label", [{}, {"en": "only English"}, {"da": ""}, {"da": "x", "de": "x"}, 3, None, [], {"da": ["x"]}]
)
def test_a_label_needs_danish(label: Any) -> None:
    with pytest.raises(ValidationError):
        DocumentHead.model_validate({"id": "d", "label": label})
