"""Parameters are bound as terms: whatever a value holds, the query stays the query that it was."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samgraf.errors import UsageError
from samgraf.library import bind, bind_terms, read_query
from samgraf.rdf.lexing import variables

TEXT = """# param: text | text | required | a text
# param: who | entity | optional | an entity
# param: day | date | optional | a day
# param: from | date | optional | the first day
# param: number | number | optional | a number
# param: kind | class | optional | a class
# param: how | predicate | optional | a predicate
SELECT ?found WHERE { BIND($text AS ?found) FILTER(COALESCE($who = $who, true)) }
"""
QUERY, _ = read_query("trial", "trial.rq", TEXT, complete=False)
HOSTILE = [
    '"',
    "'",
    '"""',
    "\\",
    '\\"',
    "} DROP ALL #",
    "$who",
    "?who",
    "\n",
    "\r",
    "<x>",
    "> <",
    "\u2028",
    "\0x"[1:],
    "#",
    "{",
    "𝔘",
    "' . ?s ?p ?o",
]


def _identity(name: str) -> str:
    return name


def _answer(sparql: str) -> list[str]:
    result = ox.Store().query(sparql)
    assert isinstance(result, ox.QuerySolutions)
    return [row["found"].value for row in result]  # type: ignore[union-attr]


@given(st.lists(st.one_of(st.sampled_from(HOSTILE), st.text())).map("".join))
def test_a_text_comes_back_as_it_was(value: str) -> None:
    if "\0" in value or any("\ud800" <= c <= "\udfff" for c in value):
        with pytest.raises(UsageError):
            bind(QUERY, {"text": value}, _identity)
        return
    assert _answer(bind(QUERY, {"text": value}, _identity)) == [value]


@given(
    st.lists(st.one_of(st.sampled_from(HOSTILE), st.text())).map("".join),
    st.sampled_from(["who", "day", "number", "kind", "how"]),
)
def test_any_value_is_one_term_or_refused(value: str, name: str) -> None:
    try:
        sparql = bind(QUERY, {"text": "x", name: value}, _identity)
    except UsageError:
        return
    assert _answer(sparql) == ["x"]


@given(st.text(alphabet="$who\"'#<>\\\n ?x{}:.a1"))
def test_the_reader_of_variables_never_fails_and_never_overlaps(text: str) -> None:
    done = 0
    for start, end in variables(text):
        assert done <= start < end <= len(text)
        assert text[start] == "$"
        done = end


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("SELECT $a { $a ?p $b }", 3), ('"$a" $a', 1), ("'$a' $a", 1), ('"""x " $a """ $a', 1), ("'''it's $a''' $a", 1),
        ('"\\"$a" $a', 1), ("# $a\n$a", 1), ("<http://x/$a> $a", 1), ("?x < $a && ?y > $a", 2), ("FILTER(?x<$a)", 1),
        ("$", 0), ("$ a", 0), ("$a_b$c", 2), ("REGEX(?x, 'a$')", 0), ("?a<?b&&?c>$a", 1),
    ],
)  # fmt: skip
def test_variables_are_found_where_sparql_has_them(text: str, count: int) -> None:
    assert len(list(variables(text))) == count


def test_an_unbound_parameter_stays_a_variable_and_is_never_read_twice() -> None:
    terms = {"a": ox.Literal("$b"), "b": ox.Literal("no")}
    assert bind_terms("$a $c", terms) == '"$b" $c'


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("day", "2020-11-23", '"2020-11-23"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("day", "2020-02", '"2020-02-29"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("day", "1900-02", '"1900-02-28"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("from", "2020", '"2020-01-01"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("day", "2020", '"2020-12-31"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("number", "24", '"24"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("number", "-3.5", '"-3.5"^^<http://www.w3.org/2001/XMLSchema#double>'),
        ("kind", "Initiative", "<https://w3id.org/samgraf/ontology#Initiative>"),
        ("how", "sam:memberOf", "<https://w3id.org/samgraf/ontology#memberOf>"),
        ("how", "http://www.w3.org/ns/org#memberOf", "<http://www.w3.org/ns/org#memberOf>"),
        ("who", "https://example.org/x", "<https://example.org/x>"),
    ],
)
def test_values_become_terms(name: str, value: str, expected: str) -> None:
    query = QUERY._replace(text=f"${name}")
    assert bind(query, {"text": "x", name: value}, _identity) == expected


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "text is missing"),
        ({"text": "x", "nobody": "y"}, "no parameter 'nobody'"),
        ({"text": "x", "day": "i går"}, "is no day"),
        ({"text": "x", "day": "2020-13"}, "is no day"),
        ({"text": "x", "day": "2021-02-29"}, "day='2021-02-29'"),
        ({"text": "x", "day": "2020-1-1"}, "is no day"),
        ({"text": "x", "day": "0000"}, "day='0000'"),
        ({"text": "x", "number": "mange"}, "is no number"),
        ({"text": "x", "number": "٣"}, "is no number"),
        ({"text": "x", "number": "1e400"}, "is no number"),
        ({"text": "x", "kind": "No Such"}, "no name of the ontology"),
        ({"text": "x", "who": ""}, "is empty"),
        ({"text": "x", "who": "> <b"}, "who="),
        ({"text": "x", "how": "http://x/> <y"}, "how="),
    ],
)
def test_what_is_wrong_is_said_with_the_parameters_that_there_are(values: dict[str, str], words: str) -> None:
    with pytest.raises(UsageError) as raised:
        bind(QUERY, values, _identity)
    assert words in str(raised.value)
    assert "trial takes text (text, required), who (entity)" in str(raised.value)


@pytest.mark.parametrize(
    ("sparql", "expected"),
    [
        ("SELECT * FROM <http://x> { ?s ?p ?o }", True), ("SELECT *\nfrom named <http://x>{ ?s ?p ?o }", True), ("CONSTRUCT {?s ?p ?o}FROM x:y WHERE {}", True),
        ("SELECT ?from { ?from sam:from 'FROM <x>' } # FROM <x>", False), ("ASK { <http://FROM> ?p ' FROM ' }", False), ("SELECT $from {}", False),
    ],
)  # fmt: skip
def test_a_query_that_names_its_graphs_is_known(sparql: str, expected: bool) -> None:
    from samgraf.rdf.lexing import names_graphs

    assert names_graphs(sparql) is expected


@pytest.mark.parametrize(
    ("sparql", "expected"),
    [
        ("SELECT * {}", "rows"), ("# ASK {}\nPREFIX ask: <http://ask/> SELECT * {}", "rows"), ("ASK{}", "boolean"), ("base <http://x> describe <x>", "graph"),
        ("PREFIX : <http://construct#> CONSTRUCT { } WHERE { }", "graph"), ("", "rows"), ("PREFIX select: <a:> ASK {}", "boolean"), ("<", "rows"), ("#", "rows"),
    ],
)  # fmt: skip
def test_the_form_of_a_query(sparql: str, expected: str) -> None:
    from samgraf.library.running import form_of

    assert form_of(sparql) == expected
