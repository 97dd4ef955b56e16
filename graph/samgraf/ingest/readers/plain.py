"""Plain text and Markdown: decoded, brought to NFC, its lines kept as they are."""

from __future__ import annotations

import codecs
import re

from samgraf.ingest.reading import HEADING, ITEM, PLAIN, Line, Reading, UnreadableError, clean

_HEADING = re.compile(r"#{1,6} ")
_ITEM = re.compile(r"(?:[-*•·●▪o] |\[[ xX]?\] |[☐☒☑✓✔])")
_FEWEST = 3
_MIXED = "windows-1252 in some lines and UTF-8 in others"


def decode(data: bytes) -> tuple[str, str]:
    """Give a file's text and the name of its encoding: UTF-8, UTF-16, else Windows-1252, or line by line the one that fits."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(data, "utf-16")
    sample = data[:4096]
    if len(sample) > _FEWEST and sample.count(0) > len(sample) // 4:
        return _decoded(data, "utf-16-be" if sample[::2].count(0) > sample[1::2].count(0) else "utf-16-le")
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        return _by_line(data)


def _by_line(data: bytes) -> tuple[str, str]:
    """Read a file that was put together of others: a line that is whole as UTF-8 is that, another Windows-1252."""
    found, mixed = [], False
    for line in data.removeprefix(codecs.BOM_UTF8).split(b"\n"):
        try:
            text = line.decode("utf-8")
            mixed = mixed or not text.isascii()
        except UnicodeDecodeError:
            text = line.decode("cp1252", "replace")
        found.append(text)
    return "\n".join(found), _MIXED if mixed else "windows-1252"


def _decoded(data: bytes, encoding: str) -> tuple[str, str]:
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError as error:
        raise UnreadableError("encoding", f"is not whole as {encoding.upper()}; save it as UTF-8") from error


def read(data: bytes) -> Reading:
    """Read plain text. A form feed begins a page."""
    text, encoding = decode(data)
    lines = []
    page = 1 if "\f" in text else 0
    for raw in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        page += raw.count("\f")
        line = clean(raw)
        kind = HEADING if _HEADING.match(line) else ITEM if _ITEM.match(line) else PLAIN
        lines.append(Line(line, page, kind=kind))
    while lines and not lines[-1].text:
        lines.pop()
    notes = () if encoding == "utf-8" else (f"was read as {encoding}; the text of record is UTF-8",)
    return Reading(tuple(lines), "text", page, notes)
