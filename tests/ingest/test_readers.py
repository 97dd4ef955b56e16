"""Real files are read as a person reads them: order, rows, numbers of lists, what is not text left out."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from samgraf.ingest.child import answer
from samgraf.ingest.reader import Reader
from samgraf.ingest.reading import Reading, UnreadableError, from_data
from tests.ingest.making import Maker

HAS_TESSERACT = shutil.which("tesseract") is not None
ROWS = [
    ["Mål", "Initiativ", "Status"],
    [
        "Bedre overgange for unge fra barn til voksen i alle kommuner",
        "Fælles skabelon, som prøves af i fire kommuner i år",
        "I gang",
    ],
    ["Færre genindlæggelser", "Udskrivningskonferencer", "Afventer svar fra regionen"],
    ["Flere i job", "Virksomhedsaftaler med ti arbejdspladser og en koordinator", "Planlagt til 2026"],
]


def read(path: Path) -> Reading:
    reply = answer(str(path))
    assert "reading" in reply, reply
    return from_data(reply["reading"])


def texts(reading: Reading) -> list[str]:
    return [line.text for line in reading.lines if line.text]


def table(border: str) -> str:
    rows = "".join("<tr>" + "".join(f"<td width=200>{c}</td>" for c in row) + "</tr>" for row in ROWS)
    return f"<h1>Plan</h1><table {border}>{rows}</table><p>Efter tabellen kommer en linje.</p>"


@pytest.mark.browser
@pytest.mark.parametrize("border", ["border", ""], ids=["ruled", "unruled"])
def test_the_rows_of_a_table_in_a_pdf_stay_together(maker: Maker, tmp_path: Path, border: str) -> None:
    reading = read(maker.make(table(border), "pdf", tmp_path / "plan"))
    assert [list(line.cells) for line in reading.lines if line.kind == "row"] == ROWS
    assert texts(reading)[0] == "Plan"
    assert texts(reading)[-1] == "Efter tabellen kommer en linje."


@pytest.mark.browser
def test_two_columns_of_prose_are_read_one_after_the_other(maker: Maker, tmp_path: Path) -> None:
    prose = "".join(
        f"<p>Afsnit {i} handler om samarbejdet mellem kommuner og region i de kommende år, og det er langt nok.</p>"
        for i in range(6)
    )
    reading = read(maker.make(f"<div style='column-count:2'>{prose}</div>", "pdf", tmp_path / "prosa"))
    order = [int(line.split()[1]) for line in texts(reading) if line.startswith("Afsnit ")]
    assert order == sorted(order) == list(range(6))
    assert not any(line.kind == "row" for line in reading.lines)


@pytest.mark.browser
def test_every_line_of_a_pdf_has_its_page_and_box(maker: Maker, tmp_path: Path) -> None:
    reading = read(
        maker.make("<p>Side et</p><div style='page-break-before:always'>Side to</div>", "pdf", tmp_path / "to")
    )
    assert [(line.text, line.page) for line in reading.lines] == [("Side et", 1), ("Side to", 2)]
    assert all(line.box and line.box[0] < line.box[2] and line.box[1] < line.box[3] for line in reading.lines)


@pytest.mark.browser
@pytest.mark.skipif(not HAS_TESSERACT, reason="tesseract is not installed")
def test_a_scan_is_read_with_its_table(maker: Maker, tmp_path: Path) -> None:
    rows = "<table border=1><tr><th>Deltager</th><th>Status</th></tr><tr><td>Ove Bangsgaard</td><td>Deltog</td></tr><tr><td>Petra Dyhr</td><td>Afbud</td></tr><tr><td>Rasmus Eeg</td><td>Deltog</td></tr></table>"
    reading = read(maker.make(f"<h1>Referat</h1>{rows}", "scan", tmp_path / "scan"))
    assert ("Petra Dyhr", "Afbud") in [line.cells for line in reading.lines]
    assert any("tesseract" in note for note in reading.notes)


@pytest.mark.browser
def test_a_scan_without_tesseract_says_what_to_install(
    maker: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from samgraf.ingest.readers import scan

    path = maker.make("<p>Et møde</p>", "scan", tmp_path / "scan")
    scan.version.cache_clear()
    monkeypatch.setenv("PATH", str(tmp_path))
    try:
        reply = answer(str(path))
    finally:
        scan.version.cache_clear()
    assert reply["code"] == "no-ocr"
    assert "apt install tesseract-ocr tesseract-ocr-dan" in reply["message"]


def test_a_word_file_keeps_order_numbers_and_rows(maker: Maker, tmp_path: Path) -> None:
    html = "<h1>Dagsorden</h1><ol><li>Velkomst</li><li>Budget</li></ol><table><tr><td>Navn</td><td>Kommune</td></tr><tr><td>Bo</td><td>Skive</td></tr></table><p>Slut</p>"
    assert texts(read(maker.make(html, "docx", tmp_path / "d"))) == [
        "Dagsorden",
        "1. Velkomst",
        "2. Budget",
        "Navn | Kommune",
        "Bo | Skive",
        "Slut",
    ]


def test_tracked_changes_are_taken_and_comments_left_and_both_are_said(tmp_path: Path) -> None:
    import docx
    from docx.oxml import parse_xml

    document = docx.Document()
    ns = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = document.element.body
    body.insert(
        0,
        parse_xml(
            f"<w:p {ns}><w:r><w:t>Mødet er </w:t></w:r><w:del><w:r><w:delText>mandag</w:delText></w:r></w:del><w:ins><w:r><w:t>tirsdag</w:t></w:r></w:ins></w:p>"
        ),
    )
    body.insert(
        1, parse_xml(f"<w:sdt {ns}><w:sdtContent><w:p><w:r><w:t>☒ Anna Bech</w:t></w:r></w:p></w:sdtContent></w:sdt>")
    )
    path = tmp_path / "spor.docx"
    document.save(str(path))
    reading = read(path)
    assert texts(reading) == ["Mødet er tirsdag", "☒ Anna Bech"]
    assert any("tracked changes" in note for note in reading.notes)


def test_a_page_is_read_without_menu_script_and_cookies(tmp_path: Path) -> None:
    path = tmp_path / "side.html"
    path.write_text(
        "<html><head><title>Møde</title><link rel=canonical href='https://kommune.example/m'></head><body><nav>Forside</nav>"
        "<div class='cookie-box'>Accepter</div><script>alert(1)</script><main><h1>Referat</h1><p>Et <b>fedt</b> ord<br>ny linje</p>"
        "<ol><li>Punkt</li></ol><table><tr><td rowspan=2>A</td><td>B</td></tr><tr><td>C</td></tr></table><img src='http://127.0.0.1:9/x.png'></main></body></html>",
        encoding="utf-8",
    )
    reading = read(path)
    assert texts(reading) == ["Referat", "Et fedt ord", "ny linje", "1. Punkt", "A | B", "A | C"]
    assert (reading.title, reading.url) == ("Møde", "https://kommune.example/m")


def test_a_mail_has_its_head_decoded_and_its_attachments_named(tmp_path: Path) -> None:
    from email.message import EmailMessage

    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = "Referat af møde på Ærø", "a@b.example", "c@d.example"
    message.set_content("Kære alle\n\nVi ses på Ærø.\n")
    message.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="bilag æ.pdf")
    path = tmp_path / "m.eml"
    path.write_bytes(message.as_bytes())
    reading = read(path)
    assert "Subject: Referat af møde på Ærø" in texts(reading)
    assert "Vi ses på Ærø." in texts(reading)
    assert any("bilag æ.pdf" in note for note in reading.notes)


ODT = """<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body>
 <office:text><text:h>Referat</text:h><text:list><text:list-item><text:p>Velkomst</text:p></text:list-item></text:list><table:table>
 <table:table-row><table:table-cell><text:p>A</text:p></table:table-cell><table:table-cell><text:p>B</text:p></table:table-cell></table:table-row>
 </table:table><text:p>To<text:s/>ord</text:p></office:text></office:body></office:document-content>"""


def test_an_opendocument_text_is_read_in_order(tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "t.odt"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", ODT)
        archive.writestr("META-INF/manifest.xml", "<m/>")
    assert texts(read(path)) == ["Referat", "• Velkomst", "A | B", "To ord"]


def test_a_reader_that_takes_too_long_is_ended_and_the_next_file_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("en linje", encoding="utf-8")
    with Reader(seconds=0.0001) as reader, pytest.raises(UnreadableError) as error:
        reader.read(str(tmp_path / "a.txt"))
    assert error.value.code == "too-slow"
    with Reader(seconds=30) as reader:
        assert reader.read(str(tmp_path / "a.txt")).kind == "text"
