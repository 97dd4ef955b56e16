"""From what a person calls something (a name, an abbreviation, an id, an IRI) to its IRI."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.errors import UnknownNameError, UsageError
from samgraf.language.fold import as_one, in_sparql, persons_spellings, words
from samgraf.namespaces import ENTITY, SAM, local_name

if TYPE_CHECKING:
    from samgraf.library.binding import Resolve
    from samgraf.rdf.port import GraphStore


def resolver(store: GraphStore) -> Resolve:
    """Give the function that resolves names in this store: by the snapshot's index, or by SPARQL where there is none.

    It raises UnknownNameError with suggestions for a name that nothing bears, and UsageError, naming the ids, for one
    that several bear equally.
    """
    folder = getattr(store, "folder", None)
    return by_folder(folder) if folder else lambda name: _by_query(store, name)


def by_folder(folder: str) -> Resolve:
    """Give the function that resolves names by the index of the snapshot in ``folder``, as `resolver` does."""
    from samgraf.store.names import Names

    names = Names(folder)

    def by_index(name: str) -> str:
        iri = _iri(name)
        if iri is None:
            found = names.exact(name)
            best = [n for n in found if n.kind == found[0].kind]
            own = _id(name)
            if own and (not found or len(best) > 1) and names.by_iri(ENTITY + own):
                return ENTITY + own
            if len(best) > 1:
                raise _several(name, [(n.da, n.iri) for n in best])
            if best:
                return best[0].iri
        elif names.by_iri(iri):
            return iri
        raise UnknownNameError(name, [n.da for n, _ in names.near(name)])

    return by_index


def _iri(name: str) -> str | None:
    """Give the IRI when that is what was written: in full, in angle brackets, or as ``id:…``."""
    bare = name.strip().removeprefix("<").removesuffix(">")
    if bare.startswith("id:"):
        return ENTITY + bare[3:]
    return bare if bare.startswith(("http://", "https://")) else None


def _id(name: str) -> str | None:
    bare = name.strip()
    return bare if bare.isascii() and bare.replace("-", "").isalnum() and bare == bare.lower() else None


def _several(name: str, found: list[tuple[str, str]]) -> UsageError:
    said = ", ".join(f"{iri.removeprefix(ENTITY)} ({label})" for label, iri in found)
    return UsageError(f"{name!r} is the name of several: {said}. Give one of these ids")


_NAMING = (
    "http://www.w3.org/2000/01/rdf-schema#label",
    "http://www.w3.org/2004/02/skos/core#altLabel",
    SAM + "abbreviation",
)
"""What a name stands at, the most telling first; after these the kinds of identifiers, which the vocabulary declares."""
_CODE = len(_NAMING)


def _by_query(store: GraphStore, name: str) -> str:
    """Resolve a name where there is no index, by the rules of the index (`Names.exact`)."""
    import pyoxigraph as ox

    written = _iri(name)
    if written is not None:
        try:
            node = ox.NamedNode(written)
        except ValueError as error:
            raise UnknownNameError(name) from error
        if store.ask(f"ASK {{ {node} <{_NAMING[0]}> ?label }}"):
            return written
        raise UnknownNameError(name)
    found = _bearing(store, name)
    own = _id(name)
    if own and len(found) != 1 and store.ask(f"ASK {{ <{ENTITY}{own}> <{_NAMING[0]}> ?label }}"):
        return ENTITY + own
    if len(found) > 1:
        raise _several(name, [(iri.removeprefix(ENTITY), iri) for iri in found])
    if not found:
        raise UnknownNameError(name)
    return found[0]


def _bearing(store: GraphStore, name: str) -> list[str]:
    """Give those that bear a name best: as it is parted before otherwise parted, as a label before an alias and so on.

    The endpoint gives whatever may be meant: names of the same letters, and those that end on the last name.
    """
    import pyoxigraph as ox

    from samgraf.rdf.reading import vocabulary

    one, last = as_one(name), as_one((name.partition(",")[0].split() or [""])[-1])
    if not one:
        return []
    ends = f" || STRENDS(?one, {ox.Literal(last)})" if last else ""
    known = vocabulary(store)
    naming = (*_NAMING, *(SAM + kind for kind in known.identifiers))
    rows = store.select(
        "SELECT ?entity ?type ?how ?name WHERE { ?entity sam:primaryType ?type ; ?how ?name"
        f" VALUES ?how {{ {' '.join(f'<{iri}>' for iri in naming)} }}"
        f" BIND({in_sparql('?name')} AS ?one) FILTER(?one = {ox.Literal(one)}{ends}) }} ORDER BY ?entity"
    ).rows
    best: dict[tuple[bool, int], dict[str, None]] = {}
    for entity, kind, how, text in rows:
        if not (isinstance(entity, ox.NamedNode) and isinstance(kind, ox.NamedNode) and isinstance(text, ox.Literal)):
            continue
        place = min(naming.index(getattr(how, "value", "")), _CODE)
        if as_one(text.value) != one:
            spellings = persons_spellings(text.value) if known.is_person([local_name(kind.value)]) else ()
            if place >= _CODE - 1 or one not in map(as_one, spellings):
                continue
            place = _CODE + 1
        best.setdefault((words(text.value) != words(name), place), {})[entity.value] = None
    return list(best[min(best)]) if best else []
