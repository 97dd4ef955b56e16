"""The graph in other forms: exports, the page, an rdflib Dataset, a networkx graph, a pyvis Network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.api.opened import Opened
from samgraf.errors import UsageError
from samgraf.language.messages import language_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import networkx as nx
    import pyoxigraph as ox
    import rdflib
    from pyvis.network import Network as PyvisNetwork

    from samgraf.publish.linked import Linked
    from samgraf.publish.notebook import Explored


def design() -> tuple[str, str]:
    """Give the explorer's colours and measures as CSS declarations, light and dark, for pages that are to look like it."""
    from samgraf.publish.explorer.page import tokens

    return tokens()


class Forms(Opened):
    """The methods that give the graph as something else."""

    def export(self, target: str) -> bytes | int:
        """Give the graph in a format (``ttl``, ``csv`` …) or write it to a file by its ending, and give the bytes written.

        Raises UsageError when no format is named so, UnreachableError when the file cannot be written.

        >>> import samgraf
        >>> samgraf.open().export("csv")[:13].decode("utf-8-sig")
        'id,subject'
        """
        from samgraf.publish.exports import FORMATS, export, write

        return export(self.reader, target, self.workspace) if target in FORMATS else write(self.reader, target)

    def downloads(self) -> dict[str, tuple[str, str]]:
        """Give the files that the description of the data set offers: by name, the format for `export` and the media type.

        >>> import samgraf
        >>> samgraf.open().downloads()["graph.ttl"]
        ('ttl', 'text/turtle')
        """
        from samgraf.publish.description import FILES

        return {name: (file.form, file.media) for name, file in FILES.items()}

    def explore(
        self,
        path: str | None = None,
        *,
        focus: str | None = None,
        lang: str | None = None,
        documents: str | None = None,
        story: str | None = None,
        pages: Mapping[str, Mapping[str, str]] | None = None,
    ) -> Explored:
        """Make the interactive page: written to ``path`` when one is given, and shown in a notebook.

        With ``documents``, the folder of the source documents, their own words stand beside the facts. ``story`` is a YAML
        file of steps (state, title, text) that lead through the page. ``pages`` are the addresses that it leads to
        where a server or a site has more: by language, of ``home``, ``entity``, ``claim``, ``query`` and ``ask``, each with {}
        where the name goes.
        """
        from samgraf.publish.explorer.making import make_page
        from samgraf.publish.notebook import Explored

        name = self.id_of(focus) if focus else None
        language = language_of(lang)
        with self.chosen():
            page = make_page(
                self.reader, self.workspace, focus=name, lang=language, documents=documents, story=story, pages=pages
            )
        return Explored(page, path, name)

    def workbook(self, name: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
        """Give an Excel workbook of one table: real columns with filters, cells that a spreadsheet will not run.

        >>> import samgraf
        >>> samgraf.open().workbook("names", ["name"], [["Viborg"]])[:2]
        b'PK'
        """
        from samgraf.publish.exports.workbook import table_xlsx

        return table_xlsx(name, columns, rows)

    def undescribed(self) -> list[str]:
        """Name the settings of ``samgraf.yaml`` that a full description of the data set wants and that are not there.

        >>> import samgraf
        >>> samgraf.open().undescribed()
        []
        """
        from samgraf.publish.description import missing

        return missing(self.workspace)

    def description(self, files: Mapping[str, bytes] | None = None, at: str | None = None) -> bytes:
        """Give the description of the data set (DCAT-AP, VoID) as Turtle; with ``files``, of what stands at ``at`` for download.

        >>> import samgraf
        >>> b"dcat:Dataset" in samgraf.open().description()
        True
        """
        from samgraf.publish.description import described
        from samgraf.publish.linked import serialized

        return serialized(described(self.reader, self.workspace, files, at=at, answers=at is None), "turtle")

    def metadata(self) -> dict[str, list[str]]:
        """Give what ``samgraf.yaml`` says of the data set, as far as it does.

        >>> import samgraf
        >>> samgraf.open().metadata()["license"]
        ['https://creativecommons.org/licenses/by/4.0/']
        """
        from samgraf.publish.description import metadata

        return metadata(self.workspace)

    def addresses(self) -> list[str]:
        """Give the paths below the base IRI that `linked` knows, but those of single claims.

        >>> import samgraf
        >>> "id/viborg" in samgraf.open().addresses()
        True
        """
        from samgraf.publish.linked import addresses

        return addresses(self.reader, self.workspace)

    def linked(self, path: str, at: str | None = None) -> Linked | None:
        """Tell what stands at a path below the base IRI: ``ontology``, ``claim/…``, ``graph/…``, ``rule/…``; None for nothing.

        ``at`` is the address of the server that answers, for what tells of it (``sparql``, ``.well-known/void``).

        >>> import samgraf
        >>> samgraf.open().linked("rule/direct") is not None
        True
        """
        from samgraf.publish.linked import linked

        with self.chosen():
            return linked(self.reader, self.workspace, path, at)

    @property
    def store(self) -> ox.Store:
        """The pyoxigraph store, opened read-only; the claims of each document are in a graph of their own.

        Raises UsageError for a graph that lives at an endpoint.

        >>> import samgraf
        >>> type(samgraf.open().store).__name__
        'Store'
        """
        from samgraf.store.embedded import EmbeddedStore

        if isinstance(self.reader, EmbeddedStore):
            return self.reader.store
        msg = f"the graph at {self.url} has no embedded store; use query()"
        raise UsageError(msg)

    def dataset(self) -> rdflib.Dataset:
        """Give an rdflib Dataset on the same store, by oxrdflib; its default graph is the union of all. Read-only.

        >>> import samgraf
        >>> from rdflib import RDF, URIRef
        >>> dataset = samgraf.open().dataset()
        >>> (URIRef("https://w3id.org/samgraf/id/viborg"), RDF.type, None) in dataset
        True
        """
        import rdflib
        from oxrdflib import OxigraphStore

        from samgraf.namespaces import PREFIXES

        dataset = rdflib.Dataset(store=OxigraphStore(store=self.store), default_union=True)
        for prefix, iri in PREFIXES.items():
            dataset.bind(prefix, iri, replace=True)
        return dataset

    def network(self) -> nx.MultiDiGraph[str]:
        """Give the claims between entities as a networkx graph: nodes by entity id, edges keyed by claim id.

        >>> import samgraf
        >>> network = samgraf.open().network()
        >>> network.nodes["viborg"]["label_en"]
        'Viborg Municipality'
        """
        from samgraf.publish.exports.networks import to_networkx

        return to_networkx(self.reader)

    def pyvis(self) -> PyvisNetwork:
        """Give the network of actors as a pyvis Network, for those who carry on with pyvis' own interface."""
        from samgraf.publish.explorer.making import make_drawing

        with self.chosen():
            return make_drawing(self.reader, self.workspace)
