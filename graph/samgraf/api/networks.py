"""Networks of collaborations, measured: who is tied to whom by what, who reaches from one field to another, what has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.api.querying import Querying
from samgraf.errors import UsageError
from samgraf.language.messages import language_of
from samgraf.namespaces import ENTITY

if TYPE_CHECKING:
    from samgraf.api.opened import Json
    from samgraf.model import Collaboration
    from samgraf.publish.notebook import Shown


def as_csv(nodes: list[Json]) -> str:
    """Give the nodes of a measured network as CSV."""
    from samgraf.publish.exports.measured import table

    return table(nodes)


class Networks(Querying):
    """The methods that measure."""

    def measures(
        self,
        of: str = "actors",
        *,
        lang: str | None = None,
        as_of: str | None = None,
        within: str | None = None,
        since: str | None = None,
        output: str | None = None,
    ) -> Shown:
        """Give a network of collaborations, measured: ``actors`` by what they share, ``things`` by who is in both, or ``both``.

        ``nodes`` have degree, weight, betweenness, constraint and community; ``edges`` what they are made of; ``communities`` their
        members and what makes them. ``within`` (an agreement, an area, a body) leaves only what is under it; ``since`` (a day) adds
        to each node how much its measures have changed since then. With ``output`` it is written too, by the file's
        ending: CSV and Parquet (the nodes) or GEXF. Raises UsageError for another kind or ending.

        >>> import samgraf
        >>> samgraf.open().measures("actors")["nodes"][0]["label"]
        'Region Midtjylland'
        """
        from samgraf.library.claimlines import Lines
        from samgraf.publish.exports.measured import check_ending, write
        from samgraf.publish.notebook import Shown
        from samgraf.views.network import projection
        from samgraf.views.network.projection import KINDS, grouped, measured, project

        if output is not None:
            check_ending(output)
        if of not in KINDS:
            msg = f"{of!r} is no network; there are {', '.join(KINDS)}"
            raise UsageError(msg)
        lines = Lines.of(self.reader, language_of(lang))

        def named(name: str) -> Json:
            return {key: value for key, value in lines.entity(name).items() if key != "aliases"}

        found, belonging = self._collaborations()
        if within is not None:
            found = projection.within(found, self._under(within))
        graph = project(found, of, as_of, belonging)
        rows = measured(graph)
        if since is not None:
            projection.changes(rows, measured(project(found, of, since, belonging)))
        groups = [
            {**group, **{part: [named(name) for name in group[part]] for part in ("members", "by")}}
            for group in grouped(graph, rows)
        ]
        edges = [
            {
                "from": ENTITY + a,
                "to": ENTITY + b,
                "weight": data["weight"],
                "shared": [named(n) for n in data["shared"]],
            }
            for a, b, data in graph.edges(data=True)
        ]
        nodes = [{**named(name), **row} for name, row in rows.items()]
        told: Json = {
            "of": of,
            "lang": lines.language,
            "as_of": as_of,
            "nodes": nodes,
            "edges": edges,
            "communities": groups,
        }
        if output is not None:
            write(told, output)
        return Shown(told)

    def brokers(self, one: str, other: str, *, lang: str | None = None, as_of: str | None = None) -> Shown:
        """Give the actors who are in both of two fields (agreements, areas, bodies), those who lead most over first.

        ``nodes`` have first, second and between: see `samgraf.views.network.projection.brokers`.
        """
        from samgraf.library.claimlines import Lines
        from samgraf.publish.notebook import Shown
        from samgraf.views.network import projection

        lines = Lines.of(self.reader, language_of(lang))
        found, belonging = self._collaborations()
        rows = projection.brokers(found, (self._under(one), self._under(other)), as_of, belonging)
        nodes = [{k: v for k, v in lines.entity(name).items() if k != "aliases"} | row for name, row in rows.items()]
        fields = [lines.entity(self.id_of(name))["label"] for name in (one, other)]
        return Shown({"fields": fields, "lang": lines.language, "as_of": as_of, "nodes": nodes})

    def _collaborations(self) -> tuple[list[Collaboration], set[tuple[str, str]]]:
        """Give who is in what, and who belongs to whom."""
        from samgraf.rdf.collaborations import read_collaborations, read_links
        from samgraf.store.collaborations import CollaborationTable

        if self.folder:  # the table holds what the queries find
            table = CollaborationTable(self.folder)
            return table.all(), table.belongings()
        return read_collaborations(self.reader), set(read_links(self.reader, "sam:belongsTo"))

    def _under(self, name: str) -> set[str]:
        """Give the ids of what is under a thing, itself included, as the query of that name finds it."""
        rows = self.query("initiatives-of-area", area=name)
        return {self.id_of(name), *(str(row["initiative"]).removeprefix(ENTITY) for row in rows)}
