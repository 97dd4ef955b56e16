"""From what a person calls something (a name, an abbreviation, an id, an IRI) to its IRI."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.errors import UnknownNameError, UsageError
from samgraf.namespaces import ENTITY

if TYPE_CHECKING:
    from samgraf.library.binding import Resolve
    from samgraf.store.base import GraphStore


def resolver(store: GraphStore) -> Resolve:
    """Give the function that resolves names in this store: by the snapshot's index, or by SPARQL where there is none.

    It raises UnknownNameError with suggestions for a name that nothing bears, and UsageError, naming the ids, for one
    that several bear equally.
    """
    folder = getattr(store, "folder", None)
    if folder is None:
        return lambda name: _by_query(store, name)
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


_LABELS = "http://www.w3.org/2000/01/rdf-schema#label", "http://www.w3.org/2004/02/skos/core#altLabel"


def _by_query(store: GraphStore, name: str) -> str:
    """Resolve a name where there is no index: exactly, but for case, by label, alias, abbreviation or id."""
    import pyoxigraph as ox

    written = _iri(name)
    if written is not None:
        try:
            node = ox.NamedNode(written)
        except ValueError as error:
            raise UnknownNameError(name) from error
        if store.ask(f"ASK {{ {node} <{_LABELS[0]}> ?label }}"):
            return written
        raise UnknownNameError(name)
    own = _id(name)
    if own and store.ask(f"ASK {{ <{ENTITY}{own}> <{_LABELS[0]}> ?label }}"):
        return ENTITY + own
    wanted = ox.Literal(name.strip().lower())
    rows = store.select(
        "SELECT DISTINCT ?entity WHERE { ?entity sam:primaryType ?type ;"
        f" <{_LABELS[0]}>|<{_LABELS[1]}>|sam:abbreviation ?name"
        f" FILTER(LCASE(STR(?name)) = {wanted}) }} ORDER BY ?entity"
    ).rows
    found = [row[0].value for row in rows if isinstance(row[0], ox.NamedNode)]
    if len(found) > 1:
        raise _several(name, [(iri.removeprefix(ENTITY), iri) for iri in found])
    if not found:
        raise UnknownNameError(name)
    return found[0]
