"""Let HermiT (it comes with owlready2; it needs a JRE) reason over the triples of a file, and print the classes that can have no member.

A program of its own: ``python hermit.py FILE.nt``. It ends with an error where the triples contradict each other.
"""

from __future__ import annotations

import sys
from pathlib import Path

import owlready2


def main(path: Path) -> None:
    """Reason; print how many classes there are, and which of them are equivalent to owl:Nothing."""
    world = owlready2.World()
    world.get_ontology(path.as_uri()).load()
    owlready2.sync_reasoner_hermit(world, debug=0, ignore_unsupported_datatypes=True)
    print("classes", len(list(world.classes())))
    print(*sorted(class_.iri for class_ in world.inconsistent_classes()), sep="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
