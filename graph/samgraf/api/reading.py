"""What there is: entities, claims, and the terms that claims are written with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.api.opened import Json, Opened
from samgraf.errors import UnknownNameError
from samgraf.language.messages import language_of
from samgraf.namespaces import ENTITY

if TYPE_CHECKING:
    from samgraf.model import Claim, Entity


class Reading(Opened):
    """The methods that give entities, claims and terms."""

    def entities(self) -> list[Json]:
        """Give all entities, sorted by id.

        >>> import samgraf
        >>> [e["label"]["da"] for e in samgraf.open().entities() if e["id"] == "region-midtjylland"]
        ['Region Midtjylland']
        """
        from samgraf.rdf.reading import read_entities

        return [_entity(entity) for entity in read_entities(self.reader)]

    def find(self, name: str) -> Json:
        """Give the entity that bears this name.

        >>> import samgraf
        >>> samgraf.open().find("Viborg Municipality")["id"]
        'viborg'
        """
        from samgraf.rdf.reading import read_entities

        for entity in read_entities(self.reader, [self.id_of(name)]):
            return _entity(entity)
        raise UnknownNameError(name)

    def claims(
        self,
        *,
        document: str | None = None,
        about: str | None = None,
        derived: bool = True,
        lang: str | None = None,
        as_of: str | None = None,
    ) -> list[Json]:
        """Give claims in the order of the documents, the derived ones last; ``derived=False`` leaves those out.

        With ``as_of``, only those that held that day or may have, each with its ``state``.

        >>> import samgraf
        >>> claims = samgraf.open().claims(about="Viborg", derived=False)
        >>> all(claim["evidence"][0]["document"] for claim in claims if claim["evidence"])
        True
        """
        from samgraf.library.claimlines import Lines

        claims = self._chosen(document, about, as_of, derived=derived)
        lines = Lines.of(self.reader, language_of(lang), claims)
        return [lines.line(claim, as_of) for claim in claims]

    def text(self, document: str) -> str | None:
        """Give the text of a document by its id, where the texts are at hand (``SAMGRAF_DOCUMENTS``); else None.

        >>> import samgraf
        >>> samgraf.open().text("no-such-document") is None
        True
        """
        from samgraf import resources
        from samgraf.errors import UnreachableError
        from samgraf.workspace.evidence import document_text

        try:
            folder = resources.documents_folder(None, self.workspace)
        except UnreachableError:
            return None
        return document_text(folder, document) if folder else None

    def claims_csv(
        self, *, document: str | None = None, about: str | None = None, derived: bool = True, as_of: str | None = None
    ) -> str:
        """Give claims as CSV text, with the columns of ``export csv``; only the head where there are none."""
        from samgraf.publish.exports.columns import Words
        from samgraf.publish.exports.tables import claims_sheet, csv_text

        return csv_text(claims_sheet(Words.of(self.reader), self._chosen(document, about, as_of, derived=derived)))

    def _chosen(self, document: str | None, about: str | None, as_of: str | None, *, derived: bool) -> list[Claim]:
        from samgraf.library.claimlines import choose

        found = choose(self.reader, document=document, about=about, derived=derived)
        return [claim for claim in found if as_of is None or claim.may_hold(as_of)]

    def terms(self, word: str | None = None, *, every: bool = False) -> list[Json]:
        """Give the terms that claims are written with: classes, relations with an example, roles, statuses, units.

        With a word, in any language, those that come nearest to it, best first. With ``every``, the whole vocabulary: also the
        terms that only rules and the graph itself use.

        >>> import samgraf
        >>> "participatesIn" in [term["name"] for term in samgraf.open().terms("deltager")]
        True
        """
        from samgraf.views.terms import terms

        return terms(self.reader, word, every=every)


def _entity(entity: Entity) -> Json:
    from samgraf.library.claimlines import period_data

    data = {"iri": ENTITY + entity.id, "type": entity.type, **entity._asdict()}
    return {k: [*v] if isinstance(v, tuple) and k != "life" else v for k, v in data.items()} | {
        "life": period_data(entity.life)
    }
