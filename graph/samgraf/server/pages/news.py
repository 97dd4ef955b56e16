"""The pages of what is new: the days on which documents spoke, and what each brought, actor by actor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samgraf.language.messages import messages
from samgraf.server.pages.base import Cell, href, render
from samgraf.server.pages.claims import lines_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from samgraf.language.messages import Messages

Json = dict[str, Any]
KINDS = ("added", "changed", "ended", "superseded")


def news(language: str, days: Sequence[Mapping[str, Any]]) -> bytes:
    """Give the list of days, the newest first, each with its documents and how much it brought."""
    say = messages(language)
    return render("news.html", language=language, days=[_day(one, say) for one in days])


def day(language: str, told: Mapping[str, Any]) -> bytes:
    """Give what a day brought, as ``samgraf diff`` tells it: each actor's changes by kind, then those of no actor."""
    say, brought = messages(language), told["diff"]
    by_actor: dict[str, dict[str, list[Json]]] = {}
    for kind in KINDS:
        for claim in brought[kind]:
            for iri in claim["actors"] or [""]:
                by_actor.setdefault(iri, {}).setdefault(kind, []).append(_change(claim, say))
    groups = [
        (f"a-{n}", Cell(row["label"], href(row["iri"], language)), list(by_actor[row["iri"]].items()))
        for n, row in enumerate(brought["actors"], 1)
        if row["iri"] in by_actor
    ]
    rest = by_actor.get("", {})
    groups += [("a-0", Cell(say("news.others")), list(rest.items()))] if rest else []
    return render("day.html", language=language, told=_day(told, say), groups=groups)


def _day(told: Mapping[str, Any], say: Messages) -> Json:
    """Say which documents spoke on a day, and how many changes of each kind they brought."""
    counts = [(say(f"site.kinds.{kind}"), number) for kind in KINDS if (number := told["diff"]["summary"][kind])]
    return {
        "when": " · ".join(dict.fromkeys(one["day"] for one in told["documents"])),
        "href": f"/new/{told['day']}.html?lang={say.code}",
        "documents": [Cell(one["label"], href(one["iri"], say.code)) for one in told["documents"]],
        "counts": counts,
    }


def _change(claim: Mapping[str, Any], say: Messages) -> Json:
    """Tell a change: what is said now, where, and what was said before if that was something else."""
    before = claim.get("before", {}).get("sentence", "")
    return {
        "id": claim["id"],
        "sentence": claim["sentence"],
        "place": lines_of(claim["evidence"], say.code),
        "before": before if claim["changed"] and before != claim["sentence"] else "",
    }
