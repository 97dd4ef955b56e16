"""What was asked of the table of collaborations: about whom, in what language, on what day; and the pieces of a reply to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samgraf.language.messages import Messages, language_of, messages
from samgraf.namespaces import ENTITY
from samgraf.store.collaborations import CollaborationTable, RemoteTable
from samgraf.store.opening import snapshot_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from samgraf.model import Collaboration, Entity, Moment, Period


class Asked:
    """What was asked: the actor, the language, the day, and the table to read: of the snapshot in ``folder``, if one is open."""

    def __init__(
        self,
        name: str,
        *,
        lang: str | None = None,
        as_of: str | None = None,
        workspace: str | None = None,
        store: str | None = None,
        folder: str | None = None,
    ) -> None:
        from samgraf.library.resolving import by_folder

        folder = folder or snapshot_folder(workspace)
        self.name, self.as_of, self.workspace = name, as_of, workspace
        self.language = language_of(lang, workspace)
        self.say: Messages = messages(self.language, workspace)
        self.table = RemoteTable(folder, store) if store else CollaborationTable(folder)
        self.actor = by_folder(folder)(name).removeprefix(ENTITY)
        self.day = as_of or _today()
        self._labels: dict[str, Entity] = {}
        self.label = self.entity(self.actor).label.within(self.language)

    def learn(self, names: Iterable[str]) -> None:
        """Look up these entities at once, before they are asked for."""
        self._labels.update(self.table.entities(set(names) - self._labels.keys()))

    def entity(self, name: str) -> Entity:
        """Give an entity as the index has it; one that it does not have is known by its id."""
        if name not in self._labels:
            self.learn([name])
        if name not in self._labels:
            from samgraf.model import Entity, Text
            from samgraf.model.text import FIRST

            self._labels[name] = Entity(name, (), Text({FIRST: name}))
        return self._labels[name]

    def labels(self, names: Iterable[str]) -> list[str]:
        """Give the labels of these entities in the language asked for, each once."""
        return list(dict.fromkeys(self.entity(name).label.within(self.language) for name in names))

    def named(self, name: str) -> dict[str, Any]:
        """Give what an answer says of the entity that it names."""
        entity = self.entity(name)
        label = entity.label.within(self.language)
        others = dict.fromkeys((*entity.label.values(), *entity.aliases))
        given = {"label": label, "iri": ENTITY + name, "aliases": [other for other in others if other != label]}
        return {**given, "type": entity.type} if entity.type else given

    def holding(self, rows: Iterable[Collaboration]) -> list[Collaboration]:
        """Give the rows that held on the day asked for, or may have; all of them where no day was given."""
        return [row for row in rows if not self.as_of or row.may_hold(self.as_of)]

    def passages(self, claims: Iterable[str], places: dict[str, list[Any]]) -> list[dict[str, Any]]:
        """Give the passages of these claims, each once, by document and place."""
        found = sorted(
            {passage for claim in claims for passage in places.get(claim, ())},
            key=lambda p: (p.document, p.chars, p.section),
        )
        return [{name: value for name, value in p.data().items() if value} for p in found]

    def time(self, period: Period, attested: Moment | None) -> dict[str, Any]:
        """Give what an answer says of time: its state on the day, its period with the basis, and when it was last spoken of."""
        said: dict[str, str] = {"basis": period.basis}
        if period.start:
            said["from"] = period.start.edtf
        if period.until:
            said["until"] = period.until.edtf
        given: dict[str, Any] = {"state": period.state(self.day, attested), "period": said}
        return {**given, "attested": attested.edtf} if attested else given

    def query(self, name: str) -> dict[str, str]:
        """Give the named query that answers the same, its parameters bound."""
        from samgraf.library.binding import bind_plain, bind_terms
        from samgraf.library.listing import find
        from samgraf.namespaces import XSD

        terms = {"actor": f"<{ENTITY}{self.actor}>", "lang": f'"{self.language}"'}
        if self.as_of:
            terms["asOf"] = f'"{self.as_of}"^^<{XSD}date>'
        found = find(name, self.workspace)
        lines = found.text.split("\n")
        start = next((n for n, line in enumerate(lines) if line.strip() and not line.startswith("#")), 0)
        bind = bind_plain if found.ours else bind_terms
        return {"sparql": bind("\n".join(lines[start:]).rstrip(), terms), "name": name}

    def reply(self, query: str, answers: list[dict[str, Any]], message: str, summary: dict[str, Any]) -> dict[str, Any]:
        """Give the whole reply around its answers."""
        understood = [f"{self.name}: {self.label}", self.say("collaborations.query", query)]
        if self.as_of:
            understood.append(self.say("collaborations.day", self.date(self.as_of)).strip())
        return {
            "question": self.say(f"collaborations.questions.{query}", self.label),
            "lang": self.language,
            "outcome": "answered" if answers else "silent",
            "answered": bool(answers),
            "query": self.query(query),
            "answers": answers,
            "complete": False,
            "summary": summary,
            "message": message,
            "understood": understood,
        }

    def date(self, edtf: str) -> str:
        """Write a date."""
        from samgraf.language.showing import show_date

        return show_date(edtf, self.language)

    def listed(self, parts: Sequence[str]) -> str:
        """Write a list: one, two and three."""
        if len(parts) < 2:
            return "".join(parts)
        return f"{', '.join(parts[:-1])} {self.say('collaborations.and')} {parts[-1]}"

    def on_day(self) -> str:
        """Write the day asked for, as the end of a sentence."""
        return self.say("collaborations.day", self.date(self.as_of)) if self.as_of else ""


def _today() -> str:
    from datetime import date

    return date.today().isoformat()  # noqa: DTZ011  (the day where the reader is)
