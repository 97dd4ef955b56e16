"""Saved web pages: block by block with rules of our own. Nothing is fetched, no script runs, menus and cookie boxes stay out."""

from __future__ import annotations

import contextlib
import re
from typing import Any

from lxml import etree
from lxml import html as parser

from samgraf.ingest.readers.plain import decode
from samgraf.ingest.reading import HEADING, ITEM, PLAIN, Line, Reading, UnreadableError, clean, row_line

_SKIPPED = frozenset(
    "script style noscript template svg math canvas iframe object embed form button select input textarea nav footer aside"
    " dialog head video audio".split()
)
_SKIPPED_ROLES = frozenset("navigation banner contentinfo search dialog alertdialog complementary menu".split())
_SKIPPED_NAMES = re.compile(
    r"cookie|consent|breadcrumb|skip-?link|share|social-|sr-only|visually-hidden", re.IGNORECASE
)
_BLOCKS = frozenset(
    "p div section article main header h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table tr td th thead tbody tfoot caption"
    " blockquote pre figure figcaption address hr fieldset details summary center body".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?\s*([a-zA-Z0-9_-]+)", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_DEEPEST = 200
_MAIN_SHARE = 0.4


def read(data: bytes) -> Reading:
    """Read a page. Raises UnreadableError when it has no text."""
    found = _CHARSET.search(data[:4096])
    text, encoding = decode(data)
    if found and encoding == "windows-1252":
        with contextlib.suppress(LookupError):
            text = data.decode(found[1].decode("ascii"), "replace")
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    try:
        root = parser.document_fromstring(
            text.replace("\0", ""), parser=parser.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
        )
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableError("empty", "is a page without text; save it again") from error
    body = root.find("body")
    start = _main_part(body if body is not None else root)
    collector = _Collector()
    collector.block(start, 0)
    collector.flush()
    lines = tuple(collector.lines)
    if not any(line.text for line in lines):
        raise UnreadableError(
            "empty", "is a page whose text is made by scripts; open it in a browser and print it to PDF"
        )
    address = root.xpath("string(//link[@rel='canonical']/@href | //meta[@property='og:url']/@content)")
    title = clean(root.xpath("string(//title)"))
    return Reading(
        lines, f"lxml {etree.__version__}", 0, (), title, str(address) if str(address).startswith("http") else ""
    )


def _main_part(body: Any) -> Any:
    """Give the page's main part where it marks one that holds much of the text."""
    whole = len(body.text_content()) or 1
    for path in (".//main", ".//*[@role='main']", ".//article"):
        found = body.findall(path)
        if len(found) == 1 and len(found[0].text_content()) >= _MAIN_SHARE * whole:
            return found[0]
    return body


class _Collector:
    """Gathers the text of inline elements until a block ends."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.parts: list[str] = []
        self.kind = PLAIN
        self.mark = ""
        self.tables = 0

    def flush(self) -> None:
        """End a line."""
        text = clean("".join(self.parts).replace("\n", " "))
        if text:
            self.lines.append(Line(self.mark + text, kind=self.kind))
            self.mark = ""
        self.parts = []

    def block(self, element: Any, depth: int) -> None:
        """Take in an element with all that it holds."""
        if depth > _DEEPEST:
            raise UnreadableError("too-deep", "is nested too deep; open it in a browser and print it to PDF")
        name = element.tag if isinstance(element.tag, str) else ""
        if not name or _is_skipped(element, name):
            return
        if name == "br":
            self.flush()
            return
        if name == "table" and _is_data(element):
            self.flush()
            self.table(element)
            return
        is_block = name in _BLOCKS
        outer = self.kind
        if is_block:
            self.flush()
            self.kind = HEADING if name in _HEADINGS else ITEM if name == "li" else outer
            if name == "li":
                self.mark = _number(element)
        self.parts.append(element.text or "")
        for child in element:
            self.block(child, depth + 1)
            self.parts.append(child.tail or "")
        if is_block:
            self.flush()
            self.kind, self.mark = outer, ""

    def table(self, element: Any) -> None:
        """Take in a table, a line each row; a merged cell stands in each of the rows that it spans."""
        self.tables += 1
        spanning: dict[int, tuple[int, str]] = {}
        for row in element.iter("tr"):
            cells: list[str] = []
            given = [cell for cell in row if cell.tag in ("td", "th")]
            while given or len(cells) in spanning:
                place = len(cells)
                if place in spanning:
                    left, text = spanning.pop(place)
                    if left > 1:
                        spanning[place] = (left - 1, text)
                    cells.append(text)
                    continue
                cell = given.pop(0)
                text = _cell_text(cell)
                for _ in range(min(_span(cell, "colspan"), 50)):
                    if _span(cell, "rowspan") > 1:
                        spanning[len(cells)] = (_span(cell, "rowspan") - 1, text)
                    cells.append(text if len(cells) == place else "")
            if any(cells):
                self.lines.append(row_line(cells, table=self.tables, joint="; "))


def _cell_text(cell: Any) -> str:
    inner = _Collector()
    inner.block(cell, 0)
    inner.flush()
    return "\n".join(line.text for line in inner.lines)


def _span(cell: Any, name: str) -> int:
    given = cell.get(name, "1")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 4 else 1


def _is_data(table: Any) -> bool:
    """Tell a table of data from one that only lays out the page: rows of two cells or more, no table inside."""
    widths = [sum(cell.tag in ("td", "th") for cell in row) for row in table.iter("tr")]
    return bool(widths) and max(widths) > 1 and table.find(".//table") is None


def _is_skipped(element: Any, name: str) -> bool:
    if name in _SKIPPED or element.get("role", "") in _SKIPPED_ROLES or element.get("hidden") is not None:
        return True
    if element.get("aria-hidden") == "true" or _HIDDEN.search(element.get("style", "")):
        return True
    if name == "header" and element.getparent() is not None and element.getparent().tag == "body":
        return element.find(".//h1") is None
    return bool(_SKIPPED_NAMES.search(f"{element.get('id', '')} {element.get('class', '')}"))


def _number(item: Any) -> str:
    """Give the mark of a list's item: its number in an ordered list, else a bullet."""
    above = item.getparent()
    if above is None or above.tag != "ol":
        return "• "
    start = above.get("start", "1")
    before = sum(1 for other in item.itersiblings("li", preceding=True))
    return f"{(int(start) if start.isdigit() else 1) + before}. "
