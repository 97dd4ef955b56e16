"""Making the page: style sheet, script and data in one file, under a policy that lets nothing else in."""

import base64
import hashlib
import json
import os
import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from markupsafe import Markup

from samgraf.explorer.drawing import HERE, bundled_vis, pyvis_network
from samgraf.explorer.payload import payload
from samgraf.network import Network, project
from samgraf.network import layout as arrange
from samgraf.resources import write_whole

Record = Mapping[str, Any]
Language = Literal["da", "en"]
Places = Mapping[str, tuple[float, float]]

STYLES = ("base", "shell", "sidebar", "timeline", "dialogs", "small", "print")
SCRIPTS = (
    *("data", "words", "dates", "state", "filters", "search", "graph", "frame", "choose", "arrange", "labels"),
    *("board", "paint", "draw", "facts", "sidebar", "legend", "compare", "table", "timeline", "scene", "exports"),
    *("gallery", "tour", "gestures", "main"),
)
"""The page's own script, in the order in which its files lean on each other."""


def write_page(
    path: str | os.PathLike[str],
    *,
    entities: Iterable[Record],
    claims: Iterable[Record],
    predicates: Iterable[Record],
    types: Iterable[Record],
    documents: Iterable[Record],
    queries: Iterable[Record] = (),
    focus: str | None = None,
    passages: Mapping[tuple[str, int, int], str] | None = None,
    lang: Language = "da",
    layout: Places | None = None,
    title: str | Mapping[str, str] | None = None,
) -> None:
    """Write the explorer to one UTF-8 file, in one step: who reads the file sees the old page or the new one.

    `focus` is the id of the entity that the first view is about; without it the first view is the overview.
    `passages` maps (document, start, end) in characters to text, and is shown beside the facts. `layout` gives
    coordinates that were computed before. The same input gives the same bytes. Raises KeyError when `focus` is not
    among the entities, UnreachableError when the file cannot be written.
    """
    network = project(entities, claims, predicates, types)
    text = render_page(
        network,
        documents=documents,
        queries=queries,
        focus=focus,
        passages=passages,
        lang=lang,
        layout=layout,
        title=title,
    )
    write_whole(os.fspath(path), text)


def render_page(
    network: Network,
    *,
    documents: Iterable[Record],
    queries: Iterable[Record] = (),
    focus: str | None = None,
    passages: Mapping[tuple[str, int, int], str] | None = None,
    lang: Language = "da",
    layout: Places | None = None,
    title: str | Mapping[str, str] | None = None,
) -> str:
    """Give the page as text; see `write_page`."""
    if focus is not None and focus not in network.nodes:
        raise KeyError(focus)
    places = layout if layout is not None else arrange(network)
    drawing = pyvis_network(network, places)
    spots = {node["id"]: (node["x"], node["y"]) for node in drawing.nodes}
    data = payload(network, spots, documents=documents, queries=queries, passages=passages)
    words: dict[str, dict[str, str]] = json.loads((HERE / "page" / "words.json").read_text(encoding="utf-8"))
    data |= {"lang": lang, "focus": focus, "title": _titles(title, network, focus, words), "options": drawing.options}
    style, vis, script = _styles(), _inline(bundled_vis()), _scripts()
    return drawing.render(
        lang=lang,
        title=data["title"][lang],
        words={key: pair[lang] for key, pair in words.items()},
        policy=_policy([vis, script], [style]),
        style=Markup(style),  # noqa: S704 - our own file
        vis=Markup(vis),  # noqa: S704 - pyvis' file, checked by _inline
        script=Markup(script),  # noqa: S704 - our own files
        data=_json(data),
        dictionary=_json(words),
    )


def _titles(
    title: str | Mapping[str, str] | None, network: Network, focus: str | None, words: Mapping[str, Mapping[str, str]]
) -> dict[str, str]:
    """Name the page in both languages: as asked for, else by its focus, else in general."""
    if isinstance(title, str):
        return {"da": title, "en": title}
    if title is not None:
        return {"da": title["da"], "en": title["en"]}
    if focus is not None:
        label = network.nodes[focus].label
        return {"da": label.da, "en": label.en}
    return dict(words["page.title"])


def _json(value: Any) -> Markup:
    """Write JSON that cannot end its script element, whatever text is in it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=False)
    for sign, escape in (
        ("&", "\\u0026"),
        ("<", "\\u003c"),
        (">", "\\u003e"),
        ("\u2028", "\\u2028"),
        ("\u2029", "\\u2029"),
    ):
        text = text.replace(sign, escape)
    return Markup(text)  # noqa: S704 - no character of HTML is left in it


def _inline(source: str) -> str:
    """Make sure that a script can stand inside a page as it is; its hash is taken of the same text."""
    source = "\n" + source.replace("\r\n", "\n").replace("\r", "\n").strip() + "\n"
    source = re.sub(r"^//# sourceMappingURL=.*$", "", source, flags=re.MULTILINE)
    if "</script" in source.lower() or "<!--" in source:
        message = "the script cannot stand inside a page: it has a closing tag or a comment sign in it"
        raise ValueError(message)
    return source


def _styles() -> str:
    """Join the style sheets."""
    parts = [_trimmed((HERE / "page" / f"{name}.css").read_text(encoding="utf-8")) for name in STYLES]
    return "\n" + "\n".join(parts)


def _trimmed(source: str) -> str:
    """Leave out indentation, blank lines and lines of comment. No text of ours runs over the end of a line."""
    lines = (line.strip() for line in source.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def _scripts() -> str:
    """Join the page's own script files into one strict function."""
    parts = [_trimmed((HERE / "script" / f"{name}.js").read_text(encoding="utf-8")) for name in SCRIPTS]
    return _inline("(() => {\n'use strict';\n" + "\n".join(parts) + "\n})();")


def _policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    """Write the Content-Security-Policy: nothing from anywhere, only these scripts and styles by their hash."""
    allowed = {"script-src": scripts, "style-src": styles}
    rules = ["default-src 'none'"]
    for name, texts in allowed.items():
        rules.append(" ".join([name, *(f"'sha256-{_digest(text)}'" for text in texts)]))
    return "; ".join([*rules, "img-src data: blob:", "base-uri 'none'", "form-action 'none'"])


def _digest(text: str) -> str:
    """Give the base64 SHA-256 that a policy wants."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
