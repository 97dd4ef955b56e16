"""The rules cost what the claims cost: twice the data, about twice the work, in each rule and in all together."""

from __future__ import annotations

import time

import pyoxigraph as ox

from samgraf.namespaces import ENTITY, GRAPH, ONTOLOGY_GRAPH, SAM
from samgraf.rdf.rules import Rule, conclusions, read_rules
from samgraf.vocabulary.reading import read_vocabulary

AT_MOST = 2.5 * 2.5
"""For data doubled twice, each time with room for noise; a rule that tries each row against each gives 16."""
TELLING = 0.02
"""Seconds of CPU that a rule must take on the most data for its growth to be more than the noise of the machine."""
SIZES = (60, 240)
TRIES = 3
STATUSES = ("approved", "going", "done")
_HEAD = f"""@prefix : <{ENTITY}> . @prefix sam: <{SAM}> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix dct: <http://purl.org/dc/terms/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
_PAPERS = "".join(
    f':paper{n} sam:isBackground false ; dct:issued "{year}"^^edtf:EDTF ;'
    f' sam:issuedEarliest "{year}-01-01"^^xsd:date ; sam:issuedLatest "{year}-12-31"^^xsd:date .\n'
    for n, year in enumerate((2020, 2021, 2022))
)
KINDS = {
    "m": "Municipality", "r": "Region", "u": "Unit", "s": "Person", "c": "Cluster", "k": "Group", "b": "Body",
    "i": "Initiative", "p": "Initiative", "w": "Initiative", "e": "Meeting", "a": "DevelopmentArea", "d": "DevelopmentArea", "g": "Agreement",
}  # fmt: skip


def claims_of(n: int, size: int) -> list[tuple[str, str, str]]:
    """Give the claims of the n-th of each kind of thing: as many for each, so that only their number grows."""
    whole = " ; sam:completeness sam:completeSubjects"
    day = f"2019-{1 + n % 9:02d}-01"
    return [
        (f"u{n}", "partOf", f":m{n}"),
        (f"p{n}", "partOf", f":i{n}"),
        (f"w{n}", "partOf", f":p{n}"),
        (f"m{n}", "memberOf", f":c{n // 4}"),
        (f"m{n}", "memberOf", f":k{n // 4}{whole}"),
        (f"m{n}", "participatesIn", f":w{n // 4}{whole}"),
        (f"r{n}", "memberOf", f":regions{whole}"),
        (f"r{n}", "participatesIn", ":everybody"),
        (f"c{n}", "participatesIn", f":i{(n * 7) % size}"),
        (f"k{n}", "participatesIn", f":p{(n * 9) % size}"),
        (f"u{n}", "participatesIn", f":p{(n * 3) % size}"),
        (f"m{n}", "participatesIn", f":p{(n * 5) % size} ; sam:role :adviser"),
        (f"m{n}", "collaboratesWith", f":m{(n + 1) % size}"),
        (f"m{n}", "hosts", f':e{n} ; sam:validFrom "{day}"^^edtf:EDTF ; sam:validFromEarliest "{day}"^^xsd:date'),
        (f"s{n}", "chairs", f":b{n}"),
        (f"s{n}", "participatesIn", f":e{(n * 7) % size} ; sam:onBehalfOf :m{n}"),
        (f"s{n}", "represents", f":r{n}"),
        (f"d{n}", "partOf", f":a{n}"),
        (f"a{n}", "underAgreement", f":g{n}"),
        (f"i{n}", "startDate", f'"{day}"^^edtf:EDTF ; sam:valueEarliest "{day}"^^xsd:date ; sam:valueLatest "{day}"^^xsd:date'),
        *((f"i{n}", "hasStatus", f":{status}") for status in STATUSES),
    ]  # fmt: skip


def graph(size: int) -> ox.Store:
    """Municipalities with units, in clusters and groups, in initiatives with parts, dates and statuses, at meetings, alike in all sizes."""
    parts = [_HEAD, _PAPERS, ":regions a sam:Group ; sam:primaryType sam:Group .\n"]
    parts.append(":everybody a sam:Initiative ; sam:primaryType sam:Initiative .\n")
    parts += [f':{name} a sam:Status ; sam:phase "underway" .\n' for name in STATUSES]
    parts.append(":adviser a sam:Role ; sam:involvement sam:involvementTouched .\n")
    for n in range(size):
        for letter, kind in KINDS.items():
            parts.append(f':{letter}{n} a sam:{kind} ; sam:primaryType sam:{kind} ; rdfs:label "{kind} {n}"@da .\n')
        for number, (s, p, o) in enumerate(claims_of(n, size)):
            document = STATUSES.index(o[1:]) if p == "hasStatus" else 0
            parts.append(
                f"<https://w3id.org/samgraf/claim/paper/{n}-{number}> a sam:Claim ; rdf:subject :{s} ; rdf:predicate sam:{p} ;"
                f" rdf:object {o} ; sam:modality sam:stated ; dct:source :paper{document} .\n:{s} sam:{p} {o.split(' ; ')[0]} .\n"
            )
    store = ox.Store()
    ontology = ox.NamedNode(ONTOLOGY_GRAPH)
    store.extend([ox.Quad(t.subject, t.predicate, t.object, ontology) for t in read_vocabulary(None).triples])
    store.load("".join(parts).encode(), format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(GRAPH + "paper"))
    return store


def growth(rule: Rule, less: ox.Store, more: ox.Store) -> float:
    """Give how many times as long a rule takes on more data as on less."""
    spent = []
    for store in (less, more):
        began = time.process_time()
        found = conclusions(rule, store)
        spent.append(time.process_time() - began)
        assert found is not None
    return spent[1] / spent[0] if spent[1] > TELLING else 1.0


def test_four_times_the_claims_cost_about_four_times() -> None:
    less, more = (graph(size) for size in SIZES)
    steep = {}
    for rule in read_rules(None):
        ratios = [growth(rule, less, more)]
        while ratios[-1] > AT_MOST and len(ratios) < TRIES:
            ratios.append(growth(rule, less, more))
        if ratios[-1] > AT_MOST:
            steep[rule.name] = ratios
        for store in (less, more):
            store.extend(conclusions(rule, store) or [])
    assert not steep, "these rules grow faster than the data"


def test_each_rule_has_rows_to_work_on() -> None:
    """A rule without rows shows nothing of its growth."""
    store, made = graph(12), {}
    for rule in read_rules(None):
        found = conclusions(rule, store) or []
        made[rule.name] = len(found)
        store.extend(found)
    assert [name for name, count in made.items() if not count] == []


def test_a_membership_told_again_multiplies_premises_and_not_what_follows() -> None:
    """Each involvement of a member is written once, and leads to every claim that says it is one."""
    tellings, rows, premises = (1, 8), [], []
    for often in tellings:
        lines = [_HEAD, _PAPERS, ":m a sam:Municipality . :c a sam:Cluster .\n"]
        lines += [f":i{n} a sam:Initiative .\n" for n in range(5)]
        said = [("m", "memberOf", "c")] * often + [("c", "participatesIn", f"i{n}") for n in range(5)]
        lines += [
            f"<https://w3id.org/samgraf/claim/paper/{n}> a sam:Claim ; rdf:subject :{s} ; rdf:predicate sam:{p} ;"
            f" rdf:object :{o} ; sam:modality sam:stated ; dct:source :paper0 .\n"
            for n, (s, p, o) in enumerate(said)
        ]
        store = graph(0)
        store.load("".join(lines).encode(), format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(GRAPH + "paper"))
        made = {}
        for rule in read_rules(None):
            found = conclusions(rule, store) or []
            made[rule.name] = len(found)
            store.extend(found)
        rows.append(made["50-member"])
        source = ox.NamedNode("http://www.w3.org/ns/prov#wasDerivedFrom")
        member = store.quads_for_pattern(None, ox.NamedNode(SAM + "viaKind"), ox.NamedNode(SAM + "member"), None)
        premises.append([len(set(store.quads_for_pattern(q.subject, source, None, None))) for q in member])
    assert rows[0] == rows[1] > 0
    assert premises == [[1 + often] * 5 for often in tellings]
