"""Each kind of bad file is one sentence that says what it is and what to do; odd but whole files are read."""

from __future__ import annotations

import errno
import io
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest

from samgraf.ingest.adding import Adder, files_in
from samgraf.ingest.child import answer
from samgraf.ingest.reader import Reader
from samgraf.ingest.reading import UnreadableError
from tests.conftest import Run


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
BAD = {
    "tom.txt": (b"  \n", "empty", "is empty"),
    "tom.pdf": (b"", "empty", "is empty"),
    "brev.doc": (OLE, "old-format", "save it as .docx"),
    "brev.msg": (OLE, "old-format", "save it as .eml"),
    "brev.rtf": (b"{\\rtf1 x}", "old-format", "save it as .docx"),
    "laast.docx": (OLE + "EncryptedPackage".encode("utf-16-le"), "password", "locked with a password"),
    "noter.pages": (zipped({"Index/Document.iwa": b"x"}), "archive", "Pages file"),
    "arkiv.zip": (zipped({"a.txt": b"x"}), "archive", "unpack it"),
    "vis.pptx": (zipped({"ppt/slides/1.xml": b"x"}), "old-format", "save it as PDF"),
    "bombe.docx": (zipped({"word/document.xml": b"0" * (60 << 20)}), "zip-bomb", "was not opened"),
    "enheder.docx": (zipped({"word/document.xml": ENTITIES}), "xml-entities", "XML entities"),
    "i stykker.pdf": (b"%PDF-1.7\n%%EOF", "damaged", "save it again"),
    "i stykker.docx": (b"PK\x03\x04 nothing", "damaged", "is damaged"),
    "billede.png": (b"\x89PNG\r\n\x1a\n broken", "damaged", "damaged picture"),
    "ukendt.bin": (bytes(range(256)) * 20, "unknown-kind", "save it as PDF"),
    "script.html": (b"<html><body><script>document.write('x')</script></body></html>", "empty", "print it to PDF"),
    "regneark.xlsx": (zipped({"xl/workbook.xml": b"<x/>"}), "spreadsheet", "save it as .xlsx"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_told_in_a_sentence(tmp_path: Path, name: str) -> None:
    data, code, said = BAD[name]
    path = tmp_path / name
    path.write_bytes(data)
    reply = answer(str(path))
    assert (reply.get("code"), said in reply.get("message", "")) == (code, True), reply
    assert "\n" not in reply["message"]


LOCKED = [
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>",
    b"<</Filter/Standard/V 1/R 2/O<" + b"6f" * 32 + b">/U<" + b"75" * 32 + b">/P -4>>",  # no password gives this /U
]


def test_a_locked_pdf_is_told(tmp_path: Path) -> None:
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(LOCKED, 1):
        places.append(len(data))
        data += b"%d 0 obj%sendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size 5/Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]>>\nstartxref\n%d\n%%%%EOF\n" % len(data)
    path = tmp_path / "låst.pdf"
    path.write_bytes(data + b"xref\n0 5\n0000000000 65535 f \n" + table + end)
    assert answer(str(path))["message"] == "is locked with a password; open it and save it without one"


ODD = {
    "cp1252.txt": ("Mødet på Ærø".encode("cp1252"), "Mødet på Ærø"),
    "utf16.txt": ("Mødet på Ærø".encode("utf-16"), "Mødet på Ærø"),
    "utf16be.txt": ("Mødet på Ærø og mere".encode("utf-16-be"), "Mødet på Ærø og mere"),
    "bom.txt": ("\ufeffMødet\r\npå Ærø\r\n".encode(), "Mødet\npå Ærø"),
    "nfd.txt": ("Møde på A\u030als".encode(), "Møde på Åls"),
    "skjult.txt": ("Mø\u00adde\u200b nu\u00a0her".encode(), "Møde nu her"),
    "pdf.txt": (b"%PDF-1.4 but no pdf", None),
    "blandet.txt": ("Mødet på Ærø\n".encode() + "Sø og å".encode("cp1252"), "Mødet på Ærø\nSø og å"),
    "spærret.txt": (
        "R E F E R A T\nM ø d e   i   H a v n e r å d e t\nx x x x x".encode(),
        "REFERAT\nMøde i Havnerådet\nx x x x x",
    ),
    "ikke zip.docx": (b"Et referat", "Et referat"),
    "<b>navn</b> 'x' \"y\".txt": (b"Et referat", "Et referat"),
    "yes.txt": (b"Et referat", "Et referat"),
    "uden endelse": (b"Et referat", "Et referat"),
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_file_is_read_whole(tmp_path: Path, name: str) -> None:
    data, text = ODD[name]
    path = tmp_path / name.replace("/", "∕")
    path.write_bytes(data)
    reply = answer(str(path))
    if text is None:
        assert reply["code"] == "damaged"
        return
    assert "\n".join(line[0] for line in reply["reading"]["lines"]) == text


def test_two_thousand_pages_are_read_with_progress(tmp_path: Path) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    for _ in range(2_000):
        document.new_page(100, 100)
    path = tmp_path / "lang.pdf"
    document.save(str(path))
    seen: list[tuple[int, int]] = []
    empty = pytest.raises(UnreadableError, match="has no text on any page; scan it again")
    with Reader(progress=lambda page, pages: seen.append((page, pages))) as reader, empty:
        reader.read(str(path))
    assert seen[-1] == (2_000, 2_000)


def test_what_cannot_be_read_stops_nothing_else(
    own: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "sager"
    (folder / "lukket").mkdir(parents=True)
    (folder / "a.txt").write_text("Referat fra møde i Havnerådet\nDato: 3. maj 2022\n", encoding="utf-8")
    (folder / "tom.txt").write_bytes(b"")
    scandir = os.scandir

    def refusing(path: str) -> Any:
        if str(path).endswith("lukket"):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    found = files_in([str(folder)])
    added = {os.path.basename(a.path): a for a in Adder(str(own)).add(found)}
    assert {name: a.outcome for name, a in added.items()} == {
        "a.txt": "read",
        "lukket": "refused",
        "tom.txt": "refused",
    }
    assert "may not list" in added["lukket"].message
    monkeypatch.undo()
    done = run("add", str(folder), "--workspace", str(own))
    assert done.code == 3
    assert "tom.txt: is empty" in done.stdout
