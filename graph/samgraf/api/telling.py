"""What the graph says: answers, notes, timelines, paths, and what is new."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from samgraf.api.opened import Opened
from samgraf.language.messages import language_of
from samgraf.namespaces import ENTITY

if TYPE_CHECKING:
    from contextlib import ExitStack

    from samgraf.publish.notebook import Noted, Shown
    from samgraf.views.diff import State
    from samgraf.views.facts import Common, Facts


class Telling(Opened):
    """The methods that answer, each what the command of the same name prints as JSON."""

    _last: tuple[str, Facts | None] = ("", None)

    def ask(self, question: str, *, lang: str | None = None, as_of: str | None = None) -> Shown:
        """Answer a question in Danish or English, with evidence; never raises for the question.

        >>> import samgraf
        >>> samgraf.open().ask("Hvilke kommuner er med i Midtklyngen?")["answered"]
        True
        """
        from samgraf.ask import answer
        from samgraf.publish.notebook import Shown

        with self.chosen():
            return Shown(answer(question, lang=lang, as_of=as_of, **self._where()))

    def initiatives(self, name: str, *, lang: str | None = None, as_of: str | None = None) -> Shown:
        """Give the initiatives, alliances and agreements that an actor is involved in, how, when, and where it stands.

        >>> import samgraf
        >>> samgraf.open().initiatives("Viborg", lang="en")["answered"]
        True
        """
        from samgraf.publish.notebook import Shown
        from samgraf.views.collaborations import initiatives

        with self.chosen():
            return Shown(initiatives(name, lang=lang, as_of=as_of, **self._where()))

    def meetings(self, name: str, *, lang: str | None = None, as_of: str | None = None) -> Shown:
        """Give the bodies and meetings that an actor is involved in, and in what capacity.

        >>> import samgraf
        >>> samgraf.open().meetings("Viborg")["answered"]
        True
        """
        from samgraf.publish.notebook import Shown
        from samgraf.views.collaborations import meetings

        with self.chosen():
            return Shown(meetings(name, lang=lang, as_of=as_of, **self._where()))

    def collaborators(self, name: str, *, lang: str | None = None, as_of: str | None = None) -> Shown:
        """Give who an actor collaborates with: on what, how often, since when.

        >>> import samgraf
        >>> samgraf.open().collaborators("Viborg")["answers"][0]["count"] > 0
        True
        """
        from samgraf.publish.notebook import Shown
        from samgraf.views.partners import collaborators

        with self.chosen():
            return Shown(collaborators(name, lang=lang, as_of=as_of, **self._where()))

    def show(self, name: str, *, lang: str | None = None, as_of: str | None = None) -> Shown:
        """Give everything about one entity: names, facts by kind, what follows from them, what changed.

        >>> import samgraf
        >>> samgraf.open().show("DASSOS")["type"]
        'Body'
        """
        from samgraf.publish.notebook import Shown
        from samgraf.views.about import about

        facts, language = self._facts(name), language_of(lang)
        return Shown(about(facts, language, as_of).data(facts.lines(language)))

    def timeline(self, name: str, *, lang: str | None = None, as_of: str | None = None) -> Shown:
        """Give what happened to an entity, and when, in order."""
        from samgraf.publish.notebook import Shown
        from samgraf.views.timeline import timeline

        facts, language = self._facts(name), language_of(lang)
        phrases, lines = facts.phrases(language), facts.lines(language)
        moments = [moment.data(phrases, lines) for moment in timeline(facts, language, as_of)]
        return Shown({"entity": lines.entity(facts.id), "lang": language, "as_of": as_of, "moments": moments})

    def path(self, a: str, b: str, *, most: int = 3, lang: str | None = None, as_of: str | None = None) -> Shown:
        """Give up to ``most`` ways in which two entities are linked, no two of them through the same entity.

        >>> import samgraf
        >>> samgraf.open().path("Skanderborg", "Socialstyrelsen")["answered"]
        True
        """
        from samgraf.publish.notebook import Shown
        from samgraf.views.paths import ways

        found = ways(self.reader, self.id_of(a), self.id_of(b), most, as_of)
        return Shown(found.data(language_of(lang)))

    def diff(self, a: str, b: str | None = None, *, about: str | None = None, lang: str | None = None) -> Shown:
        """Give what is new from ``a`` to ``b``: claims added, changed, ended, superseded, removed, and counts by actor.

        Each of the two is a day (what the documents of that day and before say), the folder of a workspace, or a commit of the
        repository that this graph's workspace is in; without ``b``, this graph as it is. Raises UsageError for what is none of
        these, DataError for a workspace that is not valid.

        >>> import samgraf
        >>> told = samgraf.open().diff("2020-12-31", "2022-12-31", about="Viborg")
        >>> sorted(told["summary"])
        ['added', 'changed', 'ended', 'removed', 'superseded']
        """
        from contextlib import ExitStack

        from samgraf.publish.notebook import Shown
        from samgraf.views.diff import told

        with ExitStack() as opened:
            before, after = (self._state(name, opened) for name in (a, b))
            entity = self.id_of(about) if about else None
            return Shown(told(before, after, (a, b or ""), language_of(lang), entity))

    def _state(self, name: str | None, opened: ExitStack) -> State:
        """Give the state of the graph that a day, a folder or a commit names."""
        import os

        from samgraf.language.dates import parse_date
        from samgraf.store.opening import open_store
        from samgraf.views.diff import state

        if name is None:
            return self._whole
        if os.path.isdir(name):
            return state(open_store(name))
        try:
            day = parse_date(name).latest
        except ValueError:
            day = ""
        if day:
            return self._whole.on(day)
        from samgraf.workspace.history import at_commit

        return state(open_store(opened.enter_context(at_commit(self.workspace, name))))

    def brief(
        self, name: str, *, lang: str | None = None, as_of: str | None = None, output: str | None = None
    ) -> Noted:
        """Give a briefing note about an actor, every sentence cited; with ``output``, written there as .md, .html or .docx.

        >>> import samgraf
        >>> samgraf.open().brief("Viborg", lang="en")["title"]
        'Viborg Municipality: briefing note'
        """
        from samgraf.publish.notebook import Noted
        from samgraf.views.note import briefing
        from samgraf.views.render import check_ending

        if output is not None:
            check_ending(output)
        noted = Noted(briefing(self._facts(name), language_of(lang), as_of))
        if output is not None:
            noted.write(output)
        return noted

    @cached_property
    def _whole(self) -> State:
        """The graph as it is, read once for all the days that are compared."""
        from samgraf.views.diff import state

        return state(self.reader)

    def _where(self) -> dict[str, str | None]:
        """Give what is read: a graph that is open stays the one that it is."""
        return {"workspace": self.workspace, "store": self.url, "folder": self.folder}

    @cached_property
    def _common(self) -> Common:
        """What is the same for all entities, read once."""
        from samgraf.views.facts import Common, Source

        return Common.of(Source(self.reader))

    def read_whole(self) -> None:
        """Read all claims and entities now: for who lets this graph tell of them all, one after the other."""
        from samgraf.views.facts import Common, Whole

        self._common = Common.of(Whole(self.reader))

    def _facts(self, name: str) -> Facts:
        """Gather the facts about an entity; those of the last one are kept, as it is told of in each language in turn."""
        from samgraf.views.facts import gather

        known, facts = self._last
        if known != name or facts is None:
            facts = gather(self.reader, ENTITY + self.id_of(name), self._common)
            self._last = name, facts
        return facts
