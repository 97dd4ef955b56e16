"""What kind of file it is, by what stands in it and not by its name, and what cannot be read, in a sentence each."""

from __future__ import annotations

import io
import os
import re
import zipfile

from samgraf.ingest.reading import UnreadableError

LARGEST = 200 << 20
UNPACKED = 400 << 20
_RATIO = 200
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|title|h1|div|p)\b", re.IGNORECASE)
_MAIL = re.compile(
    rb"\A(?:[A-Za-z][A-Za-z0-9-]*:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)*?(?:From|MIME-Version|Received|Subject):",
    re.IGNORECASE,
)
_MAGIC = ((b"\x89PNG", "image"), (b"\xff\xd8\xff", "image"), (b"II*\0", "image"), (b"MM\0*", "image"))
_NAMED = {"image": "an image", "mail": "a mail", "text": "plain text", "html": "HTML"}
_ENDINGS = {
    "pdf": (".pdf",),
    "docx": (".docx", ".docm"),
    "odt": (".odt",),
    "html": (".html", ".htm", ".xhtml"),
    "mail": (".eml", ".mht", ".mhtml"),
    "image": (".png", ".jpg", ".jpeg", ".tif", ".tiff"),
    "text": (".txt", ".md", ".markdown", ".text"),
    "xlsx": (".xlsx", ".xlsm"),
}
READABLE = tuple(ending for endings in _ENDINGS.values() for ending in endings)
_SAVE_AS = "; open it and save it as .docx or PDF"
_REFUSED_ENDINGS = {
    ".doc": f"is an old Word file{_SAVE_AS}",
    ".pages": f"is a Pages file{_SAVE_AS}",
    ".msg": "is an Outlook message; save it as .eml or PDF",
    ".xls": "is an old Excel file; save it as .xlsx",
    ".rtf": f"is Rich Text{_SAVE_AS}",
    ".pptx": "is a presentation; save it as PDF",
    ".ppt": "is a presentation; save it as PDF",
}


def kind_of(path: str, data: bytes) -> tuple[str, str]:
    """Tell a file's kind by its content: pdf, docx, odt, html, mail, text, image or xlsx; and a note where its name says otherwise.

    Raises UnreadableError for what cannot be read, with what to do instead.
    """
    ending = os.path.splitext(path)[1].lower()
    if not data.strip():
        raise UnreadableError("empty", "is empty; take it out or save it again from where it comes from")
    if len(data) > LARGEST:
        raise UnreadableError("too-large", f"is larger than {LARGEST >> 20} MB; split it")
    kind = _sniffed(ending, data)
    if ending in _ENDINGS[kind] or (kind == "text" and not ending):
        return kind, ""
    claimed = next((k for k, endings in _ENDINGS.items() if ending in endings), None)
    named = _NAMED.get(kind, kind.upper())
    return kind, f"is named {ending} but is {named}; it was read as that" if claimed else f"was read as {named}"


def _sniffed(ending: str, data: bytes) -> str:
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if data.startswith(b"PK\x03\x04"):
        return _zipped(ending, data)
    _refuse_old(ending, data)
    if ending in _ENDINGS["text"]:
        if _HTML.match(head):
            return "html"
    else:
        if ending in _ENDINGS["mail"] or (
            _MAIL.match(data[:4096]) and b"\n" in head and ending not in _ENDINGS["html"]
        ):
            return "mail"
        if ending in _ENDINGS["html"] or _HTML.search(head[:2048]):
            return "html"
    if _is_binary(data):
        what = _REFUSED_ENDINGS.get(ending, "is of no kind that can be read; save it as PDF, .docx, .html or .txt")
        raise UnreadableError("unknown-kind", what)
    return "text"


def _refuse_old(ending: str, data: bytes) -> None:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnreadableError("password", "is locked with a password; open it and save it without one")
        raise UnreadableError("old-format", _REFUSED_ENDINGS.get(ending, f"is an old Office file{_SAVE_AS}"))
    if data.startswith(b"{\\rtf"):
        raise UnreadableError("old-format", _REFUSED_ENDINGS[".rtf"])


def _is_binary(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    sample = data[:8192]
    zeros = sample.count(0)
    if zeros > len(sample) // 4:  # UTF-16 without a mark has a zero in every other place
        return sample[::2].count(0) != zeros and sample[1::2].count(0) != zeros
    strange = sum(b < 32 and b not in b"\t\n\r\f" for b in sample)
    return zeros > 0 or strange * 50 > len(sample)


def _zipped(ending: str, data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            unpacked = sum(info.file_size for info in archive.infolist())
            if unpacked > UNPACKED or (unpacked > LARGEST // 4 and unpacked > _RATIO * len(data)):
                raise UnreadableError(
                    "zip-bomb", f"unpacks to {unpacked >> 20} MB, which no document does; it was not opened"
                )
            kind = archive.read("mimetype")[:80].decode("ascii", "replace") if "mimetype" in names else ""
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError) as error:
        raise UnreadableError("damaged", f"is damaged ({error}); save it again") from error
    if "word/document.xml" in names:
        return "docx"
    if "opendocument.text" in kind:
        return "odt"
    if "xl/workbook.xml" in names:
        return "xlsx"
    if any(name.startswith("ppt/") for name in names):
        raise UnreadableError("old-format", _REFUSED_ENDINGS[".pptx"])
    what = _REFUSED_ENDINGS.get(ending, "is an archive; unpack it and add the documents in it")
    raise UnreadableError("archive", what)
