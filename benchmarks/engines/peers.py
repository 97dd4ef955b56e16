"""The same questions asked of several engines in one run:

python -m benchmarks.engines peers [--workspace DIR | --claims N] [--seconds N]

  samgraf  the snapshot, opened: its derived tables where there is one, else its store on disk
  memory   pyoxigraph, in memory
  disk     pyoxigraph, on disk
  rdflib   rdflib's Dataset
  maplib   maplib's Model, where it is installed

Each engine runs in a process of its own, one after the other, on the union of the same N-Quads. A time is the median of the
rounds that fit in so many seconds; a query that takes longer than thirty times that is given up. The answers must be the same.
With --claims, what is asked of is a workspace of so many (`benchmarks.growth`; 3600 give about 200,000 triples), and the actor
one of its municipalities.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

import samgraf
from benchmarks.growth import make
from samgraf.namespaces import ENTITY, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable

ENGINES = ("samgraf", "memory", "disk", "rdflib", "maplib")
ACTOR, MADE = os.environ.get("SAMGRAF_PEERS_ACTOR") or "region-midtjylland", "municipality-0"
"""Who is asked about; in a workspace that is made."""
DAY = "2021-06-01"
HEAD = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
_TOGETHER = """
  ?one rdf:subject {a} ; sam:collaborates true ; sam:countsAs ?shared .
  ?other rdf:subject ?b ; sam:collaborates true ; sam:countsAs ?shared .
  FILTER NOT EXISTS {{ {a} sam:belongsTo ?b }} FILTER NOT EXISTS {{ ?b sam:belongsTo {a} }}
  OPTIONAL {{ ?one sam:effectiveFromEarliest ?from1 }} OPTIONAL {{ ?one sam:effectiveUntilLatest ?until1 }}
  OPTIONAL {{ ?other sam:effectiveFromEarliest ?from2 }} OPTIONAL {{ ?other sam:effectiveUntilLatest ?until2 }}
  FILTER(COALESCE(?from1 <= ?until2, true) && COALESCE(?from2 <= ?until1, true))
"""
_EVERYBODY = "FILTER NOT EXISTS { ?one sam:everybody true } FILTER(STR(?a) < STR(?b))"
SPARQL = {
    "label": "SELECT ?x WHERE { $actor rdfs:label ?x }",
    "two hops": "SELECT DISTINCT ?x WHERE { $actor ?p ?m . ?m ?q ?x FILTER(isIRI(?x)) }",
    "collaborators": "SELECT ?b (COUNT(DISTINCT ?shared) AS ?n) WHERE {"
    + _TOGETHER.format(a="$actor")
    + " FILTER(?b != $actor) } GROUP BY ?b",
    "path": "SELECT DISTINCT ?x WHERE { ?x sam:partOf+ $actor }",
    "as of": f"""SELECT DISTINCT ?x WHERE {{
  ?claim rdf:subject $actor ; a sam:Collaboration ; rdf:object ?x .
  OPTIONAL {{ ?claim sam:effectiveFromEarliest ?first }} OPTIONAL {{ ?claim sam:effectiveFromLatest ?latest }}
  OPTIONAL {{ ?claim sam:attestedEarliest ?spoken }} OPTIONAL {{ ?claim sam:effectiveUntilLatest ?ends }}
  FILTER(COALESCE(COALESCE(?first, ?latest, ?spoken) <= "{DAY}"^^xsd:date, true) && COALESCE("{DAY}"^^xsd:date <= ?ends, true))
}}""",
    "all pairs": "SELECT ?a ?b (COUNT(DISTINCT ?shared) AS ?n) WHERE {"
    + _TOGETHER.format(a="?a")
    + _EVERYBODY
    + "} GROUP BY ?a ?b",
}
Rows = set[tuple[str, ...]]


def written(name: str) -> str:
    """Give a question as any engine takes it."""
    return HEAD + SPARQL[name].replace("$actor", f"<{ENTITY}{ACTOR}>")


def _oxigraph(store: ox.Store) -> Callable[[str], Rows]:
    def ask(name: str) -> Rows:
        found: Any = store.query(written(name), use_default_graph_as_union=True)
        return {tuple(term.value for term in row) for row in found}

    return ask


def _memory(file: str, _: str) -> Callable[[str], Rows]:
    store = ox.Store()
    store.bulk_load(path=file, format=ox.RdfFormat.N_QUADS)
    return _oxigraph(store)


def _disk(file: str, folder: str) -> Callable[[str], Rows]:
    store = ox.Store(folder)
    store.bulk_load(path=file, format=ox.RdfFormat.N_QUADS)
    store.optimize()
    return _oxigraph(store)


def _rdflib(file: str, _: str) -> Callable[[str], Rows]:
    from rdflib import Dataset

    held = Dataset(default_union=True)
    held.parse(file, format="nquads")
    return lambda name: {tuple(str(term) for term in row) for row in held.query(written(name))}  # type: ignore[union-attr]


def _maplib(file: str, folder: str) -> Callable[[str], Rows]:
    from maplib import Model  # type: ignore[import-not-found]

    with open(file, "rb") as stream:
        triples = {quad.triple for quad in ox.parse(stream, format=ox.RdfFormat.N_QUADS)}
    place = os.path.join(folder, "all.nt")
    ox.serialize(triples, output=place, format=ox.RdfFormat.N_TRIPLES)
    model = Model()
    model.read(place, format="ntriples")

    def ask(name: str) -> Rows:
        rows = model.query(written(name)).rows()
        return {
            tuple(str(cell).strip("<>").rpartition("@")[0].strip('"') or str(cell).strip("<>") for cell in row)
            for row in rows
        }

    return ask


def _samgraf(_file: str, _folder: str) -> Callable[[str], Rows]:
    from samgraf.store.collaborations import CollaborationTable
    from samgraf.views.network.projection import ACTORS, project
    from samgraf.views.partners import partners

    graph = samgraf.open(os.environ.get("SAMGRAF_WORKSPACE"))
    table = CollaborationTable(graph.folder or "")
    reader: Any = graph.reader

    def ask(name: str) -> Rows:
        if name == "collaborators":
            return {(ENTITY + other, str(len(shared))) for other, shared in partners(table, ACTOR).items()}
        if name == "as of":
            return {(ENTITY + row.thing,) for row in table.of_actor(ACTOR) if row.may_hold(DAY)}
        if name == "all pairs":
            ties = project(table.all(), ACTORS, belonging=table.belongings()).edges(data="weight")
            return {(*sorted((ENTITY + one, ENTITY + other)), str(n)) for one, other, n in ties}
        return {tuple(term.value for term in row) for row in reader.select(written(name)).rows}

    return ask


def run(engine: str, file: str, seconds: float) -> dict[str, Any]:
    """Give the seconds to load, and of each question the median and the rows."""
    start = {"samgraf": _samgraf, "memory": _memory, "disk": _disk, "rdflib": _rdflib, "maplib": _maplib}[engine]
    signal.signal(signal.SIGALRM, _late)
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        ask = start(file, folder)
        found: dict[str, Any] = {"load": [time.perf_counter() - began, None]}
        for name in SPARQL:
            signal.alarm(round(30 * seconds))
            try:
                found[name] = _timed(ask, name, seconds)
            except Exception as error:  # noqa: BLE001  (a peer's failure is told, whatever it is)
                found[name] = [None, f"{type(error).__name__}: {str(error)[:100]}"]
            signal.alarm(0)
    return found


def _late(*_: object) -> None:
    raise TimeoutError


def _timed(ask: Callable[[str], Rows], name: str, seconds: float) -> list[Any]:
    rows, times, end = ask(name), [], time.perf_counter() + seconds
    while not times or time.perf_counter() < end:
        began = time.perf_counter()
        ask(name)
        times.append(time.perf_counter() - began)
    return [statistics.median(times), sorted(rows)]


def main(words: list[str]) -> int:
    """Print milliseconds by question and engine, and samgraf's against the first."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.engines peers", description=__doc__.partition("\n")[0])
    parser.add_argument("--workspace")
    parser.add_argument("--claims", type=int, help="make a workspace of so many, and ask of that")
    parser.add_argument("--seconds", type=float, default=1.0)
    parser.add_argument("--run", nargs=2, metavar=("ENGINE", "FILE"), help=argparse.SUPPRESS)
    options = parser.parse_args(words)
    if options.workspace:
        os.environ["SAMGRAF_WORKSPACE"] = options.workspace
    if options.run:
        print(json.dumps(run(*options.run, options.seconds)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "all.nq")
        if options.claims:
            os.environ["SAMGRAF_WORKSPACE"] = options.workspace = os.path.join(folder, "workspace")
            os.environ["SAMGRAF_PEERS_ACTOR"] = MADE
            make(options.workspace, options.claims)
        graph = samgraf.open(options.workspace)
        graph.export(file)
        with open(file, "rb") as stream:
            print(f"{sum(1 for _ in stream):,} quads\n")
        here = [name for name in ENGINES if name != "maplib" or find_spec("maplib")]
        call = [sys.executable, "-m", "benchmarks.engines", "peers", "--seconds", str(options.seconds), "--run"]
        found = {
            name: json.loads(subprocess.run([*call, name, file], capture_output=True, check=True).stdout)
            for name in here
        }
    return report(found, here)


def report(found: dict[str, dict[str, Any]], here: list[str]) -> int:
    """Print the table; give 1 where answers differ."""
    wrong = 0
    print(f"| ms | {' | '.join(here)} | samgraf / first |")
    print("| --- " * (len(here) + 2) + "|")
    for name in ("load", *SPARQL):
        times = [found[engine][name][0] for engine in here]
        cells = ["–" if t is None else f"{1000 * t:.2f}" for t in times]
        ratio = times[0] / min(t for t in times if t is not None)
        print(f"| {name} | {' | '.join(cells)} | {'' if name == 'load' else f'{ratio:.2f}'} |")
    for name in SPARQL:
        wanted = found["memory"][name][1]
        for engine in here:
            rows = found[engine][name][1]
            if isinstance(rows, str):
                print(f"{engine} gave no answer to '{name}': {rows}", file=sys.stderr)
            elif rows != wanted:
                wrong += 1
                print(f"{engine} answers '{name}' otherwise: {len(rows)} rows, not {len(wanted)}", file=sys.stderr)
    return 1 if wrong else 0
