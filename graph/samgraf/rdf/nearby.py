"""The part of a graph that changed claims bear on: what follows by rules is other only within it.

A claim that involves somebody in a thing bears on who is in that thing and in what it is counted with: its wholes and their
parts, what stands for it and what it stands for. Of each of them all claims about it are near; of all who are in it, what they
belong to and who belongs to them; of all that is named there, what its life span rests on. A claim that a life span rests on
bears on all claims about the one whose life it is, as if they had changed, and on the life span of what has none of its own but
that. A claim of belonging bears on all things in which it passes somebody on: what the whole is in where it involves the part in
it, as membership does, and else what the part and those below it are in. Run over this part as it was and as it is, the rules
give the same difference as over the whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from samgraf.namespaces import CLAIM, DERIVED_GRAPH, ENTITIES_GRAPH, RDF, SAM
from samgraf.rdf.relations import BOTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from samgraf.rdf.relations import Relations

_DERIVED, _ENTITIES = ox.NamedNode(DERIVED_GRAPH), ox.NamedNode(ENTITIES_GRAPH)
_TYPE, _SUBJECT, _PREDICATE, _OBJECT = (ox.NamedNode(RDF + name) for name in ("type", "subject", "predicate", "object"))
_BEHALF, _COMPLETE, _STANDS, _PRIMARY = (
    ox.NamedNode(SAM + name) for name in ("onBehalfOf", "completeness", "standsFor", "primaryType")
)
_THING, _UP, _DOWN, _LIFE, _SPAN, _IN, _BELOW = range(7)


class Nearby:
    """What is near claims of which these quads have come to a store, or have gone from it; at most so ``many`` claims."""

    def __init__(
        self, store: ox.Store, gone: set[ox.Quad], come: set[ox.Quad], relations: Relations, many: int
    ) -> None:
        self._stores = (store, ox.Store())
        self._stores[1].extend(gone)
        self._gone, self._come, self._relations, self._many = gone, come, relations, many
        self._taken: set[ox.NamedNode] = set()
        self._whole_claims: set[ox.NamedNode] = set()
        self._ahead: list[tuple[int, ox.NamedNode]] = []

    def gather(self) -> bool:
        """Look for what is near; tell whether that is all that the change bears on."""
        changed = {q for q in (*self._gone, *self._come) if self._relations.sees(q)}
        saying = [self._saying(quad) for quad in changed]
        if not all(saying) or not all(map(self._begin, set().union(*saying))):
            return False
        done: set[tuple[int, ox.NamedNode]] = set()
        steps = {
            _THING: self._thing, _UP: self._up, _DOWN: self._down, _LIFE: self._life,
            _SPAN: self._span, _IN: self._in, _BELOW: self._below,
        }  # fmt: skip
        while self._ahead and len(self._taken) <= self._many:
            step = self._ahead.pop()
            if step not in done:
                done.add(step)
                steps[step[0]](step[1])
        return not self._ahead

    def graphs(self) -> tuple[list[ox.Quad], list[ox.Quad]]:
        """Give what rules read of all that is near, as it was and as it is."""
        now = {q for claim in self._taken for q in self._told(claim)}
        named = {term for q in now | self._gone for term in (q.subject, q.object) if isinstance(term, ox.NamedNode)}
        store = self._stores[0]
        entities = {q for node in named for q in store.quads_for_pattern(node, None, None, _ENTITIES)}
        kinds = {q.object for q in entities if q.predicate == _PRIMARY}
        entities |= {q for kind in kinds for q in store.quads_for_pattern(None, _PRIMARY, kind, _ENTITIES)}
        read = self._relations.reads
        return (
            [q for q in ((now - self._come) | self._gone | entities) if q.predicate.value in read],
            [q for q in now | self._come | entities if q.predicate.value in read],
        )

    def _saying(self, quad: ox.Quad) -> set[ox.NamedNode]:
        """Give the claim that a quad is of, or those that it says in one triple; none when it is of something else."""
        node = quad.subject
        if not isinstance(node, ox.NamedNode):
            return set()
        if node.value.startswith(CLAIM):
            return {node}
        claims = self._claims(_SUBJECT, node)
        same = (c for c in claims if self._relation(c) == quad.predicate.value)
        return {c for c in same if quad.object in self._objects(c, _OBJECT)}

    def _begin(self, claim: ox.NamedNode) -> bool:
        """Begin with a changed claim; tell whether all that can be other for it is found from here."""
        relation = self._relation(claim)
        if self._relations.apart(relation):
            self._take({claim})
            return True
        if any(q for thing in self._things(claim) for c in self._about(thing) for q in self._look(c, _COMPLETE, None)):
            return False
        if self._relations.dated(relation):
            self._ahead += [(_SPAN, end) for end in self._objects(claim, _SUBJECT)]
        self._bear(claim)
        return self._relations.understood(relation)

    def _bear(self, claim: ox.NamedNode) -> None:
        """Go to all things in which what follows from a claim is other when the claim, or its period, is."""
        self._take({claim})
        relation = self._relation(claim)
        if self._relations.apart(relation):
            return
        subjects, objects = self._objects(claim, _SUBJECT), self._objects(claim, _OBJECT)
        if self._relations.side(relation) == BOTH:
            self._ahead += [(way, end) for end in subjects | objects for way in (_UP, _DOWN)]
            self._take(c for s in subjects for c in self._about(s) if not objects.isdisjoint(self._ends(c)))
        things = self._things(claim)
        self._ahead += [(_THING, end) for end in things]
        if self._relations.unites(relation):
            self._ahead += [(_THING, end) for end in subjects | objects]
        if self._relations.named(relation):
            self._ahead += [(way, end) for end in subjects for way in (_UP, _DOWN)]
            self._ahead += [(_IN, end) for end in objects] if things else [(_BELOW, end) for end in subjects]

    def _span(self, node: ox.NamedNode) -> None:
        """Go to all that is other with the life span of a node: claims about it, and life spans that it passes on."""
        self._life(node)
        for claim in self._claims(_SUBJECT, node) | self._claims(_OBJECT, node):
            self._bear(claim)
            if self._relations.inherits(self._relation(claim)):
                self._ahead += [(_SPAN, end) for end in self._objects(claim, _SUBJECT)]

    def _in(self, node: ox.NamedNode) -> None:
        """Go to all that a node, or what it belongs to, is in."""
        for claim in self._about(node) | self._claims(_BEHALF, node):
            if self._relations.side(self._relation(claim)) == BOTH:
                self._bear(claim)
            self._ahead += [(_THING, thing) for thing in self._things(claim)]
        self._ahead += [(_IN, end) for claim in self._bonds(_SUBJECT, node) for end in self._objects(claim, _OBJECT)]

    def _below(self, node: ox.NamedNode) -> None:
        """Go to all that a node, or who belongs to it, is in."""
        self._in(node)
        self._ahead += [(_BELOW, end) for claim in self._bonds(_OBJECT, node) for end in self._objects(claim, _SUBJECT)]

    def _thing(self, node: ox.NamedNode) -> None:
        """Take all claims about a thing, and go to what it is counted with."""
        about = self._about(node)
        self._take(about)
        for claim in about:
            relation = self._relation(claim)
            for subject in self._objects(claim, _SUBJECT):
                for obj in self._objects(claim, _OBJECT):
                    if self._tied(subject, relation, obj):
                        self._ahead += [(_THING, subject), (_THING, obj)]
            side = self._relations.side(relation)
            for end in (_SUBJECT, _OBJECT):
                self._ahead += [(_UP, other) for other in self._objects(claim, end)]
                if side in ("both", "subject" if end == _SUBJECT else "object"):
                    self._ahead += [(_DOWN, other) for other in self._objects(claim, end)]
        standing = self._stores[0].quads_for_pattern
        links = (*standing(node, _STANDS, None, _DERIVED), *standing(None, _STANDS, node, _DERIVED))
        self._ahead += [(_THING, end) for q in links for end in (q.subject, q.object) if isinstance(end, ox.NamedNode)]

    def _tied(self, subject: ox.NamedNode, relation: str, obj: ox.NamedNode) -> bool:
        """Tell whether a claim can make its two ends count as one, or what is in the one be in the other."""
        relations = self._relations
        if not relations.unites(relation):
            return False
        counts = relations.unites(relation) & self._kinds(subject) and relations.roots & self._kinds(obj)
        return bool(counts) or (relation in relations.reads and self._whole(obj, {subject}))

    def _whole(self, node: ox.NamedNode, seen: set[ox.NamedNode]) -> bool:
        """Tell whether a thing, or what it is a part of, takes in those who are in its parts."""
        if self._relations.wholes & self._kinds(node):
            return True
        ties = (c for c in self._claims(_SUBJECT, node) if self._relations.unites(self._relation(c)))
        above = {o for claim in ties for o in self._objects(claim, _OBJECT)} - seen
        return any(self._whole(o, seen | {node}) for o in above)

    def _up(self, node: ox.NamedNode) -> None:
        """Take what a node belongs to, and who else does."""
        for claim in self._bonds(_SUBJECT, node):
            self._take({claim})
            for whole in self._objects(claim, _OBJECT):
                self._ahead.append((_UP, whole))
                self._taken |= self._bonds(_OBJECT, whole)

    def _down(self, node: ox.NamedNode) -> None:
        """Take who belongs to a node."""
        bonds = self._bonds(_OBJECT, node)
        self._take(bonds)
        self._ahead += [(way, end) for claim in bonds for end in self._objects(claim, _SUBJECT) for way in (_UP, _DOWN)]

    def _life(self, node: ox.NamedNode) -> None:
        """Take what the life span of a node rests on."""
        dating = {c for c in self._claims(_SUBJECT, node) if self._relations.dated(self._relation(c))}
        self._take(dating)

    def _take(self, claims: Iterable[ox.NamedNode]) -> None:
        """Take claims, those that say with them for whom somebody speaks, and what the life spans of their ends rest on."""
        rest = list(claims)
        while rest:
            claim = rest.pop()
            if claim in self._whole_claims:
                continue
            self._whole_claims.add(claim)
            self._taken.add(claim)
            subjects, behalf = self._objects(claim, _SUBJECT), self._objects(claim, _BEHALF)
            self._ahead += [(_LIFE, end) for end in subjects | behalf | self._objects(claim, _OBJECT)]
            self._ahead += [(way, end) for end in behalf for way in (_UP, _DOWN)]
            for others in (self._claims(_BEHALF, end) for end in behalf):
                rest += [other for other in others if not subjects.isdisjoint(self._objects(other, _SUBJECT))]

    # --- what is said, now or before

    def _look(self, s: ox.NamedNode | None, p: ox.NamedNode | None, o: ox.NamedNode | None) -> Iterator[ox.Quad]:
        for store in self._stores:
            yield from (q for q in store.quads_for_pattern(s, p, o, None) if q.graph_name != _DERIVED)

    def _objects(self, node: ox.NamedNode, predicate: ox.NamedNode) -> set[ox.NamedNode]:
        return {q.object for q in self._look(node, predicate, None) if isinstance(q.object, ox.NamedNode)}

    def _claims(self, predicate: ox.NamedNode, node: ox.NamedNode) -> set[ox.NamedNode]:
        return {q.subject for q in self._look(None, predicate, node) if isinstance(q.subject, ox.NamedNode)}

    def _relation(self, claim: ox.NamedNode) -> str:
        return next((node.value for node in self._objects(claim, _PREDICATE)), "")

    def _things(self, claim: ox.NamedNode) -> set[ox.NamedNode]:
        """Give the end of a claim in which it involves the other."""
        side = self._relations.side(self._relation(claim))
        return set() if side in ("", BOTH) else self._objects(claim, _OBJECT if side == "subject" else _SUBJECT)

    def _ends(self, claim: ox.NamedNode) -> set[ox.NamedNode]:
        return self._objects(claim, _SUBJECT) | self._objects(claim, _OBJECT)

    def _about(self, node: ox.NamedNode) -> set[ox.NamedNode]:
        """Give the claims about a node but those that stand apart."""
        both = self._claims(_SUBJECT, node) | self._claims(_OBJECT, node)
        return {claim for claim in both if not self._relations.apart(self._relation(claim))}

    def _bonds(self, predicate: ox.NamedNode, node: ox.NamedNode) -> set[ox.NamedNode]:
        """Give the claims of belonging with a node at this end."""
        return {claim for claim in self._claims(predicate, node) if self._relations.named(self._relation(claim))}

    def _kinds(self, node: ox.NamedNode) -> frozenset[str]:
        return self._relations.kinds(kind.value for kind in self._objects(node, _TYPE))

    def _told(self, claim: ox.NamedNode) -> Iterator[ox.Quad]:
        """Yield what is now said of a claim, and what it says in one triple."""
        store = self._stores[0]
        yield from (q for q in store.quads_for_pattern(claim, None, None) if q.graph_name != _DERIVED)
        relation = self._relation(claim)
        if relation in self._relations.reads:
            for subject in self._objects(claim, _SUBJECT):
                for obj in self._objects(claim, _OBJECT):
                    every = store.quads_for_pattern(subject, ox.NamedNode(relation), obj, None)
                    yield from (q for q in every if q.graph_name != _DERIVED)
