"""One search for everything: names, what claims say, ready-made questions; by folded words, whatever their endings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from samgraf.language.fold import as_one, fold, tokens
from samgraf.language.fold import words as words_of
from samgraf.language.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Json = dict[str, Any]
_EXACT, _BEGINS, _WORDS, _INSIDE = range(4)


class Named(NamedTuple):
    """An entity as it can be found: all its names, folded, and how many claims there are of it."""

    iri: str
    label: str
    kind: str
    names: tuple[str, ...]
    times: int


class Names:
    """The names of a graph's entities in one language."""

    def __init__(self, entities: Iterable[Json], times: dict[str, int], lang: str) -> None:
        self.every = [_named(entity, times.get(entity["iri"], 0), lang) for entity in entities]

    def of_kind(self, kind: str) -> list[Named]:
        """Give all of one kind, by name."""
        return sorted((one for one in self.every if one.kind == kind), key=lambda one: fold(one.label))

    def find(self, asked: str) -> list[Named]:
        """Give those one of whose names has all the words, the best first: the name itself, its beginning, its words, parts."""
        whole, wanted = as_one(asked), words_of(asked)
        if not wanted:
            return []
        found = [(rank, one) for one in self.every if (rank := _rank(one.names, whole, wanted)) is not None]
        found.sort(key=lambda pair: (pair[0], -pair[1].times, fold(pair[1].label)))
        return [one for _, one in found]

    def near(self, asked: str) -> list[Named]:
        """Give those whose names are spelt much like what was written."""
        by_iri = {one.iri: one for one in self.every}
        return [by_iri[iri] for iri in nearest(asked, {one.iri: one.names for one in self.every})]


def _named(entity: Json, times: int, lang: str) -> Named:
    names = dict.fromkeys([*entity["label"].values(), *entity["aliases"], *entity["abbreviations"]])
    label = entity["label"].get(lang) or next(iter(names), entity["id"])
    return Named(entity["iri"], label, entity["type"], tuple(fold(name) for name in names), times)


def _rank(names: tuple[str, ...], whole: str, wanted: list[str]) -> int | None:
    ranks = []
    for name in names:
        if not all(word in name for word in wanted):
            continue
        joined, own = as_one(name), words_of(name)
        if joined == whole:
            ranks.append(_EXACT)
        elif joined.startswith(whole):
            ranks.append(_BEGINS)
        elif all(any(mine.startswith(word) for mine in own) for word in wanted):
            ranks.append(_WORDS)
        else:
            ranks.append(_INSIDE)
    return min(ranks, default=None)


class Sayings:
    """The claims of a graph in one language, by the words of their sentences."""

    def __init__(self, claims: Sequence[Json]) -> None:
        self.claims = claims
        self._by_stem: dict[str, set[int]] = {}
        for number, claim in enumerate(claims):
            for stem in tokens(claim["sentence"]):
                self._by_stem.setdefault(stem, set()).add(number)

    def find(self, asked: str) -> list[Json]:
        """Give the claims whose sentences have all the words, in any form; what documents say before what follows from it."""
        stems = set(tokens(asked))
        if not stems:
            return []
        found = set.intersection(*(self._by_stem.get(stem, set()) for stem in stems))
        return [self.claims[number] for number in sorted(found)]


def matching(asked: str, texts: dict[str, list[str]]) -> list[str]:
    """Give the keys of the texts that have most of the words, best first; none that has less than half of them."""
    stems = set(tokens(asked))
    scores = {
        key: max((len(stems & set(tokens(text))) for text in own), default=0) / len(stems) if stems else 0.0
        for key, own in texts.items()
    }
    return sorted((key for key, score in scores.items() if score >= 0.5), key=lambda key: (-scores[key], key))
