"""The JSON-LD context: a name for every term of the ontology, with the kind of value that the ontology gives it.

``ontology/context.jsonld`` says what cannot be read off the ontology (prefixes, terms of other vocabularies, values that are
themselves names of terms); all other terms, those of a workspace among them, get their names here. ``make docs`` writes the
built-in ones into the file, so that it stands whole for those who only read that.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from samgraf import disk, resources
from samgraf.namespaces import EDTF, OWL, PREFIXES, RDF, RDFS, SAM, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable

Json = dict[str, Any]
_TYPED = {
    XSD + "date": "xsd:date",
    XSD + "integer": "xsd:integer",
    XSD + "boolean": "xsd:boolean",
    EDTF: "edtf:EDTF",
}
_FILE = os.path.join("ontology", "context.jsonld")


def written_context() -> Json:
    """Give the prefixes that samgraf uses, and the built-in file's context."""
    context: Json = {"@version": 1.1, **PREFIXES}
    path = os.path.join(resources.root(), _FILE)
    if os.path.isfile(path):
        found = json.loads(disk.read_text(path)).get("@context", {})
        for part in found if isinstance(found, list) else [found]:
            context |= part if isinstance(part, dict) else {}
    return context


def context_of(triples: Iterable[ox.Triple], written: Json) -> Json:
    """Give a context with a name for each of an ontology's own terms: as it is written where it is, else by what it is.

    A term that is written and no longer declared is left out.
    """
    types: dict[str, set[str]] = {}
    ranges: dict[str, str] = {}
    for triple in triples:
        subject, obj = triple.subject, triple.object
        if not isinstance(subject, ox.NamedNode) or not isinstance(obj, ox.NamedNode):
            continue
        if triple.predicate.value == RDF + "type":
            types.setdefault(subject.value, set()).add(obj.value)
        elif triple.predicate.value == RDFS + "range":
            ranges[subject.value] = obj.value
    own = {i.removeprefix(SAM) for i, kinds in types.items() if i.startswith(SAM) and any(map(_is_ours, kinds))}
    context = {name: value for name, value in written.items() if not _names_ours(value) or name in own}
    for name in sorted(own - set(written)):
        context[name] = _definition(name, types[SAM + name], ranges.get(SAM + name, ""))
    return context


def context_text() -> str:
    """Give the built-in file as it is to be: one term a line."""
    from samgraf.vocabulary.reading import read_vocabulary

    path = os.path.join(resources.root(), _FILE)
    written = json.loads(disk.read_text(path))["@context"]
    context = context_of(read_vocabulary(resources.root()).triples, written)
    lines = ",\n".join(f"    {json.dumps(name)}: {json.dumps(value)}" for name, value in context.items())
    return f'{{\n  "@context": {{\n{lines}\n  }}\n}}\n'


def _is_ours(kind: str) -> bool:
    return kind.startswith((SAM, OWL))


def _names_ours(value: object) -> bool:
    """Tell whether a definition is that of a term of the ontology, not a prefix or a term of another vocabulary."""
    target = value.get("@id", "") if isinstance(value, dict) else value
    return isinstance(target, str) and target.startswith("sam:")


def _definition(name: str, kinds: set[str], range_: str) -> str | Json:
    term = f"sam:{name}"
    if OWL + "ObjectProperty" in kinds:
        return {"@id": term, "@type": "@id"}
    if range_ == RDF + "langString":
        return {"@id": term, "@container": "@language"}
    return {"@id": term, "@type": _TYPED[range_]} if range_ in _TYPED else term
