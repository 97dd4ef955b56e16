"""Kill builds at random moments and see that the next command answers rightly. Run by test_snapshot.py.

Everything is imported first and each build runs in a fork of this process, so that a hundred builds take seconds.
Arguments: the workspace, how many times, a seed.
"""

from __future__ import annotations

import os
import random
import re
import signal
import sys
import time
import traceback

import pyoxigraph as ox

from samgraf.namespaces import ENTITY, RDFS
from samgraf.store.opening import open_store, snapshot_folder

FOLDER, TIMES, SEED = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
PATH = os.path.join(FOLDER, "data", "entities", "actors.yaml")
LABEL = re.compile(r"label: Ida [A-Za-z0-9]+")


def edit(name: str) -> None:
    with open(PATH, encoding="utf-8") as stream:
        text = stream.read()
    with open(PATH, "w", encoding="utf-8") as stream:
        stream.write(LABEL.sub(f"label: Ida {name}", text))


def child(work: object) -> int:
    pid = os.fork()
    if pid:
        return pid
    try:
        work()  # type: ignore[operator]
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        os._exit(1)


def answer(name: str) -> None:
    """What any reading command does: open the graph, building it if need be, and ask."""
    store = open_store(FOLDER)
    found = store.store.quads_for_pattern(ox.NamedNode(ENTITY + "ida-strand"), ox.NamedNode(RDFS + "label"), None, None)
    labels = {q.object.value for q in found}
    assert labels == {f"Ida {name}"}, labels
    assert len(store.store) > 1000
    from samgraf.store.names import Names

    assert [n.iri for n in Names(str(store.folder)).exact(f"ida {name}")] == [ENTITY + "ida-strand"]


def main() -> None:
    chance = random.Random(SEED)
    edit("Start")
    began = time.monotonic()
    os.waitpid(child(lambda: snapshot_folder(FOLDER)), 0)
    whole = time.monotonic() - began
    killed = 0
    for number in range(TIMES):
        name = f"S{number:05d}"
        edit(name)
        pid = child(lambda: snapshot_folder(FOLDER))
        time.sleep(chance.uniform(0, whole * 1.1))
        os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        killed += os.WIFSIGNALED(status)
        _, status = os.waitpid(child(lambda name=name: answer(name)), 0)  # type: ignore[misc]
        if status:
            sys.exit(f"after kill {number} the next command failed")
    print(killed)


if __name__ == "__main__":
    main()
