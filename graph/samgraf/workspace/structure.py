"""Checks of a workspace that need no graph: references, types, duplicates, cycles, labels."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from samgraf.language.nearest import nearest
from samgraf.model.text import ENGLISH
from samgraf.problems import Problem
from samgraf.vocabulary.terms import Predicate, Term
from samgraf.workspace.tense import tense

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from samgraf.workspace import Workspace
    from samgraf.workspace.entries import Claim, Entity

MAX_LABEL = 300
DOCUMENT_KIND = "DocumentKind"


def structure(workspace: Workspace) -> Iterator[Problem]:
    """Yield every problem of the workspace's structure."""
    yield from _entities(workspace)
    yield from _kinds(workspace)
    named = _named_claims(workspace)
    seen: dict[str, Claim] = {}
    for claim in workspace.claims:
        yield from _references(workspace, claim)
        yield from _predicate(workspace, claim)
        for target in claim.entry.supersedes:
            if target not in named:
                yield _at(claim, "unknown-claim", f"supersedes {target!r}, but no claim has that id")
        first = seen.setdefault(claim.key, claim)
        if first is not claim:
            yield _at(
                claim,
                "duplicate-claim",
                f"says the same as {first.path}:{first.line}; give one claim both places in 'at'",
            )
    yield from _duplicate_claim_ids(workspace)
    yield from _cycles(workspace)
    yield from tense(workspace)


def _at(claim: Claim, code: str, message: str) -> Problem:
    return Problem(claim.path, claim.line, code, message)


def _near(workspace: Workspace, name: str, known: Iterable[Term | Entity]) -> str:
    """Tell which of the known terms or entities come nearest, by their names or by what they mean."""
    names: dict[str, list[str]] = {}
    explained: dict[str, list[str]] = {}
    for one in known:
        if isinstance(one, Term):
            inverse = one.inverse.values() if isinstance(one, Predicate) else ()
            names[one.name] = [*one.label.values(), *inverse]
            explained[one.name] = list(one.definition.values())
        else:
            names[one.id] = [one.label.da, one.label.en or "", *one.aliases, *one.abbreviations]
    for entry in workspace.lexicon:
        if entry.key in explained:
            explained[entry.key].append(entry.text)
    found = nearest(name, names, explained)
    if not found:
        return "; samgraf terms lists what there is" if explained else ""
    first, *others = map(repr, found)
    return f"; did you mean {', '.join([first, *others[:-1]])}{' or ' + others[-1] if others else ''}?"


def _entities(workspace: Workspace) -> Iterator[Problem]:
    vocabulary = workspace.vocabulary
    for entity in workspace.entities.values():
        for name in entity.types:
            if name not in vocabulary.classes:
                hint = _near(workspace, name, vocabulary.classes.values())
                yield Problem(
                    entity.path, entity.line, "unknown-type", f"{entity.id}: no class is called {name!r}{hint}"
                )
        kind = entity.involvement_kind
        if kind and kind not in vocabulary.involvements:
            hint = _near(workspace, kind, vocabulary.involvements.values())
            message = f"{entity.id}: no kind of involvement is called {entity.involvement!r}{hint}"
            yield Problem(entity.path, entity.line, "unknown-involvement", message)
        yield from _identifiers(workspace, entity)
        names = (entity.label.da, entity.label.en or "", *entity.aliases, *entity.abbreviations)
        if any("\n" in name or len(name) > MAX_LABEL for name in names):
            message = f"{entity.id}: a name is one line of at most {MAX_LABEL} characters"
            yield Problem(entity.path, entity.line, "bad-label", message)


def _identifiers(workspace: Workspace, entity: Entity) -> Iterator[Problem]:
    """Yield what is wrong with an entity's identifiers that no shape can say: an unknown kind, a check digit."""
    kinds = workspace.vocabulary.identifiers
    for name, value in entity.identifiers.items():
        if name not in kinds:
            hint = _near(workspace, name, kinds.values()) or f"; there are {', '.join(kinds)}"
            message = f"{entity.id}: no kind of identifier is called {name!r}{hint}"
            yield Problem(entity.path, entity.line, "unknown-identifier", message)
        elif not kinds[name].sound(value):
            label = kinds[name].label.within(ENGLISH)
            message = (
                f"{entity.id}: {value} is no {label}: its check digit is wrong; look for a digit that was mistyped"
            )
            yield Problem(entity.path, entity.line, "bad-identifier", message)


def _kinds(workspace: Workspace) -> Iterator[Problem]:
    for document in workspace.documents:
        kind = workspace.entities.get(document.head.kind or "")
        if document.head.kind and (kind is None or DOCUMENT_KIND not in kind.types):
            known = [e for e in workspace.entities.values() if DOCUMENT_KIND in e.types]
            hint = _near(workspace, document.head.kind, known)
            message = f"no {DOCUMENT_KIND} has the id {document.head.kind!r}{hint}"
            yield Problem(document.path, document.line, "unknown-kind", message)


def _references(workspace: Workspace, claim: Claim) -> Iterator[Problem]:
    entry, entities = claim.entry, workspace.entities
    named = {"subject": claim.subject, "object": claim.object, "onBehalfOf": entry.on_behalf_of}
    for field, name in named.items():
        if name is not None and name not in entities and name not in workspace.broken:
            hint = _near(workspace, name, entities.values())
            yield _at(claim, "unknown-entity", f"{field}: no entity has the id {name!r}{hint}")
    for field, name, wanted in (("role", entry.role, "Role"), ("unit", entry.unit, "UnitOfMeasure")):
        if name is not None and (name not in entities or wanted not in entities[name].types):
            known = [e for e in entities.values() if wanted in e.types]
            yield _at(claim, f"unknown-{field}", f"no {wanted} has the id {name!r}{_near(workspace, name, known)}")


def _predicate(workspace: Workspace, claim: Claim) -> Iterator[Problem]:
    vocabulary, entry = workspace.vocabulary, claim.entry
    predicate = vocabulary.predicates.get(entry.predicate)
    if entry.predicate in vocabulary.derived:
        yield _at(claim, "derived-predicate", f"{entry.predicate} is only derived by rules; a claim does not state it")
        return
    if predicate is None:
        hint = _near(workspace, entry.predicate, vocabulary.predicates.values())
        yield _at(claim, "unknown-predicate", f"no predicate is called {entry.predicate!r}{hint}")
        return
    if (predicate.kind == "object") != (claim.object is not None):
        wanted = "an 'object', an entity's id" if predicate.kind == "object" else f"a 'value' ({predicate.kind})"
        yield _at(claim, "bad-object", f"{entry.predicate} takes {wanted}")
        return
    if predicate.kind == "figure":
        for field, given in (("measure", entry.measure), ("unit", entry.unit), ("kind", entry.kind)):
            if given is None:
                yield _at(claim, "missing-field", f"a figure needs {field!r}")
    elif entry.measure or entry.unit or entry.population or entry.kind:
        yield _at(claim, "unknown-field", "measure, population, unit and kind go with the predicate 'figure' alone")
    for role, name, types in (
        ("subject", claim.subject, predicate.subject_types),
        ("object", claim.object, predicate.object_types),
    ):
        entity = workspace.entities.get(name) if name else None
        if entity and not vocabulary.is_a(entity.types, types):
            wanted_types = " or ".join(sorted(types))
            yield _at(
                claim,
                "wrong-type",
                f"the {role} of {entry.predicate} is to be {wanted_types}; {name} is {entity.types[0]}",
            )


def _named_claims(workspace: Workspace) -> set[str]:
    return {c.entry.id for c in workspace.claims if c.entry.id}


def _duplicate_claim_ids(workspace: Workspace) -> Iterator[Problem]:
    first: dict[str, tuple[str, int]] = {}
    for claim in workspace.claims:
        if claim.entry.id:
            place = first.setdefault(claim.entry.id, (claim.path, claim.line))
            if place != (claim.path, claim.line):
                yield _at(
                    claim, "duplicate-id", f"the claim id {claim.entry.id!r} is taken already, in {place[0]}:{place[1]}"
                )


def _cycles(workspace: Workspace) -> Iterator[Problem]:
    """Find claims that make something a part of itself, directly or through its parts."""
    for predicate in ("partOf", "continues"):
        above: dict[str, list[Claim]] = defaultdict(list)
        for claim in workspace.claims:
            if claim.predicate == predicate and claim.object and claim.entry.modality == "stated":
                above[claim.subject].append(claim)
        done: set[str] = set()
        for start in above:
            yield from _cycle_from(start, above, done, predicate)


def _cycle_from(start: str, above: dict[str, list[Claim]], done: set[str], predicate: str) -> Iterator[Problem]:
    """Walk up from ``start`` depth first, without recursion, and report each edge that closes a cycle."""
    if start in done:
        return
    path, stack = [start], [iter(above[start])]
    on_path = {start}
    while stack:
        claim = next(stack[-1], None)
        if claim is None:
            stack.pop()
            done.add(path[-1])
            on_path.discard(path.pop())
        elif claim.object in on_path:
            ring = [*path[path.index(claim.object) :], claim.object]
            yield _at(claim, "cycle", f"{predicate} goes in a circle: {' → '.join(ring)}")
        elif claim.object and claim.object not in done:
            path.append(claim.object)
            on_path.add(claim.object)
            stack.append(iter(above.get(claim.object, ())))
