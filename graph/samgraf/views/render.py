"""A note as Markdown, HTML or DOCX. The same note gives the same bytes: no clock stands in any of them."""

from __future__ import annotations

import io
import os
import re
from typing import TYPE_CHECKING, Any

from samgraf.disk import ending_of, write_whole
from samgraf.language.messages import messages

if TYPE_CHECKING:
    from samgraf.views.sections import Note

FORMATS = ("md", "html", "docx")
_TEMPLATES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "templates")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|#])")
_ORDERED = re.compile(r"^(\d+)([.)])(?=\s)")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP archive can tell of
_LONGEST_TITLE = 255  # what python-docx takes for a property


def write_note(path: str, note: Note) -> None:
    """Write a note in the format that the file's ending names, whole or not at all.

    Raises UsageError for another ending, UnreachableError when the file cannot be written.
    """
    ending = check_ending(path)
    write_whole(path, docx(note) if ending == "docx" else html(note) if ending == "html" else markdown(note))


def check_ending(path: str) -> str:
    """Give the format that a file's ending names. Raises UsageError when notes are not written so."""
    return ending_of(path, FORMATS, "a note")


def markdown(note: Note) -> str:
    """Give a note as Markdown (CommonMark)."""
    return _render("note.md.j2", note, escaped=False)


def html(note: Note) -> str:
    """Give a note as one HTML page that needs nothing else, for screen and paper."""
    return _render("note.html.j2", note, escaped=True)


def _render(template: str, note: Note, *, escaped: bool) -> str:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=escaped,  # noqa: S701  (Markdown has no use for HTML's escapes; the md filter has its own)
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["md"] = _escape
    text = environment.get_template(template).render(note=note)
    return text.rstrip("\n") + "\n"


def _escape(text: str) -> str:
    r"""Write a text so that Markdown shows it as it is.

    >>> _escape("1. kvartal: *F-ACT* [2]")
    '1\\. kvartal: \\*F-ACT\\* \\[2\\]'
    """
    plain = " ".join(text.split())
    return _ORDERED.sub(r"\1\\\2", _MARKDOWN.sub(r"\\\1", plain))


def docx(note: Note) -> bytes:
    """Give a note as a Word document (Office Open XML), A4, with headings and lists of Word's own styles."""
    from docx import Document
    from docx.shared import Cm

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.3)
    section.top_margin = section.bottom_margin = Cm(2.2)
    _styles(document, note.language)
    document.add_heading(_clean(note.title), 0)
    for paragraph in note.lead:
        document.add_paragraph(_clean(paragraph))
    for part in note.sections:
        document.add_heading(_clean(part.heading), 1)
        if part.opening:
            document.add_paragraph().add_run(_clean(part.opening)).italic = True
        for sentence in part.sentences:
            style = "List Bullet 2" if sentence.level else "List Bullet"
            written = document.add_paragraph(_clean(sentence.text), style)
            if sentence.cite:
                _quiet(written.add_run(_clean(f" [{sentence.cite}]")))
        if not part.sentences:
            document.add_paragraph().add_run(_clean(part.silence)).italic = True
    document.add_heading(_clean(note.references_heading), 1)
    for reference in note.references:
        written = document.add_paragraph(_clean(reference.title), "List Bullet")
        place = " · ".join(text for text in (reference.document, reference.date, reference.lines) if text)
        _quiet(written.add_run(_clean(f" [{place}]")))
    _properties(document, note)
    out = io.BytesIO()
    document.save(out)
    return _timeless(out.getvalue())


def _clean(text: str) -> str:
    """Leave out the characters that XML 1.0 cannot hold."""
    return "".join(
        c for c in text if c in "\t\n" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )


def _quiet(run: Any) -> None:
    from docx.shared import Pt, RGBColor

    run.font.size = Pt(8.5)
    run.font.color.rgb = RGBColor(0x5A, 0x65, 0x62)


def _styles(document: Any, language: str) -> None:
    """Set fonts, colours and the language that Word checks the spelling in."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)
    normal.paragraph_format.space_after = Pt(4)
    for name, size in (("Title", 22), ("Heading 1", 13)):
        style = document.styles[name]
        style.font.name, style.font.size = "Calibri", Pt(size)
        style.font.color.rgb = RGBColor(0x0F, 0x5C, 0x4D)
        fonts = style.element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    for mark in document.styles.element.iter(qn("w:lang")):
        mark.set(qn("w:val"), messages(language).section("locale"))


def _properties(document: Any, note: Note) -> None:
    from datetime import UTC, datetime

    properties = document.core_properties
    properties.title, properties.author, properties.comments = _clean(note.title)[:_LONGEST_TITLE], "samgraf", ""
    properties.last_modified_by, properties.language, properties.revision = "samgraf", note.language, 1
    properties.created = properties.modified = datetime(*_EPOCH, tzinfo=UTC).replace(tzinfo=None)


def _timeless(archive: bytes) -> bytes:
    """Pack a ZIP archive anew, its members in their order and all with the same time."""
    from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

    out = io.BytesIO()
    with ZipFile(io.BytesIO(archive)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = ZipInfo(name, _EPOCH)
            member.compress_type, member.external_attr, member.create_system = ZIP_DEFLATED, 0o644 << 16, 3
            new.writestr(member, old.read(name))
    return out.getvalue()
