"""How many rows of tables in PDFs are read whole and in order, with rules and without.

    python benchmarks/tables.py [--tables 20]

Tables of three to five columns, with cells of one to four lines and some that are empty, are printed by Chromium.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.ingest.making import Maker  # noqa: E402

from samgraf.ingest.child import answer  # noqa: E402

WORDS = (
    "samarbejde kommune region indsats borgere unge plan status møde aftale forløb støtte fælles lokal ny bedre flere i om"
    " for med og til"
).split()


def cell(chance: random.Random, most: int) -> str:
    """Some words, the first with a capital."""
    return " ".join(chance.choice(WORDS) for _ in range(chance.randint(1, most))).capitalize()


def table(chance: random.Random) -> list[list[str]]:
    """Rows of cells; the first is the head."""
    columns = chance.randint(3, 5)
    rows = [[f"Kolonne {c}" for c in range(columns)]]
    for _ in range(chance.randint(4, 9)):
        row = [cell(chance, chance.choice([2, 6, 18])) for _ in range(columns)]
        if chance.random() < 0.15:
            row[chance.randrange(1, columns)] = ""
        rows.append(row)
    return rows


def main() -> None:
    """Print the shares."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tables", type=int, default=20)
    count = parser.parse_args().tables
    maker = Maker()
    with tempfile.TemporaryDirectory() as folder:
        for name, border in (("ruled", "border=1"), ("unruled", "")):
            chance = random.Random(5)
            right = wanted = 0
            for number in range(count):
                rows = table(chance)
                body = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
                html = f"<p>Indledning.</p><table {border}>{body}</table><p>Afslutning.</p>"
                path = maker.make(html, "pdf", Path(folder) / f"{name}{number}")
                read = [list(line[4]) for line in answer(str(path))["reading"]["lines"] if line[3] == "row"]
                wanted += len(rows)
                right += sum(row in read for row in rows)
            print(f"{name}: {right} of {wanted} rows right ({right / wanted:.3f})")


if __name__ == "__main__":
    main()
