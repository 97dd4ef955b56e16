"""The relations of an ontology as the rules see them: what ties their claims to others.

Nothing is known here of any relation but what the ontology says of it and whether a rule names it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from samgraf.namespaces import RDF, RDFS, SAM

if TYPE_CHECKING:
    from collections.abc import Iterable

    from samgraf.vocabulary.terms import Vocabulary

_TYPE, _LABEL, _ABOVE, _UNDER = RDF + "type", RDFS + "label", RDFS + "subPropertyOf", RDFS + "subClassOf"
_MOMENT, _BOUNDS, _LIFE = (SAM + n for n in ("moment", "bounds", "inheritsLife"))
_INVOLVES, _SIDE, _PAIRS, _UNITES = (SAM + n for n in ("involvement", "actorSide", "pairs", "unites"))
_KIND, _ROOT, _PARTS = (SAM + n for n in ("thingKind", "root", "takesParts"))
_TOLD = frozenset((_TYPE, _LABEL, *(SAM + name for name in ("order", "valueKind", "objectType"))))
"""What the ontology may say of a relation that ties its claims to nothing."""
_TYING = frozenset((_INVOLVES, _SIDE, _ABOVE, _UNITES, _LIFE, _MOMENT))
"""What it may say of one that ties its claims to others in a way that is known here."""
BOTH = "both"


class Relations:
    """The relations of an ontology as rules that read these predicates see them."""

    def __init__(self, vocabulary: Vocabulary, reads: frozenset[str]) -> None:
        self.reads = reads
        self._of: dict[str, set[tuple[str, str]]] = {}
        for s, p, o in vocabulary.triples:
            if p.value in reads and isinstance(s, ox.NamedNode):
                value = o.value if isinstance(o, (ox.NamedNode, ox.Literal)) else ""
                self._of.setdefault(s.value, set()).add((p.value, value))
        self._every = {p.iri for p in vocabulary.predicates.values()}
        self._below: dict[str, set[str]] = {}
        for name in self._every:
            for above in self._values(name, _ABOVE):
                self._below.setdefault(above, set()).add(name)
        self.roots, self.wholes = (
            frozenset(name for name in self._of if self._values(name, told)) for told in (_ROOT, _PARTS)
        )

    def sees(self, quad: ox.Quad) -> bool:
        """Tell whether a rule can see a quad: it reads its predicate; a class it names, or finds more of it than its label."""
        if quad.predicate.value != _TYPE or not isinstance(quad.object, ox.NamedNode):
            return quad.predicate.value in self.reads
        name = quad.object.value
        return name in self.reads or any(told not in (_TYPE, _LABEL) for told, _ in self._of.get(name, ()))

    def _values(self, name: str, told: str) -> set[str]:
        return {value for p, value in self._of.get(name, ()) if p == told}

    def apart(self, name: str) -> bool:
        """Tell whether the relation with this IRI stands apart: no rule can tie its claims to others.

        No rule names it, and it is above and below no other, involves nobody, passes no life span on and bounds none.
        """
        return name in self._every and name not in self.reads and name not in self._below and self._tells(name, _TOLD)

    def _tells(self, name: str, may: frozenset[str]) -> bool:
        """Tell whether the ontology says of a relation nothing but this, and what ties it to no other and bounds nothing."""
        return all(told in may or self._harmless(told, value) for told, value in self._of.get(name, ()))

    def _harmless(self, told: str, value: str) -> bool:
        if told == _ABOVE:
            return value not in self._every and not self._values(value, _ABOVE)
        return told == _MOMENT and not self._bounding(value)

    def _bounding(self, moment: str) -> bool:
        return moment in self.reads or bool(self._values(moment, _BOUNDS))

    def understood(self, name: str) -> bool:
        """Tell whether all that ties the claims of a relation to others is told of it, and of those above and below it, here."""
        family = {name, *self._values(name, _ABOVE) & self._every, *self._below.get(name, ())}
        near = all({*self._values(n, _ABOVE) & self._every, *self._below.get(n, ())} <= family for n in family)
        return near and all(self._tells(n, _TOLD | _TYING) for n in family)

    def side(self, name: str) -> str:
        """Give the end that a relation involves in something: ``subject``, ``object`` or `BOTH`."""
        return BOTH if self._values(name, _PAIRS) else "".join(self._values(name, _SIDE))

    def unites(self, name: str) -> set[str]:
        """Give the kinds of things that count as what a claim of this relation ties them to."""
        return self._values(name, _UNITES)

    def named(self, name: str) -> bool:
        """Tell whether rules name a relation, or one that it is below."""
        seen: set[str] = set()
        ahead = {name}
        while ahead:
            seen |= ahead
            ahead = {above for n in ahead for above in self._values(n, _ABOVE)} - seen
        return not seen.isdisjoint(self.reads)

    def dated(self, name: str) -> bool:
        """Tell whether claims of this relation bear on the life span of their subject."""
        return bool(self._values(name, _LIFE)) or any(map(self._bounding, self._values(name, _MOMENT)))

    def inherits(self, name: str) -> bool:
        """Tell whether the subject of a relation may have the life span of its object."""
        return bool(self._values(name, _LIFE))

    def kinds(self, classes: Iterable[str]) -> frozenset[str]:
        """Give the kinds that a thing of these classes may be."""
        seen: set[str] = set()
        ahead = set(classes)
        while ahead:
            seen |= ahead
            ahead = {above for n in ahead for above in self._values(n, _UNDER)} - seen
        return frozenset(kind for name in seen for kind in self._values(name, _KIND))
