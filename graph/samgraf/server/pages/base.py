"""What every page stands on: templates that escape whatever is put into them, cells with links, where a page is."""

from __future__ import annotations

import os
import re
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from samgraf.api import design
from samgraf.disk import read_bytes
from samgraf.language.messages import Messages, languages, messages
from samgraf.language.showing import show_number
from samgraf.model.text import FIRST
from samgraf.namespaces import ENTITY, PREFIXES, SAM
from samgraf.server.pages.trouble import Wrong, trouble


class Cell(NamedTuple):
    """A cell of a table: what it says, where that leads, and by what it is sorted, when not by what it says."""

    text: str
    href: str | None = None
    key: str = ""


Table = tuple[list[str], list[list[Cell]]]


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("samgraf.server"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "page": href,
        "local": lambda iri: iri.removeprefix(ENTITY),
        "grouped": show_number,
        "counted": _counted,
        "coded": _coded,
        "trouble": trouble,
    }
    return made


def _counted(number: int, name: str, say: Messages) -> str:
    """Say a number of things, its thousands apart."""
    return say.count(name, number, show_number(number, say.code))


def _coded(text: str) -> Markup:
    """Set what stands between backticks as code."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))  # noqa: S704  (escaped before)


def render(name: str, /, **values: object) -> bytes:
    """Give a page of a template; ``language`` is the language that it speaks."""
    say = messages(str(values.get("language", FIRST)))
    every = [(code, messages(code).section("name")) for code in languages()]
    return _environment().get_template(name).render(say=say, languages=every, **values).encode()


def style() -> bytes:
    """Give the style sheet: the explorer's design for pages of text."""
    light, dark = design()
    looks = sorted(set(re.findall(r"--family-(\w+)", light)))
    return render("style.css", looks=looks, light=Markup(light), dark=Markup(dark))  # noqa: S704  (our own style sheet, no HTML)


def script(name: str) -> bytes:
    """Give a script of the page for a query: ``sparql`` or ``editor``."""
    return read_bytes(os.path.join(os.path.dirname(os.path.dirname(__file__)), "script", f"{name}.mjs"))


def is_web(address: str) -> bool:
    """Tell whether an address is one that a browser opens."""
    return address.startswith(("https://", "http://"))


def href(iri: str, language: str | None = None) -> str | None:
    """Give the address of an entity's page on this server, or of a term's place in the vocabulary; None for another IRI."""
    asked = f"?lang={language}" if language else ""
    if iri.startswith(SAM):
        return f"/ontology.html{asked}#{quote(iri.removeprefix(SAM), safe='')}"
    if not iri.startswith(ENTITY):
        return None
    return f"/id/{quote(iri.removeprefix(ENTITY), safe='')}.html{asked}"


def addresses(prefix: str) -> dict[str, dict[str, str]]:
    """Give the pages of this server that the explorer leads to, by language, {} where the name goes; ``prefix`` is before all."""
    return {
        code: {
            "home": f"{prefix}/?lang={code}",
            "entity": f"{prefix}/id/{{}}.html?lang={code}",
            "claim": f"{prefix}/claim/{{}}.html?lang={code}",
            "query": f"{prefix}/queries/{{}}?lang={code}",
            "ask": f"{prefix}/ask?lang={code}&q={{}}",
        }
        for code in languages()
    }


def short(iri: str) -> str:
    """Write an IRI with the prefix that a query may use, where there is one."""
    for prefix, base in PREFIXES.items():
        if iri.startswith(base) and len(iri) > len(base):
            return f"{prefix}:{iri[len(base) :]}"
    return iri


def problem(status: int, wrong: Wrong, language: str) -> bytes:
    """Give the page that says why there is no answer."""
    return render("problem.html", language=language, status=status, wrong=wrong)


def redirects(url: str) -> bytes:
    """Give the rules by which w3id.org leads from the graph's IRIs to a site of files at ``url`` (Apache mod_rewrite)."""
    return render("w3id.htaccess", url=url)


def feed(**told: Any) -> bytes:
    """Give an Atom feed; see `samgraf.server.feed`."""
    return render("feed.atom", **told)
