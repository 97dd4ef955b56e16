"""The site as files: what `samgraf serve` answers, for any file server. The same graph gives the same bytes.

The pages are the server's own; an address of the server becomes the relative path of a file, and what only a server can answer
(forms, queries) is taken out.
"""

from __future__ import annotations

import hashlib
import os
import posixpath
import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qs, quote, unquote, urlsplit

from samgraf import disk
from samgraf.errors import UnreachableError, UsageError
from samgraf.language.messages import languages
from samgraf.model.text import FIRST
from samgraf.namespaces import BASE
from samgraf.rdf.reading import reading_once
from samgraf.server import feed, pages, told
from samgraf.server.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from samgraf.api import Graph

SUMS = "SHA256SUMS"
_FORMATS = {"ttl": "turtle", "jsonld": "jsonld", "nt": "ntriples", "rdf": "rdfxml"}
_LINK = re.compile(
    r'<(?:link\b[^>]*?\shref="([^"]*)"[^>]*>|a\b[^>]*?\shref="([^"]*)"[^>]*>(?P<text>.*?)</a>)', re.DOTALL
)
_FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
_NAV = re.compile(r"<nav\b.*?</nav>", re.DOTALL)
_CLAIM = re.compile(r"claim/([^/]+)/([^/]+)\.html")
_FEW = 5


class Page(NamedTuple):
    """A page of the site: where its file is, and its HTML as the server gives it."""

    path: str
    html: str


def site(graph: Graph, url: str | None = None) -> dict[str, bytes]:
    """Give the files of the site by their paths. ``url`` is where it will be, for what wants whole addresses."""
    with reading_once():
        return _files(graph, url)


def _files(graph: Graph, url: str | None) -> dict[str, bytes]:
    sums = {name: _bytes(graph.export(form)) for name, (form, _) in graph.downloads().items()}
    files = {f"download/{name}": data for name, data in sums.items()}
    files |= dict(_data(graph))
    files["void.ttl"] = files[".well-known/void"] = graph.description(sums, url or BASE)
    files["explorer.html"] = graph.explore(pages=_addresses()).html.encode()
    files["style.css"] = pages.style()
    graph.read_whole()
    reader = Reader(graph)
    found = list(_pages(reader, sums))
    feeds = {language: in_language("feed.atom", language) for language in languages()}
    known = {*files, *(page.path for page in found), *feeds.values()}
    rules = {one["id"]: one["rule"] for one in reader.claims(FIRST) if one["derived"]}
    files |= {page.path: relative(page, known, rules).encode() for page in found}
    for language, name in feeds.items():
        files[name] = feed.atom(reader, language, url or BASE, name, in_language("new/{}.html", language))
    if url:
        files["sitemap.xml"] = _sitemap(url, [page.path for page in found])
        files["w3id.htaccess"] = pages.redirects(url.rstrip("/"))
    files[".nojekyll"] = b""
    files[SUMS] = _sums(files)
    return dict(sorted(files.items()))


def write_site(graph: Graph, folder: str, url: str | None = None) -> int:
    """Write the site into a folder, whole or not at all, and give the number of files.

    Raises UsageError when the folder holds anything that was not written by an earlier call, UnreachableError when it cannot be
    written.
    """
    refuse(folder)
    files = site(graph, url)
    disk.replace_folder(folder, files)
    return len(files)


def refuse(folder: str) -> None:
    """Raise UsageError when a folder holds anything but a site as it was written; its list of checksums tells."""
    if not os.path.lexists(folder):
        return
    if not os.path.isdir(folder):
        msg = f"{folder} is no folder"
        raise UsageError(msg)
    try:
        found = (os.path.join(place, name) for place, _, names in os.walk(folder) for name in names)
        there = {os.path.relpath(path, folder).replace(os.sep, "/") for path in found}
        text = disk.read_text(os.path.join(folder, SUMS)) if SUMS in there else ""
        known = {name: digest for digest, _, name in (line.partition("  ") for line in text.splitlines())}
        strange = sorted(
            name for name in there - {SUMS} if known.get(name) != _digest(disk.read_bytes(os.path.join(folder, name)))
        )
    except OSError as error:
        msg = f"{folder} cannot be read: {error.strerror}"
        raise UnreachableError(msg) from error
    if strange:
        more = f" and {len(strange) - _FEW} more" if len(strange) > _FEW else ""
        msg = f"{folder} holds what no earlier call wrote: {', '.join(strange[:_FEW])}{more}; name a new folder"
        raise UsageError(msg)


def relative(page: Page, known: set[str], rules: Mapping[str, str]) -> str:
    """Give a page's HTML with the server's addresses as relative paths of ``known`` files; what leads to none is taken out.

    ``rules`` names the rule of each derived claim by its id.
    """

    def linked(text: str, *, keep: bool) -> str:
        return _LINK.sub(lambda found: _linked(found, page.path, known, rules, keep=keep), text)

    text = _NAV.sub(lambda nav: linked(nav[0], keep=False), _FORM.sub("", page.html))
    return linked(text, keep=True)


def _linked(found: re.Match[str], page: str, known: set[str], rules: Mapping[str, str], *, keep: bool) -> str:
    address = found[1] or found[2] or ""
    if not address.startswith(("/", "?")) or address.startswith("//"):
        return found[0]
    target, fragment = _target(address, page, rules)
    if target not in known:
        return (found["text"] or "") if keep else ""
    path = quote(posixpath.relpath(target, posixpath.dirname(page) or "."))
    path += "#" + fragment if fragment else ""
    return found[0].replace(f'href="{address}"', f'href="{path}"', 1)


def _target(address: str, page: str, rules: Mapping[str, str]) -> tuple[str, str]:
    """Give the path of the file that answers as the server does at an address, and the place in it.

    A claim has no page of its own there: it is told of in its document's, a derived one in its rule's.
    """
    parts = urlsplit(address.replace("&amp;", "&"))
    path = unquote(parts.path).lstrip("/") if parts.path else _plain(page)
    language = parse_qs(parts.query).get("lang", [_language(page) if not path else FIRST])[0]
    path = {"": "index.html", "about": "about.html"}.get(path, path)
    fragment = parts.fragment
    if claim := _CLAIM.fullmatch(path):
        rule = rules.get(f"{claim[1]}/{claim[2]}")
        path, fragment = f"rule/{rule}.html" if rule else f"id/{claim[1]}.html", claim[2]
    spoken = path.endswith((".html", ".atom")) and path != "explorer.html"
    return in_language(path, language) if spoken else path, fragment


def in_language(path: str, language: str) -> str:
    """Give where the page is in a language: ``id/x.html`` in the first, ``id/x.en.html`` in another."""
    stem, _, ending = path.rpartition(".")
    return path if language == FIRST else f"{stem}.{language}.{ending}"


def _language(page: str) -> str:
    """Give the language that a page is in."""
    return next((code for code in _codes() if page.endswith(f".{code}.html")), FIRST)


@cache
def _codes() -> tuple[str, ...]:
    """Give the languages, looked up once for all links."""
    return languages()


def _plain(page: str) -> str:
    """Give where a page is in the first language."""
    for language in _codes():
        page = page.removesuffix(f".{language}.html") + ".html" if page.endswith(f".{language}.html") else page
    return page


def _pages(reader: Reader, sums: Mapping[str, bytes]) -> Iterator[Page]:
    graph = reader.graph
    downloads = [(name, len(data), _digest(data)) for name, data in sums.items()]
    titles = {lang: {kind["name"]: kind["one"] for kind in reader.kinds(lang)} for lang in languages()}
    labels = {lang: reader.labels(lang) for lang in languages()}
    kinds: dict[str, dict[str, list[tuple[str, str]]]] = {language: {} for language in languages()}
    for entity in graph.entities():
        for language in languages():  # one after the other: the facts are gathered once
            label, href = labels[language][entity["iri"]], pages.href(entity["iri"]) or ""
            kinds[language].setdefault(titles[language][entity["type"]], []).append((label, href))
            page = told.entity(reader, entity["id"], language, brief=True)
            yield Page(in_language(f"id/{entity['id']}.html", language), page.decode())
    for language in languages():
        listed = sorted(kinds[language].items())
        home = pages.contents(language, graph.metadata(), listed, downloads, reader.home(language))
        yield Page(in_language("index.html", language), home.decode())
        yield Page(in_language("about.html", language), told.about(reader, language).decode())
        yield Page(in_language("ontology.html", language), told.vocabulary(reader, language).decode())
        for name in sorted({one["rule"] for one in reader.claims(language) if one["derived"]}):
            page = told.rule(reader, name, language, whole=True) or b""
            yield Page(in_language(f"rule/{name}.html", language), page.decode())
        for day in ("", *reader.recent()):
            page = told.news(reader, day, language) or b""
            yield Page(in_language(f"new/{day}.html" if day else "new.html", language), page.decode())


def _data(graph: Graph) -> Iterator[tuple[str, bytes]]:
    """Yield the RDF: each entity, graph, rule, and what describes them."""
    for path in graph.addresses():
        found = graph.linked(path)
        if found is None:
            continue
        if found.body:
            yield path, found.body
            continue
        forms = _FORMATS if path in ("ontology", "shapes") else {"ttl": "turtle", "jsonld": "jsonld"}
        for ending, form in forms.items():
            yield f"{path}.{ending}", found.serialized(graph.reader, form)


def _addresses() -> dict[str, dict[str, str]]:
    """Give the pages that the explorer leads to, by language; {} stands for an entity."""
    return {
        code: {"home": in_language("index.html", code), "entity": in_language("id/{}.html", code)}
        for code in languages()
    }


def _sitemap(url: str, paths: list[str]) -> bytes:
    """Give the site map (sitemaps.org 0.9)."""
    base = url.rstrip("/")
    rows = "".join(f"<url><loc>{base}/{quote(path)}</loc></url>\n" for path in sorted(paths))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</urlset>\n'
    ).encode()


def _sums(files: Mapping[str, bytes]) -> bytes:
    return "".join(f"{_digest(data)}  {name}\n" for name, data in sorted(files.items())).encode()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _bytes(made: Any) -> bytes:
    return made if isinstance(made, bytes) else b""
