"""Periods in words: what people write, and what it means, in both languages; and nothing read into what is no period."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samgraf.language.dates import parse_date
from samgraf.language.messages import languages, messages
from samgraf.language.periods import JOINS, KINDS, offered, periods

DANISH = [
    ("23. november 2020", "2020-11-23"), ("den 23. nov. 2020", "2020-11-23"), ("23.november 2020", "2020-11-23"), ("23/11 2020", "2020-11-23"),
    ("23/11-2020", "2020-11-23"), ("23.11.2020", "2020-11-23"), ("23-11-2020", "2020-11-23"), ("2020-11-23", "2020-11-23"), ("3. juni 2024", "2024-06-03"),
    ("november 2020", "2020-11"), ("Nov 2020", "2020-11"), ("marts måned 2021", "2021-03"),
    ("1. kvartal 2025", "2025-33"), ("første kvartal af 2025", "2025-33"), ("Q3 2025", "2025-35"), ("4. kvt. 2024", "2024-36"), ("sidste kvartal 2024", "2024-36"),
    ("første halvår 2025", "2025-40"), ("2. halvår 2025", "2025-41"), ("andet halvår i 2025", "2025-41"), ("første halvdel af 2025", "2025-40"), ("2. tertial 2021", "2021-38"),
    ("foråret 2019", "2019-21"), ("forår 2019", "2019-21"), ("foraaret 2019", "2019-21"), ("sommeren 2019", "2019-22"), ("efteråret 2019", "2019-23"),
    ("vinteren 2019", "2019-24"), ("vinteren 2019/20", "2019-24"), ("vinteren 2019-2020", "2019-24"),
    ("primo marts 2021", "2021-03-01/2021-03-10"), ("medio marts 2021", "2021-03-11/2021-03-20"), ("ultimo februar 2020", "2020-02-21/2020-02-29"),
    ("begyndelsen af marts 2021", "2021-03-01/2021-03-10"), ("midten af marts 2021", "2021-03-11/2021-03-20"), ("slutningen af februar 2021", "2021-02-21/2021-02-28"),
    ("primo 2024", "2024-33"), ("midten af 2024", "2024-04/2024-09"), ("ultimo 2024", "2024-36"), ("udgangen af 2024", "2024-36"), ("tidligt i 2024", "2024-33"),
    ("uge 12 2025", "2025-03-17/2025-03-23"), ("uge 1, 2025", "2024-12-30/2025-01-05"), ("uge 53 2020", "2020-12-28/2021-01-03"),
    ("skoleåret 2024/25", "2024-08/2025-07"), ("skoleåret 2024-2025", "2024-08/2025-07"), ("årsskiftet 2024/25", "2024-12/2025-01"),
    ("ca. 2020", "2020~"), ("omkring 2020", "2020~"), ("2010'erne", "201X"), ("2022", "2022"), ("i løbet af 2022", "2022"),
    ("fra 2019 til 2021", "2019/2021"), ("mellem 2019 og 2021", "2019/2021"), ("2019-2021", "2019/2021"), ("2019–2021", "2019/2021"), ("fra marts til juni 2021", "2021-03/2021-06"),
    ("marts-juni 2021", "2021-03/2021-06"), ("fra 1. kvartal 2025 til 3. kvartal 2025", "2025-33/2025-35"), ("foråret 2019 til efteråret 2020", "2019-21/2020-23"),
    ("siden 2019", "2019/.."), ("fra og med marts 2021", "2021-03/.."), ("2021 og frem", "2021/.."), ("indtil 2020", "../2020"), ("til og med juni 2020", "../2020-06"),
]  # fmt: skip
ENGLISH = [
    ("23 November 2020", "2020-11-23"), ("November 23, 2020", "2020-11-23"), ("the 23rd of November 2020", "2020-11-23"), ("1st March 2021", "2021-03-01"),
    ("November 2020", "2020-11"), ("May 2021", "2021-05"), ("Q1 2025", "2025-33"), ("the first quarter of 2025", "2025-33"), ("2nd quarter 2025", "2025-34"),
    ("first half of 2025", "2025-40"), ("H2 2025", "2025-41"), ("last quarter of 2024", "2024-36"), ("spring 2019", "2019-21"), ("the spring of 2019", "2019-21"),
    ("fall 2019", "2019-23"), ("winter 2019/20", "2019-24"), ("mid-March 2021", "2021-03-11/2021-03-20"), ("early March 2021", "2021-03-01/2021-03-10"),
    ("the end of March 2021", "2021-03-21/2021-03-31"), ("late 2024", "2024-36"), ("the beginning of 2024", "2024-33"), ("week 12 of 2025", "2025-03-17/2025-03-23"),
    ("school year 2024/25", "2024-08/2025-07"), ("the 2010s", "201X"), ("circa 2020", "2020~"), ("from 2019 to 2021", "2019/2021"), ("between 2019 and 2021", "2019/2021"),
    ("from March to June 2021", "2021-03/2021-06"), ("since 2019", "2019/.."), ("from 2020 onwards", "2020/.."), ("until June 2020", "../2020-06"),
]  # fmt: skip
NO_PERIOD = [
    "", "snart", "i går", "2021-22", "2021/23", "vinteren 2019/21", "sommeren 2019/20", "skoleåret 2024/26", "31. februar 2021", "32. marts 2021", "5. kvartal 2025",
    "4. halvår 2021", "uge 53 2025", "uge 60 2025", "2015'erne", "2021 til 2019", "kommunekode 0791", "200 borgere", "1. kvartal", "marts", "den 4. maj", "3022",
]  # fmt: skip


@pytest.mark.parametrize(("text", "edtf"), DANISH)
def test_danish_is_read(text: str, edtf: str) -> None:
    assert periods("da").read(text) == parse_date(edtf)
    assert periods("da").read(f"  {text.upper()} ") == parse_date(edtf)


@pytest.mark.parametrize(("text", "edtf"), ENGLISH)
def test_english_is_read(text: str, edtf: str) -> None:
    assert periods("en").read(text) == parse_date(edtf)


@pytest.mark.parametrize("text", NO_PERIOD)
def test_what_is_no_whole_period_is_not_read(text: str) -> None:
    assert offered(text) is None


@pytest.mark.parametrize(("text", "found"), [
    ("Hvem sad i udvalget den 23. november 2020, og hvad skete i foråret 2019?", ["2020-11-23", "2019-21"]),
    ("Hvad blev aftalt for 1. kvartal 2025 og ultimo 2024?", ["2025-33", "2024-36"]),
    ("Rammeaftale 2021-22 og status 2021-2022", ["2021/2022"]),
    ("Hvad skete der i marts og den 4. maj?", ["XXXX-03", "XXXX-05-04"]),
    ("Hvad skete fra marts til juni 2021?", ["2021-03/2021-06"]),
    ("Hvem har været med siden 2019?", ["2019/.."]),
    ("Ring på 20202020 eller kig i sag 19-2020-5", []),
])  # fmt: skip
def test_periods_are_found_in_a_question(text: str, found: list[str]) -> None:
    assert [f.moment.edtf for f in periods("da").find(text)] == found


def test_the_place_in_the_text_is_that_of_the_words() -> None:
    text = "Hvad skete i FORÅRET 2019 og siden 2020?"
    assert [text[f.start : f.end] for f in periods("da").find(text)] == ["FORÅRET 2019", "siden 2020"]


@pytest.mark.parametrize("language", languages())
def test_the_data_file_uses_only_what_there_is(language: str) -> None:
    content = messages(language).section("periods")
    assert set(content["forms"]) <= KINDS
    assert set(content["joined"]) <= JOINS
    assert [int(n) for n in content["months"]] == list(range(1, 13))


def test_every_form_of_the_data_files_is_proven() -> None:
    """A form that no example above reaches could be wrong and nobody would know."""
    for language, cases in (("da", DANISH), ("en", ENGLISH)):
        reader = periods(language)
        kinds = {
            kind
            for kind, of in reader._words["forms"].items()
            for t in of
            for text, _ in cases
            if reader._pattern(t).fullmatch(text)
        }
        assert kinds | {"third", "turn", "year"} >= set(reader._words["forms"]), language


@given(st.text(max_size=80))
def test_any_text_is_searched(text: str) -> None:
    for language in languages():
        for found in periods(language).find(text):
            assert 0 <= found.start < found.end <= len(text)


@given(
    st.sampled_from(
        ["fra ", "siden ", "23. ", "marts ", "2021", "/", "-", " ", "kvartal ", "uge ", "1. ", "og ", "til "]
    ),
    st.integers(0, 400),
)
def test_long_texts_cost_little(piece: str, times: int) -> None:
    periods("da").find(piece * times)
