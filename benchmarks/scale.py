"""How lookups hold up as the graph grows: python -m benchmarks.scale [--entities N] [--keep DIR]

Makes a synthetic workspace of N entities (municipalities, clusters, initiatives, persons; about two claims an entity), builds
its snapshot, and times cold commands and lookups in one process. The names are made of Danish syllables from a fixed seed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time

from benchmarks.cold import command, timed

SYLLABLES = "bak by dal ege fjord gård havn holm høj kær køb lund mark nør rød sand skov sund sø torp vest vig ær å øster".split()
KINDS = ("Person", "Person", "Unit", "Initiative", "Cluster", "Municipality")
FILE_SIZE = 20_000


def name(chance: random.Random, number: int) -> str:
    """A name that reads like one; the number keeps names apart."""
    return "".join(chance.choices(SYLLABLES, k=3)).capitalize() + f" {number}"


def entity(chance: random.Random, kind: str, number: int) -> str:
    return f"e{number}: {{type: {kind}, label: {name(chance, number)}}}\n"


def make(folder: str, count: int) -> None:
    """Write a valid workspace with ``count`` entities and twice as many claims, as background knowledge without passages."""
    chance = random.Random(count)
    for part in ("entities", "documents"):
        os.makedirs(os.path.join(folder, "data", part))
    kinds = {n: KINDS[n % len(KINDS)] for n in range(count)}
    for start in range(0, count, FILE_SIZE):
        with open(os.path.join(folder, "data", "entities", f"e{start:07d}.yaml"), "w", encoding="utf-8") as stream:
            stream.writelines(entity(chance, kinds[n], n) for n in range(start, min(start + FILE_SIZE, count)))
    initiatives = [n for n in range(count) if kinds[n] == "Initiative"]
    clusters = [n for n in range(count) if kinds[n] == "Cluster"]
    for start in range(0, count, FILE_SIZE):
        document = f"d{start:07d}"
        with open(os.path.join(folder, "data", "documents", f"{document}.yaml"), "w", encoding="utf-8") as stream:
            stream.write(f"document: {{id: {document}, label: Dokument {start}, background: true, source: made up}}\n")
            stream.write("sections:\n  - heading: Alt\n    claims:\n")
            for n in range(start, min(start + FILE_SIZE, count)):
                if kinds[n] in {"Person", "Unit", "Municipality"}:
                    stream.write(
                        f"      - {{subject: e{n}, predicate: memberOf, object: e{chance.choice(clusters)}}}\n"
                    )
                    stream.write(
                        f"      - {{subject: e{n}, predicate: participatesIn, object: e{chance.choice(initiatives)}}}\n"
                    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entities", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--keep", metavar="DIR", help="make the workspace here and keep it")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or os.path.join(scratch, "workspace")
        if not os.path.isdir(os.path.join(folder, "data")):
            make(folder, options.entities)
        os.environ["SAMGRAF_CACHE"] = os.path.join(scratch, "cache")
        report(folder, options.entities, options.rounds)


def report(folder: str, count: int, rounds: int) -> None:
    samgraf = command("samgraf")
    began = time.perf_counter()
    snapshot = subprocess.run(
        [samgraf, "build", "--workspace", folder], capture_output=True, text=True, check=True
    ).stdout.strip()
    print(f"{count} entities: built in {time.perf_counter() - began:.1f} s")
    time.sleep(2.5)  # until the files' times prove that they are unchanged

    from samgraf.store.names import Names

    names = Names(snapshot)
    chance = random.Random(1)
    sample = [
        n for n in (names.by_iri(f"https://w3id.org/samgraf/id/e{chance.randrange(count)}") for _ in range(200)) if n
    ]

    def lookup(label: str, call: object) -> None:
        spent = []
        for found in sample:
            start = time.perf_counter()
            call(found.da)  # type: ignore[operator]
            spent.append(1000 * (time.perf_counter() - start))
        print(f"  {label:<34}{statistics.median(spent):8.2f} ms   ({max(spent):.2f} at most)")

    lookup("name, exact", names.exact)
    lookup("name, misspelt", lambda text: names.near(text[:3] + text[4:]))
    lookup("name, its beginning", lambda text: names.beginning(text[:5]))
    member = next(n for n in sample if n.types[0] == "Municipality")
    initiative = next(n for n in sample if n.types[0] == "Initiative")
    calls = {
        "initiatives --involving": ["initiatives", "--involving", member.da],
        "ask, one step": ["ask", f"Hvem deltager i {initiative.da}?"],
    }
    for label, words in calls.items():
        whole = [samgraf, *words, "--workspace", folder, "--format", "json"]
        done = subprocess.run(whole, capture_output=True, text=True, check=False)
        try:
            answers = len(json.loads(done.stdout)["answers"])
        except (ValueError, KeyError):
            sys.exit(f"{' '.join(whole)} failed: {done.stderr}")
        spent = [timed(whole) for _ in range(rounds)] if done.returncode == 0 else [float("nan")]
        print(f"  {label + ', cold':<34}{statistics.median(spent):8.1f} ms   ({answers} answers)")


if __name__ == "__main__":
    main()
