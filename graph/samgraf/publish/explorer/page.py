"""Making the page: style sheet, script and data in one file, under a policy that lets nothing else in."""

from __future__ import annotations

import base64
import functools
import hashlib
import json
import lzma
import os
import re
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from samgraf.disk import read_text, write_whole
from samgraf.model.text import FIRST, WRITTEN, Text
from samgraf.publish.explorer.drawing import HERE, OPTIONS, bundled_vis, environment
from samgraf.publish.explorer.modules import glue
from samgraf.publish.explorer.payload import payload

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from samgraf.publish.explorer.sources import Sources
    from samgraf.publish.explorer.story import Step

    Passages = Mapping[tuple[str, int, int], str]
    Pages = Mapping[str, Mapping[str, str]]


STYLES = ("base", "shell", "views", "sidebar", "dialogs", "small", "print")
MAIN = "main"
"""The module that the page's script begins with; all others are imported by it, directly or not."""


def write_page(
    path: str | os.PathLike[str],
    sources: Sources,
    *,
    focus: str | None = None,
    passages: Passages | None = None,
    lang: str = FIRST,
    title: str | Mapping[str, str] | None = None,
    story: Sequence[Step] = (),
) -> None:
    """Write the explorer to one UTF-8 file, in one step: who reads the file sees the old page or the new one.

    `focus` is the id of the entity that the first view is about; without it the first view is of everything.
    `passages` maps (document, start, end) in characters to text, and is shown beside the facts. `story` are steps that lead
    through the page. The same input gives the same bytes. Raises KeyError when `focus` is not among the entities,
    UnreachableError when the file cannot be written.
    """
    text = render_page(sources, focus=focus, passages=passages, lang=lang, title=title, story=story)
    write_whole(os.fspath(path), text)


def render_page(
    sources: Sources,
    *,
    focus: str | None = None,
    passages: Passages | None = None,
    lang: str = FIRST,
    title: str | Mapping[str, str] | None = None,
    story: Sequence[Step] = (),
    pages: Pages | None = None,
) -> str:
    """Give the page as text; see `write_page`.

    ``pages`` are addresses of a server or a site, by language and by what they are of (home, entity, claim, query, ask); {} stands
    for its name.
    """
    labels = {e.id: e.label for e in sources.entities}
    if focus is not None and focus not in labels:
        raise KeyError(focus)
    words: dict[str, dict[str, str]] = json.loads(read_text(str(HERE / "page" / "words.json")))
    data, later = payload(sources, passages, focus, ids=any("claim" in own for own in (pages or {}).values()))
    data |= {
        "lang": lang,
        "focus": focus,
        "title": _titles(title, labels.get(focus or ""), words),
        "options": OPTIONS,
        "story": [step._asdict() for step in story],
        "pages": pages or {},
    }
    style, script, vis = _styles(), _scripts(), _inline(bundled_vis())
    return (
        environment()
        .get_template("page.html.j2")
        .render(
            lang=lang,
            title=data["title"][lang],
            words={key: pair[lang] for key, pair in words.items()},
            policy=_policy([script, vis], [style]),
            style=Markup(style),  # noqa: S704 - our own file
            vis=_packed(vis),
            later=_packed(json.dumps(later, ensure_ascii=False, separators=(",", ":"))),
            script=Markup(script),  # noqa: S704 - our own files
            data=_json(data),
            dictionary=_json(words),
        )
    )


_LZMA = [{"id": lzma.FILTER_LZMA1, "preset": 9 | lzma.PRESET_EXTREME, "lc": 3, "lp": 0, "pb": 0}]
"""How text is packed; `unpack.mjs` unpacks just this."""


@functools.lru_cache(maxsize=2)
def _packed(text: str) -> tuple[int, str]:
    """Give how many bytes a text has, and the text packed by LZMA and written in base64."""
    data = text.encode()
    return len(data), base64.b64encode(lzma.compress(data, lzma.FORMAT_RAW, filters=_LZMA)).decode("ascii")


def _titles(
    title: str | Mapping[str, str] | None, focus: Mapping[str, str] | None, words: Mapping[str, Mapping[str, str]]
) -> dict[str, str]:
    """Name the page in both languages: as asked for, else by its focus, else in general."""
    if isinstance(title, str):
        return dict.fromkeys(WRITTEN, title)
    given = title or focus or words["page.title"]
    return {language: Text(given).within(language) for language in WRITTEN}


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
    parts = [_trimmed(read_text(str(HERE / "page" / f"{name}.css"))) for name in STYLES]
    return "\n" + "\n".join(parts)


def tokens() -> tuple[str, str]:
    """Give the design's colours and measures as CSS declarations: those of the light look, and what the dark one changes."""
    blocks = _trimmed(read_text(str(HERE / "page" / "base.css"))).split("}", 2)
    light, dark = (block.partition("{")[2].strip() for block in blocks[:2])
    return light, dark


def _trimmed(source: str) -> str:
    """Leave out indentation, blank lines and lines of comment. No text of ours runs over the end of a line."""
    lines = (line.strip() for line in source.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def _scripts() -> str:
    """Glue the page's own modules into one strict function."""
    return _inline("(() => {\n'use strict';\n" + _trimmed(glue(HERE / "script", MAIN)) + "\n})();")


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
