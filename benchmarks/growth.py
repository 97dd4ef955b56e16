"""Whether every stage of a build is linear in claims: python -m benchmarks.growth [--claims 3000,10000,30000]

Makes workspaces of so many claims (documents of about 400 each, with passages, periods, roles and statuses, from a fixed seed),
runs the stages of a build one after the other in a process for each size, and prints for each the seconds of CPU, and the
exponents that its growth follows, by claims and by rows made (of a rule, what follows by it; of other stages, the quads of the
graph): 1 is linear, 2 is each against each. Ends with 1 when one is above the bar by both.

Each document has a cluster of its own, so that only the number of things grows. With --clusters 20 there are twenty in all, whose
members one document after the other tells again: what follows from a membership then names ever more claims, and the graph itself
grows faster than the claims do.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

BAR = 1.1
TELLING = 0.02
"""A stage that takes less than this part of a build is printed but not judged: it is mostly noise."""
A_DOCUMENT = 400
MEMBERS = 5
"""How many members a cluster has."""
AN_INITIATIVE = 13
"""About how many claims an initiative has."""
WORDS = "samarbejde borgere kommune region indsats fælles unge plan overgang viden tidlig støtte model afprøvning netværk".split()
_KINDS = {"Municipality": 98, "Region": 5, "Body": 10, "Theme": 20, "TargetGroup": 20, "Method": 12}
SUMS = "all rules", "all"
_STATUSES = ("approved", "being-implemented", "being-planned", "completed", "continued")
_ROLES = ("participant", "chair", "contact", "implementer")


def make(folder: str, claims: int, clusters: int = 0) -> None:
    """Write a valid workspace with about so many claims, and so many clusters; 0 for one a document."""
    for part in ("entities", "documents", "evidence"):
        os.makedirs(os.path.join(folder, "data", part))
    chance = random.Random(claims)
    entities = [
        f"{kind.lower()}-{n}: {{type: {kind}, label: {kind} {n}}}\n"
        for kind, many in _KINDS.items()
        for n in range(many)
    ]
    entities += [f"{name}: {{type: Status, label: {name}}}\n" for name in _STATUSES]
    entities += [f"{name}: {{type: Role, label: {name}}}\n" for name in _ROLES]
    documents = max(1, claims // A_DOCUMENT)
    clusters = clusters or documents
    entities += [f"cluster-{n}: {{type: Cluster, label: Cluster {n}}}\n" for n in range(clusters)]
    for number in range(documents):
        entities += document(chance, folder, number, clusters)
    with open(os.path.join(folder, "data", "entities", "all.yaml"), "w", encoding="utf-8") as stream:
        stream.writelines(entities)


def document(chance: random.Random, folder: str, number: int, clusters: int) -> list[str]:
    """Write one document with its passages; give the entities that it alone names."""
    year = 2007 + number % 18
    name = f"plan-{number:05d}"
    entities = [f"agreement-{number}: {{type: Agreement, label: Rammeaftale {number}}}\n"]
    lines = [f"document: {{id: {name}, label: Plan {number}, date: '{year}-12', language: da}}\nsections:\n"]
    evidence, position = ["at\tfirst_line\tlast_line\tstart\tend\tsha256\n"], 0
    for n in range(A_DOCUMENT // AN_INITIATIVE):
        initiative = f"initiative-{number}-{n}"
        entities.append(
            f"{initiative}: {{type: Initiative, label: {chance.choice(WORDS).capitalize()} {number}.{n}}}\n"
        )
        lines.append(f"  - heading: Initiativ {n}\n    claims:\n")
        for subject, predicate, end in said(chance, number, n, year, clusters):
            key, text = len(evidence), f"{len(evidence)} " + " ".join(chance.choices(WORDS, k=9))
            told = hashlib.sha256(text.encode()).hexdigest()
            evidence.append(f"{key}\t{key}\t{key}\t{position}\t{position + len(text)}\t{told}\n")
            position += len(text) + 1
            lines.append(f"      - {{subject: {subject}, predicate: {predicate}, {end}, at: '{key}'}}\n")
    for part, ending, text in (("documents", "yaml", lines), ("evidence", "tsv", evidence)):
        with open(os.path.join(folder, "data", part, f"{name}.{ending}"), "w", encoding="utf-8") as stream:
            stream.writelines(text)
    return entities


def said(chance: random.Random, number: int, n: int, year: int, clusters: int) -> Iterator[tuple[str, str, str]]:
    """Give what a document says of an initiative: subject, relation, and the rest of the claim."""
    this = f"initiative-{number}-{n}"
    words = " ".join(chance.choices(WORDS, k=8))
    for member in chance.sample(range(98), 3):
        role = f", role: {chance.choice(_ROLES)}" if chance.random() < 0.4 else ""
        yield f"municipality-{member}", "participatesIn", f"object: {this}, from: '{year}-{1 + n % 11:02d}'{role}"
    cluster = number % clusters
    yield f"cluster-{cluster}", "participatesIn", f"object: {this}"
    if n < MEMBERS:
        yield f"municipality-{(MEMBERS * cluster + n) % 98}", "memberOf", f"object: cluster-{cluster}"
    yield this, "underAgreement", f"object: agreement-{number}"
    yield this, "goal", f"value: {{da: Der skal {words}, en: There will be {words}}}"
    yield this, "hasTheme", f"object: theme-{chance.randrange(20)}"
    yield this, "targets", f"object: targetgroup-{chance.randrange(20)}"
    yield this, "hasStatus", f"object: {chance.choice(_STATUSES)}, modality: proposed"
    yield this, "startDate", f"value: '{year}-{1 + n % 11:02d}-03'"
    yield this, "consideredBy", f"object: body-{chance.randrange(10)}, from: '{year}-{1 + n % 11:02d}'"
    if n % 3:
        yield this, "partOf", f"object: initiative-{number}-{n - n % 3}"


class Clock:
    """Seconds of CPU of one stage after the other."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self._since = time.process_time()

    def mark(self, stage: str) -> None:
        """Say that this stage has ended."""
        now = time.process_time()
        self.spent[stage] = now - self._since
        self._since = now


def stages(folder: str) -> dict[str, Any]:
    """Run the stages of a build as `samgraf.store.build.build` does; give claims, quads, seconds for each, and memory."""
    import pyoxigraph as ox

    from samgraf.rdf.reading import read_entities
    from samgraf.rdf.rules import conclusions, read_rules
    from samgraf.rdf.writing import quads
    from samgraf.store.collaborations import write_collaborations
    from samgraf.store.embedded import EmbeddedStore
    from samgraf.store.facts import write_facts
    from samgraf.store.names import name_entries, write_names
    from samgraf.workspace import load
    from samgraf.workspace.structure import structure

    rules = read_rules(None)
    clock = Clock()
    workspace = load(folder)
    clock.mark("read files")
    problems = [*workspace.problems, *structure(workspace)]
    if any(p.severity == "error" for p in problems):
        sys.exit(f"the workspace is not valid: {problems[0]}")
    clock.mark("check")
    memory = ox.Store()
    memory.bulk_extend(quads(workspace))
    clock.mark("quads in memory")
    rows = {}
    for rule in rules:
        found = conclusions(rule, memory) or []
        memory.extend(found)
        clock.mark(f"rule {rule.name}")
        rows[f"rule {rule.name}"] = len(found)
    with tempfile.TemporaryDirectory() as scratch:
        disk = ox.Store(os.path.join(scratch, "store"))
        disk.bulk_extend(memory)
        disk.optimize()
        disk.flush()
        del disk
        clock.mark("store on disk")
        entities = read_entities(EmbeddedStore(memory))
        write_names(scratch, name_entries(workspace, entities))
        clock.mark("names")
        write_collaborations(scratch, EmbeddedStore(memory), workspace.vocabulary)
        clock.mark("collaborations")
        write_facts(scratch, workspace, EmbeddedStore(memory), entities)
        clock.mark("facts")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    claims, every = len(list(workspace.claims)), len(memory)
    rows = {stage: rows.get(stage, every) for stage in (*clock.spent, *SUMS)}
    return {"claims": claims, "quads": every, "rows": rows, "spent": clock.spent, "megabytes": most}


def exponent(sizes: list[int], spent: list[float]) -> float:
    """Give the exponent of growth between the least and the most; nan where the size is the same."""
    grown = math.log(max(sizes[-1], 1) / max(sizes[0], 1))
    return math.log(max(spent[-1], 1e-6) / max(spent[0], 1e-6)) / grown if grown > 0 else math.nan


def with_sums(spent: dict[str, float]) -> dict[str, float]:
    """Add what all rules take together, and all stages."""
    rules = sum(seconds for stage, seconds in spent.items() if stage.startswith("rule "))
    return {**spent, **dict(zip(SUMS, (rules, sum(spent.values())), strict=True))}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", default="3000,10000,30000", help="how many, with commas between; try also 100000")
    parser.add_argument("--clusters", type=int, default=0, help="how many in all; one a document when not said")
    parser.add_argument("--one", metavar="DIR", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(stages(options.one)))
        return
    runs = []
    for claims in map(int, options.claims.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            make(folder, claims, options.clusters)
            call = [sys.executable, "-m", "benchmarks.growth", "--one", folder]
            runs.append(json.loads(subprocess.run(call, stdout=subprocess.PIPE, check=True).stdout))
    sizes = [run["claims"] for run in runs]
    tables = [with_sums(run["spent"]) for run in runs]
    print(f"{'seconds of CPU at':<28}" + "".join(f"{size:>11,}" for size in sizes) + "   by claims    by rows")
    steep = []
    for stage, last in tables[-1].items():
        spent = [table[stage] for table in tables]
        by_claims, by_rows = exponent(sizes, spent), exponent([run["rows"][stage] for run in runs], spent)
        judged = last >= TELLING * tables[-1]["all"]
        steep += [stage] if judged and by_claims > BAR and not by_rows <= BAR else []
        print(
            f"{stage:<28}"
            + "".join(f"{s:11.2f}" for s in spent)
            + f"   {by_claims:9.2f}  {by_rows:9.2f}{'' if judged else '  (small)'}"
        )
    print(f"{'quads':<28}" + "".join(f"{run['quads']:11,}" for run in runs))
    print(f"{'quads a claim':<28}" + "".join(f"{run['quads'] / run['claims']:11.1f}" for run in runs))
    print(f"{'megabytes at most':<28}" + "".join(f"{run['megabytes']:11,.0f}" for run in runs))
    if steep:
        sys.exit(f"above {BAR}: {', '.join(steep)}")


if __name__ == "__main__":
    main()
