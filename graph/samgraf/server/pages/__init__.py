"""The HTML pages, by Jinja templates: what the API gives, put in order for people."""

from samgraf.server.pages.asking import DRAFT, ask, drawn, queries, query, results, sparql
from samgraf.server.pages.base import addresses, feed, href, problem, redirects, script, style
from samgraf.server.pages.claims import claim, rule, written
from samgraf.server.pages.entities import Around, entity
from samgraf.server.pages.home import home
from samgraf.server.pages.map import picture
from samgraf.server.pages.news import KINDS, day, news
from samgraf.server.pages.search import search
from samgraf.server.pages.tables import cells, heads, listed
from samgraf.server.pages.telling import about, contents
from samgraf.server.pages.vocabulary import vocabulary

__all__ = [
    "DRAFT",
    "KINDS",
    "Around",
    "about",
    "addresses",
    "ask",
    "cells",
    "claim",
    "contents",
    "day",
    "drawn",
    "entity",
    "feed",
    "heads",
    "home",
    "href",
    "listed",
    "news",
    "picture",
    "problem",
    "queries",
    "query",
    "redirects",
    "results",
    "rule",
    "script",
    "search",
    "sparql",
    "style",
    "vocabulary",
    "written",
]
