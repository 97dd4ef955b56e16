"""1,000 damaged snapshots: the next command answers rightly, in time, and the snapshot is whole again."""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

from benchmarks.soak.common import Report, child, wait, workspace
from samgraf.store import seal
from samgraf.store.names import Names
from samgraf.store.opening import open_store, snapshot_folder

FULL = 1_000
PARTS = True
BAR = "1,000 damaged snapshots: 0 wrong answers, 0 hang, all healed"
_COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


def _damage(chance: random.Random, path: Path) -> str:
    """Harm one file; give how."""
    data = path.read_bytes()
    how = chance.choice(["flip", "cut", "delete", "zero", "zero a part", "add", "swap"])
    at = chance.randrange(len(data)) if data else 0
    if how == "delete":
        path.unlink()
    elif how == "flip":
        path.write_bytes(data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :] if data else b"x")
    elif how == "cut":
        path.write_bytes(data[:at])
    elif how == "zero":
        path.write_bytes(b"\0" * len(data))
    elif how == "zero a part":
        end = min(at + 4096, len(data))
        path.write_bytes(data[:at] + b"\0" * (end - at) + data[end:])
    elif how == "add":
        path.write_bytes(data + chance.randbytes(100))
    else:
        path.write_bytes(data[at:] + data[:at])
    return how


def run(count: int, seed: int) -> Report:
    report = Report("snapshots", BAR)
    chance = random.Random(seed)
    with workspace() as folder:
        told = folder.parent / "told"

        def begin() -> None:  # in a child too: this process must not have threads of a store when it forks
            text = f"{snapshot_folder(str(folder))}\n{open_store(str(folder)).select(_COUNT)}"
            told.write_text(text, encoding="utf-8")

        wait(child(begin), 60)
        where, _, before = told.read_text(encoding="utf-8").partition("\n")
        place = Path(where)
        spare = place.parent.parent / "spare"
        shutil.copytree(place.parent, spare)

        def answer() -> int:
            store = open_store(str(folder))
            found = str(store.select(_COUNT))
            names = [n.iri for n in Names(str(store.folder)).exact("Ida Strand")]
            return 0 if found == before and len(names) == 1 else 3

        for _ in range(count):
            files = [p for p in sorted(place.parent.rglob("*")) if p.is_file()]
            target = chance.choice(files)
            how = _damage(chance, target)
            name = target.relative_to(place.parent)
            if chance.random() < 0.3 and target.exists():  # as if nobody had touched it
                stat = (spare / name).stat() if (spare / name).exists() else target.stat()
                os.utime(target, ns=(stat.st_atime_ns, stat.st_mtime_ns))
            code = wait(child(answer), 30)
            whole = seal.whole(str(place), read=True)
            said = {0: "right", 3: "wrong", None: "hangs"}.get(code, f"exit {code}")
            report.check(code == 0 and whole, f"{how} {name}: {said}, {'healed' if whole else 'not healed'}")
    return report
