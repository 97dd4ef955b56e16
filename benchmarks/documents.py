"""How a workspace bears many documents: python -m benchmarks.documents [--count 1000] [--keep DIR]

Prints two-page minutes of made-up bodies as PDF, adds them in one call, accepts everything that was drafted of them, and then
times what a person does at the end of a day: accept the claims of one more document, and ask about it.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.soak.common import ROOT, call

FIRST = "Anna Bo Carl Ditte Erik Freja Gorm Hanne Ib Jette Karl Lone Mads Nina Ole Pia Rasmus Sofie Tage Ulla".split()
LAST = "Bech Dam Eg Friis Gade Holm Iversen Juhl Krog Lund Munk Nørgaard Ovesen Palm Ravn Skov Toft Vang Wind Østergaard".split()
TITLES = ("socialchef", "sundhedschef", "konsulent", "centerleder", "afdelingschef")
TOWNS = "Viborg Silkeborg Skive Horsens Hedensted Favrskov Randers Norddjurs Syddjurs Odder".split()
BODIES = ("Styregruppen for", "Følgegruppen for", "Udvalget for", "Arbejdsgruppen for")
FIELDS = "fjordens vand,unges trivsel,de gamle haver,nærheden,digital post,cykelruter,tandpleje,bosteder".split(",")
ITEMS = ("Økonomi", "Status på indsatsen", "Plan for næste år", "Henvendelse fra brugerrådet", "Eventuelt")
FILLER = (
    "Gruppen drøftede, hvordan arbejdet kan deles mellem kommunerne, og hvad der skal til for at nå målene i tide. "
)


def minutes(chance: random.Random, number: int) -> str:
    """Give the HTML of one meeting's minutes, which fill two pages."""
    body = f"{BODIES[number % len(BODIES)]} {FIELDS[number % len(FIELDS)]} nr. {number // 4}"
    year, month, day = 2000 + number // 100, 1 + number // 9 % 12, 1 + number % 28
    people = {f"{chance.choice(FIRST)} {chance.choice(LAST)}" for _ in range(8)}
    lines = [f"<p>{p}, {chance.choice(TITLES)}, {chance.choice(TOWNS)} Kommune</p>" for p in sorted(people)]
    items = "".join(
        f"<h2>{n}. {title}</h2><p>{FILLER * 5}</p><p>Gruppen besluttede at gå videre med sag {number}-{n}.</p>"
        for n, title in enumerate(ITEMS, 1)
    )
    return (
        f"<section><h1>Referat af møde i {body}</h1><p>Dato: {day}.{month}.{year} kl. 9-11</p><p>Sted: Viborg Rådhus</p>"
        f"<p>Deltagere:</p>{''.join(lines[:-1])}<p>Afbud:</p>{lines[-1]}<hr>{items}</section>"
    )


def make(folder: Path, count: int) -> None:
    """Print ``count`` minutes as PDF, each a file of two pages: printed in one go, as starting a browser takes longest."""
    import pypdfium2
    from tests.ingest.making import Maker

    chance = random.Random(count)
    style = "<style>section,hr{break-after:page}hr{border:0;margin:0}</style>"
    for begin in range(0, count, 100):
        numbers = range(begin, min(begin + 100, count))
        printed = pypdfium2.PdfDocument(Maker().pdf(style + "".join(minutes(chance, n) for n in numbers)))
        if len(printed) < 2 * len(numbers):
            msg = f"{len(printed)} pages were printed for {len(numbers)} documents"
            raise SystemExit(msg)
        for place, number in enumerate(numbers):
            one = pypdfium2.PdfDocument.new()
            one.import_pages(printed, [2 * place, 2 * place + 1])
            one.save(str(folder / f"referat-{number:04d}.pdf"))


def main() -> None:
    """Make, add, accept, ask; print seconds and memory."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.documents", description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=1_000)
    parser.add_argument("--keep", metavar="DIR", help="where the workspace is left, to look at")
    given = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as place:
        folder, pages = Path(given.keep or place) / "mappe", Path(place) / "sager"
        pages.mkdir()
        os.environ["SAMGRAF_CACHE"] = str(Path(place) / "cache")
        make(pages, given.count + 1)
        last = pages / f"referat-{given.count:04d}.pdf"
        later = last.rename(Path(place) / last.name)
        call("init", str(folder), cwd=place)
        shutil.rmtree(folder / "queries")
        step("add", "add", str(pages), folder=folder)
        begin = time.monotonic()
        accept_all(folder)
        print(f"{'accept everything':24} {time.monotonic() - begin:8.1f} s")
        step("build", "build", folder=folder)
        step("add one more", "add", str(later), folder=folder)
        for verdict in ("--accept", "--undo", "--accept"):
            step(f"{verdict} all of one", "review", later.stem, verdict, "all", folder=folder)
            step("ask after that", "ask", "Hvem deltog i mødet den 1. januar 2010?", folder=folder)
        step("ask again", "ask", "Hvem deltog i mødet den 1. januar 2010?", folder=folder)
        step("check", "check", folder=folder)
        step("status", "status", folder=folder)
    print(f"most memory of any process: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MB")


def step(name: str, *words: str, folder: Path) -> None:
    """Run a command and print how long it took and the last it said."""
    done = call(*words, seconds=3_000, cwd=str(folder))
    said = (done.err.strip() or done.out.strip() or "nothing").splitlines()[-1][:90]
    print(f"{name:24} {done.seconds:8.1f} s   exit {done.code}: {said}", flush=True)


def accept_all(folder: Path) -> None:
    """Accept every drafted claim of every document, each document in one go, as a person who reads fast."""
    from samgraf.review.reviewing import Reviewing

    reviewing = Reviewing(str(folder))
    for document in reviewing.documents():
        keys = [one.claim.key for row in reviewing.state(document).rows for one in row.claims]
        reviewing.decide(document, [{"claim": key, "verdict": "accept"} for key in keys])


if __name__ == "__main__":
    main()
